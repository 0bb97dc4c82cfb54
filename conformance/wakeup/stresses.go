package wakeup

import (
	"errors"
	"fmt"
	"time"

	"mx.example/conformance"
	"mx.example/handle"
	"mx.example/status"
)

// stresses are all the kinds there are.
var stresses = []struct {
	name string
	make func(*stress) error
}{
	{"hand-over", with(handOver, waitOne)},
	{"hand-over-many", with(handOver, waitMany)},
	{"pulses", with(pulses, waitOne)},
	{"pulses-many", with(pulses, waitMany)},
	{"crowd", with(crowd, waitOne)},
	{"ends", with(ends, waitOne)},
	{"ends-many", with(ends, waitMany)},
	{"sources", sources},
}

// with is a stress that puts the wait to the test.
func with(make func(*stress, wait) error, w wait) func(*stress) error {
	return func(s *stress) error { return make(s, w) }
}

// pair makes a stream whose directions hold one byte.
func (s *stress) pair() (a, b handle.Handle, err error) {
	one := uint64(1)
	return s.p.Create(0, &one)
}

// put sends v to another party, and reports false if one has failed instead.
func put[T any](s *stress, to chan<- T, v T) bool {
	select {
	case to <- v:
		return true
	case <-s.quit:
		return false
	}
}

// get waits for another party, and reports false if that is done or one has
// failed.
func get[T any](s *stress, from <-chan T) (ok bool) {
	select {
	case _, ok = <-from:
		return ok
	case <-s.quit:
		return false
	}
}

// send writes one byte, and waits for room first if it must.
func (s *stress) send(h handle.Handle, b byte, w wait) error {
	p := [1]byte{b}
	for {
		_, err := s.p.Write(h, 0, p[:])
		if !errors.Is(err, status.ErrShouldWait) {
			return err
		}
		if _, err := w(s.p, h, handle.Writable|handle.PeerClosed, s.block); err != nil {
			return err
		}
	}
}

// receive reads one byte, and waits for it if it must.
func (s *stress) receive(h handle.Handle, w wait) (byte, error) {
	var p [1]byte
	for {
		_, err := s.p.Read(h, 0, p[:])
		if !errors.Is(err, status.ErrShouldWait) {
			return p[0], err
		}
		if _, err := w(s.p, h, handle.Readable|handle.PeerClosed, s.block); err != nil {
			return 0, err
		}
	}
}

// handOver sends n bytes through a socket that holds one: each is waited for
// by the reader, or its place by the writer.
func handOver(s *stress, w wait) error {
	a, b, err := s.pair()
	if err != nil {
		return err
	}
	n := s.n
	s.parties = []party{
		{"the writer", func() error {
			for i, pace := 0, newPace(1); i < n; i++ {
				if err := s.send(a, byte(i), w); err != nil {
					return err
				}
				pace.dawdle()
			}
			return nil
		}, a, handle.Writable},
		{"the reader", func() error {
			for i, pace := 0, newPace(2); i < n; i++ {
				got, err := s.receive(b, w)
				if err != nil || got != byte(i) {
					return fmt.Errorf("byte %d is %d: %w", i, got, err)
				}
				s.moved.Add(1)
				pace.dawdle()
			}
			return nil
		}, b, handle.Readable},
	}
	return nil
}

// pulses sends n pulses to a waiter that is known to be waiting: each must
// wake it, although the signal is gone before it can run (T-ONE).
func pulses(s *stress, w wait) error {
	a, b, err := s.pair()
	if _, tells := s.p.(conformance.BlockingAwareProcess); !tells {
		return &conformance.Unsupported{Why: "the kernel does not promise to say when a wait has blocked: see conformance.BlockingAwareProcess"}
	}
	if err == nil {
		err = s.p.SignalPeer(a, 0, 0)
	}
	if err != nil {
		return err
	}
	n := s.n
	armed, gone := make(chan struct{}), make(chan struct{})
	s.parties = []party{
		{"the waiter", func() error {
			defer close(armed)
			for range n {
				seen, err := w(s.p, b, handle.UserSignal0, func() {
					s.block()
					put(s, armed, struct{}{})
				})
				if err != nil || seen&handle.UserSignal0 == 0 {
					return fmt.Errorf("the wait saw %v: %w", seen, err)
				}
				s.moved.Add(1)
				get(s, gone) // or the next wait would find this one
			}
			return nil
		}, b, handle.UserSignal0},
		{"the signaler", func() error {
			defer close(gone)
			for get(s, armed) {
				if err := s.p.SignalPeer(a, 0, handle.UserSignal0); err != nil {
					return err
				}
				if err := s.p.SignalPeer(a, handle.UserSignal0, 0); err != nil {
					return err
				}
				put(s, gone, struct{}{})
			}
			return nil
		}, a, 0},
	}
	return nil
}

