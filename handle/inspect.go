package handle

import "unsafe"

// An Inspected object tells of itself in a [Dump], and [Stuck] can know what ends
// the calls that are blocked at it. All methods are called under the lock.
type Inspected interface {
	Object
	// AppendState appends the object's state, for people, in lines that each
	// begin with indent and end with a newline.
	AppendState(b []byte, indent string) []byte
	// Causes returns what can assert a signal of s, none of which is asserted:
	// nothing, if none ever will be. Signals that programs set are seen to
	// already.
	Causes(s Signals) []Cause
	// Pending calls f for each call of the object's own that is blocked through
	// e, until f returns false. It is called where [Entry].Calls is not nil.
	Pending(e *Entry, f func(*Pending) bool)
}

// A Cause is what a program can do to end a blocked call.
type Cause struct {
	Act  string // "write", "read", "close", …
	Peer bool   // to the peer of the object at which the call is blocked, not to it
	// Needs is the right that the handle must have; 0 is none.
	Needs Rights
	// All: it takes all handles, as a close does, and not any one.
	All bool
}

// A Pending is a call that is blocked at an object, for [Inspected].
type Pending struct {
	Call     string   // its name
	Sleeper  *Sleeper // on which [Sleeper.Begin] was called
	Turn     uint64   // differs for all calls of the Sleeper
	Done, Of int      // bytes
	Causes   []Cause  // what can end it
}

// A callID tells a blocked call, or one of its items, from all others.
type callID struct {
	record unsafe.Pointer // used again when the call is over
	turn   uint64
}

// A call is one that is blocked, as it was when it was looked at; or an operation
// of a port, which blocks nobody.
type call struct {
	held   int      // the index of its handle, of a WaitMany that of the first item
	ids    []callID // one for each item
	name   string
	wanted Signals
	needs  []need
	since  int64 // as in Sleeper
	until  int64

	done, of int
	items    int     // of a WaitMany, or 0
	waiter   *waiter // of a WaitMany

	port Koid // where the packets of an operation go, or those of a WaitPort come from
	ops  int  // operations of the port of a WaitPort
	key  uint64
	rep  bool
}

// A need is a Cause with the object to which it takes a handle.
type need struct {
	Cause
	koid  Koid
	name  string
	total int // handles to that object, in all tables
}

// needs turns causes at o into needs.
func needs(list []need, o Object, causes []Cause) []need {
	for _, c := range causes {
		at := o.header()
		if c.Peer {
			peer := o.(Peered).Peer()
			if peer == nil {
				continue
			}
			at = peer.header()
		}
		list = append(list, need{c, at.koid, at.label(), int(at.handles)})
	}
	return list
}

// causes returns what can assert a signal of s at o. The lock of o is held. t is
// any table that has a handle to it: all are of one edition.
func (t *Table) causes(o Object, s Signals) []Cause {
	var list []Cause
	hd := o.header()
	if s&hd.class.Settable != 0 {
		list = append(list, Cause{Act: "signal", Needs: t.rules.signal})
		if p, ok := o.(Peered); ok && p.Peer() != nil {
			list = append(list, Cause{Act: "signal its peer", Peer: true, Needs: t.rules.signalPeer})
		}
	}
	if s&hd.bits&LastHandle != 0 && hd.handles > 1 {
		list = append(list, Cause{Act: "close"})
	}
	if i, ok := o.(Inspected); ok {
		list = append(list, i.Causes(s)...)
	}
	return list
}

// blocks reports whether eachCall has anything to call f for. The lock is held.
func (e *Entry) blocks() bool { return e.holds != nil || e.Calls != nil }

// eachCall calls f for all calls that are blocked through e, and for its
// operations, until f returns false. t is the table of e, whose object's lock is
// held.
func (t *Table) eachCall(e *Entry, f func(call) bool) {
	o := e.object
	for h := e.holds; h != nil; h = h.next {
		var c call
		switch r := h.holder.(type) {
		case *item:
			c = call{name: "WaitOne", wanted: r.wanted, ids: []callID{{unsafe.Pointer(r), r.turn}}}
			c.sleeps(&r.w.Sleeper)
			if c.items = r.w.items; c.items > 0 {
				c.name, c.waiter = "WaitMany", r.w
			}
			c.needs = needs(nil, o, t.causes(o, r.wanted))
		case *operation:
			// All of this was written under the lock of o too.
			c = call{name: "WaitAsync", wanted: r.wanted, port: r.port.koid, key: r.key, rep: r.rep}
			s := r.wanted
			if (r.rep || r.edge) && signals(o)&s != 0 {
				s = ^Signals(0) // any change will do
			}
			c.needs = needs(nil, o, t.causes(o, s))
		case *portWaiter:
			c = call{name: "WaitPort", port: r.port.koid, ids: []callID{{unsafe.Pointer(r), r.turn}}}
			c.sleeps(&r.Sleeper)
			c.ops = r.port.index.used // all go on, for no packet is queued
			c.needs = needs(nil, o, []Cause{{Act: "queue a packet", Needs: t.rules.portQueue}})
		}
		if !f(c) {
			return
		}
	}
	if i, ok := o.(Inspected); ok && e.Calls != nil {
		i.Pending(e, func(p *Pending) bool {
			c := call{name: p.Call, done: p.Done, of: p.Of, ids: []callID{{unsafe.Pointer(p.Sleeper), p.Turn}}}
			c.sleeps(p.Sleeper)
			c.needs = needs(nil, o, p.Causes)
			return f(c)
		})
	}
}

func (c *call) sleeps(s *Sleeper) { c.since, c.until = s.since.Load(), s.until.Load() }
