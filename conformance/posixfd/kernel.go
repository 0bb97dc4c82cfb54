//go:build linux || darwin || freebsd

package posixfd

import (
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/sys/unix"

	"mx.example/conformance"
	"mx.example/handle"
)

// A kernel is the set of descriptors of one case.
type kernel struct {
	kind    string
	edition handle.Edition
	// isolated says that the process is a child that holds nothing but these
	// descriptors, so that a closed number may be passed to the system.
	isolated bool

	// mu is held through every call that does not sleep, so that no number is
	// closed or handed out again while another actor uses it.
	mu      sync.Mutex
	booted  bool
	closed  bool
	owned   map[int]bool               // the numbers open now that the backend made
	handles map[handle.Handle]*pairEnd // what each live handle value stands for
	stale   map[handle.Handle]*pairEnd // pipes: what the dead ones stood for
	last    handle.Handle              // pipes: the last value given out
	waits   map[*sleep]bool            // the waits in progress

	// called is when the last call of any actor began, as a sleeper without
	// deadline wants to know.
	called atomic.Int64
}

// A pairEnd is what is behind one handle value: one descriptor, or the two of
// a pipe.
type pairEnd struct {
	r, w int // the descriptors to read from and to write to
	of   *endpoint
}

// An endpoint is what the handles of one end share.
type endpoint struct {
	handles int   // how many there are
	fds     []int // their descriptors to read from
	stuck   bool  // a tcp socket was closed with bytes that the peer had no room for
	peer    *endpoint
}

// newEnds gives the two ends of a new pair their descriptors.
func newEnds(a, b pairEnd) (*pairEnd, *pairEnd) {
	a.of, b.of = &endpoint{}, &endpoint{}
	a.of.peer, b.of.peer = b.of, a.of
	return &a, &b
}

func newKernel(kind string, e handle.Edition) *kernel {
	return &kernel{
		kind:    kind,
		edition: e,
		owned:   make(map[int]bool),
		handles: make(map[handle.Handle]*pairEnd),
		stale:   make(map[handle.Handle]*pairEnd),
		waits:   make(map[*sleep]bool),
	}
}

// NewProcess gives the one process that there is.
func (k *kernel) NewProcess(l conformance.Limits) (conformance.Process, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.booted {
		return nil, oneTable("make another one with limits of its own")
	}
	k.booted = true
	return &process{k: k}, nil
}

// Close breaks off the waits still in progress and closes every descriptor
// that the case left open.
func (k *kernel) Close() error {
	k.mu.Lock()
	k.closed = true
	waits := slices.Collect(maps.Keys(k.waits))
	for _, s := range waits {
		s.breakOff()
	}
	k.mu.Unlock()
	for _, s := range waits {
		<-s.done
	}

	k.mu.Lock()
	defer k.mu.Unlock()
	for fd := range k.owned {
		k.closeFD(fd)
	}
	clear(k.handles)
	return nil
}

// lock begins a call.
func (k *kernel) lock() {
	k.mu.Lock()
	k.called.Store(int64(time.Since(epoch)))
}

// idle is for how long no call has begun.
func (k *kernel) idle() time.Duration {
	return time.Since(epoch) - time.Duration(k.called.Load())
}

// epoch is what times are counted from.
var epoch = time.Now()

// own takes charge of a descriptor that the backend has just made.
func (k *kernel) own(fd int) (int, error) {
	fd, err := aboveStandard(fd)
	if err != nil {
		return -1, err
	}
	k.owned[fd] = true
	return fd, nil
}

// aboveStandard leaves the numbers of the standard streams alone even when
// they are free: a program prints to them, and 0 is no handle.
func aboveStandard(fd int) (int, error) {
	if fd > unix.Stderr {
		return fd, nil
	}
	moved, err := unix.FcntlInt(uintptr(fd), unix.F_DUPFD_CLOEXEC, unix.Stderr+1)
	unix.Close(fd)
	if err != nil {
		return -1, err
	}
	return moved, nil
}

// closeFD closes one descriptor, once: after EINTR the number is gone on
// Linux, and closing again could hit somebody else's.
func (k *kernel) closeFD(fd int) error {
	spawning.RLock()
	defer spawning.RUnlock()
	delete(k.owned, fd)
	if err := unix.Close(fd); err != unix.EINTR {
		return err
	}
	return nil
}

// spawning is held for writing while a child process is being made, which has
// copies of all descriptors for a moment: what is closed meanwhile stays open
// in the child. syscall.ForkLock is not enough: it is given up before the child
// has let go of the copies.
var spawning sync.RWMutex

// bind gives a handle value to an endpoint: the number of the descriptor, or
// for the two of a pipe a number of the adapter's own.
func (k *kernel) bind(e *pairEnd) handle.Handle {
	e.of.handles++
	e.of.fds = append(e.of.fds, e.r)
	h := handle.Handle(e.r)
	if k.kind == Pipe {
		k.last++
		h = k.last
	}
	k.handles[h] = e
	return h
}

// find says what a handle value stands for. A value that stands for nothing
// is only worth a system call in a process where it can do no harm.
func (k *kernel) find(h handle.Handle) (*pairEnd, error) {
	if k.closed {
		return nil, &conformance.Unsupported{Why: "the descriptors of this case have been closed"}
	}
	if e := k.handles[h]; e != nil {
		return e, nil
	}
	if k.isolated {
		if k.kind != Pipe {
			fd := int(int32(h))
			return &pairEnd{r: fd, w: fd, of: &endpoint{}}, nil
		}
		if e := k.stale[h]; e != nil {
			return e, nil
		}
	}
	return nil, foreign(h)
}

// reach reports whether a system call may be made on fd: it is the backend's,
// or it is closed and the call can only fail.
func (k *kernel) reach(h handle.Handle, fd int) error {
	switch {
	case k.owned[fd]:
		return nil
	case fd == closedEnd:
		return nil // no number at all: EBADF, whoever asks
	case !k.isolated:
		return foreign(h)
	}
	if _, err := unix.FcntlInt(uintptr(fd), unix.F_GETFD, 0); err != unix.EBADF {
		return foreign(h)
	}
	return nil
}

// closedEnd stands in a pairEnd for the end of a pipe that a half close has
// closed.
const closedEnd = -1

// errnoOf is the number behind an error of a system call.
func errnoOf(err error) syscall.Errno {
	if e, ok := err.(syscall.Errno); ok {
		return e
	}
	return 0
}
