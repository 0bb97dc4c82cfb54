package handle

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"mx.example/status"
)

// Random observers and changes: who is woken and what is observed is what a
// list of all of them would come to, in both kinds of edition.
func TestWatchIsLikeAList(t *testing.T) {
	for seed := range uint64(300) {
		rng := rand.New(rand.NewPCG(seed, 7))
		tb := NewTable()
		if seed%2 == 1 {
			tb = NewTable(WithEdition(Zircon))
		}
		h := newEvent(t, tb)
		e := tb.Lookup(h)
		hd := e.object.header()
		type model struct {
			it         *item
			seen, want Signals
			woken      bool
		}
		var all []*model
		bitsOf := func() Signals { return Signals(rng.Uint32()&rng.Uint32()) & UserSignals }
		for range 200 {
			now := signals(e.object)
			switch rng.IntN(4) {
			case 0, 1: // a change
				clear, set := bitsOf(), bitsOf()
				e.Lock()
				put(e.object, clear, set)
				e.Unlock()
				s := signals(e.object)
				for _, m := range all {
					switch {
					case tb.rules.accumulate:
						m.seen |= s
						m.woken = m.woken || s&m.want != 0
					case !m.woken:
						m.seen = s
						m.woken = s&m.want != 0
					}
				}
			case 2:
				w := tb.waiter()
				m := &model{it: &w.first, seen: now, want: bitsOf()}
				m.woken = now&m.want != 0
				e.Lock()
				m.it.start(e, hd, m.want, now)
				e.Unlock()
				all = append(all, m)
			case 3:
				if len(all) == 0 {
					continue
				}
				i := rng.IntN(len(all))
				m := all[i]
				all = append(all[:i], all[i+1:]...)
				st := m.it.finishAlone()
				if (st == status.OK) != m.woken || m.it.seen != m.seen {
					t.Fatalf("seed %d: a wait for %v ended with %v and %v, want woken %v and %v",
						seed, m.want, st, m.it.seen, m.woken, m.seen)
				}
			}
			for _, m := range all {
				if !m.it.w.accumulate && m.it.w.Awake() != m.woken {
					t.Fatalf("seed %d: awake %v, want %v", seed, m.it.w.Awake(), m.woken)
				}
			}
		}
		for _, m := range all {
			m.it.finishAlone()
		}
		if e.holds != nil || hd.Watched() || hd.watch.n != 0 || hd.watch.alone != nil {
			t.Fatal("something is left behind")
		}
		for l := &hd.watch.first; l != nil; l = l.next {
			if l.rises != nil || l.levels != nil {
				t.Fatalf("something waits for %v", l.bit)
			}
		}
	}
}

// A change visits the observers that it concerns and no other.
func TestChangeVisitsWhomItConcerns(t *testing.T) {
	tb := NewTable()
	h := newEvent(t, tb)
	e := tb.Lookup(h)
	visits := 0
	var idle []*counter
	for i := range 1000 {
		c := &counter{visits: &visits}
		c.holder = c
		c.begin(e, e.object.header(), UserSignal1|UserSignal2, signals(e.object))
		c.arm(i%2 == 0)
		idle = append(idle, c)
	}
	for range 100 {
		tb.Signal(h, 0, UserSignal0)
		tb.Signal(h, UserSignal0, 0)
	}
	if visits != 0 {
		t.Errorf("%d visits for a signal that nobody waits for", visits)
	}
	tb.Signal(h, 0, UserSignal2)
	if visits != len(idle) {
		t.Errorf("%d visits, want each of %d once", visits, len(idle))
	}
	tb.Signal(h, UserSignal2, UserSignal1)
	if visits != len(idle) {
		t.Error("a disarmed observer is visited")
	}
}

// A counter is an observer that counts visits.
type counter struct {
	observer
	visits *int
}

func (c *counter) signaled(Signals) { *c.visits++ }
func (c *counter) handleGone()      { c.leave() }

