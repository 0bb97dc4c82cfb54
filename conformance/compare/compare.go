// Package compare says what a report of the suite shows: how the backends
// differ from the contract and from each other, as data that package report
// renders.
package compare

import (
	"fmt"
	"slices"
	"strings"

	"mx.example/conformance"
	"mx.example/conformance/trace"
	"mx.example/handle"
)

// A Comparison is a report with what was made of it.
type Comparison struct {
	Report *conformance.Report
	// Pairs are the backends that are compared with each other. Without any,
	// all of them are compared with the contract.
	Pairs []Pair
	// Differences are those of the report: those in answers first, and of each
	// part the most frequent first.
	Differences []*Difference
	// Model is the kind that the others are shown beside.
	Model string
}

// A Pair is two backends by full name, the reference on the left.
type Pair struct{ Left, Right string }

// Of returns what a report shows. The first of its backends is the model.
func Of(r *conformance.Report, pairs ...Pair) *Comparison {
	c := &Comparison{Report: r, Pairs: pairs, Differences: differencesOf(r)}
	if len(r.Backends) > 0 {
		c.Model = KindOf(r.Backends[0].Name)
	}
	return c
}

// Differing returns the differences in answers.
func (c *Comparison) Differing() []*Difference {
	for i, d := range c.Differences {
		if !d.Answers {
			return c.Differences[:i]
		}
	}
	return c.Differences
}

// Reference returns the number of the backend that backend i is shown beside:
// the left one of its pair, or the model in the same edition, or else itself.
func (c *Comparison) Reference(i int) int {
	name := c.Report.Backends[i].Name
	beside := conformance.BackendName(c.Model, c.Report.Backends[i].Edition)
	for _, two := range c.Pairs {
		if two.Right == name {
			beside = two.Left
		}
	}
	n := slices.IndexFunc(c.Report.Backends, func(b conformance.BackendInfo) bool { return b.Name == beside })
	if n < 0 {
		return i
	}
	return n
}

// KindOf and EditionOf return the two parts of KIND:EDITION.
func KindOf(name string) string {
	kind, _, _ := strings.Cut(name, ":")
	return kind
}

func EditionOf(name string) string {
	_, edition, _ := strings.Cut(name, ":")
	return edition
}

// editionTitles say what the rule books are.
var editionTitles = map[string]string{
	"manual":     "the manual pages of mid-2017, to the letter",
	"kernel2017": "what the Magenta kernel of mid-2017 did",
	"zircon":     "what Zircon does today",
}

// EditionTitle returns the name of an edition, with what it is where that is
// known.
func EditionTitle(e handle.Edition) string {
	if title, ok := editionTitles[e.String()]; ok {
		return e.String() + ": " + title
	}
	return e.String()
}

// EditionNames returns the editions that a case speaks for.
func EditionNames(c *trace.Case) []string {
	names := []string{}
	for _, e := range handle.Editions() {
		if c.For(e) {
			names = append(names, e.String())
		}
	}
	return names
}

// addNew adds a name that is not there yet.
func addNew(names []string, name string) []string {
	if slices.Contains(names, name) {
		return names
	}
	return append(names, name)
}

// countCases is "1 case" or "2 cases".
func countCases(n int) string {
	if n == 1 {
		return "1 case"
	}
	return fmt.Sprintf("%d cases", n)
}
