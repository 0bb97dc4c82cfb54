package conformance_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"mx.example/conformance"
	"mx.example/conformance/inproc"
	"mx.example/conformance/internal/twice"
	"mx.example/conformance/trace"
	"mx.example/handle"
)

// absent is a backend that this machine does not have.
type absent struct{ mutant }

func (*absent) Available() error { return errors.New("it is not there") }

func threeCases(t *testing.T) []trace.Case {
	return []trace.Case{
		*parse(t, "case good\nclauses C-FRESH W-ZERO\ncreate stream -> OK a b\nwrite a \"\" -> OK 0\n"),
		*parse(t, "case bad\ncreate stream -> OK a b\nwrite a \"x\" -> OK 2\n"),
		*parse(t, "case late\neditions kernel2017\ncreate stream -> OK a b\nread b 1 -> SHOULD_WAIT\n"),
	}
}

func TestReportAsJSON(t *testing.T) {
	d := roomy()
	d.only = []handle.Edition{handle.Manual}
	gone := &absent{}
	gone.name, gone.only = "gone", []handle.Edition{handle.Manual}
	cases := append(threeCases(t), *parse(t, tooSmall))
	r := conformance.Run(t.Context(), []conformance.Backend{inproc.Backend(), gone, d}, cases, conformance.Options{
		Only: func(name string) bool { return name != "mx:kernel2017" && name != "mx:zircon" },
	})
	got, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	const want = `{
 "schema": "mxconform/2",
 "date": "",
 "command": "",
 "partial": false,
 "environment": {
  "os": "OS",
  "kernel": "KERNEL",
  "arch": "ARCH",
  "go": "GO"
 },
 "backends": [
  {
   "name": "mx:manual",
   "about": "package mxsocket, in this process",
   "diverges": false,
   "edition": "manual",
   "available": true,
   "why": ""
  },
  {
   "name": "gone:manual",
   "about": "",
   "diverges": false,
   "edition": "manual",
   "available": false,
   "why": "it is not there"
  },
  {
   "name": "roomy:manual",
   "about": "",
   "diverges": true,
   "edition": "manual",
   "available": true,
   "why": ""
  }
 ],
`
	env := r.Environment
	head := strings.NewReplacer("OS", env.OS, "KERNEL", env.Kernel, "ARCH", env.Arch, "GO", env.Go).Replace(want)
	if !strings.HasPrefix(string(got), head) {
		t.Errorf("the report begins with\n%s\nand not with\n%s", got[:min(len(got), len(head))], head)
	}
	if env.OS != runtime.GOOS || env.Arch != runtime.GOARCH || env.Go != runtime.Version() || runtime.GOOS == "linux" && env.Kernel == "" {
		t.Errorf("the environment is %+v", env)
	}
	// What is read back is the same report, but for how long things took.
	var again conformance.Report
	if err := json.Unmarshal(got, &again); err != nil {
		t.Fatal(err)
	}
	for i := range r.Cases {
		for n, res := range r.Cases[i].Results {
			if res == nil {
				continue
			}
			want := *res
			want.Took = 0
			if len(want.Divergences) == 0 {
				want.Divergences = again.Cases[i].Results[n].Divergences
			}
			if !reflect.DeepEqual(again.Cases[i].Results[n], &want) {
				t.Errorf("read back:\n%+v\nwant\n%+v", again.Cases[i].Results[n], &want)
			}
		}
		if !reflect.DeepEqual(again.Cases[i].Case, r.Cases[i].Case) {
			t.Errorf("read back:\n%+v\nwant\n%+v", again.Cases[i].Case, r.Cases[i].Case)
		}
	}
	if len(again.Divergences) != 1 || again.Divergences[0].Cause != r.Divergences[0].Cause {
		t.Errorf("the divergences are %+v", again.Divergences)
	}
	var back struct {
		Cases []struct {
			Name    string
			Clauses []string
			Results map[string]map[string]any
		}
		Summary map[string]map[string]int
	}
	if err := json.Unmarshal(got, &back); err != nil {
		t.Fatal(err)
	}
	shown := fmt.Sprint(back.Cases[0], back.Cases[1], back.Cases[2].Results["mx:manual"]["outcome"], back.Cases[3].Results["roomy:manual"])
	for _, part := range []string{
		"{good [C-FRESH W-ZERO] map[mx:manual:map[detail: divergences:[] made:0 outcome:pass]",
		"{bad [] map[mx:manual:map[detail:line 3: write a \"x\": wanted OK 2, got OK 1 divergences:[] made:0 outcome:fail]",
		"not-applicable",
		"map[detail:line 3: write a \"HELLO-WORLD\": wanted OK 5, got OK 8 [least-capacity] divergences:[least-capacity] made:1 outcome:differs]",
	} {
		if !strings.Contains(shown, part) {
			t.Errorf("the cases do not say %s but\n%s", part, shown)
		}
	}
	if s := fmt.Sprint(back.Summary["mx:manual"]); s != "map[differs:0 environment-fault:0 fail:1 not-applicable:1 pass:2 unexplained:0 unsupported:0]" {
		t.Errorf("the summary of mx:manual is %s", s)
	}
	if s := fmt.Sprint(back.Summary["gone:manual"]); s != "map[differs:0 environment-fault:0 fail:0 not-applicable:0 pass:0 unexplained:0 unsupported:0]" {
		t.Errorf("the summary of what is not there is %s", s)
	}
	if r.OK() || r.Canceled {
		t.Errorf("OK is %v and Canceled is %v; a case failed, and nobody canceled", r.OK(), r.Canceled)
	}
}

