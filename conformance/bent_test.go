package conformance_test

import (
	"time"

	"mx.example/conformance"
	"mx.example/conformance/inproc"
	"mx.example/handle"
	"mx.example/status"
)

// A bent backend is the model with calls bent out of shape. Each field that is
// not nil is made in place of the call, and may make the call itself.
type bent struct {
	name string
	only []handle.Edition // nil: those of the model

	create     func(p *bentProcess, options uint32, capacity *uint64) (handle.Handle, handle.Handle, error)
	write      func(p *bentProcess, h handle.Handle, options uint32, b []byte) (int, error)
	read       func(p *bentProcess, h handle.Handle, options uint32, b []byte) (int, error)
	query      func(p *bentProcess, h handle.Handle) (int, error)
	close      func(p *bentProcess, h handle.Handle) error
	duplicate  func(p *bentProcess, h handle.Handle, r handle.Rights) (handle.Handle, error)
	info       func(p *bentProcess, h handle.Handle) (handle.Info, error)
	signal     func(p *bentProcess, h handle.Handle, clear, set handle.Signals) error
	waitOne    func(p *bentProcess, h handle.Handle, s handle.Signals, until time.Time, parked func()) (handle.Signals, error)
	waitMany   func(p *bentProcess, items []handle.WaitItem, until time.Time, parked func()) error
	writeRaw   func(p *bentProcess, h handle.Handle, options uint32, addr uintptr, size uint64, actual *uint64) error
	readRaw    func(p *bentProcess, h handle.Handle, options uint32, addr uintptr, size uint64, actual *uint64) error
	newProcess func(k *bentKernel, l conformance.Limits) (conformance.Process, error)
	boot       func(e handle.Edition) (conformance.Kernel, error)
	closeAll   func(k *bentKernel) error
}

func (b *bent) Name() string {
	if b.name == "" {
		return "bent"
	}
	return b.name
}

func (b *bent) Editions() []handle.Edition {
	if b.only != nil {
		return b.only
	}
	return inproc.Backend().Editions()
}

func (b *bent) Available() error { return nil }

func (b *bent) Boot(e handle.Edition) (conformance.Kernel, error) {
	if b.boot != nil {
		return b.boot(e)
	}
	k, err := inproc.Backend().Boot(e)
	return &bentKernel{Kernel: k, bent: b, peers: make(map[handle.Handle]handle.Handle)}, err
}

// A bentKernel keeps what a bent call may need.
type bentKernel struct {
	conformance.Kernel
	bent  *bent
	peers map[handle.Handle]handle.Handle // of the handles that create made
	last  handle.Handle                   // the first that the last create made
	count int                             // for whatever the bent call counts
}

func (k *bentKernel) NewProcess(l conformance.Limits) (conformance.Process, error) {
	if k.bent.newProcess != nil {
		return k.bent.newProcess(k, l)
	}
	p, err := k.Kernel.NewProcess(l)
	if err != nil {
		return nil, err
	}
	return &bentProcess{p.(conformance.RawProcess), k, k.bent}, nil
}

func (k *bentKernel) Close() error {
	if k.bent.closeAll != nil {
		return k.bent.closeAll(k)
	}
	return k.Kernel.Close()
}

type bentProcess struct {
	conformance.RawProcess // the straight calls
	k                      *bentKernel
	bent                   *bent
}

func (p *bentProcess) Create(options uint32, capacity *uint64) (a, b handle.Handle, err error) {
	if p.bent.create != nil {
		a, b, err = p.bent.create(p, options, capacity)
	} else {
		a, b, err = p.RawProcess.Create(options, capacity)
	}
	if err == nil {
		p.k.peers[a], p.k.peers[b], p.k.last = b, a, a
	}
	return a, b, err
}

func (p *bentProcess) Write(h handle.Handle, options uint32, b []byte) (int, error) {
	if p.bent.write != nil {
		return p.bent.write(p, h, options, b)
	}
	return p.RawProcess.Write(h, options, b)
}

func (p *bentProcess) Read(h handle.Handle, options uint32, b []byte) (int, error) {
	if p.bent.read != nil {
		return p.bent.read(p, h, options, b)
	}
	return p.RawProcess.Read(h, options, b)
}

func (p *bentProcess) Outstanding(h handle.Handle) (int, error) {
	if p.bent.query != nil {
		return p.bent.query(p, h)
	}
	return p.RawProcess.Outstanding(h)
}

func (p *bentProcess) Close(h handle.Handle) error {
	if p.bent.close != nil {
		return p.bent.close(p, h)
	}
	return p.RawProcess.Close(h)
}

func (p *bentProcess) Duplicate(h handle.Handle, r handle.Rights) (handle.Handle, error) {
	if p.bent.duplicate != nil {
		return p.bent.duplicate(p, h, r)
	}
	return p.RawProcess.Duplicate(h, r)
}

func (p *bentProcess) Transfer(h handle.Handle, to conformance.Process) (handle.Handle, error) {
	return p.RawProcess.Transfer(h, to.(*bentProcess).RawProcess)
}

func (p *bentProcess) Info(h handle.Handle) (handle.Info, error) {
	if p.bent.info != nil {
		return p.bent.info(p, h)
	}
	return p.RawProcess.Info(h)
}

func (p *bentProcess) Signal(h handle.Handle, clear, set handle.Signals) error {
	if p.bent.signal != nil {
		return p.bent.signal(p, h, clear, set)
	}
	return p.RawProcess.Signal(h, clear, set)
}

func (p *bentProcess) WaitOne(h handle.Handle, s handle.Signals, until time.Time, parked func()) (handle.Signals, error) {
	if p.bent.waitOne != nil {
		return p.bent.waitOne(p, h, s, until, parked)
	}
	return p.RawProcess.WaitOne(h, s, until, parked)
}

func (p *bentProcess) WaitMany(items []handle.WaitItem, until time.Time, parked func()) error {
	if p.bent.waitMany != nil {
		return p.bent.waitMany(p, items, until, parked)
	}
	return p.RawProcess.WaitMany(items, until, parked)
}

func (p *bentProcess) WriteRaw(h handle.Handle, options uint32, addr uintptr, size uint64, actual *uint64) error {
	if p.bent.writeRaw != nil {
		return p.bent.writeRaw(p, h, options, addr, size, actual)
	}
	return p.RawProcess.WriteRaw(h, options, addr, size, actual)
}

func (p *bentProcess) ReadRaw(h handle.Handle, options uint32, addr uintptr, size uint64, actual *uint64) error {
	if p.bent.readRaw != nil {
		return p.bent.readRaw(p, h, options, addr, size, actual)
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
