package hostmodel

import "mx.example/conformance"

// rooms are the differences about how much fits, and about moving it.
var rooms = []conformance.Divergence{
	shown(conformance.Divergence{
		Name:    capAccounting,
		Kinds:   []string{UnixStream, UnixDgram, UnixSeqpacket, TCP, Pipe},
		Clauses: []string{"C-CAPACITY", "W-FULL", "W-STREAM-SHORT", "W-DGRAM-ATOMIC", "W-ZERO", "S-WRITABLE"},
		Cause:   "The kernel charges what it allocates for a message, not its bytes: a buffer's head and rounding, until it has been read as a whole; a pipe has a number of pages. How many bytes are taken depends on how they came, and a tcp connection adds the buffers of both sides.",
		Source:  "socket(7), SO_SNDBUF; Linux net/core/sock.c, sock_alloc_send_pskb; fs/pipe.c, pipe_write",
		Timing:  "when tcp gives back the memory of what the receiver has acknowledged",
		TimedOn: []string{TCP},
	}),
	shown(conformance.Divergence{
		Name:    capNotSettable,
		Kinds:   allKinds,
		Clauses: []string{"C-CAPACITY", "W-FULL", "W-STREAM-SHORT", "W-DGRAM-ATOMIC", "W-DGRAM-TOO-BIG", "S-WRITABLE"},
		Cause:   "SO_SNDBUF and F_SETPIPE_SZ are wishes: the kernel doubles the first, rounds the second up to pages, and has a least and a greatest size for both. A buffer of 5 bytes cannot be asked for, and no size is refused.",
		Source:  "socket(7), SO_SNDBUF; fcntl(2), F_SETPIPE_SZ; Linux net/core/sock.c, sock_setsockopt",
		Timing:  "when tcp gives back the memory of what the receiver has acknowledged",
		TimedOn: []string{TCP},
	}),
	shown(conformance.Divergence{
		Name:    atomicStreamWrite,
		Kinds:   []string{Pipe},
		Clauses: []string{"W-STREAM-SHORT"},
		Cause:   "A write of at most PIPE_BUF bytes to a pipe is all or nothing, so that writers can share one. It is refused where a socket would take what fits.",
		Source:  "pipe(7), PIPE_BUF; POSIX.1-2024, write",
	}),
	shown(conformance.Divergence{
		Name:    pipeNullIO,
		Kinds:   []string{Pipe},
		Clauses: []string{"W-PEER-CLOSED", "W-BAD-STATE", "W-ZERO", "R-CLOSED", "R-ENDED", "R-EMPTY", "R-ZERO"},
		Cause:   "Reading or writing 0 bytes succeeds before the pipe is looked at. Whether anybody is at the other end, or anything to read, does not matter.",
		Source:  "Linux fs/pipe.c, pipe_read and pipe_write: \"Null read succeeds\"",
	}),
	shown(conformance.Divergence{
		Name:    inFlight,
		Kinds:   []string{TCP},
		Clauses: []string{"R-STREAM", "R-EMPTY", "R-QUERY", "S-READABLE", "S-PEER-CLOSED"},
		Cause:   "Bytes beyond the receiver's window wait at the sender, and move on when the window opens again, which can take a timer. Until then the receiver can neither read nor count them, nor see the end behind them.",
		Source:  "RFC 9293, 3.8.6; Linux net/ipv4/tcp_output.c, tcp_write_xmit, __tcp_select_window",
		Timing:  "when the timers and the window of the connection let it go on",
	}),
	shown(conformance.Divergence{
		Name:    faultStatus,
		Timing:  "how far tcp has filled its segments when the copy comes to the fault",
		TimedOn: []string{TCP},
		Kinds:   allKinds,
		Clauses: []string{"W-NULL", "W-FAULT", "R-NULL", "R-FAULT"},
		Cause:   "Memory is looked at when bytes are copied and not before, so the state of the descriptor decides first, and a null pointer is a bad one like any other. What was accepted or consumed before the fault goes by the chunks of the kind: a datagram is lost, a stream keeps it.",
		Source:  "send(2), recv(2), EFAULT; Linux net/core/datagram.c, skb_copy_datagram_iter; fs/pipe.c, pipe_write",
	}),
	shown(conformance.Divergence{
		Name:    noSizeLimit,
		Kinds:   allKinds,
		Clauses: []string{"W-HUGE", "R-HUGE"},
		Cause:   "No size is refused for being large: one call moves 2 GiB less a page at most and takes any larger size for that. What the descriptor holds, has room for or finds in memory then decides, as with any other size.",
		Source:  "write(2), NOTES; Linux lib/iov_iter.c, import_ubuf, MAX_RW_COUNT",
	}),
}
