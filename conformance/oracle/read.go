package oracle

import (
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// outstanding is the query, a call of its own in every edition (R-QUERY).
func (s *State) outstanding(c *trace.Call) trace.Want {
	h, st := s.socket(c.H, handle.RightRead)
	if st != status.OK {
		return answer(st) // R-HANDLE, R-RIGHTS, R-TYPE
	}
	return trace.Want{Status: status.OK, N: uint64(len(h.Inbound))}
}

// read is a socket read.
func (s *State) read(c *trace.Call) trace.Want {
	good, size := extent(&c.Buf, c.Buf.Size)
	if size > 0 && c.Buf.Kind == trace.Null {
		return answer(status.ErrInvalidArgs) // R-NULL
	}
	early := s.called(c.H)
	if c.Options&^early.ReadOptions != 0 {
		return answer(status.ErrInvalidArgs) // R-OPTIONS
	}
	if c.Buf.Kind == trace.Null && early.Query {
		return counted(c, s.outstanding(c)) // R-QUERY
	}
	h, st := s.socket(c.H, handle.RightRead)
	if st != status.OK {
		return answer(st) // R-HANDLE, R-RIGHTS, R-TYPE
	}
	if size > GreatestSize {
		return answer(status.ErrInvalidArgs) // R-HUGE
	}
	rules := RulesOf(h.Edition)
	if len(h.Inbound) == 0 {
		switch {
		case s.Peer(h) == nil:
			return answer(status.ErrPeerClosed) // R-CLOSED
		case h.Ended:
			return answer(rules.ReadEnded) // R-ENDED
		default:
			return answer(status.ErrShouldWait) // R-EMPTY
		}
	}
	if size == 0 {
		return counted(c, answer(status.OK)) // R-ZERO
	}

	have := len(h.Inbound) // R-STREAM
	if h.Datagram {
		have = h.Lengths[0] // R-DGRAM
	}
	n := min(size, uint64(have))
	fault := n > good // R-FAULT
	if fault {
		if rules.ReadFault == FaultUndoes {
			return answer(status.ErrInvalidArgs)
		}
		n = good
	}

	want := trace.Want{Status: status.OK, Data: trace.Data{Text: string(h.Inbound[:n])}}
	if fault && rules.ReadFault == FaultKeeps {
		want = answer(status.ErrInvalidArgs)
	}
	if c.Options&Peek != 0 {
		return counted(c, want) // R-PEEK: nothing is consumed
	}
	full := uint64(len(h.Inbound)) >= h.Capacity
	if h.Datagram {
		h.Inbound = h.Inbound[have:] // what did not fit is discarded
		h.Lengths = h.Lengths[1:]
	} else {
		h.Inbound = h.Inbound[n:]
	}
	if p := s.Peer(h); p != nil && full && uint64(len(h.Inbound)) < h.Capacity {
		p.Writable = true // S-WRITABLE
	}
	return counted(c, want)
}
