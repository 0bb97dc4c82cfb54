package mxsocket_test

import (
	"bytes"
	"errors"
	"io"
	"net"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"mx.example/handle"
	"mx.example/mxsocket"
	"mx.example/status"
)

// pattern is n bytes in which a gap or a swap shows.
func pattern(n int) []byte {
	p := make([]byte, n)
	for i := range p {
		p[i] = byte(i ^ i>>8*7 ^ i>>16*31)
	}
	return p
}

// plain hides the other methods of a Reader or Writer from io.Copy.
type plain struct{ io.ReadWriter }

func TestConnCopies(t *testing.T) {
	for _, mode := range []uint32{mxsocket.Stream, mxsocket.Datagram} {
		for _, capacity := range []uint64{1000, mxsocket.DefaultCapacity} {
			src := pattern(3 << 20)
			_, a, b := conns(t, handle.Manual, mode, mxsocket.WithCapacity(capacity))
			_, c, d := conns(t, handle.Manual, mode, mxsocket.WithCapacity(capacity))
			go func() {
				n, err := io.Copy(a, struct{ io.Reader }{bytes.NewReader(src)}) // a.ReadFrom
				if n != int64(len(src)) || err != nil {
					t.Errorf("ReadFrom: %d, %v", n, err)
				}
				a.Close()
			}()
			go func() {
				n, err := io.Copy(c, b) // b.WriteTo
				if n != int64(len(src)) || err != nil {
					t.Errorf("WriteTo a Conn: %d, %v", n, err)
				}
				c.Close()
			}()
			var dst bytes.Buffer
			n, err := io.Copy(plain{&dst}, d) // d.WriteTo
			if n != int64(len(src)) || err != nil || !bytes.Equal(dst.Bytes(), src) {
				t.Errorf("mode %d, capacity %d: WriteTo: %d, %v, same bytes: %t", mode, capacity, n, err, bytes.Equal(dst.Bytes(), src))
			}
		}
	}
}

// A limited Writer takes room bytes in all, and then fails with err; nil is a
// short write without a word.
type limited struct {
	room int
	err  error
	got  []string
}

func (w *limited) Write(p []byte) (int, error) {
	n := min(len(p), w.room)
	w.room -= n
	w.got = append(w.got, string(p[:n]))
	if n < len(p) {
		return n, w.err
	}
	return n, nil
}

func TestWriteToLeavesWhatWasNotTaken(t *testing.T) {
	failed := errors.New("failed")
	for _, e := range handle.Editions() {
		for room, want := range map[int][]string{ // what is left, by datagrams
			0: {"abc", "defgh", "i"},
			1: {"bc", "defgh", "i"},
			3: {"defgh", "i"},
			7: {"h", "i"},
			8: {"i"},
			9: nil,
		} {
			for _, mode := range []uint32{mxsocket.Stream, mxsocket.Datagram} {
				for _, werr := range []error{failed, nil} {
					tb, a, b := conns(t, e, mode)
					for _, s := range []string{"abc", "defgh", "i"} {
						a.Write([]byte(s))
					}
					a.Close()
					w := &limited{room: room, err: werr}
					n, err := b.WriteTo(w)
					wantErr := werr
					switch {
					case room == 9:
						wantErr = nil
					case werr == nil:
						wantErr = io.ErrShortWrite
					}
					if n != int64(room) || err != wantErr || strings.Join(w.got, "") != "abcdefghi"[:room] {
						t.Errorf("room for %d: WriteTo: %d, %v, %q", room, n, err, w.got)
					}
					if left, _ := mxsocket.Outstanding(tb, b.Handle()); left != 9-room {
						t.Errorf("room for %d: %d bytes left, want %d", room, left, 9-room)
					}
					rest := want
					if mode == mxsocket.Stream {
						rest = []string{strings.Join(want, "")}
					}
					for _, s := range rest {
						p := make([]byte, 10)
						if n, err := b.Read(p); string(p[:n]) != s || err != nil && s != "" {
							t.Errorf("%v: mode %d, room for %d: then read %q, %v, want %q", e, mode, room, p[:n], err, s)
						}
					}
				}
			}
		}
	}
}

