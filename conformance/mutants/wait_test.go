package mutants

import (
	"slices"
	"time"

	"mx.example/conformance"
	"mx.example/handle"
	"mx.example/status"
)

// A cause is what has changed the state of an object.
type cause int

const (
	byWrite cause = iota + 1
	byRead
	byHalf
	byClose // of a handle that is not the last
	byPeerClose
	byDuplicate
	bySignal
	bySignalPeer
	byDisposition
	byThreshold
	// What cancels a wait.
	byCloseCancel
	byReplaceCancel
	byTransferCancel
)

// A wait is one that is under way.
type wait struct {
	atOnce   bool // the first thing that ends it decides, and what was so then counts
	items    []item
	fired    bool
	canceled bool
	wake     chan struct{} // closed when there is something to return for
	awake    bool
}

// An item is one handle that a wait waits on.
type item struct {
	ref  *ref
	o    *object
	want handle.Signals
	seen handle.Signals
	gone bool
}

// end wakes the waiter.
func (w *wait) end() {
	if !w.awake {
		w.awake = true
		close(w.wake)
	}
}

// look adds the signals of what has changed, or of all items, to what the wait has seen (T-OBSERVED, T-ONE).
func (k *kernel) look(w *wait, changed ...*object) {
	if w.atOnce && (w.fired || w.canceled) && !k.is(goesOnLooking) {
		return
	}
	completes := false
	for i := range w.items {
		it := &w.items[i]
		if len(changed) > 0 && !slices.Contains(changed, it.o) || it.gone || k.is(onlyFirstItemIsWatched) && i > 0 || k.is(onlyLastItemIsWatched) && i < len(w.items)-1 {
			continue
		}
		now := it.o.signals()
		before := it.seen
		switch {
		case k.is(observedAtEnd):
			it.seen = now
		case w.atOnce && !k.is(zirconAccumulates):
			it.seen = now
		case k.is(observedAtStart) && before != 0:
		default:
			it.seen |= now
		}
		fires := now&it.want != 0
		switch {
		case k.is(allSignalsNeeded):
			fires = it.want != 0 && now&it.want == it.want
		case k.is(oldSignalsCount):
			fires = it.seen&it.want != 0 || now != before && before != 0 && it.want&handle.UserSignals != 0
		case k.is(nothingIsAnything) && it.want == 0 && before != 0 && now != before:
			fires = true
		case k.is(nothingIsReady) && it.want == 0 && len(w.items) > 1:
			fires = true
		case k.is(userSignalsDoNotFire):
			fires = now&it.want&^handle.UserSignals != 0
		case k.is(lastHandleDoesNotFire):
			fires = now&it.want&^handle.LastHandle != 0
		case k.is(wantsOfFirstItem):
			fires = now&w.items[0].want != 0
		}
		completes = completes || fires && (!w.canceled || k.is(completionBeatsCancel))
	}
	if completes {
		w.fired = true
		w.end()
	}
}

// changed shows what one call has changed to the waits on it, all at once.
func (k *kernel) changed(why cause, objects ...*object) {
	if k.deaf[why] {
		return
	}
	for _, w := range k.waits {
		was := w.awake
		k.look(w, objects...)
		if k.is(wakesOne) && w.awake && !was {
			return
		}
	}
}

// cancel ends the waits on a handle (T-CANCEL).
func (k *kernel) cancel(r *ref, why cause) {
	if k.deaf[why] {
		return
	}
	left := r.o.refs
	if why == byCloseCancel {
		left--
	}
	for _, w := range k.waits {
		if w.atOnce && w.fired && !k.is(lateCancelWins) {
			continue
		}
		for i := range w.items {
			it := &w.items[i]
			if it.ref != r && !(k.is(cancelsEveryHandle) && it.o == r.o) ||
				k.is(cancelsFirstItemOnly) && i > 0 || k.is(cancelsWaitOneOnly) && len(w.items) > 1 {
				continue
			}
			w.canceled = true
			it.gone = true
			switch {
			case k.is(cancelsWithoutSignal), k.is(cancelManyWithoutSignal) && len(w.items) > 1:
			case k.is(handleClosedEverywhere):
				for j := range w.items {
					w.items[j].seen |= handle.HandleClosed
				}
			case k.is(handleClosedAlone):
				it.seen = handle.HandleClosed
			default:
				it.seen |= handle.HandleClosed
			}
			if left == 1 && !r.p.r.zircon && !k.is(cancelMissesLastHandle) {
				it.seen |= handle.LastHandle
			}
			w.end()
			if k.is(cancelsFirstOfEqualItems) {
				break
			}
		}
	}
}

