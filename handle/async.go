package handle

import (
	"time"

	"mx.example/status"
)

// Options of [Table.WaitAsync].
const (
	WaitAsyncOnce      uint32 = 0
	WaitAsyncRepeating uint32 = 1 // in the editions of 2017
	WaitAsyncTimestamp uint32 = 1 // in Zircon: the packet says when it was made
	WaitAsyncEdge      uint32 = 2 // in Zircon: wait for a signal to rise
)

var started = time.Now()

// Now is the time of the monotonic clock that packets are stamped with, in
// nanoseconds. Only differences mean anything.
func Now() int64 { return int64(time.Since(started)) }

// An operation is a WaitAsync under way. It is on two lists: that of its
// source, as an observer, and that of its port. Whoever takes it off both
// holds both locks, the source's first.
type operation struct {
	observer // guarded by the source's lock; entry is written under both
	port     *port
	key      uint64
	source   Handle // that it was made with
	rep      bool
	edge     bool
	stamp    bool
	state    Signals // of the source when last seen; the source's lock

	// Guarded by the port's lock.
	packet        packet // embedded: an operation has one in the queue at most
	over          bool
	canceled      bool       // by CancelKey: it queues no packet any more
	before, after *operation // in the list of the port
}

// WaitAsync asks for a packet in a port when a signal of s is asserted on the
// object that h refers to. Every call is an operation of its own; equal ones
// are not merged. The packet has the key that is given here; it carries the
// signals asked for and the whole state of the object at the instant when the
// packet was made.
//
// With [WaitAsyncOnce] there is one packet, at once if a signal asked for is
// asserted already; then the operation is over (P-ONCE). With
// [WaitAsyncRepeating] there is another at every change of the object's
// signals that leaves one of s asserted, unless the last packet is still in
// the port (P-REPEATING).
//
// Of several operations on one object that a change triggers, the one that
// was begun last queues its packet first.
//
// An operation also ends when h is closed, replaced or transferred
// (P-CLOSE-SOURCE), by [Table.CancelAsync], with the last handle of the port
// (P-CLOSE-PORT), and when it cannot queue its packet because the memory limit
// is reached (P-FULL). Packets that are queued by then stay, but for those of
// a closed port.
//
// The cost of a call does not depend on how many objects a port watches.
//
// In [Zircon] there is no [WaitAsyncRepeating]; [WaitAsyncEdge] waits for a
// signal to rise even if it is asserted already, and [WaitAsyncTimestamp] has
// the packet say when it was made. The two can be combined.
//
// INVALID_ARGS: options is none of these. BAD_HANDLE, ACCESS_DENIED,
// WRONG_TYPE: port is no handle of this table, lacks RightWrite, is no port.
// BAD_HANDLE, ACCESS_DENIED, NOT_SUPPORTED (P-SOURCE): h is no handle of this
// table, lacks RightRead (in [Zircon] RightWait), or refers to an object that cannot be waited for.
func (t *Table) WaitAsync(h, port Handle, key uint64, s Signals, options uint32) error {
	if options&^t.rules.asyncOptions != 0 {
		return status.ErrInvalidArgs
	}
	p, pe, err := t.findPort(port, t.rules.portQueue)
	if err != nil {
		return err
	}
	e, _, err := t.waitable(h)
	if err != nil {
		return err
	}
	e.Lock()
	defer e.Unlock()
	p.mu.Lock()
	defer p.mu.Unlock()
	if !pe.Live() || !e.Live() {
		return status.ErrBadHandle
	}
	op := p.operation()
	op.key, op.source = key, h
	op.rep = t.rules.asyncRepeats && options == WaitAsyncRepeating
	op.edge = options&WaitAsyncEdge != 0
	op.stamp = !t.rules.asyncRepeats && options&WaitAsyncTimestamp != 0
	op.state = signals(e.object)
	op.start(e, s, op.state)
	if op.state&s != 0 && !op.edge {
		op.fire()
	}
	return nil
}

