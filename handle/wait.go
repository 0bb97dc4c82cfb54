package handle

import (
	"time"

	"mx.example/status"
)

// WaitOne blocks until a signal of s is asserted on the object that h refers
// to, and returns what it observed: every signal that was asserted at some
// instant of the wait, whether it was asked for or not (T-OBSERVED). A signal
// that comes and goes while the wait is on is enough (T-ONE). With s = 0 it
// ends only by its deadline or by cancellation (T-NONE). In [Zircon] it
// observes the whole state at the one instant that completed it.
//
// deadline is when to give up. The zero Time means never; a Time that is not
// after now polls.
//
// TIMED_OUT (T-TIMEOUT): the deadline passed. CANCELED (T-CANCEL): h was
// closed, replaced or transferred while the wait was on; observed includes
// [HandleClosed]. In both cases observed is valid too. BAD_HANDLE: h is not a
// handle of this table. ACCESS_DENIED (T-RIGHT): h lacks RightRead, or in [Zircon]
// RightWait. NOT_SUPPORTED (T-UNWAITABLE): the object cannot be waited for, as a port.
func (t *Table) WaitOne(h Handle, s Signals, deadline time.Time) (observed Signals, err error) {
	return t.waitOne(h, s, deadline, nil)
}

// WaitOneFunc is WaitOne for those who must know when it blocks, such as a
// test: it calls parked, unless that is nil, once the wait can no longer miss
// a signal, and just before it blocks. It does not call parked if it need not
// block. parked runs on the caller's goroutine without any lock held.
func (t *Table) WaitOneFunc(h Handle, s Signals, deadline time.Time, parked func()) (observed Signals, err error) {
	return t.waitOne(h, s, deadline, &manner{parked: parked})
}

// A manner is how a wait goes about it that is not like the others.
type manner struct {
	parked func()          // what to call before it blocks, or nil
	cancel <-chan struct{} // ends it, when closed, as its deadline does; or nil
}

// ends reports whether a wait with this deadline may end without a token.
func (m *manner) ends(deadline time.Time) bool {
	return !deadline.IsZero() || m != nil && m.cancel != nil
}

// waitOne is WaitOne in the manner m, or plainly if that is nil.
func (t *Table) waitOne(h Handle, s Signals, deadline time.Time, m *manner) (observed Signals, err error) {
	e, hd, err := t.waitable(h)
	if err != nil {
		if t.Hooked() {
			return t.toldWaitOne(noContext, h, s, deadline, m)
		}
		return 0, err
	}
	e.Lock()
	if !e.Live() {
		e.Unlock()
		return 0, status.ErrBadHandle
	}
	now := hd.signals(e.object.State())
	if now&s != 0 {
		e.Unlock()
		return now, nil
	}
	if past(deadline) {
		e.Unlock()
		return now, status.ErrTimedOut
	}
	w := hd.waiter(t)
	w.Begin(t, m.ends(deadline))
	w.items = 0
	it := &w.first
	it.start(e, hd, s, now)
	e.Unlock()

	var cancel <-chan struct{}
	if m != nil {
		if cancel = m.cancel; m.parked != nil {
			whileParked(m.parked, func() { it.finishAlone() })
		}
	}
	if deadline.IsZero() && cancel == nil {
		w.Sleep()
	} else {
		w.Doze(deadline, cancel)
	}

	e.Lock()
	st := it.finish()
	observed = it.seen
	hd.waited(t, w)
	e.Unlock()
	return observed, st.Err()
}

// whileParked calls parked, and withdraw if parked does not return: it may
// panic, or end the goroutine as the FailNow of a test does. The records of the
// wait are then off every list, and nobody uses them again.
func whileParked(parked, withdraw func()) {
	returned := false
	defer func() {
		if !returned {
			withdraw()
		}
	}()
	parked()
	returned = true
}

