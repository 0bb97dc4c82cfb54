package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"

	"mx.example/conformance"
	"mx.example/conformance/compare"
	"mx.example/conformance/report"
	"mx.example/conformance/report/text"
	"mx.example/conformance/trace"
	"mx.example/handle"
)

// The forms that a report comes in.
const (
	formatText     = "text"
	formatJSON     = "json"
	formatJUnit    = "junit"
	formatMarkdown = "markdown"
	formatHTML     = "html"
)

// reportFlags say in what form a report comes, and where it goes.
type reportFlags struct {
	format choice
	out    word
}

// addReportFlags adds -format, whose default is the first of the formats, and
// -o.
func addReportFlags(f *flag.FlagSet, formats ...string) *reportFlags {
	r := &reportFlags{format: choice{value: formats[0], allowed: formats}}
	f.Var(&r.format, "format", "`FORM` of the report: "+text.List(formats, "or"))
	f.Var(&r.out, "o", "`FILE` to write the report to, whole or not at all, instead of the standard output")
	return r
}

// check finds out early whether the report can be written.
func (r *reportFlags) check() error {
	if r.out == "" {
		return nil
	}
	return checkOut(string(r.out))
}

// deliver writes a report to where it goes.
func (t *tool) deliver(r *reportFlags, render func(w *text.Page) error) error {
	p := &text.Page{Color: t.color && r.out == "" && r.format.value == formatText}
	if err := render(p); err != nil {
		return err
	}
	if r.out == "" {
		_, err := t.stdout.Write(p.Bytes())
		return err
	}
	err := writeFile(string(r.out), func(w io.Writer) error {
		_, err := w.Write(p.Bytes())
		return err
	})
	if err != nil {
		return fmt.Errorf("the report was not written, and %s is as it was: %w", r.out, err)
	}
	return nil
}

// deliverReport writes a comparison in the form that is asked for.
func (t *tool) deliverReport(rf *reportFlags, c *compare.Comparison, rec *report.Recording) error {
	return t.deliver(rf, func(p *text.Page) error {
		switch rf.format.value {
		case formatJSON:
			return report.JSON(p, c.Report)
		case formatJUnit:
			return report.JUnit(p, c.Report)
		case formatMarkdown:
			return report.Markdown(p, c)
		case formatHTML:
			return report.HTML(p, c, rec)
		default:
			return report.Text(p, c, report.Options{Color: p.Color})
		}
	})
}

// A word is a flag whose value is not empty.
type word string

func (w *word) String() string { return string(*w) }

func (w *word) Set(s string) error {
	if s == "" {
		return errors.New("it must not be empty")
	}
	*w = word(s)
	return nil
}

// conform runs cases on the selected backends, with progress on a terminal.
func (t *tool) conform(ctx context.Context, s selection, cases []trace.Case) *conformance.Report {
	return t.conformBy(ctx, s, cases, conformance.RunCase)
}

// A caseRunner runs a case, as conformance.RunCase does.
type caseRunner func(context.Context, conformance.Backend, handle.Edition, *trace.Case) conformance.CaseResult

// conformBy is conform with somebody else running the cases.
func (t *tool) conformBy(ctx context.Context, s selection, cases []trace.Case, run caseRunner) *conformance.Report {
	line := t.progressLine()
	defer line.clear()
	return conformance.Run(ctx, s.backends, cases, conformance.Options{
		Only:    s.only,
		RunCase: run,
		Progress: func(p conformance.Progress) {
			line.show("%d of %d results, %s", p.Done, p.Total, p.Last.Backend)
		},
	})
}

// settle is what is left to say after a report has been delivered: nil if all
// is well, or the reason for exit status 1.
func (t *tool) settle(r *conformance.Report, f *reportFlags) error {
	if r.Canceled {
		return errInterrupted
	}
	if r.OK() {
		return nil
	}
	if f.out != "" || f.format.value != formatText {
		fmt.Fprintf(t.stderr, "mxconform: %s\n", report.Verdict(r))
	}
	return errBad
}
