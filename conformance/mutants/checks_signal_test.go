package mutants

import (
	"mx.example/handle"
	"mx.example/status"
)

// signalChecks are those of what sets and clears signals of one's own.
func signalChecks() []check {
	return []check{
		{"X-STALE", (*call).find},
		{"S-RIGHT", func(c *call) status.Status { return c.may(c.p.r.signalRight) }},
		{"S-USER", func(c *call) status.Status {
			if c.k.is(refusedSignalClears) && c.o != nil && c.set&^c.o.settable(c.p.r) != 0 {
				c.o.user &^= c.clear
			}
			if c.k.is(badClearIgnored) {
				c.clear &= c.o.settable(c.p.r)
			}
			return when(c.o != nil && (c.clear|c.set)&^c.o.settable(c.p.r) != 0, status.ErrInvalidArgs)
		}},
	}
}

// signalPeerChecks are those of what does so at the peer.
func signalPeerChecks() []check {
	return []check{
		{"X-STALE", (*call).find},
		{"S-RIGHT", func(c *call) status.Status { return c.may(c.p.r.peerRight) }},
		{"S-PEER-NONE", func(c *call) status.Status {
			return when(c.o != nil && c.o.typ != handle.TypeSocket, status.ErrNotSupported)
		}},
		{"S-USER", func(c *call) status.Status {
			return when(c.o != nil && (c.clear|c.set)&^c.o.settable(c.p.r) != 0, status.ErrInvalidArgs)
		}},
		{"S-PEER", func(c *call) status.Status {
			e := c.end()
			return when(e != nil && e.gone(), status.ErrPeerClosed)
		}},
	}
}
