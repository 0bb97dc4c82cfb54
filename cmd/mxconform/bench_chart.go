package main

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// The size of a chart of characters, without its labels.
const (
	chartWidth  = 56
	chartHeight = 18
)

// chart draws a plot of lines with characters: each series has a letter, which
// stands at its points and beside its name, and dots in between.
func chart(p *page, q *plot) {
	x, y := q.spans()
	grid := make([][]rune, chartHeight)
	for i := range grid {
		grid[i] = []rune(strings.Repeat(" ", chartWidth))
	}
	column := func(v float64) int { return int(math.Round(x.part(v) * (chartWidth - 1))) }
	row := func(v float64) float64 { return (1 - y.part(v)) * (chartHeight - 1) }
	// Half way between two rows, the error of a sum must not decide.
	whole := func(row float64) int { return int(math.Round(row - 1e-6)) }
	put := func(c, r int, mark rune, over string) {
		if strings.ContainsRune(over, grid[r][c]) {
			grid[r][c] = mark
		}
	}
	// Lines first, so that they are behind every letter.
	for _, s := range q.series {
		for i := 1; i < len(s.points); i++ {
			a, b := s.points[i-1], s.points[i]
			from, to := column(a.x), column(b.x)
			for c := from + 1; c < to; c++ {
				t := float64(c-from) / float64(to-from)
				put(c, whole(row(a.y)*(1-t)+row(b.y)*t), '·', " ")
			}
		}
	}
	for i, s := range q.series {
		for _, a := range s.points {
			put(column(a.x), whole(row(a.y)), rune('a'+i), " ·")
		}
	}
	// Names, beside the ends of the lines or as near as there is room.
	order := make([]int, len(q.series))
	for i := range order {
		order[i] = i
	}
	end := func(i int) float64 { s := q.series[i]; return row(s.points[len(s.points)-1].y) }
	slices.SortStableFunc(order, func(i, j int) int {
		if end(i) < end(j) {
			return -1
		}
		return 1
	})
	var ends []float64
	for _, i := range order {
		ends = append(ends, end(i))
	}
	names := make([]string, chartHeight)
	for k, at := range spaced(ends, 1, 0, chartHeight-1) {
		i := order[k]
		names[min(whole(at), chartHeight-1)] = string(rune('a'+i)) + " " + q.series[i].name
	}
	// The axis on the left: its ticks, where their rows are not taken.
	ticks := make([]string, chartHeight)
	width := 0
	for _, v := range slices.Backward(y.marks()) {
		if r := whole(row(v)); ticks[r] == "" {
			ticks[r] = y.show(v)
			width = max(width, utf8.RuneCountInString(ticks[r]))
		}
	}
	p.line("")
	p.line("  %s", p.bold(q.title+", "+q.y.label))
	p.line("")
	for r := range grid {
		bar := "│"
		if ticks[r] != "" {
			bar = "┤"
		}
		p.line("%s", strings.TrimRight("  "+padLeft(ticks[r], width)+" "+bar+string(grid[r])+"  "+names[r], " "))
	}
	under, labels := []rune(strings.Repeat("─", chartWidth)), []rune(strings.Repeat(" ", chartWidth+12))
	free := 0
	for _, v := range x.marks() {
		c := column(v)
		under[c] = '┬'
		label := []rune(x.show(v))
		// In the middle of its tick, if the one before left room.
		if begin := max(c-len(label)/2, 0); begin >= free && begin+len(label) <= len(labels) {
			copy(labels[begin:], label)
			free = begin + len(label) + 1
		}
	}
	p.line("  %s └%s", strings.Repeat(" ", width), string(under))
	p.line("  %s  %s", strings.Repeat(" ", width), strings.TrimRight(string(labels), " "))
	p.line("  %s  %s", strings.Repeat(" ", width), strings.TrimRight(strings.Repeat(" ", max(0, (chartWidth-len(q.x.label))/2))+q.x.label, " "))
}
