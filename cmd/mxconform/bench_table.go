package main

import (
	"fmt"
	"math"
	"slices"
	"strings"

	speed "mx.example/conformance/bench"
	"mx.example/handle"
)

// A benchTable is a table of a benchmark.
type benchTable struct {
	title, about string
	heads        []benchHead
	rows         []benchRow
}

// A benchHead is the name of a column of values. A minor one is left out where
// there is no room for all.
type benchHead struct {
	name  string
	minor bool
}

// A benchRow is a name and its values. One without values begins a group.
type benchRow struct {
	name  string
	cells []string
}

// A benchSection is the tables that belong together. A section without numbers
// has none.
type benchSection struct {
	title, about string
	tables       []benchTable
}

// benchSections are the report, ratios first.
func benchSections(r *speed.Report) []benchSection {
	all := []benchSection{
		{"Ratios", "How many times as long the first takes as the other, in the same round: below 1 it is faster. For memory, how many times as much.", ratioTables(r)},
		{"A message written and read on one goroutine", "", tables(r, writeReadTable)},
		{"From one goroutine to another", "", tables(r, streamTable)},
		{"Round trips between two goroutines", "", tables(r, tripTable, func(r *speed.Report) benchTable {
			return latencyTable(r, speed.Latency, "Percentiles of a round trip, plain calls and waits")
		}, func(r *speed.Report) benchTable {
			return latencyTable(r, speed.LatencyBlocking, "Percentiles of a round trip, blocking calls")
		})},
		{"Pairs", "", tables(r, pairTable, allocsTable)},
		{"Tables and their handles", "", tables(r, tablesTable, handlesTable)},
	}
	return slices.DeleteFunc(all, func(s benchSection) bool { return len(s.tables) == 0 })
}

// tables are those that have rows.
func tables(r *speed.Report, makes ...func(*speed.Report) benchTable) []benchTable {
	var all []benchTable
	for _, make := range makes {
		if t := make(r); len(t.rows) > 0 {
			all = append(all, t)
		}
	}
	return all
}

// A benchColumn is a workload with a value of its parameter.
type benchColumn struct {
	head     benchHead
	workload string
	param    int
}

// columnsOf are those of some workloads that were measured.
func columnsOf(r *speed.Report, workloads ...string) []benchColumn {
	var columns []benchColumn
	for _, name := range workloads {
		for _, param := range r.Params(name) {
			head := benchHead{name: name}
			if param > 0 {
				head.name = sizeName(param)
				if len(workloads) > 1 {
					head.name = strings.TrimPrefix(name+" ", speed.Stream+" ") + head.name
				}
				head.name = strings.Replace(head.name, "stream-", "", 1)
			}
			columns = append(columns, benchColumn{head, name, param})
		}
	}
	return columns
}

func headsOf(columns []benchColumn) []benchHead {
	var heads []benchHead
	for _, c := range columns {
		heads = append(heads, c.head)
	}
	return heads
}

// contestantRows are a row a contestant that has any of the values.
func contestantRows(r *speed.Report, columns []benchColumn, show func(*speed.Result) string) []benchRow {
	var rows []benchRow
	for _, c := range r.Contestants {
		row, any := benchRow{name: c.Name}, false
		for _, col := range columns {
			cell := "–"
			if x := r.Of(col.workload, c.Name, col.param); x != nil {
				cell, any = show(x), true
			}
			row.cells = append(row.cells, cell)
		}
		if any {
			rows = append(rows, row)
		}
	}
	return rows
}

// writeReadColumns are those of the workload; some sizes are enough where
// there is no room for all.
func writeReadColumns(r *speed.Report) []benchColumn {
	columns := columnsOf(r, speed.WriteRead)
	for i := range columns {
		columns[i].head.minor = !slices.Contains([]int{1, 64, 1 << 10, 16 << 10, 64 << 10}, columns[i].param)
	}
	return columns
}

func writeReadTable(r *speed.Report) benchTable {
	columns := writeReadColumns(r)
	return benchTable{"Written and read, ns a message", "", headsOf(columns),
		contestantRows(r, columns, func(x *speed.Result) string { return measured(x.Sample) })}
}

func streamTable(r *speed.Report) benchTable {
	columns := columnsOf(r, speed.Stream, speed.StreamBlocking)
	return benchTable{"Streamed, MB/s", "Plain calls and waits; then blocking calls.", headsOf(columns),
		contestantRows(r, columns, func(x *speed.Result) string { return measured(rates(x)) })}
}

// rates are what the times of a result come to, in MB/s.
func rates(x *speed.Result) speed.Sample {
	var s speed.Sample
	for _, ns := range x.Sample {
		s = append(s, float64(x.Param)/ns*1e3)
	}
	return s
}

func tripTable(r *speed.Report) benchTable {
	columns := columnsOf(r, speed.PingPong, speed.PingPongBlocking)
	return benchTable{"A byte there and one back, ns a round trip", "", headsOf(columns),
		contestantRows(r, columns, func(x *speed.Result) string { return measured(x.Sample) })}
}

func pairTable(r *speed.Report) benchTable {
	columns := columnsOf(r, speed.CreateClose, speed.Memory)
	for i := range columns {
		columns[i].head.name = map[string]string{
			speed.CreateClose: "create+close, ns", speed.Memory: "idle, bytes",
		}[columns[i].workload]
	}
	return benchTable{"A pair created and closed, and an idle one",
		"The memory of descriptors is that of the kernel, and an estimate. A pipe is two, one a direction.", headsOf(columns),
		contestantRows(r, columns, func(x *speed.Result) string { return measured(x.Sample) })}
}

