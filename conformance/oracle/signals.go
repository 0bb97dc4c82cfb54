package oracle

import (
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// Signals are those that an object asserts now.
func (s *State) Signals(o *Object) handle.Signals {
	now := o.User
	rules := RulesOf(o.Edition)
	if o.Handles == 1 && rules.LastHandle {
		now |= handle.LastHandle // S-LAST-HANDLE
	}
	if o.Type != handle.TypeSocket {
		return now
	}
	if len(o.Inbound) > 0 {
		now |= handle.Readable // S-READABLE
	}
	writable := s.MayWrite(o) && s.Room(o) > 0
	if rules.StoredWritable {
		writable = o.Writable
	}
	if writable {
		now |= handle.Writable // S-WRITABLE: memory does not count
	}
	p := s.Peer(o)
	if p == nil {
		now |= handle.PeerClosed // S-PEER-CLOSED
	}
	if o.Ended {
		now |= rules.EndedForReader // S-PEER-CLOSED, Z-DISABLED
	}
	if s.outboundEnded(o) {
		now |= rules.EndedForWriter // Z-DISABLED
	}
	if t := o.ReadThreshold; t > 0 && uint64(len(o.Inbound)) >= t {
		now |= handle.ReadThreshold // Z-THRESHOLD
	}
	if t := o.WriteThreshold; t > 0 && p != nil && s.Room(o) >= t || p == nil && o.HeldThreshold {
		now |= handle.WriteThreshold // Z-THRESHOLD
	}
	return now
}

// outboundEnded reports whether the direction that o writes has ended, also if
// its reader is gone: a closed endpoint is there as long as its peer is.
func (s *State) outboundEnded(o *Object) bool {
	reader := s.Objects[o.Peer]
	return reader != nil && reader.Ended
}

// settable are the signals of an object that calls may set and clear.
func settable(o *Object) handle.Signals {
	if o.Type == handle.TypeEvent {
		return handle.UserSignals | handle.Signaled
	}
	return handle.UserSignals
}

// signal sets and clears an object's own signals.
func (s *State) signal(c *trace.Call) trace.Want {
	_, o, st := s.use(c.H, s.called(c.H).SignalRight)
	if st != status.OK {
		return answer(st) // S-RIGHT
	}
	if isPort(o) {
		return answer(status.ErrNotSupported) // S-NONE
	}
	if (c.Clear|c.Set)&^settable(o) != 0 {
		return answer(status.ErrInvalidArgs) // S-USER
	}
	o.User = o.User&^c.Clear | c.Set // S-USER: clear, then set
	return answer(status.OK)
}

// signalPeer sets and clears the signals of the other endpoint.
func (s *State) signalPeer(c *trace.Call) trace.Want {
	_, o, st := s.use(c.H, s.called(c.H).SignalPeerRight)
	if st != status.OK {
		return answer(st) // S-RIGHT
	}
	if !isSocket(o) {
		return answer(status.ErrNotSupported) // S-PEER-NONE
	}
	if (c.Clear|c.Set)&^settable(o) != 0 {
		return answer(status.ErrInvalidArgs) // S-USER, before the state (O-ORDER)
	}
	p := s.Peer(o)
	if p == nil {
		return answer(status.ErrPeerClosed) // S-PEER
	}
	p.User = p.User&^c.Clear | c.Set
	return answer(status.OK)
}

// signals is the state now, as a wait for no signal that polls tells it.
func (s *State) signals(c *trace.Call) trace.Want {
	h, st := s.waitable(c.H)
	if st != status.OK {
		return answer(st)
	}
	now := s.Signals(s.Objects[h.Object])
	return trace.Want{Status: status.OK, Signals: trace.SignalWant{Must: now}}
}

// rules are the handle rules of the table that a handle is in (E-OWNER).
func (s *State) rules(h Handle) *Rules { return RulesOf(s.Tables[h.Table].Edition) }