// WaitMany blocks until a signal that is asked for is asserted on the object
// of any item. It fills in Pending of every item with what was observed of its
// object, as [Table.WaitOne] does, when it returns nil, TIMED_OUT or CANCELED;
// otherwise it leaves the items alone. The items are not one joint snapshot.
// With no items it sleeps until the deadline and is TIMED_OUT. (T-MANY)
//
// items is the caller's again on return. A handle may stand in several.
//
// INVALID_ARGS: there are more than 1,024 items; in [Zircon], OUT_OF_RANGE:
// more than 64. BAD_HANDLE, ACCESS_DENIED,
// NOT_SUPPORTED (T-MANY-BAD): what is wrong with the first bad item; nothing was waited for.
// TIMED_OUT, CANCELED: as for [Table.WaitOne], for any of the items.
func (t *Table) WaitMany(items []WaitItem, deadline time.Time) error {
	return t.waitMany(items, deadline, nil)
}

// WaitManyFunc is to WaitMany what [Table.WaitOneFunc] is to WaitOne.
func (t *Table) WaitManyFunc(items []WaitItem, deadline time.Time, parked func()) error {
	return t.waitMany(items, deadline, &manner{parked: parked})
}

// waitMany is to WaitMany what waitOne is to WaitOne.
func (t *Table) waitMany(items []WaitItem, deadline time.Time, m *manner) error {
	t.check()
	if t.Hooked() {
		return t.toldWaitMany(noContext, items, deadline, m)
	}
	if len(items) > t.rules.maxWaitItems {
		return t.rules.tooManyItems.Err()
	}
	w := t.waiter()
	// All items are looked at before any is waited for, so that the first bad
	// one decides.
	for i := range items {
		e, hd, err := t.waitable(items[i].Handle)
		if err != nil {
			t.waited(w)
			return err
		}
		it := w.item(i)
		it.entry, it.header = e, hd
	}
	w.won.Store(int32(undecided))
	w.Begin(t, true)
	w.items = len(items)
	done := false
	for i := range items {
		it := w.item(i)
		e, hd := it.entry, it.header
		e.Lock()
		live := e.Live()
		if live {
			now := hd.signals(e.object.State())
			it.start(e, hd, items[i].WaitFor, now)
			done = done || now&items[i].WaitFor != 0
		}
		e.Unlock()
		if !live {
			w.withdraw(i)
			t.waited(w)
			return status.ErrBadHandle
		}
	}
	if !done && !past(deadline) {
		var cancel <-chan struct{}
		if m != nil {
			if cancel = m.cancel; m.parked != nil {
				whileParked(m.parked, func() { w.withdraw(len(items)) })
			}
		}
		w.Doze(deadline, cancel)
	}
	result := undecided
	for i := range items {
		it := w.item(i)
		st := it.finishAlone()
		items[i].Pending = it.seen
		result = stronger(result, st)
	}
	if !w.accumulate {
		result = status.Status(w.won.Load())
	}
	t.waited(w)
	return result.Err()
}

// withdraw ends the first n items.
func (w *waiter) withdraw(n int) {
	for i := range n {
		w.item(i).finishAlone()
	}
}

// stronger returns the status that prevails of two items': CANCELED over OK
// over TIMED_OUT (T-CANCEL).
func stronger(a, b status.Status) status.Status {
	if a == status.ErrCanceled || b == status.ErrTimedOut {
		return a
	}
	return b
}

// waitable finds the entry of a handle that may be waited on, and the Header of
// what it refers to (T-RIGHT, T-UNWAITABLE).
func (t *Table) waitable(h Handle) (*Entry, *Header, error) {
	e := t.Lookup(h)
	if e == nil {
		return nil, nil, t.NoHandle()
	}
	if e.rights&t.rules.wait == 0 {
		return nil, nil, status.ErrAccessDenied
	}
	hd := e.object.header()
	if hd.class.Unwaitable {
		return nil, nil, status.ErrNotSupported
	}
	return e, hd, nil
}

// past reports whether a wait with this deadline polls. Most have none, and then
// it is no call.
func past(deadline time.Time) bool { return !deadline.IsZero() && reached(deadline) }

func reached(deadline time.Time) bool { return !deadline.After(time.Now()) }
