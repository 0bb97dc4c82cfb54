package oracle

import (
	"mx.example/conformance/trace"
	"mx.example/status"
)

// pump moves bytes of the pattern from one handle to another by writes and
// reads, until all have come out or one of the calls fails for good. How the
// bytes are cut makes no difference to what comes of it, so here each turn
// writes and reads as much as one call can.
func (s *State) pump(c *trace.Call) trace.Want {
	var written, read uint64
	for read < c.Bytes {
		size := c.Bytes - written
		if e := s.Endpoint(c.H); e != nil {
			size = min(size, e.Capacity)
		}
		in := s.write(&trace.Call{H: c.H, Buf: trace.Buffer{
			Data: trace.Data{Kind: trace.Pattern, Len: size, Offset: written},
		}})
		if in.Status != status.OK && in.Status != status.ErrShouldWait {
			return answer(in.Status)
		}
		s.observe(s.first(c))
		written += in.N

		out := s.read(&trace.Call{H: c.To, Buf: trace.Buffer{Size: c.Bytes - read}})
		if out.Status != status.OK && out.Status != status.ErrShouldWait {
			return answer(out.Status)
		}
		s.observe(s.Object(c.To))
		for i := range len(out.Data.Text) {
			if out.Data.Text[i] != patternByte(read+uint64(i)) {
				return answer(status.ErrIODataIntegrity) // other bytes were queued before
			}
		}
		n := uint64(len(out.Data.Text))
		if in.N == 0 && n == 0 {
			return answer(status.ErrTimedOut) // nothing will ever move again
		}
		read += n
	}
	return trace.Want{Status: status.OK, N: read}
}
