package mxsocket

import (
	"testing"

	"mx.example/handle"
	"mx.example/status"
)

// What a call does through a handle it does before the close of that handle, or
// not at all (O-LINEAR): after a close nothing comes of calls under way.
func TestFastNotAfterTheClose(t *testing.T) {
	p, full := []byte{1}, make([]byte, 1<<22)
	for _, tt := range []struct {
		what  string
		write bool
		call  func(tb *handle.Table, h handle.Handle) (int, error)
	}{
		{"Write", true, func(tb *handle.Table, h handle.Handle) (int, error) { return Write(tb, h, 0, p) }},
		{"WriteAll", true, func(tb *handle.Table, h handle.Handle) (int, error) { return WriteAll(tb, h, p, past1970) }},
		{"Read", false, func(tb *handle.Table, h handle.Handle) (int, error) { return Read(tb, h, 0, p) }},
		{"ReadFull", false, func(tb *handle.Table, h handle.Handle) (int, error) { return ReadFull(tb, h, p, past1970) }},
	} {
		tb, a, b, _, _ := newPair(t, Stream, 0, nil, WithCapacity(uint64(len(full))))
		late := 0
		for range 100 {
			h := a
			if !tt.write {
				h = b
				Write(tb, a, 0, full) // so that it takes a while until nothing is left
			}
			d, err := tb.Duplicate(h, handle.SameRights)
			if err != nil {
				t.Fatal(err)
			}
			started, done := make(chan struct{}), make(chan struct{})
			go func() {
				defer close(done)
				close(started)
				for err := error(nil); err != status.ErrBadHandle; {
					_, err = tt.call(tb, d)
				}
			}()
			<-started
			tb.Close(d)
			n, _ := Outstanding(tb, b)
			<-done
			if m, _ := Outstanding(tb, b); m != n {
				late++
			}
			Read(tb, b, 0, full)
		}
		if late > 0 {
			t.Errorf("%s: %d calls took effect after the close of their handles", tt.what, late)
		}
	}
}
