package explore

import (
	"mx.example/conformance/oracle"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// The calls around ports. A sequence in four is about them: it has a port from
// the start, and a profile of its own, in which operations are begun and packets
// taken while the sockets and events that they watch change.

// newPort makes a port.
func (g *generator) newPort(e *element) {
	c := &e.Call
	c.Table = g.tableFor()
	if g.one(8) {
		c.HasOptions, c.Options = true, uint32(g.below(4))
	}
	g.newNames(e, 1)
}

// portKeys is how many keys packets have: few, so that operations share them.
const portKeys = 2

// portCall makes a call on a port.
func (g *generator) portCall(e *element) {
	c := &e.Call
	port := g.port()
	c.H, c.Key = port, uint64(g.below(portKeys))
	switch c.Op {
	case trace.OpPortQueue:
		e.packet = handle.Packet{Key: c.Key, Status: -status.Status(g.below(3))}
		e.packet.User[g.below(len(e.packet.User))] = byte(1 + g.below(255))
		if g.one(8) {
			e.packet.Type = handle.PacketType(g.below(4))
		}
		c.Key, c.Packet = 0, &e.packet
	case trace.OpPortWait:
		c.Key, c.Until.Kind = 0, trace.Past
		if g.one(4) {
			c.Until.Kind = trace.Never
			if g.s.Blocks(c) {
				c.Until.Kind = trace.Past
			}
		}
	case trace.OpWaitAsync:
		c.H, c.To = g.ref(), port
		c.Signals = g.waitFor()
		c.Options = uint32(g.below(2))
		if g.rules.Zircon || g.one(32) {
			c.Options = uint32(g.below(5))
		}
	case trace.OpPortCancel:
		c.To = g.ref()
		if g.one(2) {
			g.aim(c)
		}
	}
	c.To.Table = "" // it is a value of the table of H
}

// port is a port to make a call on: one that is live, if there is one.
func (g *generator) port() trace.Ref {
	if g.ports == 0 || g.one(48) {
		return g.ref()
	}
	for i := g.below(slotCount); ; i = (i + 1) % slotCount {
		if g.slots[i].port {
			return g.slots[i].Ref
		}
	}
}

// aim makes a cancel hit one of the operations under way, if that is known by
// name.
func (g *generator) aim(c *trace.Call) {
	if len(g.s.Operations) == 0 {
		return
	}
	op := &g.s.Operations[g.below(len(g.s.Operations))]
	for i := range g.slots {
		switch sl := &g.slots[i]; {
		case !sl.live:
		case sl.port && sl.object == op.Port:
			c.H = sl.Ref
		case g.s.Handles[sl.name].Serial == op.Source:
			c.To, c.Key = sl.Ref, op.Key
		}
	}
}

func isPort(o *oracle.Object) bool {
	return o.Type == handle.TypePort || o.Type == handle.TypeZirconPort
}
