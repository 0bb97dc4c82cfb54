//go:build unix

package remote_test

import (
	"bytes"
	"os/exec"
	"testing"

	"github.com/google/go-cmp/cmp"

	"mx.example/conformance"
	"mx.example/conformance/remote"
)

// python returns the interpreter, or skips the test.
func python(t testing.TB) string {
	path, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3: install it to run the kernel in Python")
	}
	return path
}

// open makes a backend of a command that ends with the test.
func open(t testing.TB, command string, o remote.Options) remote.Backend {
	t.Helper()
	b, err := remote.Exec(command, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}

// The kernel in Python passes every case that it does not say to lack a part of,
// and the record of the run, played back, makes the same report.
func TestToy(t *testing.T) {
	var wire bytes.Buffer
	b := open(t, python(t)+" adapter/python/toy.py", remote.Options{Wire: &wire})
	r := suite(t, b)
	count := make(map[conformance.Outcome]int)
	for i := range r.Cases {
		res := r.Cases[i].Results[0]
		count[res.Outcome]++
		if res.Outcome.Bad() {
			t.Error(conformance.Failure(r.Cases[i].Case, res, ""))
		}
	}
	t.Log(count)
	if count[conformance.Pass] < len(r.Cases)/3 {
		t.Errorf("only %d cases pass", count[conformance.Pass])
	}
	tape, err := remote.Replay(&wire, remote.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer tape.Close()
	sameReports(t, suite(t, tape), r)
}

// sameReports holds a report against another of the same kernel: all but the
// times.
func sameReports(t *testing.T, got, want *conformance.Report) {
	t.Helper()
	for i := range want.Cases {
		for j, w := range want.Cases[i].Results {
			g := got.Cases[i].Results[j]
			g.Took = w.Took
			if diff := cmp.Diff(w, g); diff != "" {
				t.Errorf("%s: - then, + played back\n%s", want.Cases[i].Case.Name, diff)
			}
		}
	}
}
