package mxsocket_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"mx.example/handle"
	"mx.example/mxsocket"
	"mx.example/status"
)

// handles counts those of tb.
func handles(tb *handle.Table) (n int) {
	for range tb.Handles() {
		n++
	}
	return n
}

// A source is a Reader that gives so many bytes at a time, and fails with the
// last of them or after it.
type source struct {
	p    string
	size int
	with bool
	err  error
}

func (s *source) Read(p []byte) (int, error) {
	n := copy(p[:min(len(p), s.size)], s.p)
	s.p = s.p[n:]
	if s.p == "" && (n == 0 || s.with) {
		return n, s.err
	}
	return n, nil
}

// ReadFrom counts what the socket took, to the byte: wherever its Reader fails,
// and wherever its own writing does, by each way that it can.
func TestReadFromCounts(t *testing.T) {
	const text = "abcdefghijkl"
	broken := errors.New("broken")
	for _, e := range handle.Editions() {
		for _, mode := range []uint32{mxsocket.Stream, mxsocket.Datagram} {
			for _, size := range []int{1, 3, len(text)} {
				for k := range len(text) + 1 {
					// The Reader fails after k bytes.
					for _, with := range []bool{false, true} {
						tb, a, b := conns(t, e, mode)
						n, err := a.ReadFrom(&source{text[:k], size, with, broken})
						if got := outstanding(tb, b); n != int64(k) || err != broken || got != k {
							t.Errorf("%v, mode %d: a Reader fails after %d bytes: %d, %v, and %d arrived", e, mode, k, n, err, got)
						}
						tb.CloseAll()
					}

					// There is memory for k bytes.
					tb := handle.NewTable(handle.WithEdition(e), handle.WithMemoryLimit(mxsocket.PairCharge+2*handle.HandleCharge+uint64(k)))
					h, p := create(t, tb, mode)
					a, b := mxsocket.NewConn(tb, h), mxsocket.NewConn(tb, p)
					want, wantErr := k, error(status.ErrNoMemory)
					if mode == mxsocket.Datagram {
						want -= k % size
					}
					if k == len(text) {
						wantErr = nil
					}
					n, err := a.ReadFrom(&source{text, size, false, io.EOF})
					if got := outstanding(tb, b); n != int64(want) || !errors.Is(err, wantErr) || got != want {
						t.Errorf("%v, mode %d: memory for %d bytes, %d at a time: %d, %v, and %d arrived; want %d", e, mode, k, size, n, err, got, want)
					}
					tb.CloseAll()
				}
				for k := 1; k < len(text); k++ {
					readFromBlocked(t, e, mode, text, size, k)
				}
			}
		}
	}
}

func outstanding(tb *handle.Table, c *mxsocket.Conn) int {
	n, _ := mxsocket.Outstanding(tb, c.Handle())
	return n
}

// readFromBlocked has room for k bytes, and then ends the ReadFrom that waits for
// more in several ways.
func readFromBlocked(t *testing.T, e handle.Edition, mode uint32, text string, size, k int) {
	if mode == mxsocket.Datagram && size > k {
		return // a datagram that never fits
	}
	want := k
	if mode == mxsocket.Datagram {
		want -= k % size
	}
	for name, end := range map[string]struct {
		do   func(a, b *mxsocket.Conn)
		want error
	}{
		"deadline": {func(a, b *mxsocket.Conn) { a.SetWriteDeadline(time.Now()) }, os.ErrDeadlineExceeded},
		"close":    {func(a, b *mxsocket.Conn) { a.Close() }, net.ErrClosed},
		"peer":     {func(a, b *mxsocket.Conn) { b.Close() }, syscall.EPIPE},
	} {
		synctest.Test(t, func(t *testing.T) {
			tb, a, b := conns(t, e, mode, mxsocket.WithCapacity(uint64(k)))
			from := start(func() (int, error) {
				n, err := a.ReadFrom(&source{text, size, false, io.EOF})
				return int(n), err
			})
			end.do(a, b)
			if o := from(); o.n != want || !errors.Is(o.err, end.want) {
				t.Errorf("%v, mode %d: %s with room for %d bytes, %d at a time: %v; want %d, %v", e, mode, name, k, size, o, want, end.want)
			}
			a.Close()
			b.Close()
			if n := handles(tb); n != 0 {
				t.Errorf("%d handles are left", n)
			}
		})
	}
}

