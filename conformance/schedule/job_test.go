package schedule

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"

	"mx.example/conformance/schedule/step"
	"mx.example/handle"
)

// A job is what the binary is asked to do that has the steps.
type job struct {
	Edition handle.Edition
	Family  string
	Calls   int // how many at the same time
	Planted string
	// Program and Schedule are one run to repeat: the calls, as a finding has
	// them.
	Program  string
	Schedule string
}

// A finding is what came of a job.
type finding struct {
	Programs int
	Counts   step.Counts
	Failure  *failure
}

// A failure is a run that is wrong.
type failure struct {
	Family, Program, Schedule string
	Edition                   handle.Edition
	Trace                     string
	Error                     string
}

// String tells the failure and how to repeat it.
func (f *failure) String() string {
	return fmt.Sprintf("%s\n%s\nAgain: go test ./conformance/schedule -v -run TestReplay -edition %v -family '%s' -program '%s' -schedule %s",
		f.Error, f.Trace, f.Edition, f.Family, f.Program, f.Schedule)
}

// asChild is set in the binary that is to do a job.
const asChild = "MXCONFORM_SCHEDULE_JOB"

func TestMain(m *testing.M) {
	text := os.Getenv(asChild)
	if text == "" {
		status := m.Run()
		if dir != "" {
			os.RemoveAll(dir)
		}
		os.Exit(status)
	}
	var j job
	err := json.Unmarshal([]byte(text), &j)
	var f *finding
	if err == nil {
		f, err = j.do()
	}
	if err == nil {
		err = json.NewEncoder(os.Stdout).Encode(f)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// dir is where the binary is that has the steps.
var dir string

var built = sync.OnceValues(func() (b binary, err error) {
	if dir, err = os.MkdirTemp("", "schedule"); err != nil {
		return b, err
	}
	return build(dir, append(slices.Clone(plantings), adapterPlantings...))
})

// explorer is the binary that has the steps. It skips the test where nothing can
// make one.
func explorer(t *testing.T) binary {
	t.Helper()
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("there is no go command to make the explorer with: ", err)
	}
	b, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// run has the binary do the job.
func (j job) run(t *testing.T) (f finding) {
	t.Helper()
	b := explorer(t)
	text, err := json.Marshal(j)
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), b.path)
	c.Env = append(os.Environ(), asChild+"="+string(text), "GOGC=400")
	var told bytes.Buffer
	c.Stderr = &told
	out, err := c.Output()
	if err == nil {
		err = json.Unmarshal(out, &f)
	}
	if err != nil {
		t.Fatalf("%v: %v\n%s%s", j, err, told.String(), out)
	}
	return f
}

const between = " | "

func (j job) do() (*finding, error) {
	step.Plant(j.Planted)
	found := &finding{}
	for i := range adapters {
		if d := &adapters[i]; d.name == j.Family {
			found.explore(&j, d.name, d.program(j.Edition))
			return found, nil
		}
	}
	for i := range families {
		f := &families[i]
		if f.name != j.Family {
			continue
		}
		scene := append(append([]string(nil), tables...), f.scene...)
		if j.Program != "" {
			return found, found.replay(&j, scene)
		}
		calls := f.all(j.Edition)
		for _, g := range groups(j.Calls, len(calls)) {
			var threads []string
			for _, k := range g {
				threads = append(threads, calls[k])
			}
			s, err := newScenario(j.Edition, scene, threads)
			if err != nil {
				return nil, err
			}
			if !found.explore(&j, strings.Join(threads, between), s.program(map[string]error{})) {
				break
			}
		}
		return found, nil
	}
	return nil, fmt.Errorf("there is no family %q", j.Family)
}

// explore adds what comes of a program, and reports whether nothing was wrong. A
// job with a schedule runs that one.
func (f *finding) explore(j *job, name string, p step.Program) bool {
	if j.Schedule != "" {
		trace, wrong := step.Replay(p, j.Schedule)
		if wrong == nil {
			wrong = errors.New("nothing is wrong")
		}
		f.Failure = j.failure(name, j.Schedule, trace, wrong)
		return false
	}
	n, wrong := step.Explore(p, step.Options{})
	f.Programs++
	f.Counts.Schedules += n.Schedules
	f.Counts.Cut += n.Cut
	f.Counts.Steps += n.Steps
	if wrong != nil {
		f.Failure = j.failure(name, wrong.Schedule, wrong.Trace, wrong.Err)
	}
	return wrong == nil
}

func (f *finding) replay(j *job, scene []string) error {
	s, err := newScenario(j.Edition, scene, strings.Split(j.Program, between))
	if err != nil {
		return err
	}
	f.explore(j, j.Program, s.program(map[string]error{}))
	return nil
}

func (j *job) failure(program, schedule, trace string, err error) *failure {
	return &failure{
		Family: j.Family, Edition: j.Edition, Program: program, Schedule: schedule,
		Trace: trace, Error: err.Error(),
	}
}
