package handle

import "sync/atomic"

// An account counts bytes against a limit (L-ACCOUNT). It has no lock: taking
// and giving back are single atomic steps, made while the caller holds the
// lock of whatever the bytes belong to, so the count is exact whenever no call
// is under way.
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

func (a *account) release(n uint64) {
	if a.limited {
		a.used.Add(-n)
	}
}

// Charge counts up to n bytes of payload against the memory limit of the
// table and returns how many there was room for; if those would be fewer than
// least, it counts none and returns 0. It allows n without counting where the
// table has no limit.
func (t *Table) Charge(n, least uint64) uint64 { return t.memory.takeUpTo(n, least) }

// Limited reports whether the table has a memory limit: if it has none, there
// is no need to call Charge and Release.
func (t *Table) Limited() bool { return t.memory.limited }

// Release gives back n bytes that were charged.
func (t *Table) Release(n uint64) { t.memory.release(n) }
