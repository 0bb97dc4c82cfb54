package mxsocket

import (
	"testing"
	"testing/synctest"
	"time"

	"mx.example/handle"
	"mx.example/status"
)

// Calls that are blocked at one time have a record each, get what is theirs,
// and leave their records to those who come after them.
func TestRecordsAreUsedAgain(t *testing.T) {
	for _, timed := range []bool{false, true} {
		for _, mode := range []uint32{Stream, Datagram} {
			synctest.Test(t, func(t *testing.T) {
				tb, a, b, _, to := newPair(t, mode, 0, nil, WithCapacity(4))
				l := &to.blocked
				deadline := func() (d time.Time) {
					if timed {
						d = time.Now().Add(time.Hour)
					}
					return d
				}
				var first map[*pendingCall]bool
				same := func(what string, kept map[*pendingCall]bool) {
					t.Helper()
					if first == nil {
						first = kept
					}
					for b := range kept {
						if !first[b] {
							t.Errorf("%s: a new record", what)
						}
					}
				}
				for range 5 {
					p, q := make([]byte, 2), make([]byte, 2)
					r := begin(func() (int, error) { return ReadFull(tb, b, p, deadline()) })
					s := begin(func() (int, error) { return ReadFull(tb, b, q, deadline()) })
					wantFree(t, "two are reading", l, 0)
					Write(tb, a, 0, []byte("ab"))
					if n, err, over := r(); n != 2 || err != nil || !over || string(p) != "ab" {
						t.Errorf("the first reader: %d, %v, %q, over: %v", n, err, p, over)
					}
					wantFree(t, "one is reading", l, 1)
					Write(tb, a, 0, []byte("cd"))
					if n, err, over := s(); n != 2 || err != nil || !over || string(q) != "cd" {
						t.Errorf("the second reader: %d, %v, %q, over: %v", n, err, q, over)
					}
					same("reading", wantFree(t, "both have read", l, 2))

					Write(tb, a, 0, []byte("wxyz"))
					v := begin(func() (int, error) { return WriteAll(tb, a, []byte("ef"), deadline()) })
					w := begin(func() (int, error) { return WriteAll(tb, a, []byte("gh"), deadline()) })
					wantFree(t, "two are writing", l, 0)
					var got []byte
					for len(got) < 8 {
						x := make([]byte, 4)
						n, err := Read(tb, b, 0, x)
						if err != nil {
							t.Fatal(err)
						}
						got = append(got, x[:n]...)
					}
					if string(got) != "wxyzefgh" {
						t.Errorf("read %q", got)
					}
					for _, x := range []func() (int, error, bool){v, w} {
						if n, err, over := x(); n != 2 || err != nil || !over {
							t.Errorf("a writer: %d, %v, over: %v", n, err, over)
						}
					}
					same("writing", wantFree(t, "both have written", l, 2))
				}
				tb.CloseAll()
			})
		}
	}
}

