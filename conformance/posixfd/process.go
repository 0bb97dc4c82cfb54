//go:build linux || darwin || freebsd

package posixfd

import (
	"slices"
	"unsafe"

	"golang.org/x/sys/unix"

	"mx.example/conformance"
	"mx.example/conformance/internal/patience"
	"mx.example/conformance/posixfd/hostmodel"
	"mx.example/handle"
	"mx.example/status"
)

// A process makes the calls of a case with system calls.
type process struct {
	k *kernel
	// awaited is closed when the case waits for the wait that this process is
	// for: see Attended.
	awaited <-chan struct{}
}

var (
	_ conformance.RawProcess           = (*process)(nil)
	_ conformance.BlockingAwareProcess = (*process)(nil)
)

// Attended gives the process for one wait. Once that is all that the case is
// waiting for, nothing can wake it if it still sleeps.
func (p *process) Attended(awaited <-chan struct{}) conformance.Process {
	return &process{k: p.k, awaited: awaited}
}

// The numbers of the contract, and what an endpoint's first handle may do.
const (
	optionStream    = 0
	optionDatagram  = 1
	optionHalfClose = 1

	allRights = handle.RightDuplicate | handle.RightTransfer | handle.RightRead | handle.RightWrite
)

// endedBy says which direction the half close of an edition ends (H-DIRECTION):
// the shutdown that does the same.
var endedBy = map[handle.Edition]int{
	handle.Manual:     unix.SHUT_RD,
	handle.Kernel2017: unix.SHUT_WR,
}

// failed makes an error of what a system call returned.
func failed(err error) error {
	if err == nil {
		return nil
	}
	e := errnoOf(err)
	return &conformance.KernelError{Status: status.FromErrno(e), Errno: e}
}

func (p *process) Create(options uint32, capacity *uint64) (a, b handle.Handle, err error) {
	k := p.k
	if options != optionStream && options != optionDatagram ||
		hostmodel.KeepsBoundaries(k.kind) != (options == optionDatagram) {
		return 0, 0, fixedMode(k.kind, options)
	}
	k.lock()
	defer k.mu.Unlock()
	x, y, err := k.create(capacity)
	if err != nil {
		return 0, 0, failed(err)
	}
	return k.bind(x), k.bind(y), nil
}

func (p *process) Write(h handle.Handle, options uint32, b []byte) (int, error) {
	switch {
	case options == optionHalfClose && len(b) == 0:
		return 0, p.halfClose(h)
	case options != 0:
		return 0, noOption("send", options)
	}
	return p.write(h, uintptr(unsafe.Pointer(unsafe.SliceData(b))), uint64(len(b)))
}

func (p *process) Read(h handle.Handle, options uint32, b []byte) (int, error) {
	if options != 0 {
		return 0, noOption("recv", options)
	}
	return p.read(h, uintptr(unsafe.Pointer(unsafe.SliceData(b))), uint64(len(b)))
}

//go:uintptrescapes
func (p *process) write(h handle.Handle, addr uintptr, size uint64) (int, error) {
	k := p.k
	k.lock()
	defer k.mu.Unlock()
	e, err := k.find(h)
	if err != nil {
		return 0, err
	}
	if err := k.reach(h, e.w); err != nil {
		return 0, err
	}
	arrived := func() bool { return true }
	if k.kind == UDP {
		arrived = nextDatagram(e.of)
	}
	n, err := k.send(e.w, addr, size)
	if err == nil {
		for budget := patience.Of(arrivalLimit); !arrived() && budget.Pause(glance); {
		}
	}
	k.settle(e)
	return n, failed(err)
}

//go:uintptrescapes
func (p *process) read(h handle.Handle, addr uintptr, size uint64) (int, error) {
	k := p.k
	k.lock()
	defer k.mu.Unlock()
	e, err := k.find(h)
	if err != nil {
		return 0, err
	}
	if err := k.reach(h, e.r); err != nil {
		return 0, err
	}
	n, err := k.recv(e.r, addr, size)
	k.settle(e)
	return n, failed(err)
}

// send is send(2), or write(2) on a pipe, where Go ignores the SIGPIPE of a
// number above 2.
//
//go:uintptrescapes
func (k *kernel) send(fd int, addr uintptr, size uint64) (int, error) {
	if k.kind == UDP {
		connecting.RLock()
		defer connecting.RUnlock()
	}
	for {
		var n uintptr
		var e unix.Errno
		if k.kind == Pipe {
			n, _, e = unix.Syscall(unix.SYS_WRITE, uintptr(fd), addr, uintptr(size))
		} else {
			n, _, e = unix.Syscall6(unix.SYS_SENDTO, uintptr(fd), addr, uintptr(size), sendFlags, 0, 0)
		}
		switch e {
		case 0:
			return int(n), nil
		case unix.EINTR:
		default:
			return 0, e
		}
	}
}

