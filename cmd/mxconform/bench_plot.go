package main

import (
	"fmt"
	"math"
	"slices"

	speed "mx.example/conformance/bench"
	"mx.example/conformance/posixfd"
	"mx.example/handle"
)

// A plot is a picture of numbers: lines, if it has series, or else dots on rows
// that have names. Both axes of values are logarithmic.
type plot struct {
	title, note string
	x, y        axis
	series      []series
	rows        []plotRow
}

// A series is a line through points from left to right.
type series struct {
	name   string
	look   int  // the same for the same thing in every plot
	hollow bool // tells two series of one look apart
	points []point
}

// looks are the names of what has a look of its own. Those that share one are
// never in one plot.
var looks = map[string]int{
	speed.StreamOf(handle.Manual):   0,
	speed.DatagramOf(handle.Manual): 1,
	posixfd.UnixStream:              2,
	posixfd.Pipe:                    3,
	posixfd.UnixDgram:               4,
	posixfd.UnixSeqpacket:           5,
	speed.Ring:                      6,
	speed.TwoChannels:               6,
	speed.RingMutexes:               7,
}

type point struct{ x, y float64 }

// A plotRow is a sample with a name; one without a sample begins a group.
type plotRow struct {
	name   string
	sample speed.Sample
}

// An axis says what a direction of a plot shows, and how.
type axis struct {
	label string
	show  func(float64) string // a value, as text
	// scale makes a distance of a value: the logarithm, if it is nil.
	scale func(float64) float64
	ticks []float64 // those of a logarithm, if it is nil
	// line is a value that means something by itself, or 0.
	line float64
}

// at is where a value is along the axis.
func (a *axis) at(v float64) float64 {
	if a.scale != nil {
		return a.scale(v)
	}
	return math.Log10(v)
}

// A span is the part of an axis that is shown.
type span struct {
	*axis
	low, high float64 // as at has them
}

// part is how far along the span a value is, from 0 to 1.
func (s span) part(v float64) float64 { return (s.at(v) - s.low) / (s.high - s.low) }

// spanOf is what shows all of the values, with a little room on both sides.
func spanOf(a *axis, values []float64) span {
	if a.line != 0 {
		values = append(values, a.line)
	}
	s := span{a, math.Inf(1), math.Inf(-1)}
	for _, v := range values {
		s.low, s.high = min(s.low, a.at(v)), max(s.high, a.at(v))
	}
	room := max((s.high-s.low)*0.03, 0.02)
	s.low, s.high = s.low-room, s.high+room
	return s
}

// marks are the ticks that are in the span: 1, 10, 100 and so on, unless the
// axis has its own; with 2 and 5 between if the span is short.
func (s span) marks() []float64 {
	all := s.ticks
	if all == nil {
		steps := []float64{1}
		if s.high-s.low < 3 {
			steps = []float64{1, 2, 5}
		}
		for e := math.Floor(s.low); e <= math.Ceil(s.high); e++ {
			for _, step := range steps {
				all = append(all, step*math.Pow(10, e))
			}
		}
	}
	return slices.DeleteFunc(slices.Clone(all), func(v float64) bool { return s.part(v) < -1e-9 || s.part(v) > 1+1e-9 })
}

// spans are what the plot shows of its axes; y means nothing for rows.
func (p *plot) spans() (x, y span) {
	var xs, ys []float64
	for _, s := range p.series {
		for _, q := range s.points {
			xs, ys = append(xs, q.x), append(ys, q.y)
		}
	}
	for _, r := range p.rows {
		if r.sample != nil {
			xs = append(xs, r.sample.Quantile(0.25), r.sample.Quantile(0.75))
		}
	}
	return spanOf(&p.x, xs), spanOf(&p.y, ys)
}

// orNil is the plot, or nil if there is nothing to see.
func (p *plot) orNil() *plot {
	p.series = slices.DeleteFunc(p.series, func(s series) bool { return len(s.points) == 0 })
	if len(p.series) == 0 && !slices.ContainsFunc(p.rows, func(r plotRow) bool { return r.sample != nil }) {
		return nil
	}
	return p
}

// plotted reports whether a contestant is shown in plots: the other editions
// lie upon the first.
func plotted(c speed.Contestant) bool {
	return c.Kind != speed.InProcess || c.Name == speed.StreamOf(handle.Manual) || c.Name == speed.DatagramOf(handle.Manual)
}

const otherEditions = "The other editions are in the table: they lie upon the first."

