package handle

import (
	"math"
	"sync/atomic"
	"time"
)

// A Sleeper is what one goroutine blocks on. Whoever ends the sleep leaves a
// token in it, which waits there if the goroutine has yet to fall asleep. A
// token is a number, whose meaning is the user's.
type Sleeper struct {
	wake  chan int    // holds one token
	timer *time.Timer // made for the first deadline, stopped between sleeps

	// For dumps, by the clock of Now: when the sleep began, or untold, and when
	// it ends by itself, or one of the other values below.
	since, until atomic.Int64
}

const (
	forever   = math.MaxInt64
	calledOff = forever - 1   // when a channel is closed, as that of a context
	lastTime  = calledOff - 1 // or later
	untold    = 0             // until: Doze will tell
)

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

// Begin notes for whoever looks that a sleep is to begin: by [Sleeper.Doze] if
// it is timed, otherwise by [Sleeper.Sleep]. It is called under the lock that
// guards what the Sleeper is part of. t is the table of the call, or the one that
// made the object: it decides whether the clock is read ([WithName]).
func (s *Sleeper) Begin(t *Table, timed bool) {
	since, until := int64(untold), int64(forever)
	if t.timed.Load() {
		since = Now()
	}
	if timed {
		until = untold
	}
	// A store costs as much as a lock.
	if s.since.Load() != since {
		s.since.Store(since)
	}
	if s.until.Load() != until {
		s.until.Store(until)
	}
}

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
	until := int64(forever)
	switch {
	case !deadline.IsZero():
		now := time.Now()
		left := deadline.Sub(now)
		if s.timer == nil {
			s.timer = time.NewTimer(left)
		} else {
			s.timer.Reset(left)
		}
		passed = s.timer.C
		since := int64(now.Sub(started))
		until = min(since, lastTime-max(0, int64(left))) + int64(left)
		if s.since.Load() == untold {
			s.since.Store(since)
		}
	case cancel != nil:
		until = calledOff
	}
	s.until.Store(until)
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
