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
	// Columns is how wide the terminal is; 0 for the width of package text.
	Columns int
	// Verbose adds the cause of each difference, an example with both
	// answers, and the sums of each backend.
	Verbose bool
}

func (o Options) page() *text.Page { return &text.Page{Color: o.Color, Columns: o.Columns} }

// inFull is how many results that failed or are unexplained are shown in full;
// the others are named.
const inFull = 20

// Text writes a comparison for a person: the result, the matrix and the
// differences, a line each.
func Text(w io.Writer, c *compare.Comparison, o Options) error {
	p := o.page()
	introText(p, c)
	legendWanted := false
	for _, m := range c.Matrices() {
		legendWanted = matrixText(p, &m) || legendWanted
	}
	if legendWanted {
		legend(p)
	}
	switch {
	case c.Pairs != nil:
		for _, two := range c.Pairs {
			pairText(p, c.View(two))
		}
	case o.Verbose:
		differencesText(p, c)
	default:
		briefText(p, c)
	}
	failuresText(p, c.Report)
	if o.Verbose {
		summaryText(p, c.Report)
	}
	p.Line("")
	p.Line("%s", verdictIn(p, c.Report))
	nextText(p, c, o)
	_, err := w.Write(p.Bytes())
	return err
}

// introText says what was run, on what and how it went.
func introText(p *text.Page, c *compare.Comparison) {
	r := c.Report
	p.Paragraph("", p.Bold(fmt.Sprintf("The contract of Magenta and Zircon sockets (mx_socket), as %s, on:", text.Plural(len(r.Cases), "case"))))
	type group struct {
		about    string
		diverges bool
	}
	var groups []group
	kinds := make(map[group][]string)
	var missing []string
	for _, b := range r.Backends {
		if !b.Available {
			missing = addNew(missing, fmt.Sprintf("%s (%s)", compare.KindOf(b.Name), b.Why))
			continue
		}
		g := group{b.About, b.Diverges}
		if kinds[g] == nil {
			groups = append(groups, g)
		}
		kinds[g] = addNew(kinds[g], compare.KindOf(b.Name))
	}
	for _, g := range groups {
		line := text.List(kinds[g], "and")
		if g.about != "" {
			line += ": " + g.about
		}
		if g.diverges {
			line += ". Answers may differ where that has a name and a cause."
		} else {
			line += ". Every answer must be the contract's."
		}
		p.Hanging("  ", "    ", line)
	}
	if len(missing) > 0 {
		p.Hanging("  ", "    ", "not available here: "+strings.Join(missing, "; "))
	}
	p.Hanging("Machine  ", "         ", EnvironmentText(r.Environment))
	p.Hanging("Result   ", "         ", verdictIn(p, r))
}

// briefText writes a line for each difference in answers, and which calls have
// no counterpart.
func briefText(p *text.Page, c *compare.Comparison) {
	all := c.Differing()
	if len(all) > 0 {
		p.Heading("%s", text.Plural(len(all), "difference")+" in answers")
	}
	width := 0
	for _, d := range all {
		width = max(width, len(d.Name))
	}
	if len(all) > 0 {
		p.Line("  %s", p.In(text.Dim, text.Pad("", width)+"  cases  kinds  in short"))
	}
	for _, d := range all {
		line := fmt.Sprintf("  %5d  %5d  %s", len(d.Cases), len(d.Kinds), d.Brief())
		p.Line("  %s%s", p.In(text.Yellow, text.Pad(d.Name, width)), text.Cut(line, p.Width()-width-2))
	}
	var none []string
	for _, d := range c.Differences[len(all):] {
		none = append(none, fmt.Sprintf("%s %d", d.Name, len(d.Cases)))
	}
	if len(none) > 0 {
		p.Line("")
		p.Hanging("Calls without a counterpart, where a case ends: ", "  ", strings.Join(none, ", ")+".")
	}
}

