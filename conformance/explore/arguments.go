package explore

import (
	"mx.example/conformance/oracle"
	"mx.example/conformance/trace"
	"mx.example/handle"
)

// table makes a handle table: a tight one, or one of another edition.
func (g *generator) table(c *trace.Call, k kind) {
	c.Table = tightTable
	if k == doOther {
		c.Table = otherTable
		c.Edition = &g.others[g.below(len(g.others))]
		return
	}
	if g.one(2) {
		c.Handles = uint64(1 + g.below(6))
	}
	if g.one(2) {
		const pair = oracle.PairCharge + 2*oracle.HandleCharge
		c.HasMemory = true
		c.Memory = uint64(g.below(3))*pair + uint64(g.below(2*oracle.HandleCharge))
		if g.opening.ports {
			c.Memory += oracle.PortCharge + oracle.HandleCharge + uint64(g.below(6*oracle.PacketCharge))
		}
	}
	// Such a table is made to be filled.
	g.plan = append(g.plan, doCreate)
}

// tableFor is the table that a call makes something in, or moves it to.
func (g *generator) tableFor() string {
	switch g.below(8) {
	case 0, 1, 2:
		if g.s.Tables[tightTable] != nil {
			return tightTable
		}
	case 3:
		if g.s.Tables[otherTable] != nil {
			return otherTable
		}
	}
	return ""
}

func (g *generator) create(e *element) {
	c := &e.Call
	c.Table = g.tableFor()
	if g.opening.datagram {
		c.Options = oracle.Datagram
	}
	if g.one(rarely) {
		c.Options ^= 1
	}
	if g.not&(noStream|noDatagram) == 0 && g.one(rarely) {
		c.Options = uint32(g.below(4))
	}
	if g.opening.capacity != 0 && (g.not&noCapacity == 0 || g.one(rarely)) {
		c.HasCapacity, c.Capacity = true, g.opening.capacity
		if g.one(rarely) {
			c.Capacity = [...]uint64{0, oracle.GreatestCapacity, oracle.GreatestCapacity + 1, 1 << 63}[g.below(4)]
		}
	}
	g.newNames(e, 2)
}

// write makes a write of ordinary memory.
func (g *generator) write(c *trace.Call) {
	c.H = g.ref()
	size := g.writeSize(c.H)
	c.Buf.Data = g.data(size)
}

// data is the next bytes of the pattern: where they are in it shows which
// write they came from.
func (g *generator) data(size uint64) trace.Data {
	d := trace.Data{Kind: trace.Pattern, Len: size, Offset: g.pos}
	g.pos += size
	return d
}

// greatest is the most that one ordinary buffer holds. A buffer that is to be
// too big for its socket is always possible.
const greatest = 264160 + 2 // the largest default capacity, and a little more

// writeSize draws a size from around the boundaries that a write at h has now.
func (g *generator) writeSize(h trace.Ref) uint64 {
	e, _ := g.endpoint(h)
	if e == nil {
		return uint64(g.below(4))
	}
	if e.Capacity > 1<<16 && !g.one(8) {
		return g.upTo(4096) // the great sizes take long
	}
	room := g.s.Room(e)
	switch g.below(16) {
	case 0:
		return 0
	case 1, 2:
		return 1
	case 3:
		return capped(room)
	case 4:
		return capped(room + 1)
	case 5:
		return capped(max(room, 1) - 1)
	case 6:
		return capped(e.Capacity)
	case 7:
		return capped(e.Capacity + 1)
	case 8:
		return 2
	case 9:
		return 3
	case 10:
		return uint64(len(e.Inbound))
	}
	return g.upTo(e.Capacity)
}

// upTo draws a size of 1 to n+1: any, but of great ones rather a small one.
func (g *generator) upTo(n uint64) uint64 {
	if n > 4096 && !g.one(8) {
		n = 4096
	}
	if n > 8 && g.one(2) {
		n /= 4
	}
	return uint64(1 + g.below(int(capped(n+1))))
}

func capped(n uint64) uint64 { return min(n, greatest) }

