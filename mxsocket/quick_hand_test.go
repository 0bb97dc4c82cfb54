package mxsocket

import (
	"testing"
	"testing/synctest"
	"time"

	"mx.example/handle"
	"mx.example/status"
)

// The quick way of handing over is for one reader that gets just what it waits
// for, with nobody who watches and nothing to count; else it changes nothing.
func TestQuickHand(t *testing.T) {
	limited := []handle.Option{handle.WithMemoryLimit(1 << 20)}
	for _, tt := range []struct {
		what    string
		mode    uint32
		table   []handle.Option
		readers int
		watch   handle.Signals
		n       int
		want    bool
	}{
		{"just what it waits for", Stream, nil, 1, 0, 3, true},
		{"less", Stream, nil, 1, 0, 2, false},
		{"more", Stream, nil, 1, 0, 4, false},
		{"nothing", Stream, nil, 1, 0, 0, false},
		{"to nobody", Stream, nil, 0, 0, 3, false},
		{"nothing to nobody", Stream, nil, 0, 0, 0, false},
		{"to two", Stream, nil, 2, 0, 3, false},
		{"a datagram", Datagram, nil, 1, 0, 3, false},
		{"what is counted", Stream, limited, 1, 0, 3, false},
		{"a reader that is watched", Stream, nil, 1, handle.Readable, 3, false},
		{"a writer that is watched", Stream, nil, 1, handle.Writable, 3, false},
	} {
		synctest.Test(t, func(t *testing.T) {
			tb, a, b, from, to := quickPair(t, tt.mode, 0, tt.table)
			var calls []func() (int, error, bool)
			bufs := make([][]byte, tt.readers)
			for i := range bufs {
				bufs[i] = make([]byte, 3)
				calls = append(calls, begin(func() (int, error) { return ReadFull(tb, b, bufs[i], time.Time{}) }))
			}
			switch tt.watch {
			case handle.Readable:
				go tb.WaitOne(b, handle.PeerClosed, time.Time{})
			case handle.Writable:
				go tb.WaitOne(a, handle.PeerClosed, time.Time{})
			}
			synctest.Wait()
			to.pair.mu.Lock()
			got := to.quickHand(from, []byte("abcd")[:tt.n])
			to.pair.mu.Unlock()
			if got != tt.want {
				t.Errorf("%s: %v", tt.what, got)
			}
			for i, call := range calls {
				if n, err, over := call(); over != tt.want || over && (n != 3 || err != nil || string(bufs[i]) != "abc") {
					t.Errorf("%s: reader %d: over: %v, %d, %v, %q", tt.what, i, over, n, err, bufs[i])
				}
			}
			tb.CloseAll()
		})
	}
}

// A reader that has some of its bytes gets the others quickly, and tells of
// all, whether it may end by itself or not; Conn.Read tells of those that came.
func TestQuickHandOfTheRest(t *testing.T) {
	for _, deadline := range []time.Duration{0, time.Hour} {
		synctest.Test(t, func(t *testing.T) {
			tb, a, b, _, to := quickPair(t, Stream, 2, nil)
			at := func() (d time.Time) {
				if deadline > 0 {
					d = time.Now().Add(deadline)
				}
				return d
			}
			p := make([]byte, 7)
			r := begin(func() (int, error) { return ReadFull(tb, b, p, at()) }) // 2 are there
			for _, s := range []string{"a", "bc", "de"} {
				if _, _, over := r(); over {
					t.Fatalf("over before %q", s)
				}
				if n, err := WriteAll(tb, a, []byte(s), time.Time{}); n != len(s) || err != nil {
					t.Errorf("WriteAll: %d, %v", n, err)
				}
			}
			if n, err, over := r(); n != 7 || err != nil || !over || string(p[2:]) != "abcde" {
				t.Errorf("ReadFull: %d, %v, %q, over: %v", n, err, p, over)
			}
			wantSpares(t, "after ReadFull", &to.blocked, 1)
			c := NewConn(tb, b)
			for _, s := range []string{"abc", "abcdefg"} { // some, and all it can take
				r = begin(func() (int, error) { return c.Read(p) })
				if n, err := WriteAll(tb, a, []byte(s), time.Time{}); n != len(s) || err != nil {
					t.Errorf("WriteAll: %d, %v", n, err)
				}
				if n, err, over := r(); n != len(s) || err != nil || !over || string(p[:n]) != s {
					t.Errorf("Conn.Read: %d, %v, %q, over: %v", n, err, p[:n], over)
				}
			}
			tb.CloseAll()
		})
	}
}

