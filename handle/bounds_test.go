package handle_test

import (
	"strings"
	"testing"

	"mx.example/handle"
	"mx.example/status"
)

// Places are used again when many have become free, and each handle is still
// that of its own object, also once those are used up.
func TestPlacesAreUsedAgain(t *testing.T) {
	tb := handle.NewTable()
	seen := make(map[handle.Handle]bool)
	many := func(n int) []handle.Handle {
		var hs []handle.Handle
		for range n {
			h := event(t, tb)
			if seen[h] {
				t.Fatalf("the value %#x came twice", uint32(h))
			}
			seen[h] = true
			hs = append(hs, h)
		}
		return hs
	}
	for _, h := range many(3000) {
		if err := tb.Close(h); err != nil {
			t.Fatal(err)
		}
	}
	koids := make(map[handle.Koid]bool)
	for _, h := range many(9000) {
		i, err := tb.Info(h)
		if err != nil {
			t.Fatal(err)
		}
		if koids[i.Koid] {
			t.Fatalf("two handles have the object %d", i.Koid)
		}
		koids[i.Koid] = true
	}
}

// panics reports whether f panics with a message of the package.
func panics(f func()) (yes bool) {
	defer func() {
		message, _ := recover().(string)
		yes = strings.HasPrefix(message, "handle: ")
	}()
	f()
	return false
}

func TestOptionBounds(t *testing.T) {
	for _, tt := range []struct {
		name   string
		option func() handle.Option
		panics bool
	}{
		{"no handles", func() handle.Option { return handle.WithHandleLimit(0) }, false},
		{"-1 handles", func() handle.Option { return handle.WithHandleLimit(-1) }, true},
		{"most handles", func() handle.Option { return handle.WithHandleLimit(handle.MaxHandles) }, false},
		{"one handle more", func() handle.Option { return handle.WithHandleLimit(handle.MaxHandles + 1) }, true},
		{"last edition", func() handle.Option { return handle.WithEdition(handle.Zircon) }, false},
		{"next edition", func() handle.Option { return handle.WithEdition(handle.Zircon + 1) }, true},
	} {
		if got := panics(func() { handle.NewTable(tt.option()) }); got != tt.panics {
			t.Errorf("%s: panics is %v", tt.name, got)
		}
	}
	_, err := handle.NewEvent(handle.NewTable(handle.WithHandleLimit(0)))
	want(t, "an event in a table of no handles", err, status.ErrNoMemory)
}
