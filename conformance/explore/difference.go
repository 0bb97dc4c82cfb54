package explore

import (
	"fmt"
	"strings"

	"mx.example/conformance"
	"mx.example/conformance/oracle"
	"mx.example/conformance/trace"
	"mx.example/status"
)

// A Difference is one answer of a backend that must not be.
type Difference struct {
	// Kind says which call and what sort of difference, such as "write: OK
	// instead of SHOULD_WAIT": a shrunken sequence must still show the same.
	Kind   string
	Call   string
	Detail string // what was wanted, and what came
}

// differenceOf returns what is wrong with the last answer, which f has judged.
func differenceOf(f *conformance.Follower, st *trace.Step) *Difference {
	op := st.Call.Op.String()
	switch {
	case f.Panicked:
		return &Difference{Kind: op + ": panic", Call: stepText(st), Detail: f.Why}
	case f.Got.Unsupported != "":
		return &Difference{Kind: "unsupported because of " + f.Name, Call: stepText(st), Detail: f.Why + ": " + f.Got.Note}
	}
	want, why := f.Nearest(&st.Call)
	if want == nil { // the step could not be made
		return &Difference{Kind: op + ": not made", Call: stepText(st), Detail: why}
	}
	return &Difference{Kind: kindOf(&st.Call, want, &f.Got), Call: stepText(st), Detail: why}
}

// kindOf says which sort of difference there is between what was wanted of a
// call and what came.
func kindOf(c *trace.Call, want *trace.Want, got *trace.Result) string {
	op := c.Op.String()
	if c.Op == trace.OpWrite && c.Options == oracle.HalfClose {
		op = "half close"
	}
	name := func(s status.Status) string { return strings.TrimPrefix(strings.TrimPrefix(s.String(), "MX_"), "ERR_") }
	switch {
	case got.Status != want.Status:
		return fmt.Sprintf("%s: %s instead of %s", op, name(got.Status), name(want.Status))
	case got.Status != status.OK && (got.N != 0 || len(got.Data) != 0 || got.Touched):
		return op + ": a failure that is not empty"
	}
	what := map[trace.Op]string{
		trace.OpWrite: "count", trace.OpOutstanding: "count", trace.OpRead: "data",
		trace.OpWait: "signals", trace.OpWaitMany: "signals", trace.OpSignals: "signals",
		trace.OpPortWait: "packet",
		trace.OpInfo:     "info", trace.OpSocketInfo: "info", trace.OpGetProperty: "value",
	}[c.Op]
	return fmt.Sprintf("%s: other %s with %s", op, what, name(got.Status))
}

// stepText is the call with its actor, as a case has it.
func stepText(st *trace.Step) string {
	if st.Actor == "" {
		return st.Call.String()
	}
	return st.Actor + ": " + st.Call.String()
}