// Two readers are served in turn, though what comes is just what one waits for.
func TestQuickHandInTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb, a, b, _, _ := quickPair(t, Stream, 0, nil)
		p, q := make([]byte, 3), make([]byte, 3)
		r := begin(func() (int, error) { return ReadFull(tb, b, p, time.Time{}) })
		s := begin(func() (int, error) { return ReadFull(tb, b, q, time.Time{}) })
		WriteAll(tb, a, []byte("abc"), time.Time{})
		if _, _, over := s(); over {
			t.Error("the second was over with the first three bytes")
		}
		WriteAll(tb, a, []byte("def"), time.Time{})
		for i, call := range []func() (int, error, bool){r, s} {
			if n, err, over := call(); n != 3 || err != nil || !over {
				t.Errorf("reader %d: %d, %v, over: %v", i, n, err, over)
			}
		}
		if string(p)+string(q) != "abcdef" {
			t.Errorf("read %q and %q", p, q)
		}
		tb.CloseAll()
	})
}

// A writer that is blocked is not taken for a reader.
func TestQuickHandToAWriter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb, a, b, _, _ := quickPair(t, Stream, 5, nil, WithCapacity(5))
		v := begin(func() (int, error) { return WriteAll(tb, a, []byte("abc"), time.Time{}) })
		w := begin(func() (int, error) { return WriteAll(tb, a, []byte("def"), time.Time{}) })
		p := make([]byte, 11)
		if n, err := ReadFull(tb, b, p, past1970); n != 11 || err != nil || string(p[5:]) != "abcdef" {
			t.Errorf("ReadFull: %d, %v, %q", n, err, p)
		}
		for i, call := range []func() (int, error, bool){v, w} {
			if n, err, over := call(); n != 3 || err != nil || !over {
				t.Errorf("writer %d: %d, %v, over: %v", i, n, err, over)
			}
		}
		tb.CloseAll()
	})
}

// What may not be written is not handed over either, though somebody waits for
// it: a datagram above the capacity, and what the memory limit does not allow,
// also as the first of the pair.
func TestQuickHandIsRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb, a, b, _, _ := quickPair(t, Datagram, 0, nil, WithCapacity(5))
		p := make([]byte, 6)
		r := begin(func() (int, error) { return ReadFull(tb, b, p, time.Time{}) })
		if n, err := WriteAll(tb, a, make([]byte, 6), time.Time{}); n != 0 || err != status.ErrOutOfRange {
			t.Errorf("a datagram above the capacity: %d, %v", n, err)
		}
		if _, _, over := r(); over {
			t.Error("it arrived all the same")
		}
		tb.CloseAll()

		full := []handle.Option{handle.WithMemoryLimit(PairCharge + 2*handle.HandleCharge)}
		tb, a, b, _, _ = quickPair(t, Stream, 0, full)
		for _, dir := range [][2]handle.Handle{{a, b}, {b, a}} {
			r = begin(func() (int, error) { return ReadFull(tb, dir[1], p, time.Time{}) })
			if n, err := WriteAll(tb, dir[0], make([]byte, 6), time.Time{}); n != 0 || err != status.ErrNoMemory {
				t.Errorf("without memory: %d, %v", n, err)
			}
			if _, _, over := r(); over {
				t.Error("it arrived all the same")
			}
		}
		tb.CloseAll()
	})
}

// An empty WriteAll is nothing, also to one who waits to see what comes.
func TestQuickHandOfNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb, a, b, _, to := quickPair(t, Stream, 0, nil)
		l := begin(func() (int, error) {
			_, next, err := to.look(tb.Lookup(b), nil, nil)
			return next, err
		})
		x := to.blocked.last
		if n, err := WriteAll(tb, a, nil, time.Time{}); n != 0 || err != nil {
			t.Errorf("WriteAll of nothing: %d, %v", n, err)
		}
		if to.blocked.last != x || x.Awake() {
			t.Error("nothing was written, and somebody was woken")
		}
		WriteAll(tb, a, []byte("abc"), time.Time{})
		if n, err, over := l(); n != 3 || err != nil || !over {
			t.Errorf("a look: %d, %v, over: %v", n, err, over)
		}
		tb.CloseAll()
	})
}
