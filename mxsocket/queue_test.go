package mxsocket

import (
	"bytes"
	"math/rand/v2"
	"os"
	"testing"
)

// lone is an endpoint that is in no table, for tests of its queue alone.
func lone(capacity int, datagram bool) *endpoint {
	p := &pair{capacity: uint32(capacity), datagram: datagram}
	p.ends[0].pair, p.ends[1].pair = p, p
	return &p.ends[0]
}

// A twin is a queue, and beside it the plain slices that must be in it: the
// datagrams, or of a stream one.
type twin struct {
	*testing.T
	ep   *endpoint
	want [][]byte
	src  *rand.ChaCha8 // no segment is as long as it takes for this to repeat itself
}

func newTwin(t *testing.T, capacity int, datagram bool) *twin {
	return &twin{T: t, ep: lone(capacity, datagram), src: rand.NewChaCha8([32]byte{1})}
}

func (x *twin) bytes(n int) []byte {
	p := make([]byte, n)
	x.src.Read(p)
	return p
}

func (x *twin) wrote(p []byte) {
	if len(x.want) > 0 && !x.ep.pair.datagram {
		x.want[0] = append(x.want[0], p...)
		return
	}
	x.want = append(x.want, p)
}

// write appends n bytes by one of the ways that there are. A raw call gives up
// after keep of them, and then keeps them, or nothing.
func (x *twin) write(way, n, keep int) {
	q, datagram := &x.ep.in, x.ep.pair.datagram
	p, before := x.bytes(n), *q
	switch way {
	case 0:
		if datagram && !q.putDatagram(p) || !datagram && !q.fits(n) {
			if *q != before {
				x.Fatalf("putDatagram of %d bytes said no, and has changed something", n)
			}
			return
		}
		if !datagram {
			q.put(p)
		}
	case 1:
		q.append(p, datagram)
	default:
		a := q.begin(n, datagram)
		for done := 0; done < keep; {
			s := a.room()
			if len(s) == 0 || len(s) > n-done {
				x.Fatalf("room for %d bytes has %d", n-done, len(s))
			}
			k := copy(s[:min(len(s), keep-done)], p[done:])
			a.copied(k)
			done += k
		}
		if keep < n {
			a.room() // which it was given, before it gave up
			if keep == 0 || datagram || way == 2 {
				return // nothing has happened
			}
		}
		a.commit()
		p = p[:keep]
	}
	x.wrote(p)
}

// read takes up to n bytes, or the first datagram, by one of the ways.
func (x *twin) read(way, n int) {
	q, datagram := &x.ep.in, x.ep.pair.datagram
	first := x.want[0]
	n = min(n, len(first))
	got, taken := make([]byte, n), n
	switch {
	case way == 0:
		if !q.simple(n) || datagram && n < len(first) {
			return
		}
		if q.take(got); datagram {
			q.front = q.popLength()
		}
	case way == 1 && datagram && n < len(first):
		q.peek(got)
		q.shorten(n)
	default:
		q.peek(got)
		if q.discard(n, datagram); datagram {
			taken = len(first)
		}
	}
	if !bytes.Equal(got, first[:n]) {
		x.Fatalf("%d bytes are not those that were written", n)
	}
	if x.want[0] = first[taken:]; len(x.want[0]) == 0 {
		x.want = x.want[1:]
	}
}

// whole checks all that can be seen of the queue.
func (x *twin) whole() {
	x.Helper()
	size, front := 0, 0
	for _, p := range x.want {
		size += len(p)
	}
	if len(x.want) > 0 && x.ep.pair.datagram {
		front = len(x.want[0])
	}
	if x.ep.in.size != size || int(x.ep.in.front) != front {
		x.Fatalf("size %d, the first datagram %d; want %d and %d", x.ep.in.size, x.ep.in.front, size, front)
	}
	wantShape(x.T, x.ep)
}

