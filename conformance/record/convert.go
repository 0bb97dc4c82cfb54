package record

import (
	"errors"

	"mx.example/conformance/oracle"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/mxsocket/usermem"
	"mx.example/status"
)

// ops are the calls of a case that stand for a call as it is.
var ops = map[handle.Op]trace.Op{
	handle.OpClose: trace.OpClose, handle.OpDuplicate: trace.OpDuplicate, handle.OpReplace: trace.OpReplace,
	handle.OpTransfer: trace.OpTransfer, handle.OpInfo: trace.OpInfo, handle.OpGetInfo: trace.OpInfo,
	handle.OpGetProperty: trace.OpGetProperty, handle.OpSetProperty: trace.OpSetProperty,
	handle.OpSignal: trace.OpSignal, handle.OpSignalPeer: trace.OpSignalPeer,
	handle.OpWaitOne: trace.OpWait, handle.OpWaitMany: trace.OpWaitMany,
	handle.OpNewEvent: trace.OpEvent, handle.OpNewPort: trace.OpPort, handle.OpQueuePacket: trace.OpPortQueue,
	handle.OpWaitPort: trace.OpPortWait, handle.OpWaitAsync: trace.OpWaitAsync, handle.OpCancelAsync: trace.OpPortCancel,
	handle.OpCreate: trace.OpCreate, handle.OpWrite: trace.OpWrite, handle.OpRead: trace.OpRead,
	handle.OpWriteRaw: trace.OpWrite, handle.OpReadRaw: trace.OpRead, handle.OpOutstanding: trace.OpOutstanding,
	handle.OpWriteAll: trace.OpWrite, handle.OpReadFull: trace.OpRead, handle.OpSetDisposition: trace.OpSetDisposition,
}

// given makes the call of a case of what a call was given.
func (r *Recorder) given(ev *event, c *handle.Call) {
	t := r.tables[c.Table]
	op, ok := ops[c.Op]
	if t == nil || !ok || c.Op == handle.OpGetInfo && c.Topic != handle.TopicHandleBasic {
		ev.left = true
		return
	}
	ev.call = trace.Call{
		Op: op, Options: c.Options, Rights: c.Rights, Clear: c.Clear, Set: c.Set, Signals: c.WaitFor,
		Key: c.Key, Mine: c.Mine, Peers: c.Peers, Property: c.Property,
	}
	call := &ev.call
	switch c.Op {
	case handle.OpCreate:
		call.Capacity, call.HasCapacity = c.Capacity, c.Capacity != oracle.RulesOf(t.e).Capacity
		call.Table = t.here()
	case handle.OpNewEvent, handle.OpNewPort:
		call.Table, call.HasOptions = t.here(), c.Op == handle.OpNewPort
	case handle.OpWaitMany:
		call.Table = t.here()
		for _, it := range c.Items {
			ref := r.ref(ev, t, it.Handle)
			ref.Table = ""
			call.Items = append(call.Items, trace.WaitItem{Ref: ref, WaitFor: it.WaitFor})
		}
	default:
		call.H = r.ref(ev, t, c.Handle)
	}
	switch c.Op {
	case handle.OpTransfer:
		if to := r.tables[c.To]; to != nil {
			call.Table = to.name
		} else {
			ev.left = true
		}
	case handle.OpWaitAsync, handle.OpCancelAsync:
		call.To = r.ref(ev, t, c.Second)
		call.To.Table = ""
	case handle.OpQueuePacket:
		pk := c.Packet
		call.Packet = &pk
	case handle.OpSetProperty:
		call.Value = c.Value
	case handle.OpRead:
		call.Buf.Size = c.Size
	case handle.OpWriteAll:
		ev.data = string(c.Buf)
	case handle.OpReadFull:
		ev.size, ev.least = int(c.Size), c.Least
	case handle.OpWriteRaw, handle.OpReadRaw:
		if call.Actual = trace.ActualGood; c.Addr == 0 {
			call.Buf = trace.Buffer{Kind: trace.Null, Size: c.Size}
		} else if c.Op == handle.OpReadRaw {
			call.Buf.Size = c.Size
		}
	}
	call.Until.Kind = trace.Never
	if !c.Deadline.IsZero() && !c.Deadline.After(c.BeganAt) {
		call.Until.Kind = trace.Past
	}
}

// ref is the handle h in the table t: by its name, or as 0 if nobody made it.
func (r *Recorder) ref(ev *event, t *table, h handle.Handle) trace.Ref {
	if m := r.handles[value{t, h}]; m != nil {
		return trace.Ref{Name: m.name}
	}
	if h != handle.Invalid {
		for _, other := range r.order {
			if m := r.handles[value{other, h}]; m != nil {
				return trace.Ref{Name: m.name, Table: t.name}
			}
		}
		ev.left = true
	}
	return trace.Ref{Table: t.here()}
}

// here names the table where a case may leave it out.
func (t *table) here() string {
	if t.name == trace.FirstTable {
		return ""
	}
	return t.name
}

