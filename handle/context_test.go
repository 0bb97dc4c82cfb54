package handle_test

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"os"
	"runtime"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"mx.example/handle"
	"mx.example/status"
)

var errStop = errors.New("the user has pressed stop")

// A contextWait is a wait for u0 at an event, or for a packet in a port.
type contextWait struct {
	name string
	wait func(ctx context.Context) (handle.Signals, error)
	end  func() // the wait, with success
	gone func() // its handle
}

func contextWaits(t *testing.T, tb *handle.Table) []contextWait {
	h, g, q := event(t, tb), event(t, tb), event(t, tb)
	p, err := handle.NewPort(tb, handle.PortVersion)
	if err != nil {
		t.Fatal(err)
	}
	return []contextWait{
		{"WaitOne",
			func(ctx context.Context) (handle.Signals, error) { return tb.WaitOneContext(ctx, h, u0) },
			func() { tb.Signal(h, 0, u0) },
			func() { tb.Close(h) }},
		{"WaitMany",
			func(ctx context.Context) (handle.Signals, error) {
				items := []handle.WaitItem{{Handle: q, WaitFor: u2}, {Handle: g, WaitFor: u0}}
				err := tb.WaitManyContext(ctx, items)
				return items[1].Pending, err
			},
			func() { tb.Signal(g, 0, u0) },
			func() { tb.Close(g) }},
		{"WaitPort",
			func(ctx context.Context) (handle.Signals, error) {
				pk, err := tb.WaitPortContext(ctx, p)
				return handle.Signals(pk.Key), err
			},
			func() { tb.QueuePacket(p, &handle.Packet{Key: uint64(u0)}) },
			func() { tb.Close(p) }},
	}
}

// outcome is what a wait came to.
type outcome struct {
	seen handle.Signals
	err  error
}

// parked starts the wait in a bubble, and returns it when it is blocked.
func (w contextWait) parked(ctx context.Context) <-chan outcome {
	over := make(chan outcome, 1)
	go func() {
		seen, err := w.wait(ctx)
		over <- outcome{seen, err}
	}()
	synctest.Wait()
	return over
}

// A wait ends by its context, and tells status and cause; what else can end it
// ends it as ever.
func TestWaitsEndWithTheirContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := handle.NewTable()
		for _, w := range contextWaits(t, tb) {
			ctx, cancel := context.WithCancelCause(t.Context())
			goroutines := runtime.NumGoroutine()
			over := w.parked(ctx)
			if n := runtime.NumGoroutine(); n != goroutines+1 {
				t.Errorf("%s: %d goroutines more, and one waits", w.name, n-goroutines)
			}
			cancel(errStop)
			o := <-over
			var st status.Status
			if !errors.Is(o.err, status.ErrCanceled) || !errors.Is(o.err, errStop) || !errors.Is(o.err, context.Canceled) ||
				!errors.As(o.err, &st) || st != status.ErrCanceled {
				t.Errorf("%s, canceled: %v", w.name, o.err)
			}
			if errors.Is(o.err, fs.ErrClosed) || errors.Is(o.err, status.ErrTimedOut) || errors.Is(o.err, os.ErrDeadlineExceeded) {
				t.Errorf("%s, canceled: %v is taken for something else", w.name, o.err)
			}
			if w.name != "WaitPort" && o.seen != handle.LastHandle {
				t.Errorf("%s, canceled: observed %v", w.name, o.seen)
			}

			hours, stop := context.WithTimeout(t.Context(), 2*time.Hour)
			began := time.Now()
			_, err := w.wait(hours)
			stop()
			var ne net.Error
			if !errors.Is(err, status.ErrTimedOut) || !errors.Is(err, context.DeadlineExceeded) || !errors.Is(err, os.ErrDeadlineExceeded) ||
				!errors.As(err, &ne) || !ne.Timeout() || errors.Is(err, status.ErrCanceled) {
				t.Errorf("%s, timed out: %v", w.name, err)
			}
			if d := time.Since(began); d != 2*time.Hour {
				t.Errorf("%s, timed out after %v", w.name, d)
			}

			if _, err := w.wait(ctx); !errors.Is(err, errStop) {
				t.Errorf("%s, with a context that had ended: %v", w.name, err)
			}
			w.end()
			if seen, err := w.wait(ctx); err != nil || seen&u0 == 0 {
				t.Errorf("%s, with a context that had ended and a signal: %v, %v", w.name, seen, err)
			}
		}
		for _, w := range contextWaits(t, tb) {
			over := w.parked(t.Context())
			w.end()
			if o := <-over; o.err != nil || o.seen&u0 == 0 {
				t.Errorf("%s, signaled: %v, %v", w.name, o.seen, o.err)
			}
		}
		for _, w := range contextWaits(t, tb) {
			over := w.parked(t.Context())
			w.gone()
			if o := <-over; o.err != status.ErrCanceled {
				t.Errorf("%s, handle closed: %v, want the bare status", w.name, o.err)
			}
		}
		// No items: only the context ends it.
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := tb.WaitManyContext(ctx, nil); !errors.Is(err, status.ErrTimedOut) {
			t.Errorf("no items: %v", err)
		}
		if err := tb.WaitManyContext(t.Context(), make([]handle.WaitItem, 1025)); err != status.ErrInvalidArgs {
			t.Errorf("too many items: %v", err)
		}
		tb.CloseAll()
	})
}

