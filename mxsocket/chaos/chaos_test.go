package chaos_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"mx.example/handle"
	"mx.example/mxsocket"
	"mx.example/mxsocket/chaos"
	"mx.example/status"
)

var past = time.Unix(1, 0)

// only are rates by which one kind comes each time.
func only(k chaos.Kind) (r chaos.Rates) {
	r[k] = 1
	return r
}

// state is the signals of h.
func (f *fixture) state(h handle.Handle) handle.Signals {
	s, _ := f.t.WaitOne(h, 0, past)
	return s
}

func (f *fixture) want(what string, n int, err error, wantN int, wantErr error) {
	f.Helper()
	if n != wantN || err != wantErr {
		f.Errorf("%v: %s: %d, %v; want %d, %v", f.t.Edition(), what, n, err, wantN, wantErr)
	}
}

// each runs f in a bubble for each edition.
func each(t *testing.T, f func(t *testing.T, e handle.Edition)) {
	for _, e := range handle.Editions() {
		synctest.Test(t, func(t *testing.T) { f(t, e) })
	}
}

// A buffer that seems full has a writer that is not WRITABLE, until the peer
// reads or time has passed, and what is blocked in writing goes on then.
func TestFull(t *testing.T) {
	each(t, func(t *testing.T, e handle.Edition) {
		f := newFixture(t, 1, only(chaos.Full), e, mxsocket.Stream)
		buf := make([]byte, 10)
		full := func() {
			t.Helper()
			n, err := mxsocket.Write(f.t, f.a, 0, []byte("x"))
			f.want("write", n, err, 0, status.ErrShouldWait)
			if s := f.state(f.a); s&handle.Writable != 0 {
				t.Errorf("%v: SHOULD_WAIT, and %v", e, s)
			}
		}
		n, err := mxsocket.Write(f.t, f.a, 0, []byte("abc"))
		f.want("write to an empty buffer", n, err, 3, nil)
		full()
		full()
		n, err = mxsocket.Read(f.t, f.b, 0, buf[:1])
		f.want("read", n, err, 1, nil)
		if s := f.state(f.a); s&handle.Writable == 0 {
			t.Errorf("%v: the peer has read, and %v", e, s)
		}
		full()
		began := time.Now()
		if s, err := f.t.WaitOne(f.a, handle.Writable, time.Time{}); err != nil || s&handle.Writable == 0 || time.Since(began) > chaos.Longest {
			t.Errorf("%v: the wait was over after %v with %v, %v", e, time.Since(began), s, err)
		}

		// Of a WriteAll each step may find it full; and so often as it does, it
		// goes on.
		done := make(chan error, 1)
		go func() {
			_, err := mxsocket.WriteAll(f.t, f.a, []byte("defg"), time.Time{})
			done <- err
		}()
		synctest.Wait()
		n, err = mxsocket.ReadFull(f.t, f.b, buf[:6], time.Time{})
		f.want("ReadFull", n, err, 6, nil)
		if err := <-done; err != nil || string(buf[:6]) != "bcdefg" {
			t.Errorf("%v: WriteAll: %v; read %q", e, err, buf[:6])
		}
	})
}

