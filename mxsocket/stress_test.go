package mxsocket

import (
	"encoding/binary"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"mx.example/handle"
	"mx.example/status"
)

// hurry is a deadline, or none: never, past, or so soon that it comes while a
// call is about to block, is blocked, or is woken.
func hurry(rng *rand.Rand) (d time.Time) {
	switch rng.IntN(4) {
	case 0:
		return past1970
	case 1, 2:
		return time.Now().Add(time.Duration(rng.IntN(30)) * time.Microsecond)
	}
	return d
}

// One goroutine writes and one reads, in each direction of a pair, with
// deadlines that interfere: every byte arrives once, and in order. Run it under
// -race.
func TestStressInOrder(t *testing.T) {
	const total = 100_000
	tb, a, b, x, y := newPair(t, Stream, 0, nil, WithCapacity(50))
	var wg sync.WaitGroup
	for i, dir := range [][2]handle.Handle{{a, b}, {b, a}} {
		seed := uint64(i)
		wg.Go(func() {
			rng := rand.New(rand.NewPCG(seed, 1))
			src := rand.NewChaCha8([32]byte{byte(seed)})
			for sent := 0; sent < total; {
				p := make([]byte, min(total-sent, 1+rng.IntN(120)))
				src.Read(p)
				sent += len(p)
				for len(p) > 0 {
					n, err := WriteAll(tb, dir[0], p, hurry(rng))
					if p = p[n:]; err != nil && err != status.ErrTimedOut || err == nil && len(p) > 0 {
						t.Errorf("WriteAll: %d, %v, and %d bytes left", n, err, len(p))
						return
					}
				}
			}
		})
		wg.Go(func() {
			rng := rand.New(rand.NewPCG(seed, 2))
			src := rand.NewChaCha8([32]byte{byte(seed)})
			want := make([]byte, 120)
			for got := 0; got < total; {
				p := make([]byte, min(total-got, 1+rng.IntN(120)))
				n, err := ReadFull(tb, dir[1], p, hurry(rng))
				src.Read(want[:n])
				if string(p[:n]) != string(want[:n]) || err != nil && err != status.ErrTimedOut || err == nil && n < len(p) {
					t.Errorf("after %d bytes: ReadFull: %d, %v, or other bytes", got, n, err)
					tb.CloseAll() // ends all the others
					return
				}
				got += n
			}
		})
	}
	wg.Wait()
	for _, ep := range []*endpoint{x, y} {
		if freeCalls(t, &ep.blocked); ep.in.size != 0 || ep.blocked.head != nil {
			t.Errorf("%d bytes are left, somebody is blocked: %v", ep.in.size, ep.blocked.head != nil)
		}
		wantShape(t, ep)
	}
}

// Many goroutines share both ends, and read through handles that are closed
// while they do: every byte of every writer arrives once.
func TestStressManyReaders(t *testing.T) {
	const writers, readers, each, cuts = 3, 3, 15_000, 200
	tb, a, b, _, to := newPair(t, Stream, 0, nil, WithCapacity(20))
	var writing, reading sync.WaitGroup
	var canceled atomic.Int32 // reads that ended by the close of their handle
	var sent [writers]int
	for w := range writers {
		writing.Go(func() {
			rng := rand.New(rand.NewPCG(uint64(w), 3))
			for sent[w] < each || canceled.Load() < cuts {
				p := make([]byte, 1+rng.IntN(40))
				for i := range p {
					p[i] = byte(w)
				}
				n, err := WriteAll(tb, a, p, hurry(rng))
				if sent[w] += n; err != nil && err != status.ErrTimedOut {
					t.Errorf("WriteAll: %d, %v", n, err)
					return
				}
			}
		})
	}
	var mu sync.Mutex
	var got [writers]int
	for r := range readers {
		reading.Go(func() {
			rng := rand.New(rand.NewPCG(uint64(r), 4))
			p := make([]byte, 1+r*20)
			for {
				h, err := tb.Duplicate(b, handle.SameRights)
				if err != nil {
					t.Error(err)
					return
				}
				closed := make(chan struct{})
				go func() { // whenever it comes to that
					tb.Close(h)
					close(closed)
				}()
				for err == nil || err == status.ErrTimedOut {
					var n int
					n, err = ReadFull(tb, h, p, hurry(rng))
					mu.Lock()
					for _, w := range p[:n] {
						got[w]++
					}
					mu.Unlock()
				}
				<-closed
				switch err {
				case status.ErrCanceled:
					canceled.Add(1)
				case status.ErrBadHandle:
				case status.ErrPeerClosed:
					return
				default:
					t.Errorf("ReadFull: %v", err)
					return
				}
			}
		})
	}
	writing.Wait()
	tb.Close(a)
	reading.Wait()
	if got != sent {
		t.Errorf("%d bytes of the writers arrived, want %d", got, sent)
	}
	if freeCalls(t, &to.blocked); to.blocked.head != nil {
		t.Error("somebody is blocked")
	}
}

// The same with datagrams, each of which is one of a kind.
func TestStressDatagrams(t *testing.T) {
	const writers, readers, each = 3, 3, 5000
	tb, a, b, _, to := newPair(t, Datagram, 0, nil, WithCapacity(30))
	var writing, reading sync.WaitGroup
	for w := range writers {
		writing.Go(func() {
			rng := rand.New(rand.NewPCG(uint64(w), 5))
			for i := 0; i < each; {
				p := make([]byte, 4+rng.IntN(20)) // so that some wait at a queue that has room
				binary.LittleEndian.PutUint32(p, uint32(w*each+i))
				switch n, err := WriteAll(tb, a, p, hurry(rng)); {
				case n == len(p) && err == nil:
					i++
				case n != 0 || err != status.ErrTimedOut:
					t.Errorf("WriteAll: %d, %v", n, err)
					return
				}
			}
		})
	}
	var mu sync.Mutex
	var got [writers * each]int
	for r := range readers {
		reading.Go(func() {
			rng := rand.New(rand.NewPCG(uint64(r), 6))
			p := make([]byte, 30)
			for {
				n, err := 0, error(nil)
				if rng.IntN(3) == 0 {
					n, err = Read(tb, b, 0, p)
				} else {
					n, err = ReadFull(tb, b, p, hurry(rng))
				}
				switch {
				case err == nil && n >= 4:
					mu.Lock()
					got[binary.LittleEndian.Uint32(p)]++
					mu.Unlock()
				case err == status.ErrPeerClosed:
					return
				case n != 0 || err != status.ErrTimedOut && err != status.ErrShouldWait:
					t.Errorf("a read: %d, %v", n, err)
					return
				}
			}
		})
	}
	writing.Wait()
	tb.Close(a)
	reading.Wait()
	for i, n := range got {
		if n != 1 {
			t.Fatalf("datagram %d arrived %d times", i, n)
		}
	}
	if freeCalls(t, &to.blocked); to.in.size != 0 || to.in.front != 0 {
		t.Errorf("%d bytes and %d lengths are left", to.in.size, to.in.front)
	}
}
