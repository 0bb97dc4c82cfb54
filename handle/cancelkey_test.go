package handle_test

import (
	"sync"
	"testing"

	"mx.example/handle"
	"mx.example/status"
)

func zirconPort(t *testing.T) (*handle.Table, handle.Handle) {
	t.Helper()
	tb := handle.NewTable(handle.WithEdition(handle.Zircon))
	p, err := handle.NewPort(tb, 0)
	if err != nil {
		t.Fatal(err)
	}
	return tb, p
}

// CancelKey ends what was begun with the key through any handle, and takes all
// its packets, the program's own too; what has another key stays.
func TestCancelKey(t *testing.T) {
	tb, p := zirconPort(t)
	const mine, other = 7, 8
	a, b := event(t, tb), event(t, tb)
	for _, e := range []handle.Handle{a, b} {
		async(t, tb, e, p, mine, handle.UserSignal0, 0)
		async(t, tb, e, p, other, handle.UserSignal0, 0)
	}
	async(t, tb, b, p, mine, handle.UserSignal1, 0)
	want(t, "Signal", tb.Signal(b, 0, handle.UserSignal1), status.OK) // a packet of mine
	for _, key := range []uint64{mine, other} {
		want(t, "QueuePacket", tb.QueuePacket(p, &handle.Packet{Key: key}), status.OK)
	}
	want(t, "CancelKey", tb.CancelKey(p, 0, mine), status.OK)
	want(t, "CancelKey again", tb.CancelKey(p, 0, mine), status.ErrNotFound)
	want(t, "Signal", tb.Signal(a, 0, handle.UserSignal0), status.OK)
	want(t, "Signal", tb.Signal(b, 0, handle.UserSignal0), status.OK)
	var keys []uint64
	for _, pk := range packets(t, tb, p) {
		keys = append(keys, pk.Key)
	}
	if len(keys) != 3 || keys[0] != other || keys[1] != other || keys[2] != other {
		t.Errorf("packets with the keys %d are left, want three with %d", keys, other)
	}
	// An operation with the key that begins afterwards is one like any other.
	async(t, tb, a, p, mine, handle.UserSignal0, 0)
	if n := len(packets(t, tb, p)); n != 1 {
		t.Errorf("a new operation with the key made %d packets", n)
	}
}

func TestCancelKeyFails(t *testing.T) {
	tb, p := zirconPort(t)
	e := event(t, tb)
	readOnly, err := tb.Duplicate(p, handle.RightRead)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		what    string
		port    handle.Handle
		options uint32
		want    status.Status
	}{
		{"nothing with the key", p, 0, status.ErrNotFound},
		{"options, before the handle", handle.Invalid, 1, status.ErrInvalidArgs},
		{"no handle", handle.Invalid, 0, status.ErrBadHandle},
		{"no port", e, 0, status.ErrWrongType},
		{"no right", readOnly, 0, status.ErrAccessDenied},
	} {
		want(t, c.what, tb.CancelKey(c.port, c.options, 1), c.want)
	}
	old := handle.NewTable()
	want(t, "2017", old.CancelKey(port(t, old), 0, 1), status.ErrNotSupported)
}

// However sources, keys and the port itself go meanwhile: after CancelKey has
// returned no packet with its key comes any more.
func TestCancelKeyManyGoroutines(t *testing.T) {
	tb, p := zirconPort(t)
	const sources, key = 8, 3
	var events [sources]handle.Handle
	for i := range events {
		events[i] = event(t, tb)
	}
	for range 50 {
		for _, e := range events {
			async(t, tb, e, p, key, handle.UserSignal0, handle.WaitAsyncEdge)
		}
		var wg sync.WaitGroup
		for _, e := range events {
			wg.Go(func() { tb.Signal(e, 0, handle.UserSignal0) })
		}
		wg.Go(func() { tb.CancelKey(p, 0, key) })
		wg.Go(func() {
			tb.CancelKey(p, 0, key)
			for _, e := range events {
				tb.Signal(e, handle.UserSignal0, 0)
				tb.Signal(e, 0, handle.UserSignal0)
			}
		})
		wg.Wait()
		for _, e := range events {
			tb.Signal(e, handle.UserSignal0, 0)
		}
		if left := packets(t, tb, p); len(left) != 0 {
			t.Fatalf("%d packets came after the cancellation", len(left))
		}
		if err := tb.CancelKey(p, 0, key); err != status.ErrNotFound {
			t.Fatalf("an operation is left: %v", err)
		}
	}
}
