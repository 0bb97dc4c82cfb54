package main

import (
	"context"

	"mx.example/conformance"
)

// runCases runs the suite, or the cases of files, on some backends and says
// what came of each case.
func runCases(ctx context.Context, t *tool, args []string) error {
	f := newFlags("run")
	var backends, glob word
	f.Var(&backends, "backend", "`LIST` of the backends to run on; without it all")
	f.Var(&glob, "case", "`GLOB` that the names of the cases match, such as 'write-*'")
	rf := addReportFlags(f, formatText, formatJSON, formatJUnit, formatMarkdown)
	files, err := parse(f, args)
	if err != nil {
		return err
	}
	s := t.everything()
	if backends != "" {
		if s, err = t.pick(string(backends)); err != nil {
			return err
		}
	}
	cases, err := t.pickCases(string(glob), files)
	if err != nil {
		return err
	}
	if err := rf.check(); err != nil {
		return err
	}
	r := t.conform(ctx, s, cases)
	err = t.deliver(rf, func(p *page) error {
		switch rf.format.value {
		case formatJSON:
			return writeJSON(p, r)
		case formatJUnit:
			return writeJUnit(p, r)
		case formatMarkdown:
			resultsMarkdown(p, r)
		default:
			resultsText(p, r)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return t.settle(r, rf)
}

// resultsText writes a line a result. Those that passed or do not apply are
// counted only, unless there are just a few results.
func resultsText(p *page, r *conformance.Report) {
	const few = 50
	all := len(r.Cases)*len(r.Backends) <= few
	width := 0
	for _, b := range r.Backends {
		width = max(width, len(b.Name))
	}
	p.line("%s on %s; %s", plural(len(r.Cases), "case"), plural(len(r.Backends), "backend"), environmentText(r.Environment))
	p.line("")
	for i, b := range r.Backends {
		for _, f := range resultsOf(r, i) {
			o := f.result.Outcome
			if !all && (o == conformance.Pass || o == conformance.NotApplicable) {
				continue
			}
			line := p.in(outcomeStyle(o), pad(string(o), len(conformance.NotApplicable))) + "  " + pad(b.Name, width) + "  " + f.c.Name
			if why := f.why(); why != "" {
				line += "  " + why
			}
			p.line("%s", line)
		}
	}
	if !all {
		p.line("")
		p.line("Cases that passed or do not apply are only counted. -format json has them all.")
	}
	failuresText(p, r)
	summaryText(p, r)
	p.line("")
	verdictText(p, r)
}

func outcomeStyle(o conformance.Outcome) style {
	switch {
	case o.Bad():
		return red
	case o == conformance.Pass:
		return green
	case o == conformance.Differs:
		return yellow
	}
	return dim
}
