package explore

import (
	"testing"
	"time"

	"mx.example/conformance"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// A wait that fired and was canceled may return either. What is wrong with the
// one that it returns is named after that one, and not after the other.
func TestDifferenceOfTheNearestAnswer(t *testing.T) {
	f, err := conformance.Follow(&mutant{
		waitOne: func(p *mutantProcess, h handle.Handle, s handle.Signals, until time.Time, parked func()) (handle.Signals, error) {
			seen, _ := p.modelProcess.WaitOne(h, s, until, parked)
			return seen &^ handle.HandleClosed, status.ErrCanceled
		},
	}, handle.Manual)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	a := trace.Ref{Name: "a"}
	wait := trace.Call{Op: trace.OpWait, H: a, Signals: handle.UserSignal0, Until: trace.Deadline{Kind: trace.Never}}
	for i, st := range []trace.Step{
		{Call: trace.Call{Op: trace.OpCreate, Out: []string{"a", "b"}}},
		{Kind: trace.Start, Actor: "w1", Call: wait},
		{Call: trace.Call{Op: trace.OpSignal, H: a, Set: handle.UserSignal0}},
		{Call: trace.Call{Op: trace.OpClose, H: a}},
	} {
		if o := f.Step(&st); o != conformance.Pass {
			t.Fatalf("step %d: %v", i, o)
		}
	}
	st := &trace.Step{Kind: trace.Finish, Actor: "w1", Call: wait}
	if o := f.Step(st); !o.Bad() {
		t.Fatalf("the wait: %v", o)
	}
	if got, want := differenceOf(f, st).Kind, "wait: other signals with CANCELED"; got != want {
		t.Errorf("the difference is %q, want %q", got, want)
	}
}