// A success that has come before the context ends is returned, though the
// goroutine finds both when it wakes; and a packet is either returned or still
// in the port. Nothing is left behind for the next wait.
func TestContextAndSignalAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := handle.NewTable()
		for range 100 {
			for _, w := range contextWaits(t, tb) {
				ctx, cancel := context.WithCancel(t.Context())
				over := w.parked(ctx)
				w.end()
				cancel()
				if o := <-over; o.err != nil || o.seen&u0 == 0 {
					t.Fatalf("%s, signal before context: %v, %v", w.name, o.seen, o.err)
				}
			}
			for _, w := range contextWaits(t, tb) {
				ctx, cancel := context.WithCancel(t.Context())
				over := w.parked(ctx)
				cancel()
				w.end()
				if o := <-over; o.err != nil {
					if o.seen, o.err = w.wait(ctx); o.err != nil || o.seen&u0 == 0 {
						t.Fatalf("%s, context before signal: then %v, %v", w.name, o.seen, o.err)
					}
				}
			}
			tb.CloseAll()
		}
	})
}

// Waiting with a context allocates nothing, blocked or not.
func TestContextWaitsDoNotAllocate(t *testing.T) {
	tb := handle.NewTable()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	here, there := event(t, tb), event(t, tb)
	p, _ := handle.NewPort(tb, handle.PortVersion)
	items := make([]handle.WaitItem, 2)
	var done sync.WaitGroup
	defer done.Wait()
	defer tb.CloseAll()
	done.Go(func() {
		pk := handle.Packet{}
		for {
			if _, err := tb.WaitOneContext(ctx, there, u0); err != nil {
				return
			}
			tb.Signal(there, u0, 0)
			tb.Signal(here, 0, u0)
			if _, err := tb.WaitOneContext(ctx, there, u1); err != nil {
				return
			}
			tb.Signal(there, u1, 0)
			tb.QueuePacket(p, &pk)
		}
	})
	turn := func() {
		tb.Signal(there, 0, u0)
		items[0], items[1] = handle.WaitItem{Handle: here, WaitFor: u0}, handle.WaitItem{Handle: here, WaitFor: u1}
		if err := tb.WaitManyContext(ctx, items); err != nil {
			t.Fatal(err)
		}
		tb.Signal(here, u0, 0)
		tb.Signal(there, 0, u1)
		if _, err := tb.WaitPortContext(ctx, p); err != nil {
			t.Fatal(err)
		}
	}
	least := testing.AllocsPerRun(1, turn)
	for range 20 { // what others allocate meanwhile is counted too
		least = min(least, testing.AllocsPerRun(10, turn))
	}
	if least != 0 {
		t.Errorf("%v allocations in a turn", least)
	}
}
