package conformance_test

import (
	"strings"
	"syscall"
	"testing"

	"mx.example/conformance"
	"mx.example/conformance/inproc"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// A slicesOnly backend is the model behind a Process that takes slices and
// nothing else. It counts the queries that it is asked for.
type slicesOnly struct {
	conformance.Backend
	queries int
}

type slicesOnlyKernel struct {
	conformance.Kernel
	b *slicesOnly
}

type slicesOnlyProcess struct {
	conformance.Process
	b *slicesOnly
}

func (b *slicesOnly) Boot(e handle.Edition) (conformance.Kernel, error) {
	k, err := b.Backend.Boot(e)
	return slicesOnlyKernel{k, b}, err
}

func (k slicesOnlyKernel) NewProcess(l conformance.Limits) (conformance.Process, error) {
	p, err := k.Kernel.NewProcess(l)
	return slicesOnlyProcess{p, k.b}, err
}

func (p slicesOnlyProcess) Outstanding(h handle.Handle) (int, error) {
	p.b.queries++
	return p.Process.Outstanding(h)
}

// Zircon has no query: a read with a null buffer and size 0 is a read of
// nothing there, which is what a Process that takes slices is to be asked for.
func TestFollowerTellsTheMachineItsEdition(t *testing.T) {
	for e, want := range map[handle.Edition]int{handle.Manual: 1, handle.Kernel2017: 1, handle.Zircon: 0} {
		b := &slicesOnly{Backend: inproc.Backend()}
		f, err := conformance.Follow(b, e)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		for _, c := range []trace.Call{
			{Op: trace.OpCreate, Out: []string{"a", "b"}},
			{Op: trace.OpRead, H: trace.Ref{Name: "a"}, Buf: trace.Buffer{Kind: trace.Null}},
		} {
			if o := f.Step(&trace.Step{Call: c}); o != conformance.Pass {
				t.Errorf("%v: %s: %s: %s", e, &c, o, f.Why)
			}
		}
		if b.queries != want {
			t.Errorf("%v: the Process was asked %d times how many bytes there are, want %d", e, b.queries, want)
		}
	}
}

// hosted is a backend on a machine that has run out of something.
type hosted struct{ divergent }

func (*hosted) Refusal(s *conformance.Situation) string {
	if s.Result.Errno == syscall.EMFILE {
		return "no descriptor is left"
	}
	return ""
}

func TestWhatTheMachineRefusesIsNoDifference(t *testing.T) {
	h := &hosted{*roomy()}
	h.duplicate = func(*mutantProcess, handle.Handle, handle.Rights) (handle.Handle, error) {
		return 0, &conformance.KernelError{Status: status.ErrNoMemory, Errno: syscall.EMFILE}
	}
	c := parse(t, tooSmall+"duplicate a SAME -> OK a2\n")
	r := run(t, h, c)
	expect(t, r, conformance.EnvironmentFault, "line 7: duplicate a SAME: wanted OK a2, got NO_MEMORY (EMFILE)", "least-capacity")
	if first, _, _ := strings.Cut(r.Detail, "\n"); first != "no descriptor is left" {
		t.Errorf("the detail begins with %q", first)
	}
	if !r.Outcome.Bad() {
		t.Error("a case that could not be run is as good as one that was")
	}
	// Any other error is the backend's.
	h.duplicate = func(*mutantProcess, handle.Handle, handle.Rights) (handle.Handle, error) {
		return 0, &conformance.KernelError{Status: status.ErrNoMemory, Errno: syscall.EIO}
	}
	expect(t, run(t, h, c), conformance.Unexplained, "duplicate a SAME", "least-capacity")
}

// TestACallThatIsStartedMayBeUnsupported ends the case where the call is started
// and not where it should have returned: what is in between counts on it.
func TestACallThatIsStartedMayBeUnsupported(t *testing.T) {
	c := parse(t, `case c
create stream capacity=5 -> OK a b
w: write-all a "HELLO-WORLD" until=never
read b 5 -> OK "HELLO"
w: -> OK 11
`)
	r := run(t, &mutant{}, c) // whose processes block in waits only
	expect(t, r, conformance.UnsupportedCase, `line 3: w: write-all a "HELLO-WORLD" until=never: the Process has no calls that block`)
	if len(r.Steps) != 2 {
		t.Errorf("%d steps; the second is unsupported and ends the case", len(r.Steps))
	}
}
