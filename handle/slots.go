package handle

import (
	"math/bits"
	"math/rand/v2"
	"sync/atomic"
)

// A handle value hides a slot number and a generation:
//
//	raw   = generation<<indexBits | index
//	value = raw*scatter + salt   (modulo 2^31)
//
// The multiplication is a bijection that puts neighboring slots far apart, so
// that small arithmetic on a value does not give another handle, and the salt
// is the table's own (X-STALE, X-TABLE).
const (
	indexBits = 22
	genBits   = 9
	indexMask = 1<<indexBits - 1
	genMask   = 1<<genBits - 1
	valueMask = 1<<(indexBits+genBits) - 1

	// The low indexBits of scatter are 2^indexBits divided by the golden
	// ratio, which spaces its multiples evenly. unscatter is its inverse.
	scatter   = 0x0b278ddf
	unscatter = 0x40c06e1f
)

// A slot is used again only while at least minFree others wait before it, and
// each use takes the next generation. The first time may come at once; the
// others are more than minFree new handles apart. So a closed value comes back
// only after (2^genBits-1)*(minFree+1) new handles, which is more than 2^20
// (X-STALE). There are always slots enough: MaxHandles+minFree < 2^indexBits.
const minFree = 2100

// Segment 0 has 1<<firstBits slots, and each one after it doubles the total.
const (
	firstBits = 6
	segments  = indexBits - firstBits + 1
)

// A slot is a place in a table for a handle.
type slot struct {
	// entry is nil while the slot is free. It is read without a lock, and
	// written under the lock of the object that the entry refers to.
	entry atomic.Pointer[Entry]

	// The rest is guarded by the lock of the table.
	next uint32 // in the free list: index+1 of the next slot, 0 at the end
	gen  uint32 // of the next handle in this slot
}

// slots finds a slot by handle value, and hands out free ones first come,
// first served. Its fields but segs are guarded by the lock of the table.
type slots struct {
	segs       [segments]atomic.Pointer[[]slot]
	salt       uint32 // immutable
	used       uint32 // slots that were ever handed out
	free       uint32 // slots in the free list
	head, tail uint32 // of the free list: index+1, 0 if it is empty
}

func (s *slots) init() { s.salt = rand.Uint32() & valueMask }

// at returns the slot that h would be in, or nil if there is none yet.
func (s *slots) at(h Handle) *slot { return s.byIndex(s.index(h)) }

// index is the number of that slot.
func (s *slots) index(h Handle) uint32 {
	return (uint32(h) - s.salt) * unscatter & indexMask
}

func (s *slots) byIndex(i uint32) *slot {
	// Segment k > 0 begins at index 1<<(firstBits+k-1).
	k := bits.Len32(i >> firstBits)
	seg := s.segs[k].Load()
	if seg == nil {
		return nil
	}
	if k > 0 {
		i -= 1 << (firstBits + k - 1)
	}
	return &(*seg)[i]
}

// take returns a free slot and the value of the next handle in it.
func (s *slots) take() (*slot, Handle) {
	for {
		i, sl := s.takeSlot()
		raw := sl.gen<<indexBits | i
		if v := (raw*scatter + s.salt) & valueMask; v != 0 {
			return sl, Handle(v)
		}
		s.put(i, sl) // zero is never a handle: skip this generation
	}
}

func (s *slots) takeSlot() (uint32, *slot) {
	if s.free > minFree {
		i := s.head - 1
		sl := s.byIndex(i)
		s.head = sl.next
		s.free--
		return i, sl
	}
	i := s.used
	s.used++
	sl := s.byIndex(i)
	if sl == nil {
		k := bits.Len32(i >> firstBits)
		seg := make([]slot, max(i, 1<<firstBits))
		s.segs[k].Store(&seg)
		sl = &seg[0]
	}
	return i, sl
}

// put frees slot i, whose entry is nil.
func (s *slots) put(i uint32, sl *slot) {
	sl.gen = (sl.gen + 1) & genMask
	sl.next = 0
	if s.free == 0 {
		s.head = i + 1
	} else {
		s.byIndex(s.tail - 1).next = i + 1
	}
	s.tail = i + 1
	s.free++
}
