package trace

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"mx.example/handle"
	"mx.example/status"
)

// A gen makes random cases that keep to the grammar, using all of it.
type gen struct {
	*rand.Rand
	handles, objects, tables []string
	made                     int
	busy                     []Step // started and not finished
}

func randomCase(r *rand.Rand, name string) Case {
	g := &gen{Rand: r, tables: []string{FirstTable}}
	c := Case{Name: name, File: "random"}
	for range g.IntN(40) {
		if c.Doc != "" {
			c.Doc += " "
		}
		c.Doc += []string{"what", "#", "is", "\"shown", "->", "é", "here."}[g.IntN(7)]
	}
	for i := range g.IntN(20) {
		c.Clauses = append(c.Clauses, fmt.Sprintf("W-RANDOM-%d", i))
	}
	if g.IntN(3) == 0 {
		c.Editions = handle.Editions()
		g.Shuffle(len(c.Editions), func(i, j int) {
			c.Editions[i], c.Editions[j] = c.Editions[j], c.Editions[i]
		})
		c.Editions = c.Editions[:1+g.IntN(len(c.Editions))]
	}
	speaks := c.Editions
	if speaks == nil {
		speaks = handle.Editions()
	}
	for range 1 + g.IntN(30) {
		if len(g.busy) > 0 && g.IntN(3) == 0 {
			c.Steps = append(c.Steps, g.finish())
			continue
		}
		s := Step{Call: g.call()}
		if g.IntN(4) == 0 {
			s.Editions = []handle.Edition{speaks[g.IntN(len(speaks))]}
		}
		if s.Call.Op != OpTable && g.IntN(6) == 0 {
			s.Kind, s.Actor = Start, g.name("w")
			g.busy = append(g.busy, s)
		} else if g.IntN(5) != 0 {
			g.answers(&s)
		}
		c.Steps = append(c.Steps, s)
	}
	for len(g.busy) > 0 {
		c.Steps = append(c.Steps, g.finish())
	}
	return c
}

func (g *gen) name(prefix string) string {
	g.made++
	return fmt.Sprintf("%s_%d", prefix, g.made)
}

func (g *gen) finish() Step {
	i := g.IntN(len(g.busy))
	s := g.busy[i]
	g.busy = slices.Delete(g.busy, i, i+1)
	s.Kind = Finish
	g.answers(&s)
	return s
}

func (g *gen) number() uint64 { return g.Uint64() >> g.IntN(64) }

func (g *gen) table() string {
	if g.IntN(2) == 0 {
		return ""
	}
	return g.tables[g.IntN(len(g.tables))]
}

func (g *gen) ref() Ref {
	r := Ref{Table: g.table()}
	if len(g.handles) > 0 {
		r.Name = g.handles[g.IntN(len(g.handles))]
	}
	if g.IntN(10) == 0 {
		r.Name = ""
	}
	if g.IntN(6) == 0 {
		r.Delta = int32(g.Uint32()) >> g.IntN(32)
	}
	return r
}

func (g *gen) data() Data {
	if g.IntN(2) == 0 {
		return Data{Kind: Pattern, Len: g.number(), Offset: g.number() * uint64(g.IntN(2))}
	}
	p := make([]byte, g.IntN(12))
	for i := range p {
		p[i] = byte(g.Uint32())
	}
	return Data{Text: string(p)}
}

func (g *gen) options(word uint32) uint32 {
	return []uint32{0, 0, word, g.Uint32() >> g.IntN(32)}[g.IntN(4)]
}

func (g *gen) signals() handle.Signals {
	return handle.Signals(g.Uint32() & g.Uint32() & g.Uint32())
}

func (g *gen) deadline() Deadline {
	return []Deadline{{}, {Kind: Past}, {Kind: In, After: time.Duration(1 + g.Int64N(1e12))}}[g.IntN(3)]
}

func (g *gen) buffer(isWrite bool) Buffer {
	b := Buffer{Kind: BufferKind(g.IntN(3))}
	switch {
	case b.Kind == Null || !isWrite:
		b.Size = g.number()
	default:
		b.Data = g.data()
	}
	if b.Kind == Faulty {
		b.Bad = g.number()
	}
	return b
}

