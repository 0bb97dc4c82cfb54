//go:build linux || darwin || freebsd

package posixfd

import (
	"fmt"

	"mx.example/conformance"
	"mx.example/conformance/posixfd/hostmodel"
	"mx.example/handle"
)

// The calls without a counterpart, each with the name of the difference that
// says why.

func (p *process) NewEvent() (handle.Handle, error) {
	return 0, &conformance.Unsupported{Divergence: hostmodel.NoEvents,
		Why: "no descriptor is an event: an object with user signals and no data"}
}

func (p *process) Replace(handle.Handle, handle.Rights) (handle.Handle, error) {
	return 0, &conformance.Unsupported{Divergence: hostmodel.NoReplace,
		Why: "no call moves a descriptor to a fresh number and ends the old one in the same instant"}
}

func (p *process) Transfer(handle.Handle, conformance.Process) (handle.Handle, error) {
	return 0, oneTable("move a descriptor to")
}

func (p *process) Info(handle.Handle) (handle.Info, error) {
	return handle.Info{}, &conformance.Unsupported{Divergence: hostmodel.NoKoid,
		Why: "fstat tells a device and an inode number, which are used again, and nothing of a peer"}
}

func (p *process) Signal(handle.Handle, handle.Signals, handle.Signals) error {
	return noSignals("to set or clear")
}

func (p *process) SignalPeer(handle.Handle, handle.Signals, handle.Signals) error {
	return noSignals("to set or clear at the peer")
}

// ChurnObjects makes no object: an event has no counterpart.
func (p *process) ChurnObjects(uint64) ([]handle.Koid, error) {
	_, err := p.NewEvent()
	return nil, err
}

func (p *process) CloseAll() error { return oneTable("end while the program goes on") }

func (p *process) Holds(handle.Handle) (handle.Holding, error) {
	return handle.Holding{}, &conformance.Unsupported{Divergence: hostmodel.NoKoid,
		Why: "nothing tells how many descriptors refer to an object, or what waits for it"}
}

func noSignals(what string) error {
	return &conformance.Unsupported{Divergence: hostmodel.NoUserSignals,
		Why: "a descriptor has no signals " + what + ": poll knows readable, writable and gone"}
}

func oneTable(what string) error {
	return &conformance.Unsupported{Divergence: hostmodel.OneTable,
		Why: "a process has one descriptor table: there is none to " + what}
}

func fixedMode(kind string, options uint32) error {
	return &conformance.Unsupported{Divergence: hostmodel.FixedMode,
		Why: fmt.Sprintf("the kind is the mode: options %d do not make a %s", options, kind)}
}

func noOption(call string, options uint32) error {
	return &conformance.Unsupported{Divergence: hostmodel.NoOptions,
		Why: fmt.Sprintf("options %#x together with a buffer are no flags of %s: half close is a call of its own", options, call)}
}

func noRights(r handle.Rights) error {
	return &conformance.Unsupported{Divergence: hostmodel.FixedRights,
		Why: fmt.Sprintf("dup copies what the descriptor can do: the rights %#x cannot be asked for", uint32(r))}
}

func noActual() error {
	return &conformance.Unsupported{Divergence: hostmodel.CountReturned,
		Why: "the count is what the call returns: there is no pointer to it that could be null or bad"}
}

func pipeDuplicated() error {
	return &conformance.Unsupported{Divergence: hostmodel.PipeDupKeepsOpen,
		Why: "the end of the pipe has a duplicate: closing one of them ends nothing"}
}

func foreign(h handle.Handle) error {
	return &conformance.Unsupported{Divergence: hostmodel.FDReuse,
		Why: fmt.Sprintf("%d is no descriptor of this case: the number may belong to the program that runs it", int32(h))}
}
