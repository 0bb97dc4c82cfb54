package mxsocket_test

import (
	"bytes"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"mx.example/handle"
	"mx.example/mxsocket"
	"mx.example/status"
)

type outcome struct {
	n   int
	err error
}

// start runs f in a bubble until it blocks, and returns how it ends.
func start(f func() (int, error)) (result func() outcome) {
	c := make(chan outcome, 1)
	go func() {
		n, err := f()
		c <- outcome{n, err}
	}()
	synctest.Wait()
	return func() outcome {
		synctest.Wait()
		select {
		case o := <-c:
			return o
		default:
			return outcome{-1, nil} // still blocked
		}
	}
}

func TestWriteAllGoesOnWhereItStopped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := handle.NewTable()
		a, b := create(t, tb, mxsocket.Stream, mxsocket.WithCapacity(5))
		w := start(func() (int, error) { return mxsocket.WriteAll(tb, a, []byte("HELLO-WORLD"), time.Time{}) })
		v := start(func() (int, error) { return mxsocket.WriteAll(tb, a, []byte("!"), time.Time{}) })
		var got []byte
		for len(got) < 12 {
			if len(got) < 6 && w().n != -1 {
				t.Errorf("WriteAll returned with %d bytes read", len(got))
			}
			p := make([]byte, 4)
			n, err := mxsocket.Read(tb, b, 0, p)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, p[:n]...)
		}
		if string(got) != "HELLO-WORLD!" {
			t.Errorf("read %q", got)
		}
		if o := w(); o != (outcome{11, nil}) {
			t.Errorf("WriteAll: %v", o)
		}
		if o := v(); o != (outcome{1, nil}) {
			t.Errorf("second WriteAll: %v", o)
		}
	})
}

func TestReadFullCollects(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := handle.NewTable()
		a, b := create(t, tb, mxsocket.Stream, mxsocket.WithCapacity(5))
		p := make([]byte, 7)
		r := start(func() (int, error) { return mxsocket.ReadFull(tb, b, p, time.Time{}) })
		watch := start(func() (int, error) {
			seen, err := tb.WaitOne(b, handle.Readable, time.Time{})
			return int(seen), err
		})
		for i := range 3 {
			if n, err := mxsocket.Write(tb, a, 0, []byte("abc")); n != 3 || err != nil {
				t.Errorf("write %d: %d, %v", i, n, err)
			}
		}
		if o := r(); o != (outcome{7, nil}) || string(p) != "abcabca" {
			t.Errorf("ReadFull: %v, %q", o, p)
		}
		if o := watch(); o.err != nil {
			t.Errorf("the bytes went by a wait for READABLE: %v", o)
		}
		for _, h := range []handle.Handle{a, b} { // without and with bytes there
			if n, err := mxsocket.ReadFull(tb, h, nil, time.Time{}); n != 0 || err != nil {
				t.Errorf("ReadFull of nothing: %d, %v", n, err)
			}
		}
		if n, _ := mxsocket.Outstanding(tb, b); n != 2 {
			t.Errorf("%d bytes left, want 2", n)
		}
	})
}

// What ends a blocked call, and how many bytes it reports.
func TestBlockedCallsEnd(t *testing.T) {
	for _, e := range []handle.Edition{handle.Manual, handle.Kernel2017, handle.Zircon} {
		ends := map[string]struct {
			end         func(tb *handle.Table, a, b handle.Handle)
			write, read status.Status
		}{
			"deadline":        {func(*handle.Table, handle.Handle, handle.Handle) { time.Sleep(time.Minute) }, status.ErrTimedOut, status.ErrTimedOut},
			"writer's handle": {func(tb *handle.Table, a, b handle.Handle) { tb.Close(a) }, status.ErrCanceled, status.ErrPeerClosed},
			"reader's handle": {func(tb *handle.Table, a, b handle.Handle) { tb.Close(b) }, status.ErrPeerClosed, status.ErrCanceled},
			"replace both":    {func(tb *handle.Table, a, b handle.Handle) { tb.Replace(a, 0); tb.Replace(b, 0) }, status.ErrCanceled, status.ErrCanceled},
			"end of the direction": {func(tb *handle.Table, a, b handle.Handle) {
				mxsocket.Write(tb, b, mxsocket.HalfClose, nil)            // in manual
				mxsocket.Write(tb, a, mxsocket.HalfClose, nil)            // in kernel2017
				mxsocket.SetDisposition(tb, a, mxsocket.WriteDisabled, 0) // in zircon
			}, status.ErrBadState, status.ErrPeerClosed},
		}
		if e == handle.Zircon {
			x := ends["end of the direction"]
			x.read = status.ErrBadState
			ends["end of the direction"] = x
		}
		for name, end := range ends {
			synctest.Test(t, func(t *testing.T) {
				tb := handle.NewTable(handle.WithEdition(e))
				a, b := create(t, tb, mxsocket.Stream, mxsocket.WithCapacity(5))
				deadline := time.Now().Add(time.Second)
				w := start(func() (int, error) { return mxsocket.WriteAll(tb, a, make([]byte, 12), deadline) })
				mxsocket.Read(tb, b, 0, make([]byte, 4))
				end.end(tb, a, b)
				if o := w(); o != (outcome{9, end.write}) {
					t.Errorf("%v: %s: WriteAll: %v, want 9, %v", e, name, o, end.write)
				}

				a, b = create(t, tb, mxsocket.Stream)
				mxsocket.Write(tb, a, 0, []byte("abc"))
				deadline = time.Now().Add(time.Second)
				p := make([]byte, 12)
				r := start(func() (int, error) { return mxsocket.ReadFull(tb, b, p, deadline) })
				mxsocket.Write(tb, a, 0, []byte("de"))
				end.end(tb, a, b)
				if o := r(); o != (outcome{5, end.read}) || string(p[:5]) != "abcde" {
					t.Errorf("%v: %s: ReadFull: %v, %q, want 5, %v", e, name, o, p[:5], end.read)
				}
			})
		}
	}
}

