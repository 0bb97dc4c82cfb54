package mxsocket

import (
	"testing"
	"unsafe"
)

// A ring holds what it was asked for and is the smallest that does, but for the
// one that is better gone round.
func TestRingSizes(t *testing.T) {
	for _, tt := range []struct{ n, size uint64 }{
		{1, 1 << 10}, {2, 1 << 10}, {1<<10 - 1, 1 << 10}, {1 << 10, 1 << 10},
		{1<<10 + 1, 1 << 12}, {1 << 12, 1 << 12},
		{1<<12 + 1, 1 << 14}, {1 << 14, 1 << 14},
		{1<<14 + 1, 1 << 16}, {1 << 15, 1 << 16},
		{1<<15 + 1, 1 << 18}, {1 << 16, 1 << 18}, {1<<16 + 1, 1 << 18}, {DefaultCapacity, 1 << 18}, {1 << 18, 1 << 18},
		{1<<18 + 1, 1 << 20}, {1 << 20, 1 << 20}, {1<<20 + 1, 1 << 22},
		{1<<32 - 1, 1 << 32}, // the largest capacity
	} {
		if uint64(int(tt.n)) != tt.n || int(tt.n) < 0 {
			continue // there is no such capacity on this machine
		}
		c := classFor(int(tt.n))
		if c >= classes || smallRing<<(2*uint64(c)) != tt.size {
			t.Errorf("%d bytes are kept in class %d, want a ring of %d", tt.n, c, tt.size)
		}
	}
}

// What is given back goes to those who ask for its size, and to no other.
func TestRingsAreUsedAgain(t *testing.T) {
	for c := range uint8(6) {
		again := false
		for range 100 { // a pool may forget
			b := newRing(c)
			if len(b) != smallRing<<(2*c) {
				t.Fatalf("a ring of class %d has %d bytes", c, len(b))
			}
			freeRing(b)
			for other := range pools {
				p, _ := pools[other].Get().(*byte)
				if p == nil {
					continue
				}
				if p == unsafe.SliceData(b) {
					if other != int(c) {
						t.Fatalf("a ring of class %d was put with those of class %d", c, other)
					}
					again = true
				}
				pools[other].Put(p)
			}
		}
		if !again {
			t.Errorf("no ring of class %d came back", c)
		}
	}
	freeRing(nil) // a queue that has none
}

// fill writes pieces of so many bytes until ep has total to read, and drain
// reads them in such pieces.
func fill(ep *endpoint, piece []byte, total int) {
	for ep.in.size < total {
		ep.peer().put(piece[:min(len(piece), total-ep.in.size)])
	}
}

func drain(ep *endpoint, piece []byte) {
	for ep.in.size > 0 {
		ep.get(piece, 0)
	}
}

// A stream that is filled and drained in turn has the ring that it needs from
// the first bytes on that do not fit into the small one, and never moves any
// again.
func TestHintedRing(t *testing.T) {
	for _, tt := range []struct{ piece, capacity, ring int }{
		{1 << 10, 3000, 1 << 12},
		{1 << 10, 60000, 1 << 16}, // grown into, from 16 KiB, and large enough
		{1 << 10, DefaultCapacity, 1 << 18},
		{1 << 14, DefaultCapacity, 1 << 18},
		{1 << 14, 1 << 20, 1 << 20},
		{1 << 17, 3 << 20, 1 << 22},
	} {
		ep, piece := lone(tt.capacity), make([]byte, tt.piece)
		fill(ep, piece, tt.capacity)
		if len(ep.in.ring) != tt.ring {
			t.Errorf("%+v: filled, the ring has %d bytes", tt, len(ep.in.ring))
		}
		for cycle := range 3 {
			drain(ep, piece)
			wantShape(t, ep)
			fill(ep, piece, min(2*tt.piece, tt.capacity))
			ring := ep.in.ring
			if len(ring) != tt.ring {
				t.Errorf("%+v: after two pieces of cycle %d the ring has %d bytes", tt, cycle, len(ring))
			}
			fill(ep, piece, tt.capacity)
			if wantShape(t, ep); &ep.in.ring[0] != &ring[0] {
				t.Errorf("%+v: cycle %d has moved bytes", tt, cycle)
			}
		}
	}
}

// A stream that needs less from some time on has less, step by step; what fits
// into the small ring asks for nothing.
func TestHintDecays(t *testing.T) {
	ep := lone(DefaultCapacity)
	piece := make([]byte, 1<<13) // half of what some need, which come to it by and by
	full := func() {
		fill(ep, piece, DefaultCapacity)
		drain(ep, piece)
	}
	for _, tt := range []struct {
		total int
		rings []int // of the cycles that come then
	}{
		{1025, []int{1 << 18, 1 << 16, 1 << 14, 1 << 12, 1 << 12}},
		{5000, []int{1 << 18, 1 << 16, 1 << 14, 1 << 14}},
		{1 << 14, []int{1 << 18, 1 << 16, 1 << 14, 1 << 14}},
		{1<<14 + 1, []int{1 << 18, 1 << 16, 1 << 16}}, // more than a quarter of the second
		{1<<16 + 1, []int{1 << 18, 1 << 18}},
		{1 << 10, []int{1 << 10, 1 << 10}},
	} {
		full()
		for i, want := range tt.rings {
			fill(ep, piece, tt.total)
			if wantShape(t, ep); len(ep.in.ring) != want {
				t.Errorf("%d bytes: in cycle %d the ring has %d bytes, want %d", tt.total, i, len(ep.in.ring), want)
			}
			drain(ep, piece)
			wantShape(t, ep)
		}
	}
	full()
	fill(ep, piece, 1<<10)
	drain(ep, piece)
	if fill(ep, piece, 1<<11); len(ep.in.ring) != 1<<18 {
		t.Errorf("a small message has taken the hint away: %d bytes", len(ep.in.ring))
	}
}

// What was taken back counts as little as if it had not been written.
func TestHintAndRollback(t *testing.T) {
	x := newTwin(t, DefaultCapacity)
	x.write(100)
	x.extend(200000, 199999)
	x.whole()
	wantShape(t, x.ep)
	x.discard(100)
	wantShape(t, x.ep)
	x.extend(200000, 199999)
	wantShape(t, x.ep)
}

// A large ring that comes anew is gone on through from where the last one was
// left, so that a stream of large messages does not hit the same memory over
// and over.
func TestLargeRingIsGoneRound(t *testing.T) {
	ep, piece := lone(DefaultCapacity), make([]byte, 1<<16)
	starts := map[uint32]bool{}
	for range 4 {
		fill(ep, piece, len(piece))
		starts[ep.in.r] = true
		wantShape(t, ep)
		drain(ep, piece)
	}
	if len(starts) != 4 {
		t.Errorf("four messages of 64 KiB began at %d places", len(starts))
	}
}

// Filling and draining allocates nothing once the pools have the rings. (The
// least of a few tries: a pool may forget, and with -race does so on purpose.)
func TestQueueAllocatesNothing(t *testing.T) {
	for _, capacity := range []int{1, 1 << 10, 1<<10 + 1, 1 << 16, DefaultCapacity, 1 << 20} {
		for _, n := range []int{1 << 10, 1 << 14, 1 << 16} {
			ep, piece := lone(capacity), make([]byte, n)
			least := 1e9
			for try := 0; try < 5 && least > 0; try++ {
				least = min(least, testing.AllocsPerRun(50, func() {
					fill(ep, piece, capacity)
					drain(ep, piece)
				}))
			}
			if least > 0 {
				t.Errorf("capacity %d, by %d bytes: %v allocations", capacity, n, least)
			}
		}
	}
}
