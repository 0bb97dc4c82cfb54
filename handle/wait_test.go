package handle_test

import (
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"mx.example/handle"
	"mx.example/status"
)

const u0, u1, u2 = handle.UserSignal0, handle.UserSignal1, handle.UserSignal2

func signal(t *testing.T, tb *handle.Table, h handle.Handle, clear, set handle.Signals) {
	t.Helper()
	if err := tb.Signal(h, clear, set); err != nil {
		t.Fatalf("Signal: %v", err)
	}
}

// waiting starts WaitOne in a bubble and returns what it comes to.
func waiting(tb *handle.Table, h handle.Handle, s handle.Signals, deadline time.Time) (result func() (handle.Signals, error)) {
	var seen handle.Signals
	var err error
	done := make(chan struct{})
	go func() {
		seen, err = tb.WaitOne(h, s, deadline)
		close(done)
	}()
	synctest.Wait()
	return func() (handle.Signals, error) {
		<-done
		return seen, err
	}
}

func TestWaitSeesPulseAndAccumulates(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := handle.NewTable()
		h := event(t, tb)
		w := waiting(tb, h, u0, time.Time{})
		signal(t, tb, h, 0, u1)
		signal(t, tb, h, u1, 0)
		synctest.Wait()
		signal(t, tb, h, 0, u0)
		signal(t, tb, h, u0, u2)
		seen, err := w()
		if exp := u0 | u1 | u2 | handle.LastHandle; err != nil || seen != exp {
			t.Errorf("got %v, %v; want %v", seen, err, exp)
		}
	})
}

// Cancellation wins over success when both hold at return (T-CANCEL), and
// concerns only waits on that very handle.
func TestCloseCancels(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb, other := handle.NewTable(), handle.NewTable()
		ends := map[string]func(h handle.Handle) error{
			"close":    tb.Close,
			"replace":  func(h handle.Handle) error { _, err := tb.Replace(h, 0); return err },
			"transfer": func(h handle.Handle) error { _, err := tb.Transfer(h, other); return err },
		}
		for name, end := range ends {
			h := event(t, tb)
			d, _ := tb.Duplicate(h, handle.SameRights)
			onH := waiting(tb, h, u0, time.Time{})
			onD := waiting(tb, d, u1, time.Time{})
			signal(t, tb, h, 0, u0) // completes the wait on h …
			want(t, name, end(h), status.OK)
			seen, err := onH() // … but it is canceled before it returns
			want(t, name+": wait on the handle", err, status.ErrCanceled)
			exp := u0 | handle.HandleClosed
			if name == "close" { // d is left
				exp |= handle.LastHandle
			}
			if seen != exp {
				t.Errorf("%s: observed %v, want %v", name, seen, exp)
			}
			signal(t, tb, d, 0, u1)
			_, err = onD()
			want(t, name+": wait on a duplicate", err, status.OK)
		}
	})
}

func TestDeadlines(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := handle.NewTable()
		h := event(t, tb)
		start := time.Now()
		seen, err := tb.WaitOne(h, u0, start)
		want(t, "poll", err, status.ErrTimedOut)
		if seen != handle.LastHandle || time.Since(start) != 0 {
			t.Errorf("poll: observed %v after %v", seen, time.Since(start))
		}
		for range 3 { // the timer is used again
			start = time.Now()
			w := waiting(tb, h, u0, start.Add(time.Second))
			signal(t, tb, h, u1, u1)
			seen, err = w()
			want(t, "wait", err, status.ErrTimedOut)
			if d := time.Since(start); d != time.Second || seen != u1|handle.LastHandle {
				t.Errorf("wait of 1s took %v and observed %v", d, seen)
			}
			w = waiting(tb, h, u0, time.Now().Add(time.Second))
			signal(t, tb, h, 0, u0)
			_, err = w()
			want(t, "wait", err, status.OK)
			signal(t, tb, h, u0|u1, 0)
		}
		start = time.Now()
		want(t, "no items", tb.WaitMany(nil, start.Add(time.Minute)), status.ErrTimedOut)
		if d := time.Since(start); d != time.Minute {
			t.Errorf("WaitMany of nothing took %v, want a minute", d)
		}
	})
}

