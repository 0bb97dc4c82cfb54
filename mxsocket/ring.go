package mxsocket

import (
	"math/bits"
	"sync"
	"unsafe"
)

// Rings come in classes. Class 0 is what a drained queue keeps: it holds a
// message of 1 KiB, and is small enough that two of them and the pair stay
// under 4 KiB. Class 1 is 4 KiB, and each one after it four times as large as
// the one before; the last holds the largest capacity that there is.
const (
	smallRing = 1152 // a size that Go's allocator has
	classes   = 12
)

// pools has the rings of each class that nobody uses, as pointers to their
// first bytes, until the garbage collector takes them. (They can belong to the
// package because a ring holds no channel and no timer: it may wander between
// the bubbles of testing/synctest.)
var pools [classes]sync.Pool

func ringSize(class uint8) int {
	if class == 0 {
		return smallRing
	}
	return 1 << (10 + 2*class)
}

// classFor is the class of the smallest ring that holds n bytes.
func classFor(n int) uint8 {
	if n <= smallRing {
		return 0
	}
	return uint8(max(1, (bits.Len(uint(n-1))-9)/2))
}

func newRing(class uint8) []byte {
	size := ringSize(class)
	if p, ok := pools[class].Get().(*byte); ok {
		return unsafe.Slice(p, size)
	}
	return make([]byte, size)
}

// freeRing takes back a ring of that class.
func freeRing(class uint8, b []byte) { pools[class].Put(unsafe.SliceData(b)) }
