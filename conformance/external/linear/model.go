package linear

import (
	"cmp"
	"fmt"
	"hash/maphash"
	"maps"
	"slices"

	"github.com/anishathalye/porcupine"

	"mx.example/conformance/oracle"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// A state is a state of the oracle, never changed, and what it comes to.
type state struct {
	*oracle.State
	key string
}

func newState(s *oracle.State) state { return state{s, key(s)} }

// key is the same for two states that no later call can tell apart, although
// handles and objects were numbered in another order.
func key(s *oracle.State) string {
	b := make([]byte, 0, 256)
	for _, name := range slices.Sorted(maps.Keys(s.Handles)) {
		h := s.Handles[name]
		if !h.Live {
			continue // a name that is dead is as one that never was
		}
		b = fmt.Appendf(b, "%s=%s:%s:%x ", name, h.Table, s.Objects[h.Object].Name, h.Rights)
	}
	byName := func(a, b *oracle.Object) int { return cmp.Compare(a.Name, b.Name) }
	for _, o := range slices.SortedFunc(maps.Values(s.Objects), byName) {
		b = fmt.Appendf(b, "%s=%x:%q:%v:%t:%t ", o.Name, o.User, o.Inbound, o.Lengths, o.Ended, o.Closed)
	}
	for _, actor := range slices.Sorted(maps.Keys(s.Waits)) {
		w := s.Waits[actor]
		b = fmt.Appendf(b, "%s=%x:%t ", actor, reported(w), settled(w))
	}
	return string(b)
}

// A part is what is put in order: a call, or one end of an item of a wait.
type part struct {
	kind    partKind
	op      *Op
	item    int
	waiting []*Op // at a quiet instant
}

type partKind uint8

const (
	whole partKind = iota // a call that takes effect at one instant
	begin                 // an item of a wait registers
	end                   // and has seen all that it will see
	quiet                 // every client has blocked: see Quiet
)

// actor names a wait in progress. A client has one at a time.
func actor(o *Op, item int) string { return fmt.Sprintf("%s.%d", clientName(o.Client), item) }

var seed = maphash.MakeSeed()

// model is the oracle as porcupine wants it.
func model(e handle.Edition) porcupine.Model {
	return porcupine.Model{
		Init: func() any { return newState(oracle.New(e)) },
		Step: func(s, in, _ any) (bool, any) {
			next, ok := in.(*part).step(s.(state))
			return ok, next
		},
		Equal: func(s, t any) bool { return s.(state).key == t.(state).key },
		Hash:  func(s any) uint64 { return maphash.String(seed, s.(state).key) },
	}
}

// step reports whether the part may come next in the state s, and what the
// state is then.
func (p *part) step(s state) (state, bool) {
	if p.kind == quiet {
		return s, s.sleepsWell(p.waiting)
	}
	next := s.Clone()
	var ok bool
	switch p.kind {
	case whole:
		if s.Blocks(&p.op.Call) {
			return s, false // a wait that was refused, but would not be now
		}
		want := next.Do(&p.op.Call)
		ok = p.op.Pending || p.op.answers(&want)
	case begin:
		ok = p.begin(next) || p.op.Pending
	case end:
		name := actor(p.op, p.item)
		if w := next.Waits[name]; w != nil {
			delete(next.Waits, name)
			ok = reported(w) == p.op.observed(p.item) && p.op.followsFromObserved(w.Accumulates)
		}
	}
	return newState(next), ok
}

// begin lets an item of the wait register, unless it is refused.
func (p *part) begin(s *oracle.State) bool {
	item := p.op.items()[p.item]
	c := trace.Call{Op: trace.OpWait, H: item.Ref, Signals: item.WaitFor}
	if p.op.Call.Op == trace.OpWaitMany {
		c.H.Table = p.op.Call.Table
	}
	if oracle.RulesOf(s.Edition).Accumulates {
		// The oracle is asked to wait for no signal: such a wait goes on seeing
		// until its handle goes. That it should have ended, and how, is for
		// the end to say.
		c.Signals = 0
	}
	name := actor(p.op, p.item)
	if s.Start(name, &c) || s.Waits[name].Done.Status == status.OK {
		return true
	}
	delete(s.Waits, name)
	return false
}

// reported is what a wait of the oracle for one item has to report if it
// returns now: all that it has seen, or in zircon the state at the instant that
// completed it, and if nothing has, the state now (T-OBSERVED).
func reported(w *oracle.Wait) handle.Signals {
	if w.Done != nil {
		return w.Done.Signals.Must
	}
	item := &w.Items[0]
	switch {
	case w.Accumulates:
		return item.Seen
	case item.Settled:
		return item.Least
	}
	return item.Now
}

// settled reports whether nothing that comes later makes a difference to the
// wait.
func settled(w *oracle.Wait) bool {
	return w.Done != nil || w.Items[0].Gone || w.Items[0].Settled
}

// answers reports whether the result is the one wanted.
func (o *Op) answers(want *trace.Want) bool {
	if want.Match(&o.Call, &o.Result) != "" {
		return false
	}
	return o.Call.Op != trace.OpInfo || want.Status != status.OK ||
		o.Koid == [2]string{want.Info.Koid, want.Info.Related}
}

// followsFromObserved reports whether the status of a wait is what it observed
// asks for (T-ONE, T-TIMEOUT, T-CANCEL).
func (o *Op) followsFromObserved(cancelWins bool) bool {
	fired, canceled := false, false
	for i, item := range o.items() {
		seen := o.observed(i)
		fired = fired || seen&item.WaitFor != 0
		canceled = canceled || seen&handle.HandleClosed != 0
	}
	switch o.Result.Status {
	case status.OK:
		return fired && !(canceled && cancelWins)
	case status.ErrCanceled:
		return canceled
	}
	return !fired && !canceled && o.Call.Until.Kind != trace.Never
}

// sleepsWell reports whether all those waiting have registered, and none of
// them has seen what should have woken it.
func (s state) sleepsWell(waiting []*Op) bool {
	for _, o := range waiting {
		for i, item := range o.items() {
			w := s.Waits[actor(o, i)]
			if w == nil || reported(w)&(item.WaitFor|handle.HandleClosed) != 0 {
				return false
			}
		}
	}
	return true
}
