package compare

import (
	"strings"

	"mx.example/conformance"
	"mx.example/conformance/trace"
)

// A Result is what came of a case on a backend, with the case.
type Result struct {
	Case   *trace.Case
	Result *conformance.CaseResult
}

// ResultsOf returns the results of the backend number i of r.Backends, in the
// order of the cases. Cases that were not run on it are left out.
func ResultsOf(r *conformance.Report, i int) []Result {
	var all []Result
	for n := range r.Cases {
		if res := r.Cases[n].Results[i]; res != nil {
			all = append(all, Result{r.Cases[n].Case, res})
		}
	}
	return all
}

// Bad returns the results that failed or are unexplained, backend by backend.
func Bad(r *conformance.Report) []Result {
	var bad []Result
	for i := range r.Backends {
		for _, f := range ResultsOf(r, i) {
			if f.Result.Outcome.Bad() {
				bad = append(bad, f)
			}
		}
	}
	return bad
}

// Why says in a line why a result is no plain pass: the names of the
// divergences, then the first thing that happened.
func (f Result) Why() string {
	why, _, _ := strings.Cut(f.Result.Detail, "\n")
	if names := strings.Join(f.Result.Divergences, ", "); names != "" {
		return names + ": " + why
	}
	return why
}
