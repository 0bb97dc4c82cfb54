package main

import (
	"strings"
	"unicode/utf8"

	speed "mx.example/conformance/bench"
)

// benchText writes the report of a benchmark for a terminal: ratios, then what
// they were made of, with charts.
func benchText(p *page, r *speed.Report) {
	p.line("%s", p.bold("What calls cost: sockets of this process, descriptors of this machine, and what nothing can pass"))
	p.line("")
	for _, f := range benchFacts(r) {
		label := pad(f[0], 10)
		p.hanging(label, strings.Repeat(" ", len(label)), f[1])
	}
	for _, s := range benchSections(r) {
		p.heading("%s", s.title)
		if s.about != "" {
			p.paragraph("", s.about)
		}
		if s.plot != nil && s.plot.series != nil {
			chart(p, s.plot)
		}
		for _, t := range s.tables {
			t.text(p)
		}
	}
}

// text writes the table without its minor columns.
func (t *benchTable) text(p *page) {
	p.line("")
	p.line("  %s", t.title)
	if t.about != "" {
		p.paragraph("  ", t.about)
	}
	const indent = "    "
	width := 0
	for _, r := range t.rows {
		if r.cells != nil {
			width = max(width, utf8.RuneCountInString(r.name))
		}
	}
	var widths []int
	for i, h := range t.heads {
		w := utf8.RuneCountInString(h.name)
		for _, r := range t.rows {
			if i < len(r.cells) {
				w = max(w, utf8.RuneCountInString(r.cells[i]))
			}
		}
		widths = append(widths, w)
	}
	line := strings.Builder{}
	line.WriteString(indent + strings.Repeat(" ", width))
	for i, h := range t.heads {
		if !h.minor {
			line.WriteString("  " + padLeft(h.name, widths[i]))
		}
	}
	p.line("%s", p.in(dim, line.String()))
	for _, r := range t.rows {
		if r.cells == nil {
			p.line("  %s", r.name)
			continue
		}
		line.Reset()
		line.WriteString(indent + pad(r.name, width))
		for i, cell := range r.cells {
			if !t.heads[i].minor {
				line.WriteString("  " + padLeft(cell, widths[i]))
			}
		}
		p.line("%s", line.String())
	}
}