// recv is recv(2), or read(2) on a pipe.
//
//go:uintptrescapes
func (k *kernel) recv(fd int, addr uintptr, size uint64) (int, error) {
	for {
		var n uintptr
		var e unix.Errno
		if k.kind == Pipe {
			n, _, e = unix.Syscall(unix.SYS_READ, uintptr(fd), addr, uintptr(size))
		} else {
			n, _, e = unix.Syscall6(unix.SYS_RECVFROM, uintptr(fd), addr, uintptr(size), recvFlags, 0, 0)
		}
		switch e {
		case 0:
			return int(n), nil
		case unix.EINTR:
		default:
			return 0, e
		}
	}
}

// halfClose shuts down the direction that the edition's half close ends. A
// pipe has no shutdown: its end of that direction is closed, which is the same
// only as long as nothing else holds it.
func (p *process) halfClose(h handle.Handle) error {
	k := p.k
	k.lock()
	defer k.mu.Unlock()
	e, err := k.find(h)
	if err != nil {
		return err
	}
	how := endedBy[k.edition]
	if k.kind != Pipe {
		if err := k.reach(h, e.r); err != nil {
			return err
		}
		err := unix.Shutdown(e.r, how)
		k.settle(e)
		return failed(err)
	}
	if e.of.handles > 1 {
		return pipeDuplicated()
	}
	end := &e.r
	if how == unix.SHUT_WR {
		end = &e.w
	}
	if err := k.reach(h, *end); err != nil {
		return err
	}
	fd := *end
	k.cut([]int{fd})
	err = k.closeFD(fd)
	*end = closedEnd
	k.settle(e)
	k.breakOff([]int{fd})
	return failed(err)
}

func (p *process) Outstanding(h handle.Handle) (int, error) {
	k := p.k
	k.lock()
	defer k.mu.Unlock()
	e, err := k.find(h)
	if err != nil {
		return 0, err
	}
	if err := k.reach(h, e.r); err != nil {
		return 0, err
	}
	for {
		n, err := unix.IoctlGetInt(e.r, fionread)
		if err != unix.EINTR {
			return n, failed(err)
		}
	}
}

func (p *process) Close(h handle.Handle) error {
	k := p.k
	k.lock()
	defer k.mu.Unlock()
	e, err := k.find(h)
	if err != nil {
		return err
	}
	fds := []int{e.r, e.w}
	if k.kind != Pipe {
		fds = fds[:1]
	}
	for _, fd := range fds {
		if err := k.reach(h, fd); err != nil {
			return err
		}
	}
	if k.kind == TCP {
		e.of.stuck = stuck(e.of)
	}
	if k.handles[h] == e {
		delete(k.handles, h)
		e.of.handles--
		e.of.fds = slices.DeleteFunc(e.of.fds, func(fd int) bool { return fd == e.r })
		if k.kind == Pipe {
			k.stale[h] = e
		}
	}
	err = nil
	k.cut(fds)
	for _, fd := range fds {
		if fd == closedEnd {
			continue // closed before; the handle was alive through its other end
		}
		if e := k.closeFD(fd); err == nil {
			err = e
		}
	}
	k.settleSleepers()
	k.breakOff(fds)
	k.settle(e)
	return failed(err)
}

func (p *process) Duplicate(h handle.Handle, r handle.Rights) (handle.Handle, error) {
	if r != handle.SameRights && r != allRights {
		return 0, noRights(r)
	}
	k := p.k
	k.lock()
	defer k.mu.Unlock()
	e, err := k.find(h)
	if err != nil {
		return 0, err
	}
	d := &pairEnd{r: closedEnd, w: closedEnd, of: e.of}
	if d.r, err = k.dup(h, e.r); err != nil {
		return 0, err
	}
	d.w = d.r
	if k.kind == Pipe {
		if d.w, err = k.dup(h, e.w); err != nil {
			k.closeFD(d.r)
			return 0, err
		}
	}
	return k.bind(d), nil
}

// dup makes another descriptor for what fd refers to. A closed end of a pipe
// stays closed in the copy.
func (k *kernel) dup(h handle.Handle, fd int) (int, error) {
	if fd == closedEnd && k.kind == Pipe {
		return closedEnd, nil
	}
	if err := k.reach(h, fd); err != nil {
		return closedEnd, err
	}
	d, err := unix.FcntlInt(uintptr(fd), unix.F_DUPFD_CLOEXEC, unix.Stderr+1)
	if err != nil {
		return closedEnd, failed(err)
	}
	k.owned[d] = true
	return d, nil
}
