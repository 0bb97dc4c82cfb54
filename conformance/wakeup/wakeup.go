// Package wakeup looks for waits that sleep through what they wait for: many
// thousand hand-overs between goroutines, on any [conformance.Backend].
//
// A hand-over that is missed leaves everybody asleep. In a bubble of
// testing/synctest that is seen at once, and for certain; outside, a watchdog
// sees that nothing has moved for a while.
package wakeup

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"mx.example/conformance"
	"mx.example/handle"
	"mx.example/status"
)

// Test makes some n hand-overs of each kind on b, in each edition that it has.
// With outside it makes them outside of any bubble: for kernels that are not
// written in Go, or whose goroutines were started before. A kind that needs a
// call which b does not have is skipped.
func Test(t *testing.T, b conformance.Backend, n int, outside bool) {
	place := inBubble
	if outside {
		place = watch
	}
	for _, e := range b.Editions() {
		t.Run(e.String(), func(t *testing.T) {
			for _, s := range stresses {
				t.Run(s.name, func(t *testing.T) {
					err := place(t, scene{b, e, n}, s.make)
					if missing := (*conformance.Unsupported)(nil); errors.As(err, &missing) {
						t.Skip(missing)
					}
					if err != nil {
						t.Error(err)
					}
				})
			}
		})
	}
}

// A scene is where a stress is set up.
type scene struct {
	b conformance.Backend
	e handle.Edition
	n int // hand-overs
}

// A wait blocks until a signal of s is asserted on the object of h, and calls
// parked once it cannot miss one any more. It is what is under test.
type wait func(p conformance.Process, h handle.Handle, s handle.Signals, parked func()) (handle.Signals, error)

func waitOne(p conformance.Process, h handle.Handle, s handle.Signals, parked func()) (handle.Signals, error) {
	return p.WaitOne(h, s, time.Time{}, parked)
}

// waitMany waits for h among others that nothing happens to.
func waitMany(p conformance.Process, h handle.Handle, s handle.Signals, parked func()) (handle.Signals, error) {
	items := [...]handle.WaitItem{{Handle: h}, {Handle: h, WaitFor: s}, {Handle: h, WaitFor: handle.UserSignal7}}
	err := p.WaitMany(items[:], time.Time{}, parked)
	return items[1].Pending, err
}

// A stress is work for some goroutines that hand over to one another.
type stress struct {
	k       conformance.Kernel
	p       conformance.Process
	n       int          // hand-overs
	moved   atomic.Int64 // those that have happened
	blocked atomic.Int64 // waits that had to block
	parties []party

	once sync.Once
	quit chan struct{} // closed when a party has failed
	err  error         // of that one; written before quit is closed
}

// fail is called by a party that gives up.
func (s *stress) fail(err error) {
	s.once.Do(func() {
		s.err = err
		close(s.quit)
	})
}

// failed is the error of the party that failed first, if one has.
func (s *stress) failed() error {
	select {
	case <-s.quit:
		return s.err
	default:
		return nil
	}
}

type party struct {
	name string
	run  func() error
	// waits are the handle that it waits on, and what for.
	handle handle.Handle
	waits  handle.Signals
}

// set makes the kernel of a stress, and its first process.
func (sc scene) set() (*stress, error) {
	k, err := sc.b.Boot(sc.e)
	if err != nil {
		return nil, err
	}
	s := &stress{k: k, n: sc.n, quit: make(chan struct{})}
	if s.p, err = k.NewProcess(conformance.Limits{}); err != nil {
		return nil, errors.Join(err, k.Close())
	}
	return s, nil
}

// asleep says, of each party, what the object that it waits on asserts.
func (s *stress) asleep() error {
	var b strings.Builder
	fmt.Fprintf(&b, "asleep after %d of %d hand-overs", s.moved.Load(), s.n)
	for _, p := range s.parties {
		now, _ := s.p.WaitOne(p.handle, 0, time.Unix(0, 1), nil) // which times out
		fmt.Fprintf(&b, "; %s waits for %v where %v is asserted", p.name, p.waits, now)
	}
	return errors.New(b.String())
}

// start runs all parties. done is closed when they are.
func (s *stress) start() (done chan struct{}) {
	done = make(chan struct{})
	var all sync.WaitGroup
	for _, p := range s.parties {
		all.Go(func() {
			if err := p.run(); err != nil {
				s.fail(fmt.Errorf("%s: %w", p.name, err))
			}
		})
	}
	go func() {
		all.Wait()
		close(done)
	}()
	return done
}

// begun sets up a stress, or skips the test.
func begun(t *testing.T, sc scene, make func(*stress) error) *stress {
	s, err := sc.set()
	if err == nil {
		if err = make(s); err != nil {
			err = errors.Join(err, s.k.Close())
		}
	}
	if missing := (*conformance.Unsupported)(nil); errors.As(err, &missing) {
		t.Skip(missing)
	}
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// inBubble runs what make makes in a bubble. There it is certain when all are
// asleep.
func inBubble(t *testing.T, sc scene, make func(*stress) error) (err error) {
	synctest.Test(t, func(t *testing.T) {
		s := begun(t, sc, make)
		done := s.start()
		synctest.Wait()
		if err = s.failed(); err == nil {
			select {
			case <-done:
				s.report(t)
			default:
				err = s.asleep()
				t.Log(err) // in case that nothing can wake them
			}
		}
		err = errors.Join(err, s.k.Close())
		<-done
	})
	return err
}

// patience is how long nothing moves until all are said to sleep, where that
// is not certain: all may be waiting for a processor.
const patience = 10 * time.Second

// watch runs what make makes outside of any bubble.
func watch(t *testing.T, sc scene, make func(*stress) error) error {
	return watched(t, begun(t, sc, make), patience)
}

// watched runs s and gives up when nothing has moved for so long.
func watched(t *testing.T, s *stress, patience time.Duration) error {
	done := s.start()
	watchdog := time.NewTicker(patience)
	defer watchdog.Stop()
	for last := int64(-1); ; {
		select {
		case <-done:
			s.report(t)
			return errors.Join(s.failed(), s.k.Close())
		case <-s.quit:
			return errors.Join(s.err, s.k.Close())
		case <-watchdog.C:
			if now := s.moved.Load(); now != last {
				last = now
				continue
			}
			return errors.Join(s.asleep(), s.k.Close())
		}
	}
}

// block is for a wait to call when it blocks.
func (s *stress) block() { s.blocked.Add(1) }

// report says whether the stress was one.
func (s *stress) report(t *testing.T) {
	t.Helper()
	moved, blocked := s.moved.Load(), s.blocked.Load()
	t.Logf("%d hand-overs, %d waits that blocked", moved, blocked)
	if blocked < moved/20 {
		t.Logf("that only %d waits blocked in %d hand-overs shows little: does the kernel call parked?", blocked, moved)
	}
}

// A pace lets a goroutine dawdle for a moment of any length, so that a wait
// begins now before what it waits for, now after, and now at the same time.
type pace struct{ rnd *rand.Rand }

func newPace(seed uint64) pace { return pace{rand.New(rand.NewPCG(seed, 0))} }

func (p pace) dawdle() {
	for n := p.rnd.Uint32() >> (24 + p.rnd.Uint32()%8); n > 0; n-- {
		_ = p.rnd.Uint32()
	}
}

// try fails unless err is one that is expected.
func try(err error, expected ...status.Status) error {
	for _, s := range expected {
		if errors.Is(err, s) {
			return nil
		}
	}
	return err
}
