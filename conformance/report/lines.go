package report

import (
	"io"

	"mx.example/conformance"
	"mx.example/conformance/compare"
	"mx.example/conformance/report/text"
)

// Lines writes a line a result, for a person. Those that passed or do not
// apply are counted only, unless there are just a few results.
func Lines(w io.Writer, r *conformance.Report, o Options) error {
	p := o.page()
	const few = 50
	all := len(r.Cases)*len(r.Backends) <= few
	width := 0
	for _, b := range r.Backends {
		width = max(width, len(b.Name))
	}
	p.Line("%s on %s; %s", text.Plural(len(r.Cases), "case"), text.Plural(len(r.Backends), "backend"), EnvironmentText(r.Environment))
	p.Line("")
	for i, b := range r.Backends {
		for _, f := range compare.ResultsOf(r, i) {
			came := f.Result.Outcome
			if !all && (came == conformance.Pass || came == conformance.NotApplicable || came == conformance.UnsupportedCase) {
				continue
			}
			line := p.In(OutcomeStyle(came), text.Pad(string(came), len(conformance.NotApplicable))) + "  " + text.Pad(b.Name, width) + "  " + f.Case.Name
			if why := f.Why(); why != "" {
				p.Hanging(line+"  ", "    ", why)
				continue
			}
			p.Line("%s", line)
		}
	}
	if !all {
		p.Line("")
		p.Line("Cases that passed, do not apply or are unsupported are only counted. -format json has them all.")
		reasonsText(p, r)
	}
	failuresText(p, r)
	summaryText(p, r)
	p.Line("")
	p.Line("%s", verdictIn(p, r))
	_, err := w.Write(p.Bytes())
	return err
}

// reasonsText says why cases are unsupported, each reason once.
func reasonsText(p *text.Page, r *conformance.Report) {
	for i, b := range r.Backends {
		list := r.Reasons(i)
		if len(list) == 0 {
			continue
		}
		p.Line("")
		p.Line("Unsupported on %s:", b.Name)
		for _, why := range list {
			count := text.Pad(text.Plural(why.Cases, "case"), len("999 cases"))
			p.Hanging("  "+count+"  ", text.Pad("", len(count)+4), why.Why)
		}
	}
}

// OutcomeStyle returns the style that an outcome is shown in.
func OutcomeStyle(o conformance.Outcome) text.Style {
	switch {
	case o.Bad():
		return text.Red
	case o == conformance.Pass:
		return text.Green
	case o == conformance.Differs:
		return text.Yellow
	}
	return text.Dim
}
