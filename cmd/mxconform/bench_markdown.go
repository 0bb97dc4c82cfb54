package main

import speed "mx.example/conformance/bench"

// benchMarkdown writes the report of a benchmark for a web page.
func benchMarkdown(p *page, r *speed.Report) {
	p.line("# What calls cost")
	p.line("")
	for _, f := range benchFacts(r) {
		p.line("* %s: %s", f[0], f[1])
	}
	for _, s := range benchSections(r) {
		p.line("")
		p.line("## %s", s.title)
		if s.about != "" {
			p.line("")
			p.line("%s", s.about)
		}
		for _, t := range s.tables {
			p.line("")
			p.line("### %s", t.title)
			if t.about != "" {
				p.line("")
				p.line("%s", t.about)
			}
			heads := []string{""}
			for _, h := range t.heads {
				heads = append(heads, h.name+":")
			}
			markdownHead(p, heads...)
			for _, row := range t.rows {
				cells := append([]string{row.name}, row.cells...)
				for len(cells) < len(heads) { // it begins a group
					cells = append(cells, "")
				}
				markdownRow(p, cells...)
			}
		}
	}
}
