package bench

import (
	"time"

	"mx.example/handle"
)

// The workloads, by the names that reports and command lines use.
const (
	WriteRead        = "write+read"
	Stream           = "stream"
	StreamBlocking   = "stream-blocking"
	PingPong         = "ping-pong"
	PingPongBlocking = "ping-pong-blocking"
	Latency          = "latency"
	LatencyBlocking  = "latency-blocking"
	CreateClose      = "create+close"
	Memory           = "memory"
	Tables           = "tables"
	Handles          = "handles"
	HandlesAny       = "handles-any"
	HandlesCreate    = "handles-create"
)

// What varies within a workload, as its [Workload.Parameter].
const (
	MessageBytes = "message_bytes"
	LiveHandles  = "live_handles"
)

// A Workload is a piece of work that several contestants are put to.
type Workload struct {
	Name  string `json:"name"`
	About string `json:"about"`
	// Parameter is what varies in it: MessageBytes, LiveHandles, or nothing.
	Parameter string `json:"parameter"`
}

// Workloads are all there are, in the order in which they are measured.
func Workloads() []Workload {
	return []Workload{
		{WriteRead, "a message written and read on one goroutine", MessageBytes},
		{Stream, "messages from one goroutine to another, plain calls and waits", MessageBytes},
		{StreamBlocking, "messages from one goroutine to another, blocking calls", MessageBytes},
		{PingPong, "a byte to another goroutine and one back, plain calls and waits", ""},
		{PingPongBlocking, "a byte to another goroutine and one back, blocking calls", ""},
		{Latency, "each such round trip by itself, plain calls and waits", ""},
		{LatencyBlocking, "each such round trip by itself, blocking calls", ""},
		{CreateClose, "a pair created and closed", ""},
		{Memory, "what a pair takes that was created and left alone", ""},
		{Tables, "a byte written and read on each of two sockets, by a goroutine each, with both in one table or in two", ""},
		{Handles, "a byte written and read on the same pair of a table with so many live handles", LiveHandles},
		{HandlesAny, "a byte written and read on a pair at random in a table with so many live handles", LiveHandles},
		{HandlesCreate, "a pair created and closed in a table with so many live handles", LiveHandles},
	}
}

// The sizes of messages, and the counts of live handles.
var (
	writeReadSizes = []int{1, 16, 64, 256, 1 << 10, 4 << 10, 16 << 10, 64 << 10}
	streamSizes    = []int{1 << 10, 64 << 10}
	handleCounts   = []int{2, 100, 10_000, 1_000_000}
)

// Percentiles are those that latencies are given at: so many of a hundred
// round trips took no longer.
var Percentiles = []float64{50, 75, 90, 95, 99, 99.5, 99.9}

// A cell is a workload, on a contestant, with a value of its parameter.
type cell struct {
	workload, contestant string
	param                int
	// Either make or sample is nil. What make gives is run and timed; sample
	// measures by itself.
	make   func() (loop, error)
	sample func() (float64, error)
	turns  int // of the loop, that take the time of the cell; 0 if not known yet
}

// weight is how many times as long as others the cell runs: a distribution
// needs more than a mean.
func (c *cell) weight() int {
	switch c.workload {
	case Memory:
		return 0
	case Latency, LatencyBlocking:
		return 4
	}
	return 1
}

