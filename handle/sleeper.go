package handle

import "time"

// A Sleeper is what one goroutine blocks on. Whoever ends the sleep leaves a
// token in it, which waits there if the goroutine has yet to fall asleep. A
// token is a number, whose meaning is the user's.
type Sleeper struct {
	wake  chan int    // holds one token
	timer *time.Timer // made for the first deadline, stopped between sleeps
}

// NewSleeper returns a Sleeper without a token. It may be used again and again,
// by one goroutine at a time.
func NewSleeper() Sleeper { return Sleeper{wake: make(chan int, 1)} }

// Wake leaves a token, unless there is one already. It never blocks. It
// reports whether the goroutine has got it by now, as one that sleeps gets it
// at once.
func (s *Sleeper) Wake(token int) bool {
	select {
	case s.wake <- token:
		return len(s.wake) == 0
	default:
		return false
	}
}

// Awake reports whether there is a token.
func (s *Sleeper) Awake() bool { return len(s.wake) > 0 }

// Sleep blocks until there is a token, and takes it.
//
// It is so small that it becomes part of its caller: every frame between the
// sleep and the program costs time, it seems because a processor that has gone
// from one goroutine to another guesses wrong where the calls of this one
// return to.
func (s *Sleeper) Sleep() (token int) { return <-s.wake }

// Doze is Sleep that ends at the latest when the deadline has passed (zero:
// there is none), or when cancel, unless it is nil, is closed. woken says that
// there was a token.
func (s *Sleeper) Doze(deadline time.Time, cancel <-chan struct{}) (token int, woken bool) {
	var passed <-chan time.Time
	if !deadline.IsZero() {
		if s.timer == nil {
			s.timer = time.NewTimer(time.Until(deadline))
		} else {
			s.timer.Reset(time.Until(deadline))
		}
		passed = s.timer.C
	}
	select {
	case token = <-s.wake:
		woken = true
	case <-passed:
		return 0, false
	case <-cancel:
	}
	if passed != nil && !s.timer.Stop() {
		// With GODEBUG=asynctimerchan=1 the tick of a timer that has expired is
		// in C, or about to be, and would end the next sleep. Since Go 1.23
		// there is none to take, and Stop reports true unless it was taken.
		<-passed
	}
	return token, woken
}

// Drain takes a token that nobody slept for, if there is one.
func (s *Sleeper) Drain() {
	if s.Awake() {
		<-s.wake
	}
}
