package mxsocket

import (
	"math/bits"
	"sync"
)

// A chunk is a piece of the memory of a [queue]. Chunks come in a few sizes,
// and are kept for their next use in pools that the garbage collector empties.
// (The pools can belong to the package because a chunk holds no channel and no
// timer: it may wander between the bubbles of testing/synctest.)
type chunk struct {
	next  *chunk
	pool  *sync.Pool
	data  []byte
	small *[smallChunk]byte
	_     [16]byte // what follows in the same allocation begins on a cache line
}

// smallChunk is the size of the chunk that a drained queue keeps: it holds a
// message of 1 KiB, and is small enough that two of them and the pair stay
// under 4 KiB. The other sizes are powers of two, from 4 to 64 KiB.
const (
	smallChunk   = 1088
	leastShift   = 12
	largestShift = 16
	largest      = largestShift - leastShift + 1
)

// pools has the small chunks first, and the largest last.
var pools [largest + 1]sync.Pool

func init() {
	pools[0].New = func() any {
		c := new(struct {
			chunk
			mem [smallChunk]byte // beside its chunk: one allocation for both
		})
		c.pool, c.data, c.small = &pools[0], c.mem[:], &c.mem
		return &c.chunk
	}
	for i := 1; i < len(pools); i++ {
		size := 1 << (leastShift + i - 1)
		pools[i].New = func() any {
			return &chunk{pool: &pools[i], data: make([]byte, size)}
		}
	}
}

// newChunk returns a chunk that holds n bytes, or one of the largest size if
// n is more than that.
func newChunk(n int) *chunk {
	i := 0
	if n > smallChunk {
		i = max(1, min(bits.Len(uint(n-1))-leastShift+1, largest))
	}
	if i == largest {
		if c := rested(); c != nil {
			return c
		}
	}
	return pools[i].Get().(*chunk)
}

func (c *chunk) free() {
	c.next = nil
	if c.pool == &pools[largest] && rest(c) {
		return
	}
	c.pool.Put(c)
}

// freeChunks frees c and all that come after it.
func freeChunks(c *chunk) {
	for c != nil {
		next := c.next
		c.free()
		c = next
	}
}
