package mutants

import (
	"mx.example/handle"
	"mx.example/status"
)

// readChecks are those of a read, and of the query.
func readChecks() []check {
	return []check{
		{"R-NULL", func(c *call) status.Status {
			return when(c.buf.null() && c.buf.size > 0, status.ErrInvalidArgs)
		}},
		{"R-OPTIONS", func(c *call) status.Status {
			if c.k.is(readPeekIsFine) && c.options == 8 || c.k.is(readHighOptionsIgnored) && c.options == 0x80000000 ||
				c.k.is(queryIgnoresOptions) && c.buf.null() {
				return pass
			}
			return when(c.options&^c.p.r.readOptions != 0, status.ErrInvalidArgs)
		}},
		{"R-HANDLE", (*call).find},
		{"R-TYPE first", (*call).socketFirst},
		{"R-RIGHTS", func(c *call) status.Status {
			if c.k.is(readByWrite) {
				return c.may(handle.RightWrite)
			}
			if c.k.is(queryNeedsNoRight) && c.buf.null() {
				return pass
			}
			return c.may(handle.RightRead)
		}},
		{"R-TYPE", (*call).socket},
		{"R-QUERY", func(c *call) status.Status {
			if e := c.end(); c.query() && e != nil {
				c.n = e.query()
				if c.k.is(queryOfClosedFails) && c.n == 0 && e.gone() {
					return status.ErrPeerClosed
				}
				if c.k.is(queryOfEmptyFails) && c.n == 0 {
					return status.ErrShouldWait
				}
			}
			return when(c.query(), status.OK)
		}},
		{"R-HUGE", func(c *call) status.Status {
			return when(c.buf.size > c.p.r.largestBuffer, status.ErrInvalidArgs)
		}},
		{"R-CLOSED", func(c *call) status.Status {
			e := c.end()
			return when(e != nil && len(e.in) == 0 && e.gone(), status.ErrPeerClosed)
		}},
		{"R-ENDED", func(c *call) status.Status {
			e := c.end()
			return when(e != nil && len(e.in) == 0 && e.ended, c.r.readEnded)
		}},
		{"R-EMPTY", func(c *call) status.Status {
			e := c.end()
			return when(e != nil && len(e.in) == 0, status.ErrShouldWait)
		}},
		{"R-ZERO", func(c *call) status.Status {
			if e := c.end(); c.k.is(zeroReadDropsDatagram) && e != nil && c.buf.size == 0 && e.datagram {
				e.pop(uint64(e.lens[0]), 0)
				c.k.readMade(e)
			}
			return when(c.buf.size == 0, status.OK)
		}},
		{"R-FAULT", (*call).give},
	}
}

// query reports whether a read is one.
func (c *call) query() bool {
	return c.buf.query || c.buf.null() && (!c.p.r.zircon || c.k.is(zirconQueries))
}
