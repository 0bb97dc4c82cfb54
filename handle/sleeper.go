package handle

import "time"

// A Sleeper is what one goroutine blocks on. Whoever ends the sleep leaves a
// token in it, which waits there if the goroutine has yet to fall asleep.
type Sleeper struct {
	wake  chan struct{} // holds one token
	timer *time.Timer   // made for the first deadline, stopped between sleeps

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

// Sleeper lends a Sleeper without a token. Give it back with [Table.Rested].
func (t *Table) Sleeper() *Sleeper {
	if s := t.sleepers.get(); s != nil {
		return s
	}
	return &Sleeper{wake: make(chan struct{}, 1)}
}

// Rested takes back a Sleeper that nobody wakes any more.
func (t *Table) Rested(s *Sleeper) {
	s.drain()
	t.sleepers.put(s)
}
