package handle

import (
	"time"

	"mx.example/status"
)

// A portWaiter is a goroutine in WaitPort. It is on the list of the port and on
// that of the handle, both or neither. As on any object, a goroutine looks for a
// packet and puts itself on the lists under one hold of the port's lock, and
// every packet is queued under that lock, so none is missed. Whoever ends the
// wait, with a packet or because the handle is gone, takes it off the lists at
// once. So a packet goes only to a wait that has not ended, and a wait that has
// a packet returns it, whatever comes after: also if it wakes because of its
// deadline or its context, it looks under the lock for what it was given.
type portWaiter struct {
	Sleeper
	hold
	port *port // immutable

	// Guarded by the port's lock.
	before, after *portWaiter
	turn          uint64 // of those that this record served
	delivered     bool   // packet is what was handed over
	packet        Packet // see delivered
	canceled      bool
}

// WaitPort takes the earliest packet of a port, and blocks until there is one
// (P-WAIT). Of several goroutines that wait, a packet releases one, the one
// that came first. deadline is as for [Table.WaitOne]; a packet that is there
// already is delivered even if the deadline is past.
//
// BAD_HANDLE: h is not a handle of this table. ACCESS_DENIED: h lacks
// RightWrite (P-RIGHTS). WRONG_TYPE: h is no port. TIMED_OUT: the deadline
// passed. CANCELED: h was closed, replaced or transferred while the wait was
// on.
func (t *Table) WaitPort(h Handle, deadline time.Time) (Packet, error) {
	return t.waitPort(h, deadline, nil)
}

// WaitPortFunc is to WaitPort what [Table.WaitOneFunc] is to WaitOne.
func (t *Table) WaitPortFunc(h Handle, deadline time.Time, parked func()) (Packet, error) {
	return t.waitPort(h, deadline, &manner{parked: parked})
}

// waitPort is to WaitPort what waitOne is to WaitOne.
func (t *Table) waitPort(h Handle, deadline time.Time, m *manner) (Packet, error) {
	t.check()
	if t.Hooked() {
		return t.toldWaitPort(noContext, h, deadline, m)
	}
	p, e, err := t.findPort(h, t.rules.portWait)
	if err != nil {
		return Packet{}, err
	}
	e.Lock()
	if !e.Live() {
		e.Unlock()
		return Packet{}, status.ErrBadHandle
	}
	if p.head != nil {
		pk := p.takeLocked()
		e.Unlock()
		return pk, nil
	}
	if past(deadline) {
		e.Unlock()
		return Packet{}, status.ErrTimedOut
	}
	pw := p.waiterLocked(e)
	pw.Begin(t, m.ends(deadline))
	pw.turn++
	e.Unlock()

	var cancel <-chan struct{}
	if m != nil {
		if cancel = m.cancel; m.parked != nil {
			whileParked(m.parked, func() { pw.withdraw(e) })
		}
	}
	if deadline.IsZero() && cancel == nil {
		pw.Sleep()
	} else {
		pw.Doze(deadline, cancel)
	}

	e.Lock()
	defer e.Unlock()
	pk, st := pw.packet, status.ErrTimedOut
	switch {
	case pw.delivered:
		st = status.OK
	case pw.canceled:
		st = status.ErrCanceled
	default:
		pw.leaveLocked()
	}
	pw.Drain()
	pw.entry, pw.packet = nil, Packet{}
	p.restingWaiters.put(pw)
	return pk, st.Err()
}

// waiterLocked puts a waiter at the end of those that wait, through e.
func (p *port) waiterLocked(e *Entry) *portWaiter {
	pw := p.restingWaiters.get()
	if pw == nil {
		pw = &portWaiter{Sleeper: NewSleeper(), port: p}
		pw.holder = pw
	}
	pw.delivered, pw.canceled = false, false
	pw.attach(e)
	pw.before = p.last
	if p.last == nil {
		p.waiting = pw
	} else {
		p.last.after = pw
	}
	p.last = pw
	return pw
}

// leaveLocked takes pw off the lists, which it must be on.
func (pw *portWaiter) leaveLocked() {
	p := pw.port
	pw.detach()
	if pw.before != nil {
		pw.before.after = pw.after
	} else {
		p.waiting = pw.after
	}
	if pw.after != nil {
		pw.after.before = pw.before
	} else {
		p.last = pw.before
	}
	pw.before, pw.after = nil, nil
}

// signaled implements [holder]: a port has no signals.
func (pw *portWaiter) signaled(Signals) {}

// handleGone implements [holder].
func (pw *portWaiter) handleGone() {
	pw.leaveLocked()
	pw.canceled = true
	pw.Wake(0)
}

// withdraw ends a wait whose goroutine will not come back. A packet that it has
// been given goes back to where it came from: the front of the queue, or the
// next waiter.
func (pw *portWaiter) withdraw(e *Entry) {
	e.Lock()
	defer e.Unlock()
	switch {
	case pw.delivered:
		pw.port.giveBackLocked(pw.packet)
	case !pw.canceled:
		pw.leaveLocked()
	}
}

// giveBackLocked undoes the delivery of a packet: it goes to the waiter that
// came first, or to the front of the queue, even where that exceeds the memory
// limit.
func (p *port) giveBackLocked(pk Packet) {
	n := p.restingPackets.get()
	if n == nil {
		n = new(packet)
	}
	n.Packet = pk
	switch {
	case p.closed:
	case p.waiting != nil:
		p.putLocked(n)
	default:
		p.creator.memory.charge(PacketCharge)
		n.next, n.queued = p.head, true
		if p.head == nil {
			p.tail = n
		} else {
			p.head.prev = n
		}
		p.head = n
		p.queued++
		return
	}
	p.restingPackets.put(n)
}
