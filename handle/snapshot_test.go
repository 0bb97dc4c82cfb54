package handle_test

import (
	"maps"
	"testing"

	"mx.example/handle"
	"mx.example/mxsocket"
)

func TestHandlesAreThoseOfInfo(t *testing.T) {
	tb := handle.NewTable()
	ev, _ := handle.NewEvent(tb)
	gone, _ := handle.NewEvent(tb)
	a, b, _ := mxsocket.Create(tb, mxsocket.Stream)
	c, _ := tb.Duplicate(ev, handle.RightRead)
	tb.Close(gone)
	got := maps.Collect(tb.Handles())
	if len(got) != 4 {
		t.Errorf("%d handles, want 4", len(got))
	}
	var last handle.Koid
	for h, info := range tb.Handles() {
		if info.Koid < last {
			t.Errorf("koid %d comes after %d", info.Koid, last)
		}
		last = info.Koid
		tb.Close(h) // changes nothing about the iteration
	}
	if n := len(maps.Collect(tb.Handles())); n != 0 {
		t.Errorf("%d handles are left", n)
	}
	for _, h := range []handle.Handle{ev, a, b, c} {
		if got[h].Koid == 0 {
			t.Errorf("%#x is missing", h)
		}
	}
	if got[c].Rights != handle.RightRead || got[a].RelatedKoid != got[b].Koid || got[ev].Koid != got[c].Koid {
		t.Errorf("got %v", got)
	}
	for range tb.Handles() {
		t.Error("a handle of an empty table")
	}
}

// Whatever goes on, an iteration sees a state that there was: a handle that is
// replaced or transferred is there once, and both ends of a pair are or none is.
func TestHandlesAreOfOneInstant(t *testing.T) {
	tb, other := handle.NewTable(), handle.NewTable()
	h, _ := handle.NewEvent(tb)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for range 5000 {
			h, _ = tb.Replace(h, handle.SameRights)
			h, _ = tb.Transfer(h, tb)
			a, b, _ := mxsocket.Create(other, mxsocket.Stream)
			other.Close(a)
			other.Close(b)
		}
	}()
	for over := false; !over; {
		select {
		case <-done:
			over = true
		default:
		}
		if n := len(maps.Collect(tb.Handles())); n != 1 {
			t.Fatalf("a handle that is replaced again and again is there %d times", n)
		}
		koids := map[handle.Koid]bool{}
		for _, info := range other.Handles() {
			koids[info.Koid] = true
		}
		for k := range koids {
			if k%2 == 0 && !koids[k+1] {
				t.Fatal("one end of a new pair without the other")
			}
		}
	}
}
