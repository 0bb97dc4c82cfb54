package handle

import (
	"fmt"
	"sync"
	"sync/atomic"
	"unsafe"

	"mx.example/status"
)

// MaxHandles is the greatest handle limit of a table, DefaultHandles the limit
// of a table made without one: that of the kernel of 2017.
const (
	MaxHandles     = 1 << 21
	DefaultHandles = 262144
)

// HandleCharge is what a live handle counts against the memory limit of its
// table, in bytes (L-ACCOUNT).
const HandleCharge = 64

// A Table is a handle table: what a process has, in a kernel. The values it
// gives out mean nothing in another table (X-TABLE).
//
// Its methods may be called by any number of goroutines at once.
type Table struct {
	slots               // reading takes no lock
	rules   *rules      // immutable
	edition Edition     // immutable
	limit   int         // immutable: the most handles alive
	front   *front      // immutable; not nil if there are hooks
	name    string      // immutable; for people
	number  uint64      // immutable; of the tables of this program
	memory  account     //
	waiters waiterPool  //
	mu      sync.Mutex  // guards the free list inside slots, and live
	live    int         // handles in the table
	timed   atomic.Bool // calls that block note since when ([Sleeper.Begin])
	faults  Faults      // immutable; nil in most tables
}

// An Option sets a limit or the edition of a new [Table].
type Option func(*Table)

// WithEdition makes a table that follows the rule book e, and whose objects
// do (E-OWNER). Without it a table follows [Manual].
func WithEdition(e Edition) Option {
	return func(t *Table) {
		if int(e) >= len(editionRules) {
			panic(fmt.Sprintf("handle: no such edition: %d", e))
		}
		t.edition, t.rules = e, &editionRules[e]
	}
}

// WithHandleLimit makes a table that holds at most n handles, from 0 to
// [MaxHandles]; any other n panics. Without it the limit is [DefaultHandles].
func WithHandleLimit(n int) Option {
	return func(t *Table) {
		if n < 0 || n > MaxHandles {
			panic(fmt.Sprintf("handle: WithHandleLimit(%d): want 0 to %d", n, MaxHandles))
		}
		t.limit = n
	}
}

// WithMemoryLimit makes a table that may hold so many bytes, as L-ACCOUNT
// counts them: the payload queued in pairs that it created, wherever their
// handles are now, and a fixed charge for each handle in it ([HandleCharge])
// and for each object it created ([EventCharge], mxsocket.PairCharge). The Go
// heap is not what is counted. Without it there is no limit.
func WithMemoryLimit(bytes uint64) Option {
	return func(t *Table) { t.memory.setLimit(bytes) }
}

// NewTable makes an empty table. It needs no closing: a table that nothing
// refers to is collected with all it holds.
func NewTable(opts ...Option) *Table {
	t := &Table{
		rules:  &editionRules[Manual],
		limit:  DefaultHandles,
		number: tables.Add(1),
	}
	for _, o := range opts {
		o(t)
	}
	t.slots.init(t.rules.fixedBits)
	return t.withFront()
}

// Edition is the rule book that the table follows.
func (t *Table) Edition() Edition {
	t.check()
	return t.edition
}

// An Entry is a handle in a table, as an object's calls use it: look it up,
// lock the object, and ask whether it is still [Entry.Live]. An Entry is never
// used for another handle, and but for its end it never changes.
type Entry struct {
	value  atomic.Uint32 // the Handle; Invalid once it is gone, which mu guards
	rights Rights
	object Object
	mu     *sync.Mutex // of object: here it is one step nearer
	holds  *hold       // what goes on through the handle; guarded by mu

	// Calls is the object's own, for its calls that block through this handle
	// ([Object].Canceled): a pointer to the first one, of a type that only the
	// object knows, or nil. The object's lock guards it. (As an interface it
	// would be as large as half of the rest.)
	Calls unsafe.Pointer
}

// Object is what the handle refers to.
func (e *Entry) Object() Object { return e.object }

// Rights are those of the handle.
func (e *Entry) Rights() Rights { return e.rights }

// Lock locks the object that the handle refers to.
func (e *Entry) Lock() { e.mu.Lock() }

// TryLock locks it if nobody else has it locked. A caller that goes elsewhere
// when it fails has nothing to keep across a call, and that is cheaper than
// Lock where each nanosecond counts.
func (e *Entry) TryLock() bool { return e.mu.TryLock() }

// Unlock unlocks it.
func (e *Entry) Unlock() { e.mu.Unlock() }

// Live reports whether the handle is still in its table. Under the object's
// lock the answer holds until that lock is released: this is the instant at
// which a call on a handle takes effect (O-LINEAR).
func (e *Entry) Live() bool { return e.value.Load() != uint32(Invalid) }

