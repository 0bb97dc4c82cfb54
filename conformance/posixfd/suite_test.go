//go:build linux

package posixfd

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"mx.example/conformance"
	"mx.example/conformance/internal/twice"
	"mx.example/conformance/posixfd/hostmodel"
	"mx.example/conformance/trace"
	"mx.example/handle"
)

// openNumbers are the descriptors that the process has open.
func openNumbers(t *testing.T) []string {
	t.Helper()
	dir, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	var open []string
	for _, e := range dir {
		target, err := os.Readlink("/proc/self/fd/" + e.Name())
		if err == nil && !strings.HasPrefix(target, "/proc/") {
			open = append(open, e.Name()+" "+target)
		}
	}
	return open
}

func leaked(before, after []string) []string {
	return slices.DeleteFunc(after, func(s string) bool { return slices.Contains(before, s) })
}

// warmUp lets the runtime open what it keeps open.
func warmUp(t *testing.T) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	r.Close()
	w.Close()
	hostmodel.LookAtHost()
}

// byThemselves are the differences that no case can show: TestSigpipe and
// TestTruncationFlag do.
var byThemselves = []string{"sigpipe", "truncation-flag"}

// TestSuite runs every authored case on every kind; twice if MXCONFORM_LONG is
// set, and then both runs must agree but where a difference depends on timing.
func TestSuite(t *testing.T) {
	warmUp(t)
	before := openNumbers(t)
	shown := map[string]bool{}
	var first *conformance.Report
	runs := 1
	if os.Getenv("MXCONFORM_LONG") != "" {
		runs = 2
	}
	for range runs {
		report := conformance.Run(t.Context(), Backends(), conformance.Cases(), conformance.Options{})
		for _, b := range report.Backends {
			if !b.Available {
				t.Errorf("%s is unavailable: %s", b.Name, b.Why)
			}
		}
		if first == nil {
			first = report
		}
		for i, c := range report.Cases {
			for n, r := range c.Results {
				if r.Outcome.Bad() {
					t.Errorf("%s: %s: %s: %s", r.Backend, r.Case, r.Outcome, r.Detail)
				}
				for _, name := range r.Divergences {
					shown[name] = true
				}
				if why := twice.Parted(first.Cases[i].Results[n], r, Divergences()); why != "" {
					t.Error(why)
				}
			}
		}
	}
	children.drain()
	for _, d := range Divergences() {
		if !shown[d.Name] && !slices.Contains(byThemselves, d.Name) {
			t.Errorf("no case shows %s", d.Name)
		}
	}
	if l := leaked(before, openNumbers(t)); len(l) > 0 {
		t.Errorf("left open: %v", l)
	}
}

// TestNothingLeaks looks after every single case.
func TestNothingLeaks(t *testing.T) {
	warmUp(t)
	before := openNumbers(t)
	for _, b := range Backends() {
		for _, e := range b.Editions() {
			for i, c := range conformance.Cases() {
				if c.UsesStale() || i%5 != 0 {
					continue // a child has its own; TestSuite sees the rest
				}
				conformance.RunCase(t.Context(), b, e, &c)
				if l := leaked(before, openNumbers(t)); len(l) > 0 {
					t.Fatalf("%s:%v: %s left open: %v", b.Name(), e, c.Name, l)
				}
			}
		}
	}
}

// parse reads one case.
func parse(t *testing.T, text string) *trace.Case {
	t.Helper()
	cases, err := trace.Parse("test", strings.NewReader("case test\ndoc A test.\nclauses W-FULL\n\n"+text))
	if err != nil {
		t.Fatal(err)
	}
	return &cases[0]
}

// TestChild runs a case about a closed number where that number is free, and
// where the next descriptor has got it.
func TestChild(t *testing.T) {
	b := Backends()[0].(*backend)
	e := b.Editions()[0]
	r, ok := b.RunIsolated(t.Context(), parse(t, `
create stream -> OK a b
close a -> OK
write a "x" -> BAD_HANDLE
close 0 -> BAD_HANDLE`), e)
	if !ok || r.Outcome != conformance.Pass {
		t.Errorf("a free number: %v, %s: %s", ok, r.Outcome, r.Detail)
	}
	r, ok = b.RunIsolated(t.Context(), parse(t, `
create stream -> OK a b
close a -> OK
close b -> OK
create stream -> OK c d
write a "x" -> BAD_HANDLE`), e)
	if !ok || r.Outcome != conformance.Differs || !slices.Equal(r.Divergences, []string{hostmodel.FDReuse}) {
		t.Errorf("a number that is used again: %v, %s %v: %s", ok, r.Outcome, r.Divergences, r.Detail)
	}
	if _, ok := b.RunIsolated(t.Context(), parse(t, "create stream -> OK a b"), e); ok {
		t.Error("a case that does no harm ran in a child")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if r, ok := b.RunIsolated(ctx, parse(t, "close 0 -> BAD_HANDLE"), e); !ok || r.Outcome != "" {
		t.Errorf("canceled: %v, %q: %s", ok, r.Outcome, r.Detail)
	}
}

// TestForeignNumbersAreRefused makes the calls of a case on numbers that are
// open in this process and not the case's.
func TestForeignNumbersAreRefused(t *testing.T) {
	for _, b := range Backends() {
		k, err := b.Boot(b.Editions()[0])
		if err != nil {
			t.Fatal(err)
		}
		defer k.Close()
		p, err := k.NewProcess(conformance.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		for h := range handle.Handle(64) {
			_, write := p.Write(h, 0, []byte("x"))
			_, read := p.Read(h, 0, make([]byte, 1))
			_, dup := p.Duplicate(h, handle.SameRights)
			_, wait := p.WaitOne(h, handle.Readable, time.Now(), nil)
			for _, err := range []error{write, read, dup, wait, p.Close(h)} {
				if u, ok := err.(*conformance.Unsupported); !ok || u.Divergence != hostmodel.FDReuse {
					t.Fatalf("%s: a call on %d was not refused: %v", b.Name(), h, err)
				}
			}
		}
	}
}
