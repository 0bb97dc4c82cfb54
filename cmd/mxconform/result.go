package main

import (
	"strings"

	"mx.example/conformance"
	"mx.example/conformance/trace"
)

// A caseResult is a result with its case.
type caseResult struct {
	c      *trace.Case
	result *conformance.CaseResult
}

// resultsOf are the results of one backend that there are, in the order of the
// cases.
func resultsOf(r *conformance.Report, backend int) []caseResult {
	var all []caseResult
	for i := range r.Cases {
		if res := r.Cases[i].Results[backend]; res != nil {
			all = append(all, caseResult{r.Cases[i].Case, res})
		}
	}
	return all
}

// badResults are those that failed or are unexplained, backend by backend.
func badResults(r *conformance.Report) []caseResult {
	var bad []caseResult
	for i := range r.Backends {
		for _, f := range resultsOf(r, i) {
			if f.result.Outcome.Bad() {
				bad = append(bad, f)
			}
		}
	}
	return bad
}

// why says in a line why a result is no plain pass: the names of the
// divergences, then the first thing that happened.
func (f caseResult) why() string {
	why := firstLine(f.result.Detail)
	if names := strings.Join(f.result.Divergences, ", "); names != "" {
		return names + ": " + why
	}
	return why
}
