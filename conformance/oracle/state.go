package oracle

import (
	"maps"
	"slices"
	"time"

	"mx.example/conformance/trace"
	"mx.example/handle"
)

// FirstTable is the name of the table that every state begins with.
const FirstTable = "t0"

// A State is all there is: tables, handles, objects, and waits in progress.
// Its fields are plain, for whoever walks them or changes them to say what
// another kernel's answer implies.
type State struct {
	// Edition is that of the run: of tables that are given none.
	Edition handle.Edition
	Tables  map[string]*Table
	// Handles are the values that names stand for. A name whose handle was
	// closed, replaced or transferred stays, no longer Live (X-STALE).
	Handles map[string]Handle
	// Objects are those that a handle refers to, and a closed endpoint as
	// long as its peer is there.
	Objects map[handle.Koid]*Object
	// Waits are the calls started and not finished, by actor.
	Waits map[string]*Wait
	// Loops are the calls of [Blocking] that actors have started and that had not
	// ended then, in the order in which they blocked.
	Loops []*Loop
	// Operations are those of wait_async that have not ended, the earliest
	// first.
	Operations []Operation

	// Now is the time that waits took to time out. Other calls take none.
	Now time.Duration
	// LastSerial and LastKoid are the last that were given out.
	LastSerial uint64
	LastKoid   handle.Koid
}

// A Table is a process's handle table.
type Table struct {
	Edition     handle.Edition
	HandleLimit uint64
	MemoryLimit uint64 // counts if HasMemory; see [State.Used]
	HasMemory   bool
	Live        uint64 // how many handles it holds
}

// A Handle is a value in one table (X-TABLE).
type Handle struct {
	Live   bool
	Serial uint64 // never the same for two handles
	Table  string
	Object handle.Koid
	Rights handle.Rights
}

// An Object is an endpoint of a socket pair, an event or a port.
type Object struct {
	Type    handle.Type
	Koid    handle.Koid
	Name    string         // of the first handle to it
	Table   string         // the table that created it
	Edition handle.Edition // of that table (E-OWNER)
	Handles int            // how many refer to it, in all tables
	User    handle.Signals // those set by Signal and SignalPeer

	Packets []Packet // those in a port, the earliest first

	// What follows is for endpoints only.

	Peer     handle.Koid // C-KOID: stays when the peer is gone
	Datagram bool
	Capacity uint64 // of each direction
	Inbound  []byte // written at the peer and not yet read here
	Lengths  []int  // of the datagrams in Inbound, the earliest first
	Ended    bool   // inbound has ended: the peer may not write any more
	// The thresholds, in bytes; 0 is none (Z-THRESHOLD).
	ReadThreshold, WriteThreshold uint64

	// Writable is WRITABLE where that is a bit (S-WRITABLE), and HeldThreshold
	// what WRITE_THRESHOLD was when the peer went (Z-THRESHOLD).
	Writable, HeldThreshold bool

	Closed bool // its last handle has been closed
}

// New is the state before the first call: one table, empty, with default
// limits.
func New(e handle.Edition) *State {
	return &State{
		Edition: e,
		Tables:  map[string]*Table{FirstTable: {Edition: e, HandleLimit: DefaultHandleLimit}},
		Handles: map[string]Handle{},
		Objects: map[handle.Koid]*Object{},
		Waits:   map[string]*Wait{},
	}
}

// Clone is a state equal to s that shares nothing with it.
func (s *State) Clone() *State {
	c := *s
	c.Tables = make(map[string]*Table, len(s.Tables))
	for name, t := range s.Tables {
		u := *t
		c.Tables[name] = &u
	}
	c.Handles = maps.Clone(s.Handles)
	c.Objects = make(map[handle.Koid]*Object, len(s.Objects))
	for koid, o := range s.Objects {
		p := *o
		p.Inbound = slices.Clone(o.Inbound)
		p.Lengths = slices.Clone(o.Lengths)
		p.Packets = slices.Clone(o.Packets)
		c.Objects[koid] = &p
	}
	c.Waits = make(map[string]*Wait, len(s.Waits))
	for actor, w := range s.Waits {
		v := *w
		v.Items = slices.Clone(w.Items)
		c.Waits[actor] = &v
	}
	c.Loops = slices.Clone(s.Loops)
	for i, l := range c.Loops {
		m := *l
		m.Got = slices.Clone(l.Got)
		c.Loops[i] = &m
	}
	c.Operations = slices.Clone(s.Operations)
	return &c
}

// Lookup finds the handle that a call is made on. It is not there if the name
// stands for none or for one no longer live (X-STALE), if it is the value 0 or
// a neighbouring value, or if it is used in another table (X-TABLE).
func (s *State) Lookup(r trace.Ref) (Handle, bool) {
	if r.Name == "" || r.Delta != 0 {
		return Handle{}, false
	}
	h := s.Handles[r.Name]
	if !h.Live || r.Table != "" && r.Table != h.Table {
		return Handle{}, false
	}
	return h, true
}

// Object is what the handle refers to, or nil if it is not valid.
func (s *State) Object(r trace.Ref) *Object {
	h, ok := s.Lookup(r)
	if !ok {
		return nil
	}
	return s.Objects[h.Object]
}

// Endpoint is the endpoint that the handle refers to, or nil if the handle is
// not valid or is no socket.
func (s *State) Endpoint(r trace.Ref) *Object {
	o := s.Object(r)
	if o == nil || o.Type != handle.TypeSocket {
		return nil
	}
	return o
}

// Peer is the other endpoint of e's pair, or nil if that is gone.
func (s *State) Peer(e *Object) *Object {
	p := s.Objects[e.Peer]
	if p == nil || p.Closed {
		return nil
	}
	return p
}

// Room is how many bytes are free in the direction that e writes, by capacity
// alone: 0 if the peer is gone.
func (s *State) Room(e *Object) uint64 {
	p := s.Peer(e)
	if p == nil || uint64(len(p.Inbound)) >= p.Capacity {
		return 0
	}
	return p.Capacity - uint64(len(p.Inbound))
}

// MayWrite reports whether e may still write: its peer is there and has not
// seen the end of its inbound direction.
func (s *State) MayWrite(e *Object) bool {
	p := s.Peer(e)
	return p != nil && !p.Ended
}

// Used is what a table's memory limit counts (L-ACCOUNT): the bytes queued in
// the pairs that it created, wherever their handles are, and a charge for each
// of those pairs, each event and port it created, each packet in those ports
// and each handle in it.
func (s *State) Used(table string) uint64 {
	used := s.Tables[table].Live * HandleCharge
	for _, o := range s.Objects {
		if o.Table != table {
			continue
		}
		used += uint64(len(o.Inbound))
		switch {
		case o.Type == handle.TypeEvent:
			used += EventCharge
		case isPort(o):
			used += PortCharge + PacketCharge*uint64(len(o.Packets))
		case o.Koid < o.Peer: // once a pair
			used += PairCharge
		}
	}
	return used
}

// free is how much more a table's memory limit lets it use.
func (s *State) free(table string) uint64 {
	t := s.Tables[table]
	if !t.HasMemory {
		return ^uint64(0)
	}
	used := s.Used(table)
	if used >= t.MemoryLimit {
		return 0
	}
	return t.MemoryLimit - used
}
