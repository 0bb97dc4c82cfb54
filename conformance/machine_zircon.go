package conformance

import "mx.example/conformance/trace"

// zircon makes a call that a [ZirconProcess] has.
func (pl *plan) zircon() (r trace.Result) {
	c := pl.call
	p, ok := pl.p.Process.(ZirconProcess)
	if !ok {
		return trace.Result{Unsupported: noCounterpart,
			Note: c.Op.String() + " is a call of Zircon: the Process is no ZirconProcess"}
	}
	var err error
	switch c.Op {
	case trace.OpSetDisposition:
		err = p.SetDisposition(pl.h, c.Mine, c.Peers)
	case trace.OpSetProperty:
		err = p.SetProperty(pl.h, c.Property, c.Value)
	case trace.OpGetProperty:
		var value uint64
		value, err = p.GetProperty(pl.h, c.Property)
		answer(&r, err)
		if err == nil {
			r.N = value
		}
		r.Touched = err != nil && value != 0
		return r
	case trace.OpSocketInfo:
		var info trace.SocketInfo
		info, err = p.SocketInfo(pl.h)
		answer(&r, err)
		if err == nil {
			r.Socket = info
		}
		return r
	}
	answer(&r, err)
	return r
}