// TestRunsAgree holds the model to the same answer whenever it is asked: nothing
// about it depends on timing.
func TestRunsAgree(t *testing.T) {
	var first *conformance.Report
	for range 2 {
		r := conformance.Run(t.Context(), []conformance.Backend{inproc.Backend()}, conformance.Cases(), conformance.Options{})
		if first == nil {
			first = r
		}
		for i := range r.Cases {
			for n, res := range r.Cases[i].Results {
				if why := twice.Parted(first.Cases[i].Results[n], res, nil); why != "" {
					t.Error(why)
				}
			}
		}
	}
}

func TestProgressAndCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cases := conformance.Cases()
	var last conformance.Progress
	r := conformance.Run(ctx, []conformance.Backend{inproc.Backend()}, cases, conformance.Options{
		Progress: func(p conformance.Progress) {
			if p.Done != last.Done+1 {
				t.Errorf("after %d cases %d are done", last.Done, p.Done)
			}
			if last = p; p.Done == 20 {
				cancel()
			}
		},
	})
	if n := len(inproc.Backend().Editions()); last.Total != n*len(cases) {
		t.Errorf("the total is %d; %d cases in %d editions are %d", last.Total, len(cases), n, n*len(cases))
	}
	done := 0
	for _, c := range r.Cases {
		for _, res := range c.Results {
			if res != nil {
				done++
			}
		}
	}
	if !r.Canceled || done != last.Done || done >= last.Total {
		t.Errorf("canceled %v after %d of %d cases, %d of them in the report", r.Canceled, last.Done, last.Total, done)
	}
	if !r.OK() {
		t.Error("what was done before was fine, and OK says that it was not")
	}
	one := conformance.RunCase(ctx, inproc.Backend(), handle.Manual, &cases[0])
	if one.Outcome != "" {
		t.Errorf("a case that was not run has the outcome %s", one.Outcome)
	}
}

func TestBackendsThatDoNotBoot(t *testing.T) {
	refuse := errors.New("out of steam")
	c := parse(t, "case c\ncreate stream -> OK a b\n")
	expect(t, run(t, &mutant{boot: func(handle.Edition) (conformance.Kernel, error) { return nil, refuse }}, c),
		conformance.Fail, "the backend does not boot: out of steam")
	expect(t, run(t, &mutant{newProcess: func(*mutantKernel, conformance.Limits) (conformance.Process, error) { return nil, refuse }}, c),
		conformance.Fail, "the kernel makes no first process: out of steam")
}

func TestACaseResultSurvivesJSON(t *testing.T) {
	r := run(t, roomy(), parse(t, tooSmall))
	b, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var back conformance.CaseResult
	if err := json.Unmarshal(b, &back); err != nil {
		t.Fatal(err)
	}
	if fmt.Sprintf("%+v", back) != fmt.Sprintf("%+v", r) {
		t.Errorf("it was %+v\nand is %+v", r, back)
	}
}
