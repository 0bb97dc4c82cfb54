package main

import (
	"context"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"

	"mx.example/conformance"
	"mx.example/conformance/compare"
	"mx.example/conformance/inproc"
	"mx.example/conformance/report"
	"mx.example/conformance/report/text"
	"mx.example/conformance/trace"
	"mx.example/mxsocket/chaos"
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
	seed := f.String("chaos", "", "`SEED` of faults that mx makes on purpose, to see that the checks notice: go doc ./mxsocket/chaos")
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
	if *seed != "" {
		if err := t.beFaulty(*seed); err != nil {
			return err
		}
	}
	s := t.everything()
	if backends != "" {
		if s, err = t.pick(string(backends)); err != nil {
			return err
		}
	}
	if *seed != "" && !slices.ContainsFunc(s.backends, func(b conformance.Backend) bool { return b.Name() == inproc.Name }) {
		return usagef("-chaos is about %s, which -backend %s leaves out", inproc.Name, backends)
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

// beFaulty has the model make faults that are drawn from a seed.
func (t *tool) beFaulty(seed string) error {
	n, err := strconv.ParseUint(seed, 0, 64)
	if err != nil {
		return usagef("-chaos %s: a seed is a number from 0 to %d", seed, uint64(math.MaxUint64))
	}
	t.backends = slices.Clone(t.backends)
	for i, b := range t.backends {
		if b.Name() == inproc.Name {
			t.backends[i] = inproc.BackendWith(chaos.With(n))
		}
	}
	return nil
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
