package handle

import "mx.example/status"

// An observer is on the list of an object while a waiter waits for it, or an
// operation watches it.
type observer struct {
	w  *waiter    // immutable; nil if it is an operation's
	op *operation // immutable; nil if it is a waiter's

	// The rest is guarded by the lock of the object once start was called,
	// and the waiter's own again after finish.
	entry      *Entry // the handle that is waited on
	wanted     Signals
	seen       Signals       // accumulated (T-OBSERVED)
	ended      status.Status // CANCELED; or OK, where that comes first
	linked     bool
	next, prev *observer
}

// start puts ob on the list of the object of e, whose lock the caller holds
// and whose signals are now.
func (ob *observer) start(e *Entry, wanted, now Signals) {
	ob.entry, ob.wanted, ob.seen = e, wanted, now
	ob.ended, ob.linked = undecided, true
	h := e.object.header()
	ob.prev, ob.next = nil, h.observers
	if ob.next != nil {
		ob.next.prev = ob
	}
	h.observers = ob
	if now&wanted != 0 && ob.w != nil && !ob.w.accumulate {
		ob.end(status.OK, now)
	}
}

// undecided is the state of a wait that still goes on.
const undecided = status.ErrTimedOut

// end takes ob off its list with a result that is final. The object's lock is
// held.
func (ob *observer) end(st status.Status, seen Signals) {
	ob.unlink()
	ob.ended, ob.seen = st, seen
	ob.w.won.CompareAndSwap(int32(undecided), int32(st))
	ob.w.Wake(0)
}

// see takes in the signals of the object. The object's lock is held.
func (ob *observer) see(s Signals) {
	if ob.op != nil {
		ob.op.see(s)
		return
	}
	switch {
	case ob.w.accumulate:
		asleep := ob.seen&ob.wanted == 0
		if ob.seen |= s; asleep && s&ob.wanted != 0 {
			ob.w.Wake(0)
		}
	case s&ob.wanted != 0:
		ob.end(status.OK, s)
	}
}

// cancel ends the waits on a handle that has just left its table (T-CANCEL,
// P-CLOSE-SOURCE). The object's lock is held.
func cancel(e *Entry) {
	for ob := e.object.header().observers; ob != nil; {
		next := ob.next
		switch {
		case ob.entry != e:
		case ob.op != nil:
			ob.op.cancel()
		default:
			seen := ob.seen
			if !ob.w.accumulate {
				seen = signals(e.object)
			}
			ob.end(status.ErrCanceled, seen|HandleClosed)
		}
		ob = next
	}
	e.object.Canceled(e)
}

func (ob *observer) unlink() {
	if ob.prev != nil {
		ob.prev.next = ob.next
	} else {
		ob.entry.object.header().observers = ob.next
	}
	if ob.next != nil {
		ob.next.prev = ob.prev
	}
	ob.linked = false
	ob.prev, ob.next = nil, nil
}

// finish takes ob off its list and says how the wait for it ended: this is the
// instant at which the wait takes effect, if it did not end before. Where
// observations accumulate, cancellation wins over success, and success over
// the deadline. The object's lock is held.
func (ob *observer) finish() status.Status {
	if ob.linked {
		ob.unlink()
		if !ob.w.accumulate {
			ob.seen = signals(ob.entry.object)
		} else if ob.seen&ob.wanted != 0 {
			ob.ended = status.OK
		}
	}
	return ob.ended
}

// finishAlone is finish under the lock of the object.
func (ob *observer) finishAlone() status.Status {
	e := ob.entry
	e.Lock()
	defer e.Unlock()
	return ob.finish()
}
