package handle_test

import (
	"sync"
	"testing"

	"mx.example/handle"
	"mx.example/mxsocket"
)

// Every object has a number of its own, and each of a pair tells that of the
// other, also when that is gone; an object without a peer tells none (C-KOID).
func TestKoids(t *testing.T) {
	tb := handle.NewTable(handle.WithEdition(handle.Zircon)) // a port there has options 0
	info := func(h handle.Handle) handle.Info {
		t.Helper()
		i, err := tb.Info(h)
		if err != nil {
			t.Fatal(err)
		}
		return i
	}
	var mu sync.Mutex
	seen := map[handle.Koid]bool{0: true}
	fresh := func(what string, k handle.Koid) {
		t.Helper()
		mu.Lock()
		defer mu.Unlock()
		if seen[k] {
			t.Errorf("%s: the koid %d is taken", what, k)
		}
		seen[k] = true
	}
	for range 100 {
		a, b, err := mxsocket.Create(tb, mxsocket.Stream)
		if err != nil {
			t.Fatal(err)
		}
		x, y := info(a), info(b)
		fresh("an endpoint", x.Koid)
		fresh("its peer", y.Koid)
		if x.RelatedKoid != y.Koid || y.RelatedKoid != x.Koid {
			t.Errorf("the pair %d and %d tells %d and %d", x.Koid, y.Koid, x.RelatedKoid, y.RelatedKoid)
		}
		d, err := tb.Duplicate(a, handle.SameRights)
		if err != nil {
			t.Fatal(err)
		}
		if z := info(d); z.Koid != x.Koid || z.RelatedKoid != y.Koid {
			t.Errorf("a duplicate of %d tells %d and %d", x.Koid, z.Koid, z.RelatedKoid)
		}
		for _, h := range []handle.Handle{a, d} {
			if err := tb.Close(h); err != nil {
				t.Error(err)
			}
		}
		if z := info(b); z.Koid != y.Koid || z.RelatedKoid != x.Koid {
			t.Errorf("%d, whose peer %d is gone, tells %d and %d", y.Koid, x.Koid, z.Koid, z.RelatedKoid)
		}

		e := event(t, tb)
		fresh("an event", info(e).Koid)
		p, err := handle.NewPort(tb, 0)
		if err != nil {
			t.Fatal(err)
		}
		fresh("a port", info(p).Koid)
		for _, h := range []handle.Handle{e, p} {
			if k := info(h).RelatedKoid; k != 0 {
				t.Errorf("an object without a peer tells %d", k)
			}
		}
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 500 {
				a, b, err := mxsocket.Create(tb, mxsocket.Stream)
				if err != nil {
					t.Error(err)
					return
				}
				i, _ := tb.Info(a)
				j, _ := tb.Info(b)
				fresh("an endpoint of many", i.Koid)
				fresh("its peer", j.Koid)
			}
		})
	}
	wg.Wait()
}
