package main

import (
	"context"

	"mx.example/conformance"
	"mx.example/conformance/view"
)

// compare runs the suite on every backend, or on two of them, and shows how
// they differ.
func compare(ctx context.Context, t *tool, args []string) error {
	f := newFlags("compare")
	var left, right word
	f.Var(&left, "left", "`BACKEND` that is the reference when two are compared; mx if only -right is given")
	f.Var(&right, "right", "`BACKEND` that is compared with it, in the same edition unless both are named in full")
	rf := addReportFlags(f, formatText, formatJSON, formatJUnit, formatMarkdown, formatHTML)
	rest, err := parse(f, args)
	if err != nil {
		return err
	}
	if err := noArguments("compare", rest); err != nil {
		return err
	}
	pairs, err := t.pairs(string(left), string(right))
	if err != nil {
		return err
	}
	if err := rf.check(); err != nil {
		return err
	}
	s := t.everything()
	if pairs != nil {
		var names []string
		for _, p := range pairs {
			names = append(names, p.left, p.right)
		}
		s = t.named(names)
	}
	c := &comparison{pairs: pairs, model: t.backends[0].Name()}
	runCase := conformance.RunCase
	if rf.format.value == formatHTML {
		c.recording = &recording{runs: make(map[recorded]*view.Run)}
		runCase = c.recording.runCase
	}
	c.report = t.conformBy(ctx, s, t.suite, runCase)
	c.differences = differencesOf(c.report, t.divergences())
	err = t.deliver(rf, func(p *page) error {
		switch rf.format.value {
		case formatJSON:
			return writeJSON(p, c.report)
		case formatJUnit:
			return writeJUnit(p, c.report)
		case formatMarkdown:
			c.markdown(p)
		case formatHTML:
			return c.html(p)
		default:
			c.text(p)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return t.settle(c.report, rf)
}

// A comparison is a report with what was made of it.
type comparison struct {
	report      *conformance.Report
	pairs       []pair // none: all backends are compared with the contract
	differences []*difference
	model       string     // the kind that the others are measured by
	recording   *recording // of the runs, for a page that shows them; or nil
}

// A pair is two backends, by full name, the reference on the left.
type pair struct{ left, right string }

// pairs reads -left and -right. A bare KIND is compared in every edition that
// the other side has too.
func (t *tool) pairs(left, right string) ([]pair, error) {
	switch {
	case left == "" && right == "":
		return nil, nil
	case right == "":
		return nil, usagef("-left %s needs a -right to be compared with", left)
	case left == "":
		left = t.backends[0].Name()
	}
	lefts, err := t.expand(left)
	if err != nil {
		return nil, err
	}
	rights, err := t.expand(right)
	if err != nil {
		return nil, err
	}
	var pairs []pair
	for _, l := range lefts {
		for _, r := range rights {
			if len(lefts) == 1 && len(rights) == 1 || editionOf(l) == editionOf(r) {
				pairs = append(pairs, pair{l, r})
			}
		}
	}
	switch {
	case len(pairs) == 0:
		return nil, usagef("-left %s and -right %s have no edition in common; name them in full, as KIND:EDITION", left, right)
	case pairs[0].left == pairs[0].right:
		return nil, usagef("-left and -right are both %s", pairs[0].left)
	}
	return pairs, nil
}
