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
//
// It is small enough to become part of its caller: every frame between the
// sleep and the program costs time, it seems because a processor that has gone
// from one goroutine to another guesses wrong where the calls of this one
// return to.
func (s *Sleeper) Sleep(deadline time.Time, cancel <-chan struct{}) bool {
	if cancel == nil && deadline == (time.Time{}) {
		<-s.wake
		return true
	}
	return s.doze(deadline, cancel)
}

// doze is Sleep where something else than a token may end it.
func (s *Sleeper) doze(deadline time.Time, cancel <-chan struct{}) bool {
	var passed <-chan time.Time
	if !deadline.IsZero() {
		if s.timer == nil {
			s.timer = time.NewTimer(time.Until(deadline))
		} else {
			s.timer.Reset(time.Until(deadline))
		}
		defer s.timer.Stop() // leaves nothing in C, as timers do since Go 1.23
		passed = s.timer.C
	}
	select {
	case <-s.wake:
		return true
	case <-passed:
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

// Rested takes back a Sleeper that nobody wakes any more. woken says that no
// token can be left in it.
func (t *Table) Rested(s *Sleeper, woken bool) {
	if !woken {
		s.drain()
	}
	t.sleepers.put(s)
}
