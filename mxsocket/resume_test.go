package mxsocket

import (
	"testing"
	"testing/synctest"
	"time"

	"mx.example/handle"
)

// A WriteAll of a datagram can wait though the queue is not full. It goes on
// as soon as a read has made room, whichever way that read goes; nothing else
// disturbs it.
func TestFastReadMakesRoomForADatagram(t *testing.T) {
	reads := map[string]func(tb *handle.Table, h handle.Handle, p []byte) (int, error){
		"Read":     func(tb *handle.Table, h handle.Handle, p []byte) (int, error) { return Read(tb, h, 0, p) },
		"ReadFull": func(tb *handle.Table, h handle.Handle, p []byte) (int, error) { return ReadFull(tb, h, p, past1970) },
		"Conn":     func(tb *handle.Table, h handle.Handle, p []byte) (int, error) { return NewConn(tb, h).Read(p) },
	}
	for name, read := range reads {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tb, a, b, _, to := newPair(t, Datagram, 1, []handle.Option{handle.WithEdition(handle.Zircon)}, WithCapacity(100))
				for _, n := range []int{50, 30} {
					if k, err := Write(tb, a, 0, make([]byte, n)); k != n || err != nil {
						t.Fatalf("Write: %d, %v", k, err)
					}
				}
				w := begin(func() (int, error) { return WriteAll(tb, a, make([]byte, 60), time.Time{}) })
				waits := func(after string) {
					t.Helper()
					if n, err, over := w(); over {
						t.Fatalf("after %s it was over: %d, %v", after, n, err)
					}
				}
				expect := func(what string, n int, err error, want int) {
					t.Helper()
					if n != want || err != nil {
						t.Errorf("%s: %d, %v; want %d", what, n, err, want)
					}
				}
				p := make([]byte, 100)
				waits("nothing")
				n, err := Read(tb, b, Peek, p)
				expect("peek", n, err, 1)
				n, err = Read(tb, b, 0, nil)
				expect("a read of nothing", n, err, 0)
				waits("reads that take nothing")
				n, err = Write(tb, a, 0, make([]byte, 2))
				expect("a datagram that fits", n, err, 2)
				waits("another's datagram")
				n, err = read(tb, b, p)
				expect("the first", n, err, 1)
				waits("one byte")
				n, err = read(tb, b, p[:7]) // cut
				expect("the second", n, err, 7)
				if n, err, over := w(); n != 60 || err != nil || !over {
					t.Errorf("there is room, and it is over: %v, %d, %v", over, n, err)
				}
				for _, want := range []int{30, 2, 60} {
					n, err = read(tb, b, p)
					expect("the rest", n, err, want)
				}
				wantShape(t, to)
				tb.CloseAll()
			})
		})
	}
}

// The calls that are blocked at a queue that has its ring are served by quick
// calls as by others: those that wait for bytes, and those that wait for room.
func TestFastServesTheBlocked(t *testing.T) {
	flows(t, handle.Manual, func(t *testing.T, f *flow) {
		over := func(what string, r func() (int, error, bool), want int) {
			t.Helper()
			if n, err, over := r(); n != want || err != nil || !over {
				t.Errorf("%s: over: %v, with %d, %v; want %d", what, over, n, err, want)
			}
		}
		p := make([]byte, 1)
		r := begin(func() (int, error) { return ReadFull(f.tb, f.b, p, time.Time{}) })
		f.put(1)
		over("a read from an empty queue", r, 1)

		e := f.tb.Lookup(f.b)
		l := begin(func() (int, error) {
			_, next, err := f.to.awaitPeek(e, nil, nil)
			return next, err
		})
		f.put(1)
		over("a look into an empty queue", l, 1)

		f.put(99)
		w := begin(func() (int, error) { return WriteAll(f.tb, f.a, p, time.Time{}) })
		if _, _, over := w(); over {
			t.Error("a write into a full queue was over")
		}
		f.take(1)
		over("a write into a full queue", w, 1)
		w = begin(func() (int, error) { return WriteAll(f.tb, f.a, p, time.Time{}) })
		v := begin(func() (int, error) { return WriteAll(f.tb, f.a, p, time.Time{}) })
		f.take(1)
		over("the first of two writes", w, 1)
		if _, _, over := v(); over {
			t.Error("the second of two writes found room")
		}
		f.take(1)
		over("the second of two writes", v, 1)
		f.take(100)
	})
}

// Many blocked writes of datagrams, none of which waits for a full queue, and
// only quick reads to let them go on.
func TestFastDatagramsAllGoOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb, a, b, _, to := newPair(t, Datagram, 60, nil, WithCapacity(100))
		const writers = 20
		var ws []func() (int, error, bool)
		for i := range writers {
			p := make([]byte, 41+i)
			p[0] = byte(i)
			ws = append(ws, begin(func() (int, error) { return WriteAll(tb, a, p, time.Time{}) }))
		}
		p := make([]byte, 100)
		if n, err := Read(tb, b, 0, p); n != 60 || err != nil {
			t.Fatalf("the first: %d, %v", n, err)
		}
		for i := range writers { // first come, first served
			if n, err := Read(tb, b, 0, p); n != 41+i || err != nil || int(p[0]) != i {
				t.Fatalf("datagram %d: %d, %v, from %d", i, n, err, p[0])
			}
		}
		for i, w := range ws {
			if n, err, over := w(); n != 41+i || err != nil || !over {
				t.Errorf("writer %d: over: %v, %d, %v", i, over, n, err)
			}
		}
		wantShape(t, to)
		tb.CloseAll()
	})
}
