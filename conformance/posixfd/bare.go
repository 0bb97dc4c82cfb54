//go:build linux || darwin || freebsd

package posixfd

import (
	"fmt"

	"golang.org/x/sys/unix"

	"mx.example/status"
)

// A Bare is one end of a connected pair of descriptors, and its calls are
// system calls with nothing around them: no lock, no handle values, no record
// of what was done. It is there to find out what those calls cost; to compare
// what they answer there is [Backends].
//
// One goroutine may write while another reads. Close excludes every other call
// on the same end.
type Bare struct {
	r, w int
	// What poll is called with, one for each direction: it is no business of
	// a measurement to allocate them.
	readable, writable [1]unix.PollFd
}

// OpenBare makes a connected pair of a kind: [UnixStream], [UnixDgram],
// [UnixSeqpacket], or [Pipe], which is one pipe a direction of as near to
// capacity bytes as the kernel allows. The buffers of a socket are left as the
// kernel makes them. The calls of a blocking pair return when they have done
// something; those of the others never wait.
func OpenBare(kind string, capacity uint64, blocking bool) (a, b *Bare, err error) {
	var there, back [2]int
	switch kind {
	case UnixStream:
		there, back, err = bareSockets(unix.SOCK_STREAM)
	case UnixDgram:
		there, back, err = bareSockets(unix.SOCK_DGRAM)
	case UnixSeqpacket:
		there, back, err = bareSockets(unix.SOCK_SEQPACKET)
	case Pipe:
		there, back, err = barePipes(capacity)
	default:
		err = fmt.Errorf("bare pairs are %s, %s, %s and %s", UnixStream, UnixDgram, UnixSeqpacket, Pipe)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", kind, err)
	}
	a, b = newBare(back[0], there[1]), newBare(there[0], back[1])
	if blocking {
		for _, fd := range []int{a.r, a.w, b.r, b.w} {
			if err := unix.SetNonblock(fd, false); err != nil {
				a.Close()
				b.Close()
				return nil, nil, err
			}
		}
	}
	return a, b, nil
}

// bareSockets gives the descriptors to read from and to write to, for each
// direction. With sockets the two directions share theirs.
func bareSockets(typ int) (there, back [2]int, err error) {
	fds, err := socketpair(typ)
	return [2]int{fds[1], fds[0]}, fds, err
}

func barePipes(capacity uint64) (there, back [2]int, err error) {
	if there, err = pipe(); err != nil {
		return there, back, err
	}
	if back, err = pipe(); err != nil {
		unix.Close(there[0])
		unix.Close(there[1])
		return there, back, err
	}
	setPipeSize(there[1], capacity)
	setPipeSize(back[1], capacity)
	return there, back, nil
}

func newBare(r, w int) *Bare {
	return &Bare{r: r, w: w,
		readable: [1]unix.PollFd{{Fd: int32(r), Events: unix.POLLIN}},
		writable: [1]unix.PollFd{{Fd: int32(w), Events: unix.POLLOUT}},
	}
}

// Write is write(2), again after EINTR. If it would have to wait it is
// SHOULD_WAIT; any other error is the system's.
func (e *Bare) Write(p []byte) (int, error) {
	for {
		n, err := unix.Write(e.w, p)
		switch err {
		case nil:
			return n, nil
		case unix.EINTR:
		case unix.EAGAIN:
			return 0, status.ErrShouldWait
		default:
			return 0, err
		}
	}
}

// Read is read(2), again after EINTR. If it would have to wait it is
// SHOULD_WAIT; any other error is the system's. The end of a stream is a read
// of 0 bytes.
func (e *Bare) Read(p []byte) (int, error) {
	for {
		n, err := unix.Read(e.r, p)
		switch err {
		case nil:
			return n, nil
		case unix.EINTR:
		case unix.EAGAIN:
			return 0, status.ErrShouldWait
		default:
			return 0, err
		}
	}
}

// AwaitReadable polls until a read would not wait, or there is no peer.
func (e *Bare) AwaitReadable() error { return pollOne(e.readable[:]) }

// AwaitWritable polls until a write would not wait, or there is no peer.
func (e *Bare) AwaitWritable() error { return pollOne(e.writable[:]) }

func pollOne(fds []unix.PollFd) error {
	for {
		if _, err := poll(fds, -1); err != unix.EINTR {
			return err
		}
	}
}

// Close closes what is still open of the end.
func (e *Bare) Close() {
	if e.r < 0 {
		return
	}
	unix.Close(e.r)
	if e.w != e.r {
		unix.Close(e.w)
	}
	e.r, e.w = -1, -1
}
