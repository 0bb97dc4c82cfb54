//go:build linux

package posixfd

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"mx.example/conformance"
	"mx.example/conformance/explore"
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

type bentKernel struct {
	*kernel
	bend func(*bent)
}

func (p planted) Boot(e handle.Edition) (conformance.Kernel, error) {
	return bentKernel{newKernel(p.kind, e), p.bend}, nil
}

func (planted) RunIsolated(context.Context, *trace.Case, handle.Edition) (conformance.CaseResult, bool) {
	return conformance.CaseResult{}, false
}

func (k bentKernel) NewProcess(l conformance.Limits) (conformance.Process, error) {
	p, err := k.kernel.NewProcess(l)
	if err != nil {
		return nil, err
	}
	b := &bent{process: p.(*process), every: 4, could: new(int)}
	k.bend(b)
	return b, nil
}

// A bent process makes a mistake in some call, but only now and then: it is the
// single mistake that must show, not their sum. What is nil is right.
type bent struct {
	*process
	every     int  // it makes it once in so many times that it could
	could     *int // how often it could have
	create    func(capacity *uint64) *uint64
	read      func(p *process, h handle.Handle, b []byte) (int, error)
	write     func(p *process, h handle.Handle, b []byte) (int, error)
	query     func(p *process, h handle.Handle) (int, error)
	halfClose func(p *process, h handle.Handle) error
	close     func(p *process, h handle.Handle) error
	duplicate func(p *process, h handle.Handle) (handle.Handle, error)
	fault     func(read bool, err error) error // of the raw calls
	// ask changes what a wait asks for, and see what it has seen. Where sleepers
	// is set they do so for the waits of actors only.
	ask      func(items []handle.WaitItem)
	see      func(items []handle.WaitItem, err error) error
	sleepers bool
}

// wrong reports whether it makes the mistake this time.
func (b *bent) wrong() bool {
	*b.could++
	return *b.could%b.every == 0
}

func (b *bent) Create(options uint32, capacity *uint64) (x, y handle.Handle, err error) {
	if b.create != nil && b.wrong() {
		capacity = b.create(capacity)
	}
	return b.process.Create(options, capacity)
}

func (b *bent) Read(h handle.Handle, options uint32, p []byte) (int, error) {
	if b.read != nil && options == 0 && b.wrong() {
		return b.read(b.process, h, p)
	}
	return b.process.Read(h, options, p)
}

func (b *bent) Write(h handle.Handle, options uint32, p []byte) (int, error) {
	switch {
	case b.write != nil && options == 0 && b.wrong():
		return b.write(b.process, h, p)
	case b.halfClose != nil && options == optionHalfClose && len(p) == 0 && b.wrong():
		return 0, b.halfClose(b.process, h)
	}
	return b.process.Write(h, options, p)
}

func (b *bent) WriteRaw(h handle.Handle, options uint32, addr uintptr, size uint64, actual *uint64) error {
	err := b.process.WriteRaw(h, options, addr, size, actual)
	if b.fault != nil && err != nil {
		err = b.fault(false, err)
	}
	return err
}

func (b *bent) ReadRaw(h handle.Handle, options uint32, addr uintptr, size uint64, actual *uint64) error {
	err := b.process.ReadRaw(h, options, addr, size, actual)
	if b.fault != nil && err != nil {
		err = b.fault(true, err)
	}
	return err
}

func (b *bent) Outstanding(h handle.Handle) (int, error) {
	if b.query != nil && b.wrong() {
		return b.query(b.process, h)
	}
	return b.process.Outstanding(h)
}

func (b *bent) Close(h handle.Handle) error {
	if b.close != nil && b.wrong() {
		return b.close(b.process, h)
	}
	return b.process.Close(h)
}

func (b *bent) Duplicate(h handle.Handle, r handle.Rights) (handle.Handle, error) {
	if b.duplicate != nil && r == handle.SameRights && b.wrong() {
		return b.duplicate(b.process, h)
	}
	return b.process.Duplicate(h, r)
}

func (b *bent) Attended(awaited <-chan struct{}) conformance.Process {
	c := *b
	c.process = b.process.Attended(awaited).(*process)
	return &c
}

func (b *bent) WaitOne(h handle.Handle, s handle.Signals, deadline time.Time, parked func()) (handle.Signals, error) {
	items := []handle.WaitItem{{Handle: h, WaitFor: s}}
	err := b.WaitMany(items, deadline, parked)
	return items[0].Pending, err
}

