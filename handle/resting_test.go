package handle

import (
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"mx.example/status"
)

// resting is the waiter that rests at the object of h, which must be as new.
func resting(t *testing.T, tb *Table, h Handle) *waiter {
	t.Helper()
	e := tb.Lookup(h)
	e.Lock()
	defer e.Unlock()
	x := e.object.header().watch
	if x == nil || x.resting == nil {
		return nil
	}
	w := x.resting
	switch {
	case w.first.entry != nil || w.first.header != nil:
		t.Error("a waiter at rest keeps an entry")
	case w.first.attached() || len(w.first.links) > 0 || x.alone == &w.first.observer:
		t.Error("a waiter at rest is on a list")
	case w.Awake():
		t.Error("a waiter at rest has a token")
	case w.more != nil:
		t.Error("a waiter at rest has items for several")
	}
	return w
}

// A bystander is in WaitOne in a bubble.
type bystander struct {
	seen Signals
	err  error
	done chan struct{}
}

func bystand(tb *Table, h Handle, s Signals, deadline time.Time) *bystander {
	x := &bystander{done: make(chan struct{})}
	go func() {
		x.seen, x.err = tb.WaitOne(h, s, deadline)
		close(x.done)
	}()
	synctest.Wait()
	return x
}

func newEvent(t *testing.T, tb *Table) Handle {
	t.Helper()
	h, err := NewEvent(tb)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// The waiter that has blocked at an object stays there for the next wait; of
// several one does, and the others are the table's. None has two waits at once.
func TestRestingWaiterIsUsedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := NewTable()
		h := newEvent(t, tb)
		if resting(t, tb, h) != nil {
			t.Error("a new object has a waiter")
		}
		tb.WaitOne(h, UserSignal0, time.Unix(1, 0))
		if resting(t, tb, h) != nil {
			t.Error("a poll has left a waiter")
		}
		var first *waiter
		for i := range 5 {
			x := bystand(tb, h, UserSignal0, time.Time{})
			if resting(t, tb, h) != nil {
				t.Fatal("somebody waits, and the waiter rests")
			}
			y := bystand(tb, h, UserSignal1, time.Time{}) // another's
			tb.Signal(h, 0, UserSignal0)
			<-x.done
			if x.err != nil || x.seen&(UserSignal0|UserSignal1) != UserSignal0 {
				t.Errorf("round %d: the first: %v, %v", i, x.seen, x.err)
			}
			w := resting(t, tb, h)
			if first == nil {
				first = w
			}
			if w == nil {
				t.Fatalf("round %d: no waiter rests after a wait", i)
			}
			select {
			case <-y.done:
				t.Fatal("the second wait ended with the first")
			default:
			}
			tb.Signal(h, UserSignal0, UserSignal1)
			<-y.done
			if y.err != nil || y.seen&UserSignal1 == 0 {
				t.Errorf("round %d: the second: %v, %v", i, y.seen, y.err)
			}
			tb.Signal(h, UserSignal1, 0)
			if got := resting(t, tb, h); got != w || got != first {
				t.Errorf("round %d: another waiter rests", i)
			}
			if hot := tb.waiters.hot.Load(); hot == nil || hot == w || len(tb.waiters.rest.kept) != 0 {
				t.Errorf("round %d: the other waiter is not the table's, or there are more", i)
			}
		}
	})
}