// CloseWrite and CloseRead end one direction and leave the other as it is, with
// datagrams as with a stream.
func TestConnEndsOneDirection(t *testing.T) {
	for _, e := range handle.Editions() {
		for _, mode := range []uint32{mxsocket.Stream, mxsocket.Datagram} {
			for _, outbound := range []bool{false, true} {
				what := fmt.Sprintf("%v, mode %d, outbound %t", e, mode, outbound)
				synctest.Test(t, func(t *testing.T) {
					tb := handle.NewTable(handle.WithEdition(e))
					h, k := create(t, tb, mode)
					var a, b interface {
						net.Conn
						CloseRead() error
						CloseWrite() error
					} = mxsocket.NewConn(tb, h), mxsocket.NewConn(tb, k)
					if mode == mxsocket.Datagram {
						a, _ = mxsocket.NewPacketConn(tb, h)
						b, _ = mxsocket.NewPacketConn(tb, k)
					}
					a.Write([]byte("to b"))
					b.Write([]byte("to a"))
					end := a.CloseRead
					if outbound {
						end = a.CloseWrite
					}
					there := e == handle.Zircon || outbound == (e == handle.Kernel2017)
					if err := end(); (err == nil) != there || !there && !errors.Is(err, errors.ErrUnsupported) {
						t.Errorf("%s: %v", what, err)
					}
					for _, d := range []struct {
						from, to net.Conn
						ended    bool
						first    string
					}{{a, b, there && outbound, "to b"}, {b, a, there && !outbound, "to a"}} {
						if n, err := d.from.Write([]byte("more")); (err == nil) == d.ended || d.ended && (n != 0 || !errors.Is(err, syscall.EPIPE)) {
							t.Errorf("%s: a direction that has ended: %t; write: %d, %v", what, d.ended, n, err)
						}
						buf := make([]byte, 4)
						if n, err := d.to.Read(buf); string(buf[:n]) != d.first || err != nil {
							t.Errorf("%s: what was there before: %q, %v", what, buf[:n], err)
						}
						d.to.SetReadDeadline(time.Now().Add(time.Second))
						n, err := d.to.Read(buf)
						if d.ended && (n != 0 || err != io.EOF) || !d.ended && string(buf[:n]) != "more" {
							t.Errorf("%s: a direction that has ended: %t; then read: %q, %v", what, d.ended, buf[:n], err)
						}
						if n, err := d.to.Read(buf); !d.ended && (n != 0 || !errors.Is(err, os.ErrDeadlineExceeded)) {
							t.Errorf("%s: the direction that goes on: %q, %v", what, buf[:n], err)
						}
					}
				})
			}
		}
	}
}

// A meddler is a context whose Done does something first. Dial asks for it when
// it has found the Listener open, and just before it puts its end up.
type meddler struct {
	context.Context
	do func()
}

func (m meddler) Done() <-chan struct{} {
	m.do()
	return m.Context.Done()
}

