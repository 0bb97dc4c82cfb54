package explore

import (
	"math/rand/v2"
	"sync/atomic"

	"mx.example/conformance"
	"mx.example/handle"
)

// sequenceCalls is how many calls a sequence has. The kernel is a fresh one
// for each, so what a sequence finds is at most so many calls deep.
const sequenceCalls = 256

// A tally is what sequences came to.
type tally struct {
	sequences uint64
	calls     uint64
	byCall    [64]uint64        // by trace.Op
	names     map[string]uint64 // differences that have one
	missing   map[string]uint64 // calls that there are none of, by the reason
	seen      Coverage
}

func newTally() *tally {
	return &tally{names: make(map[string]uint64), missing: make(map[string]uint64)}
}

func (t *tally) join(o *tally) {
	t.sequences += o.sequences
	t.calls += o.calls
	for i, n := range o.byCall {
		t.byCall[i] += n
	}
	for name, n := range o.names {
		t.names[name] += n
	}
	for name, n := range o.missing {
		t.missing[name] += n
	}
	t.seen.Join(&o.seen)
}

// A runner runs sequences on one backend, one after the other. Its memory is
// used again for each.
type runner struct {
	b     conformance.Backend
	e     handle.Edition
	known []string // kinds of differences that are followed
	gen   generator
	pcg   rand.PCG
	steps []element
	*tally

	// For whoever watches:
	sequence atomic.Uint64
	at       atomic.Uint64 // the calls begun
	len      atomic.Int64  // of the sequence, up to the call under way
}

func newRunner(b conformance.Backend, e handle.Edition, t traits) *runner {
	return &runner{b: b, e: e, gen: generator{traits: t}, steps: make([]element, sequenceCalls), tally: newTally()}
}

// run makes one sequence of n calls and returns what is wrong in it: nothing,
// or the difference and the steps that led to it, which are valid until the
// next run.
func (r *runner) run(seed, index uint64, n int) (*Difference, []element) {
	r.pcg.Seed(seed, index)
	return r.play(&r.pcg, n)
}

// play is run with another source of decisions.
func (r *runner) play(src rand.Source, n int) (*Difference, []element) {
	r.sequences++
	r.len.Store(0)
	f, err := follow(r.b, r.e, r.known)
	if err != nil {
		return &Difference{Kind: "boot", Detail: err.Error()}, nil
	}
	r.gen.reset(src, f.State)
	for i := range n {
		el := &r.steps[i]
		r.gen.next(el)
		r.len.Store(int64(i + 1))
		r.at.Add(1)
		r.calls++
		r.byCall[el.Call.Op]++
		h := f.State.Handles[el.Call.H.Name].Object
		o := f.Step(&el.Step)
		switch {
		case o == conformance.Differs:
			r.names[f.Name]++
		case o == conformance.UnsupportedCase:
			r.missing[f.Name]++
		case o.Bad():
			f.Close() // whatever it says, this is what is wrong
			return differenceOf(f, &el.Step), r.steps[:i+1]
		}
		if f.Excused != "" {
			r.missing[string(f.Excused)]++
		}
		if f.Over {
			return r.closed(f, r.steps[:i+1])
		}
		r.gen.sync(el, o, f.State)
		if h != 0 {
			r.seen.add(f.State, h)
		}
	}
	return r.closed(f, r.steps[:n])
}

// closed ends a sequence in which nothing was wrong.
func (r *runner) closed(f *conformance.Follower, steps []element) (*Difference, []element) {
	if err := f.Close(); err != nil {
		return &Difference{Kind: closeKind, Detail: err.Error()}, steps
	}
	return nil, nil
}