func TestBlockedDatagrams(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := handle.NewTable()
		a, b := create(t, tb, mxsocket.Datagram, mxsocket.WithCapacity(5))
		if n, err := mxsocket.WriteAll(tb, a, make([]byte, 6), time.Time{}); n != 0 || err != status.ErrOutOfRange {
			t.Errorf("a datagram that can never fit: %d, %v", n, err)
		}
		mxsocket.Write(tb, a, 0, []byte("xyz"))
		w := start(func() (int, error) { return mxsocket.WriteAll(tb, a, []byte("abcd"), time.Time{}) })
		if seen, _ := tb.WaitOne(a, 0, time.Unix(1, 0)); seen&handle.Writable == 0 || w().n != -1 {
			t.Error("a datagram that does not fit must wait, WRITABLE or not")
		}
		if n, err := mxsocket.ReadFull(tb, b, make([]byte, 10), time.Time{}); n != 3 || err != nil {
			t.Errorf("ReadFull: %d, %v", n, err)
		}
		if o := w(); o != (outcome{4, nil}) {
			t.Errorf("WriteAll: %v", o)
		}
		p := make([]byte, 2)
		if n, err := mxsocket.ReadFull(tb, b, p, time.Time{}); n != 2 || err != nil || string(p) != "ab" {
			t.Errorf("ReadFull cuts: %d, %v, %q", n, err, p)
		}
		r := start(func() (int, error) { return mxsocket.ReadFull(tb, b, p, time.Time{}) })
		mxsocket.Write(tb, a, 0, []byte("q"))
		if o := r(); o != (outcome{1, nil}) {
			t.Errorf("blocked ReadFull: %v", o)
		}
	})
}

func TestBlockedWithoutMemory(t *testing.T) {
	for _, e := range []handle.Edition{handle.Manual, handle.Kernel2017, handle.Zircon} {
		tb := handle.NewTable(handle.WithEdition(e), handle.WithMemoryLimit(mxsocket.PairCharge+2*handle.HandleCharge+4))
		a, _ := create(t, tb, mxsocket.Stream)
		if n, err := mxsocket.WriteAll(tb, a, make([]byte, 10), time.Time{}); n != 4 || err != status.ErrNoMemory {
			t.Errorf("%v: WriteAll over the memory limit: %d, %v", e, n, err)
		}
	}
}

// Many megabytes through every mix of plain and blocking calls: each byte
// arrives once, in order. Run it under -race.
func TestBlockingStream(t *testing.T) {
	const total = 8 << 20
	for _, mix := range []string{"blocking both", "plain writer", "plain reader"} {
		tb := handle.NewTable()
		a, b := create(t, tb, mxsocket.Stream, mxsocket.WithCapacity(10000))
		var wg sync.WaitGroup
		wg.Go(func() {
			src := rand.NewChaCha8([32]byte{7})
			rnd := rand.New(rand.NewPCG(1, 2))
			for sent := 0; sent < total; {
				p := make([]byte, min(total-sent, 1+rnd.IntN(1<<rnd.IntN(17))))
				src.Read(p)
				sent += len(p)
				if mix != "plain writer" {
					if n, err := mxsocket.WriteAll(tb, a, p, time.Time{}); n != len(p) || err != nil {
						t.Errorf("%s: WriteAll: %d, %v", mix, n, err)
						return
					}
					continue
				}
				for len(p) > 0 {
					n, err := mxsocket.Write(tb, a, 0, p)
					if p = p[n:]; err == status.ErrShouldWait {
						tb.WaitOne(a, handle.Writable, time.Time{})
					}
				}
			}
			tb.Close(a)
		})
		src := rand.NewChaCha8([32]byte{7})
		rnd := rand.New(rand.NewPCG(3, 4))
		got := 0
		for {
			p := make([]byte, 1+rnd.IntN(1<<rnd.IntN(17)))
			n, err := 0, error(nil)
			if mix == "plain reader" {
				if n, err = mxsocket.Read(tb, b, 0, p); err == status.ErrShouldWait {
					tb.WaitOne(b, handle.Readable|handle.PeerClosed, time.Time{})
					continue
				}
			} else {
				n, err = mxsocket.ReadFull(tb, b, p, time.Time{})
			}
			exp := make([]byte, n)
			src.Read(exp)
			if !bytes.Equal(p[:n], exp) {
				t.Fatalf("%s: bytes differ after %d", mix, got)
			}
			if got += n; err == status.ErrPeerClosed {
				break
			}
		}
		if wg.Wait(); got != total {
			t.Errorf("%s: %d bytes arrived, want %d", mix, got, total)
		}
	}
}

func TestBlockingAllocatesNothing(t *testing.T) {
	tb := handle.NewTable()
	a, b := create(t, tb, mxsocket.Stream)
	c, d := create(t, tb, mxsocket.Stream)
	go func() { // an echo service
		p := make([]byte, 100)
		for {
			if _, err := mxsocket.ReadFull(tb, b, p, time.Time{}); err != nil {
				return
			}
			mxsocket.WriteAll(tb, c, p, time.Time{})
		}
	}()
	p := make([]byte, 100)
	n := testing.AllocsPerRun(1000, func() {
		mxsocket.WriteAll(tb, a, p, time.Time{})
		mxsocket.ReadFull(tb, d, p, time.Now().Add(time.Hour))
	})
	if n != 0 {
		t.Errorf("%v allocations a round trip", n)
	}
	tb.Close(a)
}
