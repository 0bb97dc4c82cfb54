package mxsocket_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"mx.example/handle"
	"mx.example/mxsocket"
	"mx.example/status"
)

// conns makes a connected pair in a table of its own.
func conns(t testing.TB, e handle.Edition, mode uint32, opts ...mxsocket.Option) (tb *handle.Table, a, b *mxsocket.Conn) {
	t.Helper()
	tb = handle.NewTable(handle.WithEdition(e))
	h, k := create(t, tb, mode, opts...)
	return tb, mxsocket.NewConn(tb, h), mxsocket.NewConn(tb, k)
}

// wantIs checks that err is all of targets, and a net.Error that says where it
// happened.
func wantIs(t *testing.T, what string, err error, targets ...error) {
	t.Helper()
	var op *net.OpError
	if !errors.As(err, &op) || op.Net != "mx" || op.Source == nil || op.Addr == nil {
		t.Errorf("%s: got %v, want a *net.OpError with addresses", what, err)
	}
	for _, target := range targets {
		if !errors.Is(err, target) {
			t.Errorf("%s: got %v, which is not %v", what, err, target)
		}
	}
}

func TestConnErrors(t *testing.T) {
	for _, e := range handle.Editions() {
		synctest.Test(t, func(t *testing.T) {
			p := make([]byte, 10)
			tb, a, b := conns(t, e, mxsocket.Stream, mxsocket.WithCapacity(5))

			a.SetDeadline(time.Now().Add(time.Minute))
			n, err := a.Write(p)
			wantIs(t, "write past its deadline", err, os.ErrDeadlineExceeded, status.ErrTimedOut)
			if ne, ok := err.(net.Error); n != 5 || !ok || !ne.Timeout() {
				t.Errorf("write past its deadline: %d, %v, want 5 and a timeout", n, err)
			}
			n, err = a.Read(p)
			wantIs(t, "read past its deadline", err, os.ErrDeadlineExceeded, status.ErrTimedOut)
			if ne, ok := err.(net.Error); n != 0 || !ok || !ne.Timeout() {
				t.Errorf("read past its deadline: %d, %v, want a timeout", n, err)
			}
			want := fmt.Sprintf("read mx %v->%v: i/o timeout (MX_ERR_TIMED_OUT)", a.LocalAddr(), a.RemoteAddr())
			if err.Error() != want || !strings.Contains(want, "koid:") || a.LocalAddr() != b.RemoteAddr() {
				t.Errorf("got %q, want %q", err, want)
			}

			if err := a.Close(); err != nil {
				t.Error(err)
			}
			for what, f := range map[string]func() error{
				"read":     func() error { _, err := a.Read(p); return err },
				"no read":  func() error { _, err := a.Read(nil); return err },
				"write":    func() error { _, err := a.Write(p); return err },
				"close":    a.Close,
				"deadline": func() error { return a.SetDeadline(time.Time{}) },
				"copy to":  func() error { _, err := a.WriteTo(io.Discard); return err },
				"copy":     func() error { _, err := a.ReadFrom(bytes.NewReader(p)); return err },
				"end":      a.CloseRead,
			} {
				err := f()
				if what == "end" && errors.Is(err, errors.ErrUnsupported) {
					continue
				}
				wantIs(t, what+" after Close", err, net.ErrClosed, fs.ErrClosed)
			}

			if n, err := b.Read(p); n != 5 || err != nil {
				t.Errorf("%d, %v; what was sent before a Close stays readable", n, err)
			}
			if n, err := b.Read(p); n != 0 || err != io.EOF {
				t.Errorf("read at the end: %d, %v", n, err)
			}
			_, err = b.Write(p)
			wantIs(t, "write to a closed peer", err, syscall.EPIPE, io.ErrClosedPipe, status.ErrPeerClosed)
			if ne := err.(net.Error); ne.Timeout() || errors.Is(err, io.EOF) {
				t.Errorf("%v is neither a timeout nor an end", err)
			}

			h, _ := create(t, tb, mxsocket.Stream)
			for _, r := range []handle.Rights{handle.RightRead, handle.RightWrite} {
				d, _ := tb.Duplicate(h, r)
				c := mxsocket.NewConn(tb, d)
				if r == handle.RightRead {
					_, err = c.Write(p)
				} else {
					_, err = c.Read(p)
				}
				wantIs(t, "without the right", err, fs.ErrPermission, syscall.EACCES, status.ErrAccessDenied)
			}
			ev, _ := handle.NewEvent(tb)
			_, err = mxsocket.NewConn(tb, ev).Read(p)
			if e != handle.Zircon { // an event has no right to be read there
				wantIs(t, "read of an event", err, syscall.ENOTSOCK, status.ErrWrongType)
			}
			_, err = mxsocket.NewConn(tb, 0).Read(p)
			wantIs(t, "read of no handle", err, net.ErrClosed, status.ErrBadHandle)
		})
	}
}

