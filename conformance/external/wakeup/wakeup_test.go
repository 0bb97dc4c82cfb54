// Package wakeup looks for waits that sleep through what they wait for: a
// million hand-overs between goroutines, inside a bubble of testing/synctest
// and outside of any. It has tests only.
//
// A hand-over that is missed leaves everybody asleep. In a bubble that is seen
// at once, and for certain; outside, a watchdog sees that nothing has moved
// for a while.
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

	"mx.example/handle"
	"mx.example/status"
)

// A wait blocks until a signal of s is asserted on the object of h, and calls
// parked once it cannot miss one any more. It is what is under test.
type wait func(t *handle.Table, h handle.Handle, s handle.Signals, parked func()) (handle.Signals, error)

func waitOne(t *handle.Table, h handle.Handle, s handle.Signals, parked func()) (handle.Signals, error) {
	return t.WaitOneFunc(h, s, time.Time{}, parked)
}

// waitMany waits for h among others that nothing happens to.
func waitMany(t *handle.Table, h handle.Handle, s handle.Signals, parked func()) (handle.Signals, error) {
	items := [...]handle.WaitItem{{Handle: h}, {Handle: h, WaitFor: s}, {Handle: h, WaitFor: handle.UserSignal7}}
	err := t.WaitManyFunc(items[:], time.Time{}, parked)
	return items[1].Pending, err
}

// A stress is work for some goroutines that hand over to one another.
type stress struct {
	t       *handle.Table
	n       int          // hand-overs
	moved   atomic.Int64 // those that have happened
	blocked atomic.Int64 // waits that had to block
	parties []party
}

type party struct {
	name string
	run  func() error
	// waits are the handle that it waits on, and what for.
	handle handle.Handle
	waits  handle.Signals
}

// asleep says, of each party, what the object that it waits on asserts.
func (s *stress) asleep() error {
	var b strings.Builder
	fmt.Fprintf(&b, "asleep after %d of %d hand-overs", s.moved.Load(), s.n)
	for _, p := range s.parties {
		now, _ := s.t.WaitOne(p.handle, 0, time.Unix(0, 1)) // which times out
		fmt.Fprintf(&b, "; %s waits for %v where %v is asserted", p.name, p.waits, now)
	}
	return errors.New(b.String())
}

// start runs all parties. done is closed when they are, and failed gives the
// first error then.
func (s *stress) start() (done chan struct{}, failed func() error) {
	done = make(chan struct{})
	errs := make([]error, len(s.parties))
	var all sync.WaitGroup
	for i, p := range s.parties {
		all.Go(func() {
			if err := p.run(); err != nil {
				errs[i] = fmt.Errorf("%s: %w", p.name, err)
			}
		})
	}
	go func() {
		all.Wait()
		close(done)
	}()
	return done, func() error { return errors.Join(errs...) }
}

// inBubble runs what make makes in a bubble. There it is certain when all are
// asleep.
func inBubble(t *testing.T, make func() *stress) (err error) {
	synctest.Test(t, func(t *testing.T) {
		s := make()
		done, failed := s.start()
		synctest.Wait()
		select {
		case <-done:
			err = failed()
		default:
			err = s.asleep()
			t.Log(err) // in case that nothing can wake them
			s.t.CloseAll()
			<-done
		}
	})
	return err
}

// block is for a wait to call when it blocks.
func (s *stress) block() { s.blocked.Add(1) }

// outside runs what make makes without a bubble. There all may be waiting for a
// processor, so it takes a while without any hand-over to say that they sleep.
func outside(_ *testing.T, make func() *stress) error { return watched(make(), 10*time.Second) }

// watched runs s and gives up when nothing has moved for so long.
func watched(s *stress, patience time.Duration) error {
	done, failed := s.start()
	watchdog := time.NewTicker(patience)
	defer watchdog.Stop()
	for last := int64(-1); ; {
		select {
		case <-done:
			return failed()
		case <-watchdog.C:
			if now := s.moved.Load(); now != last {
				last = now
				continue
			}
			err := s.asleep()
			s.t.CloseAll()
			return err
		}
	}
}

// places are where a stress is run, and waits which wait it puts to the test.
var (
	places = []struct {
		name string
		run  func(*testing.T, func() *stress) error
	}{{"bubble", inBubble}, {"outside", outside}}
	waits = []struct {
		name string
		wait wait
	}{{"WaitOne", waitOne}, {"WaitMany", waitMany}}
)

// everywhere runs a stress of n hand-overs in each place with each wait.
func everywhere(t *testing.T, n int, make func(n int, w wait) *stress) {
	for _, w := range waits {
		t.Run(w.name, func(t *testing.T) {
			everyPlace(t, n, func(n int) *stress { return make(n, w.wait) }, (*stress).report)
		})
	}
}

// everyPlace runs a stress of n hand-overs in each place.
func everyPlace(t *testing.T, n int, make func(n int) *stress, report func(*stress, *testing.T)) {
	if testing.Short() {
		n /= 20
	}
	for _, place := range places {
		t.Run(place.name, func(t *testing.T) {
			var s *stress
			if err := place.run(t, func() *stress { s = make(n); return s }); err != nil {
				t.Error(err)
			}
			report(s, t)
		})
	}
}

// report fails if the stress was none.
func (s *stress) report(t *testing.T) {
	t.Helper()
	moved, blocked := s.moved.Load(), s.blocked.Load()
	t.Logf("%d hand-overs, %d waits that blocked", moved, blocked)
	if blocked < moved/20 {
		t.Errorf("only %d waits blocked in %d hand-overs: this shows little", blocked, moved)
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

// deaf is a wait that after a while listens for nothing.
func deaf() wait {
	var calls atomic.Int64
	return func(t *handle.Table, h handle.Handle, s handle.Signals, parked func()) (handle.Signals, error) {
		if calls.Add(1) >= 1000 {
			s = 0
		}
		return waitOne(t, h, s, parked)
	}
}

// A deaf wait is found in each place, so those that are not found are not
// deaf.
func TestDeafWaitIsFound(t *testing.T) {
	make := func() *stress { return handOver(1_000_000, deaf()) }
	for place, err := range map[string]error{
		"bubble":  inBubble(t, make),
		"outside": watched(make(), 100*time.Millisecond),
	} {
		if err == nil || !strings.HasPrefix(err.Error(), "asleep after") {
			t.Errorf("%s: got %v, want an error that says who is asleep", place, err)
		}
	}
}

// try fails unless err is one that is expected.
func try(err error, expected ...status.Status) error {
	if err == nil {
		return nil
	}
	for _, s := range expected {
		if err == error(s) {
			return nil
		}
	}
	return err
}
