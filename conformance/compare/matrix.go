package compare

import (
	"fmt"
	"slices"
	"strings"

	"mx.example/conformance"
	"mx.example/conformance/clause"
	"mx.example/handle"
)

// A Matrix is the outcomes by clause group and backend.
type Matrix struct {
	Title string
	Heads []string // of the columns, a backend each
	Rows  []Row
}

// A Row is one group of clauses, or all cases.
type Row struct {
	Name  string
	Cases int // that speak for one of the backends' editions
	Cells []Tally
}

// A Tally is what came of the cases of a row on one backend.
type Tally struct {
	Available                       bool
	Pass, Differs, Unsupported, Bad int
}

func (t *Tally) add(o conformance.Outcome) {
	switch {
	case o == conformance.Pass:
		t.Pass++
	case o == conformance.Differs:
		t.Differs++
	case o == conformance.UnsupportedCase:
		t.Unsupported++
	case o.Bad():
		t.Bad++
	}
}

// Text is the cell: what passes, then what differs, then what is wrong. What
// is unsupported is the rest.
func (t Tally) Text(cases int) string {
	switch {
	case !t.Available:
		return "-"
	case t.Pass == cases:
		return "all"
	}
	text := fmt.Sprint(t.Pass)
	if t.Differs > 0 {
		text += fmt.Sprintf("/%d", t.Differs)
	}
	if t.Bad > 0 {
		text += fmt.Sprintf("!%d", t.Bad)
	}
	return text
}

// Matrices are one table an edition, with the kinds as columns, or a single
// one if two backends are compared.
func (c *Comparison) Matrices() []Matrix {
	r := c.Report
	if len(c.Pairs) == 1 {
		m := Matrix{}
		var columns []int
		for i, b := range r.Backends {
			columns = append(columns, i)
			m.Heads = append(m.Heads, b.Name)
		}
		m.fill(r, columns)
		return []Matrix{m}
	}
	var all []Matrix
	for _, e := range Editions(r) {
		m := Matrix{Title: "Edition " + EditionTitle(e)}
		var columns []int
		for i, b := range r.Backends {
			if b.Edition == e {
				columns = append(columns, i)
				m.Heads = append(m.Heads, KindOf(b.Name))
			}
		}
		m.fill(r, columns)
		all = append(all, m)
	}
	return all
}

// Editions are the editions of the report, in the order of its backends.
func Editions(r *conformance.Report) []handle.Edition {
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
func (m *Matrix) fill(r *conformance.Report, columns []int) {
	for _, g := range clause.Groups() {
		row := count(r, columns, func(ids []string) bool {
			return slices.ContainsFunc(ids, func(id string) bool { return strings.HasPrefix(id, g.Letter+"-") })
		})
		if row.Cases > 0 {
			// The long titles are two words joined; the first one is enough.
			title, _, _ := strings.Cut(g.Title, " and ")
			row.Name = g.Letter + " " + title
			m.Rows = append(m.Rows, row)
		}
	}
	row := count(r, columns, func([]string) bool { return true })
	row.Name = "all cases"
	m.Rows = append(m.Rows, row)
}

// count makes the row of the cases whose clauses are in it.
func count(r *conformance.Report, columns []int, in func(clauses []string) bool) Row {
	row := Row{Cells: make([]Tally, len(columns))}
	for n, i := range columns {
		row.Cells[n].Available = r.Backends[i].Available
	}
	for _, c := range r.Cases {
		if !in(c.Case.Clauses) {
			continue
		}
		speaks := false
		for n, i := range columns {
			speaks = speaks || c.Case.For(r.Backends[i].Edition)
			if c.Results[i] != nil {
				row.Cells[n].add(c.Results[i].Outcome)
			}
		}
		if speaks {
			row.Cases++
		}
	}
	return row
}
