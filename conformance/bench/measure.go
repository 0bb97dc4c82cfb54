package bench

import (
	"context"
	"slices"
	"time"
)

// A measurer runs cells in rounds.
type measurer struct {
	clock func() int64 // in nanoseconds
	time  time.Duration
	// scale makes runs shorter than time where the machine has become slower
	// since it was found out how many turns that takes.
	scale float64
	// quiet is called before each cell that runs.
	quiet func()
	laps  []int64 // to be used again
	// done counts the cells run, of total.
	done, total int
	progress    func(Progress)
}

// A Progress says how far a run is, before the next cell.
type Progress struct {
	Done, Total          int // cells, in all rounds
	Workload, Contestant string
}

// rounds runs the cells so many times. A round runs all of them, a group that
// is compared at a time; who goes first in it changes from round to round. It
// stops when ctx is done. Results come in the order of the cells. Late rounds
// are made shorter if the first ones took more than their part of all the time
// there is.
func (m *measurer) rounds(ctx context.Context, cells []*cell, rounds int, within time.Duration) []*Result {
	start := m.clock()
	m.scale = 1
	results := make([]*Result, len(cells))
	for i, c := range cells {
		results[i] = &Result{Workload: c.workload, Contestant: c.contestant, Param: c.param}
	}
	for round := range rounds {
		began := m.clock()
		for begin := 0; begin < len(cells); {
			end := begin + 1
			for end < len(cells) && compared(cells[begin], cells[end]) {
				end++
			}
			for i := range end - begin {
				at := begin + (i+round)%(end-begin)
				c, r := cells[at], results[at]
				if ctx.Err() != nil {
					return results
				}
				if m.progress != nil {
					m.progress(Progress{Done: m.done, Total: m.total, Workload: c.workload, Contestant: c.contestant})
				}
				m.done++
				if r.Err != "" {
					continue // it cannot do it, and will not learn
				}
				if err := m.run(c, r); err != nil {
					r.Err = err.Error()
				}
			}
			begin = end
		}
		m.hurry(round, rounds, within-time.Duration(m.clock()-start), time.Duration(m.clock()-began))
	}
	return results
}

// hurry chooses how long the next rounds are to be, after one that took so
// long, when so much time is left.
func (m *measurer) hurry(round, rounds int, left, took time.Duration) {
	if round == 0 { // which also found out how much is enough
		took = time.Duration(float64(took) * (1 + warming) / (1 + warming + calibrating))
	}
	if next := rounds - round - 1; next > 0 {
		m.scale = min(1, max(m.scale*float64(left)/float64(took)/float64(next), 0.05))
	}
}

// compared reports whether two cells are compared with each other.
func compared(c, d *cell) bool { return c.workload == d.workload && c.param == d.param }

// run runs a cell once and adds what came of it to its result.
func (m *measurer) run(c *cell, r *Result) error {
	if c.sample != nil {
		v, err := c.sample()
		if err == nil {
			r.Sample = append(r.Sample, v)
		}
		return err
	}
	l, err := c.make()
	if err != nil {
		return err
	}
	if l.close != nil {
		defer l.close()
	}
	m.quiet()
	d := m.time * time.Duration(c.weight())
	if c.turns == 0 {
		if c.turns, err = calibrate(l, d, m.clock); err != nil {
			return err
		}
	}
	turns := max(1, int(float64(c.turns)*m.scale))
	if err := l.run(int(float64(turns)*warming) + 1); err != nil { // pools fill, caches warm
		return err
	}
	if c.workload == Latency || c.workload == LatencyBlocking {
		return m.distribution(l, turns, r)
	}
	ns, allocs, err := timed(l, turns, m.clock)
	if err != nil {
		return err
	}
	if len(r.Sample) == 0 || allocs < r.Allocs {
		r.Allocs = allocs
	}
	r.Sample = append(r.Sample, ns)
	return nil
}

// mostLaps is how many round trips are noted in a round at the most.
const mostLaps = 1 << 17

// distribution notes the times of single turns.
func (m *measurer) distribution(l loop, turns int, r *Result) error {
	if m.laps == nil {
		m.laps = make([]int64, mostLaps)
	}
	laps := m.laps[:min(turns, mostLaps-1)+1]
	if err := l.laps(laps); err != nil {
		return err
	}
	// The first is only where the second begins.
	for i := len(laps) - 1; i > 0; i-- {
		laps[i] -= laps[i-1]
	}
	laps = laps[1:]
	slices.Sort(laps)
	if r.At == nil {
		r.At = make([]Sample, len(Percentiles))
	}
	for i, p := range Percentiles {
		r.At[i] = append(r.At[i], float64(rank(laps, p/100)))
	}
	r.Laps = len(laps)
	return nil
}
