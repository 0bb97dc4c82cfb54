//go:build linux || darwin || freebsd

package posixfd

import (
	"time"

	"mx.example/conformance"
	"mx.example/conformance/posixfd/hostmodel"
	"mx.example/handle"
)

// A process has no ports. It says so in each of their calls, since a call
// without a counterpart has to give the name of the difference.
var _ conformance.PortProcess = (*process)(nil)

func (p *process) NewPort(*uint32) (handle.Handle, error) { return 0, withoutPorts() }

func (p *process) QueuePacket(handle.Handle, *handle.Packet) error { return withoutPorts() }

func (p *process) WaitPort(handle.Handle, time.Time, func()) (handle.Packet, error) {
	return handle.Packet{}, withoutPorts()
}

func (p *process) WaitAsync(h, port handle.Handle, key uint64, s handle.Signals, options uint32) error {
	return withoutPorts()
}

func (p *process) CancelAsync(h, port handle.Handle, key uint64) error { return withoutPorts() }

func withoutPorts() error {
	return &conformance.Unsupported{Divergence: hostmodel.NoPorts,
		Why: "no descriptor is a queue of packets: epoll keeps a set of descriptors and queues nothing"}
}
