package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"mx.example/conformance"
	"mx.example/conformance/inproc"
	"mx.example/conformance/oracle"
	"mx.example/conformance/posixfd"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

func TestMain(m *testing.M) {
	posixfd.ServeChild()
	os.Exit(m.Run())
}

// aSuite is small enough to be run often, and has a case for each outcome on
// the backends below.
const aSuite = `
case short-write
doc A stream write takes what fits.
clauses W-STREAM-SHORT R-STREAM
editions manual kernel2017

create stream capacity=5 -> OK a b
write a "HELLO-WORLD" -> OK 5
write a "-WORLD" -> SHOULD_WAIT
read b 16 -> OK "HELLO"
read b 16 -> SHOULD_WAIT

case half-close
doc The editions end different directions.
clauses H-DIRECTION

create stream -> OK a b
write a "" half-close -> OK 0
[manual] write b "x" -> BAD_STATE
[kernel2017] write a "x" -> BAD_STATE

case last-handle
doc A duplicate takes LAST_HANDLE away.
clauses S-LAST-HANDLE

create stream -> OK a b
signals a -> OK WRITABLE LAST_HANDLE
duplicate a SAME -> OK c
signals a -> OK WRITABLE

case fault
doc Null | pipes | in a text.
clauses W-NULL W-FAULT
editions manual

create datagram -> OK a b
write a null:1 -> INVALID_ARGS
`

// A fake is the model with something changed. Without a change it is right.
type fake struct {
	conformance.Backend
	name   string
	change func(*fakeProcess)
	booted func()
	away   error
}

func (f *fake) Name() string     { return f.name }
func (f *fake) Available() error { return f.away }

// Editions are the two of 2017, whatever the model has besides.
func (f *fake) Editions() []handle.Edition {
	return []handle.Edition{handle.Manual, handle.Kernel2017}
}

func (f *fake) Boot(e handle.Edition) (conformance.Kernel, error) {
	if f.booted != nil {
		f.booted()
	}
	k, err := f.Backend.Boot(e)
	return &fakeKernel{k, f}, err
}

type fakeKernel struct {
	conformance.Kernel
	f *fake
}

func (k *fakeKernel) NewProcess(l conformance.Limits) (conformance.Process, error) {
	inner, err := k.Kernel.NewProcess(l)
	p := &fakeProcess{RawProcess: inner.(conformance.RawProcess)}
	if k.f.change != nil {
		k.f.change(p)
	}
	return p, err
}

// A fakeProcess writes and creates by other functions if it has them.
type fakeProcess struct {
	conformance.RawProcess
	write  func(p conformance.Process, h handle.Handle, options uint32, b []byte) (int, error)
	create func(p conformance.Process, options uint32, capacity *uint64) (a, b handle.Handle, err error)
}

func (p *fakeProcess) Write(h handle.Handle, options uint32, b []byte) (int, error) {
	if p.write == nil {
		return p.RawProcess.Write(h, options, b)
	}
	return p.write(p.RawProcess, h, options, b)
}

func (p *fakeProcess) Create(options uint32, capacity *uint64) (a, b handle.Handle, err error) {
	if p.create == nil {
		return p.RawProcess.Create(options, capacity)
	}
	return p.create(p.RawProcess, options, capacity)
}

// model is the sockets under a name of the test's own.
func model(name string) *fake { return &fake{Backend: inproc.Backend(), name: name} }

// liar says of a short write that it took everything.
func liar() *fake {
	f := model("liar")
	f.change = func(p *fakeProcess) {
		p.write = func(p conformance.Process, h handle.Handle, options uint32, b []byte) (int, error) {
			n, err := p.Write(h, options, b)
			if err == nil && options == 0 {
				n = len(b)
			}
			return n, err
		}
	}
	return f
}

// A bent backend differs: full is NO_MEMORY, and it has no datagrams. Those
// have names; the status of a bad state has not if it is odd.
type bent struct {
	*fake
	odd bool
}

func newBent(odd bool) *bent {
	b := &bent{model("bent"), odd}
	b.change = func(p *fakeProcess) {
		p.create = func(p conformance.Process, options uint32, capacity *uint64) (x, y handle.Handle, err error) {
			if options == 1 {
				return 0, 0, &conformance.Unsupported{Divergence: "bent-mode", Why: "it has no datagrams"}
			}
			return p.Create(options, capacity)
		}
		p.write = func(p conformance.Process, h handle.Handle, options uint32, data []byte) (int, error) {
			n, err := p.Write(h, options, data)
			switch {
			case err == status.ErrShouldWait:
				err = status.ErrNoMemory
			case err == status.ErrBadState && odd:
				err = status.ErrIO
			}
			return n, err
		}
	}
	return b
}

func (b *bent) Divergences() []conformance.Divergence {
	return []conformance.Divergence{
		{
			Name: "bent-full", Kinds: []string{"bent"}, Clauses: []string{"W-FULL"},
			Cause:  "It mistakes a full buffer for a lack of memory. Nothing else is wrong with it.",
			Source: "this test",
			Match: func(s *conformance.Situation) bool {
				return s.Call.Op == trace.OpWrite && s.Result.Status == status.ErrNoMemory
			},
			Next: func(s *conformance.Situation) *oracle.State { return s.State },
		},
		{
			Name: "bent-mode", Kinds: []string{"bent"}, Clauses: []string{"W-NULL"},
			Cause: "It has streams only.", Source: "this test",
		},
	}
}

// A bench is a tool on a suite and backends of the test's own, and what it
// wrote.
type bench struct {
	*tool
	out, err bytes.Buffer
}

func newBench(t *testing.T, backends ...conformance.Backend) *bench {
	t.Helper()
	cases, err := trace.Parse("suite.mx", strings.NewReader(aSuite))
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{}
	b.tool = &tool{backends: backends, suite: cases, stdin: strings.NewReader(""), stdout: &b.out, stderr: &b.err}
	return b
}

// do runs a command line and wants an exit status. It returns what was written
// to the standard output.
func (b *bench) do(t *testing.T, want int, args ...string) string {
	t.Helper()
	return b.doUnder(t.Context(), t, want, args...)
}

func (b *bench) doUnder(ctx context.Context, t *testing.T, want int, args ...string) string {
	t.Helper()
	b.out.Reset()
	b.err.Reset()
	if got := b.main(ctx, args); got != want {
		t.Fatalf("mxconform %s: exit status %d, want %d\n%s%s", strings.Join(args, " "), got, want, b.out.String(), b.err.String())
	}
	return b.out.String()
}

// wantAll fails unless the text has every one of the parts.
func wantAll(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(text, p) {
			t.Errorf("no %q in:\n%s", p, text)
		}
	}
}

// wantNone fails if the text has one of the parts.
func wantNone(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if strings.Contains(text, p) {
			t.Errorf("there is %q in:\n%s", p, text)
		}
	}
}

// everyday is a model, a bent backend and one that is not there.
func everyday(t *testing.T) *bench {
	t.Helper()
	gone := newBent(false)
	gone.name, gone.away = "gone", errors.New("this machine is too old")
	return newBench(t, model("mx"), newBent(false), gone)
}
