package conformance_test

import (
	"context"
	"fmt"

	"mx.example/conformance"
	"mx.example/handle"
	"mx.example/status"
)

// A toy is a kernel that has streams, and calls to create, write, read, query
// and close them: enough to begin with. In a test file of your own,
//
//	func TestKernel(t *testing.T) { conformance.Test(t, toy{}) }
//
// is all that is left to write.
type toy struct{}

func (toy) Name() string               { return "toy" }
func (toy) Editions() []handle.Edition { return []handle.Edition{handle.Manual} }
func (toy) Available() error           { return nil }

func (toy) Boot(e handle.Edition) (conformance.Kernel, error) { return new(toyKernel), nil }

type toyKernel struct {
	last handle.Handle // that was given out, in any process
}

func (k *toyKernel) NewProcess(l conformance.Limits) (conformance.Process, error) {
	if l != (conformance.Limits{}) {
		return nil, &conformance.Unsupported{Why: "a toy has no limits and one edition"}
	}
	return &toyProcess{k: k, ends: make(map[handle.Handle]*toyEnd)}, nil
}

func (*toyKernel) Close() error { return nil }

// A toyProcess inherits what it does not have yet.
type toyProcess struct {
	conformance.Unimplemented
	k    *toyKernel
	ends map[handle.Handle]*toyEnd
}

type toyEnd struct {
	inbound  []byte
	capacity uint64
	peer     *toyEnd
	closed   bool
}

func (p *toyProcess) Create(options uint32, capacity *uint64) (a, b handle.Handle, err error) {
	n := uint64(257024) // C-CAPACITY
	if capacity != nil {
		n = *capacity
	}
	switch {
	case options > 1 || n < 1 || n > 4294967295:
		return 0, 0, status.ErrInvalidArgs // C-OPTIONS, C-CAPACITY
	case options == 1:
		return 0, 0, &conformance.Unsupported{Why: "a toy has no datagrams"}
	}
	x, y := &toyEnd{capacity: n}, &toyEnd{capacity: n}
	x.peer, y.peer = y, x
	return p.insert(x), p.insert(y), nil
}

// insert gives the end a value that no handle had before, in this process
// (X-STALE) or another one (X-TABLE).
func (p *toyProcess) insert(e *toyEnd) handle.Handle {
	p.k.last += 1009
	p.ends[p.k.last] = e
	return p.k.last
}

func (p *toyProcess) Write(h handle.Handle, options uint32, b []byte) (int, error) {
	e := p.ends[h]
	switch {
	case e == nil:
		return 0, status.ErrBadHandle // W-HANDLE
	case options > 1 || options == 1 && len(b) > 0:
		return 0, status.ErrInvalidArgs // W-OPTIONS, W-HALF-SIZE
	case options == 1:
		return 0, &conformance.Unsupported{Why: "a toy has no half close"}
	case e.peer.closed:
		return 0, status.ErrPeerClosed // W-PEER-CLOSED
	case len(b) == 0:
		return 0, nil // W-ZERO
	}
	room := e.capacity - uint64(len(e.peer.inbound))
	if room == 0 {
		return 0, status.ErrShouldWait // W-FULL
	}
	n := min(len(b), int(room)) // W-STREAM-SHORT
	e.peer.inbound = append(e.peer.inbound, b[:n]...)
	return n, nil
}

func (p *toyProcess) Read(h handle.Handle, options uint32, b []byte) (int, error) {
	e := p.ends[h]
	switch {
	case options != 0:
		return 0, status.ErrInvalidArgs // R-OPTIONS, before the handle
	case e == nil:
		return 0, status.ErrBadHandle // R-HANDLE
	case len(e.inbound) == 0 && e.peer.closed:
		return 0, status.ErrPeerClosed // R-CLOSED
	case len(e.inbound) == 0:
		return 0, status.ErrShouldWait // R-EMPTY
	}
	n := copy(b, e.inbound) // R-STREAM, R-ZERO
	e.inbound = e.inbound[n:]
	return n, nil
}

func (p *toyProcess) Outstanding(h handle.Handle) (int, error) {
	e := p.ends[h]
	if e == nil {
		return 0, status.ErrBadHandle
	}
	return len(e.inbound), nil // R-QUERY
}

func (p *toyProcess) Close(h handle.Handle) error {
	e := p.ends[h]
	if e == nil {
		return status.ErrBadHandle // X-CLOSE
	}
	delete(p.ends, h)
	e.closed = true // X-LAST
	return nil
}

func ExampleTest() {
	// An example has no *testing.T to give to Test, so this one runs the suite
	// by hand.
	for _, c := range conformance.Cases() {
		r := conformance.RunCase(context.Background(), toy{}, handle.Manual, &c)
		switch {
		case r.Outcome.Bad():
			fmt.Print(conformance.Failure(&c, &r, ""))
		case c.Name == "walkthrough-short-write" || c.Name == "capacity-default-datagram-exactly":
			fmt.Println(c.Name, r.Outcome)
		}
	}
	// Output:
	// capacity-default-datagram-exactly unsupported
	// walkthrough-short-write pass
}
