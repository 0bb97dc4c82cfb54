package explore

import (
	"strings"
	"sync"
	"testing"
	"time"

	"mx.example/conformance"
	"mx.example/conformance/inproc"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// A mutant backend is the model with one call gone wrong.
type mutant struct {
	write   func(p *mutantProcess, h handle.Handle, options uint32, b []byte) (int, error)
	read    func(p *mutantProcess, h handle.Handle, options uint32, b []byte) (int, error)
	waitOne func(p *mutantProcess, h handle.Handle, s handle.Signals, until time.Time, parked func()) (handle.Signals, error)
	close   func(p *mutantProcess, h handle.Handle) error
	packet  func(pk *handle.Packet) // what comes out of a port
}

func (*mutant) Name() string               { return "mutant" }
func (*mutant) Editions() []handle.Edition { return []handle.Edition{handle.Manual, handle.Kernel2017} }
func (*mutant) Available() error           { return nil }

func (f *mutant) Boot(e handle.Edition) (conformance.Kernel, error) {
	k, err := inproc.Backend().Boot(e)
	return &mutantKernel{k, f}, err
}

type mutantKernel struct {
	conformance.Kernel
	f *mutant
}

func (k *mutantKernel) NewProcess(l conformance.Limits) (conformance.Process, error) {
	p, err := k.Kernel.NewProcess(l)
	if err != nil {
		return nil, err
	}
	return &mutantProcess{modelProcess: p.(modelProcess), f: k.f, peers: make(map[handle.Handle]handle.Handle)}, nil
}

// A modelProcess has every call of 2017.
type modelProcess interface {
	conformance.RawProcess
	conformance.PortProcess
}

type mutantProcess struct {
	modelProcess
	f     *mutant
	mu    sync.Mutex // guards peers: a wait may be on while others call
	peers map[handle.Handle]handle.Handle
}

func (p *mutantProcess) peer(h handle.Handle) (handle.Handle, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	peer, ok := p.peers[h]
	return peer, ok
}

func (p *mutantProcess) Create(options uint32, capacity *uint64) (a, b handle.Handle, err error) {
	a, b, err = p.modelProcess.Create(options, capacity)
	if err == nil {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.peers[a], p.peers[b] = b, a
	}
	return a, b, err
}

func (p *mutantProcess) Write(h handle.Handle, options uint32, b []byte) (int, error) {
	if p.f.write != nil {
		return p.f.write(p, h, options, b)
	}
	return p.modelProcess.Write(h, options, b)
}

func (p *mutantProcess) Read(h handle.Handle, options uint32, b []byte) (int, error) {
	if p.f.read != nil {
		return p.f.read(p, h, options, b)
	}
	return p.modelProcess.Read(h, options, b)
}

func (p *mutantProcess) WaitOne(h handle.Handle, s handle.Signals, until time.Time, parked func()) (handle.Signals, error) {
	if p.f.waitOne != nil {
		return p.f.waitOne(p, h, s, until, parked)
	}
	return p.modelProcess.WaitOne(h, s, until, parked)
}

func (p *mutantProcess) Close(h handle.Handle) error {
	if p.f.close != nil {
		return p.f.close(p, h)
	}
	return p.modelProcess.Close(h)
}

func (p *mutantProcess) WaitPort(h handle.Handle, until time.Time, parked func()) (handle.Packet, error) {
	pk, err := p.modelProcess.WaitPort(h, until, parked)
	if err == nil && p.f.packet != nil {
		p.f.packet(&pk)
	}
	return pk, err
}

func (p *mutantProcess) Transfer(h handle.Handle, to conformance.Process) (handle.Handle, error) {
	return p.modelProcess.Transfer(h, to.(*mutantProcess).modelProcess)
}

func (p *mutantProcess) Attended(<-chan struct{}) conformance.Process { return p }

// faults are wrong sockets, with the number of calls that show each at most
// once the sequence has been made smaller.
var faults = []struct {
	name  string
	calls int
	small bool // there is a state of the small world that shows it
	f     mutant
}{
	{"a short write reports the full size", 2, true, mutant{
		write: func(p *mutantProcess, h handle.Handle, options uint32, b []byte) (int, error) {
			n, err := p.modelProcess.Write(h, options, b)
			if n > 0 {
				n = len(b)
			}
			return n, err
		},
	}},
	{"a datagram is cut to fit", 2, true, mutant{
		write: func(p *mutantProcess, h handle.Handle, options uint32, b []byte) (int, error) {
			n, err := p.modelProcess.Write(h, options, b)
			for err == status.ErrShouldWait && len(b) > 1 {
				b = b[:len(b)-1]
				n, err = p.modelProcess.Write(h, options, b)
			}
			return n, err
		},
	}},
	{"a half close ends the other direction", 3, true, mutant{
		write: func(p *mutantProcess, h handle.Handle, options uint32, b []byte) (int, error) {
			if peer, ok := p.peer(h); ok && options == 1 && len(b) == 0 {
				h = peer
			}
			return p.modelProcess.Write(h, options, b)
		},
	}},
	{"WRITABLE is not seen with two bytes under way", 4, true, mutant{
		waitOne: func(p *mutantProcess, h handle.Handle, s handle.Signals, until time.Time, parked func()) (handle.Signals, error) {
			seen, err := p.modelProcess.WaitOne(h, s, until, parked)
			peer, _ := p.peer(h)
			if n, e := p.modelProcess.Outstanding(peer); e == nil && n == 2 {
				seen &^= handle.Writable
			}
			return seen, err
		},
	}},
	{"a read across a boundary swaps two bytes", 3, true, mutant{
		read: func(p *mutantProcess, h handle.Handle, options uint32, b []byte) (int, error) {
			n, err := p.modelProcess.Read(h, options, b)
			if n >= 3 {
				b[1], b[2] = b[2], b[1]
			}
			return n, err
		},
	}},
	{"a handle without rights stays open", 4, true, mutant{
		close: func(p *mutantProcess, h handle.Handle) error {
			if i, err := p.Info(h); err == nil && i.Rights == 0 {
				return nil
			}
			return p.modelProcess.Close(h)
		},
	}},
	{"a wait that is canceled does not say HANDLE_CLOSED", 4, false, mutant{
		waitOne: func(p *mutantProcess, h handle.Handle, s handle.Signals, until time.Time, parked func()) (handle.Signals, error) {
			seen, err := p.modelProcess.WaitOne(h, s, until, parked)
			return seen &^ handle.HandleClosed, err
		},
	}},
	{"a packet has lost the last byte of its payload", 3, false, mutant{
		packet: func(pk *handle.Packet) { pk.User[31] = 0 },
	}},
	{"a packet of an operation does not say what triggered it", 5, false, mutant{
		packet: func(pk *handle.Packet) { pk.Signal.Trigger = 0 },
	}},
	{"a packet of an operation that repeats says PEER_CLOSED with USER_0", 6, false, mutant{
		packet: func(pk *handle.Packet) {
			if pk.Type == handle.PacketSignalRep && pk.Signal.Observed&handle.UserSignal0 != 0 {
				pk.Signal.Observed |= handle.PeerClosed
			}
		},
	}},
	{"a read of four bytes panics", 4, false, mutant{
		read: func(p *mutantProcess, h handle.Handle, options uint32, b []byte) (int, error) {
			n, err := p.modelProcess.Read(h, options, b)
			if n == 4 {
				panic("four")
			}
			return n, err
		},
	}},
}

func TestRandomFindsFaults(t *testing.T) {
	for _, f := range faults {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			r := Random(t.Context(), []conformance.Backend{&f.f}, RandomOptions{
				Seed: 7, Calls: 30_000, Only: func(b string) bool { return b == "mutant:manual" },
			})
			checkFound(t, r, &f.f, f.calls)
		})
	}
}

