package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"mx.example/conformance"
	"mx.example/conformance/compare"
	"mx.example/conformance/report"
	"mx.example/conformance/report/text"
	"mx.example/conformance/trace"
)

// runCases runs the suite, or the cases of files, on some backends and says
// what came of each case.
func runCases(ctx context.Context, t *tool, args []string) (err error) {
	f := newFlags("run")
	var backends, glob word
	f.Var(&backends, "backend", "`LIST` of the backends to run on; without it all")
	f.Var(&glob, "case", "`GLOB` that the names of the cases match, such as 'write-*'")
	expect := f.String("expect", "", "`FILE` of the cases that are known to fail, each with a reason; the run is good if exactly those do")
	write := f.String("write-expect", "", "`FILE` to write with the cases that fail, to be expected from here on")
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
	var expected *conformance.Expectations
	if *expect != "" {
		if expected, err = t.readExpectations(*expect, cases); err != nil {
			return err
		}
	}
	if err := t.openReport(rf); err != nil {
		return err
	}
	r := t.conformBy(ctx, s, cases, conformance.Options{Expect: expected})
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
	for _, res := range r.News() {
		fmt.Fprintf(t.stderr, "mxconform: news: %s on %s: %s, and was expected to fail: %s\n", res.Case, res.Backend, res.Outcome, res.Expected)
	}
	if *write != "" && !r.Canceled {
		var list strings.Builder
		conformance.WriteExpectations(&list, r) // a Builder takes it all
		if err := writeFile(*write, list.String()); err != nil {
			return cannot("write", *write, err)
		}
		return nil
	}
	return t.settle(r, rf)
}

// readExpectations reads what is known to fail of the suite and of cases.
func (t *tool) readExpectations(name string, cases []trace.Case) (*conformance.Expectations, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, cannot("read", name, err)
	}
	defer f.Close()
	e, err := conformance.ParseExpectations(name, f, cases...)
	if err != nil {
		return nil, usagef("%v", err)
	}
	return e, nil
}
