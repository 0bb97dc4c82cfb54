//go:build linux

package explore

import (
	"os"
	"testing"

	"mx.example/conformance"
	"mx.example/conformance/posixfd"
	"mx.example/handle"
	"mx.example/status"
)

// A mistranslation is a kind of descriptor with one thing done wrong on the
// way to the system.
type mistranslation struct {
	conformance.Shadower
	write func(p *mistaken, h handle.Handle, options uint32, b []byte) (int, error)
	read  func(p *mistaken, h handle.Handle, options uint32, b []byte) (int, error)
}

func (m *mistranslation) Boot(e handle.Edition) (conformance.Kernel, error) {
	k, err := m.Shadower.Boot(e)
	return &mistakenKernel{k, m}, err
}

type mistakenKernel struct {
	conformance.Kernel
	m *mistranslation
}

func (k *mistakenKernel) NewProcess(l conformance.Limits) (conformance.Process, error) {
	p, err := k.Kernel.NewProcess(l)
	if err != nil {
		return nil, err
	}
	return &mistaken{p.(conformance.RawProcess), k.m, make(map[handle.Handle]handle.Handle)}, nil
}

type mistaken struct {
	conformance.RawProcess
	m     *mistranslation
	peers map[handle.Handle]handle.Handle
}

func (p *mistaken) Create(options uint32, capacity *uint64) (a, b handle.Handle, err error) {
	a, b, err = p.RawProcess.Create(options, capacity)
	if err == nil {
		p.peers[a], p.peers[b] = b, a
	}
	return a, b, err
}

func (p *mistaken) Write(h handle.Handle, options uint32, b []byte) (int, error) {
	if p.m.write != nil {
		return p.m.write(p, h, options, b)
	}
	return p.RawProcess.Write(h, options, b)
}

func (p *mistaken) Read(h handle.Handle, options uint32, b []byte) (int, error) {
	if p.m.read != nil {
		return p.m.read(p, h, options, b)
	}
	return p.RawProcess.Read(h, options, b)
}

// No named divergence is so wide that a mistake of the adapter hides behind
// it: in one edition, or in all if MXCONFORM_LONG is set.
func TestMistranslationsAreUnexplained(t *testing.T) {
	mistakes := map[string]mistranslation{
		"a byte is lost": {
			read: func(p *mistaken, h handle.Handle, options uint32, b []byte) (int, error) {
				n, err := p.RawProcess.Read(h, options, b)
				if n > 2 {
					n--
				}
				return n, err
			},
		},
		"a byte is changed": {
			write: func(p *mistaken, h handle.Handle, options uint32, b []byte) (int, error) {
				if len(b) > 3 {
					b[3] ^= 1
				}
				return p.RawProcess.Write(h, options, b)
			},
		},
		"EAGAIN is taken for ENOBUFS": {
			read: func(p *mistaken, h handle.Handle, options uint32, b []byte) (int, error) {
				n, err := p.RawProcess.Read(h, options, b)
				if k, ok := err.(*conformance.KernelError); ok && k.Status == status.ErrShouldWait {
					err = &conformance.KernelError{Status: status.ErrNoMemory, Errno: k.Errno}
				}
				return n, err
			},
		},
		"a half close ends the other direction": {
			write: func(p *mistaken, h handle.Handle, options uint32, b []byte) (int, error) {
				if peer, ok := p.peers[h]; ok && options == 1 && len(b) == 0 {
					h = peer
				}
				return p.RawProcess.Write(h, options, b)
			},
		},
		"writes go to the wrong end": {
			write: func(p *mistaken, h handle.Handle, options uint32, b []byte) (int, error) {
				if peer, ok := p.peers[h]; ok && options == 0 {
					h = peer
				}
				return p.RawProcess.Write(h, options, b)
			},
		},
	}
	for _, b := range posixfd.Backends() {
		s, ok := b.(conformance.Shadower)
		if !ok || b.Available() != nil {
			continue
		}
		for name, m := range mistakes {
			t.Run(b.Name()+"/"+name, func(t *testing.T) {
				m.Shadower = s
				editions := b.Editions()
				if os.Getenv("MXCONFORM_LONG") == "" {
					editions = editions[:1]
				}
				for _, e := range editions {
					backend := conformance.BackendName(b.Name(), e)
					r := Random(t.Context(), []conformance.Backend{&m}, RandomOptions{
						Seed: 1, Calls: 2000, Only: func(b string) bool { return b == backend },
					})
					if r.OK() {
						t.Errorf("%s: nothing is unexplained", backend)
					}
				}
			})
		}
	}
}