// read makes a read into ordinary memory.
func (g *generator) read(c *trace.Call) {
	c.H = g.ref()
	c.Buf.Size = g.readSize(c.H)
	if g.rules.ReadOptions != 0 && g.one(6) {
		c.Options = g.rules.ReadOptions
	}
}

// readSize draws a size from around the boundaries that a read at h has now.
func (g *generator) readSize(h trace.Ref) uint64 {
	e := g.s.Endpoint(h)
	if e == nil {
		return uint64(g.below(4))
	}
	inbound := uint64(len(e.Inbound))
	if inbound > 1<<16 && g.one(2) {
		return g.upTo(4096)
	}
	first := inbound
	if len(e.Lengths) > 0 {
		first = uint64(e.Lengths[0])
	}
	switch g.below(16) {
	case 0:
		return 0
	case 1, 2:
		return 1
	case 3, 4:
		return first
	case 5:
		return first + 1
	case 6:
		return max(first, 1) - 1
	case 7:
		return inbound
	case 8:
		return capped(inbound + 1)
	case 9:
		return max(inbound, 1) - 1
	case 10:
		return capped(e.Capacity)
	case 11:
		return 2
	}
	return g.upTo(e.Capacity)
}

// raw makes a write or a read with what no slice can say.
func (g *generator) raw(c *trace.Call) {
	c.H = g.ref()
	size := uint64(0)
	if c.Op = trace.OpRead; g.one(2) {
		c.Op = trace.OpWrite
		size = g.writeSize(c.H)
	} else {
		size = g.readSize(c.H)
	}
	switch g.below(4) {
	case 0:
		c.Buf = trace.Buffer{Kind: trace.Null, Size: min(size, 2)}
	case 1, 2:
		// The boundary may be anywhere in the size, and a huge one beyond it.
		good := uint64(g.below(int(size + 1)))
		c.Buf = trace.Buffer{Kind: trace.Faulty, Bad: size - good}
		if g.one(8) {
			c.Buf.Bad = oracle.GreatestSize - good + uint64(g.below(3))
		}
		g.memory(c, good)
	case 3:
		g.memory(c, size)
	}
	if g.not&noActual == 0 || g.one(rarely) {
		switch g.below(6) {
		case 0:
			// Without a count nothing tells the end of a stream from data.
			if g.not&hosted == 0 {
				c.Actual = trace.ActualNull
			}
		case 1:
			c.Actual = trace.ActualBad
		}
	}
	if g.one(4) && (g.not&noOptions == 0 || g.one(rarely)) {
		c.Options = [...]uint32{1, 2, 3, 8, 1 << 31}[g.below(5)]
	}
}

// memory makes the good part of the buffer.
func (g *generator) memory(c *trace.Call, size uint64) {
	if c.Op == trace.OpWrite {
		c.Buf.Data = g.data(size)
	} else {
		c.Buf.Size = size
	}
}

// askRights draws the rights that a duplicate or a replace asks for.
func (g *generator) askRights(h trace.Ref) handle.Rights {
	if g.not&noRights != 0 && !g.one(rarely) {
		return handle.SameRights
	}
	have := g.s.Handles[h.Name].Rights
	all := g.rules.SocketRights
	switch g.below(12) {
	case 0, 1, 2, 3:
		return handle.SameRights
	case 4:
		return have
	case 5:
		return have &^ (1 << g.below(21))
	case 6:
		return have &^ handle.RightWrite
	case 7:
		return have &^ handle.RightRead
	case 8:
		return 1 << g.below(21)
	case 9:
		return all
	case 10:
		return handle.SameRights | 1<<g.below(4)
	}
	return have & handle.Rights(g.src.Uint64()>>32)
}

// settable draws signals to set or to clear.
func (g *generator) settable() handle.Signals {
	switch g.below(8) {
	case 0, 1:
		return 0
	case 2, 3:
		return handle.UserSignal0
	case 4:
		return handle.UserSignal0 << g.below(8)
	case 5:
		return handle.UserSignals & handle.Signals(g.src.Uint64()>>32)
	case 6:
		return handle.Signaled
	}
	if g.one(2) {
		return 0
	}
	return 1 << g.below(32)
}
