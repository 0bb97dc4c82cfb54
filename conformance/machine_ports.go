package conformance

import (
	"mx.example/conformance/trace"
	"mx.example/status"
)

// port makes a call of the clauses P-. parked is handed to a wait.
func (pl *plan) port(parked func()) (r trace.Result) {
	c, p := pl.call, pl.p.ports
	if p == nil {
		return trace.Result{Unsupported: noCounterpart,
			Note: "the Process has no ports: it is no PortProcess"}
	}
	var err error
	switch c.Op {
	case trace.OpPort:
		var options *uint32
		if c.HasOptions {
			options = &c.Options
		}
		pl.made[0], err = p.NewPort(options)
	case trace.OpPortQueue:
		given := *c.Packet // the call is not the kernel's to change
		err = p.QueuePacket(pl.h, &given)
	case trace.OpPortWait:
		until := deadline(c.Until)
		pk, err := p.WaitPort(pl.h, until, parked)
		if answer(&r, err); r.Status == status.OK && r.Unsupported == "" {
			r.Packet = &pk
		}
		notEarly(&r, until)
		return r
	case trace.OpWaitAsync:
		err = p.WaitAsync(pl.h, pl.toH, c.Key, c.Signals, c.Options)
	case trace.OpPortCancel:
		err = p.CancelAsync(pl.toH, pl.h, c.Key)
	}
	answer(&r, err)
	return r
}
