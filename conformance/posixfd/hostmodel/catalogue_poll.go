package hostmodel

import "mx.example/conformance"

// polls are the differences about signals and waiting.
var polls = []conformance.Divergence{
	shown(conformance.Divergence{
		Name:    closeNoWake,
		Kinds:   allKinds,
		Clauses: []string{"T-CANCEL"},
		Cause:   "poll holds what it waits for, not the number: closing the descriptor meanwhile wakes nobody, and does not even close the object until poll returns. The adapter finds the thread still asleep after the close and breaks the sleep off, which is shown as INTERRUPTED_RETRY.",
		Source:  "close(2), \"Multithreaded processes and close()\"; Linux fs/select.c, __pollwait",
	}),
	shown(conformance.Divergence{
		Name:    pollNoLimit,
		Kinds:   allKinds,
		Clauses: []string{"T-MANY"},
		Cause:   "poll takes as many items as the process may have descriptors. The limit of 1,024 has no counterpart.",
		Source:  "poll(2), EINVAL; getrlimit(2), RLIMIT_NOFILE",
	}),
	shown(conformance.Divergence{
		Name:    hangupUnasked,
		Kinds:   hangUp,
		Clauses: []string{"T-ONE", "T-NONE", "T-TIMEOUT"},
		Cause:   "POLLHUP and POLLERR cannot be left out: they end a poll that asked for something else, or for nothing. A wait ends with the signals that it asked for only.",
		Source:  "poll(2), POLLHUP, POLLERR",
	}),
	shown(conformance.Divergence{
		Name:    eofIsReadable,
		Kinds:   sockets,
		Clauses: []string{"S-READABLE", "H-SIGNALS", "X-LAST"},
		Cause:   "POLLIN says that a read would not block, and at the end of a direction it does not: it returns 0. READABLE says that there are bytes.",
		Source:  "poll(2), POLLIN; Linux net/unix/af_unix.c, unix_poll; net/ipv4/tcp.c, tcp_poll",
	}),
	shown(conformance.Divergence{
		Name:    goneIsWritable,
		Kinds:   allKinds,
		Clauses: []string{"S-WRITABLE", "H-SIGNALS", "X-LAST"},
		Cause:   "POLLOUT says that a write would not block, and it does not if it fails at once. So an end that may never write again is writable, as long as its buffer has room.",
		Source:  "poll(2), POLLOUT; Linux net/unix/af_unix.c, unix_poll; fs/pipe.c, pipe_poll",
	}),
	shown(conformance.Divergence{
		Name:    hysteresis,
		Kinds:   []string{UnixStream, UnixDgram, UnixSeqpacket, TCP},
		Clauses: []string{"S-WRITABLE"},
		Cause:   "poll reports a socket as writable only well below full, so that a writer is not woken for every byte: a quarter of the buffer for AF_UNIX, two thirds for tcp. A write may succeed where poll says that it would block.",
		Source:  "Linux net/unix/af_unix.c, unix_writable; include/net/sock.h, sk_stream_min_wspace",
	}),
	shown(conformance.Divergence{
		Name:    pipeWriterHears,
		Kinds:   []string{Pipe},
		Clauses: []string{"H-SIGNALS"},
		Cause:   "When the last reader of a pipe is closed its writer gets POLLERR at once. No signal rises at the writer of a direction that the reader has ended.",
		Source:  "poll(2), POLLERR; Linux fs/pipe.c, pipe_poll",
	}),
	shown(conformance.Divergence{
		Name:    pollIsLevel,
		Kinds:   allKinds,
		Clauses: []string{"T-OBSERVED", "T-ONE"},
		Cause:   "poll looks at the state when it is woken and remembers nothing: what was there in between is not reported. Observed signals accumulate over a wait.",
		Source:  "poll(2); Linux fs/select.c, do_poll",
		Timing:  "when the thread that was woken looks",
	}),
	shown(conformance.Divergence{
		Name:    NoUserSignals,
		Kinds:   allKinds,
		Clauses: []string{"S-LAST-HANDLE", "S-USER", "S-RIGHT", "S-PEER", "C-FRESH"},
		Cause:   "poll knows readable, writable and gone, and nothing that a program could set, or that says how many descriptors refer to the object. There is no way to signal a peer but to send it something.",
		Source:  "poll(2)",
	}),
	{
		Name:    FDReuse,
		Kinds:   allKinds,
		Clauses: []string{"X-STALE", "X-CLOSE", "W-HANDLE", "R-HANDLE", "T-MANY-BAD"},
		Cause:   "The lowest free number is handed out again at once, so that a stale descriptor silently names whatever was opened next, and small arithmetic on one gives another. Outside of a process of its own the adapter refuses such calls.",
		Source:  "open(2); POSIX.1-2024, 2.14 File Descriptor Allocation",
		Match:   func(s *conformance.Situation) bool { return explained(s) == FDReuse },
	},
}

// unseen are the differences that no result of a call shows, because the
// adapter has to choose one way of making it.
var unseen = []conformance.Divergence{
	{
		Name:    sigpipe,
		Kinds:   allKinds,
		Clauses: []string{"W-PEER-CLOSED"},
		Cause:   "A write to a peer that is gone also raises SIGPIPE, which ends a process that does nothing about it. MSG_NOSIGNAL keeps it away on sockets, and on a pipe the Go runtime ignores it for numbers above 2.",
		Source:  "write(2), EPIPE; send(2), MSG_NOSIGNAL; Go os/signal, SIGPIPE",
	},
	{
		Name:    truncationFlag,
		Kinds:   datagrams,
		Clauses: []string{"R-DGRAM"},
		Cause:   "recvmsg tells by MSG_TRUNC that a message was cut to fit, and recv with that flag tells its real length. A socket says nothing of the rest that it discards.",
		Source:  "recvmsg(2), MSG_TRUNC",
	},
}
