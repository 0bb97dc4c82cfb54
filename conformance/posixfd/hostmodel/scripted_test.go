package hostmodel

import (
	"syscall"
	"time"

	"mx.example/conformance"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// A scripted backend answers each call with what the test says, and is judged as
// the descriptors of its kind are.
type scripted struct {
	kind   string
	next   trace.Result      // of the next call that returns at once
	asleep chan trace.Result // where the next wait finds its result, or nil
	slept  []chan trace.Result
	made   handle.Handle
}

func (b *scripted) Name() string                                    { return b.kind }
func (b *scripted) Editions() []handle.Edition                      { return handle.Editions() }
func (b *scripted) Available() error                                { return nil }
func (b *scripted) Boot(handle.Edition) (conformance.Kernel, error) { return b, nil }
func (b *scripted) Divergences() []conformance.Divergence           { return DivergencesOf(b.kind) }
func (b *scripted) NewShadow(e handle.Edition) conformance.Shadow   { return New(b.kind, e) }
func (b *scripted) NewProcess(conformance.Limits) (conformance.Process, error) {
	return sleeper{scripted: b}, nil
}

// errnos are the error numbers that a planted answer may have, by their names.
var errnos = map[string]syscall.Errno{
	"EAGAIN": syscall.EAGAIN, "EBADF": syscall.EBADF, "ECONNREFUSED": syscall.ECONNREFUSED, "ECONNRESET": syscall.ECONNRESET,
	"EFAULT": syscall.EFAULT, "EINTR": syscall.EINTR, "EINVAL": syscall.EINVAL, "EIO": syscall.EIO, "EMSGSIZE": syscall.EMSGSIZE, "ENOTCONN": syscall.ENOTCONN,
	"EPIPE": syscall.EPIPE,
}

// failing is the result of a system call that ended with an error number. EINTR
// is that of a sleep that was broken off.
func failing(e syscall.Errno) trace.Result {
	if e == syscall.EINTR {
		return trace.Result{Status: status.ErrInterruptedRetry, Errno: e}
	}
	return trace.Result{Status: status.FromErrno(e), Errno: e}
}

// resultOf is the result that is exactly what is wanted.
func resultOf(w *trace.Want) trace.Result {
	r := trace.Result{Status: w.Status, N: w.N, Data: w.Data.Bytes(), Observed: w.Signals.Must}
	for _, s := range w.Pending {
		r.Pending = append(r.Pending, s.Must)
	}
	return r
}

// sleep has the next wait sleep until its result is put into the channel.
func (b *scripted) sleep() chan trace.Result {
	b.asleep = make(chan trace.Result, 1)
	b.slept = append(b.slept, b.asleep)
	return b.asleep
}

// Close ends the waits that nobody has finished.
func (b *scripted) Close() error {
	for _, ch := range b.slept {
		close(ch)
	}
	return nil
}

// A sleeper is the process of a scripted backend.
type sleeper struct {
	conformance.Unimplemented
	*scripted
}

// err is the error of the next result.
func (p sleeper) err() error { return errorOf(&p.next) }

func errorOf(r *trace.Result) error {
	if r.Errno != 0 {
		return &conformance.KernelError{Status: r.Status, Errno: r.Errno}
	}
	return r.Status.Err()
}

func (p sleeper) handle() handle.Handle { p.made++; return p.made }

func (p sleeper) Create(uint32, *uint64) (a, b handle.Handle, err error) {
	if err := p.err(); err != nil {
		return 0, 0, err
	}
	return p.handle(), p.handle(), nil
}

func (p sleeper) Write(handle.Handle, uint32, []byte) (int, error) { return int(p.next.N), p.err() }

func (p sleeper) Read(_ handle.Handle, _ uint32, buf []byte) (int, error) {
	return copy(buf, p.next.Data), p.err()
}

func (p sleeper) WriteMemory(handle.Handle, uint32, *trace.Buffer, trace.ActualKind) (conformance.MemoryResult, error) {
	return conformance.MemoryResult{N: p.next.N}, p.err()
}

func (p sleeper) ReadMemory(_ handle.Handle, _ uint32, b *trace.Buffer, _ trace.ActualKind) (conformance.MemoryResult, error) {
	if b.Kind == trace.Null && b.Size == 0 {
		return conformance.MemoryResult{N: p.next.N}, p.err()
	}
	return conformance.MemoryResult{N: uint64(len(p.next.Data)), Data: p.next.Data}, p.err()
}

func (p sleeper) Outstanding(handle.Handle) (int, error) { return int(p.next.N), p.err() }

func (p sleeper) Close(handle.Handle) error { return p.err() }

func (p sleeper) Duplicate(handle.Handle, handle.Rights) (handle.Handle, error) {
	if err := p.err(); err != nil {
		return 0, err
	}
	return p.handle(), nil
}

func (p sleeper) WaitOne(h handle.Handle, s handle.Signals, until time.Time, parked func()) (handle.Signals, error) {
	r := p.wait(parked)
	if s == 0 && parked == nil && r.Status == status.OK {
		r.Status = status.ErrTimedOut // a look at the signals
	}
	return r.Observed, errorOf(&r)
}

func (p sleeper) WaitMany(items []handle.WaitItem, until time.Time, parked func()) error {
	r := p.wait(parked)
	for i := range r.Pending {
		items[i].Pending = r.Pending[i]
	}
	return errorOf(&r)
}

// wait returns the result of a wait, once there is one.
func (p sleeper) wait(parked func()) trace.Result {
	ch := p.asleep
	if ch == nil || parked == nil {
		return p.next
	}
	p.asleep = nil
	parked()
	return <-ch
}
