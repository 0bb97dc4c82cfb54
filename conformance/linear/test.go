package linear

import (
	"testing"
	"testing/synctest"
	"time"

	"mx.example/conformance"
	"mx.example/handle"
)

// Test records n histories on b in each edition that it has, and judges each.
// The first that no order of its calls explains fails the test and is printed.
// Outside is as in a [Config]; it takes longer then, as a pause in real time has
// to tell when all have blocked.
//
// The calls of one process come from several goroutines at once.
func Test(t *testing.T, b conformance.Backend, n int, outside bool) {
	for _, e := range b.Editions() {
		t.Run(e.String(), func(t *testing.T) {
			for seed := range uint64(n) {
				c := ConfigOf(e, seed)
				c.Outside = outside
				h := recorded(t, b, c)
				v, err := h.Check(time.Minute)
				if err != nil {
					t.Fatal(err)
				}
				if v != nil {
					t.Fatalf("history %d of %d: %v", seed+1, n, v)
				}
			}
			t.Logf("%d histories", n)
		})
	}
}

// recorded is Record where the Config says.
func recorded(t *testing.T, b conformance.Backend, c Config) (h *History) {
	t.Helper()
	var err error
	if c.Outside {
		h, err = Record(b, c)
	} else {
		synctest.Test(t, func(*testing.T) { h, err = Record(b, c) })
	}
	if err != nil {
		t.Fatalf("%v: %v", c, err)
	}
	return h
}

// ConfigOf is the kind of history that belongs to a seed. Any few dozen seeds in
// a row have all kinds: both modes, capacities of 1 to 3 bytes, 2 to 8 clients,
// with and without watchers.
func ConfigOf(e handle.Edition, seed uint64) Config {
	c := Config{Seed: seed, Edition: e}
	// Each choice takes its share of the seed.
	choose := func(n int) int {
		i := seed % uint64(n)
		seed /= uint64(n)
		return int(i)
	}
	c.Datagram = choose(2) == 1
	c.Capacity = 1 + uint64(choose(3))
	c.Clients = 2 + choose(7)
	c.Calls = 32 / c.Clients
	if choose(2) == 1 {
		c.Watchers = 500
	}
	return c
}
