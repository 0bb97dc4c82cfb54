package main

import (
	"slices"
	"strings"

	"mx.example/conformance"
	"mx.example/conformance/report/text"
)

// A selection is some of the backends, in some of their editions.
type selection struct {
	backends []conformance.Backend
	only     func(name string) bool // by KIND:EDITION; nil for all
}

// String lists the kinds.
func (s selection) String() string {
	var kinds []string
	for _, b := range s.backends {
		kinds = append(kinds, b.Name())
	}
	return text.List(kinds, "and")
}

// everything selects every backend in every edition.
func (t *tool) everything() selection { return selection{backends: t.backends} }

// pick selects by a LIST of names KIND:EDITION or KIND, separated by commas.
// The backends stay in the order of the tool.
func (t *tool) pick(list string) (selection, error) {
	var names []string
	for word := range strings.SplitSeq(list, ",") {
		these, err := t.expand(strings.TrimSpace(word))
		if err != nil {
			return selection{}, err
		}
		names = append(names, these...)
	}
	return t.named(names), nil
}

// named selects by full names, each of which there is.
func (t *tool) named(names []string) selection {
	s := selection{only: func(name string) bool { return slices.Contains(names, name) }}
	for _, b := range t.backends {
		if slices.ContainsFunc(namesOf(b), s.only) {
			s.backends = append(s.backends, b)
		}
	}
	return s
}

// expand gives the full names that KIND:EDITION or KIND stands for.
func (t *tool) expand(word string) ([]string, error) {
	if word == "" {
		return nil, usagef(`a backend without a name; "mxconform list backends" has the names`)
	}
	var known []string
	for _, b := range t.backends {
		names := namesOf(b)
		if word == b.Name() {
			return names, nil
		}
		if slices.Contains(names, word) {
			return []string{word}, nil
		}
		known = append(append(known, b.Name()), names...)
	}
	return nil, unknown("backend", word, known, `"mxconform list backends" has all`)
}

// namesOf are the names KIND:EDITION of a backend.
func namesOf(b conformance.Backend) []string {
	var names []string
	for _, e := range b.Editions() {
		names = append(names, conformance.BackendName(b.Name(), e))
	}
	return names
}

// divergences are those that the backends know, each name once.
func (t *tool) divergences() []conformance.Divergence {
	var all []conformance.Divergence
	for _, b := range t.backends {
		d, ok := b.(conformance.Diverger)
		if !ok {
			continue
		}
		for _, d := range d.Divergences() {
			same := func(have conformance.Divergence) bool { return have.Name == d.Name }
			if !slices.ContainsFunc(all, same) {
				all = append(all, d)
			}
		}
	}
	return all
}