// However a wait ends, the next one with its waiter begins as new: also where
// the signal came with the deadline, and its token had nobody to take it.
func TestRestingWaiterHasNoToken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := NewTable()
		h := newEvent(t, tb)
		ends := map[status.Status]int{}
		for i := range 300 {
			d, err := tb.Duplicate(h, SameRights)
			if err != nil {
				t.Fatal(err)
			}
			at := time.Now().Add(time.Second)
			done := make(chan struct{})
			go func() {
				defer close(done)
				time.Sleep(time.Until(at))
				if i%2 == 0 {
					tb.Signal(h, 0, UserSignal0)
					tb.Signal(h, UserSignal0, 0)
				} else {
					tb.Close(d)
				}
			}()
			_, err = tb.WaitOne(d, UserSignal0, at)
			<-done
			switch err {
			case nil:
				ends[status.OK]++
			case status.ErrTimedOut:
				ends[status.ErrTimedOut]++
			case status.ErrCanceled:
				ends[status.ErrCanceled]++
			default:
				t.Fatal(err)
			}
			if resting(t, tb, h) == nil {
				t.Fatal("no waiter rests")
			}
			began := time.Now()
			if seen, err := tb.WaitOne(h, UserSignal0, began.Add(time.Second)); err != status.ErrTimedOut || time.Since(began) != time.Second || seen&(UserSignal0|HandleClosed) != 0 {
				t.Fatalf("the next wait ended after %v: %v, %v", time.Since(began), seen, err)
			}
			x := bystand(tb, h, UserSignal0, time.Time{})
			select {
			case <-x.done:
				t.Fatalf("a wait without a deadline ended: %v, %v", x.seen, x.err)
			default:
			}
			tb.Signal(h, 0, UserSignal0)
			<-x.done
			if tb.Signal(h, UserSignal0, 0); x.err != nil {
				t.Fatal(x.err)
			}
			if i%2 == 0 {
				tb.Close(d)
			}
		}
		for _, st := range []status.Status{status.OK, status.ErrTimedOut, status.ErrCanceled} {
			if ends[st] == 0 {
				t.Errorf("no wait ended with %v: %v", st, ends)
			}
		}
	})
}

// A wait at an object of which a waiter rests allocates nothing, not even once
// in a while, and takes nothing from the table.
func TestRestingWaiterAllocatesNothing(t *testing.T) {
	tb := NewTable()
	h := newEvent(t, tb)
	for name, deadline := range map[string]func() time.Time{
		"without a deadline": func() time.Time { return time.Time{} },
		"with a deadline":    func() time.Time { return time.Now().Add(time.Hour) },
	} {
		pulse := func() {
			if tb.waiters.hot.Load() != nil {
				t.Errorf("%s: the table lends a waiter", name)
			}
			tb.Signal(h, 0, UserSignal0)
			tb.Signal(h, UserSignal0, 0)
		}
		least := 1e9 // of a few tries, as the runtime allocates now and then
		for range 4 {
			least = min(least, testing.AllocsPerRun(1, func() {
				for range 500 {
					tb.WaitOneFunc(h, UserSignal0, deadline(), pulse)
				}
			}))
		}
		if least != 0 {
			t.Errorf("%s: %v allocations in 500 waits", name, least)
		}
	}
}

// Many wait at one object at once, in real time, and nobody gets what is
// another's: a waiter that two had would end one wait too many, or none. Run it
// under -race.
func TestRestingWaiterIsNotShared(t *testing.T) {
	tb := NewTable()
	h := newEvent(t, tb)
	users := []Signals{UserSignal0, UserSignal1, UserSignal2, UserSignal3}
	var wg sync.WaitGroup
	for i, mine := range users {
		wg.Go(func() {
			for range 3000 {
				seen, err := tb.WaitOneFunc(h, mine, time.Time{}, func() { tb.Signal(h, 0, mine) })
				if err != nil || seen&mine == 0 {
					t.Errorf("user %d: %v, %v", i, seen, err)
					return
				}
				if err := tb.Signal(h, mine, 0); err != nil {
					t.Error(err)
				}
				if seen, err := tb.WaitOne(h, mine, time.Now().Add(time.Microsecond)); err != status.ErrTimedOut || seen&mine != 0 {
					t.Errorf("user %d: a wait for nothing: %v, %v", i, seen, err)
					return
				}
			}
		})
	}
	wg.Wait()
	if resting(t, tb, h) == nil {
		t.Error("no waiter rests")
	}
}
