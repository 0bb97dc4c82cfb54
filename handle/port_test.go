package handle_test

import (
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"mx.example/handle"
	"mx.example/status"
)

var poll = time.Unix(1, 0)

func port(t *testing.T, tb *handle.Table) handle.Handle {
	t.Helper()
	h, err := handle.NewPort(tb, handle.PortVersion)
	if err != nil {
		t.Fatalf("NewPort: %v", err)
	}
	return h
}

func async(t *testing.T, tb *handle.Table, h, p handle.Handle, key uint64, s handle.Signals, options uint32) {
	t.Helper()
	if err := tb.WaitAsync(h, p, key, s, options); err != nil {
		t.Fatalf("WaitAsync: %v", err)
	}
}

// packets takes all there are.
func packets(t *testing.T, tb *handle.Table, p handle.Handle) (pks []handle.Packet) {
	t.Helper()
	for {
		pk, err := tb.WaitPort(p, poll)
		if err == status.ErrTimedOut {
			return pks
		}
		if err != nil {
			t.Fatalf("WaitPort: %v", err)
		}
		pks = append(pks, pk)
	}
}

func one(key uint64, trigger, observed handle.Signals) handle.Packet {
	return handle.Packet{Key: key, Type: handle.PacketSignalOne,
		Signal: handle.SignalPacket{Trigger: trigger, Observed: observed | handle.LastHandle, Count: 1}}
}

func rep(key uint64, trigger, observed handle.Signals) handle.Packet {
	pk := one(key, trigger, observed)
	pk.Type = handle.PacketSignalRep
	return pk
}

func expect(t *testing.T, what string, got []handle.Packet, want ...handle.Packet) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: got %d packets %+v, want %d", what, len(got), got, len(want))
		return
	}
	for i := range got {
		if got[i] != want[i] {
			t.Errorf("%s: packet %d is\n%+v, want\n%+v", what, i, got[i], want[i])
		}
	}
}

func TestPortCreate(t *testing.T) {
	tb := handle.NewTable()
	for options, st := range map[uint32]status.Status{0: status.ErrNotSupported, 1: status.OK, 2: status.ErrInvalidArgs} {
		_, err := handle.NewPort(tb, options)
		want(t, "NewPort", err, st)
	}
	p := port(t, tb)
	_, err := tb.WaitOne(p, 1, poll)
	want(t, "WaitOne on a port", err, status.ErrNotSupported)
	info, _ := tb.Info(p)
	if info.Type != handle.TypePort || info.Waitable {
		t.Errorf("info of a port: %+v", info)
	}
}

func TestPacketsLeaveInOrder(t *testing.T) {
	tb := handle.NewTable()
	p, h := port(t, tb), event(t, tb)
	async(t, tb, h, p, 2, u0|u1, handle.WaitAsyncOnce)
	user := handle.Packet{Key: 1, Type: 77, Status: -5, User: [32]byte{1, 2, 31: 9}}
	want(t, "queue", tb.QueuePacket(p, &user), status.OK)
	signal(t, tb, h, 0, u1|u2)
	want(t, "queue", tb.QueuePacket(p, &user), status.OK)
	signal(t, tb, h, u1, 0)
	signal(t, tb, h, 0, u1)
	user.Type = handle.PacketUser
	expect(t, "once", packets(t, tb, p), user, one(2, u0|u1, u1|u2), user)
	async(t, tb, h, p, 3, u2, handle.WaitAsyncOnce) // asserted already
	async(t, tb, h, p, 3, u2, handle.WaitAsyncOnce) // not merged
	expect(t, "at once", packets(t, tb, p), one(3, u2, u1|u2), one(3, u2, u1|u2))
}

func TestRepeating(t *testing.T) {
	tb := handle.NewTable()
	p, h := port(t, tb), event(t, tb)
	async(t, tb, h, p, 1, u0, handle.WaitAsyncRepeating)
	signal(t, tb, h, 0, u0)
	signal(t, tb, h, 0, u1) // its packet is still queued
	expect(t, "first", packets(t, tb, p), rep(1, u0, u0))
	signal(t, tb, h, 0, u1) // no change
	expect(t, "no change", packets(t, tb, p))
	signal(t, tb, h, u1, 0) // a change that leaves the trigger asserted
	expect(t, "change", packets(t, tb, p), rep(1, u0, u0))
	signal(t, tb, h, u0, u1)
	expect(t, "not asserted", packets(t, tb, p))
	want(t, "cancel", tb.CancelAsync(h, p, 2), status.ErrNotFound) // another key
	signal(t, tb, h, 0, u0)
	want(t, "cancel", tb.CancelAsync(h, p, 1), status.OK) // the packet goes, too
	signal(t, tb, h, u1, 0)
	expect(t, "canceled", packets(t, tb, p))
	signal(t, tb, h, 0, u1)
	expect(t, "canceled", packets(t, tb, p))
}

func TestPortAndSourceClose(t *testing.T) {
	tb := handle.NewTable()
	p, h := port(t, tb), event(t, tb)
	d, _ := tb.Duplicate(h, handle.SameRights)
	async(t, tb, h, p, 1, u0, handle.WaitAsyncOnce)
	async(t, tb, d, p, 2, u0, handle.WaitAsyncOnce)
	want(t, "close of a source handle", tb.Close(h), status.OK)
	signal(t, tb, d, 0, u0)
	expect(t, "closed source", packets(t, tb, p), one(2, u0, u0))

	signal(t, tb, d, u0, 0)
	for key := range uint64(3) {
		async(t, tb, d, p, key, u0, handle.WaitAsyncRepeating)
	}
	want(t, "close of the port", tb.Close(p), status.OK)
	signal(t, tb, d, 0, u0) // nobody watches
	seen, err := tb.WaitOne(d, u0, poll)
	if err != nil || seen != u0|handle.LastHandle {
		t.Errorf("source after the port: %v, %v", seen, err)
	}
}

