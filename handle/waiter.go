package handle

import (
	"sync"
	"sync/atomic"

	"mx.example/status"
)

// A waiter is a goroutine in WaitOne or WaitMany, with an item for each object
// that it waits for.
//
// No wake-up is lost. The waiter looks at the state of an object and becomes an
// observer of it under one hold of the object's lock. Every later change of
// that state is made under the same lock, and whoever makes it tells the
// observers that it concerns before letting go ([Header.Changed]). So a signal
// is either in the first look or reaches the item; and a close either comes
// before the look, which then finds the entry dead, or finds the item on the
// entry's list. Both leave a token ([Sleeper.Wake]): if there is one already
// the waiter has yet to take it, and will see the later change too, since it
// reads what the items saw under the objects' locks after it has woken up.
//
// Nor is one lost to a deadline or a context that ends as the token comes,
// whichever of the two ends the sleep. The waiter decides how the wait ended by
// what the items saw, under the same locks as ever, and not by what woke it
// ([item.finish]); a change after that look finds no observer and comes after
// the wait. The token of a change before it stays in the channel, and is removed
// when the record is given back ([Table.waited]): by then the items are observers
// of nothing, so no other can come, and the next wait begins without one.
type waiter struct {
	Sleeper
	accumulate bool // T-OBSERVED, as the rules of the table and of its objects have it
	// won is how the first item ended that did, where that decides (T-CANCEL):
	// items of different objects have different locks.
	won   atomic.Int32
	items int  // of a WaitMany, for dumps; 0 in WaitOne
	first item // most waits need no more
	more  []*item
}

// An item is one object's part in a wait. Its fields are guarded by the lock
// of the object from start to finish, and are the waiter's own otherwise.
type item struct {
	observer
	w     *waiter       // immutable
	seen  Signals       // when it began; what was observed, once it is over
	ended status.Status // CANCELED; or OK, where that comes first
}

// undecided is the state of a wait that still goes on.
const undecided = status.ErrTimedOut

// start makes it an observer of the object of e, whose lock the caller holds,
// whose header is h and whose signals are now.
func (it *item) start(e *Entry, h *Header, wanted, now Signals) {
	it.begin(e, h, wanted, now)
	it.seen, it.ended = now, undecided
	switch {
	case now&wanted == 0:
		it.arm(false)
	case !it.w.accumulate:
		it.end(status.OK, now)
	}
}

// signaled implements [holder]. A wait that accumulates goes on until its
// goroutine runs; it need not hear of anything else.
func (it *item) signaled(s Signals) {
	if it.w.accumulate {
		it.w.Wake(0)
	} else {
		it.end(status.OK, s)
	}
}

// handleGone implements [holder].
func (it *item) handleGone() {
	seen := it.observedLocked()
	if !it.w.accumulate {
		seen = signals(it.entry.object)
	}
	it.end(status.ErrCanceled, seen|HandleClosed|it.header.last())
}

// end makes the item's result final. The object's lock is held.
func (it *item) end(st status.Status, seen Signals) {
	it.leave()
	it.ended, it.seen = st, seen
	it.w.won.CompareAndSwap(int32(undecided), int32(st))
	it.w.Wake(0)
}

// observedLocked returns what a wait that accumulates has observed.
func (it *item) observedLocked() Signals {
	return it.seen | it.header.watch.observed(&it.observer)
}

// finish ends the item, unless it has ended, and returns how: this is the
// instant at which the wait takes effect, if it did not end before. Where
// observations accumulate, cancellation wins over success, and success over
// the deadline. The object's lock is held.
func (it *item) finish() status.Status {
	if it.attached() {
		if !it.w.accumulate {
			it.seen = it.header.watch.last
		} else if it.seen = it.observedLocked(); it.seen&it.wanted != 0 {
			it.ended = status.OK
		}
		it.leave()
	}
	return it.ended
}

// finishAlone is finish under the lock of the object.
func (it *item) finishAlone() status.Status {
	e := it.entry
	e.Lock()
	defer e.Unlock()
	return it.finish()
}

func newWaiter() *waiter {
	w := &waiter{Sleeper: NewSleeper()}
	w.first.init(w)
	return w
}

func (it *item) init(w *waiter) { it.w, it.holder = w, it }

// item returns the i-th item of w. They are asked for in order.
func (w *waiter) item(i int) *item {
	if i == 0 {
		return &w.first
	}
	if i > len(w.more) {
		it := new(item)
		it.init(w)
		w.more = append(w.more, it)
	}
	return w.more[i-1]
}

// waiter lends a waiter. A caller that reads w.won must reset it to undecided
// first.
func (t *Table) waiter() *waiter {
	w := t.waiters.get()
	if w == nil {
		w = newWaiter()
	}
	w.accumulate = t.rules.accumulate
	return w
}

// waited takes back a waiter none of whose items is under way: no token can
// arrive any more, and one that came unseen is removed. A waiter that had many
// items does not keep them.
func (t *Table) waited(w *waiter) {
	w.Drain()
	w.first.forget()
	if len(w.more) > mostKept {
		w.more = nil
	}
	for _, it := range w.more {
		it.forget()
	}
	t.waiters.put(w)
}

// forget sees to it that an item at rest keeps nothing alive.
func (it *item) forget() { it.entry, it.header = nil, nil }

// waiter lends the waiter that rests at the object, or one of t. The lock of
// the object is held.
func (h *Header) waiter(t *Table) *waiter {
	if h.watch != nil {
		if w := h.watch.resting; w != nil {
			h.watch.resting = nil
			return w
		}
	}
	return t.waiter()
}

// waited takes back a waiter of which only the first item was used, and that is
// over: it rests here, or in t. One that has items for a WaitMany goes to t. The
// lock of the object is held.
func (h *Header) waited(t *Table, w *waiter) {
	if h.watch.resting != nil || w.more != nil {
		t.waited(w)
		return
	}
	w.Drain()
	w.first.forget()
	h.watch.resting = w
}

// A waiterPool keeps waiters for the next call, so that blocking allocates
// nothing. It belongs to a table, and not to the package, because a channel or
// a timer that was made inside a bubble of testing/synctest may not be used
// outside of it.
type waiterPool struct {
	// hot is the one that was used last. Most of the time it is all there
	// is, and taking it is one atomic step.
	hot  atomic.Pointer[waiter]
	mu   sync.Mutex
	rest pool[waiter] // guarded by mu
}

// get returns one that was put, or nil.
func (p *waiterPool) get() *waiter {
	if w := p.hot.Load(); w != nil && p.hot.CompareAndSwap(w, nil) {
		return w
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.rest.get()
}

// put keeps w. Only the hot one keeps its items.
func (p *waiterPool) put(w *waiter) {
	if p.hot.Load() == nil && p.hot.CompareAndSwap(nil, w) {
		return
	}
	w.more = nil
	p.mu.Lock()
	defer p.mu.Unlock()
	p.rest.put(w)
}
