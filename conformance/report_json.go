package conformance

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"mx.example/conformance/trace"
	"mx.example/status"
)

// Schema names the form of a report as JSON. [Report.UnmarshalJSON] reads this
// form and the one before it.
const (
	Schema    = "mxconform/2"
	oldSchema = "mxconform/1"
)

// jsonReport is the schema. Fields are written in this order, the results and
// the summary by the names of the backends.
type jsonReport struct {
	Schema      string             `json:"schema"`
	Date        string             `json:"date"`
	Command     string             `json:"command"`
	Partial     bool               `json:"partial"`
	Environment Environment        `json:"environment"`
	Backends    []BackendInfo      `json:"backends"`
	Divergences []jsonDivergence   `json:"divergences"`
	Cases       []jsonCase         `json:"cases"`
	Summary     map[string]Summary `json:"summary"`
}

type jsonDivergence struct {
	Name    string   `json:"name"`
	Kinds   []string `json:"kinds"`
	Clauses []string `json:"clauses"`
	Cause   string   `json:"cause"`
	Source  string   `json:"source"`
	Timing  string   `json:"timing"`
}

type jsonCase struct {
	Name    string   `json:"name"`
	Clauses []string `json:"clauses"`
	File    string   `json:"file"`
	Line    int      `json:"line"`
	Text    string   `json:"text"`
	Lines   []int    `json:"lines"`
	// Made has the different lists of calls that were made.
	Made    [][]jsonStep          `json:"made"`
	Results map[string]jsonResult `json:"results"`
}

// A jsonStep is a [StepResult] with names for JSON.
type jsonStep struct {
	Line       int            `json:"line"`
	Kind       trace.StepKind `json:"kind,omitempty"`
	Actor      string         `json:"actor,omitempty"`
	Call       string         `json:"call"`
	Wanted     []string       `json:"wanted,omitempty"`
	Got        string         `json:"got"`
	Status     status.Status  `json:"status,omitempty"`
	Count      uint64         `json:"count,omitempty"`
	Errno      status.Errno   `json:"errno,omitempty"`
	Judged     Outcome        `json:"judged"`
	Divergence string         `json:"divergence,omitempty"`
	Departs    bool           `json:"departs,omitempty"`
}

type jsonResult struct {
	Outcome     Outcome  `json:"outcome"`
	Divergences []string `json:"divergences"`
	Detail      string   `json:"detail"`
	Made        int      `json:"made"`
}

// MarshalJSON writes the report as one object of the schema "mxconform/2":
//
//	{"schema", "date", "command", "partial",
//	 "environment": {"os", "kernel", "arch", "go"},
//	 "backends": [{"name", "about", "diverges", "edition", "available", "why"}],
//	 "divergences": [{"name", "kinds", "clauses", "cause", "source", "timing"}],
//	 "cases": [{"name", "clauses", "file", "line", "text", "lines": […],
//	   "made": [[{"line", "actor", "call", "wanted": […], "got", "status",
//	     "count", "errno", "judged", "divergence", "departs"}]],
//	   "results": {BACKEND: {"outcome", "divergences": […], "detail", "made"}}}],
//	 "summary": {BACKEND: {"pass", "fail", "differs", "unexplained",
//	   "unsupported", "not-applicable", "environment-fault"}}}
//
// A date that is not known is empty. The text of a case is as package trace
// parses it, and lines are those of its steps in the file. The "made" of a
// result is the number of a list of calls, from 0. Every field is always
// there, but those of a call that are 0 or empty. A backend that is not
// available has no results and a summary of zeros. How long a case took is not
// written: the same results at the same date give the same bytes.
func (r *Report) MarshalJSON() ([]byte, error) {
	out := jsonReport{
		Schema:      Schema,
		Command:     r.Command,
		Partial:     r.Canceled,
		Environment: r.Environment,
		Backends:    orEmpty(r.Backends),
		Divergences: []jsonDivergence{},
		Cases:       make([]jsonCase, len(r.Cases)),
		Summary:     make(map[string]Summary, len(r.Backends)),
	}
	if !r.Date.IsZero() {
		out.Date = r.Date.Format(time.RFC3339)
	}
	for _, d := range r.Divergences {
		out.Divergences = append(out.Divergences, jsonDivergence{d.Name, orEmpty(d.Kinds), orEmpty(d.Clauses), d.Cause, d.Source, d.Timing})
	}
	for i, b := range r.Backends {
		out.Summary[b.Name] = r.Summary(i)
	}
	for i := range r.Cases {
		j, err := r.jsonCase(&r.Cases[i])
		if err != nil {
			return nil, err
		}
		out.Cases[i] = j
	}
	return json.Marshal(out)
}

