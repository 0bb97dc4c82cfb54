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
	if err := b.Available(); err != nil {
		t.Skipf("%s is not available: %v", b.Name(), err)
	}
	o := RandomOptions{Seed: 1, Calls: testCalls, Known: known}
	if testing.Short() {
		o.Calls /= 10
	}
	r := Random(t.Context(), []conformance.Backend{b}, o)
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
