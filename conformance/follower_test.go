package conformance_test

import (
	"testing"

	"mx.example/conformance"
	"mx.example/conformance/inproc"
	"mx.example/conformance/trace"
	"mx.example/handle"
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
