// Package twice compares two runs of one case.
package twice

import (
	"fmt"
	"slices"
	"strings"

	"mx.example/conformance"
)

// Parted says where two results of one case on one backend differ though
// nothing but chance can have made them, or returns "". They may part at a step
// that one of them names a difference which depends on timing; what follows
// such a step may be anything that is explained.
func Parted(a, b *conformance.CaseResult, list []conformance.Divergence) string {
	kind, _, _ := strings.Cut(a.Backend, ":")
	timing := func(s *conformance.StepResult) bool {
		return slices.ContainsFunc(list, func(d conformance.Divergence) bool {
			return d.Name == s.Divergence && d.Timing != "" && (d.TimedOn == nil || slices.Contains(d.TimedOn, kind))
		})
	}
	for i := range min(len(a.Steps), len(b.Steps)) {
		x, y := &a.Steps[i], &b.Steps[i]
		if x.Judged == y.Judged && x.Divergence == y.Divergence {
			continue
		}
		if timing(x) || timing(y) {
			return ""
		}
		return fmt.Sprintf("%s on %s: line %d: %s: in one run %s, in the other %s",
			a.Case, a.Backend, x.Line, x.Call, told(x), told(y))
	}
	if a.Outcome != b.Outcome || len(a.Steps) != len(b.Steps) {
		return fmt.Sprintf("%s on %s: in one run %s after %d steps (%s), in the other %s after %d (%s)",
			a.Case, a.Backend, a.Outcome, len(a.Steps), a.Detail, b.Outcome, len(b.Steps), b.Detail)
	}
	return ""
}

func told(s *conformance.StepResult) string {
	return fmt.Sprintf("%s (%s %s)", s.Got, s.Judged, s.Divergence)
}