func TestExhaustiveFindsFaults(t *testing.T) {
	for _, f := range faults {
		if !f.small {
			continue
		}
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			r := Exhaustive(t.Context(), []conformance.Backend{&f.f}, ExhaustiveOptions{
				Capacities: []uint64{3}, Only: func(b string) bool { return b == "mutant:manual" },
			})
			checkFound(t, r, &f.f, f.calls)
		})
	}
}

// checkFound sees to it that a fault was found, that one case shows it in few
// calls, and that the cases fail where they were found and pass on the model.
func checkFound(t *testing.T, r *Report, b conformance.Backend, calls int) {
	t.Helper()
	if r.OK() || len(r.Backends) != 1 {
		t.Fatal("nothing was found")
	}
	least := 1 << 30
	for _, f := range r.Backends[0].Failures {
		least = min(least, f.Calls)
		cases, err := trace.Parse(f.Case+".mx", strings.NewReader(f.Text))
		if err != nil || len(cases) != 1 {
			t.Fatalf("the case does not parse: %v\n%s", err, f.Text)
		}
		if got := conformance.RunCase(t.Context(), b, handle.Manual, &cases[0]); got.Outcome != conformance.Fail {
			t.Errorf("%s: replayed where it was found: %s\n%s", f.Kind, got.Outcome, f.Text)
		}
		if got := conformance.RunCase(t.Context(), inproc.Backend(), handle.Manual, &cases[0]); got.Outcome != conformance.Pass {
			t.Errorf("%s: replayed on the model: %s: %s\n%s", f.Kind, got.Outcome, got.Detail, f.Text)
		}
		if f.Flaky {
			t.Errorf("%s is called flaky", f.Kind)
		}
	}
	if least > calls {
		t.Errorf("the smallest case has %d calls, want %d at most:\n%s", least, calls, r.Backends[0].Failures[0].Text)
	}
	t.Log(r.Backends[0].Failures[0].Text)
}
