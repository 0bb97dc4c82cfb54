package mxsocket

import (
	"math"
	"sync"

	"mx.example/handle"
	"mx.example/status"
)

// Options of [Create].
const (
	Stream   uint32 = 0 // bytes; writes run together
	Datagram uint32 = 1 // messages; each read takes one
)

// HalfClose is the option of [Write] that ends one direction of a pair, in the
// editions of 2017. Peek is the option of [Read] that leaves the bytes where
// they are, in [handle.Zircon].
const (
	HalfClose uint32 = 1
	Peek      uint32 = 8
)

// DefaultCapacity is what each direction of a pair holds, in bytes, unless
// [WithCapacity] says otherwise (C-CAPACITY). In [handle.Zircon] that is
// ZirconCapacity: 256 KiB, rounded up to whole chunks of its kernel.
const (
	DefaultCapacity = 128 * 2008
	ZirconCapacity  = 65 * 4064
)

// PairCharge is what a pair counts against the memory limit of the table that
// created it, in bytes, beside its handles and the bytes queued (L-ACCOUNT).
// It is given back when both endpoints are gone.
const PairCharge = 512

// A pair is a socket: two endpoints, each with the buffer of what it receives.
type pair struct {
	mu sync.Mutex // guards both endpoints, their headers and their queues

	// Immutable.
	rules    *rules
	creator  *handle.Table // which the pair and its bytes are charged to
	capacity uint32        // of each direction
	datagram bool
	limited  bool // creator has a memory limit, or faults: no fast path

	ends [2]endpoint
}

// An endpoint is one end of a pair, and what handles refer to. All of it is
// guarded by the lock of the pair.
type endpoint struct {
	handle.Header
	pair *pair // immutable
	in   queue // written by the peer, not yet read here

	// Calls that wait for bytes in the queue, or for room in it: never both.
	blocked blockedList

	// Thresholds, in bytes; 0 is none (Z-THRESHOLD).
	rx, tx uint32

	ended bool // what this endpoint receives was ended: its peer may not write
	gone  bool // its last handle is closed

	// writable is WRITABLE (S-WRITABLE), but for directions that have ended
	// where the edition does not store it; and heldTx is what WRITE_THRESHOLD
	// was when the peer went (Z-THRESHOLD).
	writable, heldTx bool
}

var socketClass = handle.Class{Type: handle.TypeSocket, Settable: handle.UserSignals, Paired: true}

// An Option changes a pair that [Create] makes.
type Option func(*createArgs)

type createArgs struct{ capacity uint64 }

// maxCapacity is the greatest capacity: where an int has 32 bits, 268,435,455
// bytes, which are about as many as the address space has room for.
const maxCapacity = min(math.MaxUint32, math.MaxInt/8)

// WithCapacity makes each direction hold n bytes instead of
// [DefaultCapacity], from 1 to 4,294,967,295, on machines of 32 bits to
// 268,435,455; Create refuses any other n.
func WithCapacity(n uint64) Option {
	return func(a *createArgs) { a.capacity = n }
}

// Create makes a connected pair and returns a handle to each endpoint, with
// the rights to duplicate, transfer, read and write; in [handle.Zircon] also to
// wait, inspect, get and set properties, signal, signal the peer, and manage
// the socket (C-RIGHTS). Both endpoints assert [handle.Writable] and [handle.LastHandle] (C-FRESH). A direction takes
// memory for what it holds, whatever its capacity: none at first, never more
// than four times the bytes in it and 4 KiB, and 1 KiB at most when it has
// drained.
//
// INVALID_ARGS (C-OPTIONS): options is neither [Stream] nor [Datagram], or the
// capacity is out of range. NO_MEMORY (C-NO-MEMORY): there is no room for two
// handles in t, or its memory limit does not allow them; none is made then.
// A t that [handle.NewTable] did not make panics.
func Create(t *handle.Table, options uint32, opts ...Option) (a, b handle.Handle, err error) {
	rules := &editionRules[t.Edition()]
	if t.Hooked() {
		return toldCreate(t, options, opts)
	}
	capacity := uint64(rules.capacity)
	if len(opts) > 0 {
		args := createArgs{capacity}
		for _, o := range opts {
			if o == nil {
				panic("mxsocket.Create: nil Option")
			}
			o(&args)
		}
		capacity = args.capacity
	}
	if options > Datagram || capacity < 1 || capacity > maxCapacity {
		return 0, 0, status.ErrInvalidArgs
	}
	p := &pair{
		rules:    rules,
		creator:  t,
		capacity: uint32(capacity),
		datagram: options == Datagram,
		limited:  t.Limited(),
	}
	p.ends[0].pair, p.ends[1].pair = p, p
	if t.Faults() != nil {
		p.beFaulty()
	}
	p.ends[0].writable, p.ends[1].writable = true, true // C-FRESH
	handle.InitPair(t, &socketClass, &p.ends[0].Header, &p.ends[1].Header)
	return t.InsertPair(&p.ends[0], &p.ends[1], p.rules.createRights, PairCharge)
}

