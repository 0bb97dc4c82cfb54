package main

import (
	"strings"
	"unicode/utf8"

	speed "mx.example/conformance/bench"
	"mx.example/conformance/report/text"
)

// benchText writes the report of a benchmark for a person: ratios, then what
// they were made of.
func benchText(p *text.Page, r *speed.Report) {
	p.Line("%s", p.Bold("What calls cost: sockets of this process, descriptors of this machine, and what nothing can pass"))
	p.Line("")
	for _, f := range benchFacts(r) {
		label := text.Pad(f[0], 10)
		p.Hanging(label, strings.Repeat(" ", len(label)), f[1])
	}
	for _, s := range benchSections(r) {
		p.Heading("%s", s.title)
		if s.about != "" {
			p.Paragraph("", s.about)
		}
		for _, t := range s.tables {
			t.text(p)
		}
	}
}

// text writes the table without its minor columns.
func (t *benchTable) text(p *text.Page) {
	p.Line("")
	p.Line("  %s", t.title)
	if t.about != "" {
		p.Paragraph("  ", t.about)
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
			line.WriteString("  " + text.PadLeft(h.name, widths[i]))
		}
	}
	p.Line("%s", p.In(text.Dim, line.String()))
	for _, r := range t.rows {
		if r.cells == nil {
			p.Line("  %s", r.name)
			continue
		}
		line.Reset()
		line.WriteString(indent + text.Pad(r.name, width))
		for i, cell := range r.cells {
			if !t.heads[i].minor {
				line.WriteString("  " + text.PadLeft(cell, widths[i]))
			}
		}
		p.Line("%s", line.String())
	}
}
