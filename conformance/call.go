package conformance

import (
	"errors"
	"fmt"
	"time"

	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// past is a deadline that has passed, whatever the clock says.
var past = time.Unix(0, 1)

// maxBuffer is the most good memory that one call may ask for. Sizes beyond it
// are what a faulty buffer is for.
const maxBuffer = 256 << 20

// carryOut makes the call. parked is handed to a wait.
func (pl *plan) carryOut(k Kernel, parked func()) (r trace.Result) {
	c := pl.call
	var err error
	switch c.Op {
	case trace.OpTable:
		pl.table, err = k.NewProcess(Limits{
			Handles: c.Handles, Memory: c.Memory, HasMemory: c.HasMemory, Edition: c.Edition,
		})
	case trace.OpCreate:
		var capacity *uint64
		if c.HasCapacity {
			capacity = &c.Capacity
		}
		pl.made[0], pl.made[1], err = pl.p.Create(c.Options, capacity)
	case trace.OpEvent:
		pl.made[0], err = pl.p.NewEvent()
	case trace.OpWrite:
		return pl.write()
	case trace.OpRead:
		return pl.read()
	case trace.OpOutstanding:
		n, err := pl.p.Outstanding(pl.h)
		count(&r, n, err)
		return r
	case trace.OpClose:
		err = pl.p.Close(pl.h)
	case trace.OpDuplicate:
		pl.made[0], err = pl.p.Duplicate(pl.h, c.Rights)
	case trace.OpReplace:
		pl.made[0], err = pl.p.Replace(pl.h, c.Rights)
	case trace.OpTransfer:
		pl.made[0], err = pl.p.Transfer(pl.h, pl.to.Process)
	case trace.OpInfo:
		r.Info, err = pl.p.Info(pl.h)
	case trace.OpSignal:
		err = pl.p.Signal(pl.h, c.Clear, c.Set)
	case trace.OpSignalPeer:
		err = pl.p.SignalPeer(pl.h, c.Clear, c.Set)
	case trace.OpWait:
		until := deadline(c.Until)
		r.Observed, err = pl.p.WaitOne(pl.h, c.Signals, until, parked)
		answer(&r, err)
		if !waited(r.Status) {
			r.Observed = 0
		}
		notEarly(&r, until)
		return r
	case trace.OpSignals:
		return pl.signals()
	case trace.OpWaitMany:
		return pl.waitMany(parked)
	case trace.OpPump:
		return pl.pump()
	case trace.OpChurn:
		return pl.churn()
	case trace.OpWriteAll, trace.OpReadFull:
		return pl.moveAll()
	case trace.OpKoids:
		return pl.koids()
	case trace.OpCloseAll:
		p, ok := pl.p.Process.(CloseAllProcess)
		if !ok {
			return trace.Result{Unsupported: noCounterpart, Note: "the Process closes one handle at a time: it is no CloseAllProcess"}
		}
		err = p.CloseAll()
	case trace.OpHolds:
		p, ok := pl.p.Process.(HoldingProcess)
		if !ok {
			return trace.Result{Unsupported: noCounterpart, Note: "the Process does not tell what an object holds: it is no HoldingProcess"}
		}
		if r.Holding, err = p.Holds(pl.h); err != nil {
			r.Holding = handle.Holding{}
		}
	case trace.OpPortRace:
		return pl.portRace()
	case trace.OpPort, trace.OpPortQueue, trace.OpPortWait, trace.OpWaitAsync, trace.OpPortCancel:
		return pl.port(parked)
	case trace.OpSetDisposition, trace.OpGetProperty, trace.OpSetProperty, trace.OpSocketInfo:
		return pl.zircon()
	default:
		return broken(fmt.Sprintf("there is no call number %d", c.Op))
	}
	answer(&r, err)
	return r
}

func (pl *plan) write() (r trace.Result) {
	c := pl.call
	if c.Buf.Kind != trace.Good || c.Actual != trace.ActualGood {
		return pl.writeRaw()
	}
	size := c.Buf.Data.Length()
	if size > maxBuffer {
		return tooMuch(size)
	}
	p := pl.room(int(size))
	put(p, &c.Buf.Data)
	n, err := pl.p.Write(pl.h, c.Options, p)
	count(&r, n, err)
	if r.N > size {
		return broken(fmt.Sprintf("a write of %d bytes says that it took %d", size, r.N))
	}
	return r
}

func (pl *plan) read() (r trace.Result) {
	c := pl.call
	if c.Buf.Kind != trace.Good || c.Actual != trace.ActualGood {
		return pl.readRaw()
	}
	if c.Buf.Size > maxBuffer {
		return tooMuch(c.Buf.Size)
	}
	// What a kernel says it delivered and did not must not be there by chance
	// from an earlier call.
	buf := pl.room(int(c.Buf.Size))
	clear(buf)
	n, err := pl.p.Read(pl.h, c.Options, buf)
	count(&r, n, err)
	if !r.OK() {
		return r
	}
	if r.N > c.Buf.Size {
		return broken(fmt.Sprintf("a read into %d bytes says that it delivered %d", c.Buf.Size, r.N))
	}
	r.Data = buf[:r.N]
	return r
}

// room returns n bytes of the plan's own memory.
func (pl *plan) room(n int) []byte {
	if cap(pl.buf) < n {
		pl.buf = make([]byte, n)
	}
	pl.buf = pl.buf[:n]
	return pl.buf
}

// put stores the bytes of d in p, which has room for exactly those.
func put(p []byte, d *trace.Data) {
	if d.Kind == trace.Pattern {
		trace.FillPattern(p, d.Offset)
	} else {
		copy(p, d.Text)
	}
}

// signals asks for the state now. Waiting for no signal can only time out
// (T-NONE), which is the success of the question.
func (pl *plan) signals() (r trace.Result) {
	seen, err := pl.p.WaitOne(pl.h, 0, past, nil)
	answer(&r, err)
	switch r.Status {
	case status.ErrTimedOut:
		r.Status = status.OK
		r.Observed = seen
	case status.OK:
		if r.Unsupported == "" {
			return broken("a wait for no signal, with a deadline in the past, was completed with OK")
		}
	}
	return r
}

func (pl *plan) waitMany(parked func()) (r trace.Result) {
	until := deadline(pl.call.Until)
	answer(&r, pl.p.WaitMany(pl.items, until, parked))
	defer notEarly(&r, until)
	if waited(r.Status) && r.Unsupported == "" {
		pl.pending = pl.pending[:0]
		for i := range pl.items {
			pl.pending = append(pl.pending, pl.items[i].Pending)
		}
		r.Pending = pl.pending
	}
	return r
}

// notEarly refuses the answer of a wait that says its deadline has passed when
// it has not (T-TIMEOUT). The zero time is no deadline.
func notEarly(r *trace.Result, until time.Time) {
	if r.Status != status.ErrTimedOut || r.Unsupported != "" || until.IsZero() {
		return
	}
	if left := time.Until(until); left > 0 {
		*r = broken(fmt.Sprintf("a wait says that it timed out %v before its deadline", left))
	}
}

// waited reports whether a wait with this status observed something.
func waited(s status.Status) bool {
	return s == status.OK || s == status.ErrTimedOut || s == status.ErrCanceled
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

// count puts the outcome of a call that counts bytes into r.
func count(r *trace.Result, n int, err error) {
	answer(r, err)
	switch {
	case n < 0:
		*r = broken(fmt.Sprintf("the call returned the count %d", n))
	case err == nil:
		r.N = uint64(n)
	default:
		r.Touched = n != 0
	}
}

// answer puts the error of a call into r.
func answer(r *trace.Result, err error) {
	switch e := err.(type) {
	case nil:
		return
	case status.Status:
		r.Status = e
	case *KernelError:
		r.Status, r.Errno = e.Status, e.Errno
	case *Unsupported:
		unsupported(r, e)
	default:
		wrapped(r, err)
	}
	if r.OK() {
		*r = broken("the call returned OK as an error: return nil")
	}
}

// wrapped is for errors that are none of ours but may hold one.
func wrapped(r *trace.Result, err error) {
	var s status.Status
	var k *KernelError
	var u *Unsupported
	switch {
	case errors.As(err, &u):
		unsupported(r, u)
	case errors.As(err, &k):
		r.Status, r.Errno = k.Status, k.Errno
	case errors.As(err, &s):
		r.Status = s
	default:
		r.Status = status.ErrInternal
	}
	if r.Note == "" {
		r.Note = err.Error()
	}
}

// noCounterpart stands in a result for an [Unsupported] that names no
// divergence.
const noCounterpart = "unsupported"

func unsupported(r *trace.Result, u *Unsupported) {
	r.Unsupported, r.Note = u.Divergence, u.Why
	if r.Unsupported == "" {
		r.Unsupported = noCounterpart
	}
}

func tooMuch(size uint64) trace.Result {
	return broken(fmt.Sprintf("%d bytes of good memory are more than a case may use (%d): write bad:%d for a size that is refused anyway",
		size, maxBuffer, size))
}

func noPorts() trace.Result {
	return trace.Result{Unsupported: noCounterpart, Note: "the Process has no ports: it is no PortProcess"}
}

// port makes a call of the clauses P-. parked is handed to a wait.
func (pl *plan) port(parked func()) (r trace.Result) {
	c, p := pl.call, pl.p.ports
	if p == nil {
		return noPorts()
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
		for n := max(1, c.Count); n > 0 && err == nil; n-- {
			given := *c.Packet // the call is not the kernel's to change
			err = p.QueuePacket(pl.h, &given)
		}
	case trace.OpPortWait:
		until := deadline(c.Until)
		pk, err := p.WaitPort(pl.h, until, parked)
		if answer(&r, err); r.OK() {
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
