package explore

import (
	"testing"

	"mx.example/conformance"
	"mx.example/conformance/inproc"
)

func model() []conformance.Backend { return []conformance.Backend{inproc.Backend()} }

func TestRandomFindsNothing(t *testing.T) {
	r := Random(t.Context(), model(), RandomOptions{Seed: 1, Calls: 300_000})
	for _, b := range r.Backends {
		if b.Calls != 300_000 {
			t.Errorf("%s: %d calls", b.Name, b.Calls)
		}
		if b.States < Classes/2 {
			t.Errorf("%s: only %d of %d classes of states were seen", b.Name, b.States, Classes)
		}
		for _, f := range b.Failures {
			t.Errorf("%s: %s: %s\n%s", b.Name, f.Kind, f.Detail, f.Text)
		}
	}
}