func TestConnDirections(t *testing.T) {
	for _, e := range handle.Editions() {
		_, a, b := conns(t, e, mxsocket.Stream)
		p := make([]byte, 10)
		a.Write([]byte("abc"))
		b.Write([]byte("de"))
		writer, reader, other := a, b, a.CloseRead
		err := a.CloseWrite()
		if e == handle.Manual {
			wantIs(t, "CloseWrite", err, errors.ErrUnsupported)
			if err = a.CloseRead(); err != nil {
				t.Errorf("%v: CloseRead: %v", e, err)
			}
			writer, reader, other = b, a, a.CloseWrite
		} else if err != nil {
			t.Errorf("%v: CloseWrite: %v", e, err)
		}
		_, err = writer.Write(p)
		wantIs(t, fmt.Sprint(e, ": write where the direction has ended"), err, syscall.EPIPE, io.ErrClosedPipe, status.ErrBadState)
		if n, err := reader.Read(p); n == 0 || err != nil {
			t.Errorf("%v: what was sent before the end: %d, %v", e, n, err)
		}
		if n, err := reader.Read(p); n != 0 || err != io.EOF {
			t.Errorf("%v: read at the end: %d, %v", e, n, err)
		}
		if n, err := reader.Write(p); n != 10 || err != nil {
			t.Errorf("%v: the other direction: %d, %v", e, n, err)
		}
		if n, err := io.ReadAtLeast(writer, p, 10); n != 10 || err != nil {
			t.Errorf("%v: the other direction: %d, %v", e, n, err)
		}
		if err := other(); e == handle.Zircon && err != nil || e != handle.Zircon && !errors.Is(err, errors.ErrUnsupported) {
			t.Errorf("%v: ending the other direction: %v", e, err)
		}
	}
}

// Close ends what waits, whether for bytes, for room or for its turn.
func TestConnCloseUnblocks(t *testing.T) {
	for _, end := range []string{"Close", "handle"} {
		synctest.Test(t, func(t *testing.T) {
			tb, a, _ := conns(t, handle.Manual, mxsocket.Stream, mxsocket.WithCapacity(5))
			var calls []func() outcome
			for range 3 {
				calls = append(calls,
					start(func() (int, error) { return a.Read(make([]byte, 1)) }),
					start(func() (int, error) { return a.Write(make([]byte, 10)) }))
			}
			calls = append(calls, start(func() (int, error) {
				n, err := a.WriteTo(io.Discard)
				return int(n), err
			}))
			if end == "Close" {
				a.Close()
			} else {
				tb.Close(a.Handle())
			}
			for i, c := range calls {
				if o := c(); !errors.Is(o.err, net.ErrClosed) {
					t.Errorf("%s: call %d: %v", end, i, o)
				}
			}
		})
	}
}

