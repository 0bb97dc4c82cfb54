package view

import (
	"mx.example/conformance/oracle"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// A world follows what the handles of a run refer to, from the calls and the
// results alone.
type world struct {
	edition handle.Edition
	// chosen says that the backend promises the capacities of the contract: a
	// kernel of its own has its own.
	chosen  bool
	tables  map[string]handle.Edition
	names   map[string]*grip // the live handles
	objects []*object
	present []*object // those that have not been seen to be gone
	flows   []*flow
}

// A grip is one live handle.
type grip struct {
	o     *object
	table string
}

// An object is what handles refer to.
type object struct {
	Object
	number  int // in Run.Objects
	handles int
	peer    *object
	out, in int      // numbers of its flows; -1 for an event
	seen    []string // its signals at the last look; nil before the first
}

// gone reports whether the last handle has been closed.
func (o *object) gone() bool { return o.handles == 0 }

func newWorld(e handle.Edition, chosen bool) *world {
	return &world{
		edition: e, chosen: chosen, names: make(map[string]*grip),
		tables: map[string]handle.Edition{trace.FirstTable: e},
	}
}

// A reply is what is known of an answer.
type reply struct {
	status status.Status
	count  uint64
	data   []byte // what a read delivered; nil if only the count is known
}

// apply takes note of a call and its answer. What it gives is nil for calls
// that move no bytes, or that did not reach a socket.
func (w *world) apply(c *trace.Call, r reply) (wrote *Attempt, got *Delivery) {
	ok := r.status == status.OK
	switch c.Op {
	case trace.OpTable:
		if ok {
			w.table(c)
		}
	case trace.OpCreate:
		if ok {
			w.create(c)
		}
	case trace.OpEvent:
		if ok {
			o := w.object(outName(c, 0), "event")
			w.give(c, 0, o, c.Table)
		}
	case trace.OpWrite:
		return w.write(c, r), nil
	case trace.OpRead:
		return nil, w.read(c, r)
	case trace.OpPump:
		return w.pump(c, r)
	case trace.OpClose:
		if ok {
			w.drop(c.H)
		}
	case trace.OpDuplicate:
		if g := w.grip(c.H); ok && g != nil {
			g.o.handles++
			w.give(c, 0, g.o, g.table)
		}
	case trace.OpReplace, trace.OpTransfer:
		w.move(c, r.status)
	case trace.OpSetDisposition:
		if ok {
			w.dispose(c)
		}
	}
	return nil, nil
}

func (w *world) table(c *trace.Call) {
	w.tables[c.Table] = w.edition
	if c.Edition != nil {
		w.tables[c.Table] = *c.Edition
	}
}

// object makes an object with one handle.
func (w *world) object(name, kind string) *object {
	o := &object{Object: Object{Name: name, Kind: kind}, number: len(w.objects), handles: 1, out: -1, in: -1}
	w.objects = append(w.objects, o)
	w.present = append(w.present, o)
	return o
}

// outName is the name that a call gives, or a word for a handle without one.
func outName(c *trace.Call, i int) string {
	if i < len(c.Out) {
		return c.Out[i]
	}
	return "unnamed"
}

// give gives a name of the call to a handle in a table.
func (w *world) give(c *trace.Call, i int, o *object, table string) {
	if table == "" {
		table = trace.FirstTable
	}
	if i < len(c.Out) {
		w.names[c.Out[i]] = &grip{o, table}
	}
}

func (w *world) create(c *trace.Call) {
	a, b := w.object(outName(c, 0), "socket"), w.object(outName(c, 1), "socket")
	a.peer, b.peer = b, a
	w.give(c, 0, a, c.Table)
	w.give(c, 1, b, c.Table)
	var capacity uint64
	if w.chosen {
		if capacity = oracle.RulesOf(w.edition).Capacity; c.HasCapacity {
			capacity = c.Capacity
		}
	}
	from := len(w.objects) - 2
	for _, ends := range [2][2]int{{from, from + 1}, {from + 1, from}} {
		w.objects[ends[0]].out = len(w.flows)
		w.objects[ends[1]].in = len(w.flows)
		w.flows = append(w.flows, &flow{direction: Direction{
			From: ends[0], To: ends[1], Capacity: capacity, Datagram: c.Options == oracle.Datagram,
		}})
	}
}

// grip is the handle that a call is made on, if it is a live one.
func (w *world) grip(r trace.Ref) *grip {
	g := w.names[r.Name]
	if g == nil || r.Delta != 0 || r.Table != "" && r.Table != g.table {
		return nil
	}
	return g
}

// end is the endpoint that a call is made on, or nil.
func (w *world) end(r trace.Ref) *object {
	if g := w.grip(r); g != nil && g.o.peer != nil {
		return g.o
	}
	return nil
}

// drop closes a handle. The last one of an endpoint ends both directions:
// what it has sent can still be read (R-AFTER-CLOSE), what it has not read is
// gone (X-LAST).
func (w *world) drop(r trace.Ref) {
	g := w.grip(r)
	if g == nil {
		return
	}
	delete(w.names, r.Name)
	g.o.handles--
	if !g.o.gone() || g.o.peer == nil {
		return
	}
	w.flows[g.o.out].stop(g.o.Name + " is closed")
	w.flows[g.o.in].stop(g.o.Name + " is closed")
	w.flows[g.o.in].discard()
}

// move is a replace or a transfer: a new handle in place of the old one.
func (w *world) move(c *trace.Call, st status.Status) {
	g := w.grip(c.H)
	switch {
	case g == nil:
	case st == status.OK:
		delete(w.names, c.H.Name)
		table := g.table
		if c.Op == trace.OpTransfer {
			table = c.Table
		}
		w.give(c, 0, g.o, table)
	case c.Op == trace.OpReplace && st == status.ErrInvalidArgs && oracle.RulesOf(w.tables[g.table]).ReplaceConsumes:
		w.drop(c.H) // X-REPLACE-RIGHTS: it is gone all the same
	}
}

// dispose follows a disposition: it says of each endpoint whether it may write.
func (w *world) dispose(c *trace.Call) {
	o := w.end(c.H)
	if o == nil {
		return
	}
	for i, says := range map[int]uint32{o.out: c.Mine, o.in: c.Peers} {
		f := w.flows[i]
		switch says {
		case oracle.WriteDisabled:
			f.disable()
		case oracle.WriteEnabled:
			f.enable()
		}
	}
}

// write is a write with or without data, or a half close.
func (w *world) write(c *trace.Call, r reply) *Attempt {
	o := w.end(c.H)
	if o == nil {
		return nil
	}
	if c.Options == oracle.HalfClose {
		if r.status == status.OK {
			ended := o.out
			if oracle.RulesOf(w.edition).HalfCloseEndsInbound {
				ended = o.in
			}
			w.flows[ended].stop("half close by " + o.Name)
		}
		return nil
	}
	f := w.flows[o.out]
	var t *Attempt
	if c.Buf.Kind == trace.Null {
		t = &Attempt{Asked: c.Buf.Size, Refused: r.status != status.OK, Range: Range{f.offset(), f.offset()}}
	} else {
		n := r.count
		if c.Actual != trace.ActualGood && r.status == status.OK {
			n = f.room(c.Buf.Data.Length()) // nobody was told how many
		}
		t = f.write(c.Buf.Data, r.status, n)
		t.Asked += c.Buf.Bad
	}
	t.Direction = o.out
	return t
}

func (w *world) read(c *trace.Call, r reply) *Delivery {
	o := w.end(c.H)
	if o == nil || c.Buf.Kind == trace.Null {
		return nil
	}
	f := w.flows[o.in]
	size := c.Buf.Size + c.Buf.Bad
	t := &Delivery{Room: size}
	switch {
	case r.status != status.OK:
	case c.Options&oracle.Peek != 0:
		t.Count, t.Peeked = r.count, true
		t.Text = label([]trace.Data{trace.DataOf(r.data)})
	case c.Actual != trace.ActualGood:
		t = f.read(size, min(c.Buf.Size, f.next()), nil) // nobody was told how many
	default:
		t = f.read(size, r.count, r.data)
	}
	t.Direction = o.in
	return t
}

// pump is many writes and reads whose bytes were all compared.
func (w *world) pump(c *trace.Call, r reply) (wrote *Attempt, got *Delivery) {
	from, to := w.end(c.H), w.end(c.To)
	if from == nil || to == nil || from.peer != to || r.status != status.OK {
		return nil, nil
	}
	wrote, got = w.flows[from.out].pump(r.count)
	wrote.Direction, got.Direction = from.out, from.out
	return wrote, got
}
