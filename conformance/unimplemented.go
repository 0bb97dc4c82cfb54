package conformance

import (
	"time"

	"mx.example/handle"
)

// Unimplemented is a [PortProcess] without any call: each is [Unsupported].
// Embed it in a Process to write the calls one after the other; until a call
// is there, the cases that make it are skipped.
type Unimplemented struct{}

var _ PortProcess = Unimplemented{}

func missing(call string) error {
	return &Unsupported{Why: call + " is not implemented"}
}

// Create is unsupported.
func (Unimplemented) Create(options uint32, capacity *uint64) (a, b handle.Handle, err error) {
	return 0, 0, missing("Create")
}

// NewEvent is unsupported.
func (Unimplemented) NewEvent() (handle.Handle, error) { return 0, missing("NewEvent") }

// Write is unsupported.
func (Unimplemented) Write(h handle.Handle, options uint32, p []byte) (int, error) {
	return 0, missing("Write")
}

// Read is unsupported.
func (Unimplemented) Read(h handle.Handle, options uint32, p []byte) (int, error) {
	return 0, missing("Read")
}

// Outstanding is unsupported.
func (Unimplemented) Outstanding(h handle.Handle) (int, error) { return 0, missing("Outstanding") }

// Close is unsupported.
func (Unimplemented) Close(h handle.Handle) error { return missing("Close") }

// Duplicate is unsupported.
func (Unimplemented) Duplicate(h handle.Handle, r handle.Rights) (handle.Handle, error) {
	return 0, missing("Duplicate")
}

// Replace is unsupported.
func (Unimplemented) Replace(h handle.Handle, r handle.Rights) (handle.Handle, error) {
	return 0, missing("Replace")
}

// Transfer is unsupported.
func (Unimplemented) Transfer(h handle.Handle, to Process) (handle.Handle, error) {
	return 0, missing("Transfer")
}

// Info is unsupported.
func (Unimplemented) Info(h handle.Handle) (handle.Info, error) {
	return handle.Info{}, missing("Info")
}

// Signal is unsupported.
func (Unimplemented) Signal(h handle.Handle, clear, set handle.Signals) error {
	return missing("Signal")
}

// SignalPeer is unsupported.
func (Unimplemented) SignalPeer(h handle.Handle, clear, set handle.Signals) error {
	return missing("SignalPeer")
}

// WaitOne is unsupported.
func (Unimplemented) WaitOne(h handle.Handle, s handle.Signals, deadline time.Time, parked func()) (handle.Signals, error) {
	return 0, missing("WaitOne")
}

// NewPort is unsupported.
func (Unimplemented) NewPort(options *uint32) (handle.Handle, error) { return 0, missing("NewPort") }

// QueuePacket is unsupported.
func (Unimplemented) QueuePacket(port handle.Handle, pk *handle.Packet) error {
	return missing("QueuePacket")
}

// WaitPort is unsupported.
func (Unimplemented) WaitPort(port handle.Handle, deadline time.Time, parked func()) (handle.Packet, error) {
	return handle.Packet{}, missing("WaitPort")
}

// WaitAsync is unsupported.
func (Unimplemented) WaitAsync(h, port handle.Handle, key uint64, s handle.Signals, options uint32) error {
	return missing("WaitAsync")
}

// CancelAsync is unsupported.
func (Unimplemented) CancelAsync(h, port handle.Handle, key uint64) error {
	return missing("CancelAsync")
}

// WaitMany is unsupported.
func (Unimplemented) WaitMany(items []handle.WaitItem, deadline time.Time, parked func()) error {
	return missing("WaitMany")
}
