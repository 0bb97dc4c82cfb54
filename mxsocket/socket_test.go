package mxsocket_test

import (
	"bytes"
	"math/rand/v2"
	"runtime"
	"sync"
	"testing"
	"time"

	"mx.example/handle"
	"mx.example/mxsocket"
	"mx.example/status"
)

func create(t testing.TB, tb *handle.Table, mode uint32, opts ...mxsocket.Option) (a, b handle.Handle) {
	t.Helper()
	a, b, err := mxsocket.Create(tb, mode, opts...)
	if err != nil {
		t.Fatalf("Create: %v", err)
	}
	return a, b
}

func want(t *testing.T, what string, got error, want status.Status) {
	t.Helper()
	if got != want.Err() {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

var editions = []handle.Edition{handle.Manual, handle.Kernel2017}

// What goes in comes out, in order and complete, through sizes that cross the
// chunks in every way. (The rules themselves are tested by the conformance
// suite; here it is the queue.)
func TestBytesComeOutInOrder(t *testing.T) {
	for _, capacity := range []uint64{1, 5, 1088, 1089, 4096, 70000, mxsocket.DefaultCapacity, 1 << 20} {
		for _, mode := range []uint32{mxsocket.Stream, mxsocket.Datagram} {
			tb := handle.NewTable()
			a, b := create(t, tb, mode, mxsocket.WithCapacity(capacity))
			rnd := rand.New(rand.NewPCG(capacity, uint64(mode)))
			src := rand.NewChaCha8([32]byte{1})
			var pending [][]byte // as written: what b has yet to read
			buf := make([]byte, 2*capacity+1)
			for range 3000 {
				size := rnd.IntN(1 << rnd.IntN(21))
				if rnd.IntN(2) == 0 {
					p := make([]byte, min(size, int(capacity)+1))
					src.Read(p)
					if n, err := mxsocket.Write(tb, a, 0, p); err == nil && n > 0 {
						pending = append(pending, p[:n])
					}
					continue
				}
				got := buf[:min(size, len(buf))]
				n, err := mxsocket.Read(tb, b, 0, got)
				if len(pending) == 0 {
					want(t, "read of an empty socket", err, status.ErrShouldWait)
					continue
				}
				got = got[:n]
				if mode == mxsocket.Datagram {
					if len(got) > 0 || size == 0 {
						if !bytes.HasPrefix(pending[0], got) {
							t.Fatalf("capacity %d: datagram differs", capacity)
						}
					}
					if size > 0 {
						pending = pending[1:]
					}
					continue
				}
				for len(got) > 0 {
					k := min(len(got), len(pending[0]))
					if !bytes.Equal(got[:k], pending[0][:k]) {
						t.Fatalf("capacity %d: bytes differ", capacity)
					}
					got = got[k:]
					if pending[0] = pending[0][k:]; len(pending[0]) == 0 {
						pending = pending[1:]
					}
				}
			}
			left := 0
			for _, p := range pending {
				left += len(p)
			}
			if n, err := mxsocket.Outstanding(tb, b); err != nil || n != left {
				t.Errorf("capacity %d: outstanding %d, %v; want %d", capacity, n, err, left)
			}
		}
	}
}

func TestSteadyStateAllocatesNothing(t *testing.T) {
	tb := handle.NewTable()
	for _, mode := range []uint32{mxsocket.Stream, mxsocket.Datagram} {
		for _, size := range []int{1, 1024, 1088} {
			a, b := create(t, tb, mode)
			p := make([]byte, size)
			n := testing.AllocsPerRun(1000, func() {
				mxsocket.Write(tb, a, 0, p)
				tb.WaitOne(b, handle.Readable, time.Time{})
				mxsocket.Read(tb, b, 0, p)
				mxsocket.Read(tb, b, 0, p) // SHOULD_WAIT: an error costs nothing
			})
			if n != 0 {
				t.Errorf("mode %d, %d bytes: %v allocations", mode, size, n)
			}
		}
	}
}

// heap is how much the live heap grows by f, in bytes.
func heap(f func()) int64 {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.GC() // the second empties the pools
	runtime.ReadMemStats(&before)
	f()
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&after)
	return int64(after.HeapAlloc) - int64(before.HeapAlloc)
}

func TestMemoryFollowsContent(t *testing.T) {
	const pairs = 2000
	tb := handle.NewTable()
	var hs [][2]handle.Handle
	idle := heap(func() {
		for range pairs {
			a, b := create(t, tb, mxsocket.Stream)
			hs = append(hs, [2]handle.Handle{a, b})
		}
	})
	if n := idle / pairs; n > 448 {
		t.Errorf("an idle pair takes %d bytes, want at most 448", n)
	}
	buf := make([]byte, 1<<16)
	used := heap(func() {
		for _, h := range hs {
			for range 16 {
				if n, err := mxsocket.Write(tb, h[0], 0, buf); n != len(buf) {
					t.Fatal(n, err)
				}
				if n, err := mxsocket.Read(tb, h[1], 0, buf); n != len(buf) {
					t.Fatal(n, err)
				}
			}
			mxsocket.Write(tb, h[0], 0, buf[:1])
			mxsocket.Read(tb, h[1], 0, buf)
		}
	})
	if n := (idle + used) / pairs; n > 4096 {
		t.Errorf("a drained pair keeps %d bytes, want at most 4096", n)
	}
	closed := heap(func() {
		for _, h := range hs {
			tb.Close(h[0])
			tb.Close(h[1])
		}
	})
	if left := idle + used + closed; left > pairs*64 {
		t.Errorf("%d closed pairs left %d bytes", pairs, left)
	}
	runtime.KeepAlive(tb)
}

// Several writers and readers, with waits and no polling: every byte arrives
// once. A lost wake-up would leave the test hanging. Run it under -race.
func TestManyGoroutines(t *testing.T) {
	for _, mode := range []uint32{mxsocket.Stream, mxsocket.Datagram} {
		tb := handle.NewTable()
		a, b := create(t, tb, mode, mxsocket.WithCapacity(7))
		const writers, each = 3, 20000
		var wg, readers sync.WaitGroup
		for w := range writers {
			wg.Go(func() {
				for range each {
					for {
						n, err := mxsocket.Write(tb, a, 0, []byte{byte(w)})
						if n == 1 {
							break
						}
						if err != status.ErrShouldWait {
							t.Error(err)
							return
						}
						tb.WaitOne(a, handle.Writable, time.Time{})
					}
				}
			})
		}
		var mu sync.Mutex
		var got [writers]int
		for range 2 {
			readers.Go(func() {
				buf := make([]byte, 3)
				for {
					n, err := mxsocket.Read(tb, b, 0, buf)
					switch err {
					case nil:
						mu.Lock()
						for _, w := range buf[:n] {
							got[w]++
						}
						mu.Unlock()
					case status.ErrShouldWait:
						tb.WaitOne(b, handle.Readable|handle.PeerClosed, time.Time{})
					case status.ErrPeerClosed:
						return
					default:
						t.Error(err)
						return
					}
				}
			})
		}
		wg.Wait()
		if err := tb.Close(a); err != nil {
			t.Error(err)
		}
		readers.Wait()
		for w, n := range got {
			if n != each {
				t.Errorf("mode %d: %d bytes of writer %d arrived, want %d", mode, n, w, each)
			}
		}
	}
}
