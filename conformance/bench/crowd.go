package bench

import (
	"context"
	"math/rand/v2"

	"mx.example/handle"
	"mx.example/mxsocket"
)

// The contestants of the workload that asks whether two sockets of one table
// get in each other's way.
const (
	OneTable  = "one-table"
	TwoTables = "two-tables"
)

// twoSockets is a byte written and read on each of two sockets, by a goroutine
// each.
func twoSockets(t, u *handle.Table) (loop, error) {
	var ends [4]socketEnd
	for i, t := range []*handle.Table{t, u} {
		a, b, err := mxsocket.Create(t, mxsocket.Stream)
		if err != nil {
			return loop{}, err
		}
		ends[2*i], ends[2*i+1] = socketEnd{t, a}, socketEnd{t, b}
	}
	side := func(a, b socketEnd, n int) func() error {
		return func() error {
			// Room enough that the two do not share a line of a cache.
			src, dst := make([]byte, 1, 256), make([]byte, 1, 256)
			return writeRead(a, b, src, dst, n)
		}
	}
	return loop{
		run: func(n int) error {
			return together(plainEnd{ends[0]}, plainEnd{ends[2]},
				side(ends[0], ends[1], n), side(ends[2], ends[3], n))
		},
		close: func() {
			for _, e := range ends {
				e.close()
			}
		},
	}, nil
}

// A crowded is a table with so many live handles.
type crowded struct {
	t    *handle.Table
	ends [][2]handle.Handle // of each pair
}

// newCrowded makes the pairs of a table that is to have n handles.
func newCrowded(ctx context.Context, n int) (*crowded, error) {
	// A pair more is created and closed in it.
	c := &crowded{t: handle.NewTable(handle.WithHandleLimit(n + 2)), ends: make([][2]handle.Handle, 0, n/2)}
	for i := range n / 2 {
		if i%10_000 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		a, b, err := mxsocket.Create(c.t, mxsocket.Stream)
		if err != nil {
			return nil, err
		}
		c.ends = append(c.ends, [2]handle.Handle{a, b})
	}
	return c, nil
}

// sameLoop is a byte written and read on the same pair among all.
func (c *crowded) sameLoop() (loop, error) {
	pair := c.ends[len(c.ends)/2]
	l := writeReadLoop(socketEnd{c.t, pair[0]}, socketEnd{c.t, pair[1]}, 1)
	l.close = nil // the pairs are the table's
	return l, nil
}

// anyLoop is a byte written and read on a pair taken at random each time.
func (c *crowded) anyLoop() (loop, error) {
	src, dst := message(1)
	random := rand.New(rand.NewPCG(1, 2))
	return loop{run: func(n int) error {
		for range n {
			pair := &c.ends[random.IntN(len(c.ends))]
			if err := writeRead(socketEnd{c.t, pair[0]}, socketEnd{c.t, pair[1]}, src, dst, 1); err != nil {
				return err
			}
		}
		return arrived(src, dst)
	}}, nil
}

// createLoop is a pair created and closed beside all.
func (c *crowded) createLoop() (loop, error) {
	return loop{run: func(n int) error { return createClose(c.t, mxsocket.Stream, n) }}, nil
}
