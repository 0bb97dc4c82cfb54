package conformance_test

import (
	"time"

	"mx.example/conformance"
	"mx.example/conformance/inproc"
	"mx.example/handle"
	"mx.example/status"
)

// A mutant is the model with calls gone wrong. Each field that is not nil is
// made in place of the call, and may make the call itself.
type mutant struct {
	name string
	only []handle.Edition // nil: those of the model

	create     func(p *mutantProcess, options uint32, capacity *uint64) (handle.Handle, handle.Handle, error)
	write      func(p *mutantProcess, h handle.Handle, options uint32, b []byte) (int, error)
	read       func(p *mutantProcess, h handle.Handle, options uint32, b []byte) (int, error)
	query      func(p *mutantProcess, h handle.Handle) (int, error)
	close      func(p *mutantProcess, h handle.Handle) error
	duplicate  func(p *mutantProcess, h handle.Handle, r handle.Rights) (handle.Handle, error)
	info       func(p *mutantProcess, h handle.Handle) (handle.Info, error)
	signal     func(p *mutantProcess, h handle.Handle, clear, set handle.Signals) error
	waitOne    func(p *mutantProcess, h handle.Handle, s handle.Signals, until time.Time, parked func()) (handle.Signals, error)
	waitMany   func(p *mutantProcess, items []handle.WaitItem, until time.Time, parked func()) error
	writeRaw   func(p *mutantProcess, h handle.Handle, options uint32, addr uintptr, size uint64, actual *uint64) error
	readRaw    func(p *mutantProcess, h handle.Handle, options uint32, addr uintptr, size uint64, actual *uint64) error
	newProcess func(k *mutantKernel, l conformance.Limits) (conformance.Process, error)
	boot       func(e handle.Edition) (conformance.Kernel, error)
	closeAll   func(k *mutantKernel) error
}

func (b *mutant) Name() string {
	if b.name == "" {
		return "mutant"
	}
	return b.name
}

func (b *mutant) Editions() []handle.Edition {
	if b.only != nil {
		return b.only
	}
	return inproc.Backend().Editions()
}

func (b *mutant) Available() error { return nil }

func (b *mutant) Boot(e handle.Edition) (conformance.Kernel, error) {
	if b.boot != nil {
		return b.boot(e)
	}
	k, err := inproc.Backend().Boot(e)
	return &mutantKernel{Kernel: k, mutant: b, peers: make(map[handle.Handle]handle.Handle)}, err
}

// A mutantKernel keeps what a call gone wrong may need.
type mutantKernel struct {
	conformance.Kernel
	mutant *mutant
	peers  map[handle.Handle]handle.Handle // of the handles that create made
	last   handle.Handle                   // the first that the last create made
	count  int                             // for what the call gone wrong counts
}

func (k *mutantKernel) NewProcess(l conformance.Limits) (conformance.Process, error) {
	if k.mutant.newProcess != nil {
		return k.mutant.newProcess(k, l)
	}
	p, err := k.Kernel.NewProcess(l)
	if err != nil {
		return nil, err
	}
	return &mutantProcess{p.(conformance.RawProcess), k, k.mutant}, nil
}

func (k *mutantKernel) Close() error {
	if k.mutant.closeAll != nil {
		return k.mutant.closeAll(k)
	}
	return k.Kernel.Close()
}

type mutantProcess struct {
	conformance.RawProcess // the straight calls
	k                      *mutantKernel
	mutant                 *mutant
}

func (p *mutantProcess) Create(options uint32, capacity *uint64) (a, b handle.Handle, err error) {
	if p.mutant.create != nil {
		a, b, err = p.mutant.create(p, options, capacity)
	} else {
		a, b, err = p.RawProcess.Create(options, capacity)
	}
	if err == nil {
		p.k.peers[a], p.k.peers[b], p.k.last = b, a, a
	}
	return a, b, err
}

func (p *mutantProcess) Write(h handle.Handle, options uint32, b []byte) (int, error) {
	if p.mutant.write != nil {
		return p.mutant.write(p, h, options, b)
	}
	return p.RawProcess.Write(h, options, b)
}

func (p *mutantProcess) Read(h handle.Handle, options uint32, b []byte) (int, error) {
	if p.mutant.read != nil {
		return p.mutant.read(p, h, options, b)
	}
	return p.RawProcess.Read(h, options, b)
}

func (p *mutantProcess) Outstanding(h handle.Handle) (int, error) {
	if p.mutant.query != nil {
		return p.mutant.query(p, h)
	}
	return p.RawProcess.Outstanding(h)
}

func (p *mutantProcess) Close(h handle.Handle) error {
	if p.mutant.close != nil {
		return p.mutant.close(p, h)
	}
	return p.RawProcess.Close(h)
}

func (p *mutantProcess) Duplicate(h handle.Handle, r handle.Rights) (handle.Handle, error) {
	if p.mutant.duplicate != nil {
		return p.mutant.duplicate(p, h, r)
	}
	return p.RawProcess.Duplicate(h, r)
}

func (p *mutantProcess) Transfer(h handle.Handle, to conformance.Process) (handle.Handle, error) {
	return p.RawProcess.Transfer(h, to.(*mutantProcess).RawProcess)
}

func (p *mutantProcess) Info(h handle.Handle) (handle.Info, error) {
	if p.mutant.info != nil {
		return p.mutant.info(p, h)
	}
	return p.RawProcess.Info(h)
}

func (p *mutantProcess) Signal(h handle.Handle, clear, set handle.Signals) error {
	if p.mutant.signal != nil {
		return p.mutant.signal(p, h, clear, set)
	}
	return p.RawProcess.Signal(h, clear, set)
}

func (p *mutantProcess) WaitOne(h handle.Handle, s handle.Signals, until time.Time, parked func()) (handle.Signals, error) {
	if p.mutant.waitOne != nil {
		return p.mutant.waitOne(p, h, s, until, parked)
	}
	return p.RawProcess.WaitOne(h, s, until, parked)
}

func (p *mutantProcess) WaitMany(items []handle.WaitItem, until time.Time, parked func()) error {
	if p.mutant.waitMany != nil {
		return p.mutant.waitMany(p, items, until, parked)
	}
	return p.RawProcess.WaitMany(items, until, parked)
}

func (p *mutantProcess) WriteRaw(h handle.Handle, options uint32, addr uintptr, size uint64, actual *uint64) error {
	if p.mutant.writeRaw != nil {
		return p.mutant.writeRaw(p, h, options, addr, size, actual)
	}
	return p.RawProcess.WriteRaw(h, options, addr, size, actual)
}

func (p *mutantProcess) ReadRaw(h handle.Handle, options uint32, addr uintptr, size uint64, actual *uint64) error {
	if p.mutant.readRaw != nil {
		return p.mutant.readRaw(p, h, options, addr, size, actual)
	}
	return p.RawProcess.ReadRaw(h, options, addr, size, actual)
}

// halfClose is the option of Write.
const halfClose = 1

// unless is err, or instead of one status another.
func unless(err error, is, instead status.Status) error {
	if err == is {
		return instead.Err()
	}
	return err
}
