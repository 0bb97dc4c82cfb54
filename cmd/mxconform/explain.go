package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"mx.example/conformance"
	"mx.example/conformance/clause"
	"mx.example/conformance/trace"
)

// explain tells all about whatever has the name: a case, a clause, a
// divergence, or several of them.
func explain(ctx context.Context, t *tool, args []string) error {
	rest, err := parse(newFlags("explain"), args)
	if err != nil {
		return err
	}
	if len(rest) == 0 {
		return usagef(`explain needs the name of a case, a clause or a divergence; "mxconform list" has them`)
	}
	if len(rest) > 1 {
		return usagef("explain takes one name, and %q is another", rest[1])
	}
	name := rest[0]
	p := &page{color: t.color}
	var known []string
	for _, c := range clause.All() {
		known = append(known, c.ID)
		if c.ID == name {
			t.explainClause(p, c)
		}
	}
	for _, d := range t.divergences() {
		known = append(known, d.Name)
		if d.Name == name {
			t.explainDivergence(ctx, p, &d)
		}
	}
	for i := range t.suite {
		known = append(known, t.suite[i].Name)
		if t.suite[i].Name == name {
			t.explainCase(ctx, p, &t.suite[i])
		}
	}
	if p.Len() == 0 {
		return unknown("name", name, known, `"mxconform list cases", "... clauses" and "... divergences" have all`)
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
func (t *tool) explainClause(p *page, c clause.Clause) {
	p.line("%s", p.bold("Clause "+c.ID+": "+c.Title))
	p.line("")
	p.paragraph("  ", c.Text)
	p.heading("What each edition says")
	width := 0
	for _, r := range c.Editions {
		width = max(width, len(r.Edition))
	}
	first := c.Editions[0].Says
	same := !slices.ContainsFunc(c.Editions, func(r clause.Reading) bool { return r.Says != first })
	if same {
		p.hanging("  all: ", "       ", first)
	} else {
		for _, r := range c.Editions {
			p.hanging("  "+pad(r.Edition, width)+"  ", "  "+pad("", width)+"  ", r.Says)
		}
	}
	if c.Needs != clause.Nothing {
		p.line("")
		p.line("  It can be tried only where there is: %s.", c.Needs)
	}
	p.heading("Source")
	p.paragraph("  ", c.Source)
	if names := t.casesOf(c.ID); len(names) > 0 {
		p.heading("Covered by %s", plural(len(names), "case"))
		t.caseLines(p, names)
	} else {
		p.heading("No case of the suite covers it")
	}
	var departs []string
	for _, d := range t.divergences() {
		if slices.Contains(d.Clauses, c.ID) {
			departs = append(departs, fmt.Sprintf("%s (%s)", d.Name, strings.Join(d.Kinds, ", ")))
		}
	}
	if len(departs) > 0 {
		p.heading("Where descriptors differ")
		for _, d := range departs {
			p.line("  %s", d)
		}
	}
}

// caseLines writes a line a case.
func (t *tool) caseLines(p *page, names []string) {
	width := 0
	for _, n := range names {
		width = max(width, len(n))
	}
	for i := range t.suite {
		if c := &t.suite[i]; slices.Contains(names, c.Name) {
			p.line("  %s  %s", pad(c.Name, width), cut(c.Doc, max(pageWidth-width-4, 40)))
		}
	}
}

// clauseLines writes a line a clause.
func clauseLines(p *page, ids []string) {
	width := 0
	for _, id := range ids {
		width = max(width, len(id))
	}
	for _, id := range ids {
		title := "there is no such clause"
		if c, ok := clause.Lookup(id); ok {
			title = c.Title
		}
		p.line("  %s  %s", pad(id, width), title)
	}
}

// explainCase writes the case as it is, and runs it everywhere.
func (t *tool) explainCase(ctx context.Context, p *page, c *trace.Case) {
	p.line("%s", p.bold("Case "+c.Name))
	p.line("")
	p.paragraph("  ", c.Doc)
	p.line("")
	p.line("  written in %s, line %d; for %s", c.File, c.Line, listOf(editionNames(c), "and"))
	p.heading("The calls, and the answers that are right")
	_, calls, _ := strings.Cut(c.String(), "\n\n")
	for line := range strings.Lines(calls) {
		p.line("  %s", strings.TrimRight(line, "\n"))
	}
	p.heading("The clauses that it covers")
	clauseLines(p, c.Clauses)
	p.heading("On this machine")
	r := t.conform(ctx, t.everything(), []trace.Case{*c})
	width := 0
	for _, b := range r.Backends {
		width = max(width, len(b.Name))
	}
	for i, b := range r.Backends {
		text := "not available: " + b.Why
		for _, f := range resultsOf(r, i) {
			text = p.in(outcomeStyle(f.result.Outcome), string(f.result.Outcome))
			if names := f.result.Divergences; len(names) > 0 {
				text += ": " + strings.Join(names, ", ")
			}
		}
		p.line("  %s  %s", pad(b.Name, width), text)
	}
	p.line("")
	p.line("  To see every answer: %s", replayCommand(c, "LIST"))
}

// explainDivergence writes what is known of a divergence, and runs the suite on
// its kinds to see where it shows.
func (t *tool) explainDivergence(ctx context.Context, p *page, d *conformance.Divergence) {
	p.line("%s", p.bold("Divergence "+d.Name))
	p.line("")
	p.paragraph("  ", d.Cause)
	p.heading("Kinds of descriptor")
	p.paragraph("  ", strings.Join(d.Kinds, ", "))
	p.heading("Source")
	p.paragraph("  ", d.Source)
	p.heading("The clauses that it departs from")
	clauseLines(p, d.Clauses)
	if d.Match == nil {
		p.line("")
		p.paragraph("  ", "It says why calls are unsupported; no answer differs because of it.")
	}
	var names []string
	for _, b := range t.backends {
		if slices.Contains(d.Kinds, b.Name()) {
			names = append(names, namesOf(b)...)
		}
	}
	r := t.conform(ctx, t.named(names), t.suite)
	for _, seen := range differencesOf(r, t.divergences()) {
		if seen.name != d.Name {
			continue
		}
		p.heading("On this machine: %s", seen.where())
		seen.example.text(p, "  ")
		p.line("")
		t.caseLines(p, seen.cases)
		p.line("")
		p.line("  To see every answer of a case: mxconform replay CASE -backend %s", strings.Join(seen.kinds, ","))
		return
	}
	p.heading("On this machine: not seen")
	for _, b := range r.Backends {
		if !b.Available {
			p.line("  %s is not available: %s", b.Name, b.Why)
		}
	}
}