func TestWaitMany(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := handle.NewTable()
		a, b := event(t, tb), event(t, tb)
		items := []handle.WaitItem{{Handle: a, WaitFor: u0}, {Handle: b, WaitFor: u1}, {Handle: a, WaitFor: u2}}
		var err error
		start := func(deadline time.Time) (wait func()) {
			done := make(chan struct{})
			go func() { err = tb.WaitMany(items, deadline); close(done) }()
			synctest.Wait()
			return func() { <-done }
		}
		pending := func(what string, exp ...handle.Signals) {
			t.Helper()
			for i, p := range exp {
				if items[i].Pending != p {
					t.Errorf("%s: item %d observed %v, want %v", what, i, items[i].Pending, p)
				}
			}
		}
		const last = handle.LastHandle
		wait := start(time.Time{})
		signal(t, tb, a, 0, u1)
		signal(t, tb, b, 0, u1)
		wait()
		want(t, "signal on b", err, status.OK)
		pending("signal on b", u1|last, u1|last, u1|last)

		signal(t, tb, a, u1, 0)
		signal(t, tb, b, u1, 0)
		wait = start(time.Now().Add(time.Second))
		wait()
		want(t, "deadline", err, status.ErrTimedOut)
		pending("deadline", last, last, last)

		wait = start(time.Time{})
		signal(t, tb, a, 0, u0)
		want(t, "close", tb.Close(b), status.OK)
		wait()
		want(t, "close of b", err, status.ErrCanceled)
		pending("close of b", u0|last, last|handle.HandleClosed, u0|last)

		items[1].Pending = 7
		want(t, "bad item", tb.WaitMany(items, time.Time{}), status.ErrBadHandle)
		pending("bad item", u0|last, 7)

		many := make([]handle.WaitItem, 1025)
		want(t, "1,025 items", tb.WaitMany(many, time.Time{}), status.ErrInvalidArgs)
		want(t, "1,024 items", tb.WaitMany(many[:1024], time.Time{}), status.ErrBadHandle)
	})
}

// parked runs after the wait can no longer miss a signal.
func TestParked(t *testing.T) {
	tb := handle.NewTable()
	h := event(t, tb)
	pulse := func() { // without the observer in place this would be missed
		signal(t, tb, h, 0, u0)
		signal(t, tb, h, u0, 0)
	}
	if _, err := tb.WaitOneFunc(h, u0, time.Time{}, pulse); err != nil {
		t.Error(err)
	}
	if err := tb.WaitManyFunc([]handle.WaitItem{{Handle: h, WaitFor: u0}}, time.Time{}, pulse); err != nil {
		t.Error(err)
	}
	signal(t, tb, h, 0, u0)
	never := func() { t.Error("parked was called though the wait need not block") }
	if _, err := tb.WaitOneFunc(h, u0, time.Time{}, never); err != nil {
		t.Error(err)
	}
	if _, err := tb.WaitOneFunc(h, u1, time.Unix(1, 0), never); err != status.ErrTimedOut {
		t.Error(err)
	}
}

func TestWaitAllocatesNothing(t *testing.T) {
	tb := handle.NewTable()
	h := event(t, tb)
	pulse := func() {
		tb.Signal(h, 0, u0)
		tb.Signal(h, u0, 0)
	}
	items := []handle.WaitItem{{Handle: h, WaitFor: u0}, {Handle: h, WaitFor: u1}}
	for name, f := range map[string]func(){
		"blocking wait":      func() { tb.WaitOneFunc(h, u0, time.Time{}, pulse) },
		"wait with deadline": func() { tb.WaitOneFunc(h, u0, time.Now().Add(time.Hour), pulse) },
		"poll":               func() { tb.WaitOne(h, u0, time.Unix(1, 0)) },
		"wait many":          func() { tb.WaitManyFunc(items, time.Time{}, pulse) },
	} {
		if n := testing.AllocsPerRun(100, f); n != 0 {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
}

// Waits, signals, duplicates and closes from many goroutines: every wait
// returns, and none is left on a list. Run it under -race.
func TestManyGoroutines(t *testing.T) {
	tb := handle.NewTable()
	root := event(t, tb)
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			rnd := rand.New(rand.NewPCG(uint64(g), 1))
			for range 3000 {
				h, err := tb.Duplicate(root, handle.SameRights)
				if err != nil {
					t.Error(err)
					return
				}
				done, waited := make(chan struct{}), h
				go func() {
					defer close(done)
					seen, err := tb.WaitOne(waited, u0|u1, time.Time{})
					switch {
					case err == nil && seen&(u0|u1) != 0:
					case err == status.ErrCanceled && seen&handle.HandleClosed != 0:
					case err == status.ErrBadHandle && seen == 0:
					default:
						t.Errorf("wait: %v, %v", seen, err)
					}
				}()
				switch rnd.IntN(3) {
				case 0:
					tb.Signal(root, 0, u0)
					tb.Signal(root, u0, 0)
				case 1:
					h, _ = tb.Replace(h, handle.SameRights)
				}
				if err := tb.Close(h); err != nil {
					t.Error(err)
				}
				<-done
			}
		})
	}
	wg.Wait()
	seen, err := tb.WaitOne(root, 0, time.Unix(1, 0))
	if err != status.ErrTimedOut || seen != handle.LastHandle {
		t.Errorf("at the end: %v, %v; want only LAST_HANDLE", seen, err)
	}
}
