package main

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"mx.example/conformance"
	"mx.example/conformance/clause"
	"mx.example/conformance/compare"
	"mx.example/conformance/report"
	"mx.example/conformance/report/text"
)

// A listing is what there is of one sort: objects for JSON, and a table of the
// same for people. The last column of the table may be long.
type listing struct {
	objects any
	heads   []string
	rows    [][]string
}

// listings are the sorts, by the names that the command line has for them.
func (t *tool) listings() map[string]func(context.Context) listing {
	return map[string]func(context.Context) listing{
		"cases":       t.listCases,
		"clauses":     t.listClauses,
		"departures":  t.listDepartures,
		"backends":    t.listBackends,
		"divergences": t.listDivergences,
	}
}

// list says what there is.
func list(ctx context.Context, t *tool, args []string) error {
	f := newFlags("list")
	changed := f.Bool("changed", false, "of the clauses, those that changed for socket code between Magenta 2017 and Zircon today")
	rf := addReportFlags(f, formatText, formatJSON)
	rest, err := parse(f, args)
	if err != nil {
		return err
	}
	sorts := []string{"cases", "clauses", "departures", "backends", "divergences"}
	if len(rest) == 0 {
		return usagef("list needs to know what: %s", text.List(sorts, "or"))
	}
	if len(rest) > 1 {
		return usagef("list takes one word, and %q is another", rest[1])
	}
	things, ok := t.listings()[rest[0]]
	if !ok {
		return unknown("list", rest[0], sorts, "there are "+text.List(sorts, "and"))
	}
	if *changed && rest[0] != "clauses" {
		return usagef("-changed is for clauses: mxconform list clauses -changed")
	}
	if err := t.openReport(rf); err != nil {
		return err
	}
	return t.deliver(rf, false, func(p *text.Page) error {
		if *changed {
			changes, same := t.changes()
			if rf.format.value == formatJSON {
				return report.JSON(p, changes)
			}
			changesText(p, changes, same)
			return nil
		}
		l := things(ctx)
		if rf.format.value == formatJSON {
			return report.JSON(p, l.objects)
		}
		l.text(p)
		return nil
	})
}

// text writes the table for a terminal: a line a row, the last column as long
// as it is.
func (l *listing) text(p *text.Page) {
	widths := make([]int, len(l.heads))
	for _, row := range append([][]string{l.heads}, l.rows...) {
		for i, cell := range row {
			widths[i] = max(widths[i], len(cell))
		}
	}
	write := func(row []string, s text.Style) {
		var cells []string
		for i, cell := range row {
			if i < len(row)-1 {
				cell = text.Pad(cell, widths[i])
			}
			cells = append(cells, cell)
		}
		if p.Columns > 0 && s == text.Plain { // nobody looks for lines in a terminal
			last := len(cells) - 1
			if first := strings.Join(cells[:last], "  ") + "  "; len(first) <= p.Width()/2 {
				p.Hanging(first, "      ", cells[last])
				return
			}
			p.Paragraph("", strings.Join(row[:last], "  "))
			p.Paragraph("      ", row[last])
			return
		}
		p.Line("%s", p.In(s, strings.TrimRight(strings.Join(cells, "  "), " ")))
	}
	write(l.heads, text.Bold)
	for _, row := range l.rows {
		write(row, text.Plain)
	}
}

type caseItem struct {
	Name     string   `json:"name"`
	Doc      string   `json:"doc"`
	Clauses  []string `json:"clauses"`
	Editions []string `json:"editions"`
	File     string   `json:"file"`
	Line     int      `json:"line"`
}

func (t *tool) listCases(context.Context) listing {
	l := listing{heads: []string{"case", "clauses", "what it shows"}}
	items := []caseItem{}
	for i := range t.suite {
		c := &t.suite[i]
		items = append(items, caseItem{c.Name, c.Doc, append([]string{}, c.Clauses...), compare.EditionNames(c), c.File, c.Line})
		l.rows = append(l.rows, []string{c.Name, someOf(c.Clauses), c.Doc})
	}
	l.objects = items
	return l
}