func throughputPlot(r *speed.Report) *plot {
	p := &plot{
		title: "Throughput by size of message",
		note:  "Written and read on one goroutine. " + otherEditions,
		x:     axis{label: "size of message", show: func(v float64) string { return sizeName(int(v)) }, ticks: []float64{1, 16, 256, 4 << 10, 64 << 10}},
		y:     axis{label: "MB/s", show: plain10},
	}
	for _, c := range r.Contestants {
		s := series{name: c.Name, look: looks[c.Name]}
		for _, size := range r.Params(speed.WriteRead) {
			if x := r.Of(speed.WriteRead, c.Name, size); x != nil && plotted(c) {
				s.points = append(s.points, point{float64(size), x.BytesPerSecond() / 1e6})
			}
		}
		p.series = append(p.series, s)
	}
	return p.orNil()
}

func streamPlot(r *speed.Report) *plot {
	p := &plot{
		title: "Streamed from one goroutine to another",
		note:  "Bars join the quartiles. " + otherEditions,
		x:     axis{label: "MB/s", show: plain10},
	}
	for _, col := range columnsOf(r, speed.Stream, speed.StreamBlocking) {
		name := sizeName(col.param) + ", plain calls and waits"
		if col.workload == speed.StreamBlocking {
			name = sizeName(col.param) + ", blocking calls"
		}
		p.rows = append(p.rows, plotRow{name: name})
		for _, c := range r.Contestants {
			if x := r.Of(col.workload, c.Name, col.param); x != nil && plotted(c) {
				p.rows = append(p.rows, plotRow{c.Name, rates(x)})
			}
		}
	}
	return p.orNil()
}

func latencyPlot(r *speed.Report) *plot {
	p := &plot{
		title: "Latency by percentile",
		note:  "Of the round trip of a byte. " + otherEditions,
		x: axis{
			label: "percentile of round trips", show: percentile, ticks: speed.Percentiles,
			// Each nine takes the same room.
			scale: func(v float64) float64 { return -math.Log10(1 - v/100) },
		},
		y: axis{label: "µs", show: plain10},
	}
	for _, w := range []string{speed.Latency, speed.LatencyBlocking} {
		for _, c := range r.Contestants {
			x := r.Of(w, c.Name, 0)
			if x == nil || !plotted(c) || c.Datagrams || w == speed.LatencyBlocking && c.Name == speed.TwoChannels && r.Of(speed.Latency, c.Name, 0) != nil {
				continue
			}
			s := series{name: c.Name, look: looks[c.Name]}
			if w == speed.LatencyBlocking && c.Name != speed.TwoChannels {
				s.name, s.hollow = s.name+", blocking", true
			}
			for i, at := range x.At {
				s.points = append(s.points, point{speed.Percentiles[i], at.Median() / 1e3})
			}
			p.series = append(p.series, s)
		}
	}
	return p.orNil()
}

func handlesPlot(r *speed.Report) *plot {
	p := &plot{
		title: "Cost by number of live handles",
		note:  "In one table. Handles that are touched at random miss the caches of the processor.",
		x:     axis{label: "live handles", show: func(v float64) string { return thousands(uint64(v)) }},
		y:     axis{label: "ns", show: plain10},
	}
	for i, w := range crowdWorkloads {
		s := series{name: w.name, look: i}
		for _, n := range r.Params(w.workload) {
			if x := r.Of(w.workload, speed.StreamOf(handle.Manual), n); x != nil {
				s.points = append(s.points, point{float64(n), x.Sample.Median()})
			}
		}
		p.series = append(p.series, s)
	}
	return p.orNil()
}

// plain10 writes a tick of a logarithmic axis.
func plain10(v float64) string {
	if v < 0.9995 {
		return fmt.Sprintf("%.3g", v)
	}
	return thousands(uint64(math.Round(v)))
}

// spaced moves positions apart that are nearer to each other than gap, as
// little as it can, and keeps their order; at is sorted. All stay from low to
// high if there is room.
func spaced(at []float64, gap, low, high float64) []float64 {
	// Those that push each other make a block, which settles around the mean
	// of where its members would be.
	type block struct {
		sum   float64 // of what its first would be, by each member
		n     int
		begin float64
	}
	settle := func(b block) block {
		b.begin = b.sum / float64(b.n)
		b.begin = max(low, min(b.begin, high-gap*float64(b.n-1)))
		return b
	}
	var blocks []block
	for _, v := range at {
		b := settle(block{sum: v, n: 1})
		for len(blocks) > 0 {
			last := blocks[len(blocks)-1]
			if last.begin+gap*float64(last.n) <= b.begin {
				break
			}
			blocks = blocks[:len(blocks)-1]
			b = settle(block{sum: last.sum + b.sum - float64(b.n)*gap*float64(last.n), n: last.n + b.n})
		}
		blocks = append(blocks, b)
	}
	var moved []float64
	for _, b := range blocks {
		for i := range b.n {
			moved = append(moved, b.begin+gap*float64(i))
		}
	}
	return moved
}
