package hostmodel

import (
	"slices"

	"mx.example/conformance/oracle"
	"mx.example/conformance/trace"
	"mx.example/status"
)

// explain names the difference, or returns "" if it has no name.
func (v *view) explain() string {
	if v.Result.Unsupported != "" {
		return ""
	}
	c := v.Call
	switch c.Op {
	case trace.OpCreate:
		return v.explainCreate()
	case trace.OpWait, trace.OpWaitMany, trace.OpSignals:
		if name := v.explainPoll(); name != "" {
			return name
		}
		return v.explainStale()
	}
	if v.o == nil {
		return v.explainStale()
	}
	switch {
	case isHalfClose(c):
		return v.explainHalfClose()
	case c.Op == trace.OpWrite:
		return v.explainWrite()
	case c.Op == trace.OpOutstanding || isQuery(c):
		return v.explainQuery()
	case c.Op == trace.OpRead:
		return v.explainRead()
	case c.Op == trace.OpPump:
		return v.explainPump()
	}
	return ""
}

// explainCreate: a capacity that is none is rounded to one that is.
func (v *view) explainCreate() string {
	c := v.Call
	bad := c.HasCapacity && (c.Capacity < oracle.LeastCapacity || c.Capacity > oracle.GreatestCapacity)
	if bad && v.got(status.OK) {
		return capNotSettable
	}
	return ""
}

// explainStale: a value that is dead in the contract's state has come to name
// another descriptor, or is the number of one by chance. Then the result is
// what a call on that one gives.
func (v *view) explainStale() string {
	if v.Result.Errno == eBADF {
		return ""
	}
	for _, r := range v.Call.Refs() {
		if _, live := v.State.Lookup(r); live {
			continue
		}
		at, died := v.model.died[r.Name]
		if !died && r.Delta == 0 {
			continue
		}
		for name, h := range v.State.Handles {
			if h.Live && (r.Delta != 0 || h.Serial > at) && v.answers(r, trace.Ref{Name: name}) {
				return FDReuse
			}
		}
	}
	return ""
}

// answers reports whether the result is one of the same call with another
// handle instead of one that is dead.
func (v *view) answers(dead, live trace.Ref) bool {
	c := *v.Call
	if c.H == dead {
		c.H = live
	}
	c.Items = slices.Clone(c.Items)
	for i := range c.Items {
		if c.Items[i].Ref == dead {
			c.Items[i].Ref = live
		}
	}
	s := *v.Situation
	s.Call, s.Allowed = &c, oracle.Step(v.State, &c)
	for i := range s.Allowed {
		if s.Allowed[i].Want.Match(&c, v.Result) == "" {
			return true
		}
	}
	return len(s.Allowed) > 0 && viewOf(&s).explain() != ""
}

func (v *view) explainHalfClose() string {
	switch {
	case !v.mayHalfClose():
	case v.failsWith(eBADF):
		return pipeHalfClose
	case v.wants(status.ErrPeerClosed) && v.got(status.OK):
		return halfCloseLate
	case v.wants(status.OK) && v.failsWith(eNOTCONN):
		return shutdownTwice
	}
	return ""
}

func (v *view) explainWrite() string {
	if !v.mayWrite() {
		return ""
	}
	good, size := v.size()
	wantsRoom := v.wants(status.OK) || v.wants(status.ErrShouldWait)
	gotRoom := v.got(status.OK) || v.failsWith(eAGAIN)
	switch {
	case v.failsWith(eBADF):
		return pipeHalfClose
	case v.failsWith(eAGAIN) && (v.wants(status.ErrBadState) || v.wants(status.ErrPeerClosed)):
		return capAccounting // room is looked at first
	case v.failsWith(eMSGSIZE):
		return dgramTooBig
	case v.tellsReset():
		return v.reset()
	case v.wants(status.ErrBadState) && v.got(status.ErrPeerClosed):
		return halfCloseStatus
	case v.Kind == Pipe && size == 0 && v.got(status.OK):
		return pipeNullIO
	case v.wants(status.ErrBadState) && v.got(status.OK):
		return shutdownRdSilent
	case v.wants(status.ErrPeerClosed) && v.got(status.OK):
		return goneUnnoticed
	case v.refusedForSize():
		return noSizeLimit
	case size > good:
		return faultStatus
	case !wantsRoom || !gotRoom:
		return ""
	}

	wanted, got := uint64(0), uint64(0) // bytes taken
	if v.wants(status.OK) {
		wanted = v.want.N
	}
	if v.got(status.OK) {
		got = uint64(len(v.accepted()))
	}
	switch {
	case got > wanted && v.Kind == UDP:
		return dgramLossy
	case got > wanted && v.e.chosen:
		return capNotSettable
	case got < wanted && v.Kind == Pipe && size <= pipeAtom:
		return atomicStreamWrite
	}
	return capAccounting
}

