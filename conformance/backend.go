package conformance

import (
	"fmt"
	"syscall"
	"time"

	"mx.example/handle"
	"mx.example/status"
)

// A Backend is something that has sockets: the model, a kind of descriptor of
// the host, or a kernel of your own. It is what [Test] and [Run] take.
//
// All that a kernel author has to write is a Backend, a [Kernel] and a
// [Process]. Embed [Unimplemented] in the Process to start with a few calls
// and add the rest as you go.
type Backend interface {
	// Name is the kind, without edition: lower-case letters, digits, hyphens.
	Name() string
	// Editions are the rule books that the backend can follow, at least one.
	Editions() []handle.Edition
	// Available is nil if the backend can be used on this machine, or says in
	// a sentence why it cannot.
	Available() error
	// Boot makes a fresh kernel under the rules of e. Each case gets its own;
	// kernels of one backend may be used at the same time.
	Boot(e handle.Edition) (Kernel, error)
}

// A Kernel is one instance of the thing under test, used for one case.
type Kernel interface {
	// NewProcess makes a process: a handle table with limits of its own. The
	// first call comes before any other, with zero Limits.
	NewProcess(l Limits) (Process, error)
	// Close releases all that the kernel holds, whatever state the case left
	// it in. A wait still in progress returns.
	Close() error
}

// Limits are those of a handle table.
type Limits struct {
	Handles   uint64          // how many handles; 0: the kernel's own limit
	Memory    uint64          // bytes as L-ACCOUNT counts them, if HasMemory
	HasMemory bool            //
	Edition   *handle.Edition // an edition of its own, or nil for the kernel's
}

// A Process makes the calls. Arguments, results and the order of the checks
// are those of the clauses (mxconform list clauses); a method returns nil or
// an error that is, or wraps, a [status.Status]: see [KernelError] for results
// that have an error number too, and [Unsupported] for calls that there are
// none of. Handle values are whatever 32-bit values the kernel uses.
//
// Several goroutines call at once when a case has more than one actor, and
// only then.
type Process interface {
	// Create makes a socket pair. Capacity is the bytes that each direction
	// holds, as an experiment chooses them; nil means the kernel's own.
	Create(options uint32, capacity *uint64) (a, b handle.Handle, err error)
	NewEvent() (handle.Handle, error)

	// Write and Read get ordinary memory; both may be empty. The buffer is
	// the kernel's until the call returns.
	Write(h handle.Handle, options uint32, p []byte) (n int, err error)
	Read(h handle.Handle, options uint32, p []byte) (n int, err error)
	// Outstanding is the query: a read with a null buffer and size 0.
	Outstanding(h handle.Handle) (n int, err error)

	Close(h handle.Handle) error
	Duplicate(h handle.Handle, r handle.Rights) (handle.Handle, error)
	Replace(h handle.Handle, r handle.Rights) (handle.Handle, error)
	// Transfer moves h to another process of the same kernel.
	Transfer(h handle.Handle, to Process) (handle.Handle, error)
	Info(h handle.Handle) (handle.Info, error)

	Signal(h handle.Handle, clear, set handle.Signals) error
	SignalPeer(h handle.Handle, clear, set handle.Signals) error

	// WaitOne and WaitMany block until the deadline (zero: for ever). parked,
	// if it is not nil, is to be called once when the wait has found nothing
	// to return for and can no longer miss a signal: the other actors of the
	// case go on from there. A kernel that cannot tell may leave it uncalled;
	// the case then goes on after [ParkGrace].
	WaitOne(h handle.Handle, s handle.Signals, deadline time.Time, parked func()) (handle.Signals, error)
	// WaitMany fills in Pending of the items as T-MANY says.
	WaitMany(items []handle.WaitItem, deadline time.Time, parked func()) error
}

// A RawProcess is a Process that also takes what no slice can say: a null
// pointer with a size, memory that cannot be accessed, sizes above 4 GiB. A
// case that needs those is unsupported on a Process that is none.
type RawProcess interface {
	Process
	// WriteRaw and ReadRaw take the address and the size as a system call
	// does. actual is null, or an address that may be inaccessible.
	WriteRaw(h handle.Handle, options uint32, addr uintptr, size uint64, actual *uint64) error
	ReadRaw(h handle.Handle, options uint32, addr uintptr, size uint64, actual *uint64) error
}

// ParkGrace is how long a case waits for a wait that does not say when it has
// blocked.
const ParkGrace = 50 * time.Millisecond

// A KernelError is a status with the error number that it was made from.
type KernelError struct {
	Status status.Status
	Errno  syscall.Errno
}

func (e *KernelError) Error() string {
	return fmt.Sprintf("%v (errno %d: %v)", e.Status, int(e.Errno), e.Errno)
}

// Unwrap gives the status.
func (e *KernelError) Unwrap() error { return e.Status.Err() }

// Unsupported is the error of a call that the backend has no counterpart for.
type Unsupported struct {
	// Divergence names the difference that says why (see [Divergence]), or is
	// empty.
	Divergence string
	// Why says it in a sentence, for this call.
	Why string
}

func (e *Unsupported) Error() string {
	if e.Divergence == "" {
		return "unsupported: " + e.Why
	}
	return "unsupported (" + e.Divergence + "): " + e.Why
}