// nextText names the commands that go on from a report.
func nextText(p *text.Page, c *compare.Comparison, o Options) {
	if len(c.Differences) == 0 {
		return
	}
	d := c.Differences[0]
	p.Hanging("  mxconform explain "+d.Name+"   ", "    ", "its cause, source and cases; -v shows every one with an example")
	p.Line("  mxconform view %s -backend %s,%s -o page.html", d.Example.Case.Name, c.Model, compare.KindOf(d.Example.Result.Result.Backend))
	p.Line("  mxconform compare -format html -o report.html")
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

// summaryText is a line a backend.
func summaryText(p *text.Page, r *conformance.Report) {
	p.Heading("Summary, in cases")
	width := len("backend")
	for _, b := range r.Backends {
		width = max(width, len(b.Name))
	}
	heads := []string{"pass", "differs", "unsupported", "not-applicable", "fail", "unexplained"}
	faults := total(r).EnvironmentFault > 0
	short := []string{"pass", "diff", "uns", "n/a", "fail", "unx"}
	if faults {
		heads, short = append(heads, "environment"), append(short, "env")
	}
	line := text.Pad("backend", width) + "  " + strings.Join(heads, "  ")
	if len(line)+2 > p.Width() {
		heads = short
		line = text.Pad("backend", width) + "  " + strings.Join(heads, "  ")
	}
	p.Line("  %s", line)
	for i, b := range r.Backends {
		if !b.Available {
			p.Hanging("  "+text.Pad(b.Name, width)+"  ", "    ", "not available: "+b.Why)
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
		p.Paragraph("", line)
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
			p.Text(conformance.Failure(f.Case, f.Result, ReplayCommand(f.Case, f.Result.Backend)))
			continue
		}
		p.Hanging(fmt.Sprintf("%s on %s: %s: ", f.Case.Name, f.Result.Backend, p.In(text.Red, string(f.Result.Outcome))), "    ", text.FirstLine(f.Result.Detail))
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
		p.Paragraph("  ", `"mxconform explain NAME" tells more of a difference, a case or a clause, with the sources.`)
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
		p.Line("%s", text.Cut(indent+"  "+compare.StepText(&e.Result.Result.Steps[i]), p.Width()))
	}
	last := &e.Result.Result.Steps[e.Step]
	p.Line("%s", text.Cut(indent+"> "+compare.CallText(last), p.Width()))
	kind := compare.KindOf(e.Result.Result.Backend)
	width := max(len("contract"), len(kind))
	if len(last.Wanted) > 0 {
		p.Line("%s", text.Cut(fmt.Sprintf("%s    %s  %s", indent, text.Pad("contract", width), strings.Join(last.Wanted, " or ")), p.Width()))
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
	fail, unexplained := s.Fail, s.Unexplained
	for _, c := range r.Cases {
		for _, res := range c.Results {
			switch {
			case res == nil || res.Expected == "":
			case res.Outcome == conformance.Fail:
				fail--
			case res.Outcome == conformance.Unexplained:
				unexplained--
			}
		}
	}
	var bad []string
	if fail > 0 {
		bad = append(bad, fmt.Sprintf("%s failed", text.Plural(fail, "result")))
	}
	if unexplained > 0 {
		bad = append(bad, fmt.Sprintf("%d unexplained", unexplained))
	}
	if n := len(r.News()); n > 0 {
		bad = append(bad, fmt.Sprintf("%s expected to fail did not", text.Plural(n, "result")))
	}
	if s.EnvironmentFault > 0 {
		bad = append(bad, fmt.Sprintf("%d kept from running by this machine", s.EnvironmentFault))
	}
	said := "nothing failed, and nothing is unexplained"
	if n := s.Fail + s.Unexplained - fail - unexplained; n > 0 {
		said += fmt.Sprintf(", but for %s expected to be", text.Plural(n, "result"))
	}
	switch {
	case len(bad) > 0:
		said = strings.Join(bad, ", ")
	case s.Pass+s.Fail+s.Unexplained+s.Differs+s.Unsupported == 0:
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