// await is a wait on items, as far as they are good (T-MANY-BAD).
func (p *process) await(asked []handle.WaitItem, deadline time.Time, parked func()) (*wait, status.Status) {
	k := p.k
	k.mu.Lock()
	defer k.mu.Unlock()
	w := &wait{wake: make(chan struct{}), atOnce: p.r.atOnce}
	bad := pass
	for _, a := range asked {
		c := &call{k: k, p: p, h: a.Handle}
		if st := c.run("wait"); st != pass {
			if bad == pass || k.is(lastBadDecides) || k.is(deniedDecides) && st == status.ErrAccessDenied {
				bad = st
			}
			continue
		}
		it := item{ref: c.ref, o: c.o, want: a.WaitFor}
		w.items = append(w.items, it)
		if k.is(readyBeatsBad) && c.o.signals()&a.WaitFor != 0 && bad == pass {
			bad = status.OK
		}
	}
	if bad != pass {
		return w, bad
	}
	k.look(w)
	now := time.Now()
	past := !deadline.IsZero() && (!deadline.After(now) || k.is(deadlinesAreNow))
	switch {
	case len(w.items) == 0 && k.is(noItemsInvalid):
		return w, status.ErrInvalidArgs
	case len(w.items) == 0 && k.is(noItemsReady):
		return w, status.OK
	case len(w.items) == 0 && k.is(noItemsDoNotSleep):
		return w, status.ErrTimedOut
	case past && k.is(pastIsNoPoll):
		w.fired = false
	case w.fired && k.is(assertedIsNotEnough) && !past:
		w.fired, w.awake, w.wake = false, false, make(chan struct{})
	}
	if !w.fired && !past {
		k.waits = append(k.waits, w)
		k.mu.Unlock()
		w.sleep(k, deadline, parked)
		k.mu.Lock()
		k.waits = slices.DeleteFunc(k.waits, func(v *wait) bool { return v == w })
	}
	return w, k.result(w)
}

// Attended says that every wait which blocks calls parked first.
func (p *process) Attended(<-chan struct{}) conformance.Process { return p }

// sleep parks until the wait is woken or the deadline passes.
func (w *wait) sleep(k *kernel, deadline time.Time, parked func()) {
	if parked != nil {
		parked()
	}
	var late <-chan time.Time
	if !deadline.IsZero() && !k.is(deadlinesAreForgotten) {
		left := time.Until(deadline)
		if k.is(deadlinesAreHalf) {
			left /= 2
		}
		timer := time.NewTimer(left)
		defer timer.Stop()
		late = timer.C
	}
	select {
	case <-w.wake:
	case <-late:
	}
	if k.is(pulseIsMissed) {
		// The waiter looks for itself, once it runs.
		time.Sleep(time.Millisecond)
		k.mu.Lock()
		defer k.mu.Unlock()
		w.fired = false
		for i := range w.items {
			w.fired = w.fired || w.items[i].o.signals()&w.items[i].want != 0
		}
	}
}

// result is what the wait returns.
func (k *kernel) result(w *wait) status.Status {
	switch {
	case w.fired && w.canceled && k.is(completionBeatsCancel):
		return status.OK
	case w.canceled && k.is(canceledIsBadHandle):
		return status.ErrBadHandle
	case w.canceled && k.is(canceledIsOK):
		return status.OK
	case w.canceled:
		return status.ErrCanceled
	case w.fired:
		return status.OK
	}
	return status.ErrTimedOut
}

func (p *process) WaitOne(h handle.Handle, s handle.Signals, deadline time.Time, parked func()) (handle.Signals, error) {
	k := p.k
	w, st := p.await([]handle.WaitItem{{Handle: h, WaitFor: s}}, deadline, parked)
	if len(w.items) != 1 {
		return 0, st.Err()
	}
	seen := w.items[0].seen
	switch {
	case k.is(observedIsAsked) && st == status.OK:
		seen &= s
	case k.is(timeOutSeesNothing) && st == status.ErrTimedOut && s != 0:
		seen = 0
	case k.is(cancelSeesNothing) && st == status.ErrCanceled:
		seen = handle.HandleClosed
	}
	return seen, st.Err()
}

func (p *process) WaitMany(items []handle.WaitItem, deadline time.Time, parked func()) error {
	k := p.k
	c := &call{k: k, p: p, items: len(items)}
	if st := c.run("wait-many"); st != pass {
		return st.Err()
	}
	w, st := p.await(items, deadline, parked)
	if st == status.ErrBadHandle || st == status.ErrAccessDenied || len(w.items) != len(items) {
		return st.Err()
	}
	fired := -1
	for i := range w.items {
		if fired < 0 && w.items[i].seen&w.items[i].want != 0 {
			fired = i
		}
	}
	for i := range items {
		seen := w.items[i].seen
		switch {
		case k.is(pendingReversed):
			seen = w.items[len(items)-1-i].seen
		case k.is(pendingOfFirstFired) && st == status.OK && i != fired,
			k.is(pendingNotAfterFired) && st == status.OK && i > fired,
			k.is(pendingNotOnTimeOut) && st == status.ErrTimedOut,
			k.is(pendingNotOnCancel) && st == status.ErrCanceled:
			seen = items[i].Pending
		case k.is(pendingIsAsked):
			seen &= items[i].WaitFor
		case k.is(pendingOfFirstSame):
			for j := range i {
				if items[j].Handle == items[i].Handle {
					seen = 0
				}
			}
		case k.is(pendingOfTheCanceled) && st == status.ErrCanceled && seen&handle.HandleClosed == 0:
			seen = 0
		}
		items[i].Pending = seen
	}
	return st.Err()
}
