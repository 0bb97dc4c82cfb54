package main

import (
	"context"

	"mx.example/conformance/compare"
	"mx.example/conformance/report"
	"mx.example/conformance/report/text"
)

// runCases runs the suite, or the cases of files, on some backends and says
// what came of each case.
func runCases(ctx context.Context, t *tool, args []string) (err error) {
	f := newFlags("run")
	var backends, glob word
	f.Var(&backends, "backend", "`LIST` of the backends to run on; without it all")
	f.Var(&glob, "case", "`GLOB` that the names of the cases match, such as 'write-*'")
	rf := addReportFlags(f, formatText, formatJSON, formatJUnit, formatMarkdown)
	kf := addKernelFlags(f)
	files, err := parse(f, args)
	if err != nil {
		return err
	}
	end, err := kf.open(t, &backends, "")
	if err != nil {
		return err
	}
	defer ended(end, &err)
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
	if err := t.openReport(rf); err != nil {
		return err
	}
	r := t.conform(ctx, s, cases)
	if rf.format.value == formatText {
		err = t.deliver(rf, r.Canceled, func(p *text.Page) error {
			return report.Lines(p, r, report.Options{Color: p.Color, Columns: p.Columns})
		})
	} else {
		err = t.deliverReport(rf, compare.Of(r), nil)
	}
	if err != nil {
		return err
	}
	return t.settle(r, rf)
}
