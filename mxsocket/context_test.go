package mxsocket_test

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"os"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"mx.example/handle"
	"mx.example/mxsocket"
	"mx.example/status"
)

var errStop = errors.New("the user has pressed stop")

// WriteAll and ReadFull end by their context, tell status, cause and exactly
// what they have moved, and leave the rest alone.
func TestBlockedCallsEndWithTheirContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := handle.NewTable()
		a, b, _ := mxsocket.Create(tb, mxsocket.Stream, mxsocket.WithCapacity(5))
		ctx, cancel := context.WithCancelCause(t.Context())
		buf := make([]byte, 16)
		write := start(func() (int, error) { return mxsocket.WriteAllContext(ctx, tb, a, []byte("HELLO-WORLD")) })
		if n, err := mxsocket.Read(tb, b, 0, buf[:3]); n != 3 || err != nil {
			t.Fatalf("Read: %d, %v", n, err)
		}
		cancel(errStop)
		o := write()
		if o.n != 8 || !errors.Is(o.err, status.ErrCanceled) || !errors.Is(o.err, errStop) || !errors.Is(o.err, context.Canceled) || errors.Is(o.err, fs.ErrClosed) {
			t.Errorf("a WriteAll that was called off: %d, %v", o.n, o.err)
		}
		if n, err := mxsocket.Read(tb, b, 0, buf); string(buf[:n]) != "LO-WO" || err != nil {
			t.Errorf("what it wrote: %q, %v", buf[:n], err)
		}

		soon, stop := context.WithTimeout(t.Context(), time.Hour)
		defer stop()
		read := start(func() (int, error) { return mxsocket.ReadFullContext(soon, tb, b, buf[:4]) })
		mxsocket.Write(tb, a, 0, []byte("abc"))
		time.Sleep(2 * time.Hour)
		if o := read(); o.n != 3 || string(buf[:3]) != "abc" || !errors.Is(o.err, os.ErrDeadlineExceeded) || !errors.Is(o.err, status.ErrTimedOut) {
			t.Errorf("a ReadFull that timed out: %v", o)
		}

		// One that has ended already: what can be done at once is done.
		if n, err := mxsocket.ReadFullContext(ctx, tb, b, buf); n != 0 || !errors.Is(err, errStop) {
			t.Errorf("ReadFull, ended before: %d, %v", n, err)
		}
		if n, err := mxsocket.WriteAllContext(ctx, tb, a, []byte("1234567")); n != 5 || !errors.Is(err, errStop) {
			t.Errorf("WriteAll, ended before: %d, %v", n, err)
		}
		if n, err := mxsocket.ReadFullContext(ctx, tb, b, buf[:5]); n != 5 || err != nil {
			t.Errorf("ReadFull, ended before, with all there: %d, %v", n, err)
		}

		// Success, and the other errors, are as ever.
		read = start(func() (int, error) { return mxsocket.ReadFullContext(t.Context(), tb, b, buf[:2]) })
		mxsocket.Write(tb, a, 0, []byte("xy"))
		if o := read(); o.n != 2 || o.err != nil {
			t.Errorf("ReadFull: %v", o)
		}
		read = start(func() (int, error) { return mxsocket.ReadFullContext(t.Context(), tb, b, buf[:2]) })
		tb.Close(b)
		if o := read(); o.err != status.ErrCanceled {
			t.Errorf("ReadFull, its handle closed: %v, want the bare status", o)
		}
		if _, err := mxsocket.ReadFullContext(ctx, tb, b, buf); err != status.ErrBadHandle {
			t.Errorf("ReadFull, no handle: %v", err)
		}
		if _, err := mxsocket.WriteAllContext(ctx, tb, a, buf); err != status.ErrPeerClosed {
			t.Errorf("WriteAll, peer closed: %v", err)
		}
		if _, err := mxsocket.WriteAllContext(ctx, tb, b, buf); err != status.ErrBadHandle {
			t.Errorf("WriteAll, no handle: %v", err)
		}
	})
}

