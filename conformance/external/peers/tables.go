package peers

import (
	"mx.example/conformance/external/baseline"
	"mx.example/handle"
	"mx.example/mxsocket"
)

// The workloads that compare the sockets with themselves: two goroutines on
// two sockets, of one table or of two; and calls in a table of few handles, or
// of a million.
const (
	TwoSockets   = "two sockets, two goroutines"
	CrowdedCalls = "write+read in a table"
	CrowdedPairs = "create+close in a table"

	OneTable  = "one-table"
	TwoTables = "two-tables"
	Few       = "2-handles"
	Million   = "1000000-handles"
)

// contentionCells are two sockets in one table and in two.
func contentionCells() []Cell {
	return []Cell{
		{TwoSockets, OneTable, 0, func() (baseline.Loop, error) {
			t := handle.NewTable()
			return twoSockets(t, t)
		}},
		{TwoSockets, TwoTables, 0, func() (baseline.Loop, error) {
			return twoSockets(handle.NewTable(), handle.NewTable())
		}},
	}
}

// crowdCells are the same calls in a table of few handles and in one of a
// million. They hold some hundred megabytes as long as they are kept, so they
// are best run apart from the others.
func crowdCells() ([]Cell, error) {
	full, err := crowded(mxsocket.Stream, 500_000)
	if err != nil {
		return nil, err
	}
	tables := []struct {
		name string
		t    *handle.Table
	}{{Few, handle.NewTable()}, {Million, full}}
	var cells []Cell
	for _, in := range tables {
		cells = append(cells, Cell{CrowdedCalls, in.name, 0, func() (baseline.Loop, error) {
			x, y, err := mxsocket.Create(in.t, mxsocket.Stream)
			a, b, p := end{in.t, x}, end{in.t, y}, []byte{1}
			return baseline.Loop{
				Run:   func(n int) error { return writeRead(a, b, p, p, n) },
				Close: func() { a.close(); b.close() },
			}, err
		}})
	}
	for _, in := range tables {
		cells = append(cells, Cell{CrowdedPairs, in.name, 0, func() (baseline.Loop, error) {
			return baseline.Loop{Run: func(n int) error { return createClose(in.t, mxsocket.Stream, n) }}, nil
		}})
	}
	return cells, nil
}

// twoSockets is a write and a read of one byte on each of two sockets, by a
// goroutine each.
func twoSockets(t, u *handle.Table) (baseline.Loop, error) {
	var ends [4]end
	for i, t := range []*handle.Table{t, u} {
		a, b, err := mxsocket.Create(t, mxsocket.Stream)
		if err != nil {
			return baseline.Loop{}, err
		}
		ends[2*i], ends[2*i+1] = end{t, a}, end{t, b}
	}
	run := func(a, b end, n int) func() error {
		return func() error {
			// Room enough that the two do not share a cache line.
			src, dst := make([]byte, 1, 256), make([]byte, 1, 256)
			return writeRead(a, b, src, dst, n)
		}
	}
	return baseline.Loop{
		Run: func(n int) error {
			return together(run(ends[0], ends[1], n), run(ends[2], ends[3], n))
		},
		Close: func() {
			for _, e := range ends {
				e.close()
			}
		},
	}, nil
}
