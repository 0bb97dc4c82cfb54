package mxsocket

import "encoding/binary"

// A queue is the bytes of one direction, in a list of segments: they are read
// from the first one and written to the last. It has no lock; the lock of the
// pair guards it.
//
// In a queue of datagrams a prefix stands before each one but the first: its
// length, as a varint. The length of the first is in front.
//
// The memory of a queue follows its content: never more than four times the
// bytes in it and 4 KiB, which [queue.trim] sees to. A queue that grows takes
// a segment more, and moves nothing. One that shrinks gives back each segment
// that has been read, and only when the last few are nearly empty are their
// bytes moved together: at most some 40 KiB, and only after several times as
// many were read.
type queue struct {
	head, tail *segment // both nil while there is no memory
	free       *segment // a small one that is in no list, or nil

	size   int    // bytes in the queue, prefixes apart
	memory uint32 // KiB of all segments, used or not
	front  uint32 // bytes of the first datagram, 0 if there is none
}

// bound returns the memory that the segments of a queue may have which holds
// size bytes, in KiB: the fourth KiB is for their headers.
func bound(size int) uint32 { return uint32(size>>8) + 3 }

// fits reports whether there is room for n bytes in the last segment, so that
// put may be called.
func (q *queue) fits(n int) bool {
	return q.tail != nil && n <= len(q.tail.buf)-q.tail.w
}

// put appends p, which fits, to a stream. p is copied before anything changes.
func (q *queue) put(p []byte) {
	s := q.tail
	copy(s.buf[s.w:], p)
	s.w += len(p)
	q.size += len(p)
}

// putDatagram is put for a datagram, if it and its length fit. Otherwise it
// changes nothing and returns false.
func (q *queue) putDatagram(p []byte) bool {
	if q.size == 0 {
		if !q.fits(len(p)) {
			return false
		}
		q.put(p)
		q.front = uint32(len(p))
		return true
	}
	prefix := prefixLen(len(p))
	if !q.fits(prefix + len(p)) {
		return false
	}
	s := q.tail
	copy(s.buf[s.w+prefix:], p)
	binary.PutUvarint(s.buf[s.w:], uint64(len(p)))
	s.w += prefix + len(p)
	q.size += len(p)
	return true
}

// simple reports whether the first n > 0 bytes lie in one segment that neither
// runs empty without them, unless it is all there is, nor becomes too large for
// what is left, so that take may be called.
func (q *queue) simple(n int) bool {
	return n > 0 && (n < q.head.w-q.head.r && q.memory <= bound(q.size-n) || n == q.size && q.memory == 1)
}

// take moves the first len(p) bytes of a stream, or of its first datagram, which
// must be simple, to p. They are copied before anything changes.
func (q *queue) take(p []byte) {
	s := q.head
	copy(p, s.buf[s.r:])
	s.r += len(p)
	if q.size -= len(p); q.size == 0 {
		s.r, s.w = 0, 0
	}
}

// peek copies the first len(p) bytes, which must be there, to p. Of datagrams
// it copies from the first one.
func (q *queue) peek(p []byte) {
	for s := q.head; len(p) > 0; s = s.next {
		p = p[copy(p, s.buf[s.r:s.w]):]
	}
}

// append puts p at the end, as one datagram or as bytes of a stream. p is copied
// before anything changes.
func (q *queue) append(p []byte, datagram bool) {
	a := q.begin(len(p), datagram)
	for len(p) > 0 {
		n := copy(a.room(), p)
		a.copied(n)
		p = p[n:]
	}
	a.commit()
}

// discard takes off the first n bytes of a stream, which must be there, or the
// whole first datagram.
func (q *queue) discard(n int, datagram bool) {
	if datagram {
		n = int(q.front)
	}
	q.size -= n
	q.skip(n)
	if datagram {
		q.front = q.popLength()
	}
	q.trim()
}

// shorten takes n bytes off the first datagram, which is longer.
func (q *queue) shorten(n int) {
	q.front -= uint32(n)
	q.size -= n
	q.skip(n)
	q.trim()
}

// popLength takes the length that is next off the queue and returns it, or 0 if
// the queue is empty.
func (q *queue) popLength() uint32 {
	if q.size == 0 {
		return 0
	}
	for n, shift := uint32(0), 0; ; shift += 7 {
		for q.head.r == q.head.w {
			q.drop()
		}
		b := q.head.buf[q.head.r]
		q.head.r++
		n |= uint32(b&0x7f) << shift
		if b < 0x80 {
			return n
		}
	}
}

// prefixLen returns the length of the prefix of a datagram of n bytes.
func prefixLen(n int) int {
	size := 1
	for ; n >= 0x80; n >>= 7 {
		size++
	}
	return size
}

// skip goes over n stored bytes, and gives back the segments that were read,
// but for the last.
func (q *queue) skip(n int) {
	for {
		s := q.head
		k := min(n, s.w-s.r)
		s.r += k
		if n -= k; n == 0 {
			return
		}
		q.drop()
	}
}

// drop takes the first segment, which has been read, off the list. Another is
// behind it.
func (q *queue) drop() {
	s := q.head
	q.head = s.next
	if q.free == nil && len(s.buf) == smallSegment {
		s.next, s.r, s.w = nil, 0, 0
		q.free = s
		return
	}
	q.memory -= s.memory()
	s.release()
}

