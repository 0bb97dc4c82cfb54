//go:build linux

package posixfd

import (
	"context"
	"syscall"
	"testing"
	"time"

	"mx.example/conformance"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// A planted backend is a wrong adapter: the predicates of the catalogue are
// narrow if its mistakes have no name.
type planted struct {
	*backend
	bend func(*bent)
}

// A bent process makes a mistake in some call.
type bent struct {
	*process
	read  func(n int, b []byte, err error) (int, error)
	write func(p conformance.Process, h handle.Handle, b []byte) (int, error)
	query func(n int) int
	see   func(handle.Signals) handle.Signals
}

type bentKernel struct {
	*kernel
	bend func(*bent)
}

func (p planted) Boot(e handle.Edition) (conformance.Kernel, error) {
	k := newKernel(p.kind, e)
	return bentKernel{k, p.bend}, nil
}

func (planted) RunIsolated(context.Context, *trace.Case, handle.Edition) (conformance.CaseResult, bool) {
	return conformance.CaseResult{}, false
}

func (k bentKernel) NewProcess(l conformance.Limits) (conformance.Process, error) {
	p, err := k.kernel.NewProcess(l)
	if err != nil {
		return nil, err
	}
	b := &bent{process: p.(*process)}
	k.bend(b)
	return b, nil
}

func (b *bent) Read(h handle.Handle, options uint32, p []byte) (int, error) {
	n, err := b.process.Read(h, options, p)
	if b.read != nil && options == 0 {
		return b.read(n, p, err)
	}
	return n, err
}

func (b *bent) Write(h handle.Handle, options uint32, p []byte) (int, error) {
	if b.write != nil && options == 0 {
		return b.write(b.process, h, p)
	}
	return b.process.Write(h, options, p)
}

func (b *bent) Outstanding(h handle.Handle) (int, error) {
	n, err := b.process.Outstanding(h)
	if b.query != nil && err == nil {
		n = b.query(n)
	}
	return n, err
}

func (b *bent) WaitOne(h handle.Handle, s handle.Signals, deadline time.Time, parked func()) (handle.Signals, error) {
	seen, err := b.process.WaitOne(h, s, deadline, parked)
	if _, failed := err.(*conformance.KernelError); b.see != nil && !failed {
		seen = b.see(seen)
	}
	return seen, err
}

// instead turns one error number into another.
func instead(err error, from, to syscall.Errno) error {
	if k, ok := err.(*conformance.KernelError); ok && k.Errno == from {
		return &conformance.KernelError{Status: status.FromErrno(to), Errno: to}
	}
	return err
}

var mistakes = []struct {
	name  string
	kinds []string // on which it can show
	bend  func(*bent)
}{
	{"a byte is lost in front of what is read", allKinds, func(b *bent) {
		b.read = func(n int, p []byte, err error) (int, error) {
			if n > 1 {
				n = copy(p, p[1:n])
			}
			return n, err
		}
	}},
	{"the last byte that was read is lost", allKinds, func(b *bent) {
		b.read = func(n int, p []byte, err error) (int, error) { return max(0, n-1), err }
	}},
	{"the last byte that was written is lost", allKinds, func(b *bent) {
		b.write = func(p conformance.Process, h handle.Handle, buf []byte) (int, error) {
			n, err := p.Write(h, 0, buf[:max(len(buf)-1, 0)])
			if err == nil && n == len(buf)-1 {
				n++
			}
			return n, err
		}
	}},
	{"a write is lost", allKinds, func(b *bent) {
		b.write = func(p conformance.Process, h handle.Handle, buf []byte) (int, error) { return len(buf), nil }
	}},
	{"two bytes change places", allKinds, func(b *bent) {
		b.read = func(n int, p []byte, err error) (int, error) {
			if n > 1 {
				p[0], p[1] = p[1], p[0]
			}
			return n, err
		}
	}},
	{"EAGAIN of a read is ECONNRESET", allKinds, func(b *bent) {
		b.read = func(n int, p []byte, err error) (int, error) {
			return n, instead(err, syscall.EAGAIN, syscall.ECONNRESET)
		}
	}},
	{"EAGAIN of a read is the end", allKinds, func(b *bent) {
		b.read = func(n int, p []byte, err error) (int, error) {
			return n, instead(err, syscall.EAGAIN, 0)
		}
	}},
	{"the end is EAGAIN", withEOF, func(b *bent) {
		b.read = func(n int, p []byte, err error) (int, error) {
			if n == 0 && err == nil && len(p) > 0 {
				err = failed(syscall.EAGAIN)
			}
			return n, err
		}
	}},
	{"EPIPE is EAGAIN", []string{UnixStream, UnixDgram, UnixSeqpacket, TCP, Pipe}, func(b *bent) {
		b.write = func(p conformance.Process, h handle.Handle, buf []byte) (int, error) {
			n, err := p.Write(h, 0, buf)
			return n, instead(err, syscall.EPIPE, syscall.EAGAIN)
		}
	}},
	{"EAGAIN of a write is EPIPE", []string{UnixStream, UnixDgram, UnixSeqpacket, Pipe}, func(b *bent) {
		b.write = func(p conformance.Process, h handle.Handle, buf []byte) (int, error) {
			n, err := p.Write(h, 0, buf)
			return n, instead(err, syscall.EAGAIN, syscall.EPIPE)
		}
	}},
	{"a short write says that it was whole", []string{UnixStream, Pipe}, func(b *bent) {
		b.write = func(p conformance.Process, h handle.Handle, buf []byte) (int, error) {
			n, err := p.Write(h, 0, buf)
			if n > 0 {
				n = len(buf)
			}
			return n, err
		}
	}},
	{"a query says one byte less", allKinds, func(b *bent) {
		b.query = func(n int) int { return max(0, n-1) }
	}},
	{"the half close ends the other direction", allKinds, func(b *bent) {
		other := map[handle.Edition]handle.Edition{
			handle.Manual: handle.Kernel2017, handle.Kernel2017: handle.Manual,
		}
		b.k.edition = other[b.k.edition]
	}},
	{"READABLE is never seen", allKinds, func(b *bent) {
		b.see = func(s handle.Signals) handle.Signals { return s &^ handle.Readable }
	}},
	{"WRITABLE is never seen", allKinds, func(b *bent) {
		b.see = func(s handle.Signals) handle.Signals { return s &^ handle.Writable }
	}},
	{"PEER_CLOSED is always seen", allKinds, func(b *bent) {
		b.see = func(s handle.Signals) handle.Signals { return s | handle.PeerClosed }
	}},
}

// TestPlantedMistakesAreUnexplained plants one mistake after the other and
// looks for a case that has no name for it.
func TestPlantedMistakesAreUnexplained(t *testing.T) {
	cases := conformance.Cases()
	for _, m := range mistakes {
		for _, kind := range m.kinds {
			for _, e := range (&backend{kind: kind}).Editions() {
				t.Run(m.name+"/"+conformance.BackendName(kind, e), func(t *testing.T) {
					t.Parallel()
					b := planted{&backend{kind: kind}, m.bend}
					for i := range cases {
						if blocks(&cases[i]) {
							continue // a broken wait could take its time
						}
						if r := conformance.RunCase(t.Context(), b, e, &cases[i]); r.Outcome == conformance.Unexplained {
							return
						}
					}
					t.Error("every difference that it makes has a name")
				})
			}
		}
	}
}

func blocks(c *trace.Case) bool {
	for i := range c.Steps {
		s := &c.Steps[i]
		if s.Kind != trace.Plain || s.Call.Op == trace.OpPump {
			return true
		}
	}
	return false
}
