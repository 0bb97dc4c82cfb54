package posixfd

import (
	"mx.example/conformance"
	"mx.example/handle"
)

// The kinds, by the names that reports use.
const (
	UnixStream    = "unix-stream"
	UnixDgram     = "unix-dgram"
	UnixSeqpacket = "unix-seqpacket"
	TCP           = "tcp"
	UDP           = "udp"
	Pipe          = "pipe"
)

// kindNames is in the order in which reports list the kinds.
var kindNames = [...]string{UnixStream, UnixDgram, UnixSeqpacket, TCP, UDP, Pipe}

// keepsBoundaries reports whether a descriptor of the kind delivers messages.
// The others run them together, and no kind can do both.
func keepsBoundaries(kind string) bool {
	return kind == UnixDgram || kind == UnixSeqpacket || kind == UDP
}

// Backends returns one backend a kind of descriptor, also for the kinds that
// this host does not have: their Available says why.
func Backends() []conformance.Backend {
	backends := make([]conformance.Backend, len(kindNames))
	for i, name := range kindNames {
		backends[i] = &backend{kind: name}
	}
	return backends
}

// A backend is one kind of descriptor.
type backend struct {
	kind string
	// isolated says that this is the process of one case: see RunIsolated.
	isolated bool
}

func (b *backend) Name() string { return b.kind }

func (b *backend) Editions() []handle.Edition {
	return []handle.Edition{handle.Manual, handle.Kernel2017}
}
