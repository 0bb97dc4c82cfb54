//go:build darwin || freebsd

package posixfd

import (
	"math"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

const (
	recvFlags = unix.MSG_DONTWAIT

	fionread = 0x4004667f // _IOR('f', 127, int), the same on all BSDs
)

// Between making a descriptor and marking it no process may be forked.

func socket(domain, typ int) (int, error) {
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	fd, err := unix.Socket(domain, typ, 0)
	if err != nil {
		return -1, err
	}
	return fd, tame(fd)
}

func socketpair(typ int) (p [2]int, err error) {
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	if p, err = unix.Socketpair(unix.AF_UNIX, typ, 0); err != nil {
		return p, err
	}
	return p, tame(p[0], p[1])
}

func accept(fd int) (int, unix.Sockaddr, error) {
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	c, addr, err := unix.Accept(fd)
	if err != nil {
		return -1, nil, err
	}
	return c, addr, tame(c)
}

func pipe() (p [2]int, err error) {
	syscall.ForkLock.RLock()
	defer syscall.ForkLock.RUnlock()
	if err = unix.Pipe(p[:]); err != nil {
		return p, err
	}
	return p, tame(p[0], p[1])
}

// tame makes new descriptors CLOEXEC, non-blocking and silent, or closes all
// of them.
func tame(fds ...int) error {
	for _, fd := range fds {
		unix.CloseOnExec(fd)
		err := unix.SetNonblock(fd, true)
		if err == nil {
			err = silence(fd)
		}
		if err != nil {
			for _, fd := range fds {
				unix.Close(fd)
			}
			return err
		}
	}
	return nil
}

// setPipeSize does nothing: these systems size a pipe by themselves.
func setPipeSize(int, uint64) {}

// poll sleeps for at most d, or without end if d is negative.
func poll(fds []unix.PollFd, d time.Duration) (int, error) {
	ms := -1
	if d >= 0 {
		ms = int(min((d+time.Millisecond-1)/time.Millisecond, math.MaxInt32))
	}
	return unix.Poll(fds, ms)
}

// asleep cannot be told on this system.
func asleep(int) bool { return false }

func canTellSleep() bool { return false }

// gettid is of use only where a thread's sleep can be seen.
func gettid() int { return 0 }