// Moving a deadline reaches the calls that wait already.
func TestConnDeadlinesMove(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, a, _ := conns(t, handle.Manual, mxsocket.Stream, mxsocket.WithCapacity(5))
		begin := time.Now()
		after := func(d time.Duration) time.Time { return begin.Add(d) }
		both := func() (r, w, queued func() outcome) {
			r = start(func() (int, error) { return a.Read(make([]byte, 1)) })
			w = start(func() (int, error) { return a.Write(make([]byte, 10)) })
			queued = start(func() (int, error) { return a.Read(make([]byte, 1)) })
			return
		}
		blocked := func(what string, calls ...func() outcome) {
			t.Helper()
			for i, c := range calls {
				if o := c(); o.n != -1 {
					t.Errorf("%s: call %d is over: %v", what, i, o)
				}
			}
		}
		over := func(what string, calls ...func() outcome) {
			t.Helper()
			for i, c := range calls {
				if o := c(); !errors.Is(o.err, os.ErrDeadlineExceeded) {
					t.Errorf("%s: call %d: %v", what, i, o)
				}
			}
		}

		r, w, q := both()
		a.SetDeadline(after(time.Second)) // from never
		a.SetDeadline(after(3 * time.Second))
		time.Sleep(2 * time.Second)
		blocked("deadline moved on", r, w, q)
		a.SetReadDeadline(time.Time{})
		time.Sleep(2 * time.Second) // 4 s
		blocked("read deadline taken away", r, q)
		over("write deadline", w)
		a.SetWriteDeadline(after(5 * time.Second))
		w = start(func() (int, error) { return a.Write(make([]byte, 10)) })
		blocked("write again", w)
		a.SetDeadline(time.Unix(1, 0))
		over("deadline in the past", r, w, q)

		// Past deadlines hold for calls to come, whatever the state.
		if n, err := a.Write(nil); n != 0 || !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("write after the deadline: %d, %v", n, err)
		}
		a.SetDeadline(after(time.Hour))
		r, w, q = both()
		a.SetReadDeadline(after(2 * time.Hour))
		time.Sleep(90 * time.Minute)
		blocked("only the read deadline was moved", r, q)
		over("write deadline", w)
		time.Sleep(time.Hour)
		over("read deadline", r, q)
	})
}

// The bytes of a Write stay together, however many others write, and however
// often each must wait.
func TestConnWritesAreContiguous(t *testing.T) {
	const size, each, writers = 100, 200, 8
	_, a, b := conns(t, handle.Manual, mxsocket.Stream, mxsocket.WithCapacity(33))
	var wg sync.WaitGroup
	for i := range writers {
		wg.Go(func() {
			for range each {
				if _, err := a.Write(bytes.Repeat([]byte{byte(i)}, size)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	p := make([]byte, size)
	for range writers * each {
		if _, err := io.ReadFull(b, p); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(p, bytes.Repeat(p[:1], size)) {
			t.Fatalf("writes were mixed: % x", p)
		}
	}
	wg.Wait()
}

// Many readers get each byte once.
func TestConnManyReaders(t *testing.T) {
	_, a, b := conns(t, handle.Manual, mxsocket.Stream, mxsocket.WithCapacity(100))
	var mu sync.Mutex
	var seen [256]int
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			got := func(p []byte) {
				mu.Lock()
				defer mu.Unlock()
				for _, c := range p {
					seen[c]++
				}
			}
			p := make([]byte, 1+i)
			for {
				n, err := b.Read(p)
				got(p[:n])
				if err != nil {
					break
				}
			}
		})
	}
	all := make([]byte, 256)
	for i := range all {
		all[i] = byte(i)
	}
	for range 100 {
		a.Write(all)
	}
	a.Close()
	wg.Wait()
	for i, n := range seen {
		if n != 100 {
			t.Fatalf("byte %d arrived %d times, want 100", i, n)
		}
	}
}

func TestConnDatagrams(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, a, b := conns(t, handle.Manual, mxsocket.Datagram, mxsocket.WithCapacity(10))
		p := make([]byte, 10)
		if n, err := a.Write(make([]byte, 11)); n != 0 || !errors.Is(err, syscall.EMSGSIZE) || !errors.Is(err, status.ErrOutOfRange) {
			t.Errorf("too large: %d, %v", n, err)
		}
		a.Write([]byte("abcdef"))
		w := start(func() (int, error) { return a.Write([]byte("ghijk")) })
		if o := w(); o.n != -1 {
			t.Errorf("a datagram without room must wait: %v", o)
		}
		if n, err := b.Read(p[:2]); n != 2 || err != nil {
			t.Errorf("cut: %d, %v", n, err)
		}
		if o := w(); o != (outcome{5, nil}) {
			t.Errorf("with room: %v", o)
		}
		if n, err := a.Write(nil); n != 0 || err != nil {
			t.Errorf("empty: %d, %v", n, err)
		}
		if n, err := b.Read(p); n != 5 || err != nil || string(p[:n]) != "ghijk" {
			t.Errorf("%q, %v", p[:n], err)
		}
	})
}

