package handle

import "mx.example/status"

// CancelKey ends the operations that were made with [Table.WaitAsync] to that
// port with this key, from whatever handle, and removes all packets of that key
// from the port, those of [Table.QueuePacket] too. It is a call of [Zircon],
// where programs have one key for each of their ends. It costs as much as the
// port has operations and packets.
//
// NOT_SUPPORTED: the edition is of 2017. INVALID_ARGS: options is not 0.
// BAD_HANDLE, ACCESS_DENIED, WRONG_TYPE: port is no handle of this table, lacks
// RightWrite, is no port. NOT_FOUND: there was neither an operation nor a
// packet.
func (t *Table) CancelKey(port Handle, options uint32, key uint64) error {
	t.check()
	if t.Hooked() {
		return t.toldCancelKey(port, options, key)
	}
	if !t.rules.cancelsKeys {
		return status.ErrNotSupported
	}
	if options != 0 {
		return status.ErrInvalidArgs
	}
	p, pe, err := t.findPort(port, t.rules.portQueue)
	if err != nil {
		return err
	}
	// This is the instant at which the call takes effect: from here on no
	// operation with the key queues a packet, and none is in the queue.
	pe.Lock()
	if !pe.Live() {
		pe.Unlock()
		return status.ErrBadHandle
	}
	found := false
	for op := p.operations; op != nil; {
		next := op.after
		if op.key == key {
			op.canceled, found = true, true
			p.removeLocked(op) // to the front, where sweepCanceled finds it
			p.pushLocked(op)
		}
		op = next
	}
	for n := p.head; n != nil; {
		next := n.next
		if n.Key == key {
			p.unqueueLocked(n)
			if n.op != nil {
				n.op.restLocked()
			} else {
				p.restingPackets.put(n)
			}
			found = true
		}
		n = next
	}
	pe.Unlock()
	if !found {
		return status.ErrNotFound
	}
	p.sweepCanceled()
	return nil
}

// sweepCanceled takes the operations that CancelKey has canceled off both of
// their lists, with no lock held. The lock of a source comes before the port's,
// so that one is looked for under the port's lock and looked at again under
// both: meanwhile its source may have ended it, or another call swept it, and
// it may even be an operation again, but then a canceled one only if it is this
// call's to sweep, too.
func (p *port) sweepCanceled() {
	for {
		p.mu.Lock()
		op := p.operations
		for op != nil && !op.canceled {
			op = op.after
		}
		var e *Entry
		if op != nil {
			e = op.entry
		}
		p.mu.Unlock()
		if op == nil {
			return
		}
		e.Lock()
		p.mu.Lock()
		if op.canceled && op.entry == e {
			op.endLocked()
			op.restLocked()
		}
		p.mu.Unlock()
		e.Unlock()
	}
}
