package linear

import (
	"testing"
	"testing/synctest"
	"time"

	"mx.example/conformance"
	"mx.example/conformance/inproc"
	"mx.example/handle"
)

// limit is how long the search for an order may take.
const limit = 30 * time.Second

var editions = []handle.Edition{handle.Manual, handle.Kernel2017}

// config is the kind of history that belongs to a seed. Any few hundred seeds
// in a row have all kinds: both editions and modes, capacities of 1 to 3
// bytes, 2 to 8 clients, with and without watchers.
func config(seed uint64) Config {
	c := Config{
		Edition:  editions[seed%2],
		Datagram: seed/2%2 == 1,
		Capacity: 1 + seed/4%3,
		Clients:  2 + int(seed/12%7),
		Seed:     seed,
	}
	c.Calls = 32 / c.Clients
	if seed/84%2 == 1 {
		c.Watchers = 512
	}
	return c
}

// record is Record in a bubble of its own.
func record(t *testing.T, b conformance.Backend, c Config) (h *History) {
	t.Helper()
	var err error
	synctest.Test(t, func(*testing.T) { h, err = Record(b, c) })
	if err != nil {
		t.Fatalf("%v: %v", c, err)
	}
	return h
}

// check records and judges histories, and counts how many of their calls began
// while another was under way.
func check(t *testing.T, b conformance.Backend, seeds uint64) {
	t.Helper()
	calls, overlapping := 0, 0
	for seed := range seeds {
		h := record(t, b, config(seed))
		v, err := h.Check(limit)
		if err != nil {
			t.Fatal(err)
		}
		if v != nil {
			t.Fatal(v)
		}
		latest := int64(0)
		for _, o := range h.Ops {
			if o.Called < latest {
				overlapping++
			}
			latest = max(latest, o.Returned)
			calls++
		}
	}
	t.Logf("%d histories, %d calls, of which %d began while another was under way", seeds, calls, overlapping)
	if overlapping < calls/50 {
		t.Errorf("only %d of %d calls overlap: this shows little", overlapping, calls)
	}
}

// Whatever the sockets answer to goroutines that call at once is what they
// could have answered one after the other. Run it under -race as well.
func TestLinearizable(t *testing.T) {
	seeds := uint64(6000)
	if testing.Short() {
		seeds = 400
	}
	check(t, inproc.Backend(), seeds)
}
