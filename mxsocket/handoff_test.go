package mxsocket

import (
	"testing"
	"testing/synctest"
	"time"

	"mx.example/handle"
)

// What a blocked reader waits for goes straight to its buffer: the queue does
// not even get memory. If somebody watches, it goes by the queue.
func TestHandOverIsDirect(t *testing.T) {
	for _, mode := range []uint32{Stream, Datagram} {
		for _, watched := range []handle.Signals{0, handle.Readable, handle.Writable} {
			for _, blocking := range []bool{false, true} {
				synctest.Test(t, func(t *testing.T) {
					tb, a, b, _, to := newPair(t, mode, 0, nil)
					p := make([]byte, 3)
					r := begin(func() (int, error) { return ReadFull(tb, b, p, time.Time{}) })
					switch watched {
					case handle.Readable:
						go tb.WaitOne(b, handle.PeerClosed, time.Time{})
					case handle.Writable:
						go tb.WaitOne(a, handle.PeerClosed, time.Time{})
					}
					synctest.Wait()
					n, err := 0, error(nil)
					if blocking {
						n, err = WriteAll(tb, a, []byte("abc"), time.Time{})
					} else {
						n, err = Write(tb, a, 0, []byte("abc"))
					}
					if n != 3 || err != nil {
						t.Errorf("a write: %d, %v", n, err)
					}
					if n, err, over := r(); n != 3 || err != nil || !over || string(p) != "abc" {
						t.Errorf("ReadFull: %d, %v, %q, over: %v", n, err, p, over)
					}
					if (to.in.head != nil) != (watched != 0) || to.in.size != 0 {
						t.Errorf("mode %d, watched %v: the queue has a ring of %d, and %d bytes", mode, watched, to.in.memory, to.in.size)
					}
					tb.CloseAll()
				})
			}
		}
	}
}

// What is handed over and is more than the blocked take goes on to the queue;
// what they have left to fill waits for the next write.
func TestHandOverOfMoreAndLess(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb, a, b, _, to := newPair(t, Stream, 0, nil)
		p, q := make([]byte, 3), make([]byte, 4)
		r := begin(func() (int, error) { return ReadFull(tb, b, p, time.Time{}) })
		s := begin(func() (int, error) { return ReadFull(tb, b, q, time.Time{}) })
		Write(tb, a, 0, []byte("a"))
		if _, _, over := r(); over {
			t.Error("one byte of three was enough")
		}
		Write(tb, a, 0, []byte("bcde"))
		if n, err, over := r(); n != 3 || err != nil || !over || string(p) != "abc" {
			t.Errorf("the first: %d, %v, %q, over: %v", n, err, p, over)
		}
		if _, _, over := s(); over || to.in.size != 0 {
			t.Errorf("the second: over: %v, and %d bytes in the queue", over, to.in.size)
		}
		Write(tb, a, 0, []byte("fghi"))
		if n, err, over := s(); n != 4 || err != nil || !over || string(q) != "defg" {
			t.Errorf("the second: %d, %v, %q, over: %v", n, err, q, over)
		}
		if n, err := Read(tb, b, 0, q); n != 2 || err != nil || string(q[:n]) != "hi" {
			t.Errorf("the rest: %d, %v, %q", n, err, q[:n])
		}
		tb.CloseAll()
	})
}

// Memory for what is handed over is charged and given back at once.
func TestHandOverIsCounted(t *testing.T) {
	for _, mode := range []uint32{Stream, Datagram} {
		synctest.Test(t, func(t *testing.T) {
			const limit = PairCharge + 2*handle.HandleCharge + 10
			tb, a, b, _, _ := newPair(t, mode, 0, []handle.Option{handle.WithMemoryLimit(limit)})
			for range 3 {
				p := make([]byte, 6)
				r := begin(func() (int, error) { return ReadFull(tb, b, p, time.Time{}) })
				if n, err := Write(tb, a, 0, make([]byte, 10)); n != 10 || err != nil {
					t.Fatalf("mode %d: Write: %d, %v", mode, n, err)
				}
				if n, err, over := r(); n != 6 || err != nil || !over {
					t.Errorf("mode %d: ReadFull: %d, %v, over: %v", mode, n, err, over)
				}
				if mode == Stream {
					ReadFull(tb, b, p[:4], past1970)
				}
			}
			tb.CloseAll()
		})
	}
}

// exactly is how many allocations 500 calls of f make, on one processor. (The
// least of a few tries: the runtime allocates now and then, and a goroutine that
// is stopped in the few instructions before its sleep leaves its record behind.)
func exactly(f func()) float64 {
	least := testing.AllocsPerRun(1, f) // which also warms up
	for range 4 {
		least = min(least, testing.AllocsPerRun(1, func() {
			for range 500 {
				f()
			}
		}))
	}
	return least
}

// A ping-pong between goroutines that block allocates nothing, not even once in
// a while.
func TestHandOverAllocatesNothing(t *testing.T) {
	never := func() time.Time { return time.Time{} }
	later := func() time.Time { return time.Now().Add(time.Hour) }
	for _, tt := range []struct {
		what     string
		mode     uint32
		deadline func() time.Time
	}{
		{"stream", Stream, never}, {"datagram", Datagram, never},
		{"stream with deadlines", Stream, later}, {"datagram with deadlines", Datagram, later},
	} {
		tb, a, b, _, to := newPair(t, tt.mode, 0, nil)
		done := make(chan struct{})
		go func() { // an echo service
			defer close(done)
			p := make([]byte, 100)
			for {
				if _, err := ReadFull(tb, b, p, tt.deadline()); err != nil {
					return
				}
				WriteAll(tb, b, p, tt.deadline())
			}
		}()
		p := make([]byte, 100)
		if n := exactly(func() {
			WriteAll(tb, a, p, tt.deadline())
			ReadFull(tb, a, p, tt.deadline())
		}); n != 0 {
			t.Errorf("%s: %v allocations in 500 round trips", tt.what, n)
		}
		tb.Close(a)
		<-done
		if n := len(freeCalls(t, &to.blocked)); n == 0 {
			t.Errorf("%s: nobody has blocked", tt.what)
		}
	}
}
