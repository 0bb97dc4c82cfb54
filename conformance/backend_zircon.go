package conformance

import (
	"mx.example/conformance/trace"
	"mx.example/handle"
)

// A ZirconProcess is a Process that also has the calls which came with Zircon:
// the clauses Z-. A case that needs those is unsupported on a Process that is
// none.
type ZirconProcess interface {
	Process

	// SetDisposition says whether the endpoint of h may write, and whether its
	// peer may: 0 leaves it, 1 disables, 2 enables, and other values are to be
	// refused (Z-DISPOSITION).
	SetDisposition(h handle.Handle, mine, peers uint32) error

	// GetProperty and SetProperty are about the thresholds of a socket, and
	// properties that there are none of (Z-THRESHOLD).
	GetProperty(h handle.Handle, p handle.Property) (value uint64, err error)
	SetProperty(h handle.Handle, p handle.Property, value uint64) error

	// SocketInfo is the topic of sockets (Z-INFO).
	SocketInfo(h handle.Handle) (trace.SocketInfo, error)
}
