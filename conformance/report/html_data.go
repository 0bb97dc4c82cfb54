package report

import (
	"reflect"
	"slices"
	"strings"

	"mx.example/conformance"
	"mx.example/conformance/clause"
	"mx.example/conformance/compare"
	"mx.example/conformance/trace"
)

// htmlData is what the page draws. Indices count from 0.
type htmlData struct {
	Backends    []htmlBackend             `json:"backends"`
	Groups      []htmlGroup               `json:"groups"`
	Clauses     map[string]htmlClause     `json:"clauses"`
	Divergences map[string]htmlDivergence `json:"divergences"`
	Cases       []htmlCase                `json:"cases"`
	Differences []htmlDifference          `json:"differences"`
	Pairs       []htmlPair                `json:"pairs"`
}

type htmlBackend struct {
	Name    string `json:"name"`
	Kind    string `json:"kind"`
	Edition string `json:"edition"`
	// Reference is the backend that this one is shown beside.
	Reference int    `json:"reference"`
	Available bool   `json:"available"`
	Why       string `json:"why,omitempty"`
}

type htmlGroup struct {
	Letter string `json:"letter"`
	Title  string `json:"title"`
}

type htmlClause struct {
	Title string            `json:"title"`
	Says  map[string]string `json:"says"`
}

type htmlDivergence struct {
	Cause   string   `json:"cause"`
	Source  string   `json:"source"`
	Clauses []string `json:"clauses"`
}

// htmlCase is a case with its results. Backends that answered alike share one.
type htmlCase struct {
	Name     string       `json:"name"`
	Doc      string       `json:"doc"`
	File     string       `json:"file"`
	Line     int          `json:"line"`
	Clauses  []string     `json:"clauses"`
	Editions []string     `json:"editions"`
	Text     string       `json:"text"`
	Results  []htmlResult `json:"results"`
	// Of has the number of a result for each backend, or -1.
	Of []int `json:"of"`
}

type htmlResult struct {
	Outcome     conformance.Outcome `json:"outcome"`
	Divergences []string            `json:"divergences,omitempty"`
	Detail      string              `json:"detail,omitempty"`
	Steps       []htmlStep          `json:"steps"`
}

type htmlStep struct {
	Line       int                 `json:"line"`
	Call       string              `json:"call"`
	Started    bool                `json:"started,omitempty"` // and not answered yet
	Wanted     []string            `json:"wanted,omitempty"`
	Got        string              `json:"got"`
	Judged     conformance.Outcome `json:"judged"`
	Divergence string              `json:"divergence,omitempty"`
}

type htmlDifference struct {
	Name    string      `json:"name"`
	Answers bool        `json:"answers"`
	Brief   string      `json:"brief"`
	Cause   string      `json:"cause"`
	Source  string      `json:"source,omitempty"`
	Kinds   []string    `json:"kinds"`
	Count   int         `json:"count"` // of cases
	Where   string      `json:"where"`
	Example htmlExample `json:"example"`
}

// htmlExample is a result that shows a difference.
type htmlExample struct {
	Case    string `json:"case"`
	Backend string `json:"backend"`
	Step    int    `json:"step"` // of the result
}

type htmlPair struct {
	Title   string         `json:"title"`
	Left    string         `json:"left"`
	Right   string         `json:"right"`
	Answers []htmlContrast `json:"answers"`
	Missing []htmlMissing  `json:"missing"`
}

type htmlContrast struct {
	Case  string `json:"case"`
	Call  string `json:"call"`
	Left  string `json:"left"`
	Right string `json:"right"`
}

type htmlMissing struct {
	Why   string   `json:"why"`
	Cases []string `json:"cases"`
}

