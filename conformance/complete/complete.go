// Package complete is all that this project can tell of a kernel, in one call of
// a test file:
//
//	func TestKernel(t *testing.T) { complete.Test(t, backend{}) }
//
// Begin with [conformance.Test] alone, and with as few calls as you have: the
// documentation of package conformance says how. When that is green, this goes
// on to what a suite of cases does not meet, in the order in which mistakes are
// cheapest to find.
package complete

import (
	"os"
	"testing"

	"mx.example/conformance"
	"mx.example/conformance/explore"
	"mx.example/conformance/linear"
	"mx.example/conformance/wakeup"
)

// Options are for kernels that need them.
type Options struct {
	// Outside: the calls of the kernel leave the Go runtime, as those of a
	// program at the other end of a line or of a library in C do, or meet
	// goroutines that were there before. Then no bubble of testing/synctest can
	// tell when a wait has blocked, and the last two parts take real time.
	Outside bool
	// Known are kinds of difference that exploration is to follow; see
	// [explore.RandomOptions].
	Known []string
	// Expect has the cases that are known to fail; see [conformance.Test].
	Expect *conformance.Expectations
}

// Test runs everything on b, in each edition that it has, as five subtests. The
// times are those of one edition of the model, whose calls take less than a
// microsecond, on two cores:
//
//	suite       the authored cases: conformance.Test             1 s
//	explore     a million random calls: explore.TestCalls        2 s
//	exhaustive  every call in every state of a small socket:     4 s
//	            explore.TestEveryState
//	histories   300 histories of calls at the same time, each
//	            explained by some order of them: linear.Test     1 s
//	wake-ups    20,000 hand-overs of each of eight kinds:
//	            wakeup.Test                                      1 s
//
// With testing.Short it is a tenth of that. With MXCONFORM_LONG in the
// environment it is ten times as much, and the small socket has each of the
// capacities 1, 2 and 3.
//
// For the last two the calls of a process come from several goroutines at once.
// A backend that is a [conformance.Diverger] has only the first two: what its
// calls answer at the same time is the host's to say.
//
// A part that fails prints what to do with it: the case, the calls in the format
// of one, the history, or who sleeps. Run the parts for themselves with -run, as
// in -run TestKernel/histories.
func Test(t *testing.T, b conformance.Backend, o ...Options) {
	if err := b.Available(); err != nil {
		t.Skipf("%s is not available: %v", b.Name(), err)
	}
	var with Options
	for _, o := range o {
		with = o
	}
	_, hosted := b.(conformance.Diverger)
	parts := []struct {
		name   string
		hosted bool
		run    func(t *testing.T)
	}{
		{"suite", true, func(t *testing.T) { conformance.Test(t, b, conformance.Options{Expect: with.Expect}) }},
		{"explore", true, func(t *testing.T) { explore.TestCalls(t, b, uint64(often(1_000_000)), with.Known...) }},
		{"exhaustive", false, func(t *testing.T) { exhaustive(t, b) }},
		{"histories", false, func(t *testing.T) { linear.Test(t, b, often(300), with.Outside) }},
		{"wake-ups", false, func(t *testing.T) { wakeup.Test(t, b, often(20_000), with.Outside) }},
	}
	for _, p := range parts {
		if p.hosted || !hosted {
			t.Run(p.name, p.run)
		}
	}
}

func exhaustive(t *testing.T, b conformance.Backend) {
	switch {
	case testing.Short():
		t.Skip("it takes seconds")
	case long():
		explore.TestEveryState(t, b)
	default:
		explore.TestEveryState(t, b, 1)
	}
}

func long() bool { return os.Getenv("MXCONFORM_LONG") != "" }

// often is n, or what comes of it for those in a hurry and those who are not.
func often(n int) int {
	switch {
	case testing.Short():
		return n / 10
	case long():
		return n * 10
	}
	return n
}
