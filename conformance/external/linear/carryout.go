package linear

import (
	"errors"
	"fmt"
	"time"

	"mx.example/conformance"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// made is what a call made.
type made struct {
	table   conformance.Process
	handles [2]handle.Handle
}

// past is a deadline that has passed, on the clock of a bubble too.
var past = time.Unix(0, 1)

// carryOut makes the call. It fails if the kernel answers with an error
// that is no status: then there is nothing to judge.
func carryOut(k conformance.Kernel, t target, c *trace.Call, parked func()) (r trace.Result, m made, err error) {
	p, n := t.p, 0
	switch c.Op {
	case trace.OpTable:
		m.table, err = k.NewProcess(conformance.Limits{Handles: c.Handles, Memory: c.Memory, HasMemory: c.HasMemory})
	case trace.OpCreate:
		m.handles[0], m.handles[1], err = p.Create(c.Options, &c.Capacity)
	case trace.OpEvent:
		m.handles[0], err = p.NewEvent()
	case trace.OpWrite:
		n, err = p.Write(t.handles[0], c.Options, []byte(c.Buf.Data.Text))
	case trace.OpRead:
		buf := make([]byte, c.Buf.Size)
		n, err = p.Read(t.handles[0], 0, buf)
		r.Data = buf[:min(max(n, 0), len(buf))]
	case trace.OpOutstanding:
		n, err = p.Outstanding(t.handles[0])
	case trace.OpClose:
		err = p.Close(t.handles[0])
	case trace.OpDuplicate:
		m.handles[0], err = p.Duplicate(t.handles[0], c.Rights)
	case trace.OpReplace:
		m.handles[0], err = p.Replace(t.handles[0], c.Rights)
	case trace.OpTransfer:
		m.handles[0], err = p.Transfer(t.handles[0], t.to)
	case trace.OpInfo:
		r.Info, err = p.Info(t.handles[0])
	case trace.OpSignal:
		err = p.Signal(t.handles[0], c.Clear, c.Set)
	case trace.OpSignalPeer:
		err = p.SignalPeer(t.handles[0], c.Clear, c.Set)
	case trace.OpSignals:
		r.Observed, err = p.WaitOne(t.handles[0], 0, past, nil)
		if err == error(status.ErrTimedOut) {
			err = nil // a wait for nothing has no other end (T-NONE)
		}
	case trace.OpWait:
		r.Observed, err = p.WaitOne(t.handles[0], c.Signals, deadline(c.Until), parked)
	case trace.OpWaitMany:
		items := make([]handle.WaitItem, len(c.Items))
		for i := range items {
			items[i] = handle.WaitItem{Handle: t.handles[i], WaitFor: c.Items[i].WaitFor}
		}
		err = p.WaitMany(items, deadline(c.Until), parked)
		for i := range items {
			r.Pending = append(r.Pending, items[i].Pending)
		}
	default:
		return r, m, fmt.Errorf("this call is none of a history")
	}
	if err != nil && !errors.As(err, &r.Status) {
		return r, m, err
	}
	if c.Op == trace.OpWrite || c.Op == trace.OpOutstanding {
		r.N = uint64(n)
	}
	return r, m, nil
}

func deadline(d trace.Deadline) time.Time {
	switch d.Kind {
	case trace.Past:
		return past
	case trace.In:
		return time.Now().Add(d.After)
	}
	return time.Time{}
}
