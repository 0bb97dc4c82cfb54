package hostmodel

import (
	"mx.example/conformance"
	"mx.example/status"
)

// endings are the differences about the end of a direction, or of a peer.
var endings = []conformance.Divergence{
	shown(conformance.Divergence{
		Name:    eofIsZero,
		Kinds:   withEOF,
		Clauses: []string{"R-CLOSED", "R-ENDED", "H-DRAIN"},
		Cause:   "The end of a stream is a read of 0 bytes, which is a success. Whether the peer has ended its direction or is gone cannot be told from it.",
		Source:  "read(2), recv(2), RETURN VALUE; Linux net/unix/af_unix.c, unix_stream_read_generic",
	}),
	shown(conformance.Divergence{
		Name:    halfCloseStatus,
		Kinds:   allKinds,
		Clauses: []string{"W-BAD-STATE", "H-DIRECTION"},
		Cause:   "A write in a direction that has been shut down is EPIPE, whoever shut it down. A peer that is gone is EPIPE too, so there is no counterpart to BAD_STATE.",
		Source:  "send(2), EPIPE; Linux net/unix/af_unix.c, unix_stream_sendmsg; net/ipv4/tcp.c, tcp_sendmsg_locked",
	}),
	shown(conformance.Divergence{
		Name:    halfCloseLate,
		Kinds:   allKinds,
		Clauses: []string{"H-AFTER-CLOSE"},
		Cause:   "shutdown marks the socket itself and does not ask whether anybody is at the other end, and an end of a pipe can always be closed. Only a tcp connection that has been reset answers ENOTCONN.",
		Source:  "shutdown(2); Linux net/unix/af_unix.c, unix_shutdown; net/ipv4/af_inet.c, inet_shutdown",
	}),
	shown(conformance.Divergence{
		Name:    shutdownRdSilent,
		Kinds:   []string{TCP, UDP},
		Clauses: []string{"H-DIRECTION", "W-BAD-STATE"},
		Cause:   "SHUT_RD is a matter of the socket itself: nothing in TCP or UDP tells the peer, which goes on writing. What it writes still arrives and is read.",
		Source:  "shutdown(2); RFC 9293, 3.6; Linux net/ipv4/tcp.c, tcp_shutdown, which looks at SEND_SHUTDOWN only",
	}),
	shown(conformance.Divergence{
		Name:    shutdownTwice,
		Kinds:   []string{TCP},
		Clauses: []string{"H-TWICE"},
		Cause:   "Once both directions have ended, or the connection was reset, the socket is in state CLOSE. shutdown then is ENOTCONN though the direction has ended, as it was asked to.",
		Source:  "Linux net/ipv4/af_inet.c, inet_shutdown, case TCP_CLOSE",
	}),
	shown(conformance.Divergence{
		Name:    goneUnnoticed,
		Kinds:   []string{TCP, UDP},
		Clauses: []string{"W-PEER-CLOSED", "X-LAST"},
		Cause:   "A sender learns that its peer is gone from the answer to what it sent: an RST, or an ICMP message that the port is unreachable. The write that provokes the answer is accepted, and its bytes are lost.",
		Source:  "RFC 9293, 3.10.7.4; udp(7), ECONNREFUSED; Linux net/ipv4/udp.c, __udp4_lib_err",
		Errnos:  []status.Errno{eCONNRESET},
	}),
	shown(conformance.Divergence{
		Name:    unreadDataReset,
		Kinds:   []string{UnixStream, UnixSeqpacket, TCP},
		Clauses: []string{"R-AFTER-CLOSE", "R-CLOSED", "W-PEER-CLOSED", "R-QUERY", "S-READABLE"},
		Cause:   "A close with unread bytes leaves ECONNRESET at the peer, which a unix-stream socket reports once, between its last byte and the end, and a seqpacket socket ahead of the messages that it has to read. A tcp connection is reset, and what was still on its way to the peer is lost.",
		Source:  "RFC 1122, 4.2.2.13; Linux net/unix/af_unix.c, unix_release_sock, unix_stream_read_generic; net/ipv4/tcp.c, tcp_close",
		Errnos:  []status.Errno{eCONNRESET},
	}),
	shown(conformance.Divergence{
		Name:    refusedLate,
		Kinds:   []string{UDP},
		Clauses: []string{"R-AFTER-CLOSE"},
		Cause:   "The ICMP answer to an earlier write is an error of the socket, and whatever call comes next reports it. A read does so ahead of the datagrams that it could deliver.",
		Source:  "udp(7), ERRORS; Linux net/ipv4/udp.c, __skb_recv_udp",
	}),
	shown(conformance.Divergence{
		Name:    refusedPurges,
		Kinds:   []string{UnixDgram},
		Clauses: []string{"R-AFTER-CLOSE"},
		Cause:   "The first send after the peer is gone is ECONNREFUSED, breaks the association, so that later ones are ENOTCONN, and drops everything received before. Messages of a peer that is gone are lost so.",
		Source:  "Linux net/unix/af_unix.c, unix_dgram_disconnected",
	}),
	shown(conformance.Divergence{
		Name:    dgramNoEOF,
		Kinds:   []string{UnixDgram, UDP},
		Clauses: []string{"R-CLOSED", "R-ENDED", "S-PEER-CLOSED", "H-SIGNALS"},
		Cause:   "A datagram socket has no end of stream: nothing arrives when the peer shuts down or goes away, and a reader is told EAGAIN as if more might come. After its own SHUT_RD it is told the same.",
		Source:  "unix(7), udp(7); Linux net/unix/af_unix.c, unix_release_sock, which tells stream and seqpacket peers only",
	}),
	shown(conformance.Divergence{
		Name:    pipeHalfClose,
		Kinds:   []string{Pipe},
		Clauses: []string{"H-DIRECTION", "H-TWICE", "H-DRAIN", "H-SIGNALS", "R-ENDED", "R-QUERY", "W-BAD-STATE"},
		Cause:   "A pipe has no shutdown, so its end is closed instead: what the pipe held is gone with its reader, and calls on the closed end have no descriptor any more and are EBADF. Nor is there anything left for poll to see.",
		Source:  "pipe(7); Linux fs/pipe.c, pipe_release",
	}),
}