// A Dial that fails leaves no handle, whyever it does; nor does one that was too
// late to be accepted, once its own end is closed.
func TestDialLeavesNothing(t *testing.T) {
	for _, e := range handle.Editions() {
		synctest.Test(t, func(t *testing.T) {
			tb := handle.NewTable(handle.WithEdition(e))
			l := mxsocket.Listen(tb, "")
			for range 128 {
				if _, err := l.Dial(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			const full = 2 * 128
			want := func(what string, n int) {
				t.Helper()
				if got := handles(tb); got != n {
					t.Errorf("%v: %s: %d handles are there, want %d", e, what, got, n)
				}
			}
			ctx, cancel := context.WithCancel(t.Context())
			dial := start(func() (int, error) { _, err := l.Dial(ctx); return 0, err })
			want("a Dial waits", full+2)
			cancel()
			if o := dial(); !errors.Is(o.err, context.Canceled) {
				t.Errorf("%v: canceled: %v", e, o)
			}
			want("canceled", full)
			if _, err := l.Dial(ctx); !errors.Is(err, context.Canceled) {
				t.Errorf("%v: canceled before: %v", e, err)
			}
			want("canceled before", full)
			func() {
				defer func() { recover() }()
				l.Dial(meddler{t.Context(), func() { panic("meddled") }})
			}()
			want("a context that panics", full)
			dial = start(func() (int, error) { _, err := l.Dial(t.Context()); return 0, err })
			l.Close()
			if o := dial(); !errors.Is(o.err, syscall.ECONNREFUSED) {
				t.Errorf("%v: closed: %v", e, o)
			}
			want("closed", full/2)
			if _, err := l.Dial(t.Context()); !errors.Is(err, syscall.ECONNREFUSED) {
				t.Errorf("%v: closed before: %v", e, err)
			}
			want("closed before", full/2)
		})
		// A Close between the look and the queue: the Dial is refused, or its
		// other end is closed.
		for range 64 {
			tb := handle.NewTable(handle.WithEdition(e))
			l := mxsocket.Listen(tb, "")
			ctx := meddler{t.Context(), func() { l.Close() }}
			c, err := l.Dial(ctx)
			if err == nil {
				if n, err := mxsocket.Read(tb, c.Handle(), 0, make([]byte, 1)); err != status.ErrPeerClosed {
					t.Fatalf("%v: dialed beside a Close: read %d, %v", e, n, err)
				}
				c.Close()
			}
			if n := handles(tb); n != 0 {
				t.Fatalf("%v: a Dial beside a Close: %v, and %d handles are left", e, err, n)
			}
		}
	}
}

// An onClose runs before a handle is closed.
type onClose func()

func (f onClose) Before(c *handle.Call) {
	if c.Op == handle.OpClose {
		f()
	}
}

func (onClose) After(*handle.Call) {}

// Close ends the handle first and the deadlines after it: whatever waits on the
// Conn is told that the Conn is closed, and not that its time is over.
func TestCloseIsNoDeadline(t *testing.T) {
	for _, e := range handle.Editions() {
		synctest.Test(t, func(t *testing.T) {
			var calls []func() outcome
			early := 0
			tb := handle.NewTable(handle.WithEdition(e), handle.WithHook(onClose(func() {
				for _, c := range calls {
					if c().n != -1 { // after all that can run has run
						early++
					}
				}
			})))
			h, k := create(t, tb, mxsocket.Stream, mxsocket.WithCapacity(3))
			a, b := mxsocket.NewConn(tb, h), mxsocket.NewConn(tb, k)
			a.SetDeadline(time.Now().Add(time.Hour))
			b.Write([]byte("x"))
			pr, pw := io.Pipe()
			calls = append(calls,
				start(func() (int, error) { return a.Write([]byte(strings.Repeat("x", 9))) }),
				start(func() (int, error) { n, err := a.WriteTo(pw); return int(n), err }),
				start(func() (int, error) { return a.Read(make([]byte, 1)) }),
			)
			a.Close()
			if early > 0 {
				t.Errorf("%v: %d calls ended before the handle was closed", e, early)
			}
			pr.Close()
			for i, c := range calls {
				if o := c(); i != 1 && (!errors.Is(o.err, net.ErrClosed) || errors.Is(o.err, os.ErrDeadlineExceeded)) {
					t.Errorf("%v: call %d: %v", e, i, o)
				}
			}
		})
	}
}
