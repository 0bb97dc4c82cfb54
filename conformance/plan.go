package conformance

import (
	"fmt"
	"slices"

	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// A plan is a call whose names have been looked up, with the memory that
// carrying it out needs. It is used again for the next call.
type plan struct {
	call  *trace.Call
	p     *process
	h     handle.Handle
	to    *process      // the other table of a transfer, or that of toH
	toH   handle.Handle // the other handle of the call
	items []handle.WaitItem

	datagram bool             // h is known to be an end of a datagram socket
	made     [2]handle.Handle // handles that the call returned
	table    Process          // table that the call made

	buf     []byte
	pending []handle.Signals

	// Of a churn: what the process gave before it, and then with it.
	given     []handle.Handle
	checkBits bool
	known     []handle.Koid // of a koids: those of the objects of the case
}

// resolve fills in pl for c. It returns what is wrong, or nothing.
func (m *Machine) resolve(pl *plan, c *trace.Call) (problem string) {
	pl.call = c
	pl.table = nil
	switch {
	case c.Op == trace.OpTable:
		return ""
	case c.Op.MakesObjects(), c.Op == trace.OpKoids, c.Op == trace.OpCloseAll:
		if c.Op == trace.OpKoids {
			pl.known = m.koids.Known()
		}
		pl.p, problem = m.process(c.Table)
		return problem
	case c.Op == trace.OpWaitMany:
		if pl.p, problem = m.process(c.Table); problem != "" {
			return problem
		}
		pl.items = pl.items[:0]
		for i := range c.Items {
			b, problem := m.lookUp(&c.Items[i].Ref)
			if problem != "" {
				return problem
			}
			pl.items = append(pl.items, handle.WaitItem{Handle: b.h, WaitFor: c.Items[i].WaitFor})
		}
		return ""
	}
	b, problem := m.lookUp(&c.H)
	if problem != "" {
		return problem
	}
	pl.p, pl.h, pl.datagram = b.p, b.h, b.datagram
	switch {
	case c.Op == trace.OpChurn:
		before := b.p.given[max(0, len(b.p.given)+int(c.Count)-trace.MaxChurn):]
		pl.given, pl.checkBits = slices.Clone(before), !m.missing.has(PartValueBits)
	case c.Op == trace.OpTransfer:
		pl.to, problem = m.process(c.Table)
	case c.Op.HasTo():
		b, problem = m.lookUp(&c.To)
		pl.to, pl.toH = b.p, b.h
	}
	return problem
}

func (m *Machine) process(name string) (*process, string) {
	if name == "" {
		return m.first, ""
	}
	if p := m.tables[name]; p != nil {
		return p, ""
	}
	return nil, fmt.Sprintf("there is no table %q: the call that should have made it is missing or has failed", name)
}

// Handle tells what a name stands for: the value, and the process in which it
// was made. It is for a driver that looks at the kernel between two calls. The
// process is nil if no call has given the name.
func (m *Machine) Handle(name string) (Process, handle.Handle) {
	b, ok := m.names[name]
	if !ok {
		return nil, 0
	}
	return b.p.Process, b.h
}

func (m *Machine) lookUp(r *trace.Ref) (binding, string) {
	b := binding{p: m.first}
	if r.Name != "" {
		var ok bool
		if b, ok = m.names[r.Name]; !ok {
			return b, fmt.Sprintf("there is no handle %q: the call that should have made it is missing or has failed", r.Name)
		}
	}
	b.h += handle.Handle(r.Delta)
	if r.Table != "" {
		var problem string
		if b.p, problem = m.process(r.Table); problem != "" {
			return b, problem
		}
	}
	return b, ""
}

// bind gives the names of a successful call to what it made.
func (m *Machine) bind(pl *plan, r *trace.Result) {
	c := pl.call
	if !r.OK() {
		return
	}
	if c.Op == trace.OpTable {
		e := m.edition
		if c.Edition != nil {
			e = *c.Edition
		}
		m.tables[c.Table] = m.newProcess(pl.table, e)
		return
	}
	if c.Op == trace.OpChurn {
		pl.p.remember(pl.given[len(pl.given)-int(c.Count):]...)
		return
	}
	if len(c.Out) == 0 {
		return
	}
	m.koids.Gave(c)
	b := binding{p: pl.p, datagram: pl.datagram}
	switch {
	case c.Op.MakesObjects():
		b.datagram = c.Op == trace.OpCreate && c.Options == optionDatagram
	case c.Op == trace.OpTransfer:
		b.p = pl.to
	}
	for i, name := range c.Out {
		if i < len(pl.made) {
			b.h = pl.made[i]
			m.names[name] = b
			b.p.remember(b.h)
		}
	}
}

// optionDatagram is the option of C-OPTIONS that makes a datagram socket.
const optionDatagram = 1

// Match compares r, which the machine has just got for c, with an answer that
// is allowed. It is "" when r is that answer, and otherwise a line that says
// what was wanted and what came. Koids are judged in the light of all that the
// machine has seen; a match adds to that.
func (m *Machine) Match(c *trace.Call, w *trace.Want, r *trace.Result) string {
	if why := w.Match(c, r); why != "" {
		return why
	}
	switch {
	case r.Status != status.OK:
	case c.Op == trace.OpInfo:
		return m.koids.Check(&w.Info, &r.Info)
	case c.Op == trace.OpPortWait && w.Packet.Stamped:
		now := r.Packet.Signal.Timestamp
		if !w.Packet.Order.Accepts(m.stamp, now) {
			return fmt.Sprintf("wanted %s, got a packet of the time %d after one of %d", w.Text(c), now, m.stamp)
		}
		m.stamp = now
	}
	return ""
}

// Text is the result for a reader, see [trace.Result.Text], with the names of
// objects for koids where the machine knows them: the same in every run.
func (m *Machine) Text(c *trace.Call, r *trace.Result) string {
	if c.Op == trace.OpInfo && r.OK() && r.Note == "" {
		w := r.Want(c, &m.koids)
		return w.Text(c)
	}
	return r.Text(c)
}