func TestPacketConn(t *testing.T) {
	tb := handle.NewTable()
	h, k := create(t, tb, mxsocket.Datagram)
	a, err := mxsocket.NewPacketConn(tb, h)
	if err != nil {
		t.Fatal(err)
	}
	b, _ := mxsocket.NewPacketConn(tb, k)
	if n, err := a.WriteTo([]byte("abc"), b.LocalAddr()); n != 3 || err != nil {
		t.Errorf("WriteTo: %d, %v", n, err)
	}
	p := make([]byte, 10)
	n, from, err := b.ReadFrom(p)
	if n != 3 || from != a.LocalAddr() || err != nil || string(p[:n]) != "abc" {
		t.Errorf("ReadFrom: %d, %v, %v", n, from, err)
	}
	if n, err := b.WriteTo([]byte("hello"), from); n != 5 || err != nil {
		t.Errorf("reply: %d, %v", n, err)
	}
	var bad *net.AddrError
	for _, addr := range []net.Addr{nil, a.LocalAddr(), &net.UDPAddr{}} {
		if n, err := a.WriteTo(p, addr); n != 0 || !errors.As(err, &bad) || !strings.Contains(err.Error(), a.RemoteAddr().String()) {
			t.Errorf("WriteTo %v: %d, %v, want it to name the peer", addr, n, err)
		}
	}
	a.Close()
	if n, _, err := b.ReadFrom(p); n != 0 || err != io.EOF {
		t.Errorf("ReadFrom at the end: %d, %v", n, err)
	}

	h, _ = create(t, tb, mxsocket.Stream)
	ev, _ := handle.NewEvent(tb)
	for h, st := range map[handle.Handle]status.Status{h: status.ErrInvalidArgs, ev: status.ErrWrongType, 0: status.ErrBadHandle} {
		if c, err := mxsocket.NewPacketConn(tb, h); c != nil || err != st {
			t.Errorf("NewPacketConn: %v, %v, want %v", c, err, st)
		}
	}
}

func TestConnAllocatesNothing(t *testing.T) {
	for _, mode := range []uint32{mxsocket.Stream, mxsocket.Datagram} {
		tb, a, b := conns(t, handle.Manual, mode)
		_, c, d := conns(t, handle.Manual, mode)
		go func() { // an echo service, which waits for each byte
			p := make([]byte, 100)
			for {
				n, err := b.Read(p)
				if err != nil {
					return
				}
				c.Write(p[:n])
			}
		}()
		p := make([]byte, 100)
		n := testing.AllocsPerRun(1000, func() {
			a.SetDeadline(time.Now().Add(time.Hour))
			d.SetDeadline(time.Now().Add(time.Hour))
			a.Write(p)
			io.ReadFull(d, p)
		})
		if n != 0 {
			t.Errorf("%v allocations a round trip", n)
		}
		a.Close()
		tb.CloseAll()
	}
}
