package explore

import (
	"testing"

	"mx.example/handle"
)

// The smallest of the spaces, to the fixed point. The tool walks through all
// of them, and compares their sizes too.
func TestExhaustive(t *testing.T) {
	r := Exhaustive(t.Context(), model(), ExhaustiveOptions{
		Capacities: []uint64{1},
		Only:       func(b string) bool { return b == "mx:manual" || b == "mx:kernel2017" },
	})
	for _, b := range r.Backends {
		for _, f := range b.Failures {
			t.Errorf("%s: %s: %s\n%s", b.Name, f.Kind, f.Detail, f.Text)
		}
	}
	if len(r.Spaces) != 4 {
		t.Fatalf("%d spaces, want two editions in two modes", len(r.Spaces))
	}
	for _, s := range r.Spaces {
		if s.States != 12_993 || s.Transitions != 1_698_072 {
			t.Errorf("%s, datagram %t: %d states and %d transitions", s.Backend, s.Datagram, s.States, s.Transitions)
		}
	}
}

// A space that is not of the size that is written down does not pass for one
// that was walked through.
func TestSizesAreCompared(t *testing.T) {
	s := Space{Edition: handle.Manual, Datagram: true, Capacity: 3, States: 202_497, Transitions: 27_899_928}
	if d := s.complete(); d != nil {
		t.Errorf("the right size: %s", d.Detail)
	}
	s.States--
	if s.complete() == nil {
		t.Error("a state less is not noticed")
	}
}

// The states of an end: 14 ways in which one or two handles have rights, or
// none; the user signal; the end of inbound; and what is inbound.
func TestStatesAreAllThereAre(t *testing.T) {
	for datagram, sizes := range fixedPoints {
		for i, size := range sizes {
			inbound := uint64(i + 2) // 0 to the capacity
			if datagram {
				inbound = 1 << (i + 1) // the compositions of all of those
			}
			open, closed := 14*2*2*inbound, uint64(2)
			if want := open*open + 2*open*closed + 1; size.states != want {
				t.Errorf("datagram %t, capacity %d: %d states are written down, there are %d", datagram, i+1, size.states, want)
			}
		}
	}
}
