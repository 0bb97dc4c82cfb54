package main

import (
	"slices"

	speed "mx.example/conformance/bench"
)

// ratioTables are the ratios, a table for each group of workloads.
func ratioTables(r *speed.Report) []benchTable {
	ratios := r.Ratios()
	all := []benchTable{
		ratioTable(ratios, "Written and read on one goroutine", writeReadColumns(r)),
		ratioTable(ratios, "Streamed; then with blocking calls", columnsOf(r, speed.Stream, speed.StreamBlocking)),
		ratioTable(ratios, "Round trips, and pairs", columnsOf(r, speed.PingPong, speed.PingPongBlocking, speed.CreateClose, speed.Memory)),
		ratioTable(ratios, "Two sockets and two goroutines", columnsOf(r, speed.Tables)),
		crowdRatios(r, ratios),
	}
	return slices.DeleteFunc(all, func(t benchTable) bool { return len(t.rows) == 0 })
}

// ratioTable has a group of rows for each contestant that is compared, and in
// it a row for each that it is compared with.
func ratioTable(ratios []speed.Ratio, title string, columns []benchColumn) benchTable {
	t := benchTable{title: title, heads: headsOf(columns)}
	type pair struct{ of, over string }
	var pairs []pair
	for _, x := range ratios {
		if in := slices.ContainsFunc(columns, func(c benchColumn) bool { return c.workload == x.Workload }); in && !slices.Contains(pairs, pair{x.Of, x.Over}) {
			pairs = append(pairs, pair{x.Of, x.Over})
		}
	}
	// A limit of few workloads may turn up late, when others of its group have
	// come and gone.
	slices.SortStableFunc(pairs, func(a, b pair) int {
		first := func(p pair) int { return slices.IndexFunc(pairs, func(q pair) bool { return q.of == p.of }) }
		return first(a) - first(b)
	})
	for i, p := range pairs {
		if i == 0 || pairs[i-1].of != p.of {
			t.rows = append(t.rows, benchRow{name: p.of + " over"})
		}
		row := benchRow{name: p.over}
		for _, c := range columns {
			cell := "–"
			for _, x := range ratios {
				if x.Workload == c.workload && x.Param == c.param && x.Of == p.of && x.Over == p.over {
					cell = compared(x.Sample)
				}
			}
			row.cells = append(row.cells, cell)
		}
		t.rows = append(t.rows, row)
	}
	return t
}

// crowdRatios are those of many handles over few.
func crowdRatios(r *speed.Report, ratios []speed.Ratio) benchTable {
	t := crowdTable(r, func(workload string, n int) speed.Sample {
		for _, x := range ratios {
			if x.Workload == workload && x.Param == n {
				return x.Sample
			}
		}
		return nil
	}, compared)
	t.title = "So many live handles over the fewest"
	return t
}
