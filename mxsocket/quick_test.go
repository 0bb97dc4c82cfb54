package mxsocket

import (
	"testing"

	"mx.example/handle"
	"mx.example/status"
)

// quickPair is a pair whose second endpoint has so many bytes to read, and the
// entries of both.
func quickPair(t *testing.T, mode uint32, queued int, table []handle.Option, opts ...Option) (tb *handle.Table, a, b handle.Handle, from, to *endpoint) {
	t.Helper()
	tb = handle.NewTable(table...)
	a, b, err := Create(tb, mode, opts...)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := Write(tb, a, 0, make([]byte, queued)); n != queued || err != nil {
		t.Fatalf("Write: %d, %v", n, err)
	}
	at := func(h handle.Handle) *endpoint { return tb.Lookup(h).Object().(*endpoint) }
	return tb, a, b, at(a), at(b)
}

// wound is a queue of 1 KiB whose bytes lie from r on.
func wound(t *testing.T, capacity, r, size int) *twin {
	t.Helper()
	x := newTwin(t, capacity)
	x.write(smallRing)
	x.discard(max(r, 1))
	x.want = x.want[:0:0]
	x.ep.in.r, x.ep.in.w, x.ep.in.size = uint32(r), uint32(r), 0
	if size > 0 {
		x.write(size)
	}
	if len(x.ep.in.ring) != smallRing {
		t.Fatalf("the ring has %d bytes", len(x.ep.in.ring))
	}
	return x
}

// The quick way is taken to the last byte that it is good for, and not beyond.
func TestQuickPut(t *testing.T) {
	for _, tt := range []struct {
		what              string
		capacity, r, size int
		n                 int
		want              bool
	}{
		{"nothing", 10000, 0, 500, 0, false},
		{"one byte", 10000, 0, 500, 1, true},
		{"into an empty ring", 10000, 0, 0, 1, true},
		{"all of an empty ring", 10000, 0, 0, smallRing, true},
		{"more than an empty ring", 10000, 0, 0, smallRing + 1, false},
		{"to the exact end of the ring", 10000, 300, 500, 224, true},
		{"one beyond the end of the ring", 10000, 300, 500, 225, false},
		{"behind the end, up to the first byte", 10000, 600, 524, 500, true},
		{"behind the end, up to the ring's size", 10000, 600, 500, 424, true},
		{"behind the end, over the first byte", 10000, 600, 524, 501, false},
		{"to full but one", 800, 0, 500, 299, true},
		{"to full", 800, 0, 500, 300, false},
		{"beyond full", 800, 0, 500, 301, false},
		{"to the largest capacity of the ring, but one", smallRing, 0, 1000, 23, true},
		{"to the largest capacity of the ring", smallRing, 0, 1000, 24, false},
		{"into a capacity of one", 1, 0, 0, 1, false},
	} {
		x := newTwin(t, tt.capacity)
		if tt.capacity >= smallRing {
			x = wound(t, tt.capacity, tt.r, tt.size)
		} else {
			x.write(max(tt.size, 1)) // the ring comes with the first bytes
			x.discard(max(tt.size, 1) - tt.size)
		}
		if x.quickPut(tt.n); x.ep.in.size > tt.size != tt.want {
			t.Errorf("%s: %d bytes were put", tt.what, x.ep.in.size-tt.size)
		}
		x.whole()
		wantShape(t, x.ep)
	}
	var q queue
	if q.quickPut([]byte("x")) {
		t.Error("into a queue without memory")
	}
}

func TestQuickTake(t *testing.T) {
	for _, tt := range []struct {
		what    string
		r, size int
		n       int
		want    bool
	}{
		{"nothing", 0, 500, 0, false},
		{"nothing of nothing", 0, 0, 0, false},
		{"one byte", 0, 500, 1, true},
		{"all but one", 0, 500, 499, true},
		{"all", 0, 500, 500, true},
		{"all, from the middle", 100, 500, 500, true},
		{"to the exact end of the ring", 524, 600, 500, true},
		{"one beyond the end of the ring", 524, 600, 501, false},
		{"one of a ring that is full", 0, smallRing, 1, true},
		{"all of a ring that is full", 0, smallRing, smallRing, true},
		{"from full but one", 0, 2999, 1, true},
		{"from full", 0, 3000, 1, false},
	} {
		x := newTwin(t, 3000)
		if tt.size <= smallRing {
			x = wound(t, 3000, tt.r, tt.size)
		} else {
			x.write(tt.size)
		}
		if x.quickTake(tt.n); x.ep.in.size < tt.size != tt.want {
			t.Errorf("%s: %d bytes were taken", tt.what, tt.size-x.ep.in.size)
		}
		x.whole()
		wantShape(t, x.ep)
	}
}

