package wakeup

import (
	"fmt"
	"testing"
	"time"

	"mx.example/handle"
	"mx.example/mxsocket"
	"mx.example/status"
)

// must is for what cannot fail in a table without limits.
func must(err error) {
	if err != nil {
		panic(err)
	}
}

func pair(t *handle.Table, opts ...mxsocket.Option) (a, b handle.Handle) {
	a, b, err := mxsocket.Create(t, mxsocket.Stream, opts...)
	must(err)
	return a, b
}

// send writes one byte, and waits for room first if it must.
func (s *stress) send(h handle.Handle, b byte, w wait) error {
	p := [1]byte{b}
	for {
		_, err := mxsocket.Write(s.t, h, 0, p[:])
		if err != error(status.ErrShouldWait) {
			return err
		}
		if _, err := w(s.t, h, handle.Writable|handle.PeerClosed, s.block); err != nil {
			return err
		}
	}
}

// receive reads one byte, and waits for it if it must.
func (s *stress) receive(h handle.Handle, w wait) (byte, error) {
	var p [1]byte
	for {
		_, err := mxsocket.Read(s.t, h, 0, p[:])
		if err != error(status.ErrShouldWait) {
			return p[0], err
		}
		if _, err := w(s.t, h, handle.Readable|handle.PeerClosed, s.block); err != nil {
			return 0, err
		}
	}
}

// handOver sends n bytes through a socket that holds one: each is waited for
// by the reader, or its place by the writer.
func handOver(n int, w wait) *stress {
	t := handle.NewTable()
	a, b := pair(t, mxsocket.WithCapacity(1))
	s := &stress{t: t, n: n}
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
	return s
}

func TestHandOver(t *testing.T) { everywhere(t, 1_000_000, handOver) }

// pulses sends n pulses to a waiter that is known to be waiting: each must
// wake it, although the signal is gone before it can run (T-ONE).
func pulses(n int, w wait) *stress {
	t := handle.NewTable()
	a, b := pair(t)
	s := &stress{t: t, n: n}
	armed, gone := make(chan struct{}), make(chan struct{})
	s.parties = []party{
		{"the waiter", func() error {
			defer close(armed)
			for range n {
				seen, err := w(t, b, handle.UserSignal0, func() {
					s.block()
					armed <- struct{}{}
				})
				if err != nil || seen&handle.UserSignal0 == 0 {
					return fmt.Errorf("the wait saw %v: %w", seen, err)
				}
				s.moved.Add(1)
				<-gone // or the next wait would find this one
			}
			return nil
		}, b, handle.UserSignal0},
		{"the signaler", func() error {
			defer close(gone)
			for range armed {
				if err := t.SignalPeer(a, 0, handle.UserSignal0); err != nil {
					return err
				}
				if err := t.SignalPeer(a, handle.UserSignal0, 0); err != nil {
					return err
				}
				gone <- struct{}{}
			}
			return nil
		}, a, 0},
	}
	return s
}

func TestPulse(t *testing.T) { everywhere(t, 200_000, pulses) }

// crowd lets several wait on handles of their own to one object, and one
// signal wake them all. The last to be awake clears it and sets the next.
func crowd(n int, w wait) *stress {
	const waiters = 4
	t := handle.NewTable()
	e, err := handle.NewEvent(t)
	must(err)
	s := &stress{t: t, n: n}
	turns := [2]handle.Signals{handle.UserSignal0, handle.UserSignal1}
	for i := range waiters {
		h, err := t.Duplicate(e, handle.SameRights)
		must(err)
		pace := newPace(uint64(i))
		s.parties = append(s.parties, party{fmt.Sprintf("waiter %d", i), func() error {
			for round := range n / waiters {
				now, next := turns[round%2], turns[(round+1)%2]
				if _, err := w(t, h, now, s.block); err != nil {
					return err
				}
				pace.dawdle()
				if s.moved.Add(1)%waiters == 0 { // all have seen it
					if err := t.Signal(h, now, next); err != nil {
						return err
					}
				}
			}
			return nil
		}, h, turns[0] | turns[1]})
	}
	must(t.Signal(e, 0, turns[0]))
	return s
}