// However parked ends, its wait ends with it: nothing is on a list, and the
// next waits are as ever.
func TestParkedDoesNotReturn(t *testing.T) {
	ends := map[string]func(){
		"panic":  func() { panic("of parked") },
		"Goexit": runtime.Goexit,
	}
	for name, end := range ends {
		tb := NewTable()
		h, g := newEvent(t, tb), newEvent(t, tb)
		p, err := NewPort(tb, PortVersion)
		if err != nil {
			t.Fatal(err)
		}
		q, err := NewPort(tb, PortVersion)
		if err != nil {
			t.Fatal(err)
		}
		for call, f := range map[string]func(){
			"WaitOne": func() { tb.WaitOneFunc(h, UserSignal0, time.Time{}, end) },
			"WaitMany": func() {
				tb.WaitManyFunc([]WaitItem{{Handle: h}, {Handle: g, WaitFor: 1}, {Handle: h}}, time.Time{}, end)
			},
			"WaitPort": func() { tb.WaitPortFunc(p, time.Time{}, end) },
			"WaitPort with a packet": func() {
				tb.WaitPortFunc(q, time.Time{}, func() { tb.QueuePacket(q, &Packet{Key: 7}); end() })
			},
		} {
			done := make(chan struct{})
			go func() {
				defer close(done)
				defer func() { recover() }()
				f()
			}()
			<-done
			for _, x := range []Handle{h, g, p, q} {
				e := tb.Lookup(x)
				if e.holds != nil || e.object.header().Watched() {
					t.Errorf("%s in %s: the wait is still on a list", name, call)
				}
			}
			for _, x := range []Handle{p, q} {
				if tb.Lookup(x).object.(*port).waiting != nil {
					t.Errorf("%s in %s: the port has a waiter", name, call)
				}
			}
		}
		if pk, err := tb.WaitPort(q, time.Unix(1, 0)); err != nil || pk.Key != 7 {
			t.Errorf("%s: the packet that was handed over is lost: %v, %v", name, pk, err)
		}
		synctest.Test(t, func(t *testing.T) {
			tb.Signal(h, 0, UserSignal3)
			if seen, err := tb.WaitOneFunc(g, UserSignal0, time.Time{}, func() { tb.Signal(g, 0, UserSignal0) }); err != nil || seen&UserSignal3 != 0 {
				t.Errorf("%s: the next wait: %v, %v", name, seen, err)
			}
		})
	}
}

// A cancel through one table leaves the packets of another alone, whose handle
// has the same value (P-CANCEL).
func TestCancelKnowsTables(t *testing.T) {
	a, b := NewTable(WithEdition(Zircon)), NewTable(WithEdition(Zircon))
	b.salt = a.salt
	ha, hb := newEvent(t, a), newEvent(t, b)
	if ha != hb {
		t.Fatal("the values differ: not what this is about")
	}
	pa, err := NewPort(a, 0)
	if err != nil {
		t.Fatal(err)
	}
	d, err := a.Duplicate(pa, SameRights)
	if err != nil {
		t.Fatal(err)
	}
	pb, err := a.Transfer(d, b)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.WaitAsync(hb, pb, 5, UserSignal0, 0); err != nil {
		t.Fatal(err)
	}
	b.Signal(hb, 0, UserSignal0)
	ea := a.Lookup(ha)
	ea.rights |= RightWrite // what a cancel needs of its source differs by edition
	if err := a.CancelAsync(ha, pa, 5); err != status.ErrNotFound {
		t.Errorf("canceling what is another table's: %v", err)
	}
	if pk, err := a.WaitPort(pa, time.Unix(1, 0)); err != nil || pk.Key != 5 {
		t.Errorf("the packet of the other table: %v, %v", pk, err)
	}
}

