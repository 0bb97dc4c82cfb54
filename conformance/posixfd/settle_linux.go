package posixfd

import (
	"time"

	"golang.org/x/sys/unix"
)

// The states of a connection that settleTCP asks about (net/tcp_states.h).
const (
	tcpEstablished = 1
	tcpClose       = 7
)

// settleTCP waits until all that was sent on a connection has arrived, and the
// sender knows. Over the loopback it arrives within the call as a rule, but the
// receiver may put the acknowledgment off for 40 ms, and the sender's buffer
// stays full so long. TCP_QUICKACK makes it give the one it owes now.
func settleTCP(e *endpoint) {
	if e.peer == nil {
		return
	}
	limit := time.Now().Add(settleLimit)
	for !arrived(e, e.peer) || !arrived(e.peer, e) {
		if time.Now().After(limit) {
			return
		}
		time.Sleep(glance)
	}
}

// arrived reports whether nothing is under way from one endpoint to the other.
func arrived(from, to *endpoint) bool {
	if len(to.fds) > 0 {
		unix.SetsockoptInt(to.fds[0], unix.IPPROTO_TCP, unix.TCP_QUICKACK, 1)
	}
	if len(from.fds) > 0 {
		info, err := unix.GetsockoptTCPInfo(from.fds[0], unix.IPPROTO_TCP, unix.TCP_INFO)
		return err != nil || info.Unacked == 0 || info.State == tcpClose
	}
	if len(to.fds) == 0 || from.stuck {
		return true
	}
	info, err := unix.GetsockoptTCPInfo(to.fds[0], unix.IPPROTO_TCP, unix.TCP_INFO)
	return err != nil || info.State != tcpEstablished
}

// stuck reports whether an endpoint holds bytes that its peer has no room for:
// it goes on sending them after it is closed, and then its end.
func stuck(e *endpoint) bool {
	if len(e.fds) == 0 {
		return false
	}
	info, err := unix.GetsockoptTCPInfo(e.fds[0], unix.IPPROTO_TCP, unix.TCP_INFO)
	return err == nil && info.Notsent_bytes > 0
}
