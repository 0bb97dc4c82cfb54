package handle

import (
	"sync"
	"sync/atomic"
)

// A waiter is a goroutine in WaitOne, WaitMany or WaitPort, with an observer
// on each object that it waits for.
//
// No wake-up is lost. The waiter looks at the state of an object and puts its
// observer on the object's list under one hold of the object's lock. Every
// later change of that state is made under the same lock, and whoever makes
// it walks the list before letting go ([Changed]). So a signal is either in
// the first look or reaches the observer; and a close either comes before the
// look, which then finds the entry dead, or finds the observer on the list.
// Both leave a token ([Sleeper.Wake]): if there is one already the waiter has
// yet to take it, and will see the later change too, since it reads what the
// observers saw under the objects' locks after it has woken up.
type waiter struct {
	Sleeper
	accumulate bool // T-OBSERVED, as the rules of the table and of its objects have it
	// won is how the first observer ended that did, where that decides
	// (T-CANCEL): observers on different objects have different locks.
	won   atomic.Int32
	first observer // most waits need no more
	more  []*observer
	port  portWaiter
}

func newWaiter() *waiter {
	w := &waiter{Sleeper: NewSleeper()}
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

// waiter lends a waiter. Whoever asks who won says first that nobody has.
func (t *Table) waiter() *waiter {
	w := t.waiters.get()
	if w == nil {
		w = newWaiter()
	}
	w.accumulate = t.rules.accumulate
	return w
}

// waited takes back a waiter none of whose observers is on a list: no token
// can arrive any more, and one that came unseen is removed.
func (t *Table) waited(w *waiter) {
	w.Drain()
	w.first.entry, w.port.entry = nil, nil
	for _, ob := range w.more {
		ob.entry = nil
	}
	t.waiters.put(w)
}

// waiter lends the waiter that rests at the object, or one of t. The lock of
// the object is held.
func (h *Header) waiter(t *Table) *waiter {
	w := h.resting
	if w == nil {
		return t.waiter()
	}
	h.resting = nil
	return w
}

// waited takes back a waiter of which only the first observer was used, and
// that is off the list: it rests here, or in t. The lock of the object is held.
func (h *Header) waited(t *Table, w *waiter) {
	if h.resting != nil {
		t.waited(w)
		return
	}
	w.Drain()
	w.first.entry = nil // so that a waiter at rest keeps nothing alive
	h.resting = w
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
	rest []*waiter // guarded by mu
}

// get returns one that was put, or nil.
func (p *waiterPool) get() *waiter {
	if w := p.hot.Load(); w != nil && p.hot.CompareAndSwap(w, nil) {
		return w
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	n := len(p.rest)
	if n == 0 {
		return nil
	}
	w := p.rest[n-1]
	p.rest[n-1] = nil
	p.rest = p.rest[:n-1]
	return w
}

func (p *waiterPool) put(w *waiter) {
	if p.hot.Load() == nil && p.hot.CompareAndSwap(nil, w) {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.rest = append(p.rest, w)
}
