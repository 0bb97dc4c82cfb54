package hostmodel

import "slices"

// The kinds of descriptors, by the names that reports use.
const (
	UnixStream    = "unix-stream"
	UnixDgram     = "unix-dgram"
	UnixSeqpacket = "unix-seqpacket"
	TCP           = "tcp"
	UDP           = "udp"
	Pipe          = "pipe"
)

// Kinds returns the kinds in the order in which reports list them.
func Kinds() []string { return slices.Clone(allKinds) }

// KeepsBoundaries reports whether a descriptor of the kind delivers messages.
// The others run them together, and no kind can do both.
func KeepsBoundaries(kind string) bool {
	return kind == UnixDgram || kind == UnixSeqpacket || kind == UDP
}

// The kinds that divergences are about.
var (
	allKinds  = []string{UnixStream, UnixDgram, UnixSeqpacket, TCP, UDP, Pipe}
	sockets   = []string{UnixStream, UnixDgram, UnixSeqpacket, TCP, UDP}
	datagrams = []string{UnixDgram, UnixSeqpacket, UDP}
	hangUp    = []string{UnixStream, UnixSeqpacket, TCP, UDP, Pipe} // that show POLLHUP or POLLERR
	withEOF   = []string{UnixStream, UnixSeqpacket, TCP, Pipe}
)
