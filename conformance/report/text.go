package report

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"mx.example/conformance"
	"mx.example/conformance/compare"
	"mx.example/conformance/report/text"
	"mx.example/conformance/trace"
)

// Options say how text is laid out. The zero Options are fine.
type Options struct {
	// Color writes styles as escape sequences of a terminal.
	Color bool
}

func (o Options) page() *text.Page { return &text.Page{Color: o.Color} }

// inFull is how many results that failed or are unexplained are shown in full;
// the others are named.
const inFull = 20

// Text writes a comparison for a person.
func Text(w io.Writer, c *compare.Comparison, o Options) error {
	p := o.page()
	introText(p, c)
	for _, m := range c.Matrices() {
		matrixText(p, &m)
	}
	if slices.ContainsFunc(c.Report.Backends, func(b conformance.BackendInfo) bool { return b.Kind == conformance.PosixFD }) {
		legend(p)
	}
	if c.Pairs != nil {
		for _, two := range c.Pairs {
			pairText(p, c.View(two))
		}
	} else {
		differencesText(p, c)
	}
	failuresText(p, c.Report)
	summaryText(p, c.Report)
	p.Line("")
	verdictText(p, c.Report)
	_, err := w.Write(p.Bytes())
	return err
}

// introText says what this is, what was run and how it went.
func introText(p *text.Page, c *compare.Comparison) {
	r := c.Report
	p.Line("%s", p.Bold("Magenta/Zircon sockets (mx_socket), and what this machine does in the same situations"))
	p.Line("")
	p.Paragraph("", fmt.Sprintf("The contract of these sockets, as %s (a few calls each, with the right answers), was run on", text.Plural(len(r.Cases), "case")))
	var models, others, missing []string
	for _, b := range r.Backends {
		kind := compare.KindOf(b.Name)
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
		p.Hanging("  * ", "    ", text.List(models, "and")+": in this process. Every answer must be the contract's.")
	}
	if len(others) > 0 {
		p.Hanging("  * ", "    ", text.List(others, "and")+": file descriptors of this machine. Answers may differ, in ways that have a name and a cause; any other is unexplained.")
	}
	if len(missing) > 0 {
		p.Hanging("  - ", "    ", "not available here: "+strings.Join(missing, "; "))
	}
	p.Line("")
	p.Line("Machine  %s", EnvironmentText(r.Environment))
	p.Line("Result   %s", verdictIn(p, r))
	if c.Pairs == nil {
		foremostText(p, c)
	}
}

// foremostText names the differences that show in most cases.
func foremostText(p *text.Page, c *compare.Comparison) {
	const most = 5
	all := c.Differing()
	if len(all) == 0 {
		return
	}
	p.Line("")
	p.Line("The descriptors' answers differ in %s, each shown below. The most frequent:", text.Plural(len(all), "named way"))
	all = all[:min(len(all), most)]
	width := 0
	for _, d := range all {
		width = max(width, len(d.Name))
	}
	for _, d := range all {
		p.Hanging("  "+p.In(text.Yellow, text.Pad(d.Name, width))+"  ", text.Pad("", width+4), d.Brief())
	}
}

// EnvironmentText is the machine in a line.
func EnvironmentText(e conformance.Environment) string {
	return strings.Join(strings.Fields(e.OS+" "+e.Kernel+" "+e.Arch+", "+e.Go), " ")
}

// verdictIn is the verdict in its color.
func verdictIn(p *text.Page, r *conformance.Report) string {
	switch {
	case !r.OK():
		return p.In(text.Red, Verdict(r))
	case r.Canceled:
		return p.In(text.Yellow, Verdict(r))
	}
	return p.In(text.Green, Verdict(r))
}

// verdictText is the last line of a report.
func verdictText(p *text.Page, r *conformance.Report) { p.Line("%s", verdictIn(p, r)) }

// summaryText is a line a backend.
func summaryText(p *text.Page, r *conformance.Report) {
	p.Heading("Summary, in cases")
	width := len("backend")
	for _, b := range r.Backends {
		width = max(width, len(b.Name))
	}
	heads := []string{"pass", "differs", "unsupported", "not-applicable", "fail", "unexplained"}
	faults := total(r).EnvironmentFault > 0
	if faults {
		heads = append(heads, "environment")
	}
	p.Line("  %s  %s", text.Pad("backend", width), strings.Join(heads, "  "))
	for i, b := range r.Backends {
		if !b.Available {
			p.Line("  %s  not available: %s", text.Pad(b.Name, width), b.Why)
			continue
		}
		s := r.Summary(i)
		counts := []int{s.Pass, s.Differs, s.Unsupported, s.NotApplicable, s.Fail, s.Unexplained, s.EnvironmentFault}[:len(heads)]
		cells := make([]string, len(counts))
		for i, n := range counts {
			cells[i] = text.PadLeft(fmt.Sprint(n), len(heads[i]))
			switch bad := i >= 4; {
			case n == 0:
				cells[i] = p.In(text.Dim, cells[i])
			case bad:
				cells[i] = p.In(text.Red, cells[i])
			}
		}
		p.Line("  %s  %s", text.Pad(b.Name, width), strings.Join(cells, "  "))
	}
}

