package hostmodel

import (
	"slices"

	"mx.example/conformance"
)

// Catalogue returns every way in which descriptors are known to differ from the
// contract. Of a result that the contract does not allow, the kernel model says
// whether the kernel may give it in the state that it is in; then the first
// thing that is unusual about it gives the name. What follows is always the
// state that the kernel is really in.
func Catalogue() []conformance.Divergence {
	return slices.Concat(unsupportedCalls, endings, rooms, messages, polls, unseen)
}

// DivergencesOf returns the part of the catalogue that is about a kind.
func DivergencesOf(kind string) []conformance.Divergence {
	return slices.DeleteFunc(Catalogue(), func(d conformance.Divergence) bool {
		return !slices.Contains(d.Kinds, kind)
	})
}

// shown is a divergence of results: it matches what explain gives that name.
func shown(d conformance.Divergence) conformance.Divergence {
	name := d.Name
	d.Match = func(s *conformance.Situation) bool { return explained(s) == name }
	d.Next = follow
	return d
}

// explained asks the kernel model once about each situation.
func explained(s *conformance.Situation) string {
	m, ok := s.Shadow.(*kernelModel)
	if !ok {
		return ""
	}
	if m.asked != s {
		m.asked, m.answer = s, viewOf(s).explain()
	}
	return m.answer
}
