package posixfd

import (
	"time"

	"golang.org/x/sys/unix"
)

const (
	// arrivalLimit is how long a call waits for what it has sent. It arrives
	// within the call as a rule; this is time for a retransmission.
	arrivalLimit = 300 * time.Millisecond

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
	for limit := time.Now().Add(arrivalLimit); !arrived(e, e.peer) || !arrived(e.peer, e); {
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
