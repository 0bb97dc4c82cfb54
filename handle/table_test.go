package handle_test

import (
	"testing"

	"mx.example/handle"
	"mx.example/status"
)

func event(t *testing.T, tb *handle.Table) handle.Handle {
	t.Helper()
	h, err := handle.NewEvent(tb)
	if err != nil {
		t.Fatalf("NewEvent: %v", err)
	}
	return h
}

func want(t *testing.T, what string, got error, want status.Status) {
	t.Helper()
	if got != want.Err() {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// A closed value stays dead while 2^20 new handles are made, however few are
// alive at once (X-STALE).
func TestStaleValues(t *testing.T) {
	for _, live := range []int{0, 1, 5000} {
		tb := handle.NewTable()
		for range live {
			event(t, tb)
		}
		h := event(t, tb)
		if err := tb.Close(h); err != nil {
			t.Fatal(err)
		}
		stale := h
		last := event(t, tb)
		for i := range 1<<20 - 1 {
			if last == stale {
				t.Fatalf("with %d live handles, value came back after %d new ones", live, i+1)
			}
			var err error
			if last, err = tb.Replace(last, handle.SameRights); err != nil {
				t.Fatal(err)
			}
		}
		_, err := tb.Info(stale)
		want(t, "info of a stale value", err, status.ErrBadHandle)
	}
}

// Small arithmetic on a value gives no other handle (X-STALE).
func TestValuesAreScattered(t *testing.T) {
	tb := handle.NewTable()
	for range 1000 {
		h := event(t, tb)
		if h == 0 || int32(h) <= 0 {
			t.Fatalf("value %#x is not positive as an int32", uint32(h))
		}
		for d := handle.Handle(1); d <= 256; d++ {
			for _, near := range []handle.Handle{h + d, h - d, h ^ d} {
				if _, err := tb.Info(near); err == nil {
					t.Fatalf("%#x and %#x are both handles", uint32(h), uint32(near))
				}
			}
		}
		_, err := tb.Info(h | 1<<31)
		want(t, "value with bit 31", err, status.ErrBadHandle)
	}
}

// Values of one table are meaningless in another (X-TABLE).
func TestValuesBelongToATable(t *testing.T) {
	a, b := handle.NewTable(), handle.NewTable()
	for range 100 {
		event(t, b)
	}
	for range 100 {
		_, err := b.Info(event(t, a))
		want(t, "value of another table", err, status.ErrBadHandle)
	}
}

func TestHandleLimit(t *testing.T) {
	tb := handle.NewTable(handle.WithHandleLimit(2))
	h := event(t, tb)
	event(t, tb)
	_, err := handle.NewEvent(tb)
	want(t, "event in a full table", err, status.ErrNoMemory)
	_, err = tb.Duplicate(h, handle.SameRights)
	want(t, "duplicate in a full table", err, status.ErrNoMemory)
	_, err = tb.Replace(h, handle.SameRights)
	want(t, "replace in a full table", err, status.ErrNoMemory)
	_, err = tb.Transfer(h, tb)
	want(t, "transfer into the own, full table", err, status.ErrNoMemory)
	want(t, "close", tb.Close(h), status.OK)
	event(t, tb)
}

// The greatest table really holds that many handles, and finds each.
func TestGreatestTable(t *testing.T) {
	if testing.Short() {
		t.Skip("makes two million handles")
	}
	tb := handle.NewTable(handle.WithHandleLimit(handle.MaxHandles))
	h := event(t, tb)
	all := []handle.Handle{h}
	for len(all) < handle.MaxHandles {
		d, err := tb.Duplicate(h, 0)
		if err != nil {
			t.Fatalf("after %d handles: %v", len(all), err)
		}
		all = append(all, d)
	}
	_, err := tb.Duplicate(h, 0)
	want(t, "one more", err, status.ErrNoMemory)
	for _, h := range all {
		if err := tb.Close(h); err != nil {
			t.Fatal(err)
		}
	}
	event(t, tb)
}

func TestMemoryLimit(t *testing.T) {
	const one = handle.EventCharge + handle.HandleCharge
	tb := handle.NewTable(handle.WithMemoryLimit(one + handle.HandleCharge - 1))
	h := event(t, tb)
	_, err := tb.Duplicate(h, handle.SameRights)
	want(t, "duplicate one byte over", err, status.ErrNoMemory)
	want(t, "close", tb.Close(h), status.OK)
	h = event(t, tb)

	dst := handle.NewTable(handle.WithMemoryLimit(handle.HandleCharge))
	moved, err := tb.Transfer(h, dst)
	want(t, "transfer", err, status.OK)
	_, err = handle.NewEvent(tb)
	want(t, "an event stays charged to its creator", err, status.ErrNoMemory)
	want(t, "close", dst.Close(moved), status.OK)
	event(t, tb)

	full := handle.NewTable(handle.WithMemoryLimit(handle.HandleCharge - 1))
	want(t, "transfer over the limit", func() error { _, err := tb.Transfer(h, full); return err }(), status.ErrBadHandle)
}

// CloseAll ends a process: nothing is left, and waits return.
func TestCloseAll(t *testing.T) {
	tb := handle.NewTable()
	var hs []handle.Handle
	for range 300 {
		hs = append(hs, event(t, tb))
	}
	tb.CloseAll()
	for _, h := range hs {
		want(t, "close after CloseAll", tb.Close(h), status.ErrBadHandle)
	}
}

func TestBadLimitsPanic(t *testing.T) {
	for name, o := range map[string]handle.Option{
		"negative":   handle.WithHandleLimit(-1),
		"too many":   handle.WithHandleLimit(handle.MaxHandles + 1),
		"no edition": handle.WithEdition(200),
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			handle.NewTable(o)
		}()
	}
}
