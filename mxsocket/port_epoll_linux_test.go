package mxsocket_test

import (
	"fmt"
	"syscall"
	"testing"
)

// An epollCrowd is many AF_UNIX pairs, watched by one epoll descriptor: what
// a crowd is beside.
type epollCrowd struct {
	epoll int
	pairs [][2]int
	once  bool
	event [1]syscall.EpollEvent
	buf   [1]byte
}

func newEpollCrowd(t testing.TB, n int, once bool) *epollCrowd {
	t.Helper()
	epoll, err := syscall.EpollCreate1(syscall.EPOLL_CLOEXEC)
	if err != nil {
		t.Fatal(err)
	}
	c := &epollCrowd{epoll: epoll, pairs: make([][2]int, 0, n), once: once}
	t.Cleanup(c.close)
	for i := range n {
		pair, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_STREAM|syscall.SOCK_NONBLOCK|syscall.SOCK_CLOEXEC, 0)
		if err != nil {
			t.Fatalf("pair %d of %d: %v", i, n, err)
		}
		c.pairs = append(c.pairs, pair)
		if err := syscall.EpollCtl(epoll, syscall.EPOLL_CTL_ADD, pair[1], c.interest(i)); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

func (c *epollCrowd) interest(i int) *syscall.EpollEvent {
	e := &syscall.EpollEvent{Events: syscall.EPOLLIN, Fd: int32(i)}
	if c.once {
		e.Events |= syscall.EPOLLONESHOT
	}
	return e
}

func (c *epollCrowd) close() {
	for _, pair := range c.pairs {
		syscall.Close(pair[0])
		syscall.Close(pair[1])
	}
	syscall.Close(c.epoll)
}

func (c *epollCrowd) size() int { return len(c.pairs) }

func (c *epollCrowd) turn(i int) error {
	if _, err := syscall.Write(c.pairs[i][0], c.buf[:]); err != nil {
		return err
	}
	for {
		n, err := syscall.EpollWait(c.epoll, c.event[:], -1)
		if err == syscall.EINTR {
			continue
		}
		if err != nil {
			return err
		}
		if n == 1 {
			break
		}
	}
	ready := int(c.event[0].Fd)
	if _, err := syscall.Read(c.pairs[ready][1], c.buf[:]); err != nil {
		return err
	}
	if c.once {
		return syscall.EpollCtl(c.epoll, syscall.EPOLL_CTL_MOD, c.pairs[ready][1], c.interest(ready))
	}
	return nil
}

// mostPairs is how many pairs of descriptors this process may have.
func mostPairs(t testing.TB) int {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		t.Fatal(err)
	}
	const others = 200 // descriptors that are open already, or needed meanwhile
	n := (int(min(limit.Cur, 1<<20)) - others) / 2
	if n < 10 {
		t.Skipf("a process may have %d descriptors: too few", limit.Cur)
	}
	return min(n, 100_000)
}

// The same turn on a port over the sockets of this package and on epoll over
// AF_UNIX pairs, as many as a process may have of those: with operations that
// stand, or that are begun again each time (EPOLLONESHOT there).
func BenchmarkPortBesideEpoll(b *testing.B) {
	n := mostPairs(b)
	for _, once := range []bool{false, true} {
		for _, far := range []bool{false, true} {
			b.Run(fmt.Sprintf("sockets=%d/once=%v/far=%v", n, once, far), func(b *testing.B) {
				port, epoll := newCrowd(b, n, once), newEpollCrowd(b, n, once)
				for b.Loop() {
					m := inTurn(b, far, 21, port, epoll)
					b.ReportMetric(float64(m[1])/float64(m[0]), "epoll/port")
					b.ReportMetric(float64(m[0]), "ns-port")
					b.ReportMetric(float64(m[1]), "ns-epoll")
				}
			})
		}
	}
}
