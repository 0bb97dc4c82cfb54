package mutants

import (
	"mx.example/handle"
	"mx.example/status"
)

// writeChecks are those of a write, half close included.
func writeChecks() []check {
	return []check{
		{"W-NULL", func(c *call) status.Status {
			return when(c.buf.null() && c.buf.size > 0, status.ErrInvalidArgs)
		}},
		{"W-OPTIONS-EARLY", func(c *call) status.Status {
			return when(c.p.r.zircon && c.options != 0, status.ErrInvalidArgs)
		}},
		{"W-HANDLE", (*call).find},
		{"W-TYPE first", (*call).socketFirst},
		{"W-RIGHTS", func(c *call) status.Status {
			switch {
			case c.k.is(writeByRead):
				return c.may(handle.RightRead)
			case c.k.is(writeByEither) && c.ref.rights&handle.RightRead != 0, c.k.is(halfCloseNeedsNoRight) && c.half():
				return pass
			case c.k.is(writeNeedsReadToo):
				return c.may(handle.RightRead | handle.RightWrite)
			}
			return c.may(handle.RightWrite)
		}},
		{"W-TYPE", (*call).socket},
		{"W-OPTIONS", func(c *call) status.Status {
			o := c.options
			if c.k.is(writeHighOptionsIgnored) && o&0x80000000 != 0 {
				c.options &^= 0x80000000
			}
			if c.k.is(writeTwoIsFine) && o == 2 {
				c.options = 0
			}
			return when(c.options > 1, status.ErrInvalidArgs)
		}},
		{"W-HALF-SIZE", func(c *call) status.Status {
			if c.k.is(halfCloseWritesToo) && c.half() && c.buf.size > 0 {
				if e := c.end(); !e.gone() {
					e.other.push(c.buf.fetch(1))
				}
			}
			return when(c.half() && c.buf.size > 0, status.ErrInvalidArgs)
		}},
		{"H-TWICE", func(c *call) status.Status {
			e := c.end()
			return when(c.half() && e != nil && e.ends(c.r) != nil && e.ends(c.r).ended, status.OK)
		}},
		{"H-AFTER-CLOSE", func(c *call) status.Status {
			e := c.end()
			return when(c.half() && e != nil && e.gone(), status.ErrPeerClosed)
		}},
		{"W-PEER-CLOSED", func(c *call) status.Status {
			e := c.end()
			return when(!c.half() && e != nil && e.gone(), status.ErrPeerClosed)
		}},
		{"W-BAD-STATE", func(c *call) status.Status {
			e := c.end()
			if c.k.is(badStateOnlyWithBytes) && c.buf.size == 0 {
				return pass
			}
			return when(!c.half() && e != nil && e.other.ended, status.ErrBadState)
		}},
		{"W-ZERO", func(c *call) status.Status {
			if e := c.end(); c.k.is(zeroQueuesDatagram) && !c.half() && c.buf.size == 0 && e != nil && e.datagram {
				e.other.push(nil)
			}
			return when(!c.half() && c.buf.size == 0, status.OK)
		}},
		{"W-HUGE", func(c *call) status.Status {
			return when(!c.half() && c.buf.size > c.p.r.largestBuffer, status.ErrInvalidArgs)
		}},
		{"W-FULL", func(c *call) status.Status {
			e := c.end()
			least := uint64(1)
			if c.k.is(fullOneEarly) || c.k.is(fullOneEarlyLarge) && e != nil && e.capacity > 4096 ||
				c.k.is(fullOneEarlyDatagram) && e != nil && e.datagram {
				least = min(2, e.capacity)
			}
			return when(!c.half() && e != nil && e.room() < least, status.ErrShouldWait)
		}},
		{"W-DGRAM-TOO-BIG", func(c *call) status.Status {
			e := c.end()
			return when(!c.half() && e != nil && e.datagram && c.buf.size > e.capacity, c.r.tooBig)
		}},
		{"W-DGRAM-ATOMIC", func(c *call) status.Status {
			e := c.end()
			room := uint64(0)
			if e != nil {
				room = e.room()
			}
			if c.k.is(datagramNeedsSpare) && room > 0 && room < e.capacity {
				room--
			}
			if c.k.is(datagramOneOver) && room > 0 {
				room++
			}
			short := !c.half() && e != nil && e.datagram && c.buf.size > room
			if short && c.k.is(refusedDatagramLeavesByte) && room > 0 {
				e.other.push(c.buf.fetch(1))
			}
			return when(short, status.ErrShouldWait)
		}},
		{"W-NO-MEMORY", func(c *call) status.Status {
			e := c.end()
			if e == nil || c.half() {
				return pass
			}
			free := c.k.payer(e, c.p).free()
			short := free == 0 || e.datagram && c.buf.size > free
			if c.k.is(streamMemoryIsAtomic) {
				short = free < min(c.buf.size, e.room())
			}
			if c.k.is(memoryOneShort) {
				short = free <= 1 || e.datagram && c.buf.size >= free
			}
			return when(short, c.r.noMemory)
		}},
		{"W-FAULT", (*call).take},
	}
}

// half reports whether a write is a half close.
func (c *call) half() bool { return c.options == 1 }