// The quick way goes round the ring for ever, if nobody hinders it.
func TestQuickGoesRound(t *testing.T) {
	x := wound(t, 10000, 0, 100)
	slow := 0
	for range 5000 {
		before := x.ep.in.size
		if x.quickPut(90); x.ep.in.size == before {
			slow++
			x.write(90)
		}
		before = x.ep.in.size
		if x.quickTake(90); x.ep.in.size == before {
			slow++
			x.discard(90)
		}
		x.whole()
		wantShape(t, x.ep)
	}
	if most := 2 * (5000*90/smallRing + 1); slow > most || len(x.ep.in.ring) != smallRing {
		t.Errorf("%d calls were slow, want one each time round: %d; the ring has %d bytes", slow, most, len(x.ep.in.ring))
	}
}

// A queue that has a larger ring than it needs so far is quick up to a quarter
// of it, so that it is seen when more is needed; from then on to its end.
func TestQuickInAnAmpleRing(t *testing.T) {
	x := newTwin(t, 50000)
	x.write(40000) // 256 KiB
	x.discard(40000)
	x.write(5000) // 64 KiB
	if q := &x.ep.in; !q.ample || len(q.ring) != 1<<16 {
		t.Fatalf("the ring has %d bytes, ample: %v", len(q.ring), q.ample)
	}
	quick := func(n int, want bool) {
		t.Helper()
		before := x.ep.in.size
		if x.quickPut(n); x.ep.in.size > before != want {
			t.Errorf("at %d bytes, %d more: quick is %v", before, n, !want)
		}
		x.whole()
		wantShape(t, x.ep)
	}
	quick(11384, true)
	quick(1, false)
	x.write(1)
	quick(1, true)
	quick(20000, true)
	hint := x.ep.in.hint
	if x.discard(len(x.want)); x.ep.in.hint != hint {
		t.Error("what was needed has lost its hint")
	}
}

// A read that drains a queue gives back its ring, if that is more than a small
// one, however large the reader's buffer is.
func TestQuickReadGivesTheRingBack(t *testing.T) {
	for _, mode := range []uint32{Stream, Datagram} {
		for _, n := range []int{1, smallRing, smallRing + 1, 5000} {
			for _, more := range []int{0, 1, 1000} {
				tb, _, b, _, to := quickPair(t, mode, n, nil)
				if k, err := Read(tb, b, 0, make([]byte, n+more)); k != n || err != nil {
					t.Errorf("Read: %d, %v; want %d", k, err, n)
				}
				if wantShape(t, to); len(to.in.ring) > 0 != (n <= smallRing) {
					t.Errorf("mode %d: after %d bytes, which were read, the ring has %d", mode, n, len(to.in.ring))
				}
			}
		}
	}
}

// What has to be counted, refused or told is not for the quick way, and what
// was so once is not for ever.
func TestQuickIsPlain(t *testing.T) {
	zircon := []handle.Option{handle.WithEdition(handle.Zircon)}
	quick := func(what string, from, to *endpoint, want bool) {
		t.Helper()
		put := to.in.quickPut([]byte("x"))
		take := to.in.quickTake(1) != nil
		if put != want || take != want {
			t.Errorf("%s: put %v, take %v, want %v", what, put, take, want)
		}
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Error(err)
		}
	}
	for _, mode := range []uint32{Stream, Datagram} {
		_, _, _, from, to := quickPair(t, mode, 100, nil)
		quick("a plain pair", from, to, true)
		_, _, _, from, to = quickPair(t, mode, 100, []handle.Option{handle.WithMemoryLimit(1 << 20)})
		quick("a memory limit", from, to, false)
	}
	for _, e := range []handle.Edition{handle.Manual, handle.Kernel2017} {
		tb, a, b, from, to := quickPair(t, Stream, 100, []handle.Option{handle.WithEdition(e)})
		h, other := a, b
		if e == handle.Manual {
			h, other = b, a
		}
		_, err := Write(tb, other, HalfClose, nil)
		must(err)
		quick("the other direction has ended", from, to, true)
		_, err = Write(tb, h, HalfClose, nil)
		must(err)
		quick("a direction that has ended", from, to, false)
	}

	tb, a, b, from, to := quickPair(t, Stream, 100, zircon)
	must(tb.SetProperty(b, handle.SocketTxThreshold, 5))
	must(tb.SetProperty(a, handle.SocketRxThreshold, 5))
	quick("thresholds of the other direction", from, to, true)
	must(tb.SetProperty(b, handle.SocketRxThreshold, 5))
	quick("a threshold of the reader", from, to, false)
	must(tb.SetProperty(b, handle.SocketRxThreshold, 0))
	quick("no threshold any more", from, to, true)
	must(tb.SetProperty(a, handle.SocketTxThreshold, 5))
	quick("a threshold of the writer", from, to, false)
	must(tb.SetProperty(b, handle.SocketRxThreshold, 5))
	must(tb.SetProperty(a, handle.SocketTxThreshold, 0))
	quick("one of two thresholds", from, to, false)
	must(tb.SetProperty(b, handle.SocketRxThreshold, 0))
	quick("neither any more", from, to, true)

	must(SetDisposition(tb, a, WriteDisabled, Unchanged))
	quick("disabled", from, to, false)
	n, err := Read(tb, b, 0, make([]byte, 200))
	if n != 100 || err != nil {
		t.Errorf("Read: %d, %v", n, err)
	}
	must(SetDisposition(tb, a, WriteEnabled, Unchanged))
	quick("enabled again", from, to, true)
	must(SetDisposition(tb, b, Unchanged, WriteDisabled))
	quick("disabled by the reader", from, to, false)
	must(SetDisposition(tb, b, Unchanged, WriteEnabled))
	quick("enabled by the reader", from, to, true)

	must(tb.Close(b))
	if to.in.quickPut([]byte("x")) {
		t.Error("to an endpoint that is gone")
	}
}

