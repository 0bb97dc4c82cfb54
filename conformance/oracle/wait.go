package oracle

import (
	"math"
	"time"

	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// A Wait is a call that an actor has started and not yet finished.
//
// What a wait observes is not one answer but a set. While nothing has
// completed it, it is there and sees every signal. From the instant that
// completes it, it may return at any time, and what comes later may be seen or
// not. So a wait remembers, an item each, what it had seen when.
type Wait struct {
	Many  bool // wait_many
	Items []Item
	Ends  time.Duration // the deadline, unless Never
	Never bool
	// Accumulates is the rule of T-OBSERVED and T-CANCEL that the wait goes
	// by. If it is false, instant.go has what is different.
	Accumulates bool

	Fired    bool // a signal asked for was asserted while it waited
	Canceled bool // the handle of an item was closed, replaced or transferred
	Expired  bool // the deadline passed with neither

	// Port is what a wait on a port is for, and 0 in all others. Turn tells
	// which of several has been on for longer; Packet is what it was given when
	// it Fired.
	Port   handle.Koid
	Turn   uint64
	Packet Packet

	// Looping: the call is a Loop, which is in State.Loops and no wait of ours.
	Looping bool

	// Done is the answer of a call that has returned already; nothing else
	// counts then.
	Done *trace.Want
}

// An Item is one handle of a wait.
type Item struct {
	Serial  uint64 // of the handle
	Object  handle.Koid
	WaitFor handle.Signals
	Gone    bool // the handle has been closed, replaced or transferred

	Seen     handle.Signals // all that was asserted since the wait began
	AtFire   handle.Signals // Seen when the wait fired
	ToCancel handle.Signals // Seen before the first cancellation
	AtCancel handle.Signals // Seen with it, HANDLE_CLOSED included

	Instant // of a wait that does not accumulate
}

// Blocks reports whether a plain call of c would never return: a wait without
// deadline, with nothing asserted that it asks for, or no packet in the port.
func (s *State) Blocks(c *trace.Call) bool {
	switch {
	case c.Until.Kind != trace.Never:
		return false
	case isLoop(c):
		l, _ := s.Clone().startLoop(c)
		return !l.Over
	case c.Op == trace.OpPortWait:
		_, p, st := s.port(c.H, s.called(c.H).PortWaitRight)
		return st == status.OK && len(p.Packets) == 0
	case c.Op != trace.OpWait && c.Op != trace.OpWaitMany:
		return false
	}
	w, st := s.register(c)
	return st == status.OK && !w.Fired
}

// wait is a wait that nothing interrupts: what is asserted at once decides.
func (s *State) wait(c *trace.Call) trace.Want {
	w, st := s.register(c)
	if st != status.OK {
		return answer(st)
	}
	if !w.Fired {
		if w.Never {
			panic("oracle: a wait that never returns; ask Blocks first, and Start it")
		}
		s.pass(w.Ends) // T-TIMEOUT
	}
	return s.answers(w)[0]
}

// Start makes a call on an actor of its own. It changes s as far as the call
// gets, and reports whether it has blocked there. The answer, also of a call
// that has not blocked, is for [State.Finish] to give.
func (s *State) Start(actor string, c *trace.Call) (blocked bool) {
	var w Wait
	if c.Op == trace.OpWait || c.Op == trace.OpWaitMany {
		var st status.Status
		w, st = s.register(c)
		blocked = st == status.OK && !w.Fired && (w.Never || w.Ends > s.Now)
	}
	if c.Op == trace.OpPortWait {
		w, blocked = s.awaitPacket(c)
	}
	if isLoop(c) {
		s.Waits[actor] = s.startedLoop(actor, c)
		return s.Waits[actor].Done == nil
	}
	if !blocked {
		want := s.Do(c)
		w = Wait{Done: &want}
	}
	s.Waits[actor] = &w
	return blocked
}

// Finish gives the answers allowed to the call that the actor has under way,
// if it is awaited now, and leaves s as it is. There are none if it never
// returns.
func (s *State) Finish(actor string) []Outcome {
	w := s.Waits[actor]
	if w == nil {
		return nil
	}
	next := s.Clone()
	delete(next.Waits, actor)
	if w.Looping {
		return next.finishedLoop(actor)
	}
	if w.Done != nil {
		return []Outcome{{*w.Done, next}}
	}
	if !w.Fired && !w.Canceled && !w.Never {
		next.pass(w.Ends) // T-TIMEOUT
	}
	if w.Port != 0 {
		return w.awaited(next)
	}
	var outcomes []Outcome
	for _, want := range s.answers(*w) {
		outcomes = append(outcomes, Outcome{want, next})
	}
	return outcomes
}

// ends is when a wait that begins now has to end, if ever.
func (s *State) ends(d trace.Deadline) time.Duration {
	if d.Kind != trace.In {
		return s.Now
	}
	return s.Now + min(max(0, d.After), math.MaxInt64-s.Now)
}

// register checks the arguments of a wait and begins it.
func (s *State) register(c *trace.Call) (Wait, status.Status) {
	items := c.Items
	if c.Op == trace.OpWait {
		items = []trace.WaitItem{{Ref: c.H, WaitFor: c.Signals}}
	}
	w := Wait{Many: c.Op == trace.OpWaitMany, Never: c.Until.Kind == trace.Never, Ends: s.ends(c.Until)}
	w.Accumulates = s.called(c.H).Accumulates // wait_many: see below
	if w.Many {
		table := s.Tables[tableName(c.Table)]
		if table == nil {
			return w, status.ErrBadHandle // no such process
		}
		w.Accumulates = RulesOf(table.Edition).Accumulates
		if rules := RulesOf(table.Edition); len(items) > rules.WaitManyMax {
			return w, rules.WaitManyTooMany // T-MANY
		}
	}
	for _, item := range items {
		if w.Many {
			item.Ref.Table = tableName(c.Table) // values of the table that waits (X-TABLE)
		}
		h, st := s.waitable(item.Ref)
		if st != status.OK {
			return w, st // T-MANY-BAD: the first bad item decides
		}
		w.Items = append(w.Items, Item{Serial: h.Serial, Object: h.Object, WaitFor: item.WaitFor})
	}
	w.look(s)
	return w, status.OK
}

// waitable checks the handle of a wait: T-RIGHT, then T-UNWAITABLE.
func (s *State) waitable(r trace.Ref) (Handle, status.Status) {
	return s.waitableWith(r, s.called(r).WaitRight)
}

// waitableWith is waitable for calls that need another right.
func (s *State) waitableWith(r trace.Ref, need handle.Rights) (Handle, status.Status) {
	h, o, st := s.use(r, need)
	if st == status.OK && isPort(o) {
		st = status.ErrNotSupported
	}
	return h, st
}

// observe shows every wait in progress the state that a call has made, and
// every operation; those on first are told first (see tell).
func (s *State) observe(first *Object) {
	for _, w := range s.Waits {
		if w.Done == nil && !w.Expired {
			w.look(s)
		}
	}
	s.tell(first)
}

// look adds what is asserted at this instant. T-OBSERVED: signals accumulate.
// T-ONE: one asked for completes the wait, even if it is gone later. T-NONE:
// asked for none, none does.
func (w *Wait) look(s *State) {
	if !w.Accumulates {
		w.lookAtOnce(s)
		return
	}
	fires := false
	for i := range w.Items {
		item := &w.Items[i]
		o := s.Objects[item.Object]
		if o == nil {
			continue
		}
		now := s.Signals(o)
		item.Seen |= now // T-CANCEL: also through a handle that is gone
		fires = fires || now&item.WaitFor != 0 && !item.Gone
	}
	if fires && !w.Fired && !w.Canceled {
		w.Fired = true
		for i := range w.Items {
			w.Items[i].AtFire = w.Items[i].Seen
		}
	}
}

// cancel ends the waits on a handle (T-CANCEL). left is LAST_HANDLE if one
// handle to the object is left.
func (s *State) cancel(serial uint64, left handle.Signals) {
	for _, w := range s.Waits {
		if w.Done == nil && !w.Expired {
			w.cancel(serial, left)
		}
	}
}

func (w *Wait) cancel(serial uint64, left handle.Signals) {
	if !w.Accumulates {
		w.cancelAtOnce(serial)
		return
	}
	first := !w.Canceled
	for i := range w.Items {
		item := &w.Items[i]
		if first {
			item.ToCancel = item.Seen
		}
		if item.Serial == serial {
			item.Gone = true
			item.Seen |= handle.HandleClosed | left
			w.Canceled = true
		}
	}
	if first && w.Canceled {
		for i := range w.Items {
			w.Items[i].AtCancel = w.Items[i].Seen
		}
	}
}

// pass lets time go on to an instant. Waits whose deadline is not after it
// have timed out, unless something completed them before.
func (s *State) pass(until time.Duration) {
	s.Now = max(s.Now, until)
	for _, w := range s.Waits {
		if w.Done == nil && !w.Never && w.Ends <= s.Now && !w.Fired && !w.Canceled {
			w.Expired = true
		}
	}
	s.expireLoops()
}

// answers are those that a wait may return with now: none, if it may not
// return.
func (s *State) answers(w Wait) []trace.Want {
	if !w.Accumulates {
		return w.answersAtOnce()
	}
	var wants []trace.Want
	if w.Fired {
		// If it was canceled too, OK means that it had returned before that.
		wants = append(wants, w.want(status.OK, func(i Item) trace.SignalWant {
			if w.Canceled {
				return between(i.AtFire, i.ToCancel)
			}
			return between(i.AtFire, i.Seen)
		}))
	}
	if w.Canceled {
		// CANCELED wins over OK when both hold at return (T-CANCEL).
		wants = append(wants, w.want(status.ErrCanceled, func(i Item) trace.SignalWant {
			return between(i.AtCancel, i.Seen)
		}))
	}
	if !w.Fired && !w.Canceled && !w.Never {
		wants = append(wants, w.want(status.ErrTimedOut, func(i Item) trace.SignalWant {
			return between(i.Seen, i.Seen) // T-TIMEOUT
		}))
	}
	return wants
}

// want is an answer with what is observed of each item.
func (w *Wait) want(st status.Status, observed func(Item) trace.SignalWant) trace.Want {
	want := trace.Want{Status: st}
	if !w.Many {
		want.Signals = observed(w.Items[0])
		return want
	}
	want.Pending = make([]trace.SignalWant, len(w.Items)) // T-MANY
	for i, item := range w.Items {
		want.Pending[i] = observed(item)
	}
	return want
}

// between is any set of signals with all of those seen for certain, and others
// only of those that may have been.
func between(certain, possible handle.Signals) trace.SignalWant {
	if certain == possible {
		return trace.SignalWant{Must: certain}
	}
	return trace.SignalWant{Must: certain, MustNot: ^possible, Open: true}
}
