package mxsocket

import "sync"

// A queue is the bytes of one direction, in a list of chunks. Its memory
// follows its content: nothing before the first byte, chunks while there are
// bytes, and one small chunk at most once it has drained. It has no lock; the
// lock of the pair guards it.
//
// What is written begins at tail.data[w:], what is read at head.data[r:].
type queue struct {
	head, tail *chunk
	size       int      // bytes
	r, w       int32    // a chunk is smaller than that
	lengths    *lengths // of the datagrams; nil before the first

	// small is the memory of the only chunk, if there is just one and it is a
	// small one, else nil. Write and Read use it in place: that saves calls,
	// and loads that wait for one another.
	small *[smallChunk]byte
}

// chained is called when chunks were added or taken off.
func (q *queue) chained() {
	if q.small = nil; q.head != nil && q.head == q.tail {
		q.small = q.head.small
	}
}

// write appends p.
func (q *queue) write(p []byte) {
	if c := q.tail; c != nil && len(p) <= len(c.data)-int(q.w) {
		copy(c.data[q.w:], p)
		q.w += int32(len(p))
		q.size += len(p)
		return
	}
	for len(p) > 0 {
		n := copy(q.space(len(p)), p)
		q.extend(n)
		p = p[n:]
	}
}

// space is free memory at the end of the queue, at least one byte and at most
// n. extend makes what was copied there part of the queue.
func (q *queue) space(n int) []byte {
	if q.tail == nil {
		q.head = newChunk(n)
		q.tail, q.r, q.w = q.head, 0, 0
		q.chained()
	} else if q.size == 0 && n > len(q.tail.data) {
		// An empty small chunk would only split the copy.
		q.drop()
		return q.space(n)
	} else if int(q.w) == len(q.tail.data) {
		// Grow with the content, so that few chunks hold much, and little is
		// held in small ones.
		q.tail.next = newChunk(max(n, q.size))
		q.tail, q.w = q.tail.next, 0
		q.chained()
	}
	s := q.tail.data[q.w:]
	return s[:min(n, len(s))]
}

func (q *queue) extend(n int) {
	q.w += int32(n)
	q.size += n
}

// A mark is a place to come back to: the end of the queue as it was.
type mark struct {
	tail *chunk
	w    int32
	size int
}

func (q *queue) mark() mark { return mark{q.tail, q.w, q.size} }

// rollback takes off what was written after m, with nothing read meanwhile.
func (q *queue) rollback(m mark) {
	if m.size == 0 {
		q.size = 0
		q.drop()
		return
	}
	freeChunks(m.tail.next)
	m.tail.next = nil
	q.tail, q.w, q.size = m.tail, m.w, m.size
	q.chained()
}

// peek copies the first len(p) bytes, which must be there, to p.
func (q *queue) peek(p []byte) {
	n := copy(p, q.head.data[q.r:])
	for c := q.head.next; n < len(p); c = c.next {
		n += copy(p[n:], c.data)
	}
}

// span is the memory of up to n bytes of the queue from position off, at
// least one; there must be that many.
func (q *queue) span(off, n int) []byte {
	c, i := q.head, int(q.r)+off
	for i >= len(c.data) {
		i -= len(c.data)
		c = c.next
	}
	s := c.data[i:]
	return s[:min(n, len(s))]
}

// discard takes off the first n bytes, which must be there. An empty queue
// gives its memory back, but for one small chunk: a queue that goes from empty
// to a few bytes and back allocates nothing.
func (q *queue) discard(n int) {
	c, r := q.head, int(q.r)+n
	if q.size > n && r < len(c.data) || q.small != nil {
		q.take(n)
		return
	}
	q.size -= n
	q.trim(r)
}

// take is discard where all that stays, and what is taken, is in one chunk,
// and if nothing stays, in a small one.
func (q *queue) take(n int) {
	q.r += int32(n)
	if q.size -= n; q.size == 0 {
		q.r, q.w = 0, 0
	}
}

// trim frees the chunks before position r, counted from the start of the
// first, where all that the queue has begins.
func (q *queue) trim(r int) {
	for q.head != q.tail && r >= len(q.head.data) {
		c := q.head
		r -= len(c.data)
		q.head = c.next
		c.free()
	}
	q.chained()
	q.r = int32(r)
	if q.size > 0 {
		return
	}
	if q.r, q.w = 0, 0; len(q.head.data) > smallChunk {
		q.drop()
	}
}

// drop gives back all chunks.
func (q *queue) drop() {
	freeChunks(q.head)
	q.head, q.tail, q.r, q.w = nil, nil, 0, 0
	q.chained()
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

// bound marks the last n bytes as a datagram.
func (q *queue) bound(n int) {
	if q.lengths == nil {
		q.lengths = new(lengths)
	}
	q.lengths.push(uint32(n))
}

// first is the length of the first datagram, which must be there.
func (q *queue) first() int { return int(q.lengths.ring[q.lengths.head]) }

// unbound takes the first datagram off the lengths, and returns its own.
func (q *queue) unbound() int { return int(q.lengths.pop()) }

// lengths is a ring of datagram lengths. It grows by doubling, and when it runs
// empty it is back at its first, small size; the size that a stream of
// middling datagrams needs is kept in a pool meanwhile.
type lengths struct {
	ring    []uint32 // a power of two of them
	head, n int
	small   [16]uint32
}

const pooledLengths = 256

var lengthsPool = sync.Pool{New: func() any { return new([pooledLengths]uint32) }}

func (l *lengths) push(n uint32) {
	if l.n == len(l.ring) {
		l.grow()
	}
	l.ring[(l.head+l.n)&(len(l.ring)-1)] = n
	l.n++
}

func (l *lengths) grow() {
	var ring []uint32
	switch {
	case l.ring == nil:
		ring = l.small[:]
	case len(l.ring) < pooledLengths:
		ring = lengthsPool.Get().(*[pooledLengths]uint32)[:]
	default:
		ring = make([]uint32, 2*len(l.ring))
	}
	k := copy(ring, l.ring[l.head:])
	copy(ring[k:], l.ring[:l.head])
	l.shrink()
	l.ring, l.head = ring, 0
}

// shrink gives back the ring, and leaves the small one.
func (l *lengths) shrink() {
	if len(l.ring) == pooledLengths {
		lengthsPool.Put((*[pooledLengths]uint32)(l.ring))
	}
	l.ring, l.head = l.small[:], 0
}

func (l *lengths) pop() uint32 {
	n := l.ring[l.head]
	l.head = (l.head + 1) & (len(l.ring) - 1)
	l.n--
	if l.n == 0 && len(l.ring) > len(l.small) {
		l.shrink()
	}
	return n
}
