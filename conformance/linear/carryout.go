package linear

import (
	"errors"
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
func (k *Caller) carryOut(t target, op *Op, parked func()) (r trace.Result, m made, err error) {
	p, n, c := t.p, 0, &op.Call
	if op.Loop != nil {
		return k.loop(t, op)
	}
	switch c.Op {
	case trace.OpTable:
		m.table, err = k.kernel.NewProcess(conformance.Limits{Handles: c.Handles, Memory: c.Memory, HasMemory: c.HasMemory})
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
		r.Observed, err = p.WaitOne(t.handles[0], c.Signals, k.deadline(c.Until), parked)
	case trace.OpWaitMany:
		items := make([]handle.WaitItem, len(c.Items))
		for i := range items {
			items[i] = handle.WaitItem{Handle: t.handles[i], WaitFor: c.Items[i].WaitFor}
		}
		err = p.WaitMany(items, k.deadline(c.Until), parked)
		for i := range items {
			r.Pending = append(r.Pending, items[i].Pending)
		}
	default:
		if m.handles[0], err = k.further(t, c, &r, parked); errors.Is(err, errNone) {
			return r, m, err
		}
	}
	if err != nil && !errors.As(err, &r.Status) {
		return r, m, err
	}
	if c.Op == trace.OpWrite || c.Op == trace.OpOutstanding {
		r.N = uint64(n)
	}
	return r, m, nil
}

// errNone is the error of calls that no history has.
var errNone = errors.New("this call is none of a history")

// further makes the calls that not every kernel has.
func (k *Caller) further(t target, c *trace.Call, r *trace.Result, parked func()) (made handle.Handle, err error) {
	if p, ok := t.p.(conformance.ZirconProcess); ok && c.Op == trace.OpSetDisposition {
		return 0, p.SetDisposition(t.handles[0], c.Mine, c.Peers)
	}
	p, ok := t.p.(conformance.PortProcess)
	if !ok {
		return 0, errNone
	}
	switch c.Op {
	case trace.OpPort:
		return p.NewPort(nil)
	case trace.OpPortQueue:
		return 0, p.QueuePacket(t.handles[0], c.Packet)
	case trace.OpPortWait:
		pk, err := p.WaitPort(t.handles[0], k.deadline(c.Until), parked)
		if err == nil {
			r.Packet = &pk
		}
		return 0, err
	case trace.OpWaitAsync:
		return 0, p.WaitAsync(t.handles[0], t.handles[1], c.Key, c.Signals, c.Options)
	case trace.OpPortCancel:
		return 0, p.CancelAsync(t.handles[1], t.handles[0], c.Key)
	}
	return 0, errNone
}

// loop makes a WriteAll or a ReadFull.
func (k *Caller) loop(t target, op *Op) (r trace.Result, m made, err error) {
	p, ok := t.p.(conformance.BlockingProcess)
	if !ok {
		return r, m, errNone
	}
	var n int
	if at := k.deadline(op.Call.Until); op.Loop.Write {
		n, err = p.WriteAll(t.handles[0], []byte(op.Loop.Data), at)
	} else {
		buf := make([]byte, op.Loop.Size)
		n, err = p.ReadFull(t.handles[0], buf, at)
		r.Data = buf[:n]
	}
	r.N = uint64(n)
	if err != nil && !errors.As(err, &r.Status) {
		return r, m, err
	}
	return r, m, nil
}

func (k *Caller) deadline(d trace.Deadline) time.Time {
	switch d.Kind {
	case trace.Past:
		return past
	case trace.In:
		return k.Now().Add(d.After)
	}
	return time.Time{}
}