// answered takes note of what became of a call.
func (r *Recorder) answered(ev *event, c *handle.Call) {
	if ev.left || c.Err == handle.ErrPanicked {
		ev.left = true
		return
	}
	call, res := &ev.call, &ev.res
	var ended *handle.ContextError
	switch {
	case errors.As(c.Err, &ended):
		res.Status = status.ErrTimedOut
	case c.Err != nil && !errors.As(c.Err, &res.Status):
		ev.left = true
		return
	}
	ok := res.Status == status.OK
	switch c.Op {
	case handle.OpOutstanding:
		res.N = uint64(c.N)
	case handle.OpWrite:
		res.N = uint64(c.N)
		call.Buf = offered(c.Buf, c.N, ok)
	case handle.OpRead:
		res.Data = append(res.Data, c.Buf...)
		call.Buf = room(c.Size, c.N, ok)
	case handle.OpWriteAll:
		res.N = uint64(c.N)
	case handle.OpReadFull:
		res.N, ev.data = uint64(c.N), string(c.Buf)
	case handle.OpWriteRaw, handle.OpReadRaw:
		r.answeredRaw(ev, c)
	case handle.OpGetProperty:
		if ok {
			res.N = c.Value
		}
	case handle.OpWaitOne:
		res.Observed = c.Observed
	case handle.OpWaitMany:
		for i := range c.Items {
			res.Pending = append(res.Pending, c.Items[i].Pending)
		}
	case handle.OpWaitPort:
		if ok {
			pk := c.Packet
			res.Packet = &pk
		}
	case handle.OpInfo, handle.OpGetInfo:
		if res.Info = c.Info; c.Op == handle.OpGetInfo {
			res.Info, _ = c.Answer.(handle.Info)
		}
		ev.koids = [2]string{r.koids[res.Info.Koid], r.koids[res.Info.RelatedKoid]}
	}
	if ok && c.Out[0] != handle.Invalid {
		r.gave(call, c)
	}
}

// answeredRaw is answered for calls with addresses. What they read or wrote is
// looked at once more; calls that met a fault have no line.
func (r *Recorder) answeredRaw(ev *event, c *handle.Call) {
	call, res := &ev.call, &ev.res
	ok := res.Status == status.OK
	switch {
	case ok && !c.Counted && c.Options == 0:
		ev.left = true // nobody asked how many bytes
	case c.Addr == 0:
		res.N = uint64(c.N)
	case ok:
		p := make([]byte, c.N)
		if usermem.CopyIn(p, c.Addr) < c.N {
			ev.left = true
		}
		if c.Op == handle.OpReadRaw {
			res.Data, call.Buf = p, room(c.Size, c.N, ok)
			return
		}
		call.Buf.Data = trace.DataOf(p)
		if res.N = uint64(c.N); uint64(c.N) < c.Size {
			call.Buf.Data = oneMore(call.Buf.Data)
		}
	case res.Status == status.ErrInvalidArgs:
		ev.left = true
	case c.Op == handle.OpReadRaw:
		call.Buf = room(c.Size, 0, false)
	default:
		call.Buf = refused(c.Size)
	}
}

// mostShown is how many bytes of a write that failed are kept.
const mostShown = 256

// offered is what a write offered of which n bytes were taken. Of the others it
// matters only how many there are, and of a short write only that there are some.
func offered(p []byte, n int, ok bool) trace.Buffer {
	switch {
	case ok && n < len(p):
		return trace.Buffer{Data: oneMore(trace.DataOf(p[:n]))}
	case !ok && len(p) > mostShown:
		return refused(uint64(len(p)))
	}
	return trace.Buffer{Data: trace.DataOf(p)}
}

// mostRoom is how many bytes of good memory a recorded case asks for at once.
const mostRoom = 16 << 20

// refused is a buffer of that size, of which nothing was taken.
func refused(size uint64) trace.Buffer {
	if size > mostRoom {
		return trace.Buffer{Kind: trace.Faulty, Bad: size}
	}
	return trace.Buffer{Data: trace.Data{Kind: trace.Pattern, Len: size}}
}

// room is the buffer of a read that delivered n bytes. Of a large one it matters
// only that there was more room than that.
func room(size uint64, n int, ok bool) trace.Buffer {
	switch {
	case size <= mostRoom:
		return trace.Buffer{Size: size}
	case ok:
		return trace.Buffer{Size: uint64(n) + 1}
	}
	return trace.Buffer{Kind: trace.Faulty, Bad: size}
}

// oneMore is d with another byte at the end.
func oneMore(d trace.Data) trace.Data {
	if d.Kind == trace.Pattern {
		d.Len++
	} else {
		d.Text += "-"
	}
	return d
}

// gave names the handles that a call has made.
func (r *Recorder) gave(call *trace.Call, c *handle.Call) {
	bases := map[handle.Op][]string{
		handle.OpCreate: {"a", "b"}, handle.OpNewEvent: {"e"}, handle.OpNewPort: {"p"},
	}[c.Op]
	to := r.tables[c.Table]
	if c.Op == handle.OpTransfer {
		to = r.tables[c.To]
	}
	if bases == nil {
		old := r.handles[value{r.tables[c.Table], c.Handle}]
		name := r.name(old.object, nth)
		call.Out = []string{name}
		r.handles[value{to, c.Out[0]}] = &made{name, old.object}
		return
	}
	for i, base := range bases {
		name := r.name(base, "")
		call.Out = append(call.Out, name)
		r.handles[value{to, c.Out[i]}] = &made{name, name}
		if info, err := c.Table.Behind().Info(c.Out[i]); err == nil {
			r.koids[info.Koid] = name
		}
	}
}