// Lookup finds the entry of h, or nil: then the call fails with
// [Table.NoHandle]. It takes no lock, so what it finds may be closed a moment
// later; see [Entry.Live].
func (t *Table) Lookup(h Handle) (e *Entry) {
	if t == nil {
		return
	}
	p := t.entries.Load()
	if p == nil {
		return
	}
	e = (*p)[t.hash(h)&uint32(len(*p)-1)].Load()
	if e != nil && e.value.Load() != uint32(h) {
		e = nil
	}
	return
}

// NoHandle returns BAD_HANDLE, the result of a call whose handle was not found.
// It panics if the table is one that [NewTable] has not made.
func (t *Table) NoHandle() error {
	t.check()
	return status.ErrBadHandle
}

// Refuse says why a call that needs a type and rights cannot be made on a
// handle that lacks the one, the other or both: which of WRONG_TYPE and
// ACCESS_DENIED comes first is the edition's to say (W-RIGHTS, W-TYPE).
func (t *Table) Refuse(rightType, enoughRights bool) error {
	if !enoughRights && (rightType || t.rules.rightsBeforeType) {
		return status.ErrAccessDenied
	}
	return status.ErrWrongType
}

// find looks up a handle for a call that needs the right r and an object of
// type T.
func find[T Object](t *Table, h Handle, r Rights) (o T, e *Entry, err error) {
	if e = t.Lookup(h); e == nil {
		return o, nil, t.NoHandle()
	}
	o, ok := e.object.(T)
	if enough := e.rights&r != 0; !ok || !enough {
		return o, nil, t.Refuse(ok, enough)
	}
	return o, e, nil
}

// Insert puts a new object into the table and returns the handle to it, with
// the rights r. charge is what the object itself counts against the memory
// limit; the object gives it back with [Table.Release] after its last close.
//
// NO_MEMORY (C-NO-MEMORY, X-FULL): the table is full, or the memory limit
// would be exceeded; nothing is changed then.
func (t *Table) Insert(o Object, r Rights, charge uint64) (Handle, error) {
	if !t.lockAndReserve(1, charge) {
		return Invalid, status.ErrNoMemory
	}
	defer t.mu.Unlock()
	return t.place(o, r), nil
}

// InsertPair is Insert for two objects that are made together: both handles
// are made, or none is.
func (t *Table) InsertPair(a, b Object, r Rights, charge uint64) (Handle, Handle, error) {
	if !t.lockAndReserve(2, charge) {
		return Invalid, Invalid, status.ErrNoMemory
	}
	defer t.mu.Unlock()
	return t.place(a, r), t.place(b, r), nil
}

// reserve makes room for n handles and charge more bytes, or changes nothing.
// The caller holds t.mu and places n handles before releasing it.
func (t *Table) reserve(n int, charge uint64) bool {
	if t.live+n > t.limit || t.faults != nil && t.faults.NoHandle() || !t.memory.take(uint64(n)*HandleCharge+charge) {
		return false
	}
	t.live += n
	return true
}

// lockAndReserve reserves, and returns with t.mu held if it did.
func (t *Table) lockAndReserve(n int, charge uint64) bool {
	t.mu.Lock()
	if t.reserve(n, charge) {
		return true
	}
	t.mu.Unlock()
	if !t.memory.limited || t.faults != nil {
		return false
	}
	// What is missing may be what a close is about to give back.
	settling.Lock()
	defer settling.Unlock()
	t.mu.Lock()
	if t.reserve(n, charge) {
		return true
	}
	t.mu.Unlock()
	return false
}

// vacate takes the handle e out of the table, and gives back what it counted
// against the limits; if it is the last one, also what its object did. The
// object's lock is held.
func (t *Table) vacate(e *Entry, last bool) {
	creator, refund := t, uint64(0)
	if last {
		creator, refund = e.object.Refund()
	}
	if t.memory.limited || creator.memory.limited {
		settling.Lock()
		defer settling.Unlock()
	}
	t.mu.Lock()
	t.remove(e)
	t.forget()
	t.mu.Unlock()
	creator.memory.release(refund)
}

// place fills a free slot. The caller holds t.mu and, unless nobody else
// knows the object yet, the object's lock.
func (t *Table) place(o Object, r Rights) Handle {
	i, v := t.slots.take()
	o.header().handles++
	e := &Entry{rights: r, object: o, mu: o.Mutex()}
	e.value.Store(uint32(v))
	(*t.entries.Load())[i].Store(e)
	return v
}

// remove empties the slot of e. The caller holds t.mu and the object's lock,
// under which it has seen that e is live.
func (t *Table) remove(e *Entry) {
	e.object.header().handles--
	i := t.index(Handle(e.value.Swap(uint32(Invalid))))
	(*t.entries.Load())[i].Store(nil)
	t.slots.put(i)
}

// forget gives back what a handle that was removed counted against the limits
// of the table. The caller holds t.mu.
func (t *Table) forget() {
	t.live--
	t.memory.release(HandleCharge)
}