// htmlDataOf gathers what the page draws.
func htmlDataOf(c *compare.Comparison) *htmlData {
	r := c.Report
	d := &htmlData{
		Backends:    []htmlBackend{},
		Groups:      []htmlGroup{},
		Clauses:     make(map[string]htmlClause),
		Divergences: make(map[string]htmlDivergence),
		Cases:       make([]htmlCase, len(r.Cases)),
		Differences: []htmlDifference{},
		Pairs:       []htmlPair{},
	}
	for i, b := range r.Backends {
		d.Backends = append(d.Backends, htmlBackend{
			Name: b.Name, Kind: compare.KindOf(b.Name), Edition: b.Edition.String(),
			Reference: c.Reference(i), Available: b.Available, Why: b.Why,
		})
	}
	for i := range r.Cases {
		d.Cases[i] = htmlCaseOf(&r.Cases[i])
		for _, id := range r.Cases[i].Case.Clauses {
			d.clause(id)
		}
	}
	for _, g := range clause.Groups() {
		covers := func(id string) bool { return strings.HasPrefix(id, g.Letter+"-") }
		if slices.ContainsFunc(d.Cases, func(c htmlCase) bool { return slices.ContainsFunc(c.Clauses, covers) }) {
			d.Groups = append(d.Groups, htmlGroup{g.Letter, g.Title})
		}
	}
	for _, diff := range c.Differences {
		h := htmlDivergence{Cause: diff.Cause(), Clauses: []string{}}
		if diff.About != nil {
			h.Source, h.Clauses = diff.About.Source, diff.About.Clauses
		}
		for _, id := range h.Clauses {
			d.clause(id)
		}
		d.Divergences[diff.Name] = h
		d.Differences = append(d.Differences, htmlDifference{
			Name: diff.Name, Answers: diff.Answers, Brief: diff.Brief(), Cause: diff.Cause(), Source: h.Source,
			Kinds: diff.Kinds, Count: len(diff.Cases), Where: diff.Where(),
			Example: htmlExample{diff.Example.Case.Name, diff.Example.Result.Result.Backend, diff.Example.Step},
		})
	}
	for _, two := range c.Pairs {
		d.Pairs = append(d.Pairs, htmlPairOf(c.View(two)))
	}
	return d
}

// clause takes in what the contract says under an id.
func (d *htmlData) clause(id string) {
	if _, have := d.Clauses[id]; have {
		return
	}
	known, ok := clause.Lookup(id)
	if !ok {
		return
	}
	h := htmlClause{Title: known.Title, Says: make(map[string]string)}
	for _, reading := range known.Editions {
		h.Says[reading.Edition] = reading.Says
	}
	d.Clauses[id] = h
}

func htmlCaseOf(c *conformance.CaseReport) htmlCase {
	_, text, _ := strings.Cut(c.Case.String(), "\n\n")
	h := htmlCase{
		Name: c.Case.Name, Doc: c.Case.Doc, File: c.Case.File, Line: c.Case.Line,
		Clauses: append([]string{}, c.Case.Clauses...), Editions: compare.EditionNames(c.Case), Text: text,
		Results: []htmlResult{},
	}
	for _, res := range c.Results {
		if res == nil {
			h.Of = append(h.Of, -1)
			continue
		}
		result := htmlResultOf(res)
		n := slices.IndexFunc(h.Results, func(have htmlResult) bool { return reflect.DeepEqual(have, result) })
		if n < 0 {
			n = len(h.Results)
			h.Results = append(h.Results, result)
		}
		h.Of = append(h.Of, n)
	}
	return h
}

func htmlResultOf(res *conformance.CaseResult) htmlResult {
	h := htmlResult{Outcome: res.Outcome, Divergences: res.Divergences, Detail: res.Detail, Steps: []htmlStep{}}
	for i := range res.Steps {
		s := &res.Steps[i]
		h.Steps = append(h.Steps, htmlStep{
			Line: s.Line, Call: compare.CallText(s), Started: s.Kind == trace.Start,
			Wanted: s.Wanted, Got: s.Got, Judged: s.Judged, Divergence: s.Divergence,
		})
	}
	return h
}

func htmlPairOf(v *compare.PairView) htmlPair {
	h := htmlPair{Title: v.Title(), Left: v.Left, Right: v.Right, Answers: []htmlContrast{}, Missing: []htmlMissing{}}
	for i := range v.Answers {
		x := &v.Answers[i]
		h.Answers = append(h.Answers, htmlContrast{x.Case.Name, x.Call(), x.Text(x.Left), x.Text(x.Right)})
	}
	for _, why := range v.Reasons {
		h.Missing = append(h.Missing, htmlMissing{why, v.Missing[why]})
	}
	return h
}