// allocsTable has a column a workload: the most of any of its sizes.
func allocsTable(r *speed.Report) benchTable {
	t := benchTable{title: "Allocations an operation, the most of any size",
		about: "Only of the sockets: what the others allocate is this program's own."}
	var names []string
	for _, name := range []string{speed.WriteRead, speed.Stream, speed.StreamBlocking, speed.PingPong, speed.PingPongBlocking, speed.CreateClose} {
		if r.Params(name) != nil {
			names = append(names, name)
			t.heads = append(t.heads, benchHead{name: name})
		}
	}
	for _, c := range r.Contestants {
		if c.Kind != speed.InProcess {
			continue
		}
		row, any := benchRow{name: c.Name}, false
		for _, name := range names {
			most := -1.0
			for _, param := range r.Params(name) {
				if x := r.Of(name, c.Name, param); x != nil {
					most, any = max(most, x.Allocs), true
				}
			}
			row.cells = append(row.cells, allocations(most))
		}
		if any {
			t.rows = append(t.rows, row)
		}
	}
	return t
}

// allocations is a number of them. A few hundredths are the runtime's own.
func allocations(n float64) string {
	switch {
	case n < 0:
		return "–"
	case math.Abs(n-math.Round(n)) < 0.05:
		return fmt.Sprintf("%.0f", n)
	}
	return fmt.Sprintf("%.1f", n)
}

func latencyTable(r *speed.Report, workload, title string) benchTable {
	t := benchTable{title: title + ", ns", about: fmt.Sprintf("Each includes reading the clock once, %.0f ns.", r.Environment.Clock)}
	for _, p := range speed.Percentiles {
		t.heads = append(t.heads, benchHead{percentile(p), p == 75 || p == 95 || p == 99.5})
	}
	for _, c := range r.Contestants {
		if x := r.Of(workload, c.Name, 0); x != nil {
			row := benchRow{name: c.Name}
			for _, s := range x.At {
				row.cells = append(row.cells, measured(s))
			}
			t.rows = append(t.rows, row)
		}
	}
	return t
}

func percentile(p float64) string { return fmt.Sprintf("p%g", p) }

func tablesTable(r *speed.Report) benchTable {
	t := benchTable{title: "A byte written and read on each of two sockets, by a goroutine each, ns",
		heads: []benchHead{{name: "both"}}}
	for _, name := range []string{speed.OneTable, speed.TwoTables} {
		if x := r.Of(speed.Tables, name, 0); x != nil {
			t.rows = append(t.rows, benchRow{name, []string{measured(x.Sample)}})
		}
	}
	return t
}

// crowdWorkloads are those in tables of many handles, as people call them.
var crowdWorkloads = []struct{ workload, name string }{
	{speed.Handles, "write+read, one pair"},
	{speed.HandlesAny, "write+read, random pairs"},
	{speed.HandlesCreate, "create+close"},
}

func handlesTable(r *speed.Report) benchTable {
	stream := speed.StreamOf(handle.Manual)
	t := crowdTable(r, func(workload string, n int) speed.Sample {
		if x := r.Of(workload, stream, n); x != nil {
			return x.Sample
		}
		return nil
	}, measured)
	t.title = "In a table with so many live handles, ns"
	t.about = "A byte; the pair is a stream of edition " + handle.Manual.String() + "."
	return t
}

// crowdTable has a row a workload in tables of many handles, and a column for
// each number of handles of which there is any sample.
func crowdTable(r *speed.Report, sample func(workload string, n int) speed.Sample, show func(speed.Sample) string) benchTable {
	var counts []int
	for _, w := range crowdWorkloads {
		for _, n := range r.Params(w.workload) {
			if !slices.Contains(counts, n) && sample(w.workload, n) != nil {
				counts = append(counts, n)
			}
		}
	}
	slices.Sort(counts)
	var t benchTable
	for _, n := range counts {
		t.heads = append(t.heads, benchHead{name: thousands(uint64(n))})
	}
	for _, w := range crowdWorkloads {
		row, any := benchRow{name: w.name}, false
		for _, n := range counts {
			cell := "–"
			if s := sample(w.workload, n); s != nil {
				cell, any = show(s), true
			}
			row.cells = append(row.cells, cell)
		}
		if any {
			t.rows = append(t.rows, row)
		}
	}
	return t
}

// measured is a sample as people read it.
func measured(s speed.Sample) string { return number(s.Median()) + spread(s) }

// tooNoisy is the spread from which a ratio says nothing.
const tooNoisy = 0.3

// compared is a ratio as people read it, unless the rounds were too far apart.
func compared(s speed.Sample) string {
	if s.Spread() > tooNoisy {
		return "too noisy"
	}
	return measured(s)
}

// spread is how far the rounds were apart, or nothing if there was but one.
func spread(s speed.Sample) string {
	if len(s) < 2 {
		return ""
	}
	return fmt.Sprintf(" ±%.0f%%", 100*s.Spread())
}

// number writes as many digits as mean something.
func number(v float64) string {
	switch {
	case v < 0.0995:
		return fmt.Sprintf("%.3f", v)
	case v < 9.995:
		return fmt.Sprintf("%.2f", v)
	case v < 99.95:
		return fmt.Sprintf("%.1f", v)
	}
	return thousands(uint64(math.Round(v)))
}

// sizeName is a number of bytes as people say it.
func sizeName(n int) string {
	if n >= 1<<10 && n%(1<<10) == 0 {
		return fmt.Sprintf("%d KiB", n>>10)
	}
	return fmt.Sprintf("%d B", n)
}
