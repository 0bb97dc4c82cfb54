package main

import (
	"context"

	"mx.example/conformance"
	"mx.example/conformance/compare"
	"mx.example/conformance/report"
)

// compareBackends runs the suite on every backend, or on two of them, and shows how
// they differ.
func compareBackends(ctx context.Context, t *tool, args []string) (err error) {
	f := newFlags("compare")
	var left, right word
	f.Var(&left, "left", "`BACKEND` that is the reference when two are compared; mx if only -right is given")
	f.Var(&right, "right", "`BACKEND` that is compared with it, in the same edition unless both are named in full")
	rf := addReportFlags(f, formatText, formatJSON, formatJUnit, formatMarkdown, formatHTML)
	f.BoolVar(&rf.verbose, "v", false, "show every difference with its cause and an example, and the sums of each backend")
	kf := addKernelFlags(f)
	rest, err := parse(f, args)
	if err != nil {
		return err
	}
	end, err := kf.open(t, nil, "")
	if err != nil {
		return err
	}
	defer ended(end, &err)
	if err := noArguments("compare", rest); err != nil {
		return err
	}
	pairs, err := t.pairs(string(left), string(right))
	if err != nil {
		return err
	}
	if err := t.openReport(rf); err != nil {
		return err
	}
	s := t.everything()
	if pairs != nil {
		var names []string
		for _, p := range pairs {
			names = append(names, p.Left, p.Right)
		}
		s = t.named(names)
	}
	var rec *report.Recording
	runCase := conformance.RunCase
	if rf.format.value == formatHTML {
		rec = &report.Recording{}
		runCase = rec.RunCase
	}
	r := t.conformBy(ctx, s, t.suite, conformance.Options{RunCase: runCase})
	if err := t.deliverReport(rf, compare.Of(r, pairs...), rec); err != nil {
		return err
	}
	return t.settle(r, rf)
}

// pairs reads -left and -right. A bare KIND is compared in every edition that
// the other side has too.
func (t *tool) pairs(left, right string) ([]compare.Pair, error) {
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
	var pairs []compare.Pair
	for _, l := range lefts {
		for _, r := range rights {
			if len(lefts) == 1 && len(rights) == 1 || compare.EditionOf(l) == compare.EditionOf(r) {
				pairs = append(pairs, compare.Pair{Left: l, Right: r})
			}
		}
	}
	switch {
	case len(pairs) == 0:
		return nil, usagef("-left %s and -right %s have no edition in common; name them in full, as KIND:EDITION", left, right)
	case pairs[0].Left == pairs[0].Right:
		return nil, usagef("-left and -right are both %s", pairs[0].Left)
	}
	return pairs, nil
}
