package conformance

import (
	"mx.example/conformance/oracle"
	"mx.example/conformance/trace"
	"mx.example/handle"
)

// A Divergence is a named difference between a backend and the contract, with
// its cause. A backend brings its own by being a [Diverger].
//
// It is a pair: a predicate as narrow as its cause, and the state that
// follows, from which the comparison goes on.
type Divergence struct {
	Name    string   // lower-case letters, digits, hyphens
	Kinds   []string // the backends that show it
	Clauses []string // the clauses that it departs from
	Cause   string   // why it is so, in two sentences
	Source  string   // where to look that up
	// Match reports whether what was observed is this difference. It is asked
	// only about results that the contract does not allow in that state. It
	// is nil for a divergence that only explains unsupported calls.
	Match func(*Situation) bool
	// Next is the state that the observed result implies. It may change
	// s.State, which is a copy made for it, and return it. If Next is nil the
	// judging of the case ends with this difference.
	Next func(s *Situation) *oracle.State
}

// A Situation is what a [Divergence] looks at.
type Situation struct {
	Kind    string
	Edition handle.Edition
	State   *oracle.State // before the call
	Call    *trace.Call
	Allowed []oracle.Outcome // what the contract allows
	Result  *trace.Result    // what was observed instead
}

// A Diverger is a Backend that knows in which ways it differs. Its results
// are judged against the contract call by call: equal, different under one of
// these names, or unexplained.
type Diverger interface {
	Backend
	Divergences() []Divergence
}
