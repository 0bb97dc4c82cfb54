package mxsocket

import (
	"testing"

	"mx.example/handle"
	"mx.example/status"
)

// What a call does through a handle it does before the close of that handle, or
// not at all (O-LINEAR): after a close nothing comes of calls under way.
func TestQuickNotAfterTheClose(t *testing.T) {
	for _, write := range []bool{true, false} {
		tb, a, b, _, _ := quickPair(t, Stream, 0, nil)
		late := 0
		for range 200 {
			Write(tb, a, 0, make([]byte, DefaultCapacity/2)) // enough for either
			h := b
			if write {
				h = a
			}
			d, err := tb.Duplicate(h, handle.SameRights)
			if err != nil {
				t.Fatal(err)
			}
			started, done := make(chan struct{}), make(chan struct{})
			go func() {
				defer close(done)
				close(started)
				p := []byte{1}
				for err := error(nil); err != status.ErrBadHandle; {
					if write {
						_, err = Write(tb, d, 0, p)
					} else {
						_, err = Read(tb, d, 0, p)
					}
				}
			}()
			<-started
			tb.Close(d)
			n, _ := Outstanding(tb, b)
			<-done
			if m, _ := Outstanding(tb, b); m != n {
				late++
			}
			Read(tb, b, 0, make([]byte, DefaultCapacity))
		}
		if late > 0 {
			t.Errorf("write %v: %d calls took effect after the close of their handles", write, late)
		}
	}
}