func (b *bent) WaitMany(items []handle.WaitItem, deadline time.Time, parked func()) error {
	if b.sleepers && parked == nil {
		return b.process.WaitMany(items, deadline, parked)
	}
	asked := slices.Clone(items)
	if b.ask != nil && b.wrong() {
		b.ask(asked)
	}
	err := b.process.WaitMany(asked, deadline, parked)
	for i := range items {
		items[i].Pending = asked[i].Pending
	}
	if b.see != nil && !errors.Is(err, status.ErrBadHandle) && b.wrong() {
		err = b.see(items, err)
	}
	return err
}

// killWithin is how many calls of exploration must be enough to show a mistake
// that no case of the suite shows.
const killWithin = 32 << 10

// kill looks for something that has no name in what a planted backend does: a
// random call, or a case of the suite. It says what has shown it, or "".
func kill(t *testing.T, b planted, e handle.Edition) string {
	name := conformance.BackendName(b.kind, e)
	seed := uint64(1)
	for calls, all := uint64(256), uint64(0); all+calls <= killWithin; calls, all = calls*2, all+calls {
		ctx, cancel := context.WithCancel(t.Context())
		r := explore.Random(ctx, []conformance.Backend{b}, explore.RandomOptions{
			Seed: seed, Calls: calls, Only: func(b string) bool { return b == name },
			// What shows it need not be made smaller.
			Progress: func(p explore.Progress) {
				if p.Failures > 0 {
					cancel()
				}
			},
		})
		cancel()
		for _, f := range r.Backends[0].Failures {
			return fmt.Sprintf("%d calls: %s", all+calls, f.Kind)
		}
		seed++
	}
	return killedBy(t, b, e, conformance.Cases())
}

// killedBy returns the first case that shows something without a name, or "".
func killedBy(t *testing.T, b planted, e handle.Edition, cases []trace.Case) string {
	for i := range cases {
		if pumps(&cases[i]) {
			continue // what is lost takes its time
		}
		if r := conformance.RunCase(t.Context(), b, e, &cases[i]); r.Outcome == conformance.Unexplained {
			return "case " + r.Case
		}
	}
	return ""
}

func pumps(c *trace.Case) bool {
	return slices.ContainsFunc(c.Steps, func(s trace.Step) bool { return s.Call.Op == trace.OpPump })
}

// TestPlantedMistakesAreUnexplained plants one mistake after the other and
// looks for a call that has no name for it: every twelfth one, or all of them if
// MXCONFORM_LONG is set. The race detector learns nothing from most of them, and
// they take it minutes.
func TestPlantedMistakesAreUnexplained(t *testing.T) {
	for i, m := range slices.Concat(wrongData, wrongCounts, wrongDirections, wrongSignals, wrongErrnos()) {
		if i%12 != 0 && (underRace || os.Getenv("MXCONFORM_LONG") == "") {
			continue
		}
		t.Run(m.name, func(t *testing.T) {
			for _, kind := range m.kinds {
				for _, e := range (&backend{kind: kind}).Editions() {
					if m.in != nil && !slices.Contains(m.in, e) {
						continue
					}
					t.Run(conformance.BackendName(kind, e), func(t *testing.T) {
						t.Parallel()
						by := kill(t, planted{&backend{kind: kind}, m.bend}, e)
						if by == "" {
							t.Error("every difference that it makes has a name")
						}
						t.Log(by)
					})
				}
			}
		})
	}
}

// TestTheSuiteAloneSeesIt plants a mistake in every call of a whole run of the
// suite, which must show it without any exploration.
func TestTheSuiteAloneSeesIt(t *testing.T) {
	cases := conformance.Cases()
	for _, m := range []mistake{halfWrites, emptyReadsEnd} {
		for _, kind := range m.kinds {
			for _, e := range (&backend{kind: kind}).Editions() {
				b := planted{&backend{kind: kind}, func(b *bent) { m.bend(b); b.every = 1 }}
				if by := killedBy(t, b, e, cases); by == "" {
					t.Errorf("%s on %s: every difference that it makes has a name", m.name, conformance.BackendName(kind, e))
				}
			}
		}
	}
}

// TestNothingPlanted shows that it is the mistakes that are found, and nothing
// else.
func TestNothingPlanted(t *testing.T) {
	calls := uint64(2 << 10)
	if os.Getenv("MXCONFORM_LONG") != "" {
		calls = 4 << 10
	}
	r := explore.Random(t.Context(), Backends(), explore.RandomOptions{Seed: 1, Calls: calls})
	for _, b := range r.Backends {
		for _, f := range b.Failures {
			t.Errorf("%s: %s: %s\n%s", b.Name, f.Kind, f.Detail, f.Text)
		}
		if b.Available && len(b.Differs) == 0 {
			t.Errorf("%s: nothing differed", b.Name)
		}
	}
}
