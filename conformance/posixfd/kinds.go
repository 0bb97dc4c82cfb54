package posixfd

import (
	"mx.example/conformance"
	"mx.example/conformance/posixfd/hostmodel"
	"mx.example/handle"
)

// The kinds, by the names that reports use.
const (
	UnixStream    = hostmodel.UnixStream
	UnixDgram     = hostmodel.UnixDgram
	UnixSeqpacket = hostmodel.UnixSeqpacket
	TCP           = hostmodel.TCP
	UDP           = hostmodel.UDP
	Pipe          = hostmodel.Pipe
)

// Backends returns one backend a kind of descriptor, also for the kinds that
// this host does not have: their Available says why.
func Backends() []conformance.Backend {
	var backends []conformance.Backend
	for _, kind := range hostmodel.Kinds() {
		backends = append(backends, &backend{kind: kind})
	}
	return backends
}

// Divergences returns the catalogue: every way in which descriptors are known
// to differ from the contract.
func Divergences() []conformance.Divergence { return hostmodel.Catalogue() }

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

var (
	_ conformance.Shadower = (*backend)(nil)
	_ conformance.Hosted   = (*backend)(nil)
)

// Divergences returns the part of the catalogue that is about the kind.
func (b *backend) Divergences() []conformance.Divergence { return hostmodel.DivergencesOf(b.kind) }

// NewShadow returns the model of a kernel that has made no descriptor yet.
func (b *backend) NewShadow(e handle.Edition) conformance.Shadow { return hostmodel.New(b.kind, e) }

// Refusal says what this machine has refused to a case.
func (b *backend) Refusal(s *conformance.Situation) string { return hostmodel.Refusal(s) }

// Missing are the calls that loop: every descriptor here is one that does not
// block.
func (b *backend) Missing() []conformance.Part {
	return []conformance.Part{conformance.PartBlockingCalls}
}
