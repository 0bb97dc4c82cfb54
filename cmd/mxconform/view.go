package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"mx.example/conformance"
	"mx.example/conformance/compare"
	"mx.example/conformance/report/text"
	"mx.example/conformance/trace"
	"mx.example/conformance/view"
	"mx.example/handle"
)

// manySteps is from how many steps on a page takes a browser seconds to open.
const manySteps = 20_000

// viewCase runs a case, on several backends if they are asked for, and writes
// a page that plays what happened.
func viewCase(ctx context.Context, t *tool, args []string) (err error) {
	f := newFlags("view")
	backends := word(t.backends[0].Name())
	var glob word
	f.Var(&backends, "backend", "`LIST` of the backends that are shown beside each other; a bare KIND means one edition, the same for all of them if it can be")
	f.Var(&glob, "case", "`NAME` of the case, if the file holds several")
	rf := &reportFlags{} // there is one form
	f.Var(&rf.out, "o", "`FILE` to write the page to, whole or not at all, instead of the standard output")
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
		return usagef("view needs a case file, or the name of a case of the suite")
	}
	if len(rest) > 1 {
		return usagef("view takes one file, and %q is another", rest[1])
	}
	c, err := t.oneCase(rest[0], string(glob))
	if err != nil {
		return err
	}
	shown, err := t.beside(string(backends), c)
	if err != nil {
		return err
	}
	if err := t.openReport(rf); err != nil {
		return err
	}
	var runs []*view.Run
	var bad []string
	steps := 0
	for _, s := range shown {
		r, err := view.Record(ctx, c, s.backend, s.edition)
		if errors.Is(err, view.ErrInterrupted) {
			return errInterrupted
		}
		if err != nil {
			return err
		}
		if conformance.Outcome(r.Outcome).Bad() {
			bad = append(bad, fmt.Sprintf("%s on %s: %s", c.Name, r.Backend, r.Outcome))
		}
		runs = append(runs, r)
		steps += len(r.Steps)
	}
	err = t.deliver(rf, false, func(p *text.Page) error { return view.Page(p, c.Name, runs...) })
	if err != nil {
		return err
	}
	if steps >= manySteps {
		fmt.Fprintf(t.stderr, "mxconform: the page has %d steps: a browser takes seconds to open it, and memory in proportion; then it plays as any other\n", steps)
	}
	if bad != nil {
		fmt.Fprintf(t.stderr, "mxconform: %s\n", strings.Join(bad, "; "))
		return errBad
	}
	return nil
}

// oneCase finds the case that is to be looked at: the only one in a file, the
// one of that name in it, or one of the suite.
func (t *tool) oneCase(name, pick string) (*trace.Case, error) {
	cases, err := t.casesIn(name)
	if err != nil {
		return nil, err
	}
	var names []string
	for i := range cases {
		if cases[i].Name == cmp.Or(pick, cases[i].Name) {
			names = append(names, cases[i].Name)
		}
	}
	switch {
	case pick != "" && len(names) == 0:
		for i := range cases {
			names = append(names, cases[i].Name)
		}
		return nil, unknown("case", pick, names, name+" holds "+text.Plural(len(names), "case"))
	case len(names) > 1:
		return nil, usagef("%s holds %s: pick one of them with -case, such as -case %s", name, text.Plural(len(names), "case"), names[0])
	}
	i := slices.IndexFunc(cases, func(c trace.Case) bool { return c.Name == names[0] })
	return &cases[i], nil
}

// A showing is a backend in one edition.
type showing struct {
	backend conformance.Backend
	edition handle.Edition
}

// beside are the backends of a list that show the case, in its order. Those
// without an edition follow the one that the list names first, or else the
// first one that the case speaks for: what is beside each other should follow
// the same rules.
func (t *tool) beside(list string, c *trace.Case) ([]showing, error) {
	var shown []showing
	var named []handle.Edition
	words := strings.Split(list, ",")
	for i := range words {
		words[i] = strings.TrimSpace(words[i])
		if _, err := t.expand(words[i]); err != nil {
			return nil, err
		}
		if e, err := handle.ParseEdition(compare.EditionOf(words[i])); err == nil {
			named = append(named, e)
		}
	}
	for _, word := range words {
		i := slices.IndexFunc(t.backends, func(b conformance.Backend) bool { return b.Name() == compare.KindOf(word) })
		s := showing{backend: t.backends[i]}
		if e, err := handle.ParseEdition(compare.EditionOf(word)); err == nil {
			s.edition = e
		} else {
			can := slices.DeleteFunc(slices.Clone(s.backend.Editions()), func(e handle.Edition) bool { return !c.For(e) })
			if len(can) == 0 {
				return nil, usagef("%s speaks for %s, and %s follows no such edition", c.Name, text.List(compare.EditionNames(c), "and"), word)
			}
			s.edition = can[0]
			for _, e := range named {
				if slices.Contains(can, e) {
					s.edition = e
					break
				}
			}
		}
		if slices.ContainsFunc(shown, func(have showing) bool {
			return have.backend.Name() == s.backend.Name() && have.edition == s.edition
		}) {
			return nil, usagef("%s is in the list twice", conformance.BackendName(s.backend.Name(), s.edition))
		}
		if !c.For(s.edition) {
			return nil, usagef("%s speaks for %s, not for %s", c.Name, text.List(compare.EditionNames(c), "and"), s.edition)
		}
		shown = append(shown, s)
	}
	return shown, nil
}
