package bench

import (
	"time"

	"mx.example/handle"
)

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

// cellsOf are the cells of a workload, those that are compared side by side;
// none, if the workload is one of crowdCells.
func cellsOf(workload string, all []*contestant) []*cell {
	none := []int{0}
	switch workload {
	case WriteRead:
		return cross(workload, all, writeReadSizes, (*contestant).writing)
	case Stream:
		return cross(workload, all, streamSizes, (*contestant).streaming)
	case StreamBlocking:
		return cross(workload, all, streamSizes, (*contestant).streamingBlocking)
	case PingPong, Latency:
		return cross(workload, all, none, (*contestant).rally)
	case PingPongBlocking, LatencyBlocking:
		return cross(workload, all, none, (*contestant).rallyBlocking)
	case CreateClose:
		return cross(workload, all, none, func(c *contestant, _ int) func() (loop, error) { return c.createClose })
	case Memory:
		var cells []*cell
		for _, c := range all {
			if c.Available && c.idle != nil {
				cells = append(cells, &cell{workload: workload, contestant: c.Name, sample: c.idle})
			}
		}
		return cells
	case Tables:
		one := func() (loop, error) { t := handle.NewTable(); return twoSockets(t, t) }
		two := func() (loop, error) { return twoSockets(handle.NewTable(), handle.NewTable()) }
		return []*cell{
			{workload: workload, contestant: OneTable, make: one},
			{workload: workload, contestant: TwoTables, make: two},
		}
	}
	return nil
}

// cross has a cell for each of the contestants that can do the work, with each
// value of the parameter, one value after the other.
func cross(workload string, all []*contestant, params []int, work func(*contestant, int) func() (loop, error)) []*cell {
	var cells []*cell
	for _, param := range params {
		for _, c := range all {
			if make := work(c, param); c.Available && make != nil {
				cells = append(cells, &cell{workload: workload, contestant: c.Name, param: param, make: make})
			}
		}
	}
	return cells
}

// crowdCells are the cells of a workload in tables of so many handles, which
// have to be there when they run.
func crowdCells(workload string, counts []int, tables []*crowded) []*cell {
	work, ok := map[string]func(*crowded) (loop, error){
		Handles: (*crowded).sameLoop, HandlesAny: (*crowded).anyLoop, HandlesCreate: (*crowded).createLoop,
	}[workload]
	if !ok {
		return nil
	}
	var cells []*cell
	for i, n := range counts {
		cells = append(cells, &cell{workload: workload, contestant: StreamOf(handle.Manual), param: n,
			make: func() (loop, error) { return work(tables[i]) }})
	}
	return cells
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

// plan returns how often the time of a cell passes when the cells run in rounds,
// and how long what they take besides.
func plan(cells []*cell, rounds int) (running float64, besides time.Duration) {
	for _, c := range cells {
		if c.sample != nil {
			besides += sampling
		} else {
			besides += collecting
		}
	}
	return weights(cells) * (float64(rounds)*(1+warming) + calibrating), time.Duration(rounds) * besides
}

func weights(cells []*cell) (sum float64) {
	for _, c := range cells {
		sum += float64(c.weight())
	}
	return sum
}

// takes is about how long it takes to run the cells in rounds, for a time each.
func takes(cells []*cell, rounds int, each time.Duration) time.Duration {
	running, besides := plan(cells, rounds)
	return besides + time.Duration(running*float64(each))
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