// cellsOf are the cells of a workload, those that are compared side by side.
func cellsOf(workload string, all []*contestant) []*cell {
	var cells []*cell
	add := func(c *contestant, param int, make func() (loop, error)) {
		cells = append(cells, &cell{workload: workload, contestant: c.Name, param: param, make: make})
	}
	each := func(f func(c *contestant)) {
		for _, c := range all {
			if c.Available {
				f(c)
			}
		}
	}
	switch workload {
	case WriteRead:
		for _, size := range writeReadSizes {
			each(func(c *contestant) {
				if c.writeRead != nil {
					add(c, size, func() (loop, error) { return c.writeRead(size) })
				}
			})
		}
	case Stream:
		for _, size := range streamSizes {
			each(func(c *contestant) {
				if c.open != nil && c.Name != TwoChannels { // which carry nothing
					add(c, size, func() (loop, error) {
						a, b, err := c.open(size)
						return streaming(a, b, size), err
					})
				}
			})
		}
	case StreamBlocking:
		for _, size := range streamSizes {
			each(func(c *contestant) {
				if c.openBlocking != nil {
					add(c, size, func() (loop, error) {
						a, b, err := c.openBlocking()
						return streaming(a, b, size), err
					})
				}
			})
		}
	case PingPong, Latency:
		each(func(c *contestant) {
			if c.open != nil {
				add(c, 0, func() (loop, error) {
					a, b, err := c.open(1)
					return pingPong(a, b), err
				})
			}
		})
	case PingPongBlocking, LatencyBlocking:
		each(func(c *contestant) {
			switch {
			case c.openBlocking != nil:
				add(c, 0, func() (loop, error) {
					a, b, err := c.openBlocking()
					return pingPong(a, b), err
				})
			case c.Name == TwoChannels:
				add(c, 0, func() (loop, error) {
					a, b, err := c.open(1)
					return pingPong(a, b), err
				})
			}
		})
	case CreateClose:
		each(func(c *contestant) {
			if c.createClose != nil {
				add(c, 0, c.createClose)
			}
		})
	case Memory:
		each(func(c *contestant) {
			if c.idle != nil {
				cells = append(cells, &cell{workload: workload, contestant: c.Name, sample: c.idle})
			}
		})
	case Tables:
		one := func() (loop, error) { t := handle.NewTable(); return twoSockets(t, t) }
		two := func() (loop, error) { return twoSockets(handle.NewTable(), handle.NewTable()) }
		cells = append(cells, &cell{workload: workload, contestant: OneTable, make: one},
			&cell{workload: workload, contestant: TwoTables, make: two})
	}
	return cells
}

// crowdCells are the cells of a workload in tables of many handles.
func crowdCells(workload string, tables []*crowded) []*cell {
	var cells []*cell
	for _, c := range tables {
		make := map[string]func() (loop, error){
			Handles: c.sameLoop, HandlesAny: c.anyLoop, HandlesCreate: c.createLoop,
		}[workload]
		if make != nil {
			cells = append(cells, &cell{workload: workload, contestant: StreamOf(handle.Manual), param: 2 * len(c.ends), make: make})
		}
	}
	return cells
}

// isCrowd reports whether a workload is one of crowdCells.
func isCrowd(workload string) bool {
	return workload == Handles || workload == HandlesAny || workload == HandlesCreate
}

// What a cell takes besides the time that it runs for: the first round also
// finds out how much is enough, each begins with some turns that do not count,
// and garbage is collected before. A sample takes a time of its own.
const (
	calibrating = 0.5  // of the time of a round
	warming     = 0.05 // of the time of a round
	collecting  = 700 * time.Microsecond
	sampling    = 30 * time.Millisecond

	leastTime = 100 * time.Microsecond // that a cell runs in a round
)

// takes is about how long it takes to run the cells in rounds, for a time each.
func takes(cells []*cell, rounds int, each time.Duration) time.Duration {
	weights, besides := 0, time.Duration(0)
	for _, c := range cells {
		weights += c.weight()
		if c.sample != nil {
			besides += sampling
		} else {
			besides += collecting
		}
	}
	return time.Duration(rounds)*besides +
		time.Duration(float64(weights)*(float64(rounds)*(1+warming)+calibrating)*float64(each))
}

// shares divides the time that there is among the cells.
func shares(cells []*cell, rounds int, left time.Duration) time.Duration {
	const unit = time.Millisecond
	besides := takes(cells, rounds, 0)
	if one := takes(cells, rounds, unit) - besides; one > 0 {
		return max(time.Duration(float64(left-besides)/float64(one)*float64(unit)), leastTime)
	}
	return leastTime
}
