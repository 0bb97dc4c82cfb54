package compare

import (
	"testing"

	"mx.example/conformance"
	"mx.example/conformance/trace"
)

// TestDifferences gathers what a report shows: answers come first, and the
// example is the one with the least to read in which nothing else differs
// before.
func TestDifferences(t *testing.T) {
	made := conformance.StepResult{Call: "create stream", Got: "OK a b", Judged: conformance.Pass}
	other := conformance.StepResult{Call: "create stream", Got: "OK a b", Judged: conformance.Differs, Divergence: "other"}
	full := conformance.StepResult{Call: "write a", Got: "NO_MEMORY", Judged: conformance.Differs, Divergence: "full"}
	none := conformance.StepResult{Call: "create event", Got: "no such call", Judged: conformance.UnsupportedCase, Divergence: "no-events"}
	r := &conformance.Report{Backends: []conformance.BackendInfo{{Name: "bent:manual"}}}
	for name, steps := range map[string][]conformance.StepResult{
		"after another": {other, full}, "long": {made, made, full}, "short": {made, full}, "none": {none}, "also none": {none}, "none again": {none},
	} {
		r.Cases = append(r.Cases, conformance.CaseReport{
			Case:    &trace.Case{Name: name},
			Results: []*conformance.CaseResult{{Backend: "bent:manual", Case: name, Steps: steps}},
		})
	}
	r.Divergences = []conformance.Divergence{{Name: "full", Cause: "It is small. That is all."}}
	c := Of(r)
	var names []string
	for _, d := range c.Differences {
		names = append(names, d.Name)
	}
	if len(names) != 3 || names[0] != "full" || names[1] != "other" || names[2] != "no-events" {
		t.Fatalf("the differences are %q", names)
	}
	d := c.Differences[0]
	if d.Example.Case.Name != "short" || d.Example.Step != 1 {
		t.Errorf("the example is step %d of %s", d.Example.Step, d.Example.Case.Name)
	}
	if d.Brief() != "It is small." || d.Where() != "3 cases on bent" || c.Differences[2].Cause() == "" {
		t.Errorf("%q, %q, %q", d.Brief(), d.Where(), c.Differences[2].Cause())
	}
	if n := len(c.Differing()); n != 2 {
		t.Errorf("%d differences are in answers, want 2", n)
	}
}
