package inproc

import (
	"time"

	"mx.example/conformance"
	"mx.example/handle"
)

var _ conformance.PortProcess = process{}

// portOptions are those that make a port (P-CREATE).
var portOptions = [...]uint32{
	handle.Manual:     handle.PortVersion,
	handle.Kernel2017: handle.PortVersion,
	handle.Zircon:     0,
}

func (p process) NewPort(options *uint32) (handle.Handle, error) {
	if options == nil {
		options = &portOptions[p.Edition()]
	}
	return handle.NewPort(p.Table, *options)
}

func (p process) WaitPort(h handle.Handle, deadline time.Time, parked func()) (handle.Packet, error) {
	return p.Table.WaitPortFunc(h, deadline, parked)
}
