package peers

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"time"

	"mx.example/conformance/external/baseline"
)

// Options say how long to measure.
type Options struct {
	Rounds int           // how often each cell is run
	Time   time.Duration // how long a cell runs in each round
	// Progress is called before each cell of each round, with how much is
	// done. It may be nil.
	Progress func(done, total int, what string)
}

// A Sample is what a cell took, in nanoseconds a turn, a round each.
type Sample []float64

// Median is the middle of the sample.
func (s Sample) Median() float64 { return s.quantile(0.5) }

// Spread is half the distance between the quartiles.
func (s Sample) Spread() float64 { return (s.quantile(0.75) - s.quantile(0.25)) / 2 }

func (s Sample) quantile(q float64) float64 {
	if len(s) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(s))
	at := q * float64(len(sorted)-1)
	i := int(at)
	if i+1 == len(sorted) {
		return sorted[i]
	}
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}

// Over is, round by round, how much longer s took than t. What slows the
// machine down for a while slows both, and leaves their ratio alone.
func (s Sample) Over(t Sample) Sample {
	r := make(Sample, min(len(s), len(t)))
	for i := range r {
		r[i] = s[i] / t[i]
	}
	return r
}

// Samples are those of the cells, by workload and subject.
type Samples map[[2]string]Sample

// Of is the sample of a cell, or nil if it was not run.
func (m Samples) Of(workload, subject string) Sample { return m[[2]string{workload, subject}] }

// Measure runs the cells in rounds. Each round runs all of them, a workload at
// a time, so that those which are compared run within moments of each other;
// who goes first changes from round to round. It stops when ctx is done, and
// then returns that error.
func Measure(ctx context.Context, cells []Cell, o Options) (Samples, error) {
	samples := Samples{}
	turns := make([]int, len(cells))
	for round := range o.Rounds {
		done := 0
		for begin := 0; begin < len(cells); {
			end := begin + 1
			for end < len(cells) && cells[end].Workload == cells[begin].Workload {
				end++
			}
			for i := range end - begin {
				at := begin + (i+round)%(end-begin)
				c := &cells[at]
				if err := ctx.Err(); err != nil {
					return nil, err
				}
				if o.Progress != nil {
					o.Progress(round*len(cells)+done, o.Rounds*len(cells), c.Workload+", "+c.Subject)
				}
				ns, err := c.measure(&turns[at], o.Time)
				if err != nil {
					return nil, fmt.Errorf("%s, %s: %w", c.Workload, c.Subject, err)
				}
				key := [2]string{c.Workload, c.Subject}
				samples[key] = append(samples[key], ns)
				done++
			}
			begin = end
		}
	}
	return samples, nil
}

// measure runs the cell once. The first time it finds out how many turns take
// the time that is wanted.
func (c *Cell) measure(turns *int, want time.Duration) (ns float64, err error) {
	l, err := c.Make()
	if err != nil {
		return 0, err
	}
	if l.Close != nil {
		defer l.Close()
	}
	runtime.GC() // of what others left
	if *turns == 0 {
		if *turns, err = calibrate(l, want); err != nil {
			return 0, err
		}
	}
	if err := l.Run(*turns/20 + 1); err != nil { // pools fill, caches warm
		return 0, err
	}
	start := time.Now()
	err = l.Run(*turns)
	return float64(time.Since(start)) / float64(*turns), err
}

// calibrate is about how many turns take d.
func calibrate(l baseline.Loop, d time.Duration) (int, error) {
	for n := 1; ; {
		start := time.Now()
		if err := l.Run(n); err != nil {
			return 0, err
		}
		took := max(time.Since(start), 1)
		if took >= d/4 || n > 1<<30 {
			return max(1, int(float64(n)*float64(d)/float64(took))), nil
		}
		// Not too far at once: the first turns are the slowest.
		n = min(100*n, int(1.2*float64(n)*float64(d/4)/float64(took))+1)
	}
}
