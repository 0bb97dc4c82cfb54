package schedule

import (
	"flag"
	"os"
	"strings"
	"testing"
	"time"

	"mx.example/handle"
)

// counts are those of a family in an edition.
type counts struct {
	programs  int // of two calls, or of three
	schedules int
}

// explore runs every group of so many calls of each family. What it counts of two
// calls is held against what the README says; as it changes with the code that is
// run, in long tests only.
func explore(t *testing.T, e handle.Edition, calls int) {
	for _, f := range families {
		t.Run(f.name, func(t *testing.T) {
			found := job{Edition: e, Family: f.name, Calls: calls}.run(t)
			if found.Failure != nil {
				t.Fatal(found.Failure)
			}
			got := counts{found.Programs, found.Counts.Schedules}
			t.Logf("%+v of %d steps, and %d cut short", got, found.Counts.Steps, found.Counts.Cut)
			want := published[e][f.name]
			if calls == 2 && (got.programs != want.programs || long() && got != want) {
				t.Errorf("%+v; the README says %+v", got, want)
			}
		})
	}
}

func long() bool { return os.Getenv("MXCONFORM_LONG") != "" }

var three = flag.Bool("three", false, "also run what takes three calls at the same time, for minutes")

// Every two calls, in every order of their steps that can make a difference.
func TestTwoCalls(t *testing.T) {
	for _, e := range handle.Editions() {
		t.Run(e.String(), func(t *testing.T) { explore(t, e, 2) })
	}
}

// Every three calls.
func TestThreeCalls(t *testing.T) {
	if !*three {
		t.Skip("it takes minutes; -three runs it")
	}
	explore(t, handle.Manual, 3)
}

// Each fault is found, and soon.
func TestPlantingsAreFound(t *testing.T) {
	for _, p := range plantings {
		t.Run(strings.ReplaceAll(p.name, " ", "-"), func(t *testing.T) {
			if !explorer(t).planted[p.name] {
				t.Fatalf("the text that it changes is in %s no more, or more than once:\n%s", p.file, p.old)
			}
			began := time.Now()
			found := job{Edition: handle.Manual, Family: p.family, Calls: 2, Planted: p.name}.run(t)
			if found.Failure == nil {
				t.Fatalf("%d schedules are right", found.Counts.Schedules)
			}
			t.Logf("found by schedule %d, in %v\n%v", found.Counts.Schedules, time.Since(began), found.Failure)
		})
	}
}

var (
	edition  = flag.String("edition", "manual", "of the run that TestReplay repeats")
	fam      = flag.String("family", "", "the scene of that run")
	program  = flag.String("program", "", "its calls")
	schedule = flag.String("schedule", "", "the order of its steps")
	fault    = flag.String("fault", "", "a planted fault that it has")
)

// TestReplay repeats a run that failed, and prints its steps.
func TestReplay(t *testing.T) {
	if *schedule == "" {
		t.Skip("a failure says how to run it")
	}
	e, err := handle.ParseEdition(*edition)
	if err != nil {
		t.Fatal(err)
	}
	t.Log(job{Edition: e, Family: *fam, Program: *program, Schedule: *schedule, Planted: *fault}.run(t).Failure)
}

// What a run does is the same whenever it is repeated by its schedule.
func TestReplayRepeats(t *testing.T) {
	p := plantings[0]
	j := job{Edition: handle.Manual, Family: p.family, Calls: 2, Planted: p.name}
	f := j.run(t).Failure
	j.Program, j.Schedule = f.Program, f.Schedule
	again := j.run(t).Failure
	if *again != *f {
		t.Errorf("repeated:\n%v\nand before:\n%v", again, f)
	}
}
