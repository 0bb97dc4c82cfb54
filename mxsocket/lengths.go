package mxsocket

import "sync"

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
