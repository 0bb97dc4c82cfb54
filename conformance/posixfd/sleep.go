//go:build linux || darwin || freebsd

package posixfd

import (
	"slices"
	"sync/atomic"
	"time"

	"golang.org/x/sys/unix"

	"mx.example/conformance/internal/patience"
	"mx.example/status"
)

// A sleep is a wait that had to go to sleep. It holds no lock, so that other
// actors can do what it waits for.
type sleep struct {
	set      *pollSet      // the sleeper's own
	asked    []unix.PollFd // what it polls for, for whoever looks at it
	tid      int           // the thread that polls
	breaker  [2]int        // a pipe in the poll set: a byte in it breaks the sleep off
	cut      atomic.Bool   // one of the descriptors is being closed
	returned atomic.Bool
	done     chan struct{} // closed when the wait has let go of everything
}

// glance is the pause between two looks at a thread that is about to sleep or
// to return.
const glance = 20 * time.Microsecond

// arrivalLimit is how long a call waits for what it has sent. It arrives within
// the call as a rule; this is time for a retransmission.
const arrivalLimit = 300 * time.Millisecond

// settleLimit is how long a call waits for what it has set in motion, on a
// machine that does not get on with it.
const settleLimit = 2 * time.Second

// idleLimit is how long a sleep without deadline goes on when no call is made
// any more, where nobody tells that the case waits for it.
const idleLimit = 500 * time.Millisecond

func newSleep(set *pollSet) (*sleep, error) {
	breaker, err := pipe()
	if err != nil {
		return nil, err
	}
	for i, fd := range breaker {
		if breaker[i], err = aboveStandard(fd); err != nil {
			unix.Close(breaker[1-i])
			return nil, err
		}
	}
	return &sleep{set: set, asked: slices.Clone(set.asked), breaker: breaker, done: make(chan struct{})}, nil
}

// sleep polls until something asked for is there, the deadline has passed, or
// the sleep is broken off. idle says for how long no call has been made; it is
// nil if somebody breaks off a sleep that nothing else will end.
func (s *sleep) sleep(deadline time.Time, idle func() time.Duration) (status.Status, error) {
	fds := append(slices.Clone(s.set.asked), unix.PollFd{Fd: int32(s.breaker[0]), Events: unix.POLLIN})
	d := time.Duration(-1)
	switch {
	case !deadline.IsZero():
		d = max(0, time.Until(deadline))
	case idle != nil:
		d = idleLimit
	}
	n, err := pollFor(fds, d)
	for n == 0 && err == nil && deadline.IsZero() {
		if idle() >= idleLimit {
			return status.ErrInterruptedRetry, nil
		}
		n, err = pollFor(fds, d)
	}
	if err != nil {
		return 0, err
	}
	if fds[len(fds)-1].Revents != 0 {
		return status.ErrInterruptedRetry, nil
	}
	copy(s.set.asked, fds)
	err = s.set.look()
	switch {
	case s.cut.Load():
		// It was about to return when that happened: the look has come too late,
		// and may have been at something else.
		return status.ErrInterruptedRetry, nil
	case err != nil:
		return 0, err
	case n == 0 && !s.set.ready():
		return status.ErrTimedOut, nil
	}
	return status.OK, nil
}

// cut tells the sleeps about descriptors that those are about to be closed,
// once whoever has been woken is gone.
func (k *kernel) cut(fds []int) {
	k.settleSleepers()
	for s := range k.waits {
		if s.polls(fds) {
			s.cut.Store(true)
		}
	}
}

// breakOff ends the sleep. The wait then answers INTERRUPTED_RETRY, as if a
// signal had come and nobody had polled again.
func (s *sleep) breakOff() {
	for {
		if _, err := unix.Write(s.breaker[1], []byte{0}); err != unix.EINTR {
			return
		}
	}
}

func (s *sleep) release() {
	unix.Close(s.breaker[0])
	unix.Close(s.breaker[1])
	close(s.done)
}

// watch calls parked once the thread sleeps in poll. The lock keeps the
// descriptor with which it looks apart from the numbers of the case.
func (k *kernel) watch(s *sleep, parked func()) {
	for !s.returned.Load() {
		k.mu.Lock()
		sleeps := asleep(s.tid)
		k.mu.Unlock()
		if sleeps {
			parked()
			return
		}
		time.Sleep(glance)
	}
}

// rouse breaks a sleep off once the case waits for it and it goes on: then
// nothing that the case does could still end it.
func (k *kernel) rouse(s *sleep, awaited <-chan struct{}) {
	select {
	case <-s.done:
		return
	case <-awaited:
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.settleSleepers()
	if k.waits[s] && !s.returned.Load() {
		s.breakOff()
	}
}

// polls reports whether the sleep is about one of the descriptors.
func (s *sleep) polls(fds []int) bool {
	return slices.ContainsFunc(s.asked, func(p unix.PollFd) bool {
		return p.Fd != closedEnd && slices.Contains(fds, int(p.Fd))
	})
}

// settle lets the effects of the call on e arrive before the call returns:
// what a connection over the loopback carries, and then every sleeper, which
// returns, or looks and sleeps on. Without it what the next call or a sleeper
// sees would be a matter of luck.
func (k *kernel) settle(e *pairEnd) {
	if k.kind == TCP {
		settleTCP(e.of)
	}
	k.settleSleepers()
}

func (k *kernel) settleSleepers() {
	if !canTellSleep() || len(k.waits) == 0 {
		return
	}
	budget := patience.Of(settleLimit)
	for s := range k.waits {
		for !s.returned.Load() && !k.sleepsOn(s) && budget.Pause(glance) {
		}
	}
}

// sleepsOn reports whether a sleeper is asleep and has no reason to wake up. If
// it has one, what wakes it is on its way. A descriptor that has just been
// closed is none that could be asked.
func (k *kernel) sleepsOn(s *sleep) bool {
	if !asleep(s.tid) {
		return false
	}
	open := slices.DeleteFunc(slices.Clone(s.asked), func(p unix.PollFd) bool { return !k.owned[int(p.Fd)] })
	n, err := pollFor(open, 0)
	return n == 0 && err == nil
}

// breakOff ends the sleeps about descriptors that have just been closed and
// that the close has not ended: their numbers may soon mean something else,
// and nothing in the case could be counted on to wake them.
func (k *kernel) breakOff(fds []int) {
	for s := range k.waits {
		if s.returned.Load() || !s.polls(fds) {
			continue
		}
		s.breakOff()
		for budget := patience.Of(settleLimit); !s.returned.Load() && budget.Pause(glance); {
		}
	}
}
