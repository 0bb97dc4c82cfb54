package linear

import (
	"time"

	"mx.example/conformance"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// A Caller makes calls of histories on a kernel. It knows the handles by their
// names.
type Caller struct {
	// Now is what deadlines count from.
	Now func() time.Time

	kernel conformance.Kernel
	tables map[string]conformance.Process
	names  []*name
	koids  map[handle.Koid]string
}

// A name is a handle that a call returned.
type name struct {
	name  string
	table string
	value handle.Handle
	event bool // it refers to an event, and not to a socket
	port  bool // it refers to a port
	dead  bool // a call has closed, replaced or transferred it
}

// NewCaller is a Caller on a kernel that has no processes yet.
func NewCaller(k conformance.Kernel) *Caller {
	return &Caller{
		Now:    time.Now,
		kernel: k,
		tables: map[string]conformance.Process{},
		koids:  map[handle.Koid]string{},
	}
}

// Make makes the call of op and notes the result there. It calls parked if the
// call blocks, unless it is a Loop. It fails if the kernel answers what is no
// result. The handles of the call must have been returned; it may be called by
// several goroutines only if one runs at a time.
func (c *Caller) Make(op *Op, parked func()) error {
	r, m, err := c.carryOut(c.resolve(op), op, parked)
	op.Result = r
	c.publish(op, m)
	return err
}

// Alive are the names of the handles that no call is known to have ended.
func (c *Caller) Alive() (names []string) {
	for _, n := range c.names {
		if !n.dead {
			names = append(names, n.name)
		}
	}
	return names
}

// publish has what a call returned be known to those after it.
func (c *Caller) publish(op *Op, m made) {
	if op.Result.Status != status.OK {
		return
	}
	call := &op.Call
	switch call.Op {
	case trace.OpTable:
		c.tables[call.Table] = m.table
	case trace.OpInfo:
		op.Koid = [2]string{c.koids[op.Result.Info.Koid], c.koids[op.Result.Info.RelatedKoid]}
	case trace.OpClose, trace.OpReplace, trace.OpTransfer:
		c.find(call.H.Name).dead = true
	}
	for i, out := range call.Out {
		c.bind(call, out, m.handles[i])
	}
}

// bind gives a handle that a call returned its name.
func (r *Caller) bind(c *trace.Call, out string, v handle.Handle) {
	n := &name{name: out, table: c.Table, value: v}
	switch c.Op {
	case trace.OpDuplicate, trace.OpReplace:
		from := r.find(c.H.Name)
		n.table, n.event, n.port = from.table, from.event, from.port
	case trace.OpTransfer:
		from := r.find(c.H.Name)
		n.event, n.port = from.event, from.port
	case trace.OpPort:
		n.port = true
	case trace.OpCreate, trace.OpEvent:
		n.event = c.Op == trace.OpEvent
		if info, err := r.tables[n.table].Info(v); err == nil {
			r.koids[info.Koid] = out
		}
	}
	r.names = append(r.names, n)
}

// find is the handle of a name that has been published.
func (r *Caller) find(s string) *name {
	for _, n := range r.names {
		if n.name == s {
			return n
		}
	}
	panic("linear: no handle is called " + s) // choose takes published ones only
}

// target is what the symbols of a call mean: the process that makes it, and
// the values of its handles.
type target struct {
	p, to   conformance.Process
	handles []handle.Handle
}

// resolve looks up what the call names.
func (r *Caller) resolve(op *Op) (t target) {
	c := &op.Call
	switch c.Op {
	case trace.OpTable:
	case trace.OpCreate, trace.OpEvent, trace.OpPort:
		t.p = r.tables[c.Table]
	case trace.OpWaitMany:
		t.p = r.tables[c.Table]
		for _, item := range c.Items {
			t.handles = append(t.handles, r.find(item.Ref.Name).value)
		}
	default:
		n := r.find(c.H.Name)
		t.p = r.tables[n.table]
		t.handles = []handle.Handle{n.value}
		switch c.Op {
		case trace.OpTransfer:
			t.to = r.tables[c.Table]
		case trace.OpWaitAsync, trace.OpPortCancel:
			t.handles = append(t.handles, r.find(c.To.Name).value)
		}
	}
	return t
}