// When bytes come before the context ends, and the goroutine finds both when it
// wakes, the call has succeeded. In any order, no byte is lost or told twice.
func TestContextAndBytesAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := handle.NewTable()
		a, b, _ := mxsocket.Create(tb, mxsocket.Stream)
		var sent, next byte
		for i := range 400 {
			ctx, cancel := context.WithCancel(t.Context())
			p := make([]byte, 2)
			read := start(func() (int, error) { return mxsocket.ReadFullContext(ctx, tb, b, p) })
			first := i%2 == 0
			if !first {
				cancel()
			}
			mxsocket.Write(tb, a, 0, []byte{sent, sent + 1})
			sent += 2
			cancel()
			o := read()
			if first && (o.n != 2 || o.err != nil) {
				t.Fatalf("bytes before the context: %v", o)
			}
			left := make([]byte, 2)
			n, _ := mxsocket.Read(tb, b, 0, left)
			for _, got := range append(p[:o.n], left[:n]...) {
				if got != next {
					t.Fatalf("turn %d: byte %d, want %d", i, got, next)
				}
				next++
			}
		}
		if next != sent {
			t.Errorf("%d bytes came, of %d", next, sent)
		}
		tb.CloseAll()
	})
}

// Accept and Dial end by their context; a connection that is there already is
// accepted all the same, and one that was not stays.
func TestListenerContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := mxsocket.Listen(handle.NewTable(), "l")
		ctx, cancel := context.WithCancelCause(t.Context())
		accept := start(func() (int, error) { _, err := l.AcceptContext(ctx); return 0, err })
		cancel(errStop)
		isOurs := func(err error) bool {
			var op *net.OpError
			return errors.As(err, &op) && errors.Is(err, status.ErrCanceled) && errors.Is(err, errStop) && !errors.Is(err, net.ErrClosed)
		}
		if o := accept(); !isOurs(o.err) {
			t.Errorf("AcceptContext: %v", o.err)
		}
		if _, err := l.Dial(ctx); !isOurs(err) {
			t.Errorf("Dial: %v", err)
		}
		c, err := l.Dial(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if s, err := l.AcceptContext(ctx); err != nil || s.RemoteAddr() != c.LocalAddr() {
			t.Errorf("AcceptContext, one there: %v", err)
		}
		past, stop := context.WithTimeout(t.Context(), 0)
		defer stop()
		var ne net.Error
		if _, err := l.AcceptContext(past); !errors.As(err, &ne) || !ne.Timeout() {
			t.Errorf("AcceptContext, timed out: %v", err)
		}
		l.Close()
		if _, err := l.AcceptContext(t.Context()); !errors.Is(err, net.ErrClosed) {
			t.Errorf("AcceptContext, closed: %v", err)
		}
	})
}

// Blocking with a context allocates nothing.
func TestContextCallsDoNotAllocate(t *testing.T) {
	tb := handle.NewTable()
	a, b, _ := mxsocket.Create(tb, mxsocket.Stream)
	ctx, cancel := context.WithCancel(t.Context())
	var done sync.WaitGroup
	defer done.Wait()
	defer cancel()
	done.Go(func() {
		p := make([]byte, 1)
		for {
			if _, err := mxsocket.ReadFullContext(ctx, tb, b, p); err != nil {
				return
			}
			if _, err := mxsocket.WriteAllContext(ctx, tb, b, p); err != nil {
				return
			}
		}
	})
	p := make([]byte, 1)
	turn := func() {
		mxsocket.WriteAllContext(ctx, tb, a, p)
		mxsocket.ReadFullContext(ctx, tb, a, p)
	}
	least := testing.AllocsPerRun(1, turn)
	for range 20 { // what others allocate meanwhile is counted too
		least = min(least, testing.AllocsPerRun(10, turn))
	}
	if least != 0 {
		t.Errorf("%v allocations in a turn", least)
	}
}
