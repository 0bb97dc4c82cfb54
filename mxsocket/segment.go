package mxsocket

import (
	"math/bits"
	"sync"
	"sync/atomic"
)

// A segment is a piece of the memory of a queue.
type segment struct {
	next *segment // the one behind it in the queue
	r, w int      // buf[r:w] is in the queue, and buf[w:] is room
	buf  []byte
}

// The sizes of segments are the powers of two from smallSegment to
// largeSegment. A drained queue keeps one of the small ones.
const (
	smallSegment = 1 << 10
	largeSegment = 64 << 10
	segmentSizes = 7
	largeTurns   = 4
)

// segments holds those that no queue uses, by size, until the garbage collector
// takes them. (They may belong to the package because a segment holds no
// channel and no timer: it may wander between the bubbles of testing/synctest.)
//
// The large ones are in several pools, which they are taken from and put into in
// turn: to write 64 KiB and read them is a sixth quicker in four pieces of
// memory one after the other than in the same one each time.
var (
	segments   [segmentSizes - 1 + largeTurns]sync.Pool
	taken, put atomic.Uint32 // how often a large one was
)

// poolFor returns the pool for segments of a size. turn counts the large ones.
func poolFor(size int, turn *atomic.Uint32) *sync.Pool {
	i := bits.Len(uint(size)) - bits.Len(smallSegment)
	if size == largeSegment {
		i += int(turn.Add(1) % largeTurns)
	}
	return &segments[i]
}

// newSegment returns an empty segment of a size.
func newSegment(size int) *segment {
	if s, ok := poolFor(size, &taken).Get().(*segment); ok {
		return s
	}
	return &segment{buf: make([]byte, size)}
}

// memory returns the size of s in KiB.
func (s *segment) memory() uint32 { return uint32(len(s.buf) >> 10) }

// release gives s back, which no queue refers to any more.
func (s *segment) release() {
	s.next, s.r, s.w = nil, 0, 0
	poolFor(len(s.buf), &put).Put(s)
}

// sizeFor returns the size of the smallest segment that holds n bytes, or
// largeSegment if there is none.
func sizeFor(n int) int {
	if n >= largeSegment {
		return largeSegment
	}
	return max(smallSegment, 1<<bits.Len(uint(n-1)))
}
