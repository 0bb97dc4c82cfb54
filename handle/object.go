package handle

import (
	"sync"
	"sync/atomic"
)

// An Object is what a handle refers to. A type becomes one by embedding a
// [Header] and adding the methods below; the table does the rest.
type Object interface {
	// Mutex is the lock of the object, which guards its state and its Header:
	// the same one for as long as the object lives. An object and its peer
	// share one lock.
	Mutex() *sync.Mutex
	// State is what the object's own state asserts, without the signals that
	// the Header keeps. It is called under the lock.
	State() Signals
	// Canceled is called under the lock when a handle to the object leaves
	// its table, for calls of the object's own that block on it. Waits are
	// seen to already.
	Canceled(*Entry)
	// Closed is called once, under the lock, when no handle refers to the
	// object any more (X-LAST). Refund is called just before, and tells what
	// the object then gives back to the memory limit of the table that
	// created it.
	Closed()
	Refund() (creator *Table, bytes uint64)

	header() *Header
}

// A Peered object is one of two ends (S-PEER, S-PEER-NONE).
type Peered interface {
	Object
	// Peer is the other end, or nil once its last handle is closed. It is
	// called under the lock that both share.
	Peer() Object
}

// A Class is what all objects of a type have in common.
type Class struct {
	Type Type
	// Settable are the signals that a program may set and clear (S-USER);
	// LastHandle and HandleClosed cannot be.
	Settable Signals
	// Unwaitable: nothing can wait for the object (T-UNWAITABLE).
	Unwaitable bool
	// Paired: objects are made two at a time, each the peer of the other.
	Paired bool
}

// A Header is the part that all objects have: embed it, and Init it before
// the first handle is made.
type Header struct {
	class *Class // immutable, as the koid
	koid  Koid
	name  atomic.Pointer[string] // for people ([SetName]); nil is none

	// The rest is guarded by the lock of the object.
	handles uint32 // how many refer to the object, in all tables
	// bits are the signals set by a program, and two marks in the place of
	// signals that no program can set: LastHandle in editions that have that
	// signal, and HandleClosed while there are observers. A pair has two
	// Headers, and a size that counts.
	bits  Signals
	watch *watch // of the observers; nil before the first
}

const watched = HandleClosed // in bits

// koids counts allocations. Allocation n yields koid 2n; its peer, if any, has
// 2n+1.
var koids atomic.Uint64

// Init gives the object a koid of its own (C-KOID). t is the table that the
// object is made in, and decides its edition (E-OWNER).
func (h *Header) Init(t *Table, c *Class) {
	h.class = c
	h.koid = Koid(2 * koids.Add(1))
	if t.rules.lastHandle {
		h.bits = LastHandle
	}
}

// InitPair is Init for two objects that are peers of each other, of a class
// that is Paired.
func InitPair(t *Table, c *Class, a, b *Header) {
	a.Init(t, c)
	b.class, b.koid, b.bits = a.class, a.related(), a.bits
}

// related is the koid of the peer, or 0.
func (h *Header) related() Koid {
	if h.class.Paired {
		return h.koid ^ 1
	}
	return 0
}

func (h *Header) header() *Header { return h }

// Watched reports whether anything waits for the object's signals. It is
// called under the lock.
func (h *Header) Watched() bool { return h.bits&watched != 0 }

// signals is the whole state of o (S-*). It is called under the lock.
func signals(o Object) Signals { return o.header().signals(o.State()) }

// signals is the whole state of an object whose own is s.
func (h *Header) signals(s Signals) Signals {
	return s | h.bits&^(LastHandle|watched) | h.last()
}

// last is LAST_HANDLE while it is asserted (S-LAST-HANDLE). It is called under
// the lock.
func (h *Header) last() Signals {
	if h.handles == 1 {
		return h.bits & LastHandle
	}
	return 0
}

// changed is Changed for an object of any kind.
func changed(o Object) {
	if h := o.header(); h.Watched() {
		h.Changed(o.State())
	}
}
