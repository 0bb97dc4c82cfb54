package mxsocket_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"mx.example/handle"
	"mx.example/mxsocket"
	"mx.example/status"
)

// A crowd is many sockets, watched by one port.
type crowd struct {
	table *handle.Table
	port  handle.Handle
	pairs [][2]handle.Handle // the second one is watched
	once  bool               // by operations that have to be begun again
	buf   [1]byte
}

func newCrowd(t testing.TB, n int, once bool) *crowd {
	t.Helper()
	tb := handle.NewTable()
	c := &crowd{table: tb, pairs: make([][2]handle.Handle, n), once: once}
	var err error
	if c.port, err = handle.NewPort(tb, handle.PortVersion); err != nil {
		t.Fatal(err)
	}
	options := handle.WaitAsyncRepeating
	if once {
		options = handle.WaitAsyncOnce
	}
	for i := range c.pairs {
		if c.pairs[i][0], c.pairs[i][1], err = mxsocket.Create(tb, mxsocket.Stream); err != nil {
			t.Fatal(err)
		}
		if err := tb.WaitAsync(c.pairs[i][1], c.port, uint64(i), handle.Readable, options); err != nil {
			t.Fatal(err)
		}
	}
	return c
}

// size is how many sockets there are.
func (c *crowd) size() int { return len(c.pairs) }

// turn makes socket i ready, is told of it, and sees to it.
func (c *crowd) turn(i int) error {
	if _, err := mxsocket.Write(c.table, c.pairs[i][0], 0, c.buf[:]); err != nil {
		return err
	}
	pk, err := c.table.WaitPort(c.port, time.Time{})
	if err != nil {
		return err
	}
	h := c.pairs[pk.Key][1]
	if _, err := mxsocket.Read(c.table, h, 0, c.buf[:]); err != nil {
		return err
	}
	if c.once {
		return c.table.WaitAsync(h, c.port, pk.Key, handle.Readable, handle.WaitAsyncOnce)
	}
	return nil
}

// A watched set of sockets can be measured.
type watched interface {
	size() int
	turn(i int) error
}

// turns makes n of them, each time with another socket if far.
func turns(t testing.TB, w watched, n int, far bool) {
	rng := rand.New(rand.NewPCG(1, uint64(n)))
	for range n {
		i := 0
		if far {
			i = rng.IntN(w.size())
		}
		if err := w.turn(i); err != nil {
			t.Fatal(err)
		}
	}
}

// inTurn measures several sets round by round, so that what else goes on in
// the machine hits them alike, and gives the median time of a turn of each.
func inTurn(t testing.TB, far bool, rounds int, sets ...watched) []time.Duration {
	const n = 2000
	took := make([][]time.Duration, len(sets))
	for range rounds {
		for i, w := range sets {
			began := time.Now()
			turns(t, w, n, far)
			took[i] = append(took[i], time.Since(began)/n)
		}
	}
	medians := make([]time.Duration, len(sets))
	for i := range took {
		slices.Sort(took[i])
		medians[i] = took[i][rounds/2]
	}
	return medians
}

// What a turn costs when one of so many sockets is ready: the same one each
// time, or, where it says far, another one, which also has to be fetched from
// memory.
func BenchmarkPort(b *testing.B) {
	for _, n := range []int{10, 100_000} {
		for _, once := range []bool{false, true} {
			for _, far := range []bool{false, true} {
				b.Run(fmt.Sprintf("sockets=%d/once=%v/far=%v", n, once, far), func(b *testing.B) {
					c := newCrowd(b, n, once)
					b.ReportAllocs()
					b.ResetTimer()
					turns(b, c, b.N, far)
				})
			}
		}
	}
}

// How much more a turn costs with 100,000 sockets than with 10.
func BenchmarkPortManyToFew(b *testing.B) {
	few, many := newCrowd(b, 10, true), newCrowd(b, 100_000, true)
	for b.Loop() {
		m := inTurn(b, false, 21, few, many)
		b.ReportMetric(float64(m[1])/float64(m[0]), "many/few")
		b.ReportMetric(float64(m[0]), "ns-few")
		b.ReportMetric(float64(m[1]), "ns-many")
	}
}

// A wait must not look at all that is watched. If it did, it would take a
// thousand times as long here. The quickest of many turns tells: a machine that
// is busy with other things does not delay every one of them.
func TestPortDoesNotSearch(t *testing.T) {
	few, many := newCrowd(t, 10, true), newCrowd(t, 10_000, true)
	quickest := func(w watched) time.Duration {
		least := time.Duration(math.MaxInt64)
		for range 1000 {
			began := time.Now()
			turns(t, w, 1, false)
			least = min(least, time.Since(began))
		}
		return least
	}
	if few, many := quickest(few), quickest(many); many > 100*few {
		t.Errorf("a turn takes %v with 10 sockets and %v with 10,000", few, many)
	}
	if _, err := many.table.WaitPort(many.port, time.Unix(1, 0)); err != status.ErrTimedOut {
		t.Errorf("something is left in the port: %v", err)
	}
}