// trim holds the memory to its bound. Call it after anything that takes bytes
// off, or memory on.
func (q *queue) trim() {
	if q.size == 0 {
		q.drained()
		return
	}
	if q.memory > bound(q.size) {
		q.compact()
	}
}

// drained gives back the memory of a queue that is empty, but for one small
// segment: a queue that goes from empty to a few bytes and back allocates
// nothing.
func (q *queue) drained() {
	kept := q.free
	for s := q.head; s != nil; {
		next := s.next
		if kept == nil && len(s.buf) == smallSegment {
			kept = s
			s.next, s.r, s.w = nil, 0, 0
		} else {
			s.release()
		}
		s = next
	}
	q.head, q.tail, q.free, q.memory = kept, kept, nil, 0
	if kept != nil {
		q.memory = kept.memory()
	}
}

// compact moves all bytes to new segments that they fill, but for the last. No
// list of long ones comes here: of each only the ends can be empty.
func (q *queue) compact() {
	old, stored := q.head, 0
	for s := old; s != nil; s = s.next {
		stored += s.w - s.r
	}
	if q.free != nil {
		q.free.release()
	}
	q.head, q.tail, q.free, q.memory = nil, nil, nil, 0
	for s := old; s != nil; {
		for s.r < s.w {
			t := q.tail
			if t == nil || t.w == len(t.buf) {
				size := sizeFor(stored)
				if size > stored && size > smallSegment {
					size /= 2
				}
				t = newSegment(size)
				q.link(t, t, t.memory())
			}
			n := copy(t.buf[t.w:], s.buf[s.r:s.w])
			t.w += n
			s.r += n
			stored -= n
		}
		next := s.next
		s.release()
		s = next
	}
}

// link puts a list of segments at the end, from first to last.
func (q *queue) link(first, last *segment, memory uint32) {
	if q.tail == nil {
		q.head = first
	} else {
		q.tail.next = first
	}
	q.tail = last
	q.memory += memory
}

// clear empties the queue and gives back all its memory.
func (q *queue) clear() {
	if s := q.head; s != nil && s.next == nil {
		s.release()
	}
	*q = queue{} // a long list is left to the garbage collector, in one step
}

// An appending is bytes on their way to the end of a queue. They are copied to
// where they will lie, but until commit nothing of the queue changes: if the
// copying ends in a panic, or too early, nothing has happened.
type appending struct {
	q        *queue
	datagram bool
	prefix   int // bytes that stand before the datagram
	left     int // bytes that may still come
	n        int // bytes that have come, prefix included

	last   *segment // where the next bytes go, at last.buf[w]
	w      int
	first  *segment // the first one that is not in the queue yet, or nil
	memory uint32   // of those that are not, in KiB
}

// begin starts to append up to n bytes, which are at least one.
func (q *queue) begin(n int, datagram bool) appending {
	if s := q.tail; q.size == 0 && s != nil && n > len(s.buf) {
		// They go to memory of their own, in one piece.
		q.head, q.tail, q.free = nil, nil, s
	}
	a := appending{q: q, datagram: datagram, left: n, last: q.tail}
	if a.last != nil {
		a.w = a.last.w
	}
	if datagram && q.size > 0 {
		var buf [binary.MaxVarintLen64]byte
		a.prefix = binary.PutUvarint(buf[:], uint64(n))
		a.left += a.prefix
		for p := buf[:a.prefix]; len(p) > 0; {
			k := copy(a.room(), p)
			a.copied(k)
			p = p[k:]
		}
	}
	return a
}

// room returns where the next bytes go: at least one, and at most those that
// are left.
func (a *appending) room() []byte {
	if a.last == nil || a.w == len(a.last.buf) {
		a.grow()
	}
	free := a.last.buf[a.w:]
	return free[:min(a.left, len(free))]
}

// grow adds a segment: of the size of what is still to come, or of twice of
// what the queue holds if that is more, as far as its bound allows.
func (a *appending) grow() {
	q := a.q
	size := sizeFor(max(2*q.size, a.left))
	// Well below the bound, so that not every read has to move bytes.
	for most := bound((q.size + a.n + a.left) * 3 / 4); size > smallSegment && q.memory+a.memory+uint32(size>>10) > most; {
		size /= 2
	}
	s := q.free
	if s != nil && size == smallSegment {
		q.free = nil
		q.memory -= s.memory()
	} else {
		s = newSegment(size)
	}
	a.memory += s.memory()
	if a.first == nil {
		a.first = s
	} else {
		a.last.w, a.last.next = a.w, s
	}
	a.last, a.w = s, 0
}

// copied says that n bytes were copied to the room.
func (a *appending) copied(n int) {
	a.w += n
	a.n += n
	a.left -= n
}

// commit makes what was copied part of the queue. It is at least one byte, and
// of a datagram all.
func (a *appending) commit() {
	q, n := a.q, a.n-a.prefix
	if a.first == nil {
		a.last.w = a.w
	} else {
		if q.tail != nil {
			q.tail.w = len(q.tail.buf)
		}
		a.last.w = a.w
		q.link(a.first, a.last, a.memory)
	}
	if a.datagram && q.size == 0 {
		q.front = uint32(n)
	}
	q.size += n
	q.trim()
}
