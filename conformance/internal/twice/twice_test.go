package twice

import (
	"strings"
	"testing"

	"mx.example/conformance"
)

func TestParted(t *testing.T) {
	list := []conformance.Divergence{
		{Name: "late", Timing: "a timer"}, {Name: "fixed"},
		{Name: "here", Timing: "a window", TimedOn: []string{"tcp"}}, {Name: "there", Timing: "a window", TimedOn: []string{"udp"}},
	}
	step := func(judged conformance.Outcome, name string) conformance.StepResult {
		return conformance.StepResult{Line: 3, Call: "read b 1", Got: "OK", Judged: judged, Divergence: name}
	}
	pass, late, fixed := step(conformance.Pass, ""), step(conformance.Differs, "late"), step(conformance.Differs, "fixed")
	for _, tt := range []struct {
		what string
		a, b []conformance.StepResult
		want string
	}{
		{"the same", []conformance.StepResult{pass, fixed}, []conformance.StepResult{pass, fixed}, ""},
		{"timing", []conformance.StepResult{late, pass}, []conformance.StepResult{pass}, ""},
		{"anything after timing", []conformance.StepResult{late, fixed}, []conformance.StepResult{pass, pass}, ""},
		{"timing of the kind", []conformance.StepResult{step(conformance.Differs, "here")}, []conformance.StepResult{pass}, ""},
		{"timing of another kind", []conformance.StepResult{step(conformance.Differs, "there")}, []conformance.StepResult{pass}, "differs there"},
		{"no timing", []conformance.StepResult{pass, fixed}, []conformance.StepResult{pass, pass}, "c on tcp:manual: line 3: read b 1: in one run OK (differs fixed), in the other OK (pass )"},
		{"before timing", []conformance.StepResult{fixed, late}, []conformance.StepResult{pass, pass}, "line 3"},
		{"one is longer", []conformance.StepResult{pass, pass}, []conformance.StepResult{pass}, "after 2 steps"},
	} {
		got := Parted(&conformance.CaseResult{Case: "c", Backend: "tcp:manual", Steps: tt.a}, &conformance.CaseResult{Steps: tt.b}, list)
		if tt.want == "" && got != "" || !strings.Contains(got, tt.want) {
			t.Errorf("%s: %q, not %q", tt.what, got, tt.want)
		}
	}
}