// Who closes the pair, or a direction of it, is obeyed by those who were quick
// before.
func TestQuickIsRefused(t *testing.T) {
	tb, a, b, _, _ := quickPair(t, Stream, 100, nil)
	Write(tb, b, HalfClose, nil)
	if n, err := Write(tb, a, 0, []byte("x")); n != 0 || err != status.ErrBadState {
		t.Errorf("a write after the end: %d, %v", n, err)
	}
	if n, err := WriteAll(tb, a, []byte("x"), past1970); n != 0 || err != status.ErrBadState {
		t.Errorf("WriteAll after the end: %d, %v", n, err)
	}
	p := make([]byte, 60)
	for _, want := range []int{60, 40} {
		if n, err := Read(tb, b, 0, p); n != want || err != nil {
			t.Errorf("a read after the end: %d, %v; want %d", n, err, want)
		}
	}
	if n, err := Read(tb, b, 0, p); n != 0 || err != status.ErrPeerClosed {
		t.Errorf("a read of nothing after the end: %d, %v", n, err)
	}
	if n, err := ReadFull(tb, b, p, past1970); n != 0 || err != status.ErrPeerClosed {
		t.Errorf("ReadFull of nothing after the end: %d, %v", n, err)
	}

	tb, a, b, _, _ = quickPair(t, Stream, 100, nil)
	tb.Close(b)
	if n, err := Write(tb, a, 0, []byte("x")); n != 0 || err != status.ErrPeerClosed {
		t.Errorf("a write to nobody: %d, %v", n, err)
	}
	if n, err := WriteAll(tb, a, []byte("x"), past1970); n != 0 || err != status.ErrPeerClosed {
		t.Errorf("WriteAll to nobody: %d, %v", n, err)
	}
	if n, err := ReadFull(tb, a, p, past1970); n != 0 || err != status.ErrPeerClosed {
		t.Errorf("ReadFull from nobody: %d, %v", n, err)
	}
}

// Calls through an entry that has left its table do nothing, though its
// endpoint lives on.
func TestQuickThroughADeadEntry(t *testing.T) {
	tb, a, b, _, to := quickPair(t, Stream, 100, nil)
	da, _ := tb.Duplicate(a, handle.SameRights)
	db, _ := tb.Duplicate(b, handle.SameRights)
	ea, eb := tb.Lookup(da), tb.Lookup(db)
	tb.Close(da)
	tb.Close(db)
	ea.Lock()
	if n, bl, st := to.peer().startWrite(ea, []byte("x"), false); n != 0 || bl != nil || st != status.ErrBadHandle {
		t.Errorf("startWrite: %d, %v", n, st)
	}
	eb.Lock()
	if n, bl, st := to.startRead(eb, make([]byte, 1), 1, false); n != 0 || bl != nil || st != status.ErrBadHandle {
		t.Errorf("startRead: %d, %v", n, st)
	}
	if to.in.size != 100 {
		t.Errorf("%d bytes are left", to.in.size)
	}
}

// A memory limit counts every byte, and has them all back.
func TestQuickIsCounted(t *testing.T) {
	const limit = PairCharge + 2*handle.HandleCharge + 150
	for _, mode := range []uint32{Stream, Datagram} {
		tb, a, b, _, _ := quickPair(t, mode, 100, []handle.Option{handle.WithMemoryLimit(limit)})
		for round := range 3 {
			if n, err := Write(tb, a, 0, make([]byte, 50)); n != 50 || err != nil {
				t.Errorf("mode %d, round %d: %d, %v", mode, round, n, err)
			}
			if n, err := Write(tb, a, 0, []byte("x")); n != 0 || err != status.ErrNoMemory {
				t.Errorf("mode %d, round %d, over the limit: %d, %v", mode, round, n, err)
			}
			p := make([]byte, []int{150, 60, 100}[round]) // cuts a datagram, too
			for err := error(nil); err == nil; {
				_, err = Read(tb, b, 0, p)
			}
			if n, err := Write(tb, a, 0, make([]byte, 100)); n != 100 || err != nil {
				t.Errorf("mode %d, round %d: %d, %v", mode, round, n, err)
			}
		}
	}
}