// A wait for a signal that comes and goes is over, and others do not notice.
func TestWake(t *testing.T) {
	each(t, func(t *testing.T, e handle.Edition) {
		f := newFixture(t, 1, only(chaos.Wake), e, mxsocket.Stream, mxsocket.WithCapacity(3))
		buf := make([]byte, 10)
		mxsocket.WriteAll(f.t, f.a, []byte("abc"), time.Time{})
		for _, w := range []struct {
			h handle.Handle
			s handle.Signals
		}{{f.b, handle.Readable}, {f.a, handle.Writable}} {
			time.Sleep(2 * chaos.Longest) // what was announced before is over
			if w.s == handle.Readable {
				mxsocket.Read(f.t, f.b, 0, buf)
			} else {
				mxsocket.WriteAll(f.t, f.a, []byte("abc"), time.Time{})
			}
			if s, err := f.t.WaitOne(w.h, w.s, time.Time{}); err != nil || s&w.s == 0 {
				t.Errorf("%v: a wait for %v: %v, %v", e, w.s, s, err)
			}
			if s := f.state(w.h); s&w.s != 0 {
				t.Errorf("%v: after a wait for nothing: %v", e, s)
			}
			if s, err := f.t.WaitOne(w.h, w.s, time.Now().Add(2*chaos.Longest)); err != status.ErrTimedOut {
				t.Errorf("%v: one wait for nothing was announced, and this is another: %v, %v", e, s, err)
			}
		}
		mxsocket.Read(f.t, f.b, 0, buf)
		if s, err := f.t.WaitOne(f.b, ^handle.Readable&^handle.Writable&^handle.LastHandle, time.Now().Add(time.Hour)); err != status.ErrTimedOut {
			t.Errorf("%v: a wait for other signals: %v, %v", e, s, err)
		}
		mxsocket.WriteAll(f.t, f.a, []byte("x"), time.Time{})
		mxsocket.Read(f.t, f.b, 0, buf)
		n, err := mxsocket.ReadFull(f.t, f.b, buf, time.Now().Add(time.Hour))
		f.want("ReadFull", n, err, 0, status.ErrTimedOut)

		// Nobody can have written when the other end is gone.
		mxsocket.WriteAll(f.t, f.a, []byte("x"), time.Time{})
		f.t.Close(f.a)
		mxsocket.Read(f.t, f.b, 0, buf)
		if s, err := f.t.WaitOne(f.b, handle.Readable, time.Now().Add(time.Hour)); err != status.ErrTimedOut {
			t.Errorf("%v: the peer is gone, and a wait for READABLE: %v, %v", e, s, err)
		}
	})
}

// A signal that came and went has gone for those who watch for its rise.
func TestWakeIsOver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFixture(t, 1, only(chaos.Wake), handle.Zircon, mxsocket.Stream)
		port := f.port()
		for key, s := range []handle.Signals{handle.PeerClosed, handle.Readable} {
			if err := f.t.WaitAsync(f.b, port, uint64(key), s, handle.WaitAsyncEdge); err != nil {
				t.Fatal(err)
			}
		}
		if pk, err := f.t.WaitPort(port, time.Time{}); err != nil || pk.Key != 1 || pk.Signal.Observed&handle.Readable == 0 {
			t.Errorf("a wake-up for nothing: %+v, %v", pk, err)
		}
		if err := f.t.WaitAsync(f.b, port, 2, handle.Readable, handle.WaitAsyncEdge); err != nil {
			t.Fatal(err)
		}
		mxsocket.Write(f.t, f.a, 0, []byte("x"))
		if pk, err := f.t.WaitPort(port, past); err != nil || pk.Key != 2 {
			t.Errorf("bytes came: %+v, %v", pk, err)
		}
	})
}

func TestNoMemory(t *testing.T) {
	each(t, func(t *testing.T, e handle.Edition) {
		f := newFixture(t, 1, only(chaos.NoMemory), e, mxsocket.Datagram)
		want := map[handle.Edition]status.Status{
			handle.Manual: status.ErrNoMemory, handle.Kernel2017: status.ErrShouldWait, handle.Zircon: status.ErrShouldWait,
		}[e]
		n, err := mxsocket.Write(f.t, f.a, 0, []byte("abc"))
		f.want("Write", n, err, 0, want)
		if s := f.state(f.a); s&handle.Writable == 0 {
			t.Errorf("%v: WRITABLE does not depend on memory: %v", e, s)
		}
		n, err = mxsocket.WriteAll(f.t, f.a, []byte("abc"), time.Time{})
		f.want("WriteAll", n, err, 0, status.ErrNoMemory)
		if n, _ := mxsocket.Outstanding(f.t, f.b); n != 0 {
			t.Errorf("%v: %d bytes of refused datagrams are there", e, n)
		}
	})
}

