package main

import (
	_ "embed"
	"fmt"
	"html/template"
	"strings"

	speed "mx.example/conformance/bench"
)

var (
	//go:embed html/bench.html
	benchPage string
	//go:embed html/bench.css
	benchStyle string

	benchTemplate = template.Must(template.New("bench").Parse(benchPage))
)

// What the template of the page works with.
type (
	htmlSection struct {
		ID, Title, About string
		Plot, Note       string
		Picture          template.HTML
		Tables           []htmlTable
	}
	htmlTable struct {
		Title, About string
		Heads        []string
		Columns      int // the one of names too
		Rows         []htmlRow
	}
	htmlRow struct {
		Name  string
		Cells []htmlCell // nil where a group begins
	}
	htmlCell struct{ Value, Spread string }
)

// benchHTML writes the report of a benchmark as a page of its own: style and
// pictures are in it, it needs no script, and it asks the network for nothing.
func benchHTML(p *page, r *speed.Report) error {
	var sections []htmlSection
	for i, s := range benchSections(r) {
		h := htmlSection{ID: fmt.Sprintf("part%d", i+1), Title: s.title, About: s.about}
		if s.plot != nil {
			h.Plot, h.Note = s.plot.title, s.plot.note
			h.Picture = template.HTML(picture(h.ID, s.plot)) // which escapes its texts
		}
		for _, t := range s.tables {
			table := htmlTable{Title: t.title, About: t.about, Columns: len(t.heads) + 1}
			for _, head := range t.heads {
				table.Heads = append(table.Heads, head.name)
			}
			for _, row := range t.rows {
				cells := make([]htmlCell, len(row.cells))
				for i, text := range row.cells {
					cells[i].Value, cells[i].Spread, _ = strings.Cut(text, " ")
				}
				table.Rows = append(table.Rows, htmlRow{row.name, cells})
			}
			h.Tables = append(h.Tables, table)
		}
		sections = append(sections, h)
	}
	return benchTemplate.Execute(p, map[string]any{
		"Style":       template.CSS(benchStyle),
		"Facts":       benchFacts(r),
		"Sections":    sections,
		"Contestants": r.Contestants,
	})
}
