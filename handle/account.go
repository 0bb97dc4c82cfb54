package handle

import (
	"sync"
	"sync/atomic"
)

// settling is held by a call that changes several things which must be seen to
// change at one instant (O-LINEAR): a transfer, and with a memory limit a
// close, which empties a slot first and then gives bytes back. Whoever finds
// no memory looks once more under this lock, and so does not see the slot
// empty and its bytes still taken. It comes after the lock of an object and
// before that of a table.
var settling sync.Mutex

// An account counts bytes against a limit (L-ACCOUNT). Taking and giving back
// are single atomic steps, made while the caller holds the lock of whatever
// the bytes belong to, so the count is exact whenever no call is under way.
type account struct {
	limited bool // immutable once the table is made; otherwise nothing is counted
	limit   uint64
	used    atomic.Uint64
}

func (a *account) setLimit(n uint64) { a.limited, a.limit = true, n }

// take charges n bytes, or none if the limit does not allow it.
func (a *account) take(n uint64) bool { return a.takeUpTo(n, n) == n }

// takeUpTo charges as many of n bytes as the limit allows, and none if that
// would be fewer than least.
func (a *account) takeUpTo(n, least uint64) uint64 {
	if !a.limited {
		return n
	}
	for {
		used := a.used.Load()
		got := uint64(0)
		if used < a.limit {
			got = min(n, a.limit-used)
		}
		if got < least {
			return 0
		}
		if a.used.CompareAndSwap(used, used+got) {
			return got
		}
	}
}

// charge charges n bytes whatever the limit.
func (a *account) charge(n uint64) {
	if a.limited {
		a.used.Add(n)
	}
}

func (a *account) release(n uint64) {
	if a.limited {
		a.used.Add(-n)
	}
}

// Charge counts up to n bytes of payload against the memory limit of the
// table and returns how many there was room for; if those would be fewer than
// least, it counts none and returns 0. It allows n without counting where the
// table has no limit.
//
// The caller holds the lock of the object that the payload is for, and of no
// table.
func (t *Table) Charge(n, least uint64) uint64 {
	if t.memory.take(n) {
		return n
	}
	settling.Lock()
	defer settling.Unlock()
	return t.memory.takeUpTo(n, least)
}

// Limited reports whether the table has a memory limit: if it has none, there
// is no need to call Charge and Release.
func (t *Table) Limited() bool { return t.memory.limited }

// Release gives back n bytes that were charged.
func (t *Table) Release(n uint64) { t.memory.release(n) }
