package explore

import (
	"slices"
	"testing"

	"mx.example/conformance/inproc"
	"mx.example/handle"
)

// A scripted source takes a generator's decisions from bytes, two each. When
// they are used up it decides for the first of whatever there is.
type scripted struct{ rest []byte }

func (s *scripted) Uint64() uint64 {
	var n uint64
	for shift := 56; shift >= 48 && len(s.rest) > 0; shift -= 8 {
		n |= uint64(s.rest[0]) << shift
		s.rest = s.rest[1:]
	}
	return n
}

// FuzzCalls turns bytes into a sequence of calls on the model, each compared
// with the oracle.
func FuzzCalls(f *testing.F) {
	var seed []byte
	for i := range 1 << 10 {
		seed = append(seed, byte(i*i>>3), byte(i*97))
	}
	for n := 16; n <= len(seed); n *= 2 {
		f.Add(byte(n), seed[:n])
	}
	editions := handle.Editions()
	f.Fuzz(func(t *testing.T, edition byte, script []byte) {
		e := editions[int(edition)%len(editions)]
		others := slices.DeleteFunc(handle.Editions(), func(other handle.Edition) bool { return other == e })
		r := newRunner(inproc.Backend(), e, traits{others: others})
		d, steps := r.play(&scripted{script}, min(sequenceCalls, len(script)/4))
		if d == nil {
			return
		}
		small, diff, _ := shrink(t.Context(), inproc.Backend(), e, nil, d, stepsOf(steps))
		c := caseOf("fuzzed", "Found by fuzzing: "+diff.Kind+".", e, small)
		t.Errorf("%s: %s\n%s", diff.Call, diff.Detail, c.String())
	})
}
