package handle_test

import (
	"testing"

	"mx.example/handle"
	"mx.example/status"
)

func TestHolds(t *testing.T) {
	tb := handle.NewTable()
	e, err := handle.NewEvent(tb)
	if err != nil {
		t.Fatal(err)
	}
	p, err := handle.NewPort(tb, handle.PortVersion)
	if err != nil {
		t.Fatal(err)
	}
	holds := func(what string, h handle.Handle, want handle.Holding) {
		t.Helper()
		if n, err := tb.Holds(h); n != want || err != nil {
			t.Errorf("%s: %+v, %v; want %+v", what, n, err, want)
		}
	}
	holds("a fresh event", e, handle.Holding{Handles: 1})
	e2, err := tb.Duplicate(e, handle.RightRead)
	if err != nil {
		t.Fatal(err)
	}
	for key := range uint64(2) {
		if err := tb.WaitAsync(e2, p, key, handle.Signaled, handle.WaitAsyncOnce); err != nil {
			t.Fatal(err)
		}
	}
	holds("an event that is watched", e, handle.Holding{Handles: 2, Observers: 2})
	if err := tb.QueuePacket(p, &handle.Packet{}); err != nil {
		t.Fatal(err)
	}
	holds("a port", p, handle.Holding{Handles: 1, Packets: 1})
	if err := tb.Close(p); err != nil {
		t.Fatal(err)
	}
	holds("an event whose port is closed", e, handle.Holding{Handles: 2})
	if n, err := tb.Holds(p); n != (handle.Holding{}) || err != status.ErrBadHandle {
		t.Errorf("a closed port: %+v, %v", n, err)
	}
}
