package report

import (
	"fmt"
	"io"
	"strings"

	"mx.example/conformance"
	"mx.example/conformance/compare"
	"mx.example/conformance/report/text"
)

// markdownRow writes a row of a table; cells may hold anything.
func markdownRow(p *text.Page, cells ...string) {
	row := make([]string, len(cells))
	for i, c := range cells {
		row[i] = strings.ReplaceAll(strings.Join(strings.Fields(c), " "), "|", `\|`)
	}
	p.Line("| %s |", strings.Join(row, " | "))
}

// markdownHead begins a table. A column whose name ends with a colon, such as
// "cases:", is one of numbers.
func markdownHead(p *text.Page, heads ...string) {
	names, rule := make([]string, len(heads)), make([]string, len(heads))
	for i, h := range heads {
		rule[i] = "---"
		name, number := strings.CutSuffix(h, ":")
		if number {
			rule[i] = "---:"
		}
		names[i] = name
	}
	p.Line("")
	markdownRow(p, names...)
	p.Line("|%s|", strings.Join(rule, "|"))
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

// Markdown writes a comparison as Markdown.
func Markdown(w io.Writer, c *compare.Comparison) error {
	p := &text.Page{}
	r := c.Report
	p.Line("# Magenta/Zircon sockets and POSIX descriptors, side by side")
	markdownFacts(p, r)
	for _, m := range c.Matrices() {
		matrixMarkdown(p, &m)
	}
	p.Line("")
	p.Line("`all`: every case passes. `40/12`: 40 pass and 12 differ in named ways; the rest needs a call that POSIX has no counterpart for. `!n`: n failed or are unexplained.")
	for _, two := range c.Pairs {
		pairMarkdown(p, c.View(two))
	}
	if c.Pairs == nil && len(c.Differences) > 0 {
		p.Line("")
		p.Line("## Differences")
		for _, d := range c.Differences {
			differenceMarkdown(p, d)
		}
	}
	failuresMarkdown(p, r)
	summaryMarkdown(p, r)
	_, err := w.Write(p.Bytes())
	return err
}

// markdownFacts are the machine and the verdict.
func markdownFacts(p *text.Page, r *conformance.Report) {
	p.Line("")
	p.Line("- machine: %s", EnvironmentText(r.Environment))
	p.Line("- cases: %d", len(r.Cases))
	p.Line("- result: **%s**", Verdict(r))
}

func matrixMarkdown(p *text.Page, m *compare.Matrix) {
	if m.Title != "" {
		p.Line("")
		p.Line("## %s", m.Title)
	}
	heads := []string{"clauses", "cases:"}
	for _, h := range m.Heads {
		heads = append(heads, h+":")
	}
	markdownHead(p, heads...)
	for _, row := range m.Rows {
		cells := []string{row.Name, fmt.Sprint(row.Cases)}
		for _, t := range row.Cells {
			cells = append(cells, t.Text(row.Cases))
		}
		markdownRow(p, cells...)
	}
}

func differenceMarkdown(p *text.Page, d *compare.Difference) {
	p.Line("")
	p.Line("### %s", d.Name)
	p.Line("")
	p.Line("%s. %s", d.Where(), d.Cause())
	p.Line("")
	p.Line("```")
	WriteExample(p, &d.Example, "")
	p.Line("```")
}

func pairMarkdown(p *text.Page, v *compare.PairView) {
	p.Line("")
	p.Line("## %s", v.Title())
	if len(v.Answers) > 0 {
		markdownHead(p, "case", "call", v.Left, v.Right)
	}
	for _, x := range v.Answers {
		markdownRow(p, x.Case.Name, code(x.Call()), code(x.Text(x.Left)), code(x.Text(x.Right)))
	}
	if len(v.Reasons) > 0 {
		markdownHead(p, "cannot be tried on both", "cases:", "which")
	}
	for _, why := range v.Reasons {
		markdownRow(p, why, fmt.Sprint(len(v.Missing[why])), strings.Join(v.Missing[why], " "))
	}
}

func failuresMarkdown(p *text.Page, r *conformance.Report) {
	for i, f := range compare.Bad(r) {
		if i == 0 {
			p.Line("")
			p.Line("## What failed or is unexplained")
		}
		p.Line("")
		p.Line("```")
		p.WriteString(conformance.Failure(f.Case, f.Result, ReplayCommand(f.Case, f.Result.Backend)))
		p.Line("```")
	}
}

func summaryMarkdown(p *text.Page, r *conformance.Report) {
	p.Line("")
	p.Line("## Summary")
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
