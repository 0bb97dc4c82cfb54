package linear

import (
	"fmt"
	"maps"

	"mx.example/conformance/oracle"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// A state is a state of the oracle, never changed, and what it comes to.
type state struct {
	*oracle.Blocking
	loops map[string]*oracle.Loop // those begun and not ended, by actor
	ports map[string]*Op          // the waits on ports that are on
	key   string
}

func newState(e handle.Edition) state {
	return state{Blocking: &oracle.Blocking{State: oracle.New(e)}}.keyed()
}

// clone is a state equal to s, to be changed.
func (s state) clone() state {
	copied, as := s.Blocking.Clone()
	next := state{Blocking: copied, ports: maps.Clone(s.ports)}
	for actor, l := range s.loops {
		c := as[l]
		if c == nil { // it is over
			c = l
		}
		next.setLoop(actor, c)
	}
	return next
}

func (s *state) setLoop(actor string, l *oracle.Loop) {
	if s.loops == nil {
		s.loops = map[string]*oracle.Loop{}
	}
	s.loops[actor] = l
}

func (s state) keyed() state {
	s.key = key(s)
	return s
}

// A part is what is put in order: a call, or one end of a call that takes its
// time.
type part struct {
	kind     partKind
	op       *Op
	item     int
	waiting  []*Op // at a quiet instant
	from, to int64 // between which it happens
}

// optional reports whether it may as well never happen.
func (p *part) optional() bool { return p.op != nil && p.op.Pending }

type partKind uint8

const (
	whole partKind = iota // a call that takes effect at one instant
	begin                 // an item of a wait registers, or a call that may block begins
	end                   // and has seen all that it will see, or is over
	quiet                 // every client has blocked: see Quiet
)

// actor names a wait in progress. A client has one at a time.
func actor(o *Op, item int) string { return fmt.Sprintf("%s.%d", clientName(o.Client), item) }

// step reports whether the part may come next in the state s, and what the
// state is then.
func (p *part) step(s state) (state, bool) {
	if p.kind == quiet {
		return s, s.sleepsWell(p.waiting)
	}
	if p.kind == whole && s.Blocks(&p.op.Call) {
		return s, false // a wait that was refused, but would not be now
	}
	next := s.clone()
	var ok bool
	switch name := ""; {
	case p.kind == whole:
		want := next.Call(&p.op.Call)
		ok = p.op.Pending || p.op.answers(&want)
	case p.op.Loop != nil:
		ok = p.loop(&next)
	case p.op.Call.Op == trace.OpPortWait:
		ok = p.port(&next)
	case p.kind == begin:
		ok = p.begin(next.State) || p.op.Pending
	default:
		name = actor(p.op, p.item)
		if w := next.Waits[name]; w != nil {
			delete(next.Waits, name)
			ok = reported(w) == p.op.observed(p.item) && p.op.followsFromObserved(w.Accumulates)
		}
	}
	if !ok {
		return s, false
	}
	return next.keyed(), true
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

// loop lets a WriteAll or a ReadFull begin or end. In between the oracle moves
// its bytes. That its deadline has passed is noticed at its end.
func (p *part) loop(s *state) bool {
	name := actor(p.op, 0)
	if p.kind == begin {
		l := *p.op.Loop
		s.Start(&l)
		s.setLoop(name, &l)
		return true
	}
	l := s.loops[name]
	if l == nil {
		return false
	}
	r := &p.op.Result
	if !l.Over && !l.Never && r.Status == status.ErrTimedOut {
		s.Expire(l)
	}
	delete(s.loops, name)
	return l.Over && l.Status == r.Status && uint64(l.N) == r.N && string(l.Got) == string(r.Data)
}

// port lets a wait on a port begin or end. It takes its packet at its end, and
// which of several takes one is left open (P-WAIT). One that is pending may have
// taken a packet.
func (p *part) port(s *state) bool {
	name, c := actor(p.op, 0), p.op.Call
	c.Until = trace.Deadline{Kind: trace.Past}
	on := s.ports[name] != nil
	if p.kind == begin {
		if s.ports == nil {
			s.ports = map[string]*Op{}
		}
		s.ports[name] = p.op
		want := s.State.Clone().Do(&c)
		return want.Status == status.OK || want.Status == status.ErrTimedOut
	}
	delete(s.ports, name)
	_, live := s.Lookup(c.H)
	switch {
	case !on:
		return false
	case !p.op.Pending && p.op.Result.Status == status.ErrCanceled:
		return !live
	case !live, !p.op.Pending && p.op.Result.Status == status.ErrTimedOut && p.op.Call.Until.Kind == trace.Never:
		return false
	}
	want := s.Call(&c)
	if p.op.Pending {
		return want.Status == status.OK
	}
	return p.op.answers(&want)
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
		switch {
		case o.Loop != nil:
			if l := s.loops[actor(o, 0)]; l == nil || l.Over {
				return false
			}
			continue
		case o.Call.Op == trace.OpPortWait:
			if s.ports[actor(o, 0)] == nil || !s.Blocks(&trace.Call{Op: trace.OpPortWait, H: o.Call.H}) {
				return false
			}
			continue
		}
		for i, item := range o.items() {
			w := s.Waits[actor(o, i)]
			if w == nil || reported(w)&(item.WaitFor|handle.HandleClosed) != 0 {
				return false
			}
		}
	}
	return true
}
