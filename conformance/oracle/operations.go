package oracle

import (
	"slices"

	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// Options of wait_async, as the editions have them.
const (
	Repeating = 1 // in 2017
	Timestamp = 1 // in zircon
	Edge      = 2 // in zircon

	BootTimestamp = 4 // in zircon
)

// An Operation is a wait_async that has not ended.
type Operation struct {
	ID      uint64 // never the same for two operations
	Port    handle.Koid
	Source  uint64 // the Serial of the handle it was begun from
	Object  handle.Koid
	Key     uint64
	Trigger handle.Signals

	Repeating bool // P-REPEATING; else P-ONCE
	Edge      bool // waits for a rise of any signal
	Stamped   bool // its packet says when it was made

	Seen handle.Signals // the state of the object when it was last looked at
	Over bool           // it has ended, and leaves the list
}

// waitAsync begins an operation.
func (s *State) waitAsync(c *trace.Call) trace.Want {
	rules := s.called(c.H)
	const bothStamps = Timestamp | BootTimestamp
	if c.Options&^rules.AsyncOptions != 0 || !rules.AsyncRepeats && c.Options&bothStamps == bothStamps {
		return answer(status.ErrInvalidArgs) // P-ONCE, P-REPEATING
	}
	// P-SOURCE: the port comes before the source.
	to, _, st := s.port(s.beside(c), rules.PortQueueRight)
	if st != status.OK {
		return answer(st)
	}
	h, st := s.waitable(c.H)
	if st != status.OK {
		return answer(st)
	}
	s.LastSerial++
	op := Operation{
		ID:      s.LastSerial,
		Port:    to.Object,
		Source:  h.Serial,
		Object:  h.Object,
		Key:     c.Key,
		Trigger: c.Signals,
		Seen:    s.Signals(s.Objects[h.Object]),
	}
	if rules.AsyncRepeats {
		op.Repeating = c.Options != 0
	} else {
		op.Edge, op.Stamped = c.Options&Edge != 0, c.Options&bothStamps != 0
	}
	if op.Seen&op.Trigger != 0 && !op.Edge { // P-ONCE, P-REPEATING: at once
		s.fire(&op)
	}
	if !op.Over {
		s.Operations = append(s.Operations, op)
	}
	return answer(status.OK) // P-FULL: also if there was no memory for a packet
}

// beside is the second handle of a call, used in the table of the first.
func (s *State) beside(c *trace.Call) trace.Ref {
	r := c.To
	if r.Table = c.H.Table; r.Table == "" {
		r.Table = tableName(s.Handles[c.H.Name].Table)
	}
	return r
}

// fire queues the packet of an operation whose trigger is asserted, unless the
// one before is still in the port (P-REPEATING).
func (s *State) fire(op *Operation) {
	p := s.Objects[op.Port]
	if slices.ContainsFunc(p.Packets, func(pk Packet) bool { return pk.Operation == op.ID }) {
		return
	}
	pk := Packet{Operation: op.ID, Source: op.Source, PacketWant: trace.PacketWant{
		Type:     handle.PacketSignalOne,
		Key:      op.Key,
		Trigger:  op.Trigger,
		Observed: trace.SignalWant{Must: op.Seen},
		Count:    1,
		Stamped:  op.Stamped,
	}}
	if op.Repeating {
		pk.Type = handle.PacketSignalRep
	}
	queued := s.enqueue(p, pk)
	op.Over = !op.Repeating || !queued // P-FULL: one that cannot queue ends
}

// tell shows every operation the state that a call has made. Which of several
// that are triggered at once queues first is settled as in the kernels: one of
// the two endpoints is told before the other, and of the operations on one
// object the latest comes first.
func (s *State) tell(first *Object) {
	for _, firsts := range []bool{true, false} {
		for i := len(s.Operations) - 1; i >= 0; i-- {
			op := &s.Operations[i]
			if firsts == (first != nil && first.Koid == op.Object) {
				s.see(op)
			}
		}
	}
	s.endOperations(func(op Operation) bool { return op.Over })
}

// see shows an operation the state of its object.
func (s *State) see(op *Operation) {
	now := s.Signals(s.Objects[op.Object])
	changed := now != op.Seen
	if op.Edge { // P-ONCE: only a rise counts, but that of any signal
		changed = now&^op.Seen != 0
	}
	op.Seen = now
	if changed && now&op.Trigger != 0 {
		s.fire(op)
	}
}

// first is the object that is told first of what a call has done: of a write
// and of a disposition it is the peer of the one that the call was made on, of
// all others, a half close included, that one itself.
func (s *State) first(c *trace.Call) *Object {
	if len(s.Operations) == 0 {
		return nil // there is nobody to tell
	}
	o := s.Object(c.H)
	if o == nil {
		return nil
	}
	switch {
	case c.Op == trace.OpPump, c.Op == trace.OpWrite && c.Options != HalfClose, c.Op == trace.OpSetDisposition:
		return s.Objects[o.Peer]
	}
	return o
}

// endOperations ends those that which picks.
func (s *State) endOperations(which func(Operation) bool) {
	s.Operations = slices.DeleteFunc(s.Operations, which)
}

// cancelAsync ends operations by port, source and key.
func (s *State) cancelAsync(c *trace.Call) trace.Want {
	rules := s.called(c.H)
	to, p, st := s.port(c.H, rules.PortQueueRight)
	if st != status.OK {
		return answer(st)
	}
	h, st := s.waitableWith(s.beside(c), rules.CancelRight) // P-CANCEL
	if st != status.OK {
		return answer(st)
	}
	before := len(s.Operations) + len(p.Packets)
	s.endOperations(func(op Operation) bool {
		return op.Port == to.Object && op.Source == h.Serial && op.Key == c.Key
	})
	p.Packets = slices.DeleteFunc(p.Packets, func(pk Packet) bool {
		return pk.Operation != 0 && pk.Source == h.Serial && pk.Key == c.Key
	})
	if len(s.Operations)+len(p.Packets) == before {
		return answer(status.ErrNotFound)
	}
	return answer(status.OK)
}