// failuresText tells of what failed or is unexplained.
func failuresText(p *text.Page, r *conformance.Report) {
	for _, line := range faultLines(r) {
		p.Line("")
		p.Line("%s", line)
	}
	shown := 0
	for _, f := range compare.Bad(r) {
		if f.Result.Outcome == conformance.EnvironmentFault {
			continue
		}
		if shown == 0 {
			p.Heading("What failed or is unexplained")
		}
		p.Line("")
		if shown++; shown <= inFull {
			p.WriteString(conformance.Failure(f.Case, f.Result, ReplayCommand(f.Case, f.Result.Backend)))
			continue
		}
		p.Line("%s on %s: %s: %s", f.Case.Name, f.Result.Backend, p.In(text.Red, string(f.Result.Outcome)), text.FirstLine(f.Result.Detail))
	}
}

// faultLines say once what the machine refused, and how often.
func faultLines(r *conformance.Report) (lines []string) {
	times := map[string]int{}
	for _, f := range compare.Bad(r) {
		if f.Result.Outcome == conformance.EnvironmentFault {
			times[text.FirstLine(f.Result.Detail)]++
		}
	}
	for _, line := range slices.Sorted(maps.Keys(times)) {
		lines = append(lines, fmt.Sprintf("%s could not be run: %s", text.Plural(times[line], "case"), line))
	}
	return lines
}

// ReplayCommand is how a person sees a case again: by its name if it is one of
// the suite, and else by its file.
func ReplayCommand(c *trace.Case, backend string) string {
	what := c.File
	if slices.ContainsFunc(conformance.Cases(), func(s trace.Case) bool { return s.Name == c.Name && s.File == c.File }) {
		what = c.Name
	}
	return fmt.Sprintf("mxconform replay %s -backend %s", what, backend)
}

// differencesText writes every difference with its example.
func differencesText(p *text.Page, c *compare.Comparison) {
	part := ""
	for _, d := range c.Differences {
		head := "Calls without a counterpart: the case ends there, as unsupported"
		if d.Answers {
			head = "Differences: what was answered, and what the contract wants"
		}
		if head != part {
			p.Heading("%s", head)
			part = head
		}
		differenceText(p, d)
	}
	if len(c.Differences) > 0 {
		p.Line("")
		p.Line(`  "mxconform explain NAME" tells more of a difference, a case or a clause, with the sources.`)
	}
}

// differenceText writes one difference.
func differenceText(p *text.Page, d *compare.Difference) {
	p.Line("")
	p.Line("  %s", p.In(text.Yellow, d.Name))
	p.Paragraph("      ", d.Cause())
	p.Paragraph("      ", d.Where()+".")
	WriteExample(p, &d.Example, "      ")
}

// before is how many calls before the one in question an example shows.
const before = 6

// WriteExample writes the calls up to the one that shows the difference, and both
// results.
func WriteExample(p *text.Page, e *compare.Example, indent string) {
	p.Line("%s%s", indent, p.In(text.Dim, fmt.Sprintf("for example %s on %s:", e.Case.Name, e.Result.Result.Backend)))
	indent += "  "
	for i := range e.Result.Result.Steps[:e.Step] {
		if e.Step > before {
			// The first call makes the objects: it stays.
			if i == 1 {
				p.Line("%s  ... %s ...", indent, text.Plural(e.Step-before, "more call"))
			}
			if i > 0 && i <= e.Step-before {
				continue
			}
		}
		p.Line("%s", text.Cut(indent+"  "+compare.StepText(&e.Result.Result.Steps[i]), text.Width))
	}
	last := &e.Result.Result.Steps[e.Step]
	p.Line("%s", text.Cut(indent+"> "+compare.CallText(last), text.Width))
	kind := compare.KindOf(e.Result.Result.Backend)
	width := max(len("contract"), len(kind))
	if len(last.Wanted) > 0 {
		p.Line("%s", text.Cut(fmt.Sprintf("%s    %s  %s", indent, text.Pad("contract", width), strings.Join(last.Wanted, " or ")), text.Width))
	}
	p.Hanging(indent+"    "+text.Pad(kind, width)+"  ", indent+"    "+text.Pad("", width)+"  ", last.Got)
}

// total adds up the outcomes of all backends.
func total(r *conformance.Report) conformance.Summary {
	var sum conformance.Summary
	for i := range r.Backends {
		s := r.Summary(i)
		sum.Pass += s.Pass
		sum.Fail += s.Fail
		sum.Differs += s.Differs
		sum.Unexplained += s.Unexplained
		sum.Unsupported += s.Unsupported
		sum.NotApplicable += s.NotApplicable
		sum.EnvironmentFault += s.EnvironmentFault
	}
	return sum
}

// Verdict says in a line how a run went.
func Verdict(r *conformance.Report) string {
	s := total(r)
	var bad []string
	if s.Fail > 0 {
		bad = append(bad, fmt.Sprintf("%s failed", text.Plural(s.Fail, "result")))
	}
	if s.Unexplained > 0 {
		bad = append(bad, fmt.Sprintf("%d unexplained", s.Unexplained))
	}
	if s.EnvironmentFault > 0 {
		bad = append(bad, fmt.Sprintf("%d kept from running by this machine", s.EnvironmentFault))
	}
	said := "nothing failed, and nothing is unexplained"
	switch {
	case len(bad) > 0:
		said = strings.Join(bad, ", ")
	case s.Pass+s.Differs+s.Unsupported == 0:
		said = "there was nothing to run"
	}
	switch {
	case r.Canceled:
		return "PARTIAL, the run was interrupted. So far: " + said
	case len(bad) > 0:
		return "FAIL: " + said
	}
	return "PASS: " + said
}

// addNew adds a name that is not there yet.
func addNew(names []string, name string) []string {
	if slices.Contains(names, name) {
		return names
	}
	return append(names, name)
}
