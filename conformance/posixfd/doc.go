// Package posixfd runs the conformance suite on real file descriptors: the
// same calls, made with system calls of the host instead of handles, so that
// each difference between POSIX and the contract shows.
//
// Each kind of descriptor is a [conformance.Backend]: unix-stream,
// unix-dgram and unix-seqpacket (a socketpair), tcp and udp (two sockets
// connected over 127.0.0.1), and pipe (two pipes, one a direction, behind one
// handle). A kind that the host does not have says so in Available.
//
// # How a call maps
//
//	create        socketpair, pipe2, or connect; all CLOEXEC and non-blocking
//	write         send with MSG_DONTWAIT|MSG_NOSIGNAL; write on a pipe
//	read          recv; read on a pipe
//	half close    shutdown: SHUT_RD for manual, SHUT_WR for kernel2017; on a
//	              pipe, closing the end of that direction
//	close         close
//	duplicate     fcntl F_DUPFD_CLOEXEC
//	outstanding   ioctl FIONREAD
//	wait          poll: POLLIN is READABLE, POLLOUT is WRITABLE, and any of
//	              POLLHUP, POLLRDHUP and POLLERR is PEER_CLOSED
//	signals       the same poll, without sleeping
//	capacity      SO_SNDBUF (and SO_RCVBUF for udp), or F_SETPIPE_SZ
//
// The adapter translates and never repairs: a read of 0 at the end of a stream
// is a read of 0, not PEER_CLOSED, and the suite reports the difference under
// the name that [Divergences] gives it. The error number is kept beside each
// status. A call without a counterpart is [conformance.Unsupported].
//
// What a call has set in motion arrives before the call returns: bytes on a tcp
// connection, and the wake-up of a poll that sleeps. Otherwise luck would
// decide what the next call sees. A sleep that goes on after its descriptor has
// been closed, or when nothing of the case could end it any more, is broken off
// and answered with INTERRUPTED_RETRY.
//
// # How differences are judged
//
// Package hostmodel follows each case beside the contract's state and knows what
// the kernel may answer in the state that it is in. A result that neither allows
// is unexplained. What it models is Linux; on other systems more may come out as
// unexplained.
//
// # Which descriptors are touched
//
// Only descriptors that the backend made itself, ever. A handle value that is
// none of them is refused, because the number may belong to the program that
// runs the suite. Cases that use such values on purpose run in a child process
// that holds nothing else: call [ServeChild] first in main or TestMain, and
// the child becomes possible.
package posixfd
