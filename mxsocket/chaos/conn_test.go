package chaos_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"testing"
	"time"

	"mx.example/handle"
	"mx.example/mxsocket"
	"mx.example/mxsocket/chaos"
	"mx.example/status"
)

// Conns over a table with faults carry all bytes, by each way that they have, and
// a Write that its deadline ends tells how many were taken.
func TestConn(t *testing.T) {
	each(t, func(t *testing.T, e handle.Edition) {
		f := newFixture(t, uint64(e), chaos.Usual, e, mxsocket.Stream, mxsocket.WithCapacity(100))
		a, b := mxsocket.NewConn(f.t, f.a), mxsocket.NewConn(f.t, f.b)
		src := numbers(0, enough())
		echoed := make(chan error, 1)
		go func() {
			_, err := io.Copy(b, struct{ io.Reader }{b}) // b.ReadFrom
			b.Close()
			echoed <- err
		}()
		sent := make(chan int, 1)
		go func() {
			rnd := rand.New(rand.NewPCG(1, uint64(e)))
			offset := 0
			for offset < len(src) {
				a.SetWriteDeadline(time.Now().Add(time.Duration(rnd.IntN(3)) * chaos.Longest))
				n, err := a.Write(src[offset:min(len(src), offset+1+rnd.IntN(500))])
				offset += n
				if err != nil && !errors.Is(err, os.ErrDeadlineExceeded) {
					t.Errorf("Write: %v", err)
					break
				}
			}
			sent <- offset
		}()
		got := make([]byte, len(src))
		if n, err := io.ReadFull(a, got); err != nil || !bytes.Equal(got, src) {
			t.Errorf("%v: %d bytes came back, %v; the same: %t", e, n, err, bytes.Equal(got, src))
		}
		if n := <-sent; n != len(src) {
			t.Errorf("%v: %d bytes were sent of %d", e, n, len(src))
		}
		a.Close()
		if err := <-echoed; err != nil && !errors.Is(err, net.ErrClosed) {
			t.Errorf("%v: the echo ended with %v", e, err)
		}
	})
}

// A datagram arrives whole and once, or is refused.
func TestPacketConn(t *testing.T) {
	each(t, func(t *testing.T, e handle.Edition) {
		f := newFixture(t, uint64(e), chaos.Usual, e, mxsocket.Datagram, mxsocket.WithCapacity(100))
		a, _ := mxsocket.NewPacketConn(f.t, f.a)
		b, _ := mxsocket.NewPacketConn(f.t, f.b)
		const datagrams = 2000
		go func() {
			defer a.Close()
			for i := 0; i < datagrams; {
				switch n, err := a.WriteTo(numbers(i, 1+i%90), a.RemoteAddr()); {
				case n == 1+i%90 && err == nil:
					i++
				case n != 0 || !errors.Is(err, status.ErrNoMemory):
					t.Errorf("%v: WriteTo: %d, %v", e, n, err)
					return
				}
			}
		}()
		buf := make([]byte, 200)
		for i := range datagrams {
			if n, err := b.Read(buf); err != nil || !bytes.Equal(buf[:n], numbers(i, 1+i%90)) {
				t.Fatalf("%v: datagram %d: %d bytes, %v", e, i, n, err)
			}
		}
		if n, err := b.Read(buf); err != io.EOF {
			t.Errorf("%v: after all: %d, %v", e, n, err)
		}
		if f.plan.Count(chaos.NoMemory) == 0 {
			t.Errorf("%v: nothing was refused", e)
		}
	})
}

// A Dial that finds no room for its handles says so, and leaves none.
func TestDial(t *testing.T) {
	each(t, func(t *testing.T, e handle.Edition) {
		f := newFixture(t, uint64(e), chaos.Usual, e, mxsocket.Stream, handle.WithHandleLimit(4))
		l := mxsocket.Listen(f.t, "faulty")
		refused, served := 0, 0
		for range 100 {
			c, err := l.Dial(context.Background())
			if err != nil {
				if refused++; !errors.Is(err, status.ErrNoMemory) {
					t.Errorf("%v: Dial: %v", e, err)
				}
				continue
			}
			s, err := l.Accept()
			if err != nil {
				t.Fatal(err)
			}
			served++
			c.Close()
			s.Close()
		}
		if refused == 0 || served < 50 {
			t.Errorf("%v: of 100 dials %d were refused and %d served", e, refused, served)
		}
	})
}