// A call that makes no handle leaves none either: a table with room for a few
// has that room to the end.
func TestNoHandle(t *testing.T) {
	each(t, func(t *testing.T, e handle.Edition) {
		rates := only(chaos.NoHandle)
		rates[chaos.NoHandle] = 2
		f := newFixture(t, 3, rates, e, mxsocket.Stream, handle.WithHandleLimit(6))
		other := handle.NewTable(handle.WithEdition(e), handle.WithHandleLimit(2))
		calls := map[string]func() (handle.Handle, error){
			"Create": func() (handle.Handle, error) {
				a, b, err := mxsocket.Create(f.t, mxsocket.Stream)
				f.t.Close(b)
				return a, err
			},
			"NewEvent":  func() (handle.Handle, error) { return handle.NewEvent(f.t) },
			"NewPort":   func() (handle.Handle, error) { return handle.NewPort(f.t, portOptions(e)) },
			"Duplicate": func() (handle.Handle, error) { return f.t.Duplicate(f.a, handle.SameRights) },
			"Replace": func() (handle.Handle, error) {
				h, err := f.t.Replace(f.a, handle.SameRights)
				if err == nil {
					f.a = h
				}
				return handle.Invalid, err
			},
			"Transfer": func() (handle.Handle, error) {
				defer other.CloseAll()
				h, err := handle.NewEvent(other)
				if err != nil {
					t.Fatal(err)
				}
				return other.Transfer(h, f.t)
			},
		}
		for range 64 {
			for name, call := range calls {
				failed, made := false, false
				for range 64 {
					h, err := call()
					failed, made = failed || err != nil, made || err == nil
					if err != nil && err != status.ErrNoMemory {
						t.Fatalf("%v: %s: %v", e, name, err)
					}
					f.t.Close(h)
				}
				if !failed || !made {
					t.Fatalf("%v: %s failed: %t; it did not fail: %t", e, name, failed, made)
				}
			}
		}
		made := 0
		for range 64 {
			if _, err := handle.NewEvent(f.t); err == nil {
				made++
			}
		}
		if made != 4 {
			t.Errorf("%v: %d handles were made where 4 are left", e, made)
		}
	})
}

// Calls that are delayed take virtual time, and go as ever.
func TestDelay(t *testing.T) {
	each(t, func(t *testing.T, e handle.Edition) {
		f := newFixture(t, 1, only(chaos.Delay), e, mxsocket.Stream)
		began := time.Now()
		n, err := mxsocket.Write(f.t, f.a, 0, []byte("abc"))
		f.want("Write", n, err, 3, nil)
		c := mxsocket.NewConn(f.t, f.b)
		n, err = c.Read(make([]byte, 5))
		f.want("Conn.Read", n, err, 3, nil)
		if d := time.Since(began); d < 2 || d > 2*chaos.Longest || f.plan.Count(chaos.Delay) < 2 {
			t.Errorf("%v: two calls took %v, %d were delayed", e, d, f.plan.Count(chaos.Delay))
		}
		if s, err := f.t.WaitOne(f.b, handle.Readable, time.Now().Add(1)); err != status.ErrTimedOut {
			t.Errorf("%v: a wait that began too late: %v, %v", e, s, err)
		}
	})
}