// operation makes one that is on the list of p. The port's lock is held.
func (p *port) operation() *operation {
	op := p.freeOps
	if op != nil {
		p.freeOps = op.after
	} else {
		op = &operation{port: p}
		op.observer.op, op.packet.op = op, op
	}
	op.over, op.canceled = false, false
	op.before, op.after = nil, p.operations
	if op.after != nil {
		op.after.before = op
	}
	p.operations = op
	return op
}

// see takes in the signals of the source, whose lock is held.
func (op *operation) see(s Signals) {
	if s == op.state {
		return
	}
	look := s
	if op.edge {
		look &^= op.state
	}
	op.state = s
	if look&op.wanted != 0 {
		op.port.mu.Lock()
		op.fire()
		op.port.mu.Unlock()
	}
}

// fire queues the packet of an operation whose trigger is asserted. The locks
// of the source and of the port are held.
func (op *operation) fire() {
	if op.packet.queued || op.canceled || op.port.closed {
		return
	}
	typ := PacketSignalOne
	if op.rep {
		typ = PacketSignalRep
	}
	op.packet.Packet = Packet{Key: op.key, Type: typ, Signal: SignalPacket{
		Trigger:  op.wanted,
		Observed: op.state,
		Count:    1,
	}}
	if op.stamp {
		op.packet.Signal.Timestamp = Now()
	}
	if !op.rep {
		op.end()
	}
	if !op.port.put(&op.packet) && op.rep {
		op.end()
	}
}

// end takes an operation off both lists. The locks of the source and of the
// port are held.
func (op *operation) end() {
	if op.linked {
		op.unlink()
	}
	op.entry = nil
	op.over = true
	if op.before != nil {
		op.before.after = op.after
	} else {
		op.port.operations = op.after
	}
	if op.after != nil {
		op.after.before = op.before
	}
	op.before, op.after = nil, nil
}

// cancel ends an operation whose handle to the source has left its table
// (P-CLOSE-SOURCE). The lock of the source is held.
func (op *operation) cancel() {
	op.port.mu.Lock()
	op.end()
	op.port.mu.Unlock()
}

// CancelAsync ends the operations that were made with [Table.WaitAsync] from
// this very handle h to that port with this key: none of them makes a packet
// any more, but packets that are queued stay (P-CANCEL). There need be none. In
// [Zircon] the queued packets of such operations are removed.
//
// NOT_FOUND: in [Zircon], there was neither an operation nor a packet.
// BAD_HANDLE, ACCESS_DENIED, WRONG_TYPE: port is no handle of this table,
// lacks RightWrite, is no port. BAD_HANDLE, ACCESS_DENIED: h is no handle of
// this table, or lacks RightWrite.
func (t *Table) CancelAsync(h, port Handle, key uint64) error {
	p, pe, err := t.findPort(port, t.rules.portQueue)
	if err != nil {
		return err
	}
	e := t.Lookup(h)
	if e == nil {
		return status.ErrBadHandle
	}
	if e.rights&RightWrite == 0 {
		return status.ErrAccessDenied
	}
	if e.object.header().class.Unwaitable {
		return t.canceled(false) // it is the source of nothing
	}
	e.Lock()
	defer e.Unlock()
	p.mu.Lock()
	defer p.mu.Unlock()
	if !pe.Live() || !e.Live() {
		return status.ErrBadHandle
	}
	found := false
	for ob := e.object.header().observers; ob != nil; {
		next := ob.next
		if op := ob.op; op != nil && op.port == p && op.key == key && op.entry == e {
			op.end()
			found = true
		}
		ob = next
	}
	if t.rules.cancelRemoves && p.remove(h, key) {
		found = true
	}
	return t.canceled(found)
}

// canceled is the result of a CancelAsync.
func (t *Table) canceled(found bool) error {
	if t.rules.cancelRemoves && !found {
		return status.ErrNotFound
	}
	return nil
}

// endOperations ends what is left of the operations of a closed port, with no
// lock held. None is added any more, since that takes a handle to the port.
func (p *port) endOperations() {
	for {
		p.mu.Lock()
		op := p.operations
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
		if !op.over {
			op.end()
		}
		p.mu.Unlock()
		e.Unlock()
	}
}