// tellsReset reports whether the error number says of a peer that is gone how
// it went. The contract says only that it is gone.
func (v *view) tellsReset() bool {
	return v.wants(status.ErrPeerClosed) && v.failsWith(eCONNRESET)
}

// reset names the cause of a reset: the peer went with bytes unread, or it was
// gone when a write reached it.
func (v *view) reset() string {
	if v.e.unread || v.e.unsure {
		return unreadDataReset
	}
	return goneUnnoticed
}

// refusedForSize reports whether the contract refuses the size as such (W-HUGE,
// R-HUGE): not for a null pointer, which it looks at first.
func (v *view) refusedForSize() bool {
	_, size := v.size()
	return size > mostSize && v.Call.Buf.Kind != trace.Null && v.wants(status.ErrInvalidArgs)
}

func (v *view) explainRead() string {
	if !v.mayRead() {
		return ""
	}
	good, size := v.size()
	e := v.e
	nothing := v.deliveredNothing()
	switch {
	case v.failsWith(eBADF):
		return pipeHalfClose
	case len(e.queue) > 0 && e.queue[0].emptyMsg && nothing:
		return emptyDatagram
	case v.refusedForSize():
		return noSizeLimit
	case size > good && v.wants(status.ErrInvalidArgs):
		return faultStatus
	case v.tellsReset():
		return v.reset()
	case v.wants(status.OK) && (v.failsWith(eCONNRESET) || v.failsWith(ePIPE)):
		return unreadDataReset
	case v.failsWith(eCONNREFUSED):
		return refusedLate
	case v.Kind == Pipe && size == 0:
		return pipeNullIO
	case e.behind != "" && e.isBehind(v.o):
		return e.behind
	case e.crowded() && v.wants(status.OK), e.unsure && (v.wants(status.OK) || v.failsWith(eAGAIN)):
		return inFlight
	case len(e.queue) > 0 && e.queue[0].maybe:
		return dgramLossy
	case v.wants(status.ErrPeerClosed) && nothing:
		return eofIsZero
	case v.wants(status.ErrPeerClosed) && v.failsWith(eAGAIN):
		return dgramNoEOF
	case size > good:
		return faultStatus
	}
	return ""
}

func (v *view) explainQuery() string {
	if !v.mayCount() {
		return ""
	}
	e := v.e
	switch {
	case v.failsWith(eBADF):
		return pipeHalfClose
	case e.behind != "" && e.isBehind(v.o):
		return e.behind
	case e.crowded() || e.unsure:
		return inFlight
	case len(e.queue) > 0 && e.queue[0].emptyMsg:
		return emptyDatagram
	case len(e.queue) > 0 && e.queue[0].maybe && v.Result.N != uint64(len(e.queue[0].data)):
		return dgramLossy
	case len(e.queue) > 1 && (v.Kind == UnixDgram || v.Kind == UDP):
		return queryFirst
	}
	return ""
}

// explainPump: of what udp drops on the way no byte arrives. A receiver with
// room for all of it drops nothing.
func (v *view) explainPump() string {
	lost := v.got(status.ErrTimedOut) || v.got(status.ErrIODataIntegrity)
	room := uint64(v.q.rcvbuf - v.q.rcvbuf/4)
	if v.Kind == UDP && v.wants(status.OK) && lost && v.Call.Bytes > room/uint64(chargeOf(1).most) {
		return dgramLossy
	}
	return ""
}

// followCreate makes the pair with the nearest capacity that the contract
// knows.
func followCreate(v *view) *oracle.State {
	c := *v.Call
	c.Capacity = min(max(c.Capacity, oracle.LeastCapacity), oracle.GreatestCapacity)
	v.State.Do(&c)
	return v.State
}
