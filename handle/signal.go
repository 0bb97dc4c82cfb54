package handle

import "mx.example/status"

// Signal clears and then sets signals of the object that h refers to
// (S-USER): [UserSignals], and on an event also [Signaled]. It works as well
// when the object's peer is gone.
//
// BAD_HANDLE: h is not a handle of this table. ACCESS_DENIED (S-RIGHT): h
// lacks RightWrite, or in [Zircon] RightSignal. NOT_SUPPORTED (S-NONE): the
// object is a port. INVALID_ARGS (S-USER): clear or set has a signal that may
// not be set.
func (t *Table) Signal(h Handle, clear, set Signals) error {
	e := t.Lookup(h)
	if e == nil {
		if t.Hooked() {
			return t.toldSignal(OpSignal, h, clear, set)
		}
		return t.NoHandle()
	}
	if e.rights&t.rules.signal == 0 {
		return status.ErrAccessDenied
	}
	o, class := e.object, e.object.header().class
	if class.Unwaitable {
		return status.ErrNotSupported
	}
	if (clear|set)&^class.Settable != 0 {
		return status.ErrInvalidArgs
	}
	e.Lock()
	defer e.Unlock()
	if !e.Live() {
		return status.ErrBadHandle
	}
	put(o, clear, set)
	return nil
}

// SignalPeer does what [Table.Signal] does, to the peer of the object that h
// refers to.
//
// BAD_HANDLE: h is not a handle of this table. ACCESS_DENIED (S-RIGHT): h
// lacks RightWrite, or in [Zircon] RightSignalPeer; in [Kernel2017] no right is
// needed. NOT_SUPPORTED (S-PEER-NONE): the object is of a type that has no
// peer. INVALID_ARGS (S-USER): clear or set has a signal that may not be set,
// also when the peer is gone. PEER_CLOSED (S-PEER): the peer is gone.
func (t *Table) SignalPeer(h Handle, clear, set Signals) error {
	e := t.Lookup(h)
	if e == nil {
		if t.Hooked() {
			return t.toldSignal(OpSignalPeer, h, clear, set)
		}
		return t.NoHandle()
	}
	if e.rights&t.rules.signalPeer != t.rules.signalPeer {
		return status.ErrAccessDenied
	}
	o, ok := e.object.(Peered)
	if !ok {
		return status.ErrNotSupported
	}
	if (clear|set)&^o.header().class.Settable != 0 {
		return status.ErrInvalidArgs
	}
	e.Lock()
	defer e.Unlock()
	if !e.Live() {
		return status.ErrBadHandle
	}
	peer := o.Peer()
	if peer == nil {
		return status.ErrPeerClosed
	}
	put(peer, clear, set)
	return nil
}

// put changes the user signals of o, whose lock the caller holds. Clearing and
// setting are one change: a signal in both stays asserted throughout.
func put(o Object, clear, set Signals) {
	h := o.header()
	h.bits = h.bits&^clear | set
	changed(o)
}