// Whatever is written and read, by whichever way and in whatever sizes: the
// bytes, and the memory at every step. More of it if MXCONFORM_LONG is set.
func TestQueue(t *testing.T) {
	capacities, steps, enough := []int{1, 10, 1000, 1024, 5000, 64 << 10, DefaultCapacity}, 1000, 15
	if os.Getenv("MXCONFORM_LONG") != "" {
		capacities, steps, enough = append(capacities, 2<<20), 6000, 100
	}
	for _, capacity := range capacities {
		for _, datagram := range []bool{false, true} {
			rng := rand.New(rand.NewPCG(uint64(capacity), 2))
			x := newTwin(t, capacity, datagram)
			q := &x.ep.in
			edges := []int{1, 2, 127, 128, 1023, 1024, 1025, 16383, 16384, 65535, 65536, 65537}
			var writes, reads, most [2]int
			for step := range steps {
				size := func(most int) int { // mostly small, now and then an edge, or all
					switch rng.IntN(8) {
					case 0:
						return most
					case 1:
						return min(most, edges[rng.IntN(len(edges))])
					case 2:
						if s := q.tail; s != nil { // to the end of a segment, or beyond
							return min(most, max(1, len(s.buf)-s.w+rng.IntN(2)))
						}
					case 3:
						if s := q.head; s != nil {
							return min(most, max(1, s.w-s.r+rng.IntN(2)))
						}
					}
					return min(most, 1+rng.IntN(1<<rng.IntN(18)))
				}
				room := capacity - q.size
				filling := step/100%2 == 0 // in turns, so that it gets full, and empty
				switch op := rng.IntN(10); {
				case room > 0 && (op < 3 || filling && op < 8):
					n, way := size(room), rng.IntN(4)
					if before := q.size; way > 1 {
						x.write(way, n, rng.IntN(n+1))
					} else if x.write(way, n, n); way == 0 && q.size > before {
						writes[0]++
					}
				case op == 9 && rng.IntN(200) == 0:
					q.clear()
					if x.want = nil; *q != (queue{}) {
						t.Fatal("cleared, and keeps something")
					}
				case q.size > 0:
					way, before := rng.IntN(3), q.size
					if x.read(way, size(q.size)); way == 0 && q.size < before {
						reads[0]++
					}
				}
				x.whole()
				most[0] = max(most[0], q.size)
			}
			if most[0] < capacity*3/4 || capacity > 10 && (writes[0] < enough || reads[0] < enough) {
				t.Errorf("capacity %d, datagrams %v: held up to %d; %d fast writes and %d fast reads", capacity, datagram, most[0], writes[0], reads[0])
			}
		}
	}
}

// A burst does not come back: neither at the next small message, nor while a
// little of it is left. And what a small call may move is little.
func TestBurstDoesNotComeBack(t *testing.T) {
	const burst = 32 << 20
	for _, datagram := range []bool{false, true} {
		x := lone(64<<20, datagram)
		q := &x.in
		piece := make([]byte, 32<<10)
		for q.size < burst {
			q.append(piece, datagram)
			wantMemory(t, q)
		}
		for q.size > len(piece) {
			q.discard(len(piece), datagram)
			wantMemory(t, q)
		}
		for q.size > 1 && !datagram {
			q.discard(1, false)
			wantMemory(t, q)
		}
		q.discard(q.size, datagram)
		q.append(piece[:2<<10], datagram)
		wantShape(t, x)
	}
}

func wantMemory(t *testing.T, q *queue) {
	t.Helper()
	if memory := int(q.memory) << 10; memory > 4*q.size+4<<10 {
		t.Fatalf("%d bytes take %d", q.size, memory)
	}
}

// Datagrams of one byte are the most lengths that there can be for a byte.
func TestLengthsAreCounted(t *testing.T) {
	const n = 100_000
	ep := lone(n, true)
	for i := range n {
		ep.in.append([]byte{byte(i)}, true)
		wantMemory(t, &ep.in)
	}
	wantShape(t, ep)
	for i := range n {
		var p [1]byte
		if ep.in.peek(p[:]); p[0] != byte(i) || ep.in.front != 1 {
			t.Fatalf("datagram %d is %d, and has %d bytes", i, p[0], ep.in.front)
		}
		ep.in.discard(1, true)
		wantMemory(t, &ep.in)
	}
	wantShape(t, ep)
}

// Filling and draining allocates nothing once the pools have the segments. (The
// least of a few tries: a pool may forget.)
func TestQueueAllocatesNothing(t *testing.T) {
	if underRace {
		t.Skip("with -race a pool forgets on purpose")
	}
	for _, capacity := range []int{1, 1 << 10, 1<<10 + 1, 1 << 16, DefaultCapacity, 1 << 20} {
		for _, n := range []int{1 << 10, 1 << 14, 1 << 16} {
			ep, piece := lone(capacity, false), make([]byte, n)
			least := 1e9
			for try := 0; try < 5 && least > 0; try++ {
				least = min(least, testing.AllocsPerRun(50, func() {
					for room := capacity; room > 0; room = capacity - ep.in.size {
						ep.peer().writeLocked(piece[:min(n, room)])
					}
					for ep.in.size > 0 {
						ep.readLocked(piece, 0)
					}
				}))
			}
			if least > 0 {
				t.Errorf("capacity %d, by %d bytes: %v allocations", capacity, n, least)
			}
		}
	}
}
