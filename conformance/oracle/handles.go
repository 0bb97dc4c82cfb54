package oracle

import (
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// close closes a handle.
func (s *State) close(c *trace.Call) trace.Want {
	h, ok := s.Lookup(c.H)
	if !ok {
		if isZero(c.H) && s.called(c.H).CloseZero {
			return answer(status.OK) // X-CLOSE: the exception
		}
		return answer(status.ErrBadHandle) // X-CLOSE
	}
	s.drop(c.H.Name, h)
	return answer(status.OK)
}

// isZero reports whether r is the value that is never a handle.
func isZero(r trace.Ref) bool { return r.Name == "" && r.Delta == 0 }

// drop takes a handle away, and with the last one to an object the object.
func (s *State) drop(name string, h Handle) {
	o := s.Objects[h.Object]
	s.kill(name, h, o.Handles-1)

	o.Handles--
	if o.Handles > 0 {
		return
	}
	if isPort(o) { // P-CLOSE-PORT: its packets go with it
		s.endOperations(func(op Operation) bool { return op.Port == o.Koid })
	}
	if p := s.Peer(o); p != nil { // S-WRITABLE, Z-THRESHOLD
		p.Writable, p.HeldThreshold = false, s.Signals(p)&handle.WriteThreshold != 0
	}
	// X-LAST: what was inbound is dropped; what was sent is at the peer.
	o.Inbound, o.Lengths, o.Closed = nil, nil, true
	if p := s.Objects[o.Peer]; p == nil || p.Closed {
		delete(s.Objects, o.Koid)
		delete(s.Objects, o.Peer)
	}
}

// kill takes a handle out of its table: its name stands for a dead value from
// here on, and its waits are canceled before anything else happens (T-CANCEL).
// P-CLOSE-SOURCE: the operations that were begun from it end. left is how many
// handles to the object the call leaves.
func (s *State) kill(name string, h Handle, left int) {
	var last handle.Signals
	if left == 1 && s.rules(h).LastHandle {
		last = handle.LastHandle
	}
	s.cancel(h.Serial, last)
	s.endOperations(func(op Operation) bool { return op.Source == h.Serial })
	s.Tables[h.Table].Live--
	h.Live = false
	s.Handles[name] = h
}

// move kills a handle and makes one to the same object. The object has as many
// handles as before, so LAST_HANDLE does not flicker (X-TRANSFER).
func (s *State) move(c *trace.Call, h Handle, table string, r handle.Rights) {
	s.kill(c.H.Name, h, s.Objects[h.Object].Handles)
	s.Objects[h.Object].Handles--
	s.insert(out(c, 0), table, h.Object, r)
}

// duplicate makes a second handle to an object, in the same table.
func (s *State) duplicate(c *trace.Call) trace.Want {
	h, _, st := s.use(c.H, handle.RightDuplicate)
	if st != status.OK {
		return answer(st) // X-DUP
	}
	r, ok := askedRights(h.Rights, c.Rights)
	if !ok {
		return answer(status.ErrInvalidArgs) // X-DUP-RIGHTS
	}
	if !s.fits(h.Table, 1, 0) {
		return answer(status.ErrNoMemory) // X-FULL
	}
	s.insert(out(c, 0), h.Table, h.Object, r)
	return answer(status.OK)
}

// replace makes a handle take another's place. X-REPLACE: it needs no right,
// but room for the new handle before the old one is gone.
func (s *State) replace(c *trace.Call) trace.Want {
	h, ok := s.Lookup(c.H)
	if !ok {
		return answer(status.ErrBadHandle)
	}
	r, ok := askedRights(h.Rights, c.Rights)
	if !ok { // X-REPLACE-RIGHTS
		if s.rules(h).ReplaceConsumes {
			s.drop(c.H.Name, h)
		}
		return answer(status.ErrInvalidArgs)
	}
	if !s.fits(h.Table, 1, 0) {
		return answer(status.ErrNoMemory)
	}
	s.move(c, h, h.Table, r)
	return answer(status.OK)
}

// askedRights is what a handle with the rights have gives to one made from it.
// X-SAME: SAME_RIGHTS alone asks for all of them; else any subset, also none.
func askedRights(have, asked handle.Rights) (handle.Rights, bool) {
	if asked == handle.SameRights {
		return have, true
	}
	return asked, asked&^have == 0
}

// transfer moves a handle to another table (X-TRANSFER).
func (s *State) transfer(c *trace.Call) trace.Want {
	h, _, st := s.use(c.H, handle.RightTransfer)
	if st != status.OK {
		return answer(st)
	}
	to := tableName(c.Table)
	t := s.Tables[to]
	if t == nil {
		return answer(status.ErrBadHandle) // no such process
	}
	if t.Edition != s.Tables[h.Table].Edition {
		return answer(status.ErrNotSupported) // E-OWNER
	}
	if !s.fits(to, 1, 0) {
		return answer(status.ErrNoMemory) // X-FULL; into its own table X-REPLACE
	}
	s.move(c, h, to, h.Rights)
	return answer(status.OK)
}

// info tells of a handle and its object; it needs no right (X-INFO).
func (s *State) info(c *trace.Call) trace.Want {
	h, ok := s.Lookup(c.H)
	if !ok {
		return answer(status.ErrBadHandle)
	}
	o := s.Objects[h.Object]
	want := trace.InfoWant{Type: o.Type, Rights: h.Rights, Koid: o.Name, Waitable: !isPort(o)}
	if p := s.Objects[o.Peer]; p != nil {
		want.Related = p.Name // C-KOID: also after the peer is gone
	}
	return trace.Want{Status: status.OK, Info: want}
}