func TestCrowd(t *testing.T) { everywhere(t, 400_000, crowd) }

// ends wakes a waiter each time in another way that a wait can end: the peer's
// last close, or the end of the handle that is waited on. Every other time the
// waiter is known to be waiting; else the two race.
func ends(n int, w wait) *stress {
	t, other := handle.NewTable(), handle.NewTable()
	s := &stress{t: t, n: n}
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
				seen, err := w(t, j.b, handle.PeerClosed, func() {
					s.block()
					if j.known {
						armed <- struct{}{}
					}
				})
				if try(err, status.ErrCanceled, status.ErrBadHandle) != nil ||
					err == nil && seen&handle.PeerClosed == 0 ||
					err == error(status.ErrCanceled) && seen&handle.HandleClosed == 0 {
					return fmt.Errorf("the wait saw %v: %w", seen, err)
				}
				s.moved.Add(1)
			}
			return nil
		}, 0, handle.PeerClosed},
		{"the closer", func() error {
			defer close(jobs)
			pace := newPace(3)
			for i := range n {
				a, b := pair(t)
				known := i/4%2 == 0
				jobs <- job{b, known}
				if known {
					<-armed
				}
				pace.dawdle()
				var err error
				switch i % 4 {
				case 0:
					err = t.Close(a)
				case 1:
					err = t.Close(b)
				case 2:
					_, err = t.Replace(b, handle.SameRights)
				case 3:
					_, err = t.Transfer(b, other)
				}
				if err != nil {
					return err
				}
				if i%1000 == 999 {
					other.CloseAll()
				}
			}
			return nil
		}, 0, 0},
	}
	return s
}

func TestEnds(t *testing.T) { everywhere(t, 200_000, ends) }

// sources has one reader wait for several pairs at once, and a writer on each.
func sources(n int) *stress {
	const pairs = 4
	t := handle.NewTable()
	s := &stress{t: t, n: n}
	items := make([]handle.WaitItem, pairs)
	for i := range items {
		a, b := pair(t, mxsocket.WithCapacity(1))
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
			if err := t.WaitManyFunc(items, time.Time{}, s.block); err != nil {
				return err
			}
			for i, item := range items {
				if item.Pending&handle.Readable == 0 {
					continue
				}
				// What was seen may have been read in the turn before.
				k, err := mxsocket.Read(t, item.Handle, 0, p[:])
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
	return s
}

func TestSources(t *testing.T) {
	everyPlace(t, 1_000_000, sources, (*stress).report)
}

// blocking sends n bytes in pieces of several sizes by the calls that block,
// through a socket that holds two.
func blocking(n int) *stress {
	t := handle.NewTable()
	a, b := pair(t, mxsocket.WithCapacity(2))
	s := &stress{t: t, n: n}
	// pieces calls f for pieces of 1 to 3 bytes until they are n.
	pieces := func(seed uint64, f func(p []byte) error) error {
		pace := newPace(seed)
		for at := 0; at < n; {
			p := make([]byte, 3)[:min(1+pace.rnd.IntN(3), n-at)]
			if err := f(p); err != nil {
				return err
			}
			at += len(p)
			pace.dawdle()
		}
		return nil
	}
	var written, read byte
	s.parties = []party{
		{"the writer", func() error {
			return pieces(1, func(p []byte) error {
				for i := range p {
					p[i], written = written, written+1
				}
				_, err := mxsocket.WriteAll(t, a, p, time.Time{})
				return err
			})
		}, a, handle.Writable},
		{"the reader", func() error {
			return pieces(2, func(p []byte) error {
				_, err := mxsocket.ReadFull(t, b, p, time.Time{})
				for _, got := range p {
					if err == nil && got != read {
						err = fmt.Errorf("read %d, want %d", got, read)
					}
					read++
				}
				s.moved.Add(int64(len(p)))
				return err
			})
		}, b, handle.Readable},
	}
	return s
}

func TestBlocking(t *testing.T) {
	everyPlace(t, 1_000_000, blocking, func(*stress, *testing.T) {}) // nothing tells when those calls block
}