func TestPortMemory(t *testing.T) {
	const fixed = handle.PortCharge + handle.EventCharge + 2*handle.HandleCharge
	tb := handle.NewTable(handle.WithMemoryLimit(fixed + handle.PacketCharge))
	p, h := port(t, tb), event(t, tb)
	async(t, tb, h, p, 1, u0, handle.WaitAsyncRepeating)
	var pk handle.Packet
	want(t, "queue", tb.QueuePacket(p, &pk), status.OK)
	want(t, "queue one more", tb.QueuePacket(p, &pk), status.ErrNoMemory)
	signal(t, tb, h, 0, u0) // cannot queue: the operation ends
	packets(t, tb, p)
	signal(t, tb, h, u0, 0)
	signal(t, tb, h, 0, u0)
	expect(t, "ended operation", packets(t, tb, p))
	want(t, "queue", tb.QueuePacket(p, &pk), status.OK)
	want(t, "close", tb.Close(p), status.OK)
	port(t, tb) // everything was given back
}

// A packet releases one waiter, the first; closing its handle cancels a wait.
func TestPortWaiters(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tb := handle.NewTable()
		p := port(t, tb)
		type result struct {
			waiter int
			key    uint64
			err    error
		}
		results := make(chan result, 10)
		wait := func(i int, h handle.Handle, deadline time.Time) {
			go func() {
				pk, err := tb.WaitPort(h, deadline)
				results <- result{i, pk.Key, err}
			}()
			synctest.Wait()
		}
		check := func(exp ...result) {
			t.Helper()
			synctest.Wait()
			for _, e := range exp {
				select {
				case r := <-results:
					if r != e {
						t.Errorf("got %v, want %v", r, e)
					}
				default:
					t.Errorf("nobody returned, want %v", e)
				}
			}
			if len(results) > 0 {
				t.Errorf("also returned: %v", <-results)
			}
		}
		d, _ := tb.Duplicate(p, handle.SameRights)
		wait(0, d, time.Time{})
		wait(1, p, time.Time{})
		wait(2, p, time.Now().Add(time.Second))
		wait(3, p, time.Time{})
		tb.Close(d) // and a packet at once: it is not for the canceled wait
		tb.QueuePacket(p, &handle.Packet{Key: 10})
		synctest.Wait()
		got := map[result]bool{<-results: true, <-results: true}
		if !got[result{0, 0, status.ErrCanceled}] || !got[result{1, 10, nil}] {
			t.Errorf("after close and packet: %v", got)
		}
		time.Sleep(2 * time.Second) // of the bubble's clock
		check(result{2, 0, status.ErrTimedOut})
		tb.QueuePacket(p, &handle.Packet{Key: 11})
		check(result{3, 11, nil})
		wait(4, p, time.Time{})
		if _, err := tb.Replace(p, handle.SameRights); err != nil {
			t.Error(err)
		}
		check(result{4, 0, status.ErrCanceled})
	})
}

func TestPortAllocatesNothing(t *testing.T) {
	tb := handle.NewTable()
	p, h := port(t, tb), event(t, tb)
	n := testing.AllocsPerRun(100, func() {
		tb.WaitAsync(h, p, 1, u0, handle.WaitAsyncOnce)
		tb.WaitPortFunc(p, time.Time{}, func() { tb.Signal(h, 0, u0) }) // handed over
		tb.WaitAsync(h, p, 1, u0, handle.WaitAsyncOnce)                 // queued
		tb.WaitPort(p, poll)
		tb.QueuePacket(p, &handle.Packet{})
		tb.WaitPort(p, poll)
		tb.Signal(h, u0, 0)
	})
	if n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// Sources, waiters, cancels and closes from many goroutines. Every packet of a
// one-shot operation arrives once. Run it under -race.
func TestPortManyGoroutines(t *testing.T) {
	tb := handle.NewTable()
	p := port(t, tb)
	const sources, rounds = 4, 3000
	var wg, servers sync.WaitGroup
	var mu sync.Mutex
	got, all := 0, make(chan struct{})
	for range 3 {
		servers.Go(func() {
			for {
				pk, err := tb.WaitPort(p, time.Time{})
				if err != nil {
					if err != status.ErrCanceled && err != status.ErrBadHandle {
						t.Error(err)
					}
					return
				}
				if pk.Type == handle.PacketSignalOne {
					mu.Lock()
					if got++; got == sources*rounds {
						close(all)
					}
					mu.Unlock()
				}
			}
		})
	}
	noise := port(t, tb)
	for range sources {
		h := event(t, tb)
		wg.Go(func() {
			for range rounds {
				tb.WaitAsync(h, p, 1, u0, handle.WaitAsyncOnce)
				tb.WaitAsync(h, noise, 2, u0, handle.WaitAsyncRepeating)
				tb.Signal(h, 0, u0)
				tb.CancelAsync(h, noise, 2)
				tb.Signal(h, u0, 0)
			}
		})
		wg.Go(func() {
			for range rounds / 10 {
				q := port(t, tb)
				tb.WaitAsync(h, q, 3, u0, handle.WaitAsyncRepeating)
				tb.Close(q)
			}
		})
	}
	wg.Wait()
	<-all
	tb.Close(p)
	servers.Wait()
}
