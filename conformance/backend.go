package conformance

import (
	"errors"
	"fmt"
	"time"

	"mx.example/conformance/trace"
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

// A Describer is a Backend that says what it is.
type Describer interface {
	Backend
	// About is a few words that go on from "NAME: ", such as "in this process"
	// or "the kernel of a board at /dev/ttyS0".
	About() string
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

// A CaseAwareKernel is a Kernel that is told which case it is used for, so that
// a record of it can name the case. Exploration has no names.
type CaseAwareKernel interface {
	Kernel
	// BeginCase is called once, before the first call of the case.
	BeginCase(name string)
}

// Limits are those of a handle table.
type Limits struct {
	Handles   uint64          // how many handles; 0: the kernel's own limit
	Memory    uint64          // bytes as L-ACCOUNT counts them, if HasMemory
	HasMemory bool            // without it there is no limit
	Edition   *handle.Edition // an edition of its own, or nil for the kernel's
}

// A Process makes the calls. Arguments, results and the order of the checks
// (O-ORDER) are those of the clauses named below; package clause has their
// text. A method returns nil or an error that is, or wraps, a
// [status.Status]: see [KernelError] for results that have an error number too,
// and [Unsupported] for calls that there are none of. A count is 0 whenever
// the error is not nil. Handle values are whatever 32-bit values the kernel
// uses, except 0, with the bits that X-STALE fixes.
//
// Several goroutines call at once when a case has more than one actor, and
// only then.
type Process interface {
	// Create makes a socket pair: the clauses C-. Options is 0 for a stream, 1
	// for datagrams, or a value to be refused (C-OPTIONS). Capacity is the
	// bytes that each direction holds, as an experiment chooses them; nil
	// means the kernel's own (C-CAPACITY).
	Create(options uint32, capacity *uint64) (a, b handle.Handle, err error)
	// NewEvent makes an event: a second type of object (W-TYPE, R-TYPE), with
	// signals and without a peer (S-USER, S-PEER-NONE).
	NewEvent() (handle.Handle, error)

	// Write and Read get ordinary memory, which may be empty: the clauses W-
	// and R-. An empty slice is a zero-size write or read (W-ZERO, R-ZERO),
	// never the query. Options 1 of Write is a half close: the clauses H-; when it
	// succeeds, its count is 0. The buffer is the kernel's until the call
	// returns.
	Write(h handle.Handle, options uint32, p []byte) (n int, err error)
	Read(h handle.Handle, options uint32, p []byte) (n int, err error)
	// Outstanding returns how many bytes wait to be read at h. In the editions of
	// 2017 it is the query: a read with a null buffer and size 0 (R-QUERY), with
	// the checks of a read: R-HANDLE, R-TYPE, R-RIGHTS. No call of zircon gives
	// this number under those checks; there answer with the figure that
	// SocketInfo tells as RxBufAvailable after the checks of a read, or with
	// [Unsupported].
	Outstanding(h handle.Handle) (n int, err error)

	// Close closes a handle: X-CLOSE, X-LAST, X-STALE, and T-CANCEL for the
	// waits on it.
	Close(h handle.Handle) error
	// Duplicate makes another handle to the same object: X-DUP,
	// X-DUP-RIGHTS, X-SAME, X-FULL.
	Duplicate(h handle.Handle, r handle.Rights) (handle.Handle, error)
	// Replace makes a handle that takes the place of h: X-REPLACE,
	// X-REPLACE-RIGHTS.
	Replace(h handle.Handle, r handle.Rights) (handle.Handle, error)
	// Transfer moves h to another process of the same kernel, which may be
	// this one: X-TRANSFER, X-FULL, E-OWNER. to is what the kernel's
	// NewProcess returned.
	Transfer(h handle.Handle, to Process) (handle.Handle, error)
	// Info tells of a handle and its object: X-INFO, C-KOID, C-RIGHTS.
	Info(h handle.Handle) (handle.Info, error)

	// Signal clears and then sets user signals of the object itself: S-USER,
	// S-RIGHT.
	Signal(h handle.Handle, clear, set handle.Signals) error
	// SignalPeer does so at the other endpoint: S-PEER, S-PEER-NONE.
	SignalPeer(h handle.Handle, clear, set handle.Signals) error

	// WaitOne and WaitMany block until the deadline (zero: for ever): the
	// clauses T-; which signals there are is S-. A deadline that has passed
	// polls, with s 0 too: that is how the suite looks at the state. What was
	// observed counts when the error is nil, TIMED_OUT or CANCELED. Deadlines
	// have a reading of the monotonic clock, the one that [handle.Now] counts:
	// time.Until says how long is left, whatever is done to the wall clock.
	//
	// parked, if it is not nil, is to be called once when the wait has found
	// nothing to return for and can no longer miss a signal: the other actors
	// of the case go on from there. A kernel that cannot tell may leave it
	// uncalled; the case then goes on after [ParkGrace].
	WaitOne(h handle.Handle, s handle.Signals, deadline time.Time, parked func()) (handle.Signals, error)
	// WaitMany fills in Pending of the items as T-MANY says; T-MANY-BAD.
	WaitMany(items []handle.WaitItem, deadline time.Time, parked func()) error
}

// A RawProcess is a Process that also takes what no slice can say: a null
// pointer with a size (W-NULL, R-NULL), memory that cannot be accessed (W-FAULT,
// R-FAULT), sizes above 4 GiB (W-HUGE, R-HUGE), and the pointer to the actual
// count (W-ACTUAL). A case that needs those is unsupported on a Process that is
// none.
type RawProcess interface {
	Process
	// WriteRaw and ReadRaw take the address and the size as a system call
	// does. The memory at addr is none of the Go heap. actual is null, or an
	// address that may be inaccessible. Code that must have addr as a pointer
	// takes it as *(*unsafe.Pointer)(unsafe.Pointer(&addr)): go vet complains of
	// unsafe.Pointer(addr), which is only for memory of the Go heap.
	WriteRaw(h handle.Handle, options uint32, addr uintptr, size uint64, actual *uint64) error
	ReadRaw(h handle.Handle, options uint32, addr uintptr, size uint64, actual *uint64) error
}

// A MemoryProcess is a Process that takes what a [RawProcess] does and makes the
// memory itself, because its calls are made in another address space. It is
// asked instead of a RawProcess.
type MemoryProcess interface {
	Process
	// WriteMemory and ReadMemory make the call with a buffer of kind Null or
	// Faulty, or with a pointer to the count that is null or bad, or both.
	WriteMemory(h handle.Handle, options uint32, b *trace.Buffer, actual trace.ActualKind) (MemoryResult, error)
	ReadMemory(h handle.Handle, options uint32, b *trace.Buffer, actual trace.ActualKind) (MemoryResult, error)
}

// A MemoryResult is what a call of a [MemoryProcess] has left in memory.
type MemoryResult struct {
	N       uint64 // the actual count, if the pointer to it is good and the call succeeded
	Touched bool   // the call failed and changed the actual count
	// Data is what a successful read has put into the good bytes: as many as N
	// says, or all of them if nobody was told the count.
	Data []byte
}

// A Churner is a Process that can make many handles faster than by a call each.
type Churner interface {
	Process
	// Churn makes n duplicates of h with the same rights, each closed before
	// the next, and returns their values in the order in which they were made.
	// The first call that fails ends it with its error. [ErrNoChurn] means that
	// the calls are to be made one by one after all.
	Churn(h handle.Handle, n uint64) ([]handle.Handle, error)
}

// ErrNoChurn is the error of a [Churner] or an [ObjectChurner] that is none.
var ErrNoChurn = errors.New("the calls are to be made one by one")

// An ObjectChurner is a Process that can make many objects faster than by a call
// each.
type ObjectChurner interface {
	Process
	// ChurnObjects makes n events, each closed before the next, and returns
	// their koids in the order in which they were made. The first call that
	// fails ends it with its error. [ErrNoChurn] means that the calls are to be
	// made one by one after all.
	ChurnObjects(n uint64) ([]handle.Koid, error)
}

// A CloseAllProcess is a Process whose handles can be closed all at once, as the
// end of a process does: X-CLOSE of each, in no particular order. The process
// may be used on. Without it a case that needs this is unsupported.
type CloseAllProcess interface {
	Process
	CloseAll() error
}

// A BlockingProcess is a Process that also has the loops which finish a short
// write and a short read: every byte of them moves by W-STREAM-SHORT and
// R-STREAM, or as a datagram. Without it a case that needs them is unsupported.
type BlockingProcess interface {
	Process
	// WriteAll writes all of p, or one datagram, and blocks until there is
	// room. The bytes of one WriteAll are contiguous (W-ORDER), and blocked ones
	// are served first come, first served. ReadFull reads until p is full; on a
	// datagram socket it waits for one datagram, as Read gives it. n is how many
	// bytes were moved, also when err is not nil: TIMED_OUT when the deadline
	// passes, CANCELED when the handle is closed, replaced or moved meanwhile,
	// OUT_OF_RANGE at once for a datagram larger than the capacity, and what Write
	// and Read fail with, but no SHOULD_WAIT.
	//
	// Deadlines are as for WaitOne. A case goes on [ParkGrace] after it has started
	// such a call.
	WriteAll(h handle.Handle, p []byte, deadline time.Time) (n int, err error)
	ReadFull(h handle.Handle, p []byte, deadline time.Time) (n int, err error)
}

// A HoldingProcess is a Process whose kernel can tell what an object holds that
// no other call shows: what has ended must not stay (P-CANCEL, P-CLOSE-SOURCE,
// P-CLOSE-PORT, T-MANY-BAD). It needs no right. Without it a case that asks is
// unsupported.
type HoldingProcess interface {
	Process
	Holds(h handle.Handle) (handle.Holding, error)
}

// A BlockingAwareProcess is a Process whose waits may sleep on where they should
// return. It ends such a sleep once it is all that the case is waiting for, so
// that what it saw can be judged. It calls parked of every wait that blocks,
// however long that takes: the case does not go on after [ParkGrace].
type BlockingAwareProcess interface {
	Process
	// Attended gives the process for one wait without deadline. awaited is
	// closed when the case makes no other call before that wait has returned.
	Attended(awaited <-chan struct{}) Process
}

// A Slow backend has kernels that take their time, at the other end of a line
// for example.
type Slow interface {
	Backend
	// Graces returns how long a call may take beyond its own deadline, and a
	// Close, before they are given up. Less than [ReturnGrace] and [CloseGrace]
	// counts as those.
	Graces() (call, closing time.Duration)
}

// A PortProcess is a Process that also has ports: the clauses P-, and
// T-UNWAITABLE. A case that needs those is unsupported on a Process that is
// none.
type PortProcess interface {
	Process
	// NewPort makes a port: P-CREATE, P-RIGHTS. Nil means the options that make
	// one in the edition that the process follows.
	NewPort(options *uint32) (handle.Handle, error)
	// QueuePacket puts in a user packet, whose Signal does not count: P-QUEUE,
	// P-FULL. The packet is the caller's again when the call returns.
	QueuePacket(port handle.Handle, pk *handle.Packet) error
	// WaitPort takes the earliest packet: P-WAIT. The deadline and parked are
	// as for WaitOne. Of several actors that wait, the first one to have called
	// parked is served first.
	WaitPort(port handle.Handle, deadline time.Time, parked func()) (handle.Packet, error)
	// WaitAsync begins an operation on the object of h: P-ONCE, P-REPEATING,
	// P-SOURCE, P-FULL. P-CLOSE-SOURCE and P-CLOSE-PORT end it, and CancelAsync
	// does: P-CANCEL.
	WaitAsync(h, port handle.Handle, key uint64, s handle.Signals, options uint32) error
	CancelAsync(h, port handle.Handle, key uint64) error
}

// ParkGrace is how long a case waits for a wait that does not say when it has
// blocked.
const ParkGrace = 50 * time.Millisecond

// A KernelError is a status with the error number that it was made from.
type KernelError struct {
	Status status.Status
	Errno  status.Errno
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

// A ZirconProcess is a Process that also has the calls which came with Zircon:
// the clauses Z-. A case that needs those is unsupported on a Process that is
// none.
type ZirconProcess interface {
	Process

	// SetDisposition says whether the endpoint of h may write, and whether its
	// peer may: 0 leaves it, 1 disables, 2 enables, and other values are to be
	// refused (Z-DISPOSITION).
	SetDisposition(h handle.Handle, mine, peers uint32) error

	// GetProperty and SetProperty are about the thresholds of a socket, and
	// properties that there are none of (Z-THRESHOLD).
	GetProperty(h handle.Handle, p handle.Property) (value uint64, err error)
	SetProperty(h handle.Handle, p handle.Property, value uint64) error

	// SocketInfo is the topic of sockets (Z-INFO).
	SocketInfo(h handle.Handle) (trace.SocketInfo, error)
}