// The records that are kept for the next call are few, whatever there was.
func TestRecordsDoNotPileUp(t *testing.T) {
	tb := NewTable()
	h := newEvent(t, tb)
	ph, err := NewPort(tb, PortVersion)
	if err != nil {
		t.Fatal(err)
	}
	p := tb.Lookup(ph).object.(*port)
	const n = 20_000
	for i := range n {
		tb.QueuePacket(ph, &Packet{})
		tb.WaitAsync(h, ph, uint64(i), UserSignal0, WaitAsyncOnce)
	}
	tb.Signal(h, 0, UserSignal0)
	for range 2 * n {
		if _, err := tb.WaitPort(ph, time.Unix(1, 0)); err != nil {
			t.Fatal(err)
		}
	}
	if k := len(p.restingPackets.kept); k == 0 || k > mostKept {
		t.Errorf("the port keeps %d packets", k)
	}
	if k := len(p.restingOps.kept); k == 0 || k > mostKept {
		t.Errorf("the port keeps %d operations", k)
	}
	if k := len(p.index.places); k > leastPlaces || p.index.used != 0 {
		t.Errorf("the index has %d places for %d operations", k, p.index.used)
	}
	synctest.Test(t, func(t *testing.T) {
		tb := NewTable()
		h := newEvent(t, tb)
		ph, _ := NewPort(tb, PortVersion)
		for range 1000 {
			go tb.WaitOne(h, UserSignal0, time.Time{})
			go tb.WaitPort(ph, time.Time{})
			go tb.WaitMany(make([]WaitItem, 0), time.Now().Add(time.Second))
		}
		synctest.Wait()
		tb.Signal(h, 0, UserSignal0)
		for range 1000 {
			tb.QueuePacket(ph, &Packet{})
		}
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if k := len(tb.waiters.rest.kept); k == 0 || k > mostKept {
			t.Errorf("the table keeps %d waiters", k)
		}
		if k := len(tb.Lookup(ph).object.(*port).restingWaiters.kept); k == 0 || k > mostKept {
			t.Errorf("the port keeps %d waiters", k)
		}
	})
}

// What is kept for the next call keeps nothing else alive: each record of a
// burst was linked to others of it.
func TestRecordsKeepNoOthers(t *testing.T) {
	tb := NewTable()
	h := newEvent(t, tb)
	ph, _ := NewPort(tb, PortVersion)
	items := make([]WaitItem, 1024)
	for i := range items {
		items[i] = WaitItem{Handle: h, WaitFor: UserSignal1}
	}
	heap := func() int {
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int(m.HeapAlloc)
	}
	before := heap()
	const n = 20_000 // operations of some 300 bytes
	for i := range n {
		tb.WaitAsync(h, ph, uint64(i), UserSignal0|UserSignal1, WaitAsyncOnce)
	}
	tb.Signal(h, 0, UserSignal0)
	for range n {
		if _, err := tb.WaitPort(ph, time.Unix(1, 0)); err != nil {
			t.Fatal(err)
		}
	}
	synctest.Test(t, func(t *testing.T) {
		var done sync.WaitGroup
		for range mostKept {
			done.Go(func() { tb.WaitMany(slices.Clone(items), time.Time{}) })
		}
		synctest.Wait()
		tb.Signal(h, 0, UserSignal1)
		done.Wait()
	})
	if more := heap() - before; more > 1<<20 {
		t.Errorf("%d bytes are kept", more)
	}
	runtime.KeepAlive(tb)
	runtime.KeepAlive(items)
}

// Operations that one change triggers queue their packets in one order, the one
// that was begun last first, whichever signals they are for.
func TestOrderOfOneChange(t *testing.T) {
	tb := NewTable()
	h := newEvent(t, tb)
	ph, _ := NewPort(tb, PortVersion)
	rng := rand.New(rand.NewPCG(1, 2))
	const n = 500
	for i := range n {
		tb.WaitAsync(h, ph, uint64(i), UserSignal0<<rng.IntN(8), uint32(rng.IntN(2)))
	}
	for round := range 3 {
		tb.Signal(h, 0, UserSignals)
		last := uint64(n)
		for {
			pk, err := tb.WaitPort(ph, time.Unix(1, 0))
			if err != nil {
				break
			}
			if pk.Key >= last {
				t.Fatalf("round %d: %d after %d", round, pk.Key, last)
			}
			last = pk.Key
		}
		if last == n {
			t.Fatal("no packet")
		}
		tb.Signal(h, UserSignals, 0)
	}
}

// Timers are right with those of before Go 1.23, too.
func TestOldTimers(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the test binary again")
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestTokenAndEndAtOnce$", "-test.v")
	cmd.Env = append(os.Environ(), "GODEBUG=asynctimerchan=1")
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "--- PASS: TestTokenAndEndAtOnce") {
		t.Errorf("%v\n%s", err, out)
	}
}
