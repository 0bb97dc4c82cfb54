package mxsocket_test

import (
	"context"
	"errors"
	"io"
	"net"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"

	"mx.example/handle"
	"mx.example/mxsocket"
	"mx.example/status"
)

func TestListener(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx := context.Background()
		tb := handle.NewTable()
		l := mxsocket.Listen(tb, "echo", mxsocket.WithCapacity(5))
		if s := l.Addr().Network() + " " + l.Addr().String(); s != "mx echo" {
			t.Errorf("Addr: %s", s)
		}
		c, err := l.Dial(ctx)
		if err != nil {
			t.Fatal(err)
		}
		s, err := l.Accept()
		if err != nil || s.RemoteAddr() != c.LocalAddr() {
			t.Fatalf("Accept: %v, %v, want the other end of %v", s, err, c.LocalAddr())
		}
		if n, err := mxsocket.Write(tb, c.Handle(), 0, make([]byte, 10)); n != 5 || err != nil {
			t.Errorf("%d, %v; the options of Listen are those of Create", n, err)
		}

		waiting, _ := l.Dial(ctx)
		end := errors.New("ended")
		for i := 1; ; i++ {
			ctx, cancel := context.WithCancelCause(ctx)
			dial := start(func() (int, error) { _, err := l.Dial(ctx); return 0, err })
			if dial().n == 0 {
				continue
			}
			cancel(end)
			if o := dial(); i < 100 || !errors.Is(o.err, context.Canceled) {
				t.Errorf("dial %d: %v", i, o)
			}
			break
		}
		dial := start(func() (int, error) { _, err := l.Dial(ctx); return 0, err })
		for range 2 {
			if err := l.Close(); err != nil {
				t.Errorf("Close: %v", err)
			}
		}
		var op *net.OpError
		if o := dial(); !errors.Is(o.err, syscall.ECONNREFUSED) || !errors.As(o.err, &op) || op.Op != "dial" {
			t.Errorf("Dial that waited for Accept: %v", o.err)
		}
		if _, err := l.Dial(ctx); !errors.Is(err, syscall.ECONNREFUSED) || !errors.Is(err, status.ErrIORefused) {
			t.Errorf("Dial after Close: %v", err)
		}
		if _, err := l.Accept(); !errors.Is(err, net.ErrClosed) {
			t.Errorf("Accept after Close: %v", err)
		}
		if n, err := waiting.Read(make([]byte, 1)); n != 0 || err != io.EOF {
			t.Errorf("never accepted: %d, %v", n, err)
		}
		p := make([]byte, 5)
		if n, err := io.ReadFull(s, p); n != 5 || err != nil {
			t.Errorf("accepted before Close: %d, %v", n, err)
		}
	})

	full := handle.NewTable(handle.WithHandleLimit(1))
	_, err := mxsocket.Listen(full, "full").DialContext(context.Background(), "", "")
	if !errors.Is(err, status.ErrNoMemory) {
		t.Errorf("Dial in a full table: %v", err)
	}
}

// Accept is woken by Close, and what is dialed beside a Close is served or
// closed, never forgotten.
func TestListenerClose(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := mxsocket.Listen(handle.NewTable(), "")
		accept := start(func() (int, error) { _, err := l.Accept(); return 0, err })
		l.Close()
		if o := accept(); !errors.Is(o.err, net.ErrClosed) {
			t.Errorf("Accept: %v", o)
		}
	})
	for range 2000 {
		l := mxsocket.Listen(handle.NewTable(), "")
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				for {
					c, err := l.Dial(context.Background())
					if errors.Is(err, syscall.ECONNREFUSED) {
						return
					}
					if err != nil {
						t.Errorf("Dial: %v", err)
						return
					}
					if n, err := c.Read(make([]byte, 1)); n != 0 || err != io.EOF {
						t.Errorf("Read: %d, %v", n, err)
					}
				}
			})
		}
		wg.Go(func() { l.Close() })
		wg.Wait()
	}
}
