package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"mx.example/conformance"
	"mx.example/conformance/clause"
	"mx.example/conformance/compare"
	"mx.example/conformance/report"
	"mx.example/conformance/report/text"
	"mx.example/conformance/trace"
)

// explain tells all about whatever has the name: a case, a clause, a
// departure, a divergence, or several of them. Ids are matched in any case of
// letters.
func explain(ctx context.Context, t *tool, args []string) error {
	rest, err := parse(newFlags("explain"), args)
	if err != nil {
		return err
	}
	if len(rest) == 0 {
		return usagef(`explain needs the name of a case, a clause, a departure or a divergence; "mxconform list" has them`)
	}
	if len(rest) > 1 {
		return usagef("explain takes one name, and %q is another", rest[1])
	}
	name := rest[0]
	p := &text.Page{Color: t.color, Columns: t.columns}
	var known []string
	for _, c := range clause.All() {
		known = append(known, c.ID)
		if strings.EqualFold(c.ID, name) {
			t.explainClause(p, c)
		}
	}
	for _, d := range clause.Departures() {
		known = append(known, d.ID)
		if strings.EqualFold(d.ID, name) {
			t.explainDeparture(p, &d)
		}
	}
	for _, d := range t.divergences() {
		known = append(known, d.Name)
		if strings.EqualFold(d.Name, name) {
			t.explainDivergence(ctx, p, &d)
		}
	}
	for i := range t.suite {
		known = append(known, t.suite[i].Name)
		if strings.EqualFold(t.suite[i].Name, name) {
			t.explainCase(ctx, p, &t.suite[i])
		}
	}
	if p.Len() == 0 {
		return unknown("name", name, known, `"mxconform list cases", "... clauses", "... departures" and "... divergences" have all`)
	}
	if _, err := t.stdout.Write(p.Bytes()); err != nil {
		return err
	}
	if ctx.Err() != nil {
		return errInterrupted
	}
	return nil
}

// explainClause writes what the contract says, edition by edition, and what
// shows it.
func (t *tool) explainClause(p *text.Page, c clause.Clause) {
	p.Line("%s", p.Bold("Clause "+c.ID+": "+c.Title))
	p.Line("")
	p.Paragraph("  ", c.Text)
	p.Heading("What each edition says")
	width := 0
	for _, r := range c.Editions {
		width = max(width, len(r.Edition))
	}
	first := c.Editions[0].Says
	same := !slices.ContainsFunc(c.Editions, func(r clause.Reading) bool { return r.Says != first })
	if same {
		p.Hanging("  all: ", "       ", first)
	} else {
		for _, r := range c.Editions {
			p.Hanging("  "+text.Pad(r.Edition, width)+"  ", "  "+text.Pad("", width)+"  ", r.Says)
		}
	}
	if c.Needs != clause.Nothing {
		p.Line("")
		p.Line("  It can be tried only where there is: %s.", c.Needs)
	}
	p.Heading("Sources")
	sourceLines(p, c.Sources)
	if c.Ours != "" {
		p.Hanging("  this project decides: ", "    ", c.Ours)
	}
	t.coveredBy(p, c.ID)
	var departs []string
	for _, d := range t.divergences() {
		if slices.Contains(d.Clauses, c.ID) {
			departs = append(departs, fmt.Sprintf("%s (%s)", d.Name, strings.Join(d.Kinds, ", ")))
		}
	}
	if len(departs) > 0 {
		p.Heading("Where descriptors differ")
		for _, d := range departs {
			p.Line("  %s", d)
		}
	}
	if near := clause.DeparturesNear(c.ID); near != nil {
		p.Heading("Where no edition follows its kernel")
		for _, d := range near {
			p.Hanging("  "+d.ID+" ("+strings.Join(d.Editions, ", ")+"): ", "    ", d.Title)
		}
	}
}

// coveredBy writes the cases that cite an id.
func (t *tool) coveredBy(p *text.Page, id string) {
	names := t.casesOf(id)
	if len(names) == 0 {
		p.Heading("No case of the suite covers it")
		return
	}
	p.Heading("Covered by %s", text.Plural(len(names), "case"))
	t.caseLines(p, names)
}

// sourceLines writes where each edition can be looked up, to the function and
// the commit.
func sourceLines(p *text.Page, sources []clause.Source) {
	width := 0
	for _, s := range sources {
		width = max(width, len(s.Edition))
	}
	for _, e := range clause.Editions() {
		for _, s := range sources {
			if s.Edition == e {
				p.Hanging("  "+text.Pad(e, width)+"  ", "  "+text.Pad("", width)+"  ", s.String()+" of "+s.Repository)
			}
		}
	}
}

