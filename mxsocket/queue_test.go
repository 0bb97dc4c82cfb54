package mxsocket

import (
	"bytes"
	"math/rand/v2"
	"testing"
)

// wantShape checks that the memory of q follows its content.
func wantShape(t *testing.T, q *queue) {
	t.Helper()
	switch c := q.head; {
	case q.size == 0 && (q.head != q.tail || q.r != 0 || q.w != 0):
		t.Fatalf("empty, with a chain, or positions %d and %d", q.r, q.w)
	case q.size == 0 && c != nil && len(c.data) != smallChunk:
		t.Fatalf("empty, and keeps a chunk of %d bytes", len(c.data))
	case q.size > 0 && int(q.r) >= len(c.data):
		t.Fatalf("the first chunk, of %d bytes, is read to position %d, and kept", len(c.data), q.r)
	case (q.small != nil) != (c != nil && c == q.tail && len(c.data) == smallChunk):
		t.Fatalf("small is %v", q.small != nil)
	}
	held := -int(q.r)
	for c := q.head; c != nil && c != q.tail; c = c.next {
		held += len(c.data)
	}
	if held += int(q.w); held != q.size {
		t.Fatalf("%d bytes between the positions, and size is %d", held, q.size)
	}
}

// Whatever is written and read, in whatever sizes: the bytes, and the memory.
func TestQueue(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	sizes := []int{1, 2, smallChunk - 1, smallChunk, smallChunk + 1, 4095, 4096, 4097, 1 << 16, 1<<16 + 1}
	size := func() int {
		if n := rng.IntN(2 * len(sizes)); n < len(sizes) {
			return sizes[n]
		}
		return 1 + rng.IntN(10000)
	}
	var q queue
	var want []byte
	next := byte(0)
	for range 20000 {
		if rng.IntN(2) == 0 && len(want) < 300000 {
			p := make([]byte, size())
			for i := range p {
				p[i] = next
				next = next*5 + 1
			}
			fresh := q.size == 0
			if q.write(p); fresh && len(p) <= 1<<largestShift && q.head != q.tail {
				t.Fatalf("%d bytes into an empty queue lie in two pieces", len(p))
			}
			want = append(want, p...)
		} else if len(want) > 0 {
			n := len(want)
			if rng.IntN(3) > 0 {
				n = min(n, size())
			}
			p := make([]byte, n)
			q.peek(p)
			q.discard(n)
			if !bytes.Equal(p, want[:n]) {
				t.Fatalf("a read of %d bytes gives others", n)
			}
			want = want[n:]
		}
		if q.size != len(want) {
			t.Fatalf("size is %d, want %d", q.size, len(want))
		}
		wantShape(t, &q)
	}
}

// What a write has put in can be taken back, to the byte.
func TestQueueRollback(t *testing.T) {
	for _, before := range []int{0, 1, smallChunk, smallChunk + 1, 5000} {
		for _, n := range []int{1, smallChunk, 5000, 200000} {
			var q queue
			p := bytes.Repeat([]byte("abc"), before)[:before]
			q.write(p)
			m := q.mark()
			q.write(make([]byte, n))
			q.rollback(m)
			wantShape(t, &q)
			got := make([]byte, q.size)
			if q.size > 0 {
				q.peek(got)
			}
			if !bytes.Equal(got, p) {
				t.Errorf("%d bytes, and %d taken back: %d are left, or others", before, n, q.size)
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
