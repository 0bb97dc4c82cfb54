package main

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"mx.example/conformance"
	"mx.example/conformance/clause"
	"mx.example/handle"
)

// A matrix is the outcomes by clause group and backend.
type matrix struct {
	title string
	heads []string // of the columns, a backend each
	rows  []matrixRow
}

// A matrixRow is one group of clauses, or all cases.
type matrixRow struct {
	name  string
	cases int // that speak for one of the backends' editions
	cells []tally
}

// A tally is what came of the cases of a row on one backend.
type tally struct {
	available                       bool
	pass, differs, unsupported, bad int
}

func (t *tally) add(o conformance.Outcome) {
	switch {
	case o == conformance.Pass:
		t.pass++
	case o == conformance.Differs:
		t.differs++
	case o == conformance.UnsupportedCase:
		t.unsupported++
	case o.Bad():
		t.bad++
	}
}

// text is the cell: what passes, then what differs, then what is wrong. What
// is unsupported is the rest.
func (t tally) text(cases int) string {
	switch {
	case !t.available:
		return "-"
	case t.pass == cases:
		return "all"
	}
	text := fmt.Sprint(t.pass)
	if t.differs > 0 {
		text += fmt.Sprintf("/%d", t.differs)
	}
	if t.bad > 0 {
		text += fmt.Sprintf("!%d", t.bad)
	}
	return text
}

// matrices are one table an edition, with the kinds as columns, or a single
// one if two backends are compared.
func (c *comparison) matrices() []matrix {
	r := c.report
	if len(c.pairs) == 1 {
		m := matrix{}
		var columns []int
		for i, b := range r.Backends {
			columns = append(columns, i)
			m.heads = append(m.heads, b.Name)
		}
		m.fill(r, columns)
		return []matrix{m}
	}
	var all []matrix
	for _, e := range editionsOf(r) {
		m := matrix{title: "Edition " + editionTitle(e)}
		var columns []int
		for i, b := range r.Backends {
			if b.Edition == e {
				columns = append(columns, i)
				m.heads = append(m.heads, kindOf(b.Name))
			}
		}
		m.fill(r, columns)
		all = append(all, m)
	}
	return all
}

// editionsOf are the editions of the report, in the order of its backends.
func editionsOf(r *conformance.Report) []handle.Edition {
	var all []handle.Edition
	for _, b := range r.Backends {
		if !slices.Contains(all, b.Edition) {
			all = append(all, b.Edition)
		}
	}
	return all
}

// fill counts: a row a group that any case covers a clause of, and one for
// all. columns are numbers of backends.
func (m *matrix) fill(r *conformance.Report, columns []int) {
	for _, g := range clause.Groups() {
		row := count(r, columns, func(ids []string) bool {
			return slices.ContainsFunc(ids, func(id string) bool { return strings.HasPrefix(id, g.Letter+"-") })
		})
		if row.cases > 0 {
			// The long titles are two words joined; the first one is enough.
			title, _, _ := strings.Cut(g.Title, " and ")
			row.name = g.Letter + " " + title
			m.rows = append(m.rows, row)
		}
	}
	row := count(r, columns, func([]string) bool { return true })
	row.name = "all cases"
	m.rows = append(m.rows, row)
}

// count makes the row of the cases whose clauses are in it.
func count(r *conformance.Report, columns []int, in func(clauses []string) bool) matrixRow {
	row := matrixRow{cells: make([]tally, len(columns))}
	for n, i := range columns {
		row.cells[n].available = r.Backends[i].Available
	}
	for _, c := range r.Cases {
		if !in(c.Case.Clauses) {
			continue
		}
		speaks := false
		for n, i := range columns {
			speaks = speaks || c.Case.For(r.Backends[i].Edition)
			if c.Results[i] != nil {
				row.cells[n].add(c.Results[i].Outcome)
			}
		}
		if speaks {
			row.cases++
		}
	}
	return row
}

// text draws the matrix.
func (m *matrix) text(p *page) {
	p.line("")
	if m.title != "" {
		p.line("%s", p.bold(m.title))
	}
	first := 0
	widths := make([]int, len(m.heads))
	for i, h := range m.heads {
		widths[i] = utf8.RuneCountInString(h)
	}
	for _, row := range m.rows {
		first = max(first, utf8.RuneCountInString(row.name))
		for i, cell := range row.cells {
			widths[i] = max(widths[i], len(cell.text(row.cases)))
		}
	}
	line := pad("", first) + "  cases"
	for i, h := range m.heads {
		line += "  " + padLeft(h, widths[i])
	}
	p.line("  %s", p.in(dim, line))
	for _, row := range m.rows {
		line := pad(row.name, first) + "  " + padLeft(fmt.Sprint(row.cases), len("cases"))
		for i, cell := range row.cells {
			text := padLeft(cell.text(row.cases), widths[i])
			switch {
			case cell.bad > 0:
				text = p.in(red, text)
			case cell.available && cell.pass == row.cases:
				text = p.in(green, text)
			}
			line += "  " + text
		}
		p.line("  %s", line)
	}
}

// legend says how to read the cells.
func legend(p *page) {
	p.line("")
	p.paragraph("  ", "all: every case passes. 40/12: 40 pass and 12 differ in named ways; the rest needs a call that POSIX has no counterpart for. !n: n failed or are unexplained. A case that covers clauses of two groups counts in both.")
}
