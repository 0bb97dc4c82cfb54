package mxsocket

import (
	"math/bits"
	"sync"
	"unsafe"
)

// Rings come in classes. Class 0 is 1 KiB, and each one after it four times as
// large as the one before; the last holds the largest capacity that there is.
// A drained queue keeps one of class 0: it holds a message of 1 KiB, and two of
// them and the pair stay under 4 KiB.
const (
	smallRing = 1 << 10
	classes   = 12
)

// pools has the rings of each class that nobody uses, as pointers to their
// first bytes, until the garbage collector takes them. (They can belong to the
// package because a ring holds no channel and no timer: it may wander between
// the bubbles of testing/synctest.)
var pools [classes]sync.Pool

// nearby is the size of a ring above which it is better to go round it than to
// begin at the same place each time, so as to stay in the nearest cache.
const nearby = 64 << 10

// classFor is the class of ring that n bytes are kept in: the smallest that
// holds them, but not one of the size nearby if they fill more than half of it.
// That would be the same bytes each time, and yet not be near.
func classFor(n int) uint8 {
	if n > nearby/2 && n <= nearby {
		n = nearby + 1
	}
	return uint8(max(0, bits.Len(uint(n-1))-9) / 2)
}

func newRing(class uint8) []byte {
	size := smallRing << (2 * class)
	if p, ok := pools[class].Get().(*byte); ok {
		return unsafe.Slice(p, size)
	}
	return make([]byte, size)
}

// freeRing takes back what newRing returned.
func freeRing(b []byte) {
	if b != nil {
		pools[(bits.Len(uint(len(b)))-11)/2].Put(unsafe.SliceData(b))
	}
}
