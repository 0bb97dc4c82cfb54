package handle

import (
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
//
// Where the two low bits of a value are always set, as in Zircon, there are
// fewer generations, and a slot rests for longer: (2^fixedGenBits-1) times
// (fixedMinFree+1) is more than 2^20, too. The value is then that above, of
// fewer bits, followed by those two.
const (
	minFree = 2100

	fixedBits    = 2
	fixedGenBits = genBits - fixedBits
	fixedMinFree = 8257
)

// firstSlots is how many slots a table has from its first handle on. Whenever
// it has no more, the number doubles.
const firstSlots = 64

// A place is what a slot knows beside its entry, in one word: in the low
// indexBits the next slot in the free list, as index+1, or 0 at the end; above
// them the generation of the next handle in this slot.
type place uint32

func (p place) next() uint32 { return uint32(p) & indexMask }
func (p place) gen() uint32  { return uint32(p) >> indexBits }

// slots finds the entry of a handle value, and hands out free slots first
// come, first served.
//
// entries has the entry of each slot, or nil while it is free. Reading it takes
// no lock; writing takes that of the table, and that of the object that the
// entry refers to. A table that grows copies it, so a reader may have an array
// that is not written any more: what it then finds is how the table was when it
// grew, which is an instant within the reader's call. Whoever acts on an entry
// asks under the object's lock whether it is still live.
//
// One array, and not several that stay where they are: each load that depends
// on another is a nanosecond of every call on a handle.
type slots struct {
	entries atomic.Pointer[[]atomic.Pointer[Entry]]
	salt    uint32 // immutable, as the four that follow

	fixed   uint32 // how many low bits of a value are always set
	genMask uint32
	mask    uint32 // of a value, without those bits
	minFree uint32

	// The rest is guarded by the lock of the table.
	places     []place
	used       uint32 // slots that were ever handed out
	free       uint32 // slots in the free list
	head, tail uint32 // of the free list: index+1, 0 if it is empty
}

// noEntries is the array of a table that never had a handle.
var noEntries = make([]atomic.Pointer[Entry], 1)

// init makes the slots of a new table. fixed says that the low bits of values
// are always set.
func (s *slots) init(fixed bool) {
	s.genMask, s.mask, s.minFree = genMask, valueMask, minFree
	if fixed {
		s.fixed, s.genMask, s.mask, s.minFree = fixedBits, 1<<fixedGenBits-1, valueMask>>fixedBits, fixedMinFree
	}
	s.salt = rand.Uint32() & s.mask
	s.entries.Store(&noEntries)
}

// index is the number of the slot that h would be in.
func (s *slots) index(h Handle) uint32 { return s.hash(h) & indexMask }

// hash is index with bits above it that mean nothing.
func (s *slots) hash(h Handle) uint32 { return (uint32(h)>>(s.fixed&31) - s.salt) * unscatter }

// take returns a free slot and the value of the next handle in it.
func (s *slots) take() (uint32, Handle) {
	for {
		i := s.takeSlot()
		raw := s.places[i].gen()<<indexBits | i
		if v := (raw*scatter + s.salt) & s.mask; v != 0 {
			return i, Handle(v<<s.fixed | (1<<s.fixed - 1))
		}
		s.put(i) // zero is never a handle: skip this generation
	}
}

func (s *slots) takeSlot() uint32 {
	if s.free > s.minFree {
		i := s.head - 1
		s.head = s.places[i].next()
		s.free--
		return i
	}
	i := s.used
	s.used++
	if int(i) == len(s.places) {
		s.grow()
	}
	return i
}

func (s *slots) grow() {
	n := max(firstSlots, 2*len(s.places))
	places := make([]place, n)
	copy(places, s.places)
	s.places = places
	entries := make([]atomic.Pointer[Entry], n)
	copy(entries, *s.entries.Load())
	s.entries.Store(&entries)
}

// put frees slot i, whose entry is nil.
func (s *slots) put(i uint32) {
	s.places[i] = place((s.places[i].gen() + 1) & s.genMask << indexBits)
	if s.free == 0 {
		s.head = i + 1
	} else {
		s.places[s.tail-1] |= place(i + 1)
	}
	s.tail = i + 1
	s.free++
}
