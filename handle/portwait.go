package handle

import (
	"time"

	"mx.example/status"
)

// A portWaiter is the part of a [waiter] that is in WaitPort. Its observer is
// on the port's Header, where closing the handle finds it. As on any object, a
// goroutine looks for a packet and puts itself on the lists under one hold of
// the port's lock, and every packet is queued under that lock, so none is
// missed.
type portWaiter struct {
	observer
	// Guarded by the port's lock.
	before, after *portWaiter
	waiting       bool   // on the port's list
	delivered     bool   // packet is what was handed over
	packet        Packet // see delivered
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
	return t.WaitPortFunc(h, deadline, nil)
}

// WaitPortFunc is to WaitPort what [Table.WaitOneFunc] is to WaitOne.
func (t *Table) WaitPortFunc(h Handle, deadline time.Time, parked func()) (Packet, error) {
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
		pk := p.take()
		e.Unlock()
		return pk, nil
	}
	if past(deadline) {
		e.Unlock()
		return Packet{}, status.ErrTimedOut
	}
	w := t.waiter()
	pw := &w.port
	pw.start(e, 0, 0)
	p.wait(pw)
	e.Unlock()

	if parked != nil {
		parked()
	}
	if deadline.IsZero() {
		w.Sleep()
	} else {
		w.Doze(deadline, nil)
	}

	e.Lock()
	p.unwait(pw)
	pk, st := pw.packet, status.ErrTimedOut
	switch {
	case pw.delivered: // whatever came after it: a packet is not to be lost
		st = status.OK
	case pw.ended == status.ErrCanceled:
		st = status.ErrCanceled
	}
	pw.packet, pw.delivered = Packet{}, false
	e.Unlock()
	t.waited(w)
	return pk, st.Err()
}

// wait puts pw at the end of those that wait. The port's lock is held.
func (p *port) wait(pw *portWaiter) {
	pw.waiting = true
	pw.before, pw.after = p.last, nil
	if p.last == nil {
		p.waiting = pw
	} else {
		p.last.after = pw
	}
	p.last = pw
}

// unwait takes pw off the lists that it is on. The port's lock is held.
func (p *port) unwait(pw *portWaiter) {
	if pw.linked {
		pw.unlink()
	}
	if !pw.waiting {
		return
	}
	pw.waiting = false
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
