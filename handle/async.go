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

	// WaitAsyncBootTimestamp is WaitAsyncTimestamp in Zircon, by a clock that
	// does not stop when the machine is suspended. Here that is the same one.
	WaitAsyncBootTimestamp uint32 = 4
)

var started = time.Now()

// Now is the time of the monotonic clock that packets are stamped with, in
// nanoseconds. Only differences mean anything.
func Now() int64 { return int64(time.Since(started)) }

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
// In [Kernel2017] any option but [WaitAsyncOnce] means [WaitAsyncRepeating]. In
// [Zircon] there is no such thing; with [WaitAsyncEdge] signals that are
// asserted already do not count, and the packet comes when any signal of the
// object has risen and one of s is asserted then; [WaitAsyncTimestamp] or
// [WaitAsyncBootTimestamp] has the packet say when it was made.
//
// INVALID_ARGS: options is none of these, or both of the last two. BAD_HANDLE, ACCESS_DENIED,
// WRONG_TYPE: port is no handle of this table, lacks RightWrite, is no port.
// BAD_HANDLE, ACCESS_DENIED, NOT_SUPPORTED (P-SOURCE): h is no handle of this
// table, lacks RightRead (in [Zircon] RightWait), or refers to an object that cannot be waited for.
func (t *Table) WaitAsync(h, port Handle, key uint64, s Signals, options uint32) error {
	t.check()
	if t.Hooked() {
		return t.toldWaitAsync(h, port, key, s, options)
	}
	const bothStamps = WaitAsyncTimestamp | WaitAsyncBootTimestamp
	if options&^t.rules.asyncOptions != 0 || !t.rules.asyncRepeats && options&bothStamps == bothStamps {
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
	op := p.operationLocked(source{t, h}, key)
	op.rep = t.rules.asyncRepeats && options != WaitAsyncOnce
	op.edge = !t.rules.asyncRepeats && options&WaitAsyncEdge != 0
	op.stamp = !t.rules.asyncRepeats && options&bothStamps != 0
	op.beginLocked(e, s, signals(e.object))
	return nil
}

// operationLocked makes an operation that is on the list of p.
func (p *port) operationLocked(from source, key uint64) *operation {
	op := p.restingOps.get()
	if op == nil {
		op = &operation{port: p}
		op.holder, op.packet.op = op, op
	}
	op.source, op.key, op.over, op.canceled = from, key, false, false
	p.pushLocked(op)
	p.index.insert(op)
	return op
}

// pushLocked puts op at the front of the port's list.
func (p *port) pushLocked(op *operation) {
	op.before, op.after = nil, p.operations
	if op.after != nil {
		op.after.before = op
	}
	p.operations = op
}

// CancelAsync ends the operations that were made with [Table.WaitAsync] from
// this very handle h to that port with this key: none of them makes a packet
// any more, and those of their packets that wait in the port are removed
// (P-CANCEL).
//
// BAD_HANDLE, ACCESS_DENIED, WRONG_TYPE: port is no handle of this table,
// lacks RightWrite, is no port. BAD_HANDLE, ACCESS_DENIED, NOT_SUPPORTED: h is
// no handle of this table, lacks RightWrite (in [Kernel2017] RightRead, in
// [Zircon] RightWait), or refers to an object that cannot be waited for.
// NOT_FOUND: there was neither an operation nor a packet.
func (t *Table) CancelAsync(h, port Handle, key uint64) error {
	t.check()
	if t.Hooked() {
		return t.toldCancelAsync(h, port, key)
	}
	p, pe, err := t.findPort(port, t.rules.portQueue)
	if err != nil {
		return err
	}
	e := t.Lookup(h)
	if e == nil {
		return t.NoHandle()
	}
	if e.rights&t.rules.cancel == 0 {
		return status.ErrAccessDenied
	}
	if e.object.header().class.Unwaitable {
		return status.ErrNotSupported
	}
	e.Lock()
	defer e.Unlock()
	p.mu.Lock()
	defer p.mu.Unlock()
	if !pe.Live() || !e.Live() {
		return status.ErrBadHandle
	}
	if !p.cancelLocked(source{t, h}, key) {
		return status.ErrNotFound
	}
	return nil
}

// cancelLocked ends the operations with this source, whose lock is held, and
// this key, and takes their packets out of the queue. It reports whether there
// was anything.
func (p *port) cancelLocked(from source, key uint64) (found bool) {
	var ended *operation // linked by after; taken out of the index when it was walked
	for op := p.index.first(from, key); op != nil; op = op.indexed.next {
		if op.source != from || op.key != key {
			continue
		}
		if !op.over {
			op.endLocked()
			found = true
		}
		if op.packet.queued {
			p.unqueueLocked(&op.packet)
			found = true
		}
		op.after, ended = ended, op
	}
	for op := ended; op != nil; {
		next := op.after
		op.after = nil
		op.restLocked()
		op = next
	}
	return found
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
			op.endLocked()
			op.restLocked()
		}
		p.mu.Unlock()
		e.Unlock()
	}
}
