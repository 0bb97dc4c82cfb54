package handle

import (
	"sync"
	"sync/atomic"
	"time"

	"mx.example/status"
)

// A waiter is a goroutine in WaitOne or WaitMany, with an observer on each
// object that it waits for.
//
// No wake-up is lost. The waiter looks at the state of an object and puts its
// observer on the object's list under one hold of the object's lock. Every
// later change of that state is made under the same lock, and whoever makes
// it walks the list before letting go ([Changed]). So a signal is either in
// the first look or reaches the observer; and a close either comes before the
// look, which then finds the entry dead, or finds the observer on the list.
// Both leave a token in wake, which holds one: if there is one already the
// waiter has yet to take it, and will see the later change too, since it reads
// what the observers saw under the objects' locks after it has woken up.
type waiter struct {
	wake       chan struct{} // holds one token
	timer      *time.Timer   // made for the first deadline, stopped between waits
	accumulate bool          // T-OBSERVED, as the table's rules have it
	// won is how the first observer ended that did, where that decides
	// (T-CANCEL): observers on different objects have different locks.
	won   atomic.Int32
	first observer // most waits need no more
	more  []*observer
	port  portWaiter
	next  *waiter // in the pool
}

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

func newWaiter() *waiter {
	w := &waiter{wake: make(chan struct{}, 1)}
	w.first.w, w.port.w = w, w
	return w
}

// observer returns the i-th observer of w. They are asked for in order.
func (w *waiter) observer(i int) *observer {
	if i == 0 {
		return &w.first
	}
	if i > len(w.more) {
		w.more = append(w.more, &observer{w: w})
	}
	return w.more[i-1]
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
	ob.w.signal()
}

// see takes in the signals of the object. The object's lock is held.
func (ob *observer) see(s Signals) {
	if ob.op != nil {
		ob.op.see(s)
		return
	}
	switch {
	case ob.w.accumulate:
		ob.seen |= s
		if s&ob.wanted != 0 {
			ob.w.signal()
		}
	case s&ob.wanted != 0:
		ob.end(status.OK, s)
	}
}

// cancel ends the waits on a handle that has just left its table (T-CANCEL,
// P-CLOSE-SOURCE). The object's lock is held.
func (h *Header) cancel(e *Entry) {
	for ob := h.observers; ob != nil; {
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
// the deadline.
func (ob *observer) finish() status.Status {
	e := ob.entry
	e.Lock()
	if ob.linked {
		ob.unlink()
		if !ob.w.accumulate {
			ob.seen = signals(e.object)
		} else if ob.seen&ob.wanted != 0 {
			ob.ended = status.OK
		}
	}
	e.Unlock()
	ob.entry = nil // so that a pooled waiter keeps nothing alive
	return ob.ended
}

// signal leaves a token for w.
func (w *waiter) signal() {
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// park blocks until there is a token, or the deadline has passed.
func (w *waiter) park(deadline time.Time) {
	if deadline.IsZero() {
		<-w.wake
		return
	}
	if w.timer == nil {
		w.timer = time.NewTimer(time.Until(deadline))
	} else {
		w.timer.Reset(time.Until(deadline))
	}
	select {
	case <-w.wake:
	case <-w.timer.C:
	}
	w.timer.Stop() // leaves nothing in C: the go directive of the module is above 1.23
}

// waiterPool keeps the waiters of a table for their next use. It belongs to
// the table, and not to the package, because a channel that was made inside a
// bubble of testing/synctest may not be used outside of it.
type waiterPool struct {
	mu   sync.Mutex
	free *waiter // guarded by mu
}

func (p *waiterPool) get(r *rules) *waiter {
	p.mu.Lock()
	w := p.free
	if w != nil {
		p.free = w.next
	}
	p.mu.Unlock()
	if w == nil {
		w = newWaiter()
	}
	w.accumulate = r.accumulate
	w.won.Store(int32(undecided))
	return w
}

// put takes back a waiter none of whose observers is on a list: no token can
// arrive any more, and one that came unseen is removed.
func (p *waiterPool) put(w *waiter) {
	select {
	case <-w.wake:
	default:
	}
	w.first.entry, w.port.entry = nil, nil
	for _, ob := range w.more {
		ob.entry = nil
	}
	p.mu.Lock()
	w.next, p.free = p.free, w
	p.mu.Unlock()
}
