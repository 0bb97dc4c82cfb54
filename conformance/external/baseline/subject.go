// Package baseline holds what the sockets of mxsocket are measured against:
// other in-process pipes, the descriptors of this machine, and the limits that
// no pipe can pass. It is written once and then left as it is, so that a ratio
// of today can be compared with one of last month: whoever makes the sockets
// faster must not make their rivals slower.
//
// Each subject brings the loop of each workload written out in full, with
// direct calls to its own functions. A loop shared through an interface or a
// type parameter would charge each call some nanoseconds, and the fastest
// subjects need no more than that for the work itself.
package baseline

// Capacity is the size in bytes of the rings that stand for the limits: that
// of a direction of a socket.
const Capacity = 257024

// PipeCapacity is the capacity in bytes given to peers that let one choose.
const PipeCapacity = 256 << 10

// A Subject is something that carries bytes between two ends, and the
// workloads it can be put to. A workload that is nil is one that it cannot do:
// a pipe without a buffer cannot be written and then read by one goroutine.
type Subject struct {
	Name string
	// Unavailable is nil, or says why the subject cannot run here. No
	// workload may be called then.
	Unavailable error

	// WriteRead writes a message of size bytes and reads it, n times, on one
	// goroutine.
	WriteRead func(size int) (Loop, error)
	// Stream writes n messages of size bytes on one goroutine while another
	// reads them into a buffer of the same size.
	Stream func(size int) (Loop, error)
	// PingPong sends one byte to another goroutine and waits for its answer
	// of one byte, n times.
	PingPong func() (Loop, error)
	// CreateClose creates a pair and closes both its ends, n times.
	CreateClose func() (Loop, error)

	// Idle makes n pairs and leaves them alone until release is called.
	Idle func(n int) (release func(), err error)
	// KernelMemory says that what an idle pair takes is in the kernel, and
	// not on the heap of Go.
	KernelMemory bool
}

// A Loop is a workload made ready for a size.
type Loop struct {
	// Run does the work n times. It may be called again.
	Run func(n int) error
	// Close frees what the loop holds. It may be nil.
	Close func()
}

// Peers are all rivals, in-process ones first.
func Peers() []Subject {
	return append([]Subject{netPipe(), ioPipe(), bufConn(), gVisor()}, descriptors()...)
}

// Names of the subjects that ratios are taken of.
const (
	NetPipe     = "net.Pipe"
	IOPipe      = "io.Pipe"
	BufConn     = "bufconn"
	GVisor      = "gvisor-unix"
	UnixStream  = "AF_UNIX"
	Pipe2       = "pipe2"
	Ring        = "limit-ring"
	RingMutexes = "limit-ring-2-mutexes"
	OneCopy     = "limit-one-copy"
	TwoChannels = "limit-two-channels"
)