// Mutex implements [handle.Object]: both endpoints share the lock of the pair.
func (ep *endpoint) Mutex() *sync.Mutex { return &ep.pair.mu }

// peer is the other endpoint, gone or not.
func (ep *endpoint) peer() *endpoint {
	p := ep.pair
	if ep == &p.ends[0] {
		return &p.ends[1]
	}
	return &p.ends[0]
}

// Peer implements [handle.Peered].
func (ep *endpoint) Peer() handle.Object {
	if p := ep.peer(); !p.gone {
		return p
	}
	return nil
}

// State implements [handle.Object]: the signals of a socket, each computed from
// the state, but for those that Zircon has as bits.
func (ep *endpoint) State() handle.Signals {
	var s handle.Signals
	peer := ep.peer()
	if ep.in.size > 0 { // S-READABLE
		s |= handle.Readable
	}
	if ep.writable && (!peer.ended || ep.pair.rules.storedWritable) { // S-WRITABLE
		s |= handle.Writable
	}
	if peer.gone { // S-PEER-CLOSED
		s |= handle.PeerClosed
	}
	if ep.ended { // S-PEER-CLOSED, Z-DISABLED
		s |= ep.pair.rules.endedAtReader
	}
	if peer.ended { // Z-DISABLED
		s |= ep.pair.rules.endedAtWriter
	}
	if ep.rx > 0 && ep.in.size >= int(ep.rx) { // Z-THRESHOLD
		s |= handle.ReadThreshold
	}
	if ep.heldTx || !peer.gone && ep.meetsTx() {
		s |= handle.WriteThreshold
	}
	return s
}

// meetsTx reports whether as much is free as the threshold for writing asks for.
func (ep *endpoint) meetsTx() bool {
	return ep.tx > 0 && int(ep.pair.capacity)-ep.peer().in.size >= int(ep.tx)
}

// Closed implements [handle.Object]: the last handle of ep is gone (X-LAST).
// What it has not read is dropped; what it has sent stays with its peer.
func (ep *endpoint) Closed() {
	peer := ep.peer()
	peer.writable, peer.heldTx = false, peer.meetsTx()
	ep.gone = true
	ep.in.clear()
	if peer.gone {
		return
	}
	peer.signalsChanged()
	ep.resumeBlocked() // writes of the peer, which have nowhere to go
	peer.resumeBlocked()
}

// Refund implements [handle.Object]: the bytes that are dropped, and with the
// second endpoint the pair.
func (ep *endpoint) Refund() (*handle.Table, uint64) {
	n := uint64(ep.in.size)
	if ep.peer().gone {
		n += PairCharge
	}
	return ep.pair.creator, n
}

// find looks up a socket for a call that needs the right r. What it finds must
// be found Live again under the lock of the entry, which is that of the pair.
func find(t *handle.Table, h handle.Handle, r handle.Rights) (*endpoint, *handle.Entry, error) {
	e := t.Lookup(h)
	if ep := usable(e, r); ep != nil {
		return ep, e, nil
	}
	return nil, nil, refuse(t, e, r)
}

// usable is the part of find that nearly every call comes to, small enough to
// be inlined where that counts.
func usable(e *handle.Entry, r handle.Rights) *endpoint {
	if e == nil || e.Rights()&r == 0 {
		return nil
	}
	ep, _ := e.Object().(*endpoint)
	return ep
}

// refuse says why e, which may be nil, is not usable.
func refuse(t *handle.Table, e *handle.Entry, r handle.Rights) error {
	if e == nil {
		return t.NoHandle()
	}
	_, ok := e.Object().(*endpoint)
	return t.Refuse(ok, e.Rights()&r != 0)
}

// signalsChanged tells those who wait for the signals of ep that they have
// changed. Call it for each state that ep passes through. The lock is held.
func (ep *endpoint) signalsChanged() {
	if ep.Watched() {
		ep.notify()
	}
}

func (ep *endpoint) notify() { ep.Header.Changed(ep.State()) }

// sizeChanged is called after ep.in went from before bytes to its present size,
// other than by the fast paths, which change no signal but READABLE. It notifies
// waiters of both ends, and resumes the calls that can go on. The lock is held.
func (ep *endpoint) sizeChanged(before int) {
	peer, after, capacity := ep.peer(), ep.in.size, int(ep.pair.capacity)
	if (before == 0) != (after == 0) || ep.rx > 0 {
		ep.signalsChanged()
	}
	if (before == capacity) != (after == capacity) || peer.tx > 0 {
		if !peer.gone && before != after {
			peer.writable = after < capacity && (peer.writable || before == capacity)
		}
		peer.signalsChanged()
	}
	if c := ep.blocked.head; c != nil && c.write == (after < before) {
		ep.resumeBlocked()
	}
}