// explainDeparture writes what a kernel does, what is done here, and why.
func (t *tool) explainDeparture(p *text.Page, d *clause.Departure) {
	p.Line("%s", p.Bold("Departure "+d.ID+": "+d.Title))
	p.Line("")
	p.Hanging("  The kernel: ", "    ", d.Kernel)
	p.Hanging("  Here: ", "    ", d.Here)
	p.Hanging("  Why: ", "    ", d.Why)
	p.Line("")
	p.Line("  It is about the kernels of %s.", text.List(d.Editions, "and"))
	p.Heading("Sources")
	sourceLines(p, d.Sources)
	p.Heading("The clauses near it")
	clauseLines(p, d.Clauses)
	if d.Test != "" {
		p.Heading("No case can show it; a test does: %s", d.Test)
		return
	}
	t.coveredBy(p, d.ID)
}

// caseLines writes a line a case.
func (t *tool) caseLines(p *text.Page, names []string) {
	width := 0
	for _, n := range names {
		width = max(width, len(n))
	}
	for i := range t.suite {
		if c := &t.suite[i]; slices.Contains(names, c.Name) {
			if room := p.Width() - width - 4; room >= 30 {
				p.Line("  %s  %s", text.Pad(c.Name, width), text.Cut(c.Doc, room))
				continue
			}
			p.Line("  %s", c.Name)
			p.Line("    %s", text.Cut(c.Doc, p.Width()-4))
		}
	}
}

// clauseLines writes a line a clause.
func clauseLines(p *text.Page, ids []string) {
	width := 0
	for _, id := range ids {
		width = max(width, len(id))
	}
	for _, id := range ids {
		title := "there is no such clause"
		if c, ok := clause.Lookup(id); ok {
			title = c.Title
		} else if d, ok := clause.LookupDeparture(id); ok {
			title = d.Title
		}
		p.Line("  %s  %s", text.Pad(id, width), title)
	}
}

// explainCase writes the case as it is, and runs it everywhere.
func (t *tool) explainCase(ctx context.Context, p *text.Page, c *trace.Case) {
	p.Line("%s", p.Bold("Case "+c.Name))
	p.Line("")
	p.Paragraph("  ", c.Doc)
	p.Line("")
	p.Line("  written in %s, line %d; for %s", c.File, c.Line, text.List(compare.EditionNames(c), "and"))
	p.Heading("The calls, and the answers that are right")
	_, calls, _ := strings.Cut(c.String(), "\n\n")
	for line := range strings.Lines(calls) {
		p.Line("  %s", strings.TrimRight(line, "\n"))
	}
	p.Heading("The clauses that it covers")
	clauseLines(p, c.Clauses)
	p.Heading("On this machine")
	r := t.conform(ctx, t.everything(), []trace.Case{*c})
	width := 0
	for _, b := range r.Backends {
		width = max(width, len(b.Name))
	}
	for i, b := range r.Backends {
		came := "not available: " + b.Why
		for _, f := range compare.ResultsOf(r, i) {
			came = p.In(report.OutcomeStyle(f.Result.Outcome), string(f.Result.Outcome))
			if names := f.Result.Divergences; len(names) > 0 {
				came += ": " + strings.Join(names, ", ")
			}
		}
		p.Line("  %s  %s", text.Pad(b.Name, width), came)
	}
	p.Line("")
	p.Line("  To see every answer: %s", report.ReplayCommand(c, "LIST"))
}

// explainDivergence writes what is known of a divergence, and runs the suite on
// its kinds to see where it shows.
func (t *tool) explainDivergence(ctx context.Context, p *text.Page, d *conformance.Divergence) {
	p.Line("%s", p.Bold("Divergence "+d.Name))
	p.Line("")
	p.Paragraph("  ", d.Cause)
	p.Heading("Kinds of descriptor")
	p.Paragraph("  ", strings.Join(d.Kinds, ", "))
	p.Heading("Source")
	p.Paragraph("  ", d.Source)
	p.Heading("The clauses that it departs from")
	clauseLines(p, d.Clauses)
	if d.Match == nil {
		p.Line("")
		p.Paragraph("  ", "It says why calls are unsupported; no answer differs because of it.")
	}
	var names []string
	for _, b := range t.backends {
		if slices.Contains(d.Kinds, b.Name()) {
			names = append(names, namesOf(b)...)
		}
	}
	r := t.conform(ctx, t.named(names), t.suite)
	for _, seen := range compare.Of(r).Differences {
		if seen.Name != d.Name {
			continue
		}
		p.Heading("On this machine: %s", seen.Where())
		report.WriteExample(p, &seen.Example, "  ")
		p.Line("")
		t.caseLines(p, seen.Cases)
		p.Line("")
		p.Line("  To see every answer of a case: mxconform replay CASE -backend %s", strings.Join(seen.Kinds, ","))
		return
	}
	p.Heading("On this machine: not seen")
	for _, b := range r.Backends {
		if !b.Available {
			p.Line("  %s is not available: %s", b.Name, b.Why)
		}
	}
}
