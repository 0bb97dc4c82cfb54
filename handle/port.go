package handle

import (
	"sync"

	"mx.example/status"
)

// PortVersion is the option of [NewPort] that editions of 2017 want: the
// second version of ports. [Zircon] wants 0.
const PortVersion uint32 = 1

// PortCharge is what a port counts against the memory limit of the table that
// created it, in bytes, beside its handles, and PacketCharge what a packet in
// it does, from when it is queued until it is taken (L-ACCOUNT, P-FULL).
const (
	PortCharge   = 128
	PacketCharge = 64
)

// A port is a queue of packets that programs put in, and that operations put
// in when an object that they watch asserts a signal ([Table.WaitAsync]).
//
// Its lock comes after the lock of a source: an operation is on the list of
// its source, and queues its packet while the source's lock is held.
type port struct {
	Header
	creator *Table // immutable; what packets are charged to

	mu         sync.Mutex // guards the Header and all that follows
	closed     bool
	head, tail *packet     // queued, in order
	waiting    *portWaiter // those in WaitPort, in the order in which they came
	last       *portWaiter
	operations *operation // all that may still queue a packet
	free       *packet    // for the next use: of user packets
	freeOps    *operation // and of operations that are over
}

// A PacketType says what a [Packet] is about.
type PacketType uint32

const (
	PacketUser      PacketType = 0 // queued by a program
	PacketSignalOne PacketType = 1 // from a WaitAsync that is over now
	PacketSignalRep PacketType = 2 // from one that goes on
)

// A Packet is what a port delivers. Which of User and Signal counts depends on
// Type.
type Packet struct {
	Key    uint64 // as given to QueuePacket or WaitAsync
	Type   PacketType
	Status status.Status
	User   [32]byte
	Signal SignalPacket
}

// A SignalPacket tells what a [Table.WaitAsync] saw.
type SignalPacket struct {
	Trigger  Signals // those asked for
	Observed Signals // the whole state of the object when the packet was made
	Count    uint64
	// Timestamp is when the packet was made, if [WaitAsyncTimestamp] asked
	// for it: nanoseconds of the monotonic clock that [Now] shows.
	Timestamp int64
}

// A packet is a Packet in a port, or one to come.
type packet struct {
	Packet
	next   *packet
	op     *operation // that it belongs to; nil for a user packet
	queued bool
}

// NewPort makes a port, with a handle that may be duplicated, transferred,
// read and written (P-RIGHTS). A port has no signals and cannot be waited for
// with [Table.WaitOne] (T-UNWAITABLE).
//
// NOT_SUPPORTED (P-CREATE): options is 0 in an edition of 2017, the version of
// ports that was being withdrawn, or 1 in [Zircon], a port for interrupts.
// INVALID_ARGS (P-CREATE): options is not the one above either. NO_MEMORY: the table is full, or its
// memory limit reached.
func NewPort(t *Table, options uint32) (Handle, error) {
	if options != t.rules.portOptions {
		if options == t.rules.portRefused {
			return Invalid, status.ErrNotSupported
		}
		return Invalid, status.ErrInvalidArgs
	}
	p := &port{creator: t}
	p.Init(t, t.rules.portClass)
	return t.Insert(p, t.rules.portRights, PortCharge)
}

// Mutex implements [Object].
func (p *port) Mutex() *sync.Mutex { return &p.mu }

// State implements [Object]: a port asserts nothing.
func (p *port) State() Signals { return 0 }

// Canceled implements [Object].
func (p *port) Canceled(*Entry) {}

// Closed implements [Object]: packets are dropped, and no operation queues one
// any more (P-CLOSE-PORT). The operations leave their sources' lists after the
// port's lock is released; see [Table.Close].
func (p *port) Closed() {
	p.closed = true
	p.head, p.tail, p.free, p.freeOps = nil, nil, nil, nil
}

// Refund implements [Object].
func (p *port) Refund() (*Table, uint64) {
	n := uint64(PortCharge)
	for k := p.head; k != nil; k = k.next {
		n += PacketCharge
	}
	return p.creator, n
}

