package handle

import (
	"sync"
	"time"
)

// A Sleeper is what one goroutine blocks on. Whoever ends the sleep leaves a
// token in it, which waits there if the goroutine has yet to fall asleep.
type Sleeper struct {
	wake  chan struct{} // holds one token
	timer *time.Timer   // made for the first deadline, stopped between sleeps
	next  *Sleeper      // in the pool

	// Call is the user's, and still there when the Sleeper is used again.
	Call any
}

// Wake leaves a token. It never blocks, and one token is as good as several.
func (s *Sleeper) Wake() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// Sleep blocks until there is a token, which it takes, until the deadline has
// passed (zero: there is none), or until cancel, unless it is nil, is closed.
// Only the first is told: it reports whether it took a token.
func (s *Sleeper) Sleep(deadline time.Time, cancel <-chan struct{}) bool {
	if deadline.IsZero() {
		if cancel == nil {
			<-s.wake
			return true
		}
		select {
		case <-s.wake:
			return true
		case <-cancel:
			return false
		}
	}
	if s.timer == nil {
		s.timer = time.NewTimer(time.Until(deadline))
	} else {
		s.timer.Reset(time.Until(deadline))
	}
	defer s.timer.Stop() // leaves nothing in C, as timers do since Go 1.23
	select {
	case <-s.wake:
		return true
	case <-s.timer.C:
	case <-cancel:
	}
	return false
}

// drain takes a token that nobody slept for.
func (s *Sleeper) drain() {
	select {
	case <-s.wake:
	default:
	}
}

// sleeperPool keeps the sleepers of a table for their next use. It belongs to
// the table, and not to the package, because a channel or timer that was made
// inside a bubble of testing/synctest may not be used outside of it.
type sleeperPool struct {
	mu   sync.Mutex
	free *Sleeper // guarded by mu
}

// Sleeper lends a Sleeper without a token. Give it back with [Table.Rested].
func (t *Table) Sleeper() *Sleeper {
	p := &t.sleepers
	p.mu.Lock()
	defer p.mu.Unlock()
	s := p.free
	if s == nil {
		return &Sleeper{wake: make(chan struct{}, 1)}
	}
	p.free = s.next
	return s
}

// Rested takes back a Sleeper that nobody wakes any more.
func (t *Table) Rested(s *Sleeper) {
	s.drain()
	p := &t.sleepers
	p.mu.Lock()
	defer p.mu.Unlock()
	s.next, p.free = p.free, s
}
