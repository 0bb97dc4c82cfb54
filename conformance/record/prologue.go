package record

import (
	"cmp"
	"maps"
	"slices"

	"mx.example/conformance/oracle"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// prologue returns the lines that make the tables and what the calls that are not
// kept have left behind, and the node after them.
func (r *Recorder) prologue() ([]trace.Step, *node) {
	n := newNode(r.fresh())
	p := &prologue{s: n.s}
	for _, t := range r.order {
		if t.name != trace.FirstTable {
			p.steps = append(p.steps, trace.Step{Call: t.call, Want: []trace.Want{{Status: status.OK}}})
		}
	}
	if r.base == nil {
		return p.steps, n
	}
	p.remake(r.base.s)
	n.loops = slices.Clone(r.base.loops)
	n.begun = maps.Clone(r.base.begun)
	return p.steps, n
}

// A prologue makes a state from nothing. What a call can do it does through the
// first handle to an object, which has all the rights there are, and may be closed
// at the end.
type prologue struct {
	s     *oracle.State
	steps []trace.Step
}

func (p *prologue) do(c trace.Call) {
	p.steps = append(p.steps, trace.Step{Call: c, Want: []trace.Want{p.s.Do(&c)}})
}

func (p *prologue) remake(old *oracle.State) {
	koids := slices.Sorted(maps.Keys(old.Objects))
	for _, k := range koids {
		p.object(old, old.Objects[k])
	}
	for _, k := range koids {
		p.content(old.Objects[k])
	}
	for _, op := range old.Operations {
		p.operation(old, &op)
	}
	names := slices.SortedFunc(maps.Keys(old.Handles), func(a, b string) int {
		return cmp.Compare(old.Handles[a].Serial, old.Handles[b].Serial)
	})
	for _, name := range names {
		p.handle(old, name)
	}
	for _, k := range koids {
		if o := old.Objects[k]; !old.Handles[o.Name].Live {
			p.do(trace.Call{Op: trace.OpClose, H: trace.Ref{Name: o.Name}})
		}
	}
}

// object makes an object, a pair with its first endpoint.
func (p *prologue) object(old *oracle.State, o *oracle.Object) {
	c := trace.Call{Op: trace.OpEvent, Table: o.Table, Out: []string{o.Name}}
	if c.Table == trace.FirstTable {
		c.Table = ""
	}
	switch {
	case o.Type == handle.TypeSocket && o.Koid > o.Peer:
		return
	case o.Type == handle.TypeSocket:
		c.Op, c.Capacity = trace.OpCreate, o.Capacity
		c.HasCapacity = o.Capacity != oracle.RulesOf(o.Edition).Capacity
		if o.Datagram {
			c.Options = oracle.Datagram
		}
		c.Out = append(c.Out, old.Objects[o.Peer].Name)
	case o.Type != handle.TypeEvent:
		c.Op = trace.OpPort
	}
	p.do(c)
}

// content fills an object as it was.
func (p *prologue) content(o *oracle.Object) {
	h, peer := trace.Ref{Name: o.Name}, trace.Ref{}
	if o.Peer != 0 {
		peer.Name = p.s.Objects[p.s.Objects[p.s.Handles[o.Name].Object].Peer].Name
	}
	sizes := o.Lengths
	if !o.Datagram && len(o.Inbound) > 0 {
		sizes = []int{len(o.Inbound)}
	}
	left := o.Inbound
	for _, n := range sizes {
		p.do(trace.Call{Op: trace.OpWrite, H: peer, Buf: trace.Buffer{Data: trace.DataOf(left[:n])}})
		left = left[n:]
	}
	switch {
	case !o.Ended:
	case o.Edition == handle.Manual:
		p.do(trace.Call{Op: trace.OpWrite, H: h, Options: oracle.HalfClose})
	case o.Edition == handle.Kernel2017:
		p.do(trace.Call{Op: trace.OpWrite, H: peer, Options: oracle.HalfClose})
	default:
		p.do(trace.Call{Op: trace.OpSetDisposition, H: h, Peers: 1})
	}
	if o.ReadThreshold != 0 {
		p.do(trace.Call{Op: trace.OpSetProperty, H: h, Property: handle.SocketRxThreshold, Value: o.ReadThreshold})
	}
	if o.WriteThreshold != 0 {
		p.do(trace.Call{Op: trace.OpSetProperty, H: h, Property: handle.SocketTxThreshold, Value: o.WriteThreshold})
	}
	if o.User != 0 {
		p.do(trace.Call{Op: trace.OpSignal, H: h, Set: o.User})
	}
	for _, pk := range o.Packets {
		if pk.Operation == 0 {
			p.do(trace.Call{Op: trace.OpPortQueue, H: h, Key: pk.Key, Packet: &handle.Packet{
				Key: pk.Key, Status: pk.Status, User: pk.User,
			}})
		}
	}
}

// operation begins an operation again, through a handle that is still there.
func (p *prologue) operation(old *oracle.State, op *oracle.Operation) {
	source := old.Objects[op.Object].Name
	c := trace.Call{Op: trace.OpWaitAsync, H: trace.Ref{Name: source}, To: trace.Ref{Name: old.Objects[op.Port].Name}, Signals: op.Trigger, Key: op.Key}
	switch {
	case op.Repeating:
		c.Options = oracle.Repeating
	case op.Edge:
		c.Options = oracle.Edge
	}
	p.do(c)
}

// handle makes a handle that is no first one.
func (p *prologue) handle(old *oracle.State, name string) {
	h := old.Handles[name]
	o := old.Objects[h.Object]
	if !h.Live || name == o.Name {
		return
	}
	c := trace.Call{Op: trace.OpDuplicate, H: trace.Ref{Name: o.Name}, Rights: h.Rights, Out: []string{name}}
	if h.Table == o.Table {
		p.do(c)
		return
	}
	// A handle that is to move needs the right to; that of one without it stays.
	c.Rights |= handle.RightTransfer
	p.do(c)
	p.do(trace.Call{Op: trace.OpTransfer, H: trace.Ref{Name: name}, Table: h.Table, Out: []string{name}})
}
