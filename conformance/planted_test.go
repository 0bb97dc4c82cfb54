package conformance_test

import (
	"testing"
	"testing/synctest"
	"time"

	"mx.example/conformance"
	"mx.example/conformance/inproc"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// whole is all that a process of the model is.
type whole interface {
	conformance.RawProcess
	conformance.PortProcess
	conformance.ZirconProcess
	conformance.BlockingProcess
	conformance.CloseAllProcess
	conformance.HoldingProcess
	conformance.BlockingAwareProcess
}

// A flawed backend is the model with processes that do one thing wrong.
type flawed struct {
	flaw func(whole) conformance.Process
}

func (flawed) Name() string               { return "flawed" }
func (flawed) Editions() []handle.Edition { return handle.Editions() }
func (flawed) Available() error           { return nil }

func (b flawed) Boot(e handle.Edition) (conformance.Kernel, error) {
	k, err := inproc.Backend().Boot(e)
	return flawedKernel{k, b.flaw}, err
}

type flawedKernel struct {
	conformance.Kernel
	flaw func(whole) conformance.Process
}

func (k flawedKernel) NewProcess(l conformance.Limits) (conformance.Process, error) {
	p, err := k.Kernel.NewProcess(l)
	if err != nil {
		return nil, err
	}
	return k.flaw(p.(whole)), nil
}

// stamping puts another time into packets.
type stamping struct {
	whole
	asked  map[uint64]int64 // by key
	taking bool
}

func (p *stamping) WaitAsync(h, port handle.Handle, key uint64, s handle.Signals, options uint32) error {
	p.asked[key] = handle.Now()
	return p.whole.WaitAsync(h, port, key, s, options)
}

func (p *stamping) WaitPort(port handle.Handle, until time.Time, parked func()) (handle.Packet, error) {
	pk, err := p.whole.WaitPort(port, until, parked)
	switch {
	case pk.Signal.Timestamp == 0:
	case p.taking:
		pk.Signal.Timestamp = handle.Now()
	default:
		pk.Signal.Timestamp = p.asked[pk.Key]
	}
	return pk, err
}

// wrapping has koids of so few bits.
type wrapping struct{ whole }

func (p wrapping) Info(h handle.Handle) (handle.Info, error) {
	i, err := p.whole.Info(h)
	i.Koid, i.RelatedKoid = i.Koid&0xffff, i.RelatedKoid&0xffff
	return i, err
}

// leaving leaves the handle that was made last when it closes them all.
type leaving struct {
	whole
	made []handle.Handle
}

func (p *leaving) NewEvent() (handle.Handle, error) {
	h, err := p.whole.NewEvent()
	if err == nil {
		p.made = append(p.made, h)
	}
	return h, err
}

func (p *leaving) Create(options uint32, capacity *uint64) (a, b handle.Handle, err error) {
	a, b, err = p.whole.Create(options, capacity)
	if err == nil {
		p.made = append(p.made, a, b)
	}
	return a, b, err
}

func (p *leaving) CloseAll() error {
	for _, h := range p.made[:max(0, len(p.made)-1)] {
		p.whole.Close(h) // some are gone
	}
	p.made = nil
	return nil
}

// keeping keeps what has ended at an object.
type keeping struct {
	whole
	began bool // something is at an object
}

func (p *keeping) Holds(h handle.Handle) (handle.Holding, error) {
	n, err := p.whole.Holds(h)
	p.began = p.began || n.Observers > 0
	if p.began && n.Observers == 0 && err == nil {
		n.Observers = 1
	}
	return n, err
}

// hasty is wrong about calls that finish a short one.
type hasty struct {
	whole
	write, read func(n int, err error) (int, error) // what becomes of an answer
	once        bool                                // one write or read is all
}

func (p *hasty) WriteAll(h handle.Handle, b []byte, until time.Time) (int, error) {
	if p.once {
		return p.whole.Write(h, 0, b)
	}
	return p.write(p.whole.WriteAll(h, b, until))
}

func (p *hasty) ReadFull(h handle.Handle, b []byte, until time.Time) (int, error) {
	if p.once {
		return p.whole.Read(h, 0, b)
	}
	return p.read(p.whole.ReadFull(h, b, until))
}

func asItIs(n int, err error) (int, error) { return n, err }

// losing loses the packet of a wait that times out late.
type losing struct{ whole }

func (p losing) WaitPort(port handle.Handle, until time.Time, parked func()) (handle.Packet, error) {
	pk, err := p.whole.WaitPort(port, until, parked)
	if err == nil && !until.IsZero() && until.Unix() > 0 && !time.Now().Before(until) {
		return handle.Packet{}, status.ErrTimedOut
	}
	return pk, err
}

// TestFlawsThatOnlyNewCasesSee plants what no case saw once, each to be seen by
// the case that was written for it.
func TestFlawsThatOnlyNewCasesSee(t *testing.T) {
	for _, test := range []struct {
		text, by string
		in       handle.Edition
		flaw     func(whole) conformance.Process
	}{
		{"a packet has the time at which it was asked for", "port-timestamp-is-the-packets", handle.Zircon,
			func(p whole) conformance.Process { return &stamping{whole: p, asked: map[uint64]int64{}} }},
		{"a packet has the time at which it was taken", "port-timestamp-is-the-packets", handle.Zircon,
			func(p whole) conformance.Process { return &stamping{whole: p, taking: true, asked: map[uint64]int64{}} }},
		{"koids have 16 bits", "handle-info-koids-of-many-objects", handle.Manual,
			func(p whole) conformance.Process { return wrapping{p} }},
		{"the end of a process leaves handles", "handle-close-all", handle.Manual,
			func(p whole) conformance.Process { return &leaving{whole: p} }},
		{"an operation stays at its source when its port is closed", "port-close-port-leaves-nothing", handle.Kernel2017,
			func(p whole) conformance.Process { return &keeping{whole: p} }},
		{"an operation stays at its source when its handle is closed", "port-close-source-leaves-nothing", handle.Kernel2017,
			func(p whole) conformance.Process { return &keeping{whole: p} }},
		{"a wait stays at its objects", "wait-many-is-not-there-any-more", handle.Zircon,
			func(p whole) conformance.Process { return &keeping{whole: p} }},
		{"a write-all is a write", "blocking-write-finishes-a-short-write", handle.Manual,
			func(p whole) conformance.Process { return &hasty{whole: p, once: true} }},
		{"a read-full is a read", "blocking-read-waits-for-all", handle.Manual,
			func(p whole) conformance.Process { return &hasty{whole: p, once: true} }},
		{"a write-all that fails says that it moved nothing", "blocking-calls-time-out", handle.Kernel2017,
			func(p whole) conformance.Process {
				return &hasty{whole: p, read: asItIs, write: func(n int, err error) (int, error) {
					if err != nil {
						n = 0
					}
					return n, err
				}}
			}},
		{"a read-full that is canceled says that the handle is bad", "blocking-calls-and-a-handle-that-goes", handle.Zircon,
			func(p whole) conformance.Process {
				return &hasty{whole: p, write: asItIs, read: func(n int, err error) (int, error) {
					if err == status.ErrCanceled {
						err = status.ErrBadHandle
					}
					return n, err
				}}
			}},
		{"a packet that comes as the deadline passes is lost", "port-wait-that-ends-as-the-packet-comes", handle.Manual,
			func(p whole) conformance.Process { return losing{p} }},
	} {
		synctest.Test(t, func(t *testing.T) {
			c := caseNamed(t, test.by)
			if r := conformance.RunCase(t.Context(), flawed{test.flaw}, test.in, c); r.Outcome != conformance.Fail {
				t.Errorf("%s: %s on %s is %s %s", test.text, test.by, test.in, r.Outcome, r.Detail)
			}
			if r := conformance.RunCase(t.Context(), inproc.Backend(), test.in, c); r.Outcome != conformance.Pass {
				t.Errorf("%s on the model is %s %s", test.by, r.Outcome, r.Detail)
			}
		})
	}
}

// caseNamed returns a case of the suite.
func caseNamed(t *testing.T, name string) *trace.Case {
	t.Helper()
	for _, c := range conformance.Cases() {
		if c.Name == name {
			return &c
		}
	}
	t.Fatalf("the suite has no case %q", name)
	return nil
}
