package bench

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"time"
)

// Options say what to measure, and for how long.
type Options struct {
	// Rounds is how often each cell is run: a workload, on a contestant, with
	// messages of a size. At least 1.
	Rounds int
	// For is about how long all of it takes. What is measured at all takes
	// some seconds, however little this is.
	For time.Duration
	// Workloads are the names of those to measure; none is all.
	Workloads []string
	// Progress is called before each cell of each round. It may be nil.
	Progress func(Progress)

	handles []int // how many live handles; handleCounts if nil
}

// Run measures. When ctx is done it stops and returns what there is, as
// a report that is partial. It is an error if a workload of the options does
// not exist, or if a table of many handles cannot be made.
func Run(ctx context.Context, o Options) (*Report, error) {
	start := now()
	for _, name := range o.Workloads {
		if !slices.ContainsFunc(Workloads(), func(w Workload) bool { return w.Name == name }) {
			return nil, fmt.Errorf("there is no workload %q", name)
		}
	}
	r := &Report{Environment: environment()}
	for _, w := range Workloads() {
		if len(o.Workloads) == 0 || slices.Contains(o.Workloads, w.Name) {
			r.Workloads = append(r.Workloads, w)
		}
	}
	all := contestants()
	for _, c := range all {
		r.Contestants = append(r.Contestants, c.Contestant)
	}
	err := r.measure(ctx, o, all)
	r.Seconds = float64(now()-start) / 1e9
	r.Partial = ctx.Err() != nil
	return r, err
}

// crowdReserve is about how long it takes to make the tables of many handles,
// and to collect the garbage around them.
const crowdReserve = 3 * time.Second

// measure runs all cells: those of few handles in rounds, and then those of
// many, because as long as there are those tables, each collection takes time.
func (r *Report) measure(ctx context.Context, o Options, all []*contestant) error {
	counts := o.handles
	if counts == nil {
		counts = handleCounts
	}
	tables := make([]*crowded, len(counts)) // which are made when their turn comes
	var few, many []*cell
	for _, w := range r.Workloads {
		few = append(few, cellsOf(w.Name, all)...)
		many = append(many, crowdCells(w.Name, counts, tables)...)
	}
	start := now()
	left := o.For
	if len(many) > 0 {
		left -= crowdReserve
	}
	each := shares(slices.Concat(few, many), o.Rounds, left)
	m := &measurer{
		clock: now, time: each, quiet: runtime.GC,
		progress: o.Progress, total: o.Rounds * (len(few) + len(many)),
	}
	r.Rounds, r.CellSeconds = o.Rounds, each.Seconds()
	within := min(left, takes(few, o.Rounds, each))
	r.Results = m.rounds(ctx, few, o.Rounds, within)
	if len(many) == 0 || ctx.Err() != nil {
		return nil
	}
	for i, n := range counts {
		t, err := newCrowded(ctx, n)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return fmt.Errorf("a table of %d handles: %w", n, err)
		}
		tables[i] = t
	}
	// To look for garbage among a million sockets before each cell would take
	// longer than to measure it.
	runtime.GC()
	m.quiet = func() {}
	r.Results = append(r.Results, m.rounds(ctx, many, o.Rounds, o.For-time.Duration(now()-start))...)
	return nil
}
