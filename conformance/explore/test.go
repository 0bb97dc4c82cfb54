package explore

import (
	"testing"

	"mx.example/conformance"
)

// testCalls is how many calls [Test] makes in each edition.
const testCalls = 100_000

// Test makes random calls on b and compares every answer with the contract, in
// each edition that b has. Each kind of difference fails the test once, with
// how often it was met and the smallest case found that shows it. With
// testing.Short it makes a tenth of the calls.
//
//	func TestKernelOnRandomPaths(t *testing.T) { explore.Test(t, backend{}) }
//
// The calls are the same in every run. Kinds that are known are followed
// instead of reported.
func Test(t *testing.T, b conformance.Backend, known ...string) {
	t.Helper()
	calls := uint64(testCalls)
	if testing.Short() {
		calls /= 10
	}
	TestCalls(t, b, calls, known...)
}

// TestCalls is [Test] with a number of calls in each edition.
func TestCalls(t *testing.T, b conformance.Backend, calls uint64, known ...string) {
	t.Helper()
	if err := b.Available(); err != nil {
		t.Skipf("%s is not available: %v", b.Name(), err)
	}
	fail(t, Random(t.Context(), []conformance.Backend{b}, RandomOptions{Seed: 1, Calls: calls, Known: known}))
}

// TestEveryState makes every call in every state of a small socket of b, of each
// of the capacities (some of 1, 2 and 3), and fails as [Test] does. Calls that b
// does not have are left out; it is skipped where capacities cannot be chosen.
func TestEveryState(t *testing.T, b conformance.Backend, capacities ...uint64) {
	t.Helper()
	if err := b.Available(); err != nil {
		t.Skipf("%s is not available: %v", b.Name(), err)
	}
	if _, ok := b.(conformance.Diverger); ok {
		t.Skip("what the buffers of a descriptor hold is the host's to say: there is no small world to walk through")
	}
	for _, e := range b.Editions() {
		if of, err := probe(b, e); err == nil && of.not&noCapacity != 0 {
			t.Skipf("%s: no capacity can be chosen, and so no small socket made", b.Name())
		}
	}
	r := Exhaustive(t.Context(), []conformance.Backend{b}, ExhaustiveOptions{Capacities: capacities})
	for _, s := range r.Spaces {
		t.Logf("%s: datagram=%t, capacity %d: %d states, %d calls, of which %d unsupported", s.Backend, s.Datagram, s.Capacity, s.States, s.Transitions, s.Unsupported)
	}
	fail(t, r)
}

// fail says what the report has.
func fail(t *testing.T, r *Report) {
	t.Helper()
	for i := range r.Backends {
		of := &r.Backends[i]
		for kind, n := range of.Differs {
			t.Logf("%s: %d times: %s", of.Name, n, kind)
		}
		for why, n := range of.Unsupported {
			t.Logf("%s: %d calls unsupported: %s", of.Name, n, why)
		}
		for _, f := range of.Failures {
			t.Errorf("%s: %s, %d times\n%s\n%s\n\n%s", of.Name, f.Kind, f.Count, f.Call, f.Detail, f.Text)
		}
	}
}
