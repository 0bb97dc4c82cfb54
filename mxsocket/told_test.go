package mxsocket

import (
	"testing"
	"testing/synctest"
	"time"

	"mx.example/handle"
)

// An edge watches for signals of one handle that rise. It sees one that falls,
// too: otherwise it would not rise.
type edge struct {
	tb      *handle.Table
	h, port handle.Handle
	s       handle.Signals
}

func watchEdge(t *testing.T, tb *handle.Table, h handle.Handle, s handle.Signals) *edge {
	t.Helper()
	port, err := handle.NewPort(tb, 0)
	if err != nil {
		t.Fatal(err)
	}
	x := &edge{tb, h, port, s}
	x.arm(t)
	return x
}

func (x *edge) arm(t *testing.T) {
	t.Helper()
	if err := x.tb.WaitAsync(x.h, x.port, 1, x.s, handle.WaitAsyncEdge); err != nil {
		t.Fatal(err)
	}
}

// rose reports whether the signal has risen since it was armed.
func (x *edge) rose() bool {
	_, err := x.tb.WaitPort(x.port, past1970)
	return err == nil
}

// A flow is a pair whose queue is driven by one of the ways that calls take.
type flow struct {
	*testing.T
	tb       *handle.Table
	a, b     handle.Handle
	to       *endpoint
	blocking bool // by WriteAll and ReadFull instead of Write and Read
	mode     uint32
}

// put writes n bytes at once, or n datagrams of one byte; take reads as many.
func (f *flow) put(n int) {
	f.Helper()
	f.move("write", n, func(p []byte) (int, error) {
		if f.blocking {
			return WriteAll(f.tb, f.a, p, past1970)
		}
		return Write(f.tb, f.a, 0, p)
	})
}

func (f *flow) take(n int) {
	f.Helper()
	f.move("read", n, func(p []byte) (int, error) {
		if f.blocking {
			return ReadFull(f.tb, f.b, p, past1970)
		}
		return Read(f.tb, f.b, 0, p)
	})
	wantShape(f.T, f.to)
}

func (f *flow) move(what string, n int, call func([]byte) (int, error)) {
	f.Helper()
	size, times := n, 1
	if f.mode == Datagram {
		size, times = 1, n
	}
	for range times {
		if k, err := call(make([]byte, size)); k != size || err != nil {
			f.Fatalf("a %s of %d bytes: %d, %v", what, size, k, err)
		}
	}
}

// flows runs f with an empty pair of capacity 100 whose queue has its ring, in
// each mode and by each way.
func flows(t *testing.T, e handle.Edition, f func(*testing.T, *flow)) {
	for _, mode := range []uint32{Stream, Datagram} {
		for _, blocking := range []bool{false, true} {
			name := [2]string{"stream", "datagram"}[mode]
			if blocking {
				name += ", blocking"
			}
			t.Run(name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					tb, a, b, _, to := newPair(t, mode, 1, []handle.Option{handle.WithEdition(e)}, WithCapacity(100))
					fl := &flow{t, tb, a, b, to, blocking, mode}
					fl.take(1)
					f(t, fl)
					tb.CloseAll()
				})
			})
		}
	}
}

// READABLE falls with the last byte, and rises with the first; WRITABLE falls
// when the queue is full, and rises when it no longer is. Whoever watches is
// told all of that, and nothing else.
func TestFastEdgesAreTold(t *testing.T) {
	flows(t, handle.Zircon, func(t *testing.T, f *flow) {
		rose := func(what string, x *edge, want bool) {
			t.Helper()
			if got := x.rose(); got != want {
				t.Errorf("%s: rose is %v", what, got)
			}
			if want {
				x.arm(t)
			}
		}
		readable := watchEdge(t, f.tb, f.b, handle.Readable)
		f.put(1)
		rose("from empty", readable, true)
		f.put(1)
		f.take(1)
		rose("between one byte and two", readable, false)
		f.take(1)
		f.put(3)
		rose("to empty and back", readable, true)
		f.take(3)
		f.put(1)
		rose("once more, by several", readable, true)
		if err := f.tb.Close(readable.port); err != nil {
			t.Error(err)
		}

		writable := watchEdge(t, f.tb, f.a, handle.Writable)
		f.put(98) // 99
		f.take(1)
		rose("to full but one, and back", writable, false)
		f.put(2)
		f.take(1)
		rose("to full, and back", writable, true)
		f.put(1)
		f.take(50)
		rose("to full, and half back", writable, true)
		f.put(50)
		f.take(100)
		rose("to full, and empty", writable, true)
	})
}

// The same for the thresholds of Zircon, which lie anywhere.
func TestFastThresholdsAreTold(t *testing.T) {
	flows(t, handle.Zircon, func(t *testing.T, f *flow) {
		set := func(h handle.Handle, p handle.Property, v uint64) {
			t.Helper()
			if err := f.tb.SetProperty(h, p, v); err != nil {
				t.Fatal(err)
			}
		}
		f.put(5) // quick once, before there are any
		set(f.b, handle.SocketRxThreshold, 10)
		x := watchEdge(t, f.tb, f.b, handle.ReadThreshold)
		f.put(4)
		if x.rose() {
			t.Error("one byte below the threshold")
		}
		f.put(1)
		if !x.rose() {
			t.Error("at the threshold of the reader")
		}
		x.arm(t)
		f.take(1)
		f.put(1)
		if !x.rose() {
			t.Error("at the threshold of the reader again")
		}
		set(f.b, handle.SocketRxThreshold, 0)
		f.take(4) // 6 are left
		set(f.a, handle.SocketTxThreshold, 90)
		x = watchEdge(t, f.tb, f.a, handle.WriteThreshold)
		f.put(5) // 89 free
		f.take(1)
		if !x.rose() {
			t.Error("at the threshold of the writer")
		}
		x.arm(t)
		f.take(5)
		f.put(5)
		if x.rose() {
			t.Error("above the threshold of the writer all the time")
		}
	})
}

// Waits end when a queue that has its ring, and is empty or full, no longer is
// so; and a wait for something else sees the pulse (T-OBSERVED).
func TestFastEndsWaits(t *testing.T) {
	for _, e := range []handle.Edition{handle.Manual, handle.Zircon} {
		flows(t, e, func(t *testing.T, f *flow) {
			wait := func(h handle.Handle, s handle.Signals) func() (int, error, bool) {
				return begin(func() (int, error) {
					seen, err := f.tb.WaitOne(h, s, time.Time{})
					return int(seen), err
				})
			}
			w := wait(f.b, handle.Readable)
			f.put(1)
			if _, err, over := w(); err != nil || !over {
				t.Errorf("a wait for READABLE: %v, over: %v", err, over)
			}
			f.take(1)
			w = wait(f.b, handle.PeerClosed)
			f.put(1)
			f.take(1)
			f.put(100)
			v := wait(f.a, handle.Writable)
			if _, _, over := v(); over {
				t.Error("full, and WRITABLE")
			}
			f.take(1)
			if _, err, over := v(); err != nil || !over {
				t.Errorf("a wait for WRITABLE: %v, over: %v", err, over)
			}
			f.take(99)
			if err := f.tb.Close(f.a); err != nil {
				t.Error(err)
			}
			seen, err, over := w()
			if pulse := handle.Signals(seen)&handle.Readable != 0; err != nil || !over || pulse != (e == handle.Manual) {
				t.Errorf("%v: a wait for PEER_CLOSED: saw %v, %v, over: %v", e, handle.Signals(seen), err, over)
			}
		})
	}
}
