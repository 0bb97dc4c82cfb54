package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"mx.example/conformance"
	"mx.example/conformance/compare"
	"mx.example/conformance/report"
	"mx.example/conformance/report/text"
	"mx.example/conformance/trace"
	"mx.example/handle"
)

// replay makes the calls of cases and shows every result, line by line.
func replay(ctx context.Context, t *tool, args []string) (err error) {
	f := newFlags("replay")
	backends := word(t.backends[0].Name())
	f.Var(&backends, "backend", "`LIST` of the backends to replay on")
	kf := addKernelFlags(f)
	rest, err := parse(f, args)
	if err != nil {
		return err
	}
	end, err := kf.open(t, &backends, word(t.backends[0].Name()))
	if err != nil {
		return err
	}
	defer ended(end, &err)
	if len(rest) == 0 {
		return usagef("replay needs a case file, or the name of a case of the suite")
	}
	if len(rest) > 1 {
		return usagef("replay takes one file, and %q is another", rest[1])
	}
	s, err := t.pick(string(backends))
	if err != nil {
		return err
	}
	cases, err := t.casesIn(rest[0])
	if err != nil {
		return err
	}
	ok := true
	for _, b := range s.backends {
		for _, e := range b.Editions() {
			if !s.only(conformance.BackendName(b.Name(), e)) {
				continue
			}
			for i := range cases {
				good, err := t.replayCase(ctx, b, e, &cases[i])
				if err != nil {
					return err
				}
				ok = ok && good
			}
		}
	}
	if !ok {
		return errBad
	}
	return nil
}

// casesIn reads a file; a name that no file has may be that of a case of the
// suite.
func (t *tool) casesIn(name string) ([]trace.Case, error) {
	if name == "-" {
		return t.readCases(name)
	}
	_, err := os.Stat(name)
	if !errors.Is(err, fs.ErrNotExist) {
		return t.readCases(name)
	}
	var known []string
	for i := range t.suite {
		if strings.EqualFold(t.suite[i].Name, name) {
			return t.suite[i : i+1], nil
		}
		known = append(known, t.suite[i].Name)
	}
	return nil, unknown("file or case", name, known, `"mxconform list cases" has the cases`)
}

// replayCase runs a case and writes what came of each call. It reports whether
// the result is one that may be.
func (t *tool) replayCase(ctx context.Context, b conformance.Backend, e handle.Edition, c *trace.Case) (ok bool, err error) {
	p := &text.Page{Color: t.color, Columns: t.columns}
	p.Line("%s", p.Bold(fmt.Sprintf("%s on %s", c.Name, conformance.BackendName(b.Name(), e))))
	if c.Doc != "" {
		p.Paragraph("  ", c.Doc)
	}
	p.Line("")
	if why := b.Available(); why != nil {
		p.Line("  not available: %v", why)
		p.Line("")
		_, err := t.stdout.Write(p.Bytes())
		return true, err
	}
	r := conformance.RunCase(ctx, b, e, c)
	if r.Outcome == "" {
		return false, errInterrupted
	}
	steps := c.StepsFor(e)
	numbers := 0
	for i := range steps {
		numbers = max(numbers, len(fmt.Sprint(steps[i].Line)))
	}
	differs := false
	for i := range r.Steps {
		s := &r.Steps[i]
		differs = differs || s.Divergence != ""
		var line *trace.Step
		if i < len(steps) {
			line = &steps[i] // the calls are made in the order of the lines
		}
		replayStep(p, numbers, s, line, differs)
	}
	if left := len(steps) - len(r.Steps); left > 0 && r.Outcome != conformance.NotApplicable {
		p.Line("  %s", p.In(text.Dim, text.Plural(left, "more line")+" not carried out"))
	}
	p.Line("")
	outcome := p.In(report.OutcomeStyle(r.Outcome), string(r.Outcome))
	if names := strings.Join(r.Divergences, ", "); names != "" {
		outcome += ": " + names
	}
	p.Line("  %s", outcome)
	// What the steps do not say themselves.
	if len(r.Steps) == 0 || r.Steps[len(r.Steps)-1].Judged == conformance.Pass {
		for line := range strings.Lines(r.Detail) {
			p.Text("  " + line)
		}
	}
	p.Line("")
	_, err = t.stdout.Write(p.Bytes())
	return !r.Outcome.Bad(), err
}

// replayStep writes one call with its result, and what was wanted if that is
// something else. After a difference the case's own line may not hold any
// more, and is shown beside what the contract wants in the state that
// followed.
func replayStep(p *text.Page, numbers int, s *conformance.StepResult, line *trace.Step, differs bool) {
	head := fmt.Sprintf("  %s  ", text.PadLeft(fmt.Sprint(s.Line), numbers))
	mark := "  "
	if s.Judged != conformance.Pass {
		mark = "> "
	}
	more := text.Pad("", len(head)+len(mark)+2)
	if step := compare.StepText(s); len(head)+len(mark)+len(step) <= p.Width() {
		p.Line("%s%s%s", head, mark, p.In(stepStyle(s), step))
	} else {
		p.Hanging(head+mark, more, step)
	}
	switch {
	case s.Judged == conformance.UnsupportedCase:
	case s.Judged != conformance.Pass:
		if len(s.Wanted) > 0 {
			p.Hanging(more+"wanted ", more+"  ", strings.Join(s.Wanted, " or "))
		}
		if s.Divergence == "" {
			p.Line("%s%s", more, p.In(text.Red, "no divergence describes this"))
		}
	case differs && line != nil:
		if written := writtenOtherwise(s, line); written != "" {
			p.Hanging(more, more+"  ", "the case has "+written+"; in the state that followed the contract wants this")
		}
	}
	if s.Divergence != "" {
		p.Line("%snamed  %s", more, s.Divergence)
	}
}

func stepStyle(s *conformance.StepResult) text.Style {
	if s.Judged == conformance.Pass {
		return text.Plain
	}
	return report.OutcomeStyle(s.Judged)
}

// writtenOtherwise is the answer that the case's line has, if that is plainly
// not the one that came. Answers that leave something open are not compared.
func writtenOtherwise(s *conformance.StepResult, line *trace.Step) string {
	var all []string
	for i := range line.Want {
		text := line.Want[i].Text(&line.Call)
		if text == compare.Answer(s) || strings.Contains(text, "...") {
			return ""
		}
		all = append(all, text)
	}
	return strings.Join(all, " or ")
}