// What is taken is given back to the memory limit, to the byte.
func TestWriteToAndMemory(t *testing.T) {
	for _, mode := range []uint32{mxsocket.Stream, mxsocket.Datagram} {
		tb := handle.NewTable(handle.WithMemoryLimit(mxsocket.PairCharge + 2*handle.HandleCharge + 10))
		h, k := create(t, tb, mode)
		a, b := mxsocket.NewConn(tb, h), mxsocket.NewConn(tb, k)
		for range 3 {
			if n, err := a.Write([]byte("0123456789")); n != 10 || err != nil {
				t.Errorf("mode %d: Write: %d, %v", mode, n, err)
			}
			if _, err := a.Write([]byte("x")); !errors.Is(err, status.ErrNoMemory) {
				t.Errorf("mode %d: Write over the limit: %v", mode, err)
			}
			b.WriteTo(&limited{room: 4})
			if n, err := a.Write([]byte("abcd")); n != 4 || err != nil {
				t.Errorf("mode %d: Write after 4 bytes were taken: %d, %v", mode, n, err)
			}
			if _, err := a.Write([]byte("x")); !errors.Is(err, status.ErrNoMemory) {
				t.Errorf("mode %d: Write over the limit: %v", mode, err)
			}
			got := make([]byte, 0, 20)
			for len(got) < 10 {
				n, err := b.Read(got[len(got):cap(got)])
				if err != nil {
					t.Fatal(err)
				}
				got = got[:len(got)+n]
			}
			if string(got) != "456789abcd" {
				t.Errorf("mode %d: then read %q", mode, got)
			}
		}
	}
}

func TestWriteToRefusesAWrongCount(t *testing.T) {
	for _, n := range []int{-1, 4} {
		_, a, b := conns(t, handle.Manual, mxsocket.Stream)
		a.Write([]byte("abc"))
		if n, err := b.WriteTo(counts(n)); n != 0 || err == nil {
			t.Errorf("%d, %v", n, err)
		}
		p := make([]byte, 10)
		if n, _ := b.Read(p); string(p[:n]) != "abc" {
			t.Errorf("left: %q", p[:n])
		}
	}
}

type counts int

func (n counts) Write([]byte) (int, error) { return int(n), nil }

// While WriteTo waits for its Writer the bytes count against the capacity, and
// nobody reads them on the Conn; deadlines hold all the same.
func TestWriteToHoldsBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, a, b := conns(t, handle.Manual, mxsocket.Stream, mxsocket.WithCapacity(5))
		pr, pw := io.Pipe()
		a.Write([]byte("abcde"))
		to := start(func() (int, error) { n, err := b.WriteTo(pw); return int(n), err })
		w := start(func() (int, error) { return a.Write([]byte("fg")) })
		r := start(func() (int, error) { return b.Read(make([]byte, 10)) })
		b.SetReadDeadline(time.Now().Add(time.Second))
		time.Sleep(2 * time.Second)
		if w().n != -1 {
			t.Error("there was room before the Writer had taken anything")
		}
		if o := r(); !errors.Is(o.err, os.ErrDeadlineExceeded) {
			t.Errorf("Read beside WriteTo: %v", o)
		}
		b.SetReadDeadline(time.Time{})
		p := make([]byte, 10)
		if n, _ := pr.Read(p); string(p[:n]) != "abcde" || w() != (outcome{2, nil}) {
			t.Errorf("Writer got %q", p[:n])
		}
		if n, _ := pr.Read(p); string(p[:n]) != "fg" || to().n != -1 {
			t.Errorf("Writer got %q", p[:n])
		}
		b.SetReadDeadline(time.Now())
		if o := to(); o.n != 7 || !errors.Is(o.err, os.ErrDeadlineExceeded) {
			t.Errorf("WriteTo past its deadline: %v", o)
		}
		a.Write([]byte("h"))
		b.SetReadDeadline(time.Time{})
		if n, err := b.Read(p); string(p[:n]) != "h" || err != nil {
			t.Errorf("later: %q, %v", p[:n], err)
		}
	})
}

