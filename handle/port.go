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
	queued     uint64      // how many there are
	programs   int         // how many of them programs have queued
	waiting    *portWaiter // those in WaitPort, in the order in which they came
	last       *portWaiter
	operations *operation // all that may still queue a packet
	index      index      // those, and the ones that have a packet in the queue

	// Records for the next call.
	restingPackets pool[packet] // of programs
	restingOps     pool[operation]
	restingWaiters pool[portWaiter]
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
	next, prev *packet    // in the queue
	op         *operation // that it belongs to; nil for a user packet
	queued     bool
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
	t.check()
	if t.Hooked() {
		return t.toldNewPort(options)
	}
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
	p.head, p.tail, p.queued = nil, nil, 0
	p.index = index{}
	p.restingPackets, p.restingOps, p.restingWaiters = pool[packet]{}, pool[operation]{}, pool[portWaiter]{}
}

// Refund implements [Object].
func (p *port) Refund() (*Table, uint64) {
	return p.creator, PortCharge + p.queued*PacketCharge
}

// findPort looks up a port for a call that needs the right r.
func (t *Table) findPort(h Handle, r Rights) (*port, *Entry, error) {
	return find[*port](t, h, r)
}

// QueuePacket puts a user packet into a port (P-QUEUE). Its key, status and
// user bytes are kept; its type becomes [PacketUser].
//
// BAD_HANDLE: h is not a handle of this table. ACCESS_DENIED: h lacks
// RightWrite. WRONG_TYPE: h is no port. SHOULD_WAIT (P-LIMIT): in [Zircon],
// 4,097 packets of programs are in the port. NO_MEMORY (P-FULL): the memory
// limit of the table that created the port is reached.
func (t *Table) QueuePacket(h Handle, pk *Packet) error {
	t.check()
	if t.Hooked() {
		return t.toldQueuePacket(h, pk)
	}
	p, e, err := t.findPort(h, t.rules.portQueue)
	if err != nil {
		return err
	}
	e.Lock()
	defer e.Unlock()
	if !e.Live() {
		return status.ErrBadHandle
	}
	if p.programs >= t.rules.packetLimit {
		return status.ErrShouldWait
	}
	n := p.restingPackets.get()
	if n == nil {
		n = new(packet)
	}
	n.Packet = Packet{Key: pk.Key, Type: PacketUser, Status: pk.Status, User: pk.User}
	ok := p.putLocked(n)
	if !n.queued {
		p.restingPackets.put(n)
	}
	if !ok {
		return status.ErrNoMemory
	}
	return nil
}

// putLocked queues n, or hands it to the waiter that came first: exactly one
// waiter is released by a packet (P-WAIT). It reports whether there was memory
// for it.
func (p *port) putLocked(n *packet) bool {
	if pw := p.waiting; pw != nil {
		pw.packet, pw.delivered = n.Packet, true
		pw.leaveLocked()
		pw.Wake(0)
		return true
	}
	if p.creator.Charge(PacketCharge, PacketCharge) == 0 {
		return false
	}
	n.next, n.prev, n.queued = nil, p.tail, true
	if n.op == nil {
		p.programs++
	}
	if p.tail == nil {
		p.head = n
	} else {
		p.tail.next = n
	}
	p.tail = n
	p.queued++
	return true
}

// takeLocked takes the first packet out of the queue.
func (p *port) takeLocked() Packet {
	n := p.head
	pk := n.Packet
	p.unqueueLocked(n)
	if n.op != nil {
		n.op.takenLocked()
	} else {
		p.restingPackets.put(n)
	}
	return pk
}

// unqueueLocked takes n out of the queue.
func (p *port) unqueueLocked(n *packet) {
	if n.prev != nil {
		n.prev.next = n.next
	} else {
		p.head = n.next
	}
	if n.next != nil {
		n.next.prev = n.prev
	} else {
		p.tail = n.prev
	}
	n.next, n.prev, n.queued = nil, nil, false
	p.queued--
	if n.op == nil {
		p.programs--
	}
	p.creator.Release(PacketCharge)
}
