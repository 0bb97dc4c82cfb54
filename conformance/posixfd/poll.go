//go:build linux || darwin || freebsd

package posixfd

import (
	"runtime"
	"time"

	"golang.org/x/sys/unix"

	"mx.example/conformance"
	"mx.example/handle"
	"mx.example/status"
)

// known are the signals that poll has events for.
const known = handle.Readable | handle.Writable | handle.PeerClosed

// everything asks poll for each of them.
const everything = unix.POLLIN | unix.POLLOUT | pollGone

// gone are the events that say that the peer is gone or has ended a direction.
const gone = unix.POLLHUP | unix.POLLERR | pollGone

// always are the events that no poll can leave out.
const always = unix.POLLHUP | unix.POLLERR | unix.POLLNVAL

// events are what to ask poll for to hear of signals.
func events(s handle.Signals) (e int16) {
	if s&handle.Readable != 0 {
		e |= unix.POLLIN
	}
	if s&handle.Writable != 0 {
		e |= unix.POLLOUT
	}
	if s&handle.PeerClosed != 0 {
		e |= pollGone
	}
	return e
}

// signals are what events say.
func signals(e int16) (s handle.Signals) {
	if e&unix.POLLIN != 0 {
		s |= handle.Readable
	}
	if e&unix.POLLOUT != 0 {
		s |= handle.Writable
	}
	if e&gone != 0 {
		s |= handle.PeerClosed
	}
	return s
}

func (p *process) WaitOne(h handle.Handle, s handle.Signals, deadline time.Time, parked func()) (handle.Signals, error) {
	items := []handle.WaitItem{{Handle: h, WaitFor: s}}
	err := p.WaitMany(items, deadline, parked)
	return items[0].Pending, err
}

// WaitMany is one poll over all items. What it reports of each is the answer to
// the question for everything, at the instant of return: a poll says nothing of
// what it was not asked, and remembers nothing. A poll that does not sleep asks
// that question to begin with, so that one instant decides both whether it
// returns and what it reports.
func (p *process) WaitMany(items []handle.WaitItem, deadline time.Time, parked func()) error {
	k := p.k
	k.lock()
	set, err := k.pollSet(items)
	if err != nil {
		k.mu.Unlock()
		return err
	}
	past := !deadline.IsZero() && !deadline.After(time.Now())
	if past && asksNothing(items) {
		// The question for the state now. With no events a hung-up descriptor
		// would be an answer to it.
		err := set.look()
		k.mu.Unlock()
		return set.verdict(items, err, status.ErrTimedOut)
	}
	if err := set.look(); err != nil || set.ready() || past {
		verdict := status.OK
		if !set.ready() {
			verdict = status.ErrTimedOut
		}
		k.mu.Unlock()
		return set.verdict(items, err, verdict)
	}
	if parked != nil && !canTellSleep() {
		k.mu.Unlock()
		return &conformance.Unsupported{Why: "whether a thread sleeps in poll cannot be told here (on linux /proc/self/task/TID/syscall tells it)"}
	}

	s, err := newSleep(set)
	if err != nil {
		k.mu.Unlock()
		return failed(err)
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	s.tid = gettid()
	k.waits[s] = true
	k.mu.Unlock()

	if parked != nil {
		go k.watch(s, parked)
	}
	idle := k.idle
	if p.awaited != nil && canTellSleep() && deadline.IsZero() {
		go k.rouse(s, p.awaited)
		idle = nil // who ends the sleep is known
	}
	verdict, err := s.sleep(deadline, idle)
	s.returned.Store(true)

	k.mu.Lock()
	delete(k.waits, s)
	s.release()
	k.mu.Unlock()
	return set.verdict(items, err, verdict)
}

func asksNothing(items []handle.WaitItem) bool {
	for i := range items {
		if items[i].WaitFor != 0 {
			return false
		}
	}
	return true
}

// A pollSet is what poll is asked about the items of a wait.
type pollSet struct {
	ends  int // how many descriptors an item has
	asked []unix.PollFd
	seen  []unix.PollFd // the same, with the answer to the question for all
}

// pollSet finds the descriptors of the items. Events for a signal that poll
// does not know cannot be asked for.
func (k *kernel) pollSet(items []handle.WaitItem) (*pollSet, error) {
	set := &pollSet{ends: 1}
	if k.kind == Pipe {
		set.ends = 2
	}
	for i := range items {
		item := &items[i]
		if item.WaitFor&^known != 0 {
			return nil, noSignals("such as were waited for")
		}
		e, err := k.find(item.Handle)
		if err != nil {
			return nil, err
		}
		for _, fd := range []int{e.r, e.w}[:set.ends] {
			if err := k.reach(item.Handle, fd); err != nil {
				return nil, err
			}
		}
		asked := events(item.WaitFor)
		if k.kind != Pipe {
			set.asked = append(set.asked, unix.PollFd{Fd: int32(e.r), Events: asked})
			continue
		}
		set.asked = append(set.asked,
			unix.PollFd{Fd: int32(e.r), Events: asked &^ unix.POLLOUT},
			unix.PollFd{Fd: int32(e.w), Events: asked &^ unix.POLLIN})
	}
	return set, nil
}

// look asks for everything, without sleeping.
func (s *pollSet) look() error {
	s.seen = append(s.seen[:0], s.asked...)
	for i := range s.seen {
		e := int16(everything)
		if s.ends == 2 {
			e &^= [2]int16{unix.POLLOUT, unix.POLLIN}[i%2] // an end of a pipe has one direction
		}
		s.seen[i].Events, s.seen[i].Revents = e, 0
	}
	_, err := pollFor(s.seen, 0)
	return err
}

// ready reports whether a poll that asked what was asked would have returned
// with what look has seen: what it cannot leave out is a reason too.
func (s *pollSet) ready() bool {
	for i := range s.seen {
		if s.seen[i].Revents&(s.asked[i].Events|always) != 0 {
			return true
		}
	}
	return false
}

// verdict fills in what was seen of each item and says how the wait ended.
func (s *pollSet) verdict(items []handle.WaitItem, err error, end status.Status) error {
	switch {
	case err != nil:
		return failed(err)
	case end == status.ErrInterruptedRetry:
		return &conformance.KernelError{Status: end, Errno: unix.EINTR}
	}
	for i := range s.asked {
		revents := s.asked[i].Revents | s.seen[i].Revents
		if revents&unix.POLLNVAL != 0 {
			return failed(unix.EBADF) // what any other call would say of that number
		}
		items[i/s.ends].Pending |= signals(revents)
	}
	return end.Err()
}

// pollFor is poll without interruptions: after EINTR it goes on with the rest
// of the time, which is without end if d is negative.
func pollFor(fds []unix.PollFd, d time.Duration) (int, error) {
	start := time.Now()
	for rest := d; ; {
		n, err := poll(fds, rest)
		if err != unix.EINTR {
			return n, err
		}
		if d >= 0 {
			rest = max(0, d-time.Since(start))
		}
	}
}
