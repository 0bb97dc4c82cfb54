package hostmodel

import "mx.example/conformance"

// messages are the differences of the kinds that keep the boundaries of
// messages.
var messages = []conformance.Divergence{
	shown(conformance.Divergence{
		Name:    dgramTooBig,
		Kinds:   datagrams,
		Clauses: []string{"W-DGRAM-TOO-BIG", "W-DGRAM-ATOMIC", "W-HUGE"},
		Cause:   "A message that can never be sent as a whole is EMSGSIZE, at once and for ever, whatever else is the matter. The limit is the send buffer, or what an IPv4 datagram carries.",
		Source:  "send(2), EMSGSIZE; Linux net/unix/af_unix.c, unix_dgram_sendmsg; net/ipv4/udp.c, udp_sendmsg",
	}),
	shown(conformance.Divergence{
		Name:    dgramLossy,
		Kinds:   []string{UDP},
		Clauses: []string{"W-FULL", "W-DGRAM-ATOMIC", "W-ORDER", "R-DGRAM", "S-READABLE", "S-WRITABLE"},
		Cause:   "udp has no flow control: a datagram that the receiver has no room for is dropped without a word, and the sender is told that it was sent. So a write is never refused, and a later read skips what was lost.",
		Source:  "udp(7); Linux net/ipv4/udp.c, __udp_enqueue_schedule_skb",
		Timing:  "whether the receiver has freed the memory of what it read",
	}),
	shown(conformance.Divergence{
		Name:    emptyDatagram,
		Kinds:   datagrams,
		Clauses: []string{"W-ZERO", "R-EMPTY", "R-CLOSED", "R-DGRAM", "R-QUERY", "S-READABLE"},
		Cause:   "Sending 0 bytes sends a message of 0 bytes, which is queued, charged for and read like any other. On a seqpacket socket its read looks like the end of the stream.",
		Source:  "send(2), udp(7); POSIX.1-2024, recv",
	}),
	shown(conformance.Divergence{
		Name:    zeroReadTakes,
		Kinds:   datagrams,
		Clauses: []string{"R-ZERO", "R-DGRAM", "R-QUERY", "S-READABLE"},
		Cause:   "A read of 0 bytes takes the first message and cuts it to nothing, as any read with too small a buffer cuts it. A socket leaves it in place.",
		Source:  "recv(2), MSG_TRUNC; Linux net/unix/af_unix.c, __unix_dgram_recvmsg",
	}),
	shown(conformance.Divergence{
		Name:    queryFirst,
		Kinds:   []string{UnixDgram, UDP},
		Clauses: []string{"R-QUERY"},
		Cause:   "FIONREAD tells the size of the first message, which is what a reader needs to know to make room for it. Nothing tells the sum, nor how many there are.",
		Source:  "unix(7), SIOCINQ; udp(7), FIONREAD; Linux net/unix/af_unix.c, unix_inq_len",
	}),
}
