package mxsocket

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"mx.example/handle"
)

var past1970 = time.Unix(1, 0) // for calls that are not to block

// newPair is a pair whose second endpoint has so many bytes to read.
func newPair(t testing.TB, mode uint32, queued int, table []handle.Option, opts ...Option) (tb *handle.Table, a, b handle.Handle, from, to *endpoint) {
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

// begin runs f in a bubble until it blocks. What it returns tells how f ended,
// or that it still blocks.
func begin(f func() (int, error)) (result func() (n int, err error, over bool)) {
	var n int
	var err error
	done := make(chan struct{})
	go func() {
		n, err = f()
		close(done)
	}()
	synctest.Wait()
	return func() (int, error, bool) {
		synctest.Wait()
		select {
		case <-done:
			return n, err, true
		default:
			return 0, nil, false
		}
	}
}

// wantShape checks a queue from within: that its lists and numbers go together,
// and that its memory follows its content.
func wantShape(t testing.TB, ep *endpoint) {
	t.Helper()
	q := &ep.in
	stored, memory, segments := 0, 0, 0
	shape := fmt.Sprintf("size %d, memory %d, front %d:", q.size, q.memory, q.front)
	last := (*segment)(nil)
	for s := q.head; s != nil; s = s.next {
		shape += fmt.Sprintf(" [%d:%d] of %d", s.r, s.w, len(s.buf))
		if s.r < 0 || s.r > s.w || s.w > len(s.buf) || s.next != nil && s.w < len(s.buf) {
			t.Fatalf("the positions of a segment: %s", shape)
		}
		stored += s.w - s.r
		memory += len(s.buf)
		segments++
		last = s
	}
	if q.free != nil {
		memory += len(q.free.buf)
		shape += fmt.Sprintf(", free %d", len(q.free.buf))
	}
	prefixes := stored - q.size
	switch {
	case q.tail != last || memory != int(q.memory)<<10:
		t.Fatalf("the list: %s", shape)
	case q.size < 0 || q.size > int(ep.pair.capacity) || prefixes < 0 || !ep.pair.datagram && prefixes != 0 || prefixes > q.size:
		t.Fatalf("%d bytes are stored: %s", stored, shape)
	case ep.pair.datagram && (q.front == 0) != (q.size == 0) || !ep.pair.datagram && q.front != 0 || int(q.front) > q.size:
		t.Fatalf("the first datagram: %s", shape)
	case memory > 4*q.size+4<<10 || q.size == 0 && memory > 1<<10:
		t.Fatalf("too much memory: %s", shape)
	case q.size == 0 && q.head != nil && (q.head.r != 0 || q.head.w != 0 || segments != 1):
		t.Fatalf("drained, and not at the beginning: %s", shape)
	}
}

// freeCalls are the records that l keeps, each of which must be there once, be
// as new, and keep nothing alive.
func freeCalls(t testing.TB, l *blockedList) map[*pendingCall]bool {
	t.Helper()
	all := make(map[*pendingCall]bool)
	for c := l.free; c != nil; c = c.next {
		switch {
		case all[c]:
			t.Fatal("a record is kept twice")
		case c.entry != nil || c.buf != nil || c.fault != nil || c.entryNext != nil || c.entryPrev != nil:
			t.Error("a record that is kept keeps something alive")
		case c.Awake():
			t.Error("a record that is kept has a token")
		case &c.at.blocked != l:
			t.Error("a record is kept where it does not belong")
		}
		all[c] = true
	}
	if len(all) != int(l.cached) || l.cached > l.n+keptCalls {
		t.Errorf("%d records are kept, %d are counted, and %d calls are blocked", len(all), l.cached, l.n)
	}
	return all
}

// wantFree is freeCalls where so many are expected.
func wantFree(t testing.TB, what string, l *blockedList, want int) map[*pendingCall]bool {
	t.Helper()
	all := freeCalls(t, l)
	if len(all) != want {
		t.Errorf("%s: %d records are kept, want %d", what, len(all), want)
	}
	return all
}