// someOf shows a long list of clauses by its beginning.
func someOf(ids []string) string {
	const most = 2
	if len(ids) <= most {
		return strings.Join(ids, " ")
	}
	return strings.Join(ids[:most], " ") + " ..."
}

type clauseItem struct {
	ID       string            `json:"id"`
	Group    string            `json:"group"`
	Title    string            `json:"title"`
	Text     string            `json:"text"`
	Editions []string          `json:"editions"`
	Says     map[string]string `json:"says"` // by edition
	Sources  []clause.Source   `json:"sources"`
	Ours     string            `json:"ours,omitempty"` // what this project decides for itself
	Needs    clause.Need       `json:"needs"`
	Cases    []string          `json:"cases"`
}

func (t *tool) listClauses(context.Context) listing {
	l := listing{heads: []string{"clause", "cases", "what it is about"}}
	items := []clauseItem{}
	for _, c := range clause.All() {
		item := clauseItem{
			ID: c.ID, Group: c.Group, Title: c.Title, Text: c.Text, Editions: []string{},
			Says: make(map[string]string), Sources: c.Sources, Ours: c.Ours, Needs: c.Needs, Cases: t.casesOf(c.ID),
		}
		for _, r := range c.Editions {
			item.Editions = append(item.Editions, r.Edition)
			item.Says[r.Edition] = r.Says
		}
		items = append(items, item)
		about := c.Title
		if c.Needs != clause.Nothing {
			about += " (needs " + string(c.Needs) + ")"
		}
		l.rows = append(l.rows, []string{c.ID, strconv.Itoa(len(item.Cases)), about})
	}
	l.objects = items
	return l
}

type departureItem struct {
	ID       string          `json:"id"`
	Title    string          `json:"title"`
	Editions []string        `json:"editions"`
	Kernel   string          `json:"kernel"`
	Sources  []clause.Source `json:"sources"`
	Here     string          `json:"here"`
	Why      string          `json:"why"`
	Clauses  []string        `json:"clauses"`
	Cases    []string        `json:"cases"`
	Test     string          `json:"test,omitempty"` // of Go, where no case can show it
}

func (t *tool) listDepartures(context.Context) listing {
	l := listing{heads: []string{"departure", "editions", "what is done here"}}
	items := []departureItem{}
	for _, d := range clause.Departures() {
		items = append(items, departureItem{
			d.ID, d.Title, d.Editions, d.Kernel, d.Sources, d.Here, d.Why, d.Clauses, t.casesOf(d.ID), d.Test,
		})
		l.rows = append(l.rows, []string{d.ID, strings.Join(d.Editions, " "), d.Title})
	}
	l.objects = items
	return l
}

// casesOf are the names of the cases that cover a clause.
func (t *tool) casesOf(id string) []string {
	names := []string{}
	for i := range t.suite {
		if slices.Contains(t.suite[i].Clauses, id) {
			names = append(names, t.suite[i].Name)
		}
	}
	return names
}

func (t *tool) listBackends(context.Context) listing {
	l := listing{heads: []string{"backend", "available", "what it is"}}
	r := conformance.Run(context.Background(), t.backends, nil, conformance.Options{})
	for _, b := range r.Backends {
		available := "yes"
		if !b.Available {
			available = "no: " + b.Why
		}
		l.rows = append(l.rows, []string{b.Name, available, b.About})
	}
	l.objects = append([]conformance.BackendInfo{}, r.Backends...)
	return l
}

type divergenceItem struct {
	Name    string   `json:"name"`
	Kinds   []string `json:"kinds"`
	Clauses []string `json:"clauses"`
	Cause   string   `json:"cause"`
	Source  string   `json:"source"`
}

func (t *tool) listDivergences(context.Context) listing {
	l := listing{heads: []string{"divergence", "kinds", "cause"}}
	items := []divergenceItem{}
	for _, d := range t.divergences() {
		items = append(items, divergenceItem{
			d.Name, append([]string{}, d.Kinds...), append([]string{}, d.Clauses...), d.Cause, d.Source,
		})
		l.rows = append(l.rows, []string{d.Name, strings.Join(d.Kinds, " "), d.Cause})
	}
	l.objects = items
	return l
}
