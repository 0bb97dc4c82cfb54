package posixfd

import (
	"unsafe"

	"golang.org/x/sys/unix"

	"mx.example/conformance/internal/patience"
)

const (
	// The states of a connection (include/net/tcp_states.h).
	tcpEstablished = 1
	tcpClose       = 7
)

// settleTCP waits until what was sent on a connection has arrived. It may be
// acknowledged later, by a timer, except that a receiver with nothing left to
// read is made to do so now.
func settleTCP(e *endpoint) {
	if e.peer == nil {
		return
	}
	for budget := patience.Of(arrivalLimit); !arrived(e, e.peer) || !arrived(e.peer, e); {
		if !budget.Pause(glance) {
			return
		}
	}
}

// arrived reports whether nothing is under way from one endpoint to the other.
func arrived(from, to *endpoint) bool {
	if len(to.fds) > 0 {
		unix.SetsockoptInt(to.fds[0], unix.IPPROTO_TCP, unix.TCP_QUICKACK, 1)
	}
	here, sender := infoOf(from)
	there, receiver := infoOf(to)
	switch {
	case sender && here.State == tcpClose || receiver && there.State == tcpClose:
		return true
	case sender && receiver:
		return here.Bytes_sent-here.Bytes_retrans <= there.Bytes_received
	case sender:
		return here.Unacked == 0 // the answer to what a closed socket is sent
	case receiver && !from.stuck:
		return there.State != tcpEstablished // the end, or a reset
	}
	return true
}

// stuck reports whether an endpoint holds bytes that its peer has no room for:
// it goes on sending them after it is closed, and then its end.
func stuck(e *endpoint) bool {
	info, ok := infoOf(e)
	return ok && info.Notsent_bytes > 0
}

func infoOf(e *endpoint) (*unix.TCPInfo, bool) {
	if len(e.fds) == 0 {
		return nil, false
	}
	info, err := unix.GetsockoptTCPInfo(e.fds[0], unix.IPPROTO_TCP, unix.TCP_INFO)
	return info, err == nil
}

// nextDatagram returns a function that reports whether the next datagram from
// an endpoint has arrived at its peer, or been dropped there, or been answered
// because there is none. It is within the call that sends it as a rule; on a
// busy machine the kernel may leave it to a thread.
func nextDatagram(from *endpoint) (arrived func() bool) {
	if from.peer == nil || len(from.fds) == 0 {
		return func() bool { return true }
	}
	if len(from.peer.fds) == 0 {
		return func() bool {
			fds := []unix.PollFd{{Fd: int32(from.fds[0])}}
			n, err := pollFor(fds, 0)
			return n > 0 || err != nil
		}
	}
	to := from.peer.fds[0]
	before, ok := receivedBy(to)
	return func() bool {
		now, _ := receivedBy(to)
		return !ok || now != before
	}
}

// A received is what the kernel counts of a socket: the memory of what waits to
// be read, and how many datagrams were dropped.
type received struct{ memory, drops uint32 }

func receivedBy(fd int) (r received, ok bool) {
	// include/uapi/linux/sock_diag.h
	const memory, drops, vars = 0, 8, 9
	var info [vars]uint32
	size := uint32(unsafe.Sizeof(info))
	_, _, e := unix.Syscall6(unix.SYS_GETSOCKOPT, uintptr(fd), unix.SOL_SOCKET, unix.SO_MEMINFO,
		uintptr(unsafe.Pointer(&info)), uintptr(unsafe.Pointer(&size)), 0)
	return received{info[memory], info[drops]}, e == 0 && size == uint32(unsafe.Sizeof(info))
}
