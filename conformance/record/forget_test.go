package record

import (
	"io"
	"testing"

	"mx.example/handle"
	"mx.example/mxsocket"
)

// A program that makes handles and goroutines for ever does not make the recorder
// grow, and its run stays explained, with the handles that live from the beginning
// and one that was closed before the calls that are kept.
func TestRecorderDoesNotGrow(t *testing.T) {
	r := New(50)
	tb := handle.NewTable(handle.WithHook(r))
	first, other, _ := mxsocket.Create(tb, mxsocket.Stream)
	closed, _ := handle.NewEvent(tb)
	tb.Close(closed)
	turn := func() {
		a, b, _ := mxsocket.Create(tb, mxsocket.Stream)
		c, _ := tb.Duplicate(first, handle.SameRights)
		handle.SetName(tb, a, "stdin")
		mxsocket.Write(tb, c, 0, []byte("x"))
		mxsocket.Read(tb, other, 0, make([]byte, 1))
		tb.Info(b)
		for _, h := range []handle.Handle{a, b, c} {
			tb.Close(h)
		}
		tb.Close(closed)
	}
	size := func() int {
		n := len(r.events) + len(r.handles) + len(r.koids) + len(r.labels) + len(r.names) + len(r.actors)
		return n + len(r.base.s.Handles) + len(r.base.s.Objects)
	}
	most := 0
	for i := range 1000 {
		done := make(chan bool)
		go func() {
			turn()
			close(done)
		}()
		if <-done; i < 500 && r.base != nil {
			most = max(most, size())
		}
	}
	if n := size(); n > most {
		t.Errorf("%d things are kept after 1000 turns, and at most %d were in the first 500", n, most)
	}
	if err := r.Write(io.Discard, "run"); err != nil {
		t.Error(err)
	}
}

// BenchmarkRecorder shows what being recorded costs: a byte written and read in a
// table without a hook, and in one with a recorder.
//
//	go test -run xxx -bench Recorder ./conformance/record
func BenchmarkRecorder(b *testing.B) {
	for name, opts := range map[string][]handle.Option{"plain": nil, "recorded": {handle.WithHook(New(1000))}} {
		b.Run(name, func(b *testing.B) {
			tb := handle.NewTable(opts...)
			x, y, _ := mxsocket.Create(tb, mxsocket.Stream)
			p := []byte{1}
			for b.Loop() {
				mxsocket.Write(tb, x, 0, p)
				mxsocket.Read(tb, y, 0, p)
			}
		})
	}
}
