package main

import (
	"fmt"
	"slices"
	"strings"

	"mx.example/conformance"
	"mx.example/conformance/trace"
)

// inFull is how many results that failed or are unexplained are shown in full;
// the others are named.
const inFull = 20

// text writes the comparison for a person.
func (c *comparison) text(p *page) {
	c.intro(p)
	for _, m := range c.matrices() {
		m.text(p)
	}
	if slices.ContainsFunc(c.report.Backends, func(b conformance.BackendInfo) bool { return b.Kind == conformance.PosixFD }) {
		legend(p)
	}
	if c.pairs != nil {
		for _, two := range c.pairs {
			c.view(two).text(p)
		}
	} else {
		c.differencesText(p)
	}
	failuresText(p, c.report)
	summaryText(p, c.report)
	p.line("")
	verdictText(p, c.report)
}

// intro says what this is, what was run and how it went.
func (c *comparison) intro(p *page) {
	r := c.report
	p.line("%s", p.bold("Magenta/Zircon sockets (mx_socket), and what this machine does in the same situations"))
	p.line("")
	p.paragraph("", fmt.Sprintf("The contract of these sockets, as %s (a few calls each, with the right answers), was run on", plural(len(r.Cases), "case")))
	var models, others, missing []string
	for _, b := range r.Backends {
		kind := kindOf(b.Name)
		switch {
		case !b.Available:
			missing = append(missing, fmt.Sprintf("%s (%s)", b.Name, b.Why))
		case b.Kind == conformance.InProcess:
			models = addNew(models, kind)
		default:
			others = addNew(others, kind)
		}
	}
	if len(models) > 0 {
		p.hanging("  * ", "    ", listOf(models, "and")+": in this process. Every answer must be the contract's.")
	}
	if len(others) > 0 {
		p.hanging("  * ", "    ", listOf(others, "and")+": file descriptors of this machine. Answers may differ, in ways that have a name and a cause; any other is unexplained.")
	}
	if len(missing) > 0 {
		p.hanging("  - ", "    ", "not available here: "+strings.Join(missing, "; "))
	}
	p.line("")
	p.line("Machine  %s", environmentText(r.Environment))
	p.line("Result   %s", p.verdict(r))
	if c.pairs == nil {
		c.foremost(p)
	}
}

// foremost names the differences that show in most cases.
func (c *comparison) foremost(p *page) {
	const most = 5
	all := c.differing()
	if len(all) == 0 {
		return
	}
	p.line("")
	p.line("The descriptors' answers differ in %s, each shown below. The most frequent:", plural(len(all), "named way"))
	all = all[:min(len(all), most)]
	width := 0
	for _, d := range all {
		width = max(width, len(d.name))
	}
	for _, d := range all {
		p.hanging("  "+p.in(yellow, pad(d.name, width))+"  ", pad("", width+4), d.brief())
	}
}

// environmentText is the machine in a line.
func environmentText(e conformance.Environment) string {
	return strings.Join(strings.Fields(e.OS+" "+e.Kernel+" "+e.Arch+", "+e.Go), " ")
}

// verdict is the verdict in its color.
func (p *page) verdict(r *conformance.Report) string {
	switch {
	case !r.OK():
		return p.in(red, verdict(r))
	case r.Canceled:
		return p.in(yellow, verdict(r))
	}
	return p.in(green, verdict(r))
}

// verdictText is the last line of a report.
func verdictText(p *page, r *conformance.Report) { p.line("%s", p.verdict(r)) }

// summaryText is a line a backend.
func summaryText(p *page, r *conformance.Report) {
	p.heading("Summary, in cases")
	width := len("backend")
	for _, b := range r.Backends {
		width = max(width, len(b.Name))
	}
	heads := []string{"pass", "differs", "unsupported", "not-applicable", "fail", "unexplained"}
	p.line("  %s  %s", pad("backend", width), strings.Join(heads, "  "))
	for i, b := range r.Backends {
		if !b.Available {
			p.line("  %s  not available: %s", pad(b.Name, width), b.Why)
			continue
		}
		s := r.Summary(i)
		counts := []int{s.Pass, s.Differs, s.Unsupported, s.NotApplicable, s.Fail, s.Unexplained}
		cells := make([]string, len(counts))
		for i, n := range counts {
			cells[i] = padLeft(fmt.Sprint(n), len(heads[i]))
			switch bad := heads[i] == "fail" || heads[i] == "unexplained"; {
			case n == 0:
				cells[i] = p.in(dim, cells[i])
			case bad:
				cells[i] = p.in(red, cells[i])
			}
		}
		p.line("  %s  %s", pad(b.Name, width), strings.Join(cells, "  "))
	}
}

// failuresText tells of what failed or is unexplained.
func failuresText(p *page, r *conformance.Report) {
	shown := 0
	for _, f := range badResults(r) {
		if shown == 0 {
			p.heading("What failed or is unexplained")
		}
		p.line("")
		if shown++; shown <= inFull {
			p.WriteString(conformance.Failure(f.c, f.result, replayCommand(f.c, f.result.Backend)))
			continue
		}
		p.line("%s on %s: %s: %s", f.c.Name, f.result.Backend, p.in(red, string(f.result.Outcome)), firstLine(f.result.Detail))
	}
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

// replayCommand is how a person sees a case again: by its name if it is one of
// the suite, and else by its file.
func replayCommand(c *trace.Case, backend string) string {
	what := c.File
	if slices.ContainsFunc(conformance.Cases(), func(s trace.Case) bool { return s.Name == c.Name && s.File == c.File }) {
		what = c.Name
	}
	return fmt.Sprintf("mxconform replay %s -backend %s", what, backend)
}

// addNew adds a name that is not there yet.
func addNew(names []string, name string) []string {
	for _, n := range names {
		if n == name {
			return names
		}
	}
	return append(names, name)
}
