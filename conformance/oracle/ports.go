package oracle

import (
	"slices"

	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// This file holds the calls that make, fill and empty ports. What queues
// packets in the name of objects is in operations.go.

// A Packet is one that is in a port.
type Packet struct {
	trace.PacketWant
	// Operation is the ID of the one that queued it, and Source the Serial of
	// the handle it was begun from. Both are 0 in a packet of a program.
	Operation, Source uint64
}

func isPort(o *Object) bool {
	return o.Type == handle.TypePort || o.Type == handle.TypeZirconPort
}

// port is useOf for the calls of ports.
func (s *State) port(r trace.Ref, need handle.Rights) (Handle, *Object, status.Status) {
	return s.useOf(isPort, status.ErrWrongType, r, need)
}

// newPort makes a port.
func (s *State) newPort(c *trace.Call) trace.Want {
	table := tableName(c.Table)
	t := s.Tables[table]
	if t == nil {
		return answer(status.ErrBadHandle) // no such process
	}
	rules := RulesOf(t.Edition)
	if c.HasOptions && c.Options != rules.PortOptions { // P-CREATE
		if c.Options == rules.PortRefused {
			return answer(status.ErrNotSupported)
		}
		return answer(status.ErrInvalidArgs)
	}
	if !s.fits(table, 1, PortCharge) {
		return answer(status.ErrNoMemory) // L-ACCOUNT
	}
	s.LastKoid++
	s.Objects[s.LastKoid] = &Object{
		Type:    rules.PortType,
		Koid:    s.LastKoid,
		Name:    out(c, 0),
		Table:   table,
		Edition: t.Edition,
	}
	s.insert(out(c, 0), table, s.LastKoid, rules.PortRights) // P-RIGHTS
	return answer(status.OK)
}

// queuePacket puts a user packet into a port.
func (s *State) queuePacket(c *trace.Call) trace.Want {
	rules := s.called(c.H)
	_, p, st := s.port(c.H, rules.PortQueueRight) // P-RIGHTS
	if st != status.OK {
		return answer(st)
	}
	for range max(1, c.Count) {
		if rules.PacketLimit > 0 && programs(p) >= rules.PacketLimit {
			return answer(status.ErrShouldWait) // P-LIMIT
		}
		// P-QUEUE: key, status and payload are kept, the type becomes USER.
		if !s.enqueue(p, Packet{PacketWant: trace.PacketWant{
			Type: handle.PacketUser, Key: c.Packet.Key, Status: c.Packet.Status, User: c.Packet.User,
		}}) {
			return answer(status.ErrNoMemory) // P-FULL
		}
	}
	return answer(status.OK)
}

// programs is how many packets in a port were queued by programs.
func programs(p *Object) (n int) {
	for _, pk := range p.Packets {
		if pk.Operation == 0 {
			n++
		}
	}
	return n
}

// enqueue hands a packet to the wait that has been on for longest, or else
// puts it at the end of the port. It reports whether there was memory for it.
// P-WAIT: one waiter is released per packet.
func (s *State) enqueue(p *Object, pk Packet) bool {
	var longest *Wait
	for _, w := range s.Waits {
		if w.Port == p.Koid && !w.Fired && !w.Canceled && !w.Expired &&
			(longest == nil || w.Turn < longest.Turn) {
			longest = w
		}
	}
	if longest != nil {
		longest.Fired, longest.Packet = true, pk
		return true
	}
	if s.free(p.Table) < PacketCharge {
		return false
	}
	p.Packets = append(p.Packets, pk)
	return true
}

// took is the answer that gives a packet.
func took(pk Packet) trace.Want {
	return trace.Want{Status: status.OK, Packet: &pk.PacketWant}
}

// portWait is a wait on a port that nothing interrupts.
func (s *State) portWait(c *trace.Call) trace.Want {
	_, p, st := s.port(c.H, s.called(c.H).PortWaitRight) // P-RIGHTS
	if st != status.OK {
		return answer(st)
	}
	if len(p.Packets) > 0 { // P-WAIT: also if the deadline is past
		first := p.Packets[0]
		p.Packets = slices.Delete(p.Packets, 0, 1)
		return took(first)
	}
	if c.Until.Kind == trace.Never {
		panic("oracle: a wait that never returns; ask Blocks first, and Start it")
	}
	s.pass(s.ends(c.Until))
	return answer(status.ErrTimedOut) // P-WAIT
}

// portRace has waits end as packets come: each is delivered or stays (P-WAIT),
// and is taken.
func (s *State) portRace(c *trace.Call) trace.Want {
	for range min(c.Count, 1) { // all are alike
		if want := s.queuePacket(&trace.Call{H: c.H, Packet: &handle.Packet{}}); want.Status != status.OK {
			return want
		}
		want := s.portWait(&trace.Call{H: c.H, Until: trace.Deadline{Kind: trace.Past}})
		if want.Status != status.OK {
			return answer(want.Status)
		}
	}
	return trace.Want{Status: status.OK, N: c.Count}
}

// awaitPacket begins a wait on a port, and reports whether it blocks.
func (s *State) awaitPacket(c *trace.Call) (w Wait, blocks bool) {
	h, p, st := s.port(c.H, s.called(c.H).PortWaitRight)
	if st != status.OK || len(p.Packets) > 0 {
		return w, false
	}
	s.LastSerial++
	w = Wait{
		Items: []Item{{Serial: h.Serial, Object: h.Object}}, // by which it is canceled
		Ends:  s.ends(c.Until), Never: c.Until.Kind == trace.Never,
		Accumulates: true,
		Port:        h.Object, Turn: s.LastSerial,
	}
	return w, w.Never || w.Ends > s.Now
}

// awaited are the answers allowed to a wait on a port that returns now; next
// is the state without it.
func (w *Wait) awaited(next *State) []Outcome {
	var outcomes []Outcome
	if w.Fired {
		outcomes = append(outcomes, Outcome{took(w.Packet), next})
	}
	if w.Canceled {
		// P-WAIT. If it had been given a packet, that is not lost.
		if p := next.Objects[w.Port]; w.Fired && p != nil {
			next = next.Clone()
			p = next.Objects[w.Port]
			p.Packets = slices.Insert(p.Packets, 0, w.Packet)
		}
		outcomes = append(outcomes, Outcome{answer(status.ErrCanceled), next})
	}
	if outcomes == nil && !w.Never {
		outcomes = append(outcomes, Outcome{answer(status.ErrTimedOut), next})
	}
	return outcomes
}