// However a blocked call ends, it tells how far it got; its record is kept once,
// and the next call, which has it, knows nothing of that.
func TestRecordsOfCallsThatFail(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb, a, b, _, to := newPair(t, Stream, 0, nil, WithCapacity(5))
		l := &to.blocked
		dup := func(h handle.Handle) handle.Handle {
			d, err := tb.Duplicate(h, handle.SameRights)
			if err != nil {
				t.Fatal(err)
			}
			return d
		}
		var d handle.Handle
		var c *Conn
		closing := func() { tb.Close(d) }
		waiting := func() { time.Sleep(time.Second) }
		p := make([]byte, 12)
		var kept map[*pendingCall]bool
		for round := range 3 {
			soon := time.Now().Add(time.Second / 2)
			for what, tt := range map[string]struct {
				write bool
				begin func() (int, error)
				end   func()
				want  status.Status
			}{
				"read, closed":         {false, func() (int, error) { return ReadFull(tb, d, p, time.Time{}) }, closing, status.ErrCanceled},
				"timed read, closed":   {false, func() (int, error) { return ReadFull(tb, d, p, soon.Add(time.Hour)) }, closing, status.ErrCanceled},
				"read, too late":       {false, func() (int, error) { soon = time.Now().Add(time.Second); return ReadFull(tb, d, p, soon) }, waiting, status.ErrTimedOut},
				"write, closed":        {true, func() (int, error) { return WriteAll(tb, d, p, time.Time{}) }, closing, status.ErrCanceled},
				"timed write, closed":  {true, func() (int, error) { return WriteAll(tb, d, p, soon.Add(time.Hour)) }, closing, status.ErrCanceled},
				"write, too late":      {true, func() (int, error) { soon = time.Now().Add(time.Second); return WriteAll(tb, d, p, soon) }, waiting, status.ErrTimedOut},
				"Conn write, closed":   {true, func() (int, error) { return c.write(p) }, closing, status.ErrCanceled},
				"Conn write, too late": {true, func() (int, error) { c.SetDeadline(time.Now().Add(time.Second)); return c.write(p) }, waiting, status.ErrTimedOut},
			} {
				d = dup(b)
				if tt.write {
					d = dup(a)
				}
				c = NewConn(tb, d)
				call := begin(tt.begin)
				done := 2
				if tt.write {
					done = 7 // what there was room for, and what was read meanwhile
					Read(tb, b, 0, make([]byte, 2))
				} else {
					Write(tb, a, 0, []byte("xy"))
				}
				tt.end()
				n, err, over := call()
				if n != done || err != tt.want.Err() || !over {
					t.Errorf("round %d: %s: %d, %v, over: %v; want %d, %v", round, what, n, err, over, done, tt.want)
				}
				now := wantFree(t, what, l, 1)
				for b := range now {
					if kept != nil && !kept[b] {
						t.Errorf("%s: a new record", what)
					}
				}
				kept = now
				if tt.write {
					Read(tb, b, 0, make([]byte, 5))
				}
				// A plain call that blocks is not disturbed.
				q := make([]byte, 3)
				r := begin(func() (int, error) { return ReadFull(tb, b, q, time.Time{}) })
				if n, err, over := r(); over {
					t.Fatalf("after %s, a read of nothing is over: %d, %v", what, n, err)
				}
				Write(tb, a, 0, []byte("abc"))
				if n, err, over := r(); n != 3 || err != nil || !over || string(q) != "abc" {
					t.Errorf("after %s, a read: %d, %v, %q, over: %v", what, n, err, q, over)
				}
			}
		}
		tb.CloseAll()
	})
}

// Of two calls through two handles the closing of one ends one, wherever it
// stands on the list.
func TestCancelLeavesTheOthers(t *testing.T) {
	for victims := range 8 { // as bits
		synctest.Test(t, func(t *testing.T) {
			tb, a, b, _, to := newPair(t, Stream, 0, nil)
			d, _ := tb.Duplicate(b, handle.SameRights)
			var calls []func() (int, error, bool)
			var bufs [3][]byte
			for i := range bufs {
				h := b
				if victims>>i&1 != 0 {
					h = d
				}
				bufs[i] = make([]byte, 1)
				calls = append(calls, begin(func() (int, error) { return ReadFull(tb, h, bufs[i], time.Time{}) }))
			}
			tb.Close(d)
			next := byte('a')
			for i, call := range calls {
				if victims>>i&1 != 0 {
					if n, err, over := call(); n != 0 || err != status.ErrCanceled || !over {
						t.Errorf("victims %b: call %d: %d, %v, over: %v", victims, i, n, err, over)
					}
					continue
				}
				Write(tb, a, 0, []byte{next})
				if n, err, over := call(); n != 1 || err != nil || !over || bufs[i][0] != next {
					t.Errorf("victims %b: call %d: %d, %v, %q, over: %v", victims, i, n, err, bufs[i], over)
				}
				next++
			}
			wantFree(t, "after all", &to.blocked, 3)
			tb.CloseAll()
		})
	}
}
