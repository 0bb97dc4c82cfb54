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
	// scale makes runs shorter than time where what was run so far took longer
	// than it should have: on a machine that is busy, or has become slower.
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
// stops when ctx is done. Results come in the order of the cells. What comes
// late is made shorter if what came before took more than its part of the time
// within which all is to be done.
func (m *measurer) rounds(ctx context.Context, cells []*cell, rounds int, within time.Duration) []*Result {
	start := m.clock()
	running, besides := plan(cells, rounds)
	results := make([]*Result, len(cells))
	for i, c := range cells {
		results[i] = &Result{Workload: c.workload, Contestant: c.contestant, Param: c.param}
	}
	for round := range rounds {
		for begin := 0; begin < len(cells); {
			end := begin + 1
			for end < len(cells) && compared(cells[begin], cells[end]) {
				end++
			}
			m.pace(within-time.Duration(m.clock()-start)-besides, running)
			done, aside := plan(cells[begin:end], 1)
			if round > 0 {
				done -= calibrating * weights(cells[begin:end]) // which the first round has done
			}
			running, besides = running-done, besides-aside
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
	}
	return results
}

// leastScale is of the time of a cell that it runs for at least.
const leastScale = 0.05

// pace chooses how long cells run from here on, when so much time is left for
// them, and they need running times the time of a cell.
func (m *measurer) pace(left time.Duration, running float64) {
	m.scale = min(1, max(float64(left)/running/float64(m.time), leastScale))
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
		// Not for longer than there is time; the turns are those of the whole.
		some := max(1, time.Duration(float64(d)*m.scale))
		if c.turns, err = calibrate(l, some, m.clock); err != nil {
			return err
		}
		c.turns = max(1, int(float64(c.turns)*float64(d)/float64(some)))
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
