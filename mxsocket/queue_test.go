package mxsocket

import (
	"bytes"
	"fmt"
	"math/bits"
	"math/rand/v2"
	"testing"
)

// lone is an endpoint that is in no table, for tests of its queue alone.
func lone(capacity int) *endpoint {
	p := &pair{capacity: uint32(capacity)}
	p.ends[0].pair, p.ends[1].pair = p, p
	p.ends[0].retune()
	p.ends[1].retune()
	return &p.ends[0]
}

// wantShape checks that the memory of a queue follows its content, and that the
// quick way, which looks at less than all, cannot do harm.
func wantShape(t *testing.T, ep *endpoint) {
	t.Helper()
	q := &ep.in
	n := len(q.ring)
	shape := fmt.Sprintf("size %d, ring %d, r %d, w %d, quick %d, hint %d, ample %v", q.size, n, q.r, q.w, q.quick, q.hint, q.ample)
	if n > 0 {
		shift := bits.TrailingZeros(uint(n)) - 10 // in 1 KiB
		switch {
		case n&(n-1) != 0 || shift < 0 || shift%2 != 0 || shift/2 >= classes:
			t.Fatalf("no ring has that length: %s", shape)
		case int(q.r) >= n || int(q.w) >= n:
			t.Fatalf("a position is outside of the ring: %s", shape)
		case int(q.w) != (int(q.r)+q.size)%n:
			t.Fatalf("the positions do not go with the size: %s", shape)
		}
	}
	switch {
	case q.size < 0 || q.size > n:
		t.Fatalf("more bytes than places: %s", shape)
	case q.size == 0 && n > smallRing:
		t.Fatalf("drained, and keeps too much: %s", shape)
	case q.size == 0 && n > 0 && (q.r != 0 || q.w != 0):
		t.Fatalf("drained, and not at the beginning: %s", shape)
	case q.ample && (q.hint == 0 || n <= smallRing || q.size > n/4):
		t.Fatalf("ample: %s", shape)
	case n > smallRing && smallRing<<(2*q.hint) != n:
		t.Fatalf("the hint is not the ring: %s", shape)
	case q.quick >= int32(min(int64(ep.pair.capacity), 1<<31-1)):
		t.Fatalf("quick into a full queue: %s", shape)
	case n > 0 && int(q.quick) > n, q.ample && int(q.quick) > n/4:
		t.Fatalf("quick beyond what there is: %s", shape)
	}
}

// A twin is a queue, and beside it a plain slice of what must be in it.
type twin struct {
	*testing.T
	ep   *endpoint
	want []byte
	got  []byte        // what was read, until the next read
	src  *rand.ChaCha8 // no ring is as long as it takes for this to repeat itself
}

func newTwin(t *testing.T, capacity int) *twin {
	return &twin{T: t, ep: lone(capacity), src: rand.NewChaCha8([32]byte{1})}
}

// bytes are n bytes that were not there before.
func (x *twin) bytes(n int) []byte {
	p := make([]byte, n)
	x.src.Read(p)
	return p
}

func (x *twin) write(n int) {
	p := x.bytes(n)
	x.ep.reserve(n)
	x.ep.in.write(p)
	x.want = append(x.want, p...)
}

// extend writes as raw calls do, who go by the pieces, and gives up after keep
// bytes.
func (x *twin) extend(n, keep int) {
	p, before := x.bytes(n), x.ep.in.size
	x.ep.reserve(n)
	for done := 0; done < keep; {
		s := x.ep.in.space(n - done)
		if len(s) == 0 || len(s) > n-done {
			x.Fatalf("space for %d bytes has %d", n-done, len(s))
		}
		k := copy(s[:min(len(s), keep-done)], p[done:])
		x.ep.in.extend(k)
		done += k
	}
	if keep < n {
		x.ep.in.rollback(before)
		return
	}
	x.want = append(x.want, p...)
}

func (x *twin) quickPut(n int) {
	p, before := x.bytes(n), x.ep.in
	ok := x.ep.in.quickPut(p)
	switch q := &x.ep.in; {
	case ok:
		x.want = append(x.want, p...)
	case q.size != before.size || q.r != before.r || q.w != before.w:
		x.Fatalf("quickPut of %d bytes said no, and has changed something", n)
	}
}

// quickTake takes n bytes if that is quick. Whoever calls it for all that there
// are knows that the ring is a small one.
func (x *twin) quickTake(n int) {
	if n == len(x.want) && len(x.ep.in.ring) > smallRing {
		return
	}
	before := x.ep.in
	p := x.ep.in.quickTake(n)
	switch q := &x.ep.in; {
	case p != nil:
		x.same("quickTake", p, x.want[:n])
		x.want = x.want[n:]
	case q.size != before.size || q.r != before.r || q.w != before.w:
		x.Fatalf("quickTake of %d bytes said no, and has changed something", n)
	}
}

func (x *twin) discard(n int) {
	x.got = append(x.got[:0], x.want[:n]...)
	clear(x.got)
	x.ep.in.peek(x.got)
	x.same("peek", x.got, x.want[:n])
	x.ep.in.discard(n)
	x.want = x.want[n:]
}

