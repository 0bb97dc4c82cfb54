// Package inproc makes the sockets of package mxsocket a backend of the
// conformance suite.
package inproc

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"mx.example/conformance"
	"mx.example/handle"
	"mx.example/mxsocket"
)

// Name is the kind of the backend.
const Name = "mx"

// Backend returns the model as a backend. It follows every edition there is
// and is available everywhere. Its processes are [conformance.RawProcess].
func Backend() conformance.Backend { return BackendWith() }

// BackendWith is Backend whose tables are made with the options, too, such as
// [handle.WithHook].
func BackendWith(opts ...handle.Option) conformance.Backend { return &backend{opts} }

type backend struct{ opts []handle.Option }

func (*backend) Name() string               { return Name }
func (*backend) Editions() []handle.Edition { return handle.Editions() }
func (*backend) Available() error           { return nil }
func (*backend) About() string              { return "package mxsocket, in this process" }

func (b *backend) Boot(e handle.Edition) (conformance.Kernel, error) {
	return &kernel{edition: e, opts: b.opts}, nil
}

// A kernel is the tables of one case.
type kernel struct {
	edition handle.Edition
	opts    []handle.Option
	mu      sync.Mutex
	tables  []*handle.Table
}

// NewProcess makes a handle table.
func (k *kernel) NewProcess(l conformance.Limits) (conformance.Process, error) {
	e := k.edition
	if l.Edition != nil {
		e = *l.Edition
	}
	opts := append(slices.Clone(k.opts), handle.WithEdition(e))
	if l.Handles > handle.MaxHandles {
		return nil, fmt.Errorf("a table of %d handles: %d are the most", l.Handles, handle.MaxHandles)
	}
	if l.Handles != 0 {
		opts = append(opts, handle.WithHandleLimit(int(l.Handles)))
	}
	if l.HasMemory {
		opts = append(opts, handle.WithMemoryLimit(l.Memory))
	}
	t := handle.NewTable(opts...)
	k.mu.Lock()
	k.tables = append(k.tables, t)
	k.mu.Unlock()
	return process{t}, nil
}

// Close closes every handle of every table, which ends the waits on them.
func (k *kernel) Close() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, t := range k.tables {
		t.CloseAll()
	}
	k.tables = nil
	return nil
}

// A process is a handle table. Its methods that are not here are the table's.
type process struct{ *handle.Table }

var (
	_ conformance.RawProcess           = process{}
	_ conformance.BlockingAwareProcess = process{}
	_ conformance.BlockingProcess      = process{}
	_ conformance.CloseAllProcess      = process{}
	_ conformance.HoldingProcess       = process{}
)

func (p process) Create(options uint32, capacity *uint64) (a, b handle.Handle, err error) {
	if capacity == nil {
		return mxsocket.Create(p.Table, options)
	}
	return mxsocket.Create(p.Table, options, mxsocket.WithCapacity(*capacity))
}

func (p process) NewEvent() (handle.Handle, error) { return handle.NewEvent(p.Table) }

func (p process) Write(h handle.Handle, options uint32, b []byte) (int, error) {
	return mxsocket.Write(p.Table, h, options, b)
}

func (p process) Read(h handle.Handle, options uint32, b []byte) (int, error) {
	return mxsocket.Read(p.Table, h, options, b)
}

func (p process) Outstanding(h handle.Handle) (int, error) {
	return mxsocket.Outstanding(p.Table, h)
}

func (p process) WriteRaw(h handle.Handle, options uint32, addr uintptr, size uint64, actual *uint64) error {
	return mxsocket.WriteRaw(p.Table, h, options, addr, size, actual)
}

func (p process) ReadRaw(h handle.Handle, options uint32, addr uintptr, size uint64, actual *uint64) error {
	return mxsocket.ReadRaw(p.Table, h, options, addr, size, actual)
}

func (p process) Transfer(h handle.Handle, to conformance.Process) (handle.Handle, error) {
	dst, ok := to.(process)
	if !ok {
		return 0, fmt.Errorf("transfer to a %T, which is no process of this kernel", to)
	}
	return p.Table.Transfer(h, dst.Table)
}

func (p process) WaitOne(h handle.Handle, s handle.Signals, deadline time.Time, parked func()) (handle.Signals, error) {
	return p.Table.WaitOneFunc(h, s, deadline, parked)
}

// CloseAll closes every handle of the table.
func (p process) CloseAll() error {
	p.Table.CloseAll()
	return nil
}

// Attended is the process itself: a wait of the model that is to return does.
// That it is there says that every wait that blocks calls parked.
func (p process) Attended(<-chan struct{}) conformance.Process { return p }

func (p process) WaitMany(items []handle.WaitItem, deadline time.Time, parked func()) error {
	return p.Table.WaitManyFunc(items, deadline, parked)
}
