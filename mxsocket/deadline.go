package mxsocket

import (
	"sync"
	"sync/atomic"
	"time"
)

// A deadline is when the calls of one kind on a [Conn] give up. To a call it is
// a channel that is closed when the time has come. One that is blocked keeps
// its channel while the deadline is moved, so it need not be told. Getting the
// channel takes no lock.
type deadline struct {
	gate atomic.Pointer[chan struct{}]

	mu    sync.Mutex  // guards the rest, and the replacing and closing of gate
	at    time.Time   // zero: never
	timer *time.Timer // nil before the first deadline in the future
	ended bool        // by shut
}

func (d *deadline) init() {
	c := make(chan struct{})
	d.gate.Store(&c)
}

// expired is closed when the deadline passes.
func (d *deadline) expired() <-chan struct{} { return *d.gate.Load() }

// set moves the deadline to t; the zero Time means never.
func (d *deadline) set(t time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.ended {
		return
	}
	d.at = t
	if d.timer != nil {
		d.timer.Stop() // pass may run all the same, and finds that it is too early
	}
	if t.IsZero() {
		d.open()
		return
	}
	left := time.Until(t)
	if left <= 0 {
		d.close()
		return
	}
	d.open()
	if d.timer == nil {
		d.timer = time.AfterFunc(left, d.pass)
	} else {
		d.timer.Reset(left)
	}
}

// pass is what the timer does.
func (d *deadline) pass() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.ended || d.at.IsZero() {
		return
	}
	if left := time.Until(d.at); left > 0 {
		d.timer.Reset(left) // it was moved, or the wall clock was set back
		return
	}
	d.close()
}

// shut is a deadline that has passed and stays so.
func (d *deadline) shut() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.ended = true
	if d.timer != nil {
		d.timer.Stop()
	}
	d.close()
}

// open makes calls that begin now wait. The lock is held.
func (d *deadline) open() {
	if isClosed(d.expired()) {
		d.init()
	}
}

// close ends those that wait. The lock is held.
func (d *deadline) close() {
	if c := *d.gate.Load(); !isClosed(c) {
		close(c)
	}
}

func isClosed(c <-chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

// A turn is a lock that one can give up waiting for. It costs little while
// nobody waits.
type turn struct {
	taken   atomic.Bool
	waiting atomic.Int32
	given   chan struct{} // holds one token, for whoever waits
}

func (t *turn) init() { t.given = make(chan struct{}, 1) }

// take waits for the turn, and reports whether it came before cancel was
// closed.
func (t *turn) take(cancel <-chan struct{}) bool {
	if t.taken.CompareAndSwap(false, true) {
		return true
	}
	t.waiting.Add(1)
	defer t.waiting.Add(-1)
	// give looks for those that wait after it has given the turn away. So
	// either the turn is seen to be free here, or give sees that one waits.
	// The token only says to look again.
	for !t.taken.CompareAndSwap(false, true) {
		select {
		case <-t.given:
		case <-cancel:
			return false
		}
	}
	return true
}

func (t *turn) give() {
	t.taken.Store(false)
	if t.waiting.Load() > 0 {
		select {
		case t.given <- struct{}{}:
		default:
		}
	}
}