// Close ends a Read that waits for a WriteTo to be over, whatever keeps that.
func TestWriteToDoesNotHoldClose(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, a, b := conns(t, handle.Manual, mxsocket.Stream)
		pr, pw := io.Pipe()
		a.Write([]byte("abc"))
		to := start(func() (int, error) { n, err := b.WriteTo(pw); return int(n), err })
		r := start(func() (int, error) { return b.Read(make([]byte, 10)) })
		b.Close()
		if o := r(); !errors.Is(o.err, net.ErrClosed) {
			t.Errorf("Read: %v", o)
		}
		pr.Read(make([]byte, 10))
		if o := to(); o.n != 3 || !errors.Is(o.err, net.ErrClosed) {
			t.Errorf("WriteTo: %v", o)
		}
	})
}

// Room that a WriteTo makes is told to those who wait for it, also when it took
// a part of a datagram only.
func TestWriteToMakesRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb, a, b := conns(t, handle.Manual, mxsocket.Datagram, mxsocket.WithCapacity(5))
		a.Write([]byte("abcde"))
		w := start(func() (int, error) { return a.Write([]byte("fg")) })
		wait := start(func() (int, error) {
			_, err := tb.WaitOne(a.Handle(), handle.Writable, time.Time{})
			return 0, err
		})
		b.WriteTo(&limited{room: 3})
		if o := w(); o != (outcome{2, nil}) {
			t.Errorf("Write: %v", o)
		}
		if o := wait(); o != (outcome{0, nil}) {
			t.Errorf("WaitOne: %v", o)
		}
	})
}

// A datagram that is larger than the buffer is one Write all the same.
func TestWriteToLargeDatagram(t *testing.T) {
	_, a, b := conns(t, handle.Manual, mxsocket.Datagram)
	large, small := pattern(200_000), []byte("small")
	a.Write(large)
	a.Write(small)
	a.Close()
	w := &limited{room: 1 << 20}
	n, err := b.WriteTo(w)
	if n != 200_005 || err != nil || len(w.got) != 2 || w.got[0] != string(large) || w.got[1] != "small" {
		t.Errorf("WriteTo: %d, %v, %d writes", n, err, len(w.got))
	}
}

// A blocked WriteTo wakes for a datagram that comes straight from a writer,
// and has not lost it.
func TestWriteToWaits(t *testing.T) {
	for _, mode := range []uint32{mxsocket.Stream, mxsocket.Datagram} {
		synctest.Test(t, func(t *testing.T) {
			_, a, b := conns(t, handle.Manual, mode)
			w := &limited{room: 100}
			to := start(func() (int, error) { n, err := b.WriteTo(w); return int(n), err })
			for range 3 {
				a.Write([]byte("abc"))
				synctest.Wait()
			}
			a.Close()
			if o := to(); o != (outcome{9, nil}) || strings.Join(w.got, " ") != "abc abc abc" {
				t.Errorf("%v, %q", o, w.got)
			}
		})
	}
}

func TestCopiesAllocateNothing(t *testing.T) {
	tb, a, b := conns(t, handle.Manual, mxsocket.Stream)
	src := bytes.NewReader(nil)
	data := pattern(10_000)
	w := &counter{}
	go b.WriteTo(w)
	n := testing.AllocsPerRun(1000, func() {
		src.Reset(data)
		a.ReadFrom(src)
	})
	if n > 0 {
		t.Errorf("%v allocations a ReadFrom", n)
	}
	tb.CloseAll()

	_, a, b = conns(t, handle.Manual, mxsocket.Stream)
	n = testing.AllocsPerRun(1000, func() {
		a.Write(data)
		w.stop = true
		b.WriteTo(w)
	})
	if n > 0 {
		t.Errorf("%v allocations a WriteTo", n)
	}
}

// A counter discards; asked to stop, it does so after a Write.
type counter struct{ stop bool }

func (c *counter) Write(p []byte) (int, error) {
	if c.stop {
		return len(p), io.ErrClosedPipe
	}
	return len(p), nil
}
