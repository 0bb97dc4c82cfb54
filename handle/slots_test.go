package handle

import "testing"

// A value that would lie just behind the last slot, or anywhere further, is no
// handle.
func TestLookupBehindTheLastSlot(t *testing.T) {
	tb := NewTable()
	for range firstSlots {
		if _, err := NewEvent(tb); err != nil {
			t.Fatal(err)
		}
	}
	for _, i := range []uint32{firstSlots, firstSlots + 1, 2*firstSlots - 1, indexMask} {
		h := Handle((i*scatter + tb.salt) & valueMask)
		if tb.index(h) != i {
			t.Fatalf("slot %d is said to be %d", i, tb.index(h))
		}
		if e := tb.Lookup(h); e != nil {
			t.Errorf("slot %d has the entry %v", i, e)
		}
	}
	if n := len(*tb.entries.Load()); n != firstSlots {
		t.Errorf("%d handles took %d slots", firstSlots, n)
	}
}
