package mxsocket

import (
	"testing"
	"testing/synctest"
	"time"

	"mx.example/handle"
	"mx.example/status"
)

// A blocked datagram that is larger than the room holds back those behind it,
// and lets them go on when it gives up, for whatever reason; from the head of
// the list and from behind.
func TestWhoLeavesResumesTheOthers(t *testing.T) {
	other := handle.NewTable()
	for what, leave := range map[string]func(tb *handle.Table, h handle.Handle, c *Conn){
		"its deadline passes":        func(*handle.Table, handle.Handle, *Conn) { time.Sleep(time.Minute) },
		"the deadline of its Conn":   func(_ *handle.Table, _ handle.Handle, c *Conn) { c.SetDeadline(time.Now()) },
		"its handle is closed":       func(tb *handle.Table, h handle.Handle, _ *Conn) { tb.Close(h) },
		"its handle is replaced":     func(tb *handle.Table, h handle.Handle, _ *Conn) { tb.Replace(h, handle.SameRights) },
		"its handle is transferred":  func(tb *handle.Table, h handle.Handle, _ *Conn) { tb.Transfer(h, other) },
		"its handle moves in place":  func(tb *handle.Table, h handle.Handle, _ *Conn) { tb.Transfer(h, tb) },
		"its Conn is closed":         func(_ *handle.Table, _ handle.Handle, c *Conn) { c.Close() },
		"all handles but one closed": func(tb *handle.Table, h handle.Handle, _ *Conn) { tb.Close(h) },
	} {
		for _, first := range []bool{true, false} {
			synctest.Test(t, func(t *testing.T) {
				tb, a, b, _, _ := newPair(t, Datagram, 0, nil, WithCapacity(10))
				for _, n := range []int{2, 3} {
					Write(tb, a, 0, make([]byte, n))
				}
				d, _ := tb.Duplicate(a, handle.SameRights)
				c := NewConn(tb, d)
				var before func() (int, error, bool)
				if !first { // one that a read will serve stands in front
					before = begin(func() (int, error) { return WriteAll(tb, a, make([]byte, 7), time.Time{}) })
					Read(tb, b, 0, make([]byte, 10))
				}
				large := begin(func() (int, error) {
					if what == "the deadline of its Conn" || what == "its Conn is closed" {
						return c.write(make([]byte, 10))
					}
					return WriteAll(tb, d, make([]byte, 10), time.Now().Add(time.Second))
				})
				small := begin(func() (int, error) { return WriteAll(tb, a, make([]byte, 6), time.Time{}) })
				if Read(tb, b, 0, make([]byte, 10)); first {
					if _, _, over := small(); over {
						t.Errorf("%s: it did not wait its turn", what)
					}
				} else if n, err, over := before(); n != 7 || err != nil || !over {
					t.Errorf("%s: the one in front: %d, %v, over: %v", what, n, err, over)
				}
				leave(tb, d, c)
				if n, err, over := large(); n != 0 || err == nil || !over {
					t.Errorf("%s: the large one: %d, %v, over: %v", what, n, err, over)
				}
				if !first {
					Read(tb, b, 0, make([]byte, 10))
				}
				if n, err, over := small(); n != 6 || err != nil || !over {
					t.Errorf("%s: first %v: the small one sleeps on: %d, %v, over: %v", what, first, n, err, over)
				}
				tb.CloseAll()
				other.CloseAll()
			})
		}
	}
}

// When a handle is closed all its calls end before another goes on: one of
// those behind it in the list must not write with a handle that is gone.
func TestCloseEndsAllOfAHandleFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb, a, b, _, _ := newPair(t, Datagram, 2, nil, WithCapacity(10))
		Write(tb, a, 0, make([]byte, 3))
		d, _ := tb.Duplicate(a, handle.SameRights)
		large := begin(func() (int, error) { return WriteAll(tb, d, make([]byte, 10), time.Time{}) })
		small := begin(func() (int, error) { return WriteAll(tb, d, make([]byte, 6), time.Time{}) })
		Read(tb, b, 0, make([]byte, 2)) // now the small one fits, and stands behind
		tb.Close(d)
		for i, call := range []func() (int, error, bool){large, small} {
			if n, err, over := call(); n != 0 || err != status.ErrCanceled || !over {
				t.Errorf("call %d: %d, %v, over: %v", i, n, err, over)
			}
		}
		if n, _ := Outstanding(tb, b); n != 3 {
			t.Errorf("%d bytes are there, and 3 were written through a live handle", n)
		}
		tb.CloseAll()
	})
}

// Records that nobody uses are as many as those in use, and a constant more.
func TestRecordsAreBounded(t *testing.T) {
	for _, timed := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			const n = 2000
			tb, a, b, _, to := newPair(t, Stream, 0, nil)
			deadline := time.Time{}
			if timed {
				deadline = time.Now().Add(time.Minute)
			}
			for range n {
				go ReadFull(tb, b, make([]byte, 1), deadline)
			}
			synctest.Wait()
			check := func(blocked int32) {
				t.Helper()
				synctest.Wait()
				to.pair.mu.Lock()
				defer to.pair.mu.Unlock()
				if freeCalls(t, &to.blocked); to.blocked.n != blocked {
					t.Errorf("%d calls are blocked, want %d", to.blocked.n, blocked)
				}
			}
			check(n)
			for i := range n {
				if Write(tb, a, 0, []byte("x")); i%500 == 0 {
					check(int32(n - i - 1))
				}
			}
			check(0)
			wantFree(t, "all are over", &to.blocked, keptCalls)
			tb.CloseAll()
		})
	}
}
