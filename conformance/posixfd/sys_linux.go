package posixfd

import (
	"time"

	"golang.org/x/sys/unix"
)

const (
	sendFlags = unix.MSG_DONTWAIT | unix.MSG_NOSIGNAL
	recvFlags = unix.MSG_DONTWAIT

	// pollGone is asked for to hear of a peer that sends no more; POLLHUP and
	// POLLERR come unasked.
	pollGone = unix.POLLRDHUP

	fionread = unix.TIOCINQ
)

func socket(domain, typ int) (int, error) {
	return unix.Socket(domain, typ|unix.SOCK_CLOEXEC|unix.SOCK_NONBLOCK, 0)
}

func socketpair(typ int) ([2]int, error) {
	return unix.Socketpair(unix.AF_UNIX, typ|unix.SOCK_CLOEXEC|unix.SOCK_NONBLOCK, 0)
}

func accept(fd int) (int, unix.Sockaddr, error) {
	return unix.Accept4(fd, unix.SOCK_CLOEXEC|unix.SOCK_NONBLOCK)
}

func pipe() (p [2]int, err error) {
	err = unix.Pipe2(p[:], unix.O_CLOEXEC|unix.O_NONBLOCK)
	return p, err
}

// setPipeSize asks for a capacity as near as the kernel allows: whole pages, a
// power of two of them, and no more than an ordinary user may have.
func setPipeSize(fd int, capacity uint64) {
	const most = 1 << 20 // fs.pipe-max-size, unless an administrator changed it
	unix.FcntlInt(uintptr(fd), unix.F_SETPIPE_SZ, int(min(capacity, most)))
}

// poll sleeps for at most d, or without end if d is negative.
func poll(fds []unix.PollFd, d time.Duration) (int, error) {
	if d < 0 {
		return unix.Ppoll(fds, nil, nil)
	}
	ts := unix.NsecToTimespec(int64(d))
	return unix.Ppoll(fds, &ts, nil)
}