// findPort looks up a port for a call that needs the right r.
func (t *Table) findPort(h Handle, r Rights) (*port, *Entry, error) {
	e := t.Lookup(h)
	if e == nil {
		return nil, nil, status.ErrBadHandle
	}
	p, ok := e.object.(*port)
	if !ok || e.rights&r == 0 {
		return nil, nil, t.Refuse(ok, e.rights&r != 0)
	}
	return p, e, nil
}

// QueuePacket puts a user packet into a port (P-QUEUE). Its key, status and
// user bytes are kept; its type becomes [PacketUser], and in [Zircon] must be
// that already.
//
// INVALID_ARGS: in [Zircon], pk is of another type.
// BAD_HANDLE: h is not a handle of this table. ACCESS_DENIED: h lacks
// RightWrite. WRONG_TYPE: h is no port. NO_MEMORY (P-FULL): the memory limit
// of the table that created the port is reached.
func (t *Table) QueuePacket(h Handle, pk *Packet) error {
	p, e, err := t.findPort(h, t.rules.portQueue)
	if err != nil {
		return err
	}
	if t.rules.onlyUserPackets && pk.Type != PacketUser {
		return status.ErrInvalidArgs
	}
	e.Lock()
	defer e.Unlock()
	if !e.Live() {
		return status.ErrBadHandle
	}
	n := p.free
	if n != nil {
		p.free = n.next
	} else {
		n = new(packet)
	}
	n.Packet = Packet{Key: pk.Key, Type: PacketUser, Status: pk.Status, User: pk.User}
	if !p.put(n) {
		n.next, p.free = p.free, n
		return status.ErrNoMemory
	}
	return nil
}

// put queues n, or hands it to the waiter that came first: exactly one waiter
// is released by a packet (P-WAIT). It reports whether there was memory for
// it. The port's lock is held.
func (p *port) put(n *packet) bool {
	for w := p.waiting; w != nil; w = p.waiting {
		p.unwait(w)
		if w.ended != status.ErrCanceled {
			w.packet, w.delivered = n.Packet, true
			w.w.Wake(0)
			p.recycle(n)
			return true
		}
	}
	if p.creator.Charge(PacketCharge, PacketCharge) == 0 {
		return false
	}
	n.next, n.queued = nil, true
	if p.tail == nil {
		p.head = n
	} else {
		p.tail.next = n
	}
	p.tail = n
	return true
}

// take takes the first packet off the queue. The port's lock is held.
func (p *port) take() Packet {
	n := p.head
	if p.head = n.next; p.head == nil {
		p.tail = nil
	}
	n.next, n.queued = nil, false
	p.creator.Release(PacketCharge)
	pk := n.Packet
	p.recycle(n)
	return pk
}

// remove takes the packets of operations with this source and key off the
// queue, and reports whether there were any. The port's lock is held.
func (p *port) remove(source Handle, key uint64) (found bool) {
	return p.removeMatching(func(n *packet) bool {
		return n.op != nil && n.op.source == source && n.op.key == key
	})
}

// removeMatching takes the packets that match off the queue, and reports
// whether there were any. The port's lock is held.
func (p *port) removeMatching(match func(*packet) bool) (found bool) {
	var kept *packet
	for n := p.head; n != nil; {
		next := n.next
		if match(n) {
			if kept == nil {
				p.head = next
			} else {
				kept.next = next
			}
			n.next, n.queued = nil, false
			p.creator.Release(PacketCharge)
			p.recycle(n)
			found = true
		} else {
			kept = n
		}
		n = next
	}
	p.tail = kept
	return found
}

// recycle keeps the memory of a packet that was delivered for the next one.
// The port's lock is held.
func (p *port) recycle(n *packet) {
	switch {
	case n.op == nil:
		n.next, p.free = p.free, n
	case n.op.over:
		n.op.after, p.freeOps = p.freeOps, n.op
	}
}
