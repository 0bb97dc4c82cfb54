package handle

import "testing"

// TestFixedBits: in Zircon the two low bits of every value are set, and a value
// without them is none; a slot is used again with another value (X-STALE).
func TestFixedBits(t *testing.T) {
	tb := NewTable(WithEdition(Zircon))
	seen := make(map[Handle]bool)
	for range 3 * fixedMinFree {
		h, err := NewEvent(tb)
		if err != nil {
			t.Fatal(err)
		}
		if h&3 != 3 || seen[h] || int32(h) <= 0 {
			t.Fatalf("the value %#x", uint32(h))
		}
		seen[h] = true
		for _, v := range []Handle{h &^ 1, h &^ 2, h &^ 3, h ^ 1<<31} {
			if tb.Lookup(v) != nil {
				t.Fatalf("%#x is a handle beside %#x", uint32(v), uint32(h))
			}
		}
		if err := tb.Close(h); err != nil {
			t.Fatal(err)
		}
	}
}
