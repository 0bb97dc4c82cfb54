package conformance

import "encoding/json"

// Schema names the form of a report as JSON.
const Schema = "mxconform/1"

// jsonReport is the schema. Fields are written in this order, the results and
// the summary by the names of the backends.
type jsonReport struct {
	Schema      string             `json:"schema"`
	Environment Environment        `json:"environment"`
	Backends    []BackendInfo      `json:"backends"`
	Cases       []jsonCase         `json:"cases"`
	Summary     map[string]Summary `json:"summary"`
}

type jsonCase struct {
	Name    string                `json:"name"`
	Clauses []string              `json:"clauses"`
	Results map[string]jsonResult `json:"results"`
}

type jsonResult struct {
	Outcome     Outcome  `json:"outcome"`
	Divergences []string `json:"divergences"`
	Detail      string   `json:"detail"`
}

// MarshalJSON writes the report as one object of the schema "mxconform/1":
//
//	{"schema", "environment": {"os", "kernel", "arch", "go"},
//	 "backends": [{"name", "kind", "edition", "available", "why"}],
//	 "cases": [{"name", "clauses": […],
//	   "results": {BACKEND: {"outcome", "divergences": […], "detail"}}}],
//	 "summary": {BACKEND: {"pass", "fail", "differs", "unexplained",
//	   "unsupported", "not-applicable", "environment-fault"}}}
//
// Every field is always there. A backend that is not available has no results
// and a summary of zeros. The same results give the same bytes.
func (r *Report) MarshalJSON() ([]byte, error) {
	out := jsonReport{
		Schema:      Schema,
		Environment: r.Environment,
		Backends:    orEmpty(r.Backends),
		Cases:       make([]jsonCase, len(r.Cases)),
		Summary:     make(map[string]Summary, len(r.Backends)),
	}
	for i, b := range r.Backends {
		out.Summary[b.Name] = r.Summary(i)
	}
	for i, c := range r.Cases {
		results := make(map[string]jsonResult, len(c.Results))
		for n, res := range c.Results {
			if res != nil {
				results[r.Backends[n].Name] = jsonResult{res.Outcome, orEmpty(res.Divergences), res.Detail}
			}
		}
		out.Cases[i] = jsonCase{c.Case.Name, orEmpty(c.Case.Clauses), results}
	}
	return json.Marshal(out)
}

// orEmpty is the list, and [] in JSON where it is nil.
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
