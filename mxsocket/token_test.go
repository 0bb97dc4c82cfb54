package mxsocket

import (
	"testing"
	"testing/synctest"
	"time"

	"mx.example/status"
)

// A call can be over before its goroutine is asleep. It finds that out by the
// token, which is there already, and its record is kept then, and not before:
// whoever ended it must leave the record alone.
func TestTokenBeforeTheSleep(t *testing.T) {
	for _, timed := range []bool{false, true} {
		for _, closed := range []bool{false, true} {
			tb, a, b, _, to := newPair(t, Stream, 0, nil)
			e, l := tb.Lookup(b), &to.blocked
			p := make([]byte, 3)
			n, x, st := to.startRead(e, p, 3, timed)
			if n != 0 || x == nil || st != status.ErrShouldWait {
				t.Fatalf("startRead: %d, %v", n, st)
			}
			Write(tb, a, 0, []byte("a"))
			if x.Awake() {
				t.Error("awake, with one byte of three")
			}
			want, wantErr := 3, error(nil)
			if closed {
				tb.Close(a)
				want, wantErr = 1, status.ErrPeerClosed
			} else {
				Write(tb, a, 0, []byte("bc"))
			}
			wantFree(t, "not asleep yet", l, 0)
			if !x.Awake() || l.head != nil {
				t.Errorf("timed %v, closed %v: awake: %v, blocked: %v", timed, closed, x.Awake(), l.head != nil)
			}
			if !closed { // others block meanwhile, and must not get this record
				_, y, _ := to.startRead(e, make([]byte, 1), 1, false)
				if y == x {
					t.Fatal("a record has two calls")
				}
				Write(tb, a, 0, []byte("z"))
				if n, err := y.end(0, time.Time{}, nil); n != 1 || err != nil {
					t.Errorf("the other call: %d, %v", n, err)
				}
			}
			if n, err := x.end(n, time.Time{}, nil); n != want || err != wantErr || string(p[:n]) != "abc"[:n] {
				t.Errorf("timed %v, closed %v: %d, %v, %q; want %d, %v", timed, closed, n, err, p, want, wantErr)
			}
			if kept := freeCalls(t, l); !kept[x] {
				t.Error("the record is lost")
			}
		}
	}
}

// The token that a sleeper gets tells it all, or to look: it looks if the call
// failed, or could have ended by itself.
func TestTokensTellEnough(t *testing.T) {
	for _, tt := range []struct {
		timed, closed bool
		want          int
	}{{false, false, 3}, {false, true, -1}, {true, false, -1}, {true, true, -1}} {
		tb, a, b, _, to := newPair(t, Stream, 0, nil)
		e := tb.Lookup(b)
		_, x, _ := to.startRead(e, make([]byte, 3), 3, tt.timed)
		if tt.closed {
			tb.Close(a)
		} else {
			Write(tb, a, 0, []byte("abc"))
		}
		if got := x.Sleep(); got != tt.want {
			t.Errorf("%+v: the token is %d", tt, got)
		}
	}
}

// A record whose call may end by itself is kept by that call alone, though it
// was asleep when it was woken: kept twice, it would have two calls at once.
func TestTimedRecordsAreKeptOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb, _, b, _, to := newPair(t, Stream, 0, nil)
		for range 5 {
			p := make([]byte, 1)
			r := begin(func() (int, error) { return ReadFull(tb, b, p, time.Now().Add(time.Hour)) })
			to.pair.mu.Lock() // so that the sleeper cannot go on
			x := to.blocked.head
			if k, st := to.peer().writeLocked([]byte("x")); k != 1 || st != status.OK {
				t.Errorf("put: %d, %v", k, st)
			}
			if x.entry == nil || len(freeCalls(t, &to.blocked)) != 0 {
				t.Error("the record was given away before its call had looked")
			}
			to.pair.mu.Unlock()
			if n, err, over := r(); n != 1 || err != nil || !over {
				t.Errorf("ReadFull: %d, %v, over: %v", n, err, over)
			}
			wantFree(t, "afterwards", &to.blocked, 1)
		}
		tb.CloseAll()
	})
}

// When bytes and the deadline come at one instant, either wins, and none is
// lost or told twice; nor is anything left for the call after that.
func TestDeadlineAndBytesAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb, a, b, _, to := newPair(t, Stream, 0, nil)
		var won [2]int
		next, sent := byte(0), byte(0)
		for i := range 400 {
			at := time.Now().Add(time.Second)
			p := make([]byte, 2)
			r := begin(func() (int, error) { return ReadFull(tb, b, p, at) })
			w := begin(func() (int, error) {
				time.Sleep(time.Until(at))
				return Write(tb, a, 0, []byte{sent, sent + 1})
			})
			time.Sleep(time.Second)
			if n, err, over := w(); n != 2 || err != nil || !over {
				t.Fatalf("Write: %d, %v, over: %v", n, err, over)
			}
			sent += 2
			n, err, over := r()
			switch {
			case !over:
				t.Fatal("the deadline has passed, and it is not over")
			case n == 2 && err == nil:
				won[0]++
			case n == 0 && err == status.ErrTimedOut:
				won[1]++
				if n, err = ReadFull(tb, b, p, past1970); n != 2 || err != nil {
					t.Fatalf("the bytes of call %d are lost: %d, %v", i, n, err)
				}
			default:
				t.Fatalf("call %d: %d, %v", i, n, err)
			}
			if p[0] != next || p[1] != next+1 {
				t.Fatalf("call %d: got %d, want %d and the next", i, p, next)
			}
			next += 2
			wantFree(t, "between calls", &to.blocked, 1)
		}
		if won[0] == 0 || won[1] == 0 {
			t.Errorf("bytes and deadline won %d times: not what this is about", won)
		}
		tb.CloseAll()
	})
}
