package handle

// A source is what the packets of an operation come from: a handle, which is a
// table and a value. Tables that share a port may have the same value for
// different objects.
type source struct {
	table *Table
	value Handle
}

// An operation is a WaitAsync under way. It is on the list of its source's
// handle and on that of its port. Whoever takes it off both holds both locks,
// the source's first.
//
// While it has a packet in the queue it is not armed: a change of the source's
// signals does not visit it.
type operation struct {
	observer // guarded by the source's lock; its beginning and end need both
	port     *port
	source   source
	key      uint64
	rep      bool
	edge     bool
	stamp    bool

	// follow links the operations that wait to be armed again, or to be fired
	// by one change: never both. The source's lock, and see [watch.taken].
	follow *operation

	// Guarded by the port's lock.
	packet        packet // embedded: an operation has one in the queue at most
	over          bool
	canceled      bool       // by CancelKey: it queues no packet any more
	before, after *operation // in the list of the port
	indexed       indexed
}

// beginLocked makes op an operation of the source e, whose signals are now. The
// locks of the source and of the port are held.
func (op *operation) beginLocked(e *Entry, s, now Signals) {
	op.begin(e, e.object.header(), s, now)
	if now&s != 0 && !op.edge {
		op.fireLocked(now)
	} else {
		op.arm(op.rep || op.edge)
	}
}

// signaled implements [holder]. The packets of one change are queued together,
// for the sake of their order.
func (op *operation) signaled(Signals) {
	w := op.header.watch
	op.follow, w.due = w.due, op
}

// handleGone implements [holder] (P-CLOSE-SOURCE).
func (op *operation) handleGone() {
	op.port.mu.Lock()
	op.endLocked()
	op.restLocked()
	op.port.mu.Unlock()
}

// fireDue queues the packets of the operations that a change to s concerns. The
// one that was begun last comes first. One with EDGE goes on waiting if no
// signal has risen, of whichever sort (P-ONCE). Packets for one port are queued
// under one hold of its lock, so that no other comes between (O-LINEAR).
func (w *watch) fireDue(s Signals) {
	var list *operation
	for op := w.due; op != nil; { // as they were visited: mostly the latest first
		next := op.follow
		op.follow, list = list, op
		op = next
	}
	w.due = nil
	var p *port // whose lock is held
	for op := byTurn(list); op != nil; {
		next := op.follow
		op.follow = nil
		if op.edge && w.rose == 0 {
			op.arm(true)
			op = next
			continue
		}
		if op.port != p {
			if p != nil {
				p.mu.Unlock()
			}
			p = op.port
			p.mu.Lock()
		}
		op.fireLocked(s)
		op = next
	}
	if p != nil {
		p.mu.Unlock()
	}
}

// fireLocked queues the packet of an operation that is not armed and has none in
// the queue, when the signals of the source are s. The locks of the source and
// of the port are held.
func (op *operation) fireLocked(s Signals) {
	p := op.port
	if p.closed || op.canceled {
		return
	}
	typ := PacketSignalOne
	if op.rep {
		typ = PacketSignalRep
	}
	op.packet.Packet = Packet{Key: op.key, Type: typ, Signal: SignalPacket{
		Trigger:  op.wanted,
		Observed: s,
		Count:    1,
	}}
	if op.stamp {
		op.packet.Signal.Timestamp = Now()
	}
	if !op.rep {
		op.endLocked()
	}
	switch {
	case !p.putLocked(&op.packet) && op.rep: // P-FULL
		op.endLocked()
	case op.rep && !op.packet.queued: // somebody has it already
		op.arm(true)
	}
	op.restLocked()
}

// takenLocked has op armed again, whose packet has left the queue. The port's
// lock is held.
func (op *operation) takenLocked() {
	if op.over {
		op.restLocked()
		return
	}
	w := op.header.watch
	for {
		op.follow = w.taken.Load()
		if w.taken.CompareAndSwap(op.follow, op) {
			return
		}
	}
}

// rearm arms the operations whose packets were taken. The object's lock is
// held.
func (w *watch) rearm() {
	for op := w.taken.Swap(nil); op != nil; {
		next := op.follow
		op.follow = nil
		op.arm(true)
		op = next
	}
}

// endLocked ends an operation. Its packet stays, if it has one in the queue.
// The locks of the source and of the port are held.
func (op *operation) endLocked() {
	op.header.watch.rearm() // op may be waiting for that
	op.leave()
	op.entry, op.header = nil, nil
	op.over = true
	op.port.removeLocked(op)
}

// removeLocked takes op off the port's list.
func (p *port) removeLocked(op *operation) {
	if op.before != nil {
		op.before.after = op.after
	} else {
		p.operations = op.after
	}
	if op.after != nil {
		op.after.before = op.before
	}
	op.before, op.after = nil, nil
}

// restLocked keeps the record of an operation for the next one, if it is over
// and has no packet in the queue. The port's lock is held.
func (op *operation) restLocked() {
	if op.over && !op.packet.queued {
		p := op.port
		p.index.remove(op)
		op.source = source{}
		p.restingOps.put(op)
	}
}

// byTurn sorts a list of operations, the latest first. A list that is sorted
// costs one pass.
func byTurn(list *operation) *operation {
	n, sorted := 0, true
	for op := list; op != nil; op = op.follow {
		n++
		sorted = sorted && (op.follow == nil || op.turn > op.follow.turn)
	}
	if sorted {
		return list
	}
	half := list
	for range n/2 - 1 {
		half = half.follow
	}
	a, b := list, half.follow
	half.follow = nil
	a, b = byTurn(a), byTurn(b)
	end := &list
	for a != nil && b != nil {
		if a.turn < b.turn {
			a, b = b, a
		}
		*end = a
		end, a = &a.follow, a.follow
	}
	if a == nil {
		a = b
	}
	*end = a
	return list
}
