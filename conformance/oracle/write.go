package oracle

import (
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// write is a socket write, half close included.
func (s *State) write(c *trace.Call) trace.Want {
	good, size := extent(&c.Buf, dataLen(&c.Buf.Data))
	if size > 0 && c.Buf.Kind == trace.Null {
		return answer(status.ErrInvalidArgs) // W-NULL
	}
	if early := s.called(c.H); early.WriteOptionsEarly && c.Options&^early.WriteOptions != 0 {
		return answer(status.ErrInvalidArgs) // W-OPTIONS-EARLY
	}
	h, st := s.socket(c.H, handle.RightWrite)
	if st != status.OK {
		return answer(st) // W-HANDLE, W-RIGHTS, W-TYPE
	}
	rules := RulesOf(h.Edition)
	switch {
	case c.Options&^rules.WriteOptions != 0:
		return answer(status.ErrInvalidArgs) // W-OPTIONS
	case c.Options == HalfClose && size > 0:
		return answer(status.ErrInvalidArgs) // W-HALF-SIZE
	case c.Options == HalfClose:
		return s.halfClose(h) // W-ACTUAL: no count is stored
	}

	if s.Peer(h) == nil {
		return answer(status.ErrPeerClosed) // W-PEER-CLOSED
	}
	if !s.MayWrite(h) {
		return answer(status.ErrBadState) // W-BAD-STATE
	}
	if size == 0 {
		return counted(c, answer(status.OK)) // W-ZERO
	}
	if size > GreatestSize {
		return answer(status.ErrInvalidArgs) // W-HUGE
	}
	room := s.Room(h)
	if room == 0 {
		return answer(status.ErrShouldWait) // W-FULL
	}
	if h.Datagram && size > h.Capacity {
		return answer(rules.DatagramTooBig) // W-DGRAM-TOO-BIG
	}
	if h.Datagram && size > room {
		return answer(status.ErrShouldWait) // W-DGRAM-ATOMIC
	}
	memory := s.free(h.Table) // L-ACCOUNT: of the table that created the pair
	if memory == 0 || h.Datagram && size > memory {
		return answer(rules.WriteNoMemory) // W-NO-MEMORY
	}
	n := min(size, room, memory) // W-STREAM-SHORT; a datagram is whole here
	want := trace.Want{Status: status.OK, N: n}
	if n > good { // W-FAULT
		switch {
		case h.Datagram || rules.StreamWriteFault == FaultUndoes:
			return answer(status.ErrInvalidArgs)
		case rules.StreamWriteFault == FaultKeeps:
			want = answer(status.ErrInvalidArgs)
		case good == 0:
			return answer(status.ErrShouldWait)
		default:
			want.N = good
		}
		n = good
	}

	p := s.Peer(h)
	p.Inbound = appendData(p.Inbound, &c.Buf.Data, n) // W-ORDER
	if h.Datagram {
		p.Lengths = append(p.Lengths, int(n))
	}
	if s.Room(h) == 0 {
		h.Writable = false // S-WRITABLE
	}
	return counted(c, want)
}

// halfClose is HALF_CLOSE with size 0. It is never refused because h itself
// may not write (H-READING).
func (s *State) halfClose(h *Object) trace.Want {
	// H-DIRECTION. A direction is kept at the endpoint that reads it. The
	// object of a closed endpoint is there as long as its peer is, so what a
	// direction was when its reader went is still known.
	reader := s.Objects[h.Peer]
	if RulesOf(h.Edition).HalfCloseEndsInbound {
		reader = h
	}
	if reader.Ended {
		return answer(status.OK) // H-TWICE, also when the peer is gone
	}
	if s.Peer(h) == nil {
		return answer(status.ErrPeerClosed) // H-AFTER-CLOSE
	}
	reader.Ended = true // H-DRAIN, H-SIGNALS and H-BOTH follow from this
	return answer(status.OK)
}

// extent says how many bytes of a buffer can be accessed, and the size passed.
// data is how many bytes its good part has.
func extent(b *trace.Buffer, data uint64) (good, size uint64) {
	switch b.Kind {
	case trace.Null:
		return 0, b.Size
	case trace.Faulty:
		return data, data + b.Bad
	default:
		return data, data
	}
}

// dataLen is the number of bytes of d.
func dataLen(d *trace.Data) uint64 {
	if d.Kind == trace.Pattern {
		return d.Len
	}
	return uint64(len(d.Text))
}

// appendData appends the first n bytes of d.
func appendData(p []byte, d *trace.Data, n uint64) []byte {
	if d.Kind == trace.Literal {
		return append(p, d.Text[:n]...)
	}
	for i := range n {
		p = append(p, patternByte(d.Offset+i))
	}
	return p
}

// patternByte is the pattern at a position: the top 8 bits of a 32-bit
// product.
func patternByte(i uint64) byte { return byte(uint32(i) * 2654435761 >> 24) }
