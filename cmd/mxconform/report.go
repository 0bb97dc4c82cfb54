package main

import (
	"context"
	"errors"
	"flag"
	"fmt"

	"mx.example/conformance"
	"mx.example/conformance/compare"
	"mx.example/conformance/report"
	"mx.example/conformance/report/text"
	"mx.example/conformance/trace"
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
	format  choice
	out     word
	verbose bool
}

// addReportFlags adds -format, whose default is the first of the formats, and
// -o.
func addReportFlags(f *flag.FlagSet, formats ...string) *reportFlags {
	r := &reportFlags{format: choice{value: formats[0], allowed: formats}}
	f.Var(&r.format, "format", "`FORM` of the report: "+text.List(formats, "or"))
	f.Var(&r.out, "o", "`FILE` to write the report to, whole or not at all; - is the standard output. After an interrupt, FILE.partial has what was done")
	return r
}

// toStdout reports whether the report goes to the standard output.
func (r *reportFlags) toStdout() bool { return r.out == "" || r.out == "-" }

// openReport finds out before a run whether its report can be written, and
// makes the file ready.
func (t *tool) openReport(r *reportFlags) (err error) {
	if !r.toStdout() {
		t.out, err = openOutput(string(r.out))
	}
	return err
}

// deliver writes a report to where it goes. A partial one takes the place of
// no other.
func (t *tool) deliver(r *reportFlags, partial bool, render func(p *text.Page) error) error {
	p := &text.Page{Columns: t.columns}
	if r.toStdout() && r.format.value == formatText {
		p.Color = t.color
	} else {
		p.Columns = 0
	}
	if err := render(p); err != nil {
		return err
	}
	if r.toStdout() {
		_, err := t.stdout.Write(p.Bytes())
		return err
	}
	name, err := t.out.write(p.Bytes(), partial)
	if err != nil {
		return fmt.Errorf("the report was not written, and %s is as it was: %w", r.out, err)
	}
	if partial {
		fmt.Fprintf(t.stderr, "mxconform: what was done until the interrupt is in %s\n", name)
	}
	return nil
}

// deliverReport writes a comparison in the form that is asked for.
func (t *tool) deliverReport(rf *reportFlags, c *compare.Comparison, rec *report.Recording) error {
	return t.deliver(rf, c.Report.Canceled, func(p *text.Page) error {
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
			return report.Text(p, c, report.Options{Color: p.Color, Columns: p.Columns, Verbose: rf.verbose})
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

// conform runs cases on the selected backends, and tells how far it is.
func (t *tool) conform(ctx context.Context, s selection, cases []trace.Case) *conformance.Report {
	return t.conformBy(ctx, s, cases, conformance.Options{})
}

// conformBy is conform with options: what is expected, or who runs the cases.
func (t *tool) conformBy(ctx context.Context, s selection, cases []trace.Case, o conformance.Options) *conformance.Report {
	line := t.progressLine(text.Plural(len(cases), "case") + " on " + s.String())
	defer line.clear()
	o.Only = s.only
	o.Progress = func(p conformance.Progress) {
		line.showOf(p.Done, p.Total, "%d of %d results, %s", p.Done, p.Total, p.Last.Backend)
	}
	r := conformance.Run(ctx, s.backends, cases, o)
	r.Date, r.Command = t.now, t.commandLine
	return r
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
	if !f.toStdout() || f.format.value != formatText {
		fmt.Fprintf(t.stderr, "mxconform: %s\n", report.Verdict(r))
	}
	return errBad
}
