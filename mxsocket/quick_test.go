package mxsocket

import (
	"bytes"
	"testing"
	"testing/synctest"
	"time"

	"mx.example/handle"
)

// quickPair is a pair whose second endpoint has so many bytes to read, and the
// entries of both.
func quickPair(t *testing.T, mode uint32, queued int, table []handle.Option, opts ...Option) (tb *handle.Table, a, b handle.Handle, from, to *endpoint) {
	t.Helper()
	tb = handle.NewTable(table...)
	a, b, err := Create(tb, mode, opts...)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := Write(tb, a, 0, make([]byte, queued)); n != queued || err != nil {
		t.Fatalf("Write: %d, %v", n, err)
	}
	at := func(h handle.Handle) *endpoint { return tb.Lookup(h).Object().(*endpoint) }
	return tb, a, b, at(a), at(b)
}

// The quick way is taken to the last byte that it is good for, and not beyond.
func TestQuickPut(t *testing.T) {
	const chunk = 4096 // what 2000 bytes are in
	for _, tt := range []struct {
		what     string
		capacity uint64
		n        int
		want     bool
	}{
		{"nothing", 10000, 0, false},
		{"one byte", 10000, 1, true},
		{"to the end of the chunk", 10000, chunk - 2000, true},
		{"beyond the chunk", 10000, chunk - 1999, false},
		{"to the capacity", 3000, 1000, true},
		{"beyond the capacity", 3000, 1001, false},
	} {
		_, _, _, from, to := quickPair(t, Stream, 2000, nil, WithCapacity(tt.capacity))
		p := bytes.Repeat([]byte{7}, tt.n)
		if got := from.quickPut(p); got != tt.want {
			t.Errorf("%s: %v", tt.what, got)
		}
		want := 2000
		if tt.want {
			want += tt.n
		}
		if wantShape(t, &to.in); to.in.size != want {
			t.Errorf("%s: %d bytes, want %d", tt.what, to.in.size, want)
		}
	}
	if _, _, _, from, _ := quickPair(t, Stream, 0, nil); from.quickPut([]byte("x")) {
		t.Error("into a queue without memory")
	}
}

func TestQuickGet(t *testing.T) {
	_, _, _, from, to := quickPair(t, Stream, 4000, nil)
	from.put(make([]byte, 5000)) // 4096 bytes in the first chunk
	for _, tt := range []struct {
		n    int
		want bool
	}{{0, false}, {4096, false}, {4095, true}, {1, false}} {
		before := to.in.size
		if got := to.quickGet(make([]byte, tt.n)); got != tt.want {
			t.Errorf("%d bytes: %v", tt.n, got)
		}
		if tt.want {
			before -= tt.n
		}
		if wantShape(t, &to.in); to.in.size != before {
			t.Errorf("%d bytes: %d left, want %d", tt.n, to.in.size, before)
		}
	}
	_, _, _, _, to = quickPair(t, Stream, 10, nil)
	if to.quickGet(make([]byte, 10)) || !to.quickGet(make([]byte, 9)) {
		t.Error("the last byte is left to the long way, and all before it are not")
	}
}

// What has to be counted, refused or told is not for the quick way.
func TestQuickIsPlain(t *testing.T) {
	quick := func(what string, from, to *endpoint, want bool) {
		t.Helper()
		if put, get := from.quickPut([]byte("x")), to.quickGet(make([]byte, 1)); put != want || get != want {
			t.Errorf("%s: put %v, get %v, want %v", what, put, get, want)
		}
	}
	_, _, _, from, to := quickPair(t, Stream, 100, nil)
	quick("a stream", from, to, true)
	_, _, _, from, to = quickPair(t, Datagram, 100, nil)
	quick("datagrams", from, to, false)
	_, _, _, from, to = quickPair(t, Stream, 100, []handle.Option{handle.WithMemoryLimit(1 << 20)})
	quick("a memory limit", from, to, false)
	_, _, _, from, to = quickPair(t, Stream, 100, nil)
	if to.ended = true; from.quickPut([]byte("x")) {
		t.Error("into a direction that has ended")
	}
	if to.ended, to.gone = false, true; from.quickPut([]byte("x")) {
		t.Error("to an endpoint that is gone")
	}
	synctest.Test(t, func(t *testing.T) {
		for _, watchFirst := range []bool{true, false} {
			tb, a, b, from, to := quickPair(t, Stream, 100, nil, WithCapacity(1000))
			h := a
			if watchFirst {
				h = b
			}
			go tb.WaitOne(h, handle.PeerClosed, time.Time{})
			synctest.Wait()
			quick("watched, and no signal changes", from, to, true)
			if from.quickPut(make([]byte, 900)) {
				t.Error("watched, and full afterwards")
			}
			to.in.discard(99)
			if !from.quickPut([]byte("x")) {
				t.Error("watched, from one byte to two")
			}
			if from.quickPut(make([]byte, 700)); !to.quickGet(make([]byte, 600)) {
				t.Error("watched, from more than half to less")
			}
			to.rx = 50
			quick("watched, with a threshold", from, to, false)
			to.rx, from.tx = 0, 50
			quick("watched, with another", from, to, false)
			tb.CloseAll()
		}
		tb, _, b, _, to := quickPair(t, Stream, 0, nil)
		go ReadFull(tb, b, make([]byte, 1), time.Time{})
		synctest.Wait()
		if to.undisturbed(1, 2) {
			t.Error("somebody is blocked, and it is quick")
		}
		tb.CloseAll()
	})
}