// crowd lets several wait on handles of their own to one object, and one
// signal wake them all. The last to be awake clears it and sets the next.
func crowd(s *stress, w wait) error {
	const waiters = 4
	e, err := s.p.NewEvent()
	if err != nil {
		return err
	}
	n := s.n
	turns := [2]handle.Signals{handle.UserSignal0, handle.UserSignal1}
	for i := range waiters {
		h, err := s.p.Duplicate(e, handle.SameRights)
		if err != nil {
			return err
		}
		pace := newPace(uint64(i))
		s.parties = append(s.parties, party{fmt.Sprintf("waiter %d", i), func() error {
			for round := range n / waiters {
				now, next := turns[round%2], turns[(round+1)%2]
				if _, err := w(s.p, h, now, s.block); err != nil {
					return err
				}
				pace.dawdle()
				if s.moved.Add(1)%waiters == 0 { // all have seen it
					if err := s.p.Signal(h, now, next); err != nil {
						return err
					}
				}
			}
			return nil
		}, h, turns[0] | turns[1]})
	}
	return s.p.Signal(e, 0, turns[0])
}

// ends wakes a waiter each time in another way that a wait can end: the peer's
// last close, or the end of the handle that is waited on. Every other time the
// waiter is known to be waiting; else the two race.
func ends(s *stress, w wait) error {
	other, err := s.k.NewProcess(conformance.Limits{})
	if err != nil {
		return err
	}
	n := s.n
	_, tells := s.p.(conformance.BlockingAwareProcess) // when a wait has blocked
	type job struct {
		b     handle.Handle
		known bool
	}
	jobs, armed := make(chan job), make(chan struct{})
	// A party waits on the handles of one pair after the other, so what asleep
	// tells of handle 0 is nothing.
	s.parties = []party{
		{"the waiter", func() error {
			defer close(armed)
			for j := range jobs {
				seen, err := w(s.p, j.b, handle.PeerClosed, func() {
					s.block()
					if j.known {
						put(s, armed, struct{}{})
					}
				})
				if try(err, status.ErrCanceled, status.ErrBadHandle) != nil ||
					err == nil && seen&handle.PeerClosed == 0 ||
					errors.Is(err, status.ErrCanceled) && seen&handle.HandleClosed == 0 {
					return fmt.Errorf("the wait saw %v: %w", seen, err)
				}
				s.moved.Add(1)
			}
			return nil
		}, 0, handle.PeerClosed},
		{"the closer", func() error {
			defer close(jobs)
			pace := newPace(3)
			var last []handle.Handle
			for i := range n {
				a, b, err := s.pair()
				if err != nil {
					return err
				}
				known := tells && i/4%2 == 0
				if !put(s, jobs, job{b, known}) {
					return nil
				}
				// The waiter is done with the pair before: now it may go.
				if err := clean(s.p, other, last...); err != nil {
					return err
				}
				if known {
					get(s, armed)
				}
				pace.dawdle()
				var left handle.Handle
				switch i % 4 {
				case 0:
					err = s.p.Close(a)
				case 1:
					err = s.p.Close(b)
				case 2:
					left, err = s.p.Replace(b, handle.SameRights)
				case 3:
					left, err = s.p.Transfer(b, other)
				}
				if err != nil {
					return err
				}
				last = []handle.Handle{a, b, left}
			}
			return nil
		}, 0, 0},
	}
	return nil
}

// sources has one reader wait for several pairs at once, and a writer on each.
func sources(s *stress) error {
	const pairs = 4
	n := s.n
	items := make([]handle.WaitItem, pairs)
	for i := range items {
		a, b, err := s.pair()
		if err != nil {
			return err
		}
		items[i] = handle.WaitItem{Handle: b, WaitFor: handle.Readable | handle.PeerClosed}
		pace := newPace(uint64(i))
		s.parties = append(s.parties, party{fmt.Sprintf("writer %d", i), func() error {
			for i := range n / pairs {
				if err := s.send(a, byte(i), waitOne); err != nil {
					return err
				}
				pace.dawdle()
			}
			return nil
		}, a, handle.Writable})
	}
	s.parties = append(s.parties, party{"the reader", func() error {
		var p [1]byte
		var next [pairs]byte
		for left := n / pairs * pairs; left > 0; {
			if err := s.p.WaitMany(items, time.Time{}, s.block); err != nil {
				return err
			}
			for i, item := range items {
				if item.Pending&handle.Readable == 0 {
					continue
				}
				// What was seen may have been read in the turn before.
				k, err := s.p.Read(item.Handle, 0, p[:])
				if try(err, status.ErrShouldWait) != nil || k == 1 && p[0] != next[i] {
					return fmt.Errorf("pair %d: byte %d, want %d: %w", i, p[0], next[i], err)
				}
				next[i] += byte(k)
				left -= k
				s.moved.Add(int64(k))
			}
		}
		return nil
	}, items[0].Handle, handle.Readable})
	return nil
}

// clean closes what is left of a pair, whichever handles those are.
func clean(p, other conformance.Process, handles ...handle.Handle) error {
	for i, h := range handles {
		if h == handle.Invalid {
			continue
		}
		err := p.Close(h)
		if i == len(handles)-1 && errors.Is(err, status.ErrBadHandle) {
			err = other.Close(h)
		}
		if try(err, status.ErrBadHandle) != nil {
			return err
		}
	}
	return nil
}
