package explore

import (
	"mx.example/conformance/oracle"
	"mx.example/conformance/trace"
	"mx.example/handle"
)

// The arguments of the calls of the group Z.

// disposition draws what to make of an endpoint's writing.
func (g *generator) disposition() uint32 {
	if g.one(24) {
		return 3
	}
	return uint32(g.below(3))
}

// property draws a threshold, and a value around the boundaries that it has
// now.
func (g *generator) property(c *trace.Call) {
	c.H = g.ref()
	c.Property = oracle.RxThreshold
	if g.one(2) {
		c.Property = oracle.TxThreshold
	}
	if g.one(32) {
		c.Property = handle.Property(g.below(20))
	}
	if c.Op != trace.OpSetProperty {
		return
	}
	e, _ := g.endpoint(c.H)
	if e == nil {
		c.Value = uint64(g.below(4))
		return
	}
	near := uint64(len(e.Inbound))
	if c.Property == oracle.TxThreshold {
		near = g.s.Room(e)
	}
	switch g.below(8) {
	case 0:
		c.Value = 0
	case 1:
		c.Value = e.Capacity + uint64(g.below(2))
	case 2, 3:
		c.Value = near + 1
	case 4:
		c.Value = near
	default:
		c.Value = g.upTo(e.Capacity)
	}
}
