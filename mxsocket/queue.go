package mxsocket

import "math"

// A queue is the bytes of one direction, in a ring. Its memory follows its
// content: none before the first byte, a ring that grows with the bytes, and
// once it has drained a small one at most. It has no lock; the lock of the
// pair guards it.
type queue struct {
	ring []byte
	size int    // bytes in the queue, from ring[r] on
	r, w uint32 // w is where the next byte goes; both below len(ring), if there is one
	// quick is up to how many bytes in the queue the quick way is good for,
	// and -1 where it never is ([endpoint.retune]).
	quick int32
	hint  uint8 // the class of ring that it needed lately, when not a small one
	ample bool  // three quarters of the ring have not been needed yet

	lengths *lengths // of the datagrams; nil before the first
}

// The quick way is what nearly all calls take: the bytes lie in one piece, none
// of them is counted, and no signal changes but READABLE. It is part of Write
// and Read, and says no if anything is not so simple; nothing has changed then.

// quickPut is write for p, if that is simple. At an empty queue the caller sees
// to it that no call is blocked, and tells of READABLE.
func (q *queue) quickPut(p []byte) bool {
	w, n := int(q.w), len(p)
	if n == 0 || n > int(q.quick)-q.size || n > len(q.ring)-w {
		return false
	}
	copy(q.ring[w:], p)
	q.w = q.after(w, n)
	q.size += n
	return true
}

// quickTake takes the first n bytes off, which are there, if that is simple,
// and returns them as they lie; else nil. The caller sees to it that only a
// small ring runs empty, and tells of READABLE.
func (q *queue) quickTake(n int) []byte {
	r, size := int(q.r), q.size
	if n == 0 || size > int(q.quick) || n > len(q.ring)-r {
		return nil
	}
	q.r = q.after(r, n)
	if q.size = size - n; size == n {
		q.r, q.w = 0, 0
	}
	return q.ring[r : r+n]
}

// retune finds out how far the quick way of the queue of ep goes: not to where
// the queue is full, which is a signal, and not to where the ring turns out to
// be no more than is needed. It is called whenever something that decides about
// it has changed.
func (ep *endpoint) retune() {
	q := &ep.in
	if ep.pair.limited || ep.ended || ep.rx|ep.peer().tx != 0 {
		q.quick = -1
		return
	}
	most := min(int(ep.pair.capacity)-1, len(q.ring), math.MaxInt32)
	if q.ample {
		most = min(most, len(q.ring)/4)
	}
	q.quick = int32(most)
}

// reserve makes room in the ring for n bytes more.
func (ep *endpoint) reserve(n int) {
	q := &ep.in
	need := q.size + n
	switch {
	case need > len(q.ring):
		q.grow(need)
	case q.ample && need > len(q.ring)/4:
		q.ample = false
	default:
		return
	}
	ep.retune()
}

// grow moves what the queue has to a larger ring, which holds need bytes. One
// that needed a large ring lately, and has outgrown the small one again, gets
// it at once: a stream that is filled and drained in turn moves nothing.
func (q *queue) grow(need int) {
	c := classFor(need)
	if c > 0 {
		c = max(c, q.hint)
		q.hint = c
	}
	ring := newRing(c)
	at := 0
	if q.size > 0 {
		q.peek(ring[:q.size])
	} else if len(ring) > nearby {
		// On from where the last one was left (see [nearby]), but off the start
		// of a page.
		at = (int(q.r) | offPage) & (len(ring) - 1)
	}
	freeRing(q.ring)
	q.ring, q.r = ring, uint32(at)
	q.w = uint32(at + q.size)
	q.ample = c > 0 && need <= len(ring)/4
}

// offPage is how far from the start of a page a large ring begins at least. Large
// buffers of a program begin on a page, and copies between addresses with the
// same last twelve bits are somewhat slower. It is a variable for
// BenchmarkOffPage, which shows by how much.
var offPage = 512

// after is the position n bytes after i. The ring's length is a power of two.
func (q *queue) after(i, n int) uint32 { return uint32(i+n) & uint32(len(q.ring)-1) }

// write appends p, for which there is room in the ring.
func (q *queue) write(p []byte) {
	if k := copy(q.ring[q.w:], p); k < len(p) {
		copy(q.ring, p[k:])
	}
	q.extend(len(p))
}

// space is room at the end of the queue in one piece: at least one byte and at
// most n, which must have been reserved. extend makes what was copied there
// part of the queue.
func (q *queue) space(n int) []byte {
	s := q.ring[q.w:]
	return s[:min(n, len(s))]
}

func (q *queue) extend(n int) {
	q.size += n
	q.w = q.after(int(q.w), n)
}

// rollback takes off what was written since the queue had size bytes, with
// nothing read meanwhile.
func (q *queue) rollback(size int) {
	q.size = size
	if q.w = q.after(int(q.r), size); size == 0 {
		q.drained()
	}
}

// peek copies the first len(p) bytes, which must be there, to p.
func (q *queue) peek(p []byte) {
	if k := copy(p, q.ring[q.r:]); k < len(p) {
		copy(p[k:], q.ring)
	}
}

// span is the memory of up to n bytes of the queue from position off, at
// least one; there must be that many.
func (q *queue) span(off, n int) []byte {
	s := q.ring[q.after(int(q.r), off):]
	return s[:min(n, len(s))]
}

// discard takes off the first n bytes, which must be there.
func (q *queue) discard(n int) {
	q.r = q.after(int(q.r), n)
	if q.size -= n; q.size == 0 {
		q.drained()
	}
}

// drained gives back the ring of a queue that is empty, unless it is a small
// one: a queue that goes from empty to a few bytes and back allocates nothing.
func (q *queue) drained() {
	if len(q.ring) <= smallRing {
		q.r, q.w = 0, 0
		return
	}
	if q.ample {
		q.hint-- // less would have done
	}
	q.drop()
}

// drop gives back the ring.
func (q *queue) drop() {
	freeRing(q.ring)
	q.ring, q.ample = nil, false
}

// clear empties the queue and gives back all its memory.
func (q *queue) clear() {
	q.size = 0
	q.drop()
	if q.lengths != nil {
		q.lengths.shrink()
		q.lengths = nil
	}
}
