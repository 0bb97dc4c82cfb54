package conformance

import (
	"mx.example/conformance/oracle"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
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
	// Timing, if it is not empty, says what that is not seen from outside
	// decides whether the difference shows: then two runs of one case may part
	// at a step that one of them gives this name. TimedOn are the kinds on which
	// that is so; nil means all.
	Timing  string
	TimedOn []string
	// Errnos are error numbers that tell more than the status which stands for
	// them. A result with one of them needs a name also where the contract allows
	// that status, so that the mapping hides no difference.
	Errnos []status.Errno
	// Match reports whether what was observed is this difference. It is asked
	// only about results that the contract does not allow in that state, and
	// about those with an error number that says more: see Errnos. It
	// is nil for a divergence that only explains unsupported calls. It must
	// not change what the Situation holds.
	Match func(*Situation) bool
	// Next is the state that the observed result implies. It may change
	// s.State, which is a copy made for it, and return it. If Next is nil, or
	// returns nil, the judging of the case ends with this difference. A wait
	// that has returned is taken out of the state afterwards.
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
	// Shadow is what the backend keeps beside State, or nil: see [Shadower].
	Shadow Shadow
}

// A Diverger is a Backend that knows in which ways it differs. Its results
// are judged against the contract call by call: equal, different under one of
// these names, or unexplained.
type Diverger interface {
	Backend
	Divergences() []Divergence
}

// A Hosted backend is a Diverger that needs things of the machine that it runs
// on, which may refuse them.
type Hosted interface {
	Diverger
	// Refusal returns one line that says what the machine has refused, and how
	// to get it, if that is what the situation shows, and "" otherwise. It is
	// asked about results that nothing explains.
	Refusal(s *Situation) string
}

// A Shadower is a Diverger whose kernel remembers more than the contract's
// state says: an error still to be reported, say, or what a message is charged
// for. It keeps that beside the state, so that its predicates can be narrow.
type Shadower interface {
	Diverger
	// NewShadow makes what is kept in one case under the rules of e.
	NewShadow(e handle.Edition) Shadow
}

// A Shadow follows the calls of one case.
type Shadow interface {
	// Observe is told of every call and its result, also of those that the
	// contract allows, after they have been judged. s.Result is valid until it
	// returns, s.State may be kept.
	Observe(s *Situation)
}
