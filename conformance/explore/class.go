package explore

import (
	"encoding/hex"
	"fmt"
	"math/bits"

	"mx.example/conformance/oracle"
	"mx.example/handle"
)

// A random campaign is wide only if it has been everywhere. What counts as a
// place is the class of a pair's state: of each endpoint
//
//   - that it is closed, and whether its inbound direction had ended; or
//   - whether one handle refers to it or more,
//   - whether inbound is empty, has one byte free, is full, or none of these,
//   - whether inbound has ended,
//   - whether a user signal is set;
//
// and whether the pair is one of datagrams. Both endpoints closed is no state.

// endClasses is how many classes an endpoint has: the open ones, then the two
// closed ones.
const (
	openClasses = 2 * 4 * 2 * 2
	endClasses  = openClasses + 2
	allClasses  = 2 * endClasses * endClasses
	// Classes is how many classes of states there are.
	Classes = allClasses - 2*2*2
)

// endClass is the class of one endpoint.
func endClass(o *oracle.Object) int {
	ended := 0
	if o.Ended {
		ended = 1
	}
	if o.Closed {
		return openClasses + ended
	}
	fill := 3
	switch n := uint64(len(o.Inbound)); {
	case n == 0:
		fill = 0
	case n >= o.Capacity:
		fill = 2
	case n == o.Capacity-1:
		fill = 1
	}
	class := fill<<1 | ended
	if o.Handles > 1 {
		class |= 8
	}
	if o.User != 0 {
		class |= 16
	}
	return class
}

// A Coverage is a set of classes of states. The zero Coverage is empty.
type Coverage [(allClasses + 63) / 64]uint64

// add puts the class of the pair that has the endpoint koid into the set.
func (v *Coverage) add(s *oracle.State, koid handle.Koid) {
	a := s.Objects[koid]
	if a == nil || a.Type != handle.TypeSocket {
		return
	}
	b := s.Objects[a.Peer]
	if b == nil {
		return
	}
	if b.Koid < a.Koid {
		a, b = b, a
	}
	class := endClass(a)*endClasses + endClass(b)
	if a.Datagram {
		class += endClasses * endClasses
	}
	v[class/64] |= 1 << (class % 64)
}

// Join adds what another set has.
func (v *Coverage) Join(o *Coverage) {
	for i := range v {
		v[i] |= o[i]
	}
}

// Count is how many of the [Classes] are in the set.
func (v *Coverage) Count() int {
	n := 0
	for _, w := range v {
		n += bits.OnesCount64(w)
	}
	return n
}

// MarshalText gives the set as hexadecimal digits, the first class first.
func (v Coverage) MarshalText() ([]byte, error) {
	var raw [8 * len(v)]byte
	for i, w := range v {
		for j := range 8 {
			raw[8*i+j] = bits.Reverse8(byte(w >> (8 * j)))
		}
	}
	return hex.AppendEncode(nil, raw[:]), nil
}

// UnmarshalText reads what MarshalText gave.
func (v *Coverage) UnmarshalText(text []byte) error {
	raw, err := hex.AppendDecode(nil, text)
	if err != nil || len(raw) != 8*len(v) {
		return fmt.Errorf("a set of states is %d hexadecimal digits, not %q", 16*len(v), text)
	}
	*v = Coverage{}
	for i, b := range raw {
		v[i/8] |= uint64(bits.Reverse8(b)) << (8 * (i % 8))
	}
	return nil
}