func (g *gen) call() Call {
	ops := Ops()
	c := Call{Op: ops[g.IntN(len(ops))]}
	if len(c.Refs()) > 0 {
		c.H = g.ref()
	}
	switch c.Op {
	case OpTable:
		c.Table = g.name("table")
		g.tables = append(g.tables, c.Table)
		c.Handles = g.number() * uint64(g.IntN(2))
		if g.IntN(2) == 0 {
			c.Memory, c.HasMemory = g.number(), true
		}
		if g.IntN(2) == 0 {
			e := handle.Kernel2017
			c.Edition = &e
		}
	case OpCreate:
		c.Options = g.options(optDatagram)
		if g.IntN(2) == 0 {
			c.Capacity, c.HasCapacity = g.number(), true
		}
		c.Table = g.table()
	case OpEvent, OpCloseAll:
		c.Table = g.table()
	case OpKoids:
		c.Count, c.Table = g.number()%(MaxChurn+1), g.table()
	case OpWrite:
		c.Buf, c.Options, c.Actual = g.buffer(true), g.options(optHalfClose), ActualKind(g.IntN(3))
	case OpRead:
		c.Buf, c.Options, c.Actual = g.buffer(false), g.options(optPeek), ActualKind(g.IntN(3))
	case OpDuplicate, OpReplace:
		c.Rights = handle.Rights(g.Uint32() & g.Uint32() & g.Uint32())
	case OpTransfer:
		c.Table = g.tables[g.IntN(len(g.tables))]
	case OpSignal, OpSignalPeer:
		c.Clear, c.Set = g.signals(), g.signals()
	case OpWait:
		c.Signals, c.Until = g.signals(), g.deadline()
	case OpWaitMany:
		for range g.IntN(4) {
			item := WaitItem{g.ref(), g.signals()}
			for range 1 + g.IntN(2)*g.IntN(5) {
				c.Items = append(c.Items, item)
			}
		}
		c.Until, c.Table = g.deadline(), g.table()
	case OpSetDisposition:
		c.Mine, c.Peers = g.options(1), g.options(2)
	case OpGetProperty:
		c.Property = handle.Property(g.options(uint32(handle.SocketRxThreshold)))
	case OpSetProperty:
		c.Property, c.Value = handle.Property(g.options(uint32(handle.SocketTxThreshold))), g.number()
	case OpWriteAll:
		c.Buf, c.Until = Buffer{Data: g.data()}, g.deadline()
	case OpReadFull:
		c.Buf, c.Until = Buffer{Size: g.number()}, g.deadline()
	case OpPump:
		c.To, c.Bytes, c.Seed = g.ref(), g.number(), g.number()
	case OpChurn, OpPortRace:
		c.Count = g.number() % (MaxChurn + 1)
	case OpPort:
		if c.HasOptions = g.IntN(2) == 0; c.HasOptions {
			c.Options = g.Uint32() >> g.IntN(32)
		}
		c.Table = g.table()
	case OpPortQueue:
		c.Count = g.number() % (MaxChurn + 1) * uint64(g.IntN(2))
		c.Packet = &handle.Packet{
			Key:    g.number(),
			Type:   handle.PacketType(g.Uint32() >> g.IntN(32) * uint32(g.IntN(2))),
			Status: -status.Status(g.IntN(70) * g.IntN(2)),
			User:   g.user(),
		}
	case OpPortWait:
		c.Until = g.deadline()
	case OpWaitAsync:
		c.Signals, c.Options, c.To, c.Key = g.signals(), g.options(optRepeating), g.value(), g.number()
	case OpPortCancel:
		c.To, c.Key = g.value(), g.number()
	}
	return c
}

// value is a handle that is used in the table of another one.
func (g *gen) value() Ref {
	r := g.ref()
	r.Table = ""
	return r
}

func (g *gen) user() (user [32]byte) {
	if g.IntN(3) == 0 {
		FillPattern(user[:g.IntN(33)], g.number())
	} else {
		for i := range g.IntN(33) {
			user[i] = byte(g.Uint32())
		}
	}
	return user
}

func (g *gen) packet() *PacketWant {
	w := &PacketWant{
		Type:   handle.PacketType(g.IntN(4)),
		Key:    g.number(),
		Status: -status.Status(g.IntN(70) * g.IntN(2)),
	}
	if signaled(w.Type) {
		w.Trigger, w.Observed = g.signals(), g.state()
		if w.Count, w.Stamped = uint64(g.IntN(3)), g.IntN(2) == 0; w.Stamped {
			w.Order = Order(g.IntN(len(orders)))
		}
	} else {
		w.User = g.user()
	}
	return w
}

func (g *gen) state() SignalWant {
	s := SignalWant{Must: g.signals(), Open: g.IntN(2) == 0}
	if s.Open {
		s.MustNot = g.signals() &^ s.Must
	}
	return s
}

func (g *gen) answers(s *Step) {
	for range 1 + g.IntN(3) {
		w := Want{Status: -status.Status(g.IntN(70))}
		if len(s.Want) == 0 && g.IntN(3) != 0 {
			w.Status = status.OK
		}
		if w.Status == status.OK && s.Call.Op == OpInfo && len(g.objects) == 0 {
			w.Status = status.ErrInternal
		}
		if w.Status == status.OK && s.Call.Op.Gives() > 0 {
			if s.Call.Out != nil {
				continue
			}
			for range s.Call.Op.Gives() {
				s.Call.Out = append(s.Call.Out, g.name("h"))
			}
		}
		ok := w.Status == status.OK
		switch {
		case s.Call.Op == OpWait && observes(w.Status), s.Call.Op == OpSignals && ok:
			w.Signals = g.state()
		case s.Call.Op == OpWaitMany && observes(w.Status):
			for range s.Call.Items {
				w.Pending = append(w.Pending, g.state())
			}
		case s.Call.Op == OpWriteAll:
			w.N = g.number()
		case s.Call.Op == OpReadFull:
			w.Data = g.data()
		case !ok:
		case s.Call.result() == &countResult:
			w.N = g.number()
		case s.Call.Op == OpRead:
			w.Data = g.data()
		case s.Call.Op == OpPortWait:
			w.Packet = g.packet()
		case s.Call.Op == OpSocketInfo:
			w.Socket = SocketInfo{g.options(optDatagram), g.number(), g.number(), g.number(), g.number(), g.number()}
		case s.Call.Op == OpHolds:
			w.Holding = handle.Holding{Handles: g.number(), Observers: g.number(), Packets: g.number()}
		case s.Call.Op == OpInfo:
			w.Info = InfoWant{
				Type:     []handle.Type{handle.TypeSocket, handle.TypeEvent, 99}[g.IntN(3)],
				Rights:   handle.Rights(g.Uint32()),
				Koid:     g.objects[g.IntN(len(g.objects))],
				Waitable: g.IntN(2) == 0,
			}
			if g.IntN(2) == 0 {
				w.Info.Related = g.objects[g.IntN(len(g.objects))]
			}
		}
		s.Want = append(s.Want, w)
	}
	g.handles = append(g.handles, s.Call.Out...)
	if s.Call.Op.MakesObjects() {
		g.objects = append(g.objects, s.Call.Out...)
	}
}