// spans goes over n bytes from off as raw calls do.
func (x *twin) spans(off, n int) {
	for done := 0; done < n; {
		s := x.ep.in.span(off+done, n-done)
		if len(s) == 0 || len(s) > n-done {
			x.Fatalf("a span of %d bytes has %d", n-done, len(s))
		}
		x.same("span", s, x.want[off+done:][:len(s)])
		done += len(s)
	}
}

func (x *twin) same(what string, got, want []byte) {
	x.Helper()
	if !bytes.Equal(got, want) {
		x.Fatalf("%s: %d bytes are not those that were written", what, len(want))
	}
}

// whole checks all that is in the queue.
func (x *twin) whole() {
	x.Helper()
	if x.ep.in.size != len(x.want) {
		x.Fatalf("size is %d, want %d", x.ep.in.size, len(x.want))
	}
	if len(x.want) > 0 {
		x.got = append(x.got[:0], x.want...)
		clear(x.got)
		x.ep.in.peek(x.got)
		x.same("all of it", x.got, x.want)
	}
}

// Whatever is written and read, by whichever way and in whatever sizes: the
// bytes, and the memory.
func TestQueue(t *testing.T) {
	for _, tt := range []struct{ capacity, steps int }{
		{1, 200}, {10, 2000}, {1000, 4000}, {smallRing, 4000}, {5000, 4000}, {nearby, 2000},
		{DefaultCapacity, 1500}, {1 << 20, 300}, {5 << 20, 160},
	} {
		rng := rand.New(rand.NewPCG(uint64(tt.capacity), 2))
		x := newTwin(t, tt.capacity)
		q := &x.ep.in
		edges := []int{1, 2, smallRing - 1, smallRing, smallRing + 1, 4095, 4096, 4097, nearby, nearby + 1}
		rings := map[int]bool{}
		wraps, put, took := 0, 0, 0
		for step := range tt.steps {
			size := func(most int) int { // mostly small, now and then an edge, or all
				switch rng.IntN(8) {
				case 0:
					return most
				case 1:
					return min(most, edges[rng.IntN(len(edges))])
				case 2: // to the end of the ring, or beyond
					return min(most, max(1, len(q.ring)-int(q.w)+rng.IntN(2)))
				}
				return min(most, 1+rng.IntN(1<<rng.IntN(bits.Len(uint(tt.capacity)))))
			}
			room, ring, w := tt.capacity-q.size, len(q.ring), q.w
			filling := step/40%2 == 0 // in turns, so that it gets full, and empty
			switch op := rng.IntN(10); {
			case room > 0 && (op < 3 || filling && op < 6):
				n := size(room)
				switch rng.IntN(4) {
				case 0:
					x.extend(n, n)
				case 1:
					x.extend(n, rng.IntN(n+1))
				default:
					x.write(n)
				}
			case op == 6:
				before := q.size
				x.quickPut(size(room))
				put += q.size - before
			case op == 7:
				before := q.size
				x.quickTake(size(q.size))
				took += before - q.size
			case op == 8 && q.size > 0:
				off := rng.IntN(q.size)
				x.spans(off, size(q.size-off))
			case op == 9 && rng.IntN(50) == 0:
				q.clear()
				x.want = nil
				if q.ring != nil {
					t.Fatal("cleared, and keeps a ring")
				}
			case q.size > 0:
				x.discard(size(q.size))
			}
			if x.whole(); len(q.ring) == ring && q.w < w && q.size > 0 {
				wraps++
			}
			wantShape(t, x.ep)
			rings[len(q.ring)] = true
		}
		largest := smallRing << (2 * classFor(tt.capacity))
		if !rings[largest] || wraps == 0 && tt.capacity > 10 || tt.capacity > 1 && (put == 0 || took == 0) {
			t.Errorf("capacity %d: rings %v, want up to %d; went round %d times, put %d bytes and took %d quickly",
				tt.capacity, rings, largest, wraps, put, took)
		}
	}
}

// What a write has put in can be taken back, to the byte, also where it has
// gone round the end of the ring or has made it grow.
func TestQueueRollback(t *testing.T) {
	for _, skip := range []int{0, 500} {
		for _, before := range []int{0, 1, smallRing - 1, smallRing, smallRing + 1, 5000} {
			for _, n := range []int{1, 700, smallRing, 5000, 200000} {
				x := newTwin(t, 1<<20)
				if before > 0 && skip > 0 {
					x.write(skip)
				}
				if before > 0 {
					x.write(before)
				}
				if len(x.want) > before {
					x.discard(skip)
				}
				x.extend(n, n-1)
				x.whole()
				wantShape(t, x.ep)
				x.write(n)
				x.whole()
				wantShape(t, x.ep)
			}
		}
	}
}

// The lengths of datagrams come out in order, and once all are out the ring is
// small again.
func TestLengths(t *testing.T) {
	var q queue
	for _, n := range []int{1, 16, 17, 256, 257, 3000} {
		for round := range 3 {
			for i := range n {
				q.bound(i + 1)
				if q.first() != 1 {
					t.Fatalf("%d lengths: the first is %d", n, q.first())
				}
			}
			for i := range n {
				if first := q.first(); first != i+1 || q.unbound() != first {
					t.Fatalf("%d lengths: number %d is %d", n, i, first)
				}
			}
			if l := q.lengths; l.n != 0 || len(l.ring) != len(l.small) {
				t.Fatalf("%d lengths, round %d: an empty ring has %d places", n, round, len(l.ring))
			}
		}
	}
}