func (r *Report) jsonCase(c *CaseReport) (jsonCase, error) {
	j := jsonCase{
		Name: c.Case.Name, Clauses: orEmpty(c.Case.Clauses), File: c.Case.File, Line: c.Case.Line, Text: c.Case.String(),
		Lines: []int{}, Made: [][]jsonStep{}, Results: make(map[string]jsonResult, len(c.Results)),
	}
	for i := range c.Case.Steps {
		j.Lines = append(j.Lines, c.Case.Steps[i].Line)
	}
	known := make(map[string]int) // lists of calls, as JSON
	for n, res := range c.Results {
		if res == nil {
			continue
		}
		steps := []jsonStep{}
		for i := range res.Steps {
			steps = append(steps, jsonStep(res.Steps[i]))
		}
		text, err := json.Marshal(steps)
		if err != nil {
			return j, err
		}
		at, have := known[string(text)]
		if !have {
			at = len(j.Made)
			known[string(text)] = at
			j.Made = append(j.Made, steps)
		}
		j.Results[r.Backends[n].Name] = jsonResult{res.Outcome, orEmpty(res.Divergences), res.Detail, at}
	}
	return j, nil
}

// UnmarshalJSON reads a report of the schema "mxconform/2", or "mxconform/1",
// which has neither the calls nor the causes. The divergences of what was read
// have neither Match nor Next.
func (r *Report) UnmarshalJSON(text []byte) error {
	var in struct {
		jsonReport
		Backends []struct {
			BackendInfo
			Kind string `json:"kind"` // of mxconform/1
		} `json:"backends"`
	}
	if err := json.Unmarshal(text, &in); err != nil {
		return err
	}
	if in.Schema != Schema && in.Schema != oldSchema {
		return fmt.Errorf("the schema is %q, want %q or %q", in.Schema, Schema, oldSchema)
	}
	*r = Report{Command: in.Command, Canceled: in.Partial, Environment: in.Environment}
	if in.Date != "" {
		date, err := time.Parse(time.RFC3339, in.Date)
		if err != nil {
			return err
		}
		r.Date = date
	}
	column := make(map[string]int)
	for i, b := range in.Backends {
		switch b.Kind {
		case "posix-fd":
			b.Diverges, b.About = true, "file descriptors"
		case "in-process":
			b.About = "in-process"
		}
		column[b.Name] = i
		r.Backends = append(r.Backends, b.BackendInfo)
	}
	for _, d := range in.Divergences {
		r.Divergences = append(r.Divergences, Divergence{Name: d.Name, Kinds: d.Kinds, Clauses: d.Clauses, Cause: d.Cause, Source: d.Source, Timing: d.Timing})
	}
	for i := range in.Cases {
		c, err := in.Cases[i].read(column)
		if err != nil {
			return fmt.Errorf("case %s: %w", in.Cases[i].Name, err)
		}
		r.Cases = append(r.Cases, c)
	}
	return nil
}

// read makes a case of a report. column has the numbers of the backends.
func (j *jsonCase) read(column map[string]int) (CaseReport, error) {
	c := CaseReport{Case: &trace.Case{Name: j.Name, Clauses: j.Clauses}, Results: make([]*CaseResult, len(column))}
	if j.Text != "" {
		cases, err := trace.Parse(j.File, strings.NewReader(j.Text))
		if err != nil {
			return c, err
		}
		if len(cases) != 1 || len(cases[0].Steps) != len(j.Lines) {
			return c, fmt.Errorf("the text is of %d cases, or has other steps than lines", len(cases))
		}
		c.Case = &cases[0]
		c.Case.Line = j.Line
		for i := range c.Case.Steps {
			c.Case.Steps[i].Line = j.Lines[i]
		}
	}
	for name, res := range j.Results {
		n, ok := column[name]
		if !ok {
			return c, fmt.Errorf("a result of backend %s, which is not in the report", name)
		}
		r := &CaseResult{Backend: name, Case: j.Name, Outcome: res.Outcome, Divergences: res.Divergences, Detail: res.Detail}
		if len(j.Made) > 0 {
			if res.Made < 0 || res.Made >= len(j.Made) {
				return c, fmt.Errorf("the result of %s is of list %d of %d", name, res.Made, len(j.Made))
			}
			for _, s := range j.Made[res.Made] {
				r.Steps = append(r.Steps, StepResult(s))
			}
		}
		c.Results[n] = r
	}
	return c, nil
}

// orEmpty is the list, and [] in JSON where it is nil.
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