// play makes some calls on one goroutine, and returns what came of them. Each
// answer is one that the contract has a state for.
func play(t testing.TB, seed uint64, e handle.Edition, mode uint32) (log []string) {
	f := newFixture(t, seed, chaos.Usual, e, mode, mxsocket.WithCapacity(50))
	rnd := rand.New(rand.NewPCG(1, 1))
	var queued [][]byte // datagrams, or one piece for a stream
	size := 0
	for i := range 400 {
		n, err := 0, error(nil)
		what := "write"
		if rnd.IntN(2) == 0 {
			p := numbers(i, 1+rnd.IntN(30))
			n, err = mxsocket.Write(f.t, f.a, 0, p)
			fits := size+len(p) <= 50 || mode == mxsocket.Stream && size < 50
			switch {
			case err == nil && fits && n > 0 && size+n <= 50 && (mode == mxsocket.Stream || n == len(p)):
				queued = append(queued, p[:n])
				size += n
			case err == status.ErrShouldWait && n == 0 && (mode == mxsocket.Datagram || size > 0):
			case err == status.ErrNoMemory && n == 0 && mode == mxsocket.Datagram && e == handle.Manual && fits:
			default:
				t.Fatalf("%v: write of %d bytes with %d queued: %d, %v", e, len(p), size, n, err)
			}
			if err == status.ErrShouldWait && mode == mxsocket.Stream && f.state(f.a)&handle.Writable != 0 {
				t.Fatalf("%v: SHOULD_WAIT and WRITABLE", e)
			}
		} else {
			what = "read"
			buf := make([]byte, 1+rnd.IntN(30))
			n, err = mxsocket.Read(f.t, f.b, 0, buf)
			if mode == mxsocket.Stream && len(queued) > 0 {
				queued = [][]byte{bytes.Join(queued, nil)}
			}
			switch {
			case err == nil && size > 0 && n > 0 && n <= len(queued[0]) && bytes.Equal(buf[:n], queued[0][:n]) &&
				(mode == mxsocket.Stream || n == min(len(buf), len(queued[0]))):
				took := n
				if mode == mxsocket.Datagram {
					took = len(queued[0])
				}
				size -= took
				if queued[0] = queued[0][took:]; len(queued[0]) == 0 {
					queued = queued[1:]
				}
			case err == status.ErrShouldWait && n == 0 && size == 0:
			default:
				t.Fatalf("%v: read of %d bytes with %d queued: %d, %v", e, len(buf), size, n, err)
			}
		}
		if left, err := mxsocket.Outstanding(f.t, f.b); left != size || err != nil {
			t.Fatalf("%v: %d bytes are queued, not %d: %v", e, left, size, err)
		}
		log = append(log, fmt.Sprint(what, n, err))
		time.Sleep(time.Duration(rnd.IntN(500)) * time.Microsecond)
	}
	if time.Sleep(2 * chaos.Longest); size < 50 && f.state(f.a)&handle.Writable == 0 {
		t.Fatalf("%v: there is room, and WRITABLE does not come", e)
	}
	return log
}

// The same seed gives the same run, another gives another.
func TestReproducible(t *testing.T) {
	for _, mode := range []uint32{mxsocket.Stream, mxsocket.Datagram} {
		each(t, func(t *testing.T, e handle.Edition) {
			var runs []string
			for _, seed := range []uint64{1, 1, 2} {
				runs = append(runs, fmt.Sprint(play(t, seed, e, mode)))
			}
			if runs[0] != runs[1] || runs[0] == runs[2] {
				t.Errorf("%v, mode %d: same seed, same run: %t; other seed, same run: %t", e, mode, runs[0] == runs[1], runs[0] == runs[2])
			}
		})
	}
	// To leave a kind out does not change another.
	rates := chaos.Usual
	rates[chaos.ShortRead], rates[chaos.Wake] = 0, -1
	x, y := chaos.New(7, chaos.Usual), chaos.New(7, rates)
	for range 1000 {
		x.ShortRead(9)
		x.Wake()
		if n := y.ShortRead(9); n != 9 {
			t.Fatalf("a kind that never comes: %d of 9", n)
		}
		if a, b := x.ShortWrite(9), y.ShortWrite(9); a != b {
			t.Fatalf("%d and %d of 9", a, b)
		}
	}
}
