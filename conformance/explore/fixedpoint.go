package explore

import (
	"fmt"

	"mx.example/handle"
)

// A size is how big a space is.
type size struct{ states, transitions uint64 }

// fixedPoints are the sizes of the spaces: by edition, by whether it is one of
// datagrams, and by capacity from 1. They are written down so that no mistake
// makes a space smaller unnoticed: whoever adds a call or a state changes them,
// and the documentation.
var fixedPoints = map[handle.Edition]map[bool][maxCapacity]size{
	handle.Manual:     sizes2017,
	handle.Kernel2017: sizes2017,
	handle.Zircon: {
		false: {{28_897, 4_855_128}, {64_513, 11_423_832}, {114_241, 20_588_184}},
		true:  {{28_897, 4_855_128}, {114_241, 20_263_704}, {454_273, 82_076_952}},
	},
}

// The rule books of 2017 differ in answers, and not in what can be reached.
var sizes2017 = map[bool][maxCapacity]size{
	false: {{12_993, 1_698_072}, {28_897, 3_957_528}, {51_073, 7_011_352}},
	true:  {{12_993, 1_698_072}, {51_073, 7_011_352}, {202_497, 27_899_928}},
}

// complete says what is wrong with the size of a space that was walked through
// to the end without a difference, or nothing.
func (s *Space) complete() *Difference {
	want := fixedPoints[s.Edition][s.Datagram][s.Capacity-1]
	if got := (size{s.States, s.Transitions}); got != want {
		return &Difference{
			Kind: "size of the fixed point",
			Detail: fmt.Sprintf("the walk through %s ended after %d states and %d transitions, want %d and %d",
				s.Backend, got.states, got.transitions, want.states, want.transitions),
		}
	}
	return nil
}
