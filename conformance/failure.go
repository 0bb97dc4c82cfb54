package conformance

import (
	"fmt"
	"strings"

	"mx.example/conformance/clause"
	"mx.example/conformance/trace"
)

// Failure writes what a person needs to understand why a case did not pass:
// the case and what it shows, the clauses in words, the calls made with their
// answers, and the one that ended the case. replay, if it is not empty, is the
// command that runs the case again.
func Failure(c *trace.Case, r *CaseResult, replay string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s on %s: %s\n", c.Name, r.Backend, r.Outcome)
	if c.Doc != "" {
		fmt.Fprintf(&b, "  %s\n", c.Doc)
	}
	if c.File != "" {
		fmt.Fprintf(&b, "  written in %s:%d\n", c.File, c.Line)
	}
	_, edition, _ := strings.Cut(r.Backend, ":")
	for _, id := range c.Clauses {
		if d, ok := clause.LookupDeparture(id); ok {
			fmt.Fprintf(&b, "\n  %s, %s: a kernel that fails here may do what its source does, which the suite departs from.\n    The kernel: %s\n    Here: %s\n", d.ID, d.Title, d.Kernel, d.Here)
			continue
		}
		cl, ok := clause.Lookup(id)
		if !ok {
			fmt.Fprintf(&b, "\n  %s: there is no such clause\n", id)
			continue
		}
		fmt.Fprintf(&b, "\n  %s, %s:\n    %s\n", id, cl.Title, cl.Text)
		if says := cl.Says(edition); says != "" {
			fmt.Fprintf(&b, "    In %s: %s\n", edition, says)
		}
	}
	b.WriteString("\nThe calls, and what came back:\n")
	for i := range r.Steps {
		writeStep(&b, &r.Steps[i])
	}
	fmt.Fprintf(&b, "\n%s\n", r.Detail)
	if replay != "" {
		fmt.Fprintf(&b, "\nTo run it again: %s\n", replay)
	}
	return b.String()
}

func writeStep(b *strings.Builder, s *StepResult) {
	call := s.Call
	if s.Actor != "" {
		call = s.Actor + ": " + call
	}
	switch {
	case s.Kind == trace.Start && s.Judged != UnsupportedCase:
		fmt.Fprintf(b, "    %s\n", call)
	case s.Judged == Pass:
		fmt.Fprintf(b, "    %s -> %s\n", call, s.Got)
	case s.Judged == UnsupportedCase:
		fmt.Fprintf(b, "  > %s -> %s\n", call, s.Got)
	default:
		fmt.Fprintf(b, "  > %s\n", call)
		fmt.Fprintf(b, "      wanted  %s\n", strings.Join(s.Wanted, "\n      or      "))
		fmt.Fprintf(b, "      got     %s\n", s.Got)
		if s.Divergence != "" {
			fmt.Fprintf(b, "      named   %s\n", s.Divergence)
		}
	}
}
