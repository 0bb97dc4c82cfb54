package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"mx.example/conformance"
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
	f.Var(&r.format, "format", "`FORM` of the report: "+listOf(formats, "or"))
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
func (t *tool) deliver(r *reportFlags, render func(w *page) error) error {
	p := &page{color: t.color && r.out == "" && r.format.value == formatText}
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

// writeJSON writes v indented, so that two reports can be compared by lines.
func writeJSON(w *page, v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	if err := json.Indent(&w.Buffer, text, "", " "); err != nil {
		return err
	}
	return w.WriteByte('\n')
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
		fmt.Fprintf(t.stderr, "mxconform: %s\n", verdict(r))
	}
	return errBad
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
	}
	return sum
}

// verdict says in a line how a run went.
func verdict(r *conformance.Report) string {
	s := total(r)
	var bad []string
	if s.Fail > 0 {
		bad = append(bad, fmt.Sprintf("%s failed", plural(s.Fail, "result")))
	}
	if s.Unexplained > 0 {
		bad = append(bad, fmt.Sprintf("%d unexplained", s.Unexplained))
	}
	text := "nothing failed, and nothing is unexplained"
	switch {
	case len(bad) > 0:
		text = strings.Join(bad, ", ")
	case s.Pass+s.Differs+s.Unsupported == 0:
		text = "there was nothing to run"
	}
	switch {
	case r.Canceled:
		return "PARTIAL, the run was interrupted. So far: " + text
	case len(bad) > 0:
		return "FAIL: " + text
	}
	return "PASS: " + text
}
