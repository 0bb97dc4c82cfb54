// Package mxsocket is an exact model of the Magenta socket (mx_socket): a
// connected pair of endpoints that carries bytes both ways, as a stream or as
// datagrams, between handles with rights.
//
//	t := handle.NewTable()
//	a, b, err := mxsocket.Create(t, mxsocket.Stream)
//	n, err := mxsocket.Write(t, a, 0, []byte("hello"))
//
// The calls never block. A write to a full socket and a read from an empty
// one are SHOULD_WAIT; [handle.Table.WaitOne] waits for the signals
// [handle.Writable] and [handle.Readable]. A stream write takes what fits and
// says how much that was; a datagram write takes all or nothing.
//
// Each call returns nil or a [status.Status] that can be compared with ==, and
// n is 0 whenever err is not nil. Any number of goroutines may call at once,
// on the same handles too; each call takes effect at one instant (O-LINEAR).
// A buffer is used only until the call returns.
//
// The edition of the table that creates a pair decides its rules (E-OWNER):
// [handle.Manual] is the manual pages of 2017 to the letter,
// [handle.Kernel2017] what the kernel did where it differed, and
// [handle.Zircon] what today's Zircon does.
//
// For programs that want to block there are [WriteAll] and [ReadFull], loops
// over these calls that sleep while they can do nothing, and [WriteAllContext]
// and [ReadFullContext], which end with a context; [Conn], a net.Conn;
// [PacketConn], a net.PacketConn; and [Listener], a net.Listener that makes
// pairs, over which net/http and the like run. The examples show a service in
// three shapes, and the mistakes that are easy to make. Package chaos has the
// kernel of a test do what shows such mistakes: short writes, full buffers, waits
// that end for nothing.
//
// All that blocks works in a bubble of testing/synctest, if the table was made
// there: timeouts take no time, and a lost wake-up is found as a deadlock. The
// example "synctest" is such a test.
//
// # What calls cost
//
// With n calls blocked at a socket, through one handle or a handle each, or n
// datagrams queued:
//
//	Write, Read                     the same for every n
//	a call that blocks, is served,  the same for every n
//	times out or is canceled
//	Close, Replace, Transfer        as many steps as calls were blocked
//	                                through the handle
//	Close of the last handle, the   as many steps as calls are blocked at
//	end of a direction              the pair
//	memory of a direction           at most four times the bytes it holds and
//	                                4 KiB, lengths of datagrams included
//	memory for calls that blocked   as much again as those that do now need,
//	                                and that of four
//
// A call holds the lock of the pair for as long as its own bytes take, and at
// most the moving of some 40 KiB. A panic leaves no lock held: neither a memory
// fault in the caller's slice, which is as if the call had not been made, nor
// one of a Reader or Writer. go test -run xxx -bench Cost -benchtime 3x measures
// all this for n from 1 to 100,000.
//
// # For those who know POSIX
//
// What stands here for the idioms of write(2), send(2) and their friends, or
// why nothing does:
//
//	short write          The same in a stream: n tells what was taken, and the
//	                     rest is the caller's to write again (W-STREAM-SHORT).
//	                     A datagram is never cut. WriteAll is the loop.
//	O_NONBLOCK           Every call is so, and no handle can change it for the
//	                     others of its endpoint. Those that block are calls of
//	                     their own: WaitOne, WaitMany, WriteAll, ReadFull.
//	MSG_DONTWAIT         The same. WriteAll with a deadline in the past writes
//	                     what there is room for now.
//	EAGAIN, EWOULDBLOCK  SHOULD_WAIT: no error, but a reason to wait for
//	                     WRITABLE or READABLE (W-FULL, R-EMPTY).
//	select, poll         WaitOne and WaitMany, on signals that are levels.
//	                     WRITABLE means one free byte, not a low-water mark.
//	epoll                A port. EPOLLONESHOT is WaitAsync with ONCE, and other
//	                     registrations are REPEATING (2017). EPOLLET is EDGE
//	                     (Zircon). See handle.NewPort.
//	EINTR                Nothing. There are no Unix signals to interrupt a call,
//	                     so nothing to retry. A wait that ends early is
//	                     CANCELED: its handle is gone, and another try is
//	                     BAD_HANDLE.
//	EPIPE                PEER_CLOSED if the other endpoint is gone, BAD_STATE if
//	                     only this direction was ended (W-PEER-CLOSED,
//	                     W-BAD-STATE). A Conn makes EPIPE of both.
//	SIGPIPE              Nothing: a status is all that happens. Nobody has to
//	                     ignore a signal, or to give MSG_NOSIGNAL.
//	ECONNRESET           Nothing. An endpoint that goes away does not take back
//	                     what it sent: that is still read, and then comes
//	                     PEER_CLOSED (R-AFTER-CLOSE). What it did not read is
//	                     dropped, and its writer is not told.
//	read returns 0       PEER_CLOSED; in Zircon BAD_STATE where the direction
//	                     was ended and the peer is alive (R-CLOSED, R-ENDED). A
//	                     Conn makes io.EOF of both.
//	shutdown             Write with HalfClose, which ends one direction, and
//	                     which one depends on the edition (H-DIRECTION); in
//	                     Zircon SetDisposition.
//	0x7ffff000           write(2) takes no more bytes at once. Here only the room
//	                     decides, and a size above 4,294,967,295 is INVALID_ARGS
//	                     (W-HUGE). WriteAll and Conn take a stream of any size.
//	a count of zero      Not left open: a write is OK and takes nothing, not even
//	                     an empty datagram, and a peer that is gone or a
//	                     direction that was ended is told as ever (W-ZERO). A
//	                     read takes nothing, and if there is nothing, says so as
//	                     ever (R-ZERO). Outstanding, or in 2017 a read with a
//	                     null pointer, is the query that FIONREAD is, but for
//	                     all datagrams together (R-QUERY).
//	MSG_MORE, TCP_CORK   Nothing. They save packets on a wire, and there is none:
//	                     bytes can be read when the write returns, and writes
//	                     run together anyway. To wake a reader less often, write
//	                     more at once; in Zircon, a reader asks for
//	                     READ_THRESHOLD (Z-THRESHOLD).
//	TCP_NODELAY          Nothing: no byte is ever held back.
//	EBADF                BAD_HANDLE. A closed handle does not come to mean
//	                     something else soon, as a descriptor does (X-STALE).
//	EFAULT               INVALID_ARGS, in the raw calls (W-FAULT, R-FAULT).
//	ENOSPC, EDQUOT,      Nothing: they are about files. A table may have a memory
//	EFBIG, EIO           limit, which is NO_MEMORY (W-NO-MEMORY).
//
// The other way round, every status has an errno: see [status.Status.Errno].
package mxsocket
