package explore

import (
	"os"
	"testing"

	"mx.example/handle"
)

// The smallest of the spaces, to the fixed point, if MXCONFORM_LONG is set. The
// tool walks through all of them, and compares their sizes too.
func TestExhaustive(t *testing.T) {
	if underRace {
		t.Skip("a walk is one goroutine: it takes ten times as long and has nothing to race with")
	}
	if os.Getenv("MXCONFORM_LONG") == "" {
		t.Skip("it makes 16 million calls: set MXCONFORM_LONG=1 to run it")
	}
	editions := handle.Editions()
	r := Exhaustive(t.Context(), model(), ExhaustiveOptions{
		Capacities: []uint64{1},
	})
	for _, b := range r.Backends {
		for _, f := range b.Failures {
			t.Errorf("%s: %s: %s\n%s", b.Name, f.Kind, f.Detail, f.Text)
		}
	}
	if want := 2 * len(editions); len(r.Spaces) != want {
		t.Fatalf("%d spaces, want %d: each edition in two modes", len(r.Spaces), want)
	}
	for _, s := range r.Spaces {
		if want := fixedPoints[s.Edition][s.Datagram][0]; s.States != want.states || s.Transitions != want.transitions {
			t.Errorf("%s, datagram %t: %d states and %d transitions, want %v", s.Backend, s.Datagram, s.States, s.Transitions, want)
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

// The states of an end: 14 ways in which one or two handles have rights; the
// user signal; the end of inbound; and what is inbound. Or no handle, and the
// end of inbound. The calls are those for live handles on each handle that differs
// from the other, and those for dead ones if there is room for one more.
func TestSizesAreAllThereIs(t *testing.T) {
	for e, modes := range fixedPoints {
		for datagram, sizes := range modes {
			for i, written := range sizes {
				capacity := uint64(i + 1)
				inbound := capacity + 1
				if datagram {
					inbound = 1 << capacity // the compositions of all of those
				}
				templates, dead := liveCalls(e, capacity), uint64(len(deadCalls()))
				calls := func(rights uint8, full bool) (n uint64) {
					for j := range templates {
						if !templates[j].crowds(worldRightsOf(e)[rights], full) {
							n++
						}
					}
					return n
				}
				open, openCalls := uint64(0), uint64(0) // of one end
				for x := uint8(1); x <= 4; x++ {
					open++
					openCalls += calls(x, false) + dead
					for y := x; y <= 4; y++ {
						open++
						if openCalls += calls(x, true); y != x {
							openCalls += calls(y, true)
						}
					}
				}
				// Inbound has ended or not; in zircon there is also what is
				// stored of the writer's WRITABLE (S-WRITABLE). Three of the four
				// can be: it is set where inbound goes on, unless the queue is
				// full, and where that has ended both occur, unless it is.
				ends := uint64(2)
				if e == handle.Zircon {
					ends = 3
				}
				open *= 2 * ends * inbound
				openCalls *= 2 * ends * inbound
				const closed = 2
				want := size{
					states:      open*open + 2*open*closed + 1,
					transitions: 2*open*openCalls + 2*(closed*openCalls+open*closed*dead) + 2*dead,
				}
				if written != want {
					t.Errorf("%s, datagram %t, capacity %d: %v is written down, there are %v", e, datagram, capacity, written, want)
				}
			}
		}
	}
}
