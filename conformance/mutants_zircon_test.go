package conformance_test

import (
	"maps"
	"os"
	"slices"
	"testing"
	"time"

	"mx.example/conformance"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// A zirconMutant process is one of the model under zircon, with calls that are made
// in place of its own.
type zirconMutant struct {
	conformance.RawProcess
	z       conformance.ZirconProcess
	dispose func(h handle.Handle, mine, peers uint32) error
	get     func(h handle.Handle, p handle.Property) (uint64, error)
	set     func(h handle.Handle, p handle.Property, v uint64) error
	info    func(h handle.Handle) (trace.SocketInfo, error)
	read    func(h handle.Handle, options uint32, b []byte) (int, error)
}

func (p *zirconMutant) SetDisposition(h handle.Handle, mine, peers uint32) error {
	return p.dispose(h, mine, peers)
}

func (p *zirconMutant) GetProperty(h handle.Handle, q handle.Property) (uint64, error) {
	return p.get(h, q)
}

func (p *zirconMutant) SetProperty(h handle.Handle, q handle.Property, v uint64) error {
	return p.set(h, q, v)
}

func (p *zirconMutant) SocketInfo(h handle.Handle) (trace.SocketInfo, error) { return p.info(h) }

func (p *zirconMutant) Read(h handle.Handle, options uint32, b []byte) (int, error) {
	return p.read(h, options, b)
}

func (p *zirconMutant) Transfer(h handle.Handle, to conformance.Process) (handle.Handle, error) {
	return p.RawProcess.Transfer(h, to.(*zirconMutant).RawProcess)
}

// zirconModel is the model under zircon with calls gone wrong by alter, which may be nil.
func zirconModel(alter func(*zirconMutant)) *mutant {
	return &mutant{
		only: []handle.Edition{handle.Zircon},
		newProcess: func(k *mutantKernel, l conformance.Limits) (conformance.Process, error) {
			p, err := k.Kernel.NewProcess(l)
			if err != nil {
				return nil, err
			}
			z := p.(conformance.ZirconProcess)
			t := &zirconMutant{
				RawProcess: p.(conformance.RawProcess), z: z,
				dispose: z.SetDisposition, get: z.GetProperty, set: z.SetProperty, info: z.SocketInfo, read: z.Read,
			}
			if alter != nil {
				alter(t)
			}
			return t, nil
		},
	}
}

// Mistakes in the calls of zircon, each of which a case has to notice.
var zirconMutants = map[string]func(*zirconMutant){
	"a disposition does nothing": func(p *zirconMutant) {
		p.dispose = func(h handle.Handle, mine, peers uint32) error {
			return p.z.SetDisposition(h, mine&^1, peers)
		}
	},
	"the two dispositions are mixed up": func(p *zirconMutant) {
		p.dispose = func(h handle.Handle, mine, peers uint32) error { return p.z.SetDisposition(h, peers, mine) }
	},
	"a bad disposition is taken for none": func(p *zirconMutant) {
		p.dispose = func(h handle.Handle, mine, peers uint32) error {
			if mine > 2 {
				mine = 0
			}
			return p.z.SetDisposition(h, mine, peers)
		}
	},
	"a refused disposition changes the other side": func(p *zirconMutant) {
		p.dispose = func(h handle.Handle, mine, peers uint32) error {
			err := p.z.SetDisposition(h, mine, peers)
			if err == status.ErrBadState && peers == 1 {
				p.z.SetDisposition(h, 0, 1)
			}
			return err
		}
	},
	"a disposition fails when the peer is gone": func(p *zirconMutant) {
		p.dispose = func(h handle.Handle, mine, peers uint32) error {
			if seen, _ := p.RawProcess.WaitOne(h, 0, time.Unix(0, 1), nil); seen&handle.PeerClosed != 0 && mine|peers != 0 {
				return status.ErrPeerClosed
			}
			return p.z.SetDisposition(h, mine, peers)
		}
	},
	"a threshold is one byte late": func(p *zirconMutant) {
		p.set = func(h handle.Handle, q handle.Property, v uint64) error {
			if v > 1 && q == handle.SocketRxThreshold {
				if err := p.z.SetProperty(h, q, v); err != nil {
					return err
				}
				return p.z.SetProperty(h, q, v+1)
			}
			return p.z.SetProperty(h, q, v)
		}
	},
	"a threshold cannot be switched off": func(p *zirconMutant) {
		p.set = func(h handle.Handle, q handle.Property, v uint64) error {
			if v == 0 {
				return status.ErrInvalidArgs
			}
			return p.z.SetProperty(h, q, v)
		}
	},
	"the thresholds are one": func(p *zirconMutant) {
		p.get = func(h handle.Handle, q handle.Property) (uint64, error) {
			if q == handle.SocketTxThreshold {
				q = handle.SocketRxThreshold
			}
			return p.z.GetProperty(h, q)
		}
	},
	"info tells of all datagrams as available": func(p *zirconMutant) {
		p.info = func(h handle.Handle) (trace.SocketInfo, error) {
			i, err := p.z.SocketInfo(h)
			i.RxBufAvailable = i.RxBufSize
			return i, err
		}
	},
	"info tells of the buffer of a peer that is gone": func(p *zirconMutant) {
		p.info = func(h handle.Handle) (trace.SocketInfo, error) {
			i, err := p.z.SocketInfo(h)
			if err == nil {
				i.TxBufMax = i.RxBufMax
			}
			return i, err
		}
	},
	"a peek takes a cut datagram": func(p *zirconMutant) {
		p.read = func(h handle.Handle, options uint32, b []byte) (int, error) {
			n, err := p.RawProcess.Read(h, options, b)
			if i, e := p.z.SocketInfo(h); e == nil && options == 8 && i.Options == 1 && n > 0 && uint64(n) < i.RxBufAvailable {
				return p.RawProcess.Read(h, 0, b)
			}
			return n, err
		}
	},
	"a peek is not known": func(p *zirconMutant) {
		p.read = func(h handle.Handle, options uint32, b []byte) (int, error) {
			if options == 8 {
				return 0, status.ErrInvalidArgs
			}
			return p.RawProcess.Read(h, options, b)
		}
	},
	"an ended direction reads as a peer that is gone": func(p *zirconMutant) {
		p.read = func(h handle.Handle, options uint32, b []byte) (int, error) {
			n, err := p.RawProcess.Read(h, options, b)
			return n, unless(err, status.ErrBadState, status.ErrPeerClosed)
		}
	},
}

func TestTheStraightKernelOfTodayPasses(t *testing.T) {
	if r := firstFailure(t, zirconModel(nil)); r.Outcome != "" {
		t.Fatalf("%s on %s: %s", r.Case, r.Backend, r.Detail)
	}
}

// Of the mistakes every fourth is made, or all if MXCONFORM_LONG is set.
func TestWrongKernelsOfTodayAreCaught(t *testing.T) {
	for i, mistake := range slices.Sorted(maps.Keys(zirconMutants)) {
		if i%4 != 0 && os.Getenv("MXCONFORM_LONG") == "" {
			continue
		}
		t.Run(mistake, func(t *testing.T) {
			r := firstFailure(t, zirconModel(zirconMutants[mistake]))
			if r.Outcome != conformance.Fail {
				t.Fatal("no case fails")
			}
			t.Logf("%s: %s", r.Case, r.Detail)
		})
	}
}
