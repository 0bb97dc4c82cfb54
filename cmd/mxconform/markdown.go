package main

import (
	"fmt"
	"strings"

	"mx.example/conformance"
)

// markdownRow writes a row of a table; cells may hold anything.
func markdownRow(p *page, cells ...string) {
	row := make([]string, len(cells))
	for i, c := range cells {
		row[i] = strings.ReplaceAll(strings.Join(strings.Fields(c), " "), "|", `\|`)
	}
	p.line("| %s |", strings.Join(row, " | "))
}

// markdownHead begins a table. A column whose name ends with a colon, such as
// "cases:", is one of numbers.
func markdownHead(p *page, heads ...string) {
	names, rule := make([]string, len(heads)), make([]string, len(heads))
	for i, h := range heads {
		rule[i] = "---"
		name, number := strings.CutSuffix(h, ":")
		if number {
			rule[i] = "---:"
		}
		names[i] = name
	}
	p.line("")
	markdownRow(p, names...)
	p.line("|%s|", strings.Join(rule, "|"))
}

// code is text in the font for code, as a cell.
func code(text string) string {
	fence := "`"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	if len(fence) > 1 {
		return fence + " " + text + " " + fence
	}
	return fence + text + fence
}

// markdown writes the comparison for a web page.
func (c *comparison) markdown(p *page) {
	r := c.report
	p.line("# Magenta/Zircon sockets and POSIX descriptors, side by side")
	markdownFacts(p, r)
	for _, m := range c.matrices() {
		m.markdown(p)
	}
	p.line("")
	p.line("`all`: every case passes. `40/12`: 40 pass and 12 differ in named ways; the rest needs a call that POSIX has no counterpart for. `!n`: n failed or are unexplained.")
	for _, two := range c.pairs {
		c.view(two).markdown(p)
	}
	if c.pairs == nil && len(c.differences) > 0 {
		p.line("")
		p.line("## Differences")
		for _, d := range c.differences {
			d.markdown(p)
		}
	}
	failuresMarkdown(p, r)
	summaryMarkdown(p, r)
}

// markdownFacts are the machine and the verdict.
func markdownFacts(p *page, r *conformance.Report) {
	p.line("")
	p.line("- machine: %s", environmentText(r.Environment))
	p.line("- cases: %d", len(r.Cases))
	p.line("- result: **%s**", verdict(r))
}

func (m *matrix) markdown(p *page) {
	if m.title != "" {
		p.line("")
		p.line("## %s", m.title)
	}
	heads := []string{"clauses", "cases:"}
	for _, h := range m.heads {
		heads = append(heads, h+":")
	}
	markdownHead(p, heads...)
	for _, row := range m.rows {
		cells := []string{row.name, fmt.Sprint(row.cases)}
		for _, t := range row.cells {
			cells = append(cells, t.text(row.cases))
		}
		markdownRow(p, cells...)
	}
}

func (d *difference) markdown(p *page) {
	p.line("")
	p.line("### %s", d.name)
	p.line("")
	p.line("%s. %s", d.where(), d.cause())
	p.line("")
	p.line("```")
	d.example.text(p, "")
	p.line("```")
}

func (v *pairView) markdown(p *page) {
	p.line("")
	p.line("## %s", v.title())
	if len(v.answers) > 0 {
		markdownHead(p, "case", "call", v.left, v.right)
	}
	for _, x := range v.answers {
		markdownRow(p, x.c.Name, code(x.call()), code(x.text(x.left)), code(x.text(x.right)))
	}
	if len(v.reasons) > 0 {
		markdownHead(p, "cannot be tried on both", "cases:", "which")
	}
	for _, why := range v.reasons {
		markdownRow(p, why, fmt.Sprint(len(v.missing[why])), strings.Join(v.missing[why], " "))
	}
}

func failuresMarkdown(p *page, r *conformance.Report) {
	for i, f := range badResults(r) {
		if i == 0 {
			p.line("")
			p.line("## What failed or is unexplained")
		}
		p.line("")
		p.line("```")
		p.WriteString(conformance.Failure(f.c, f.result, replayCommand(f.c, f.result.Backend)))
		p.line("```")
	}
}

func summaryMarkdown(p *page, r *conformance.Report) {
	p.line("")
	p.line("## Summary")
	markdownHead(p, "backend", "pass:", "differs:", "unsupported:", "not applicable:", "fail:", "unexplained:")
	for i, b := range r.Backends {
		if !b.Available {
			markdownRow(p, b.Name+" (not available: "+b.Why+")", "", "", "", "", "", "")
			continue
		}
		s := r.Summary(i)
		markdownRow(p, b.Name, fmt.Sprint(s.Pass), fmt.Sprint(s.Differs), fmt.Sprint(s.Unsupported),
			fmt.Sprint(s.NotApplicable), fmt.Sprint(s.Fail), fmt.Sprint(s.Unexplained))
	}
}

// resultsMarkdown writes the results of a run: a row a case, a column a
// backend.
func resultsMarkdown(p *page, r *conformance.Report) {
	p.line("# Results")
	markdownFacts(p, r)
	p.line("")
	p.line("## Cases")
	heads := []string{"case"}
	for _, b := range r.Backends {
		heads = append(heads, b.Name)
	}
	markdownHead(p, heads...)
	for _, c := range r.Cases {
		cells := []string{c.Case.Name}
		for _, res := range c.Results {
			cell := ""
			if res != nil {
				cell = string(res.Outcome)
				if len(res.Divergences) > 0 {
					cell += ": " + strings.Join(res.Divergences, ", ")
				}
			}
			cells = append(cells, cell)
		}
		markdownRow(p, cells...)
	}
	failuresMarkdown(p, r)
	summaryMarkdown(p, r)
}
