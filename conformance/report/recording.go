package report

import (
	"context"
	"reflect"
	"slices"
	"sync"

	"mx.example/conformance"
	"mx.example/conformance/compare"
	"mx.example/conformance/trace"
	"mx.example/conformance/view"
	"mx.example/handle"
)

// A Recording holds what there is to see of the results of a report, for a
// page that plays it. Its zero value is empty. Its methods may be called from
// several goroutines at a time.
type Recording struct {
	mu   sync.Mutex
	runs map[recorded]*view.Run // mu guards it
}

// recorded names a result.
type recorded struct{ backend, name string }

// RunCase runs a case as [conformance.RunCase] does, and records it. It is
// meant for [conformance.Options].
func (r *Recording) RunCase(ctx context.Context, b conformance.Backend, e handle.Edition, c *trace.Case) conformance.CaseResult {
	run, result := view.RunCase(ctx, b, e, c)
	if run != nil {
		r.mu.Lock()
		defer r.mu.Unlock()
		if r.runs == nil {
			r.runs = make(map[recorded]*view.Run)
		}
		r.runs[recorded{result.Backend, result.Case}] = run
	}
	return result
}

// htmlRuns is what there is to see of a case. Backends on which it was the
// same share one run.
type htmlRuns struct {
	Runs []*view.Run `json:"runs"`
	// Of has the number of a run for each backend, or -1.
	Of []int `json:"of"`
}

// of returns the run of a case on a backend, or nil.
func (r *Recording) of(backend, name string) *view.Run {
	if r == nil {
		return nil
	}
	return r.runs[recorded{backend, name}]
}

// htmlRunsOf returns the runs of each case of the report. What the results say
// already is left out of them.
func htmlRunsOf(c *compare.Comparison, rec *Recording) []htmlRuns {
	all := make([]htmlRuns, len(c.Report.Cases))
	for i := range c.Report.Cases {
		h := htmlRuns{Runs: []*view.Run{}}
		for _, b := range c.Report.Backends {
			run := rec.of(b.Name, c.Report.Cases[i].Case.Name)
			if run == nil {
				h.Of = append(h.Of, -1)
				continue
			}
			bare := *run
			bare.Case, bare.Doc, bare.Backend, bare.Detail = "", "", "", ""
			bare.Clauses, bare.Named = nil, nil
			n := slices.IndexFunc(h.Runs, func(have *view.Run) bool { return reflect.DeepEqual(have, &bare) })
			if n < 0 {
				n = len(h.Runs)
				h.Runs = append(h.Runs, &bare)
			}
			h.Of = append(h.Of, n)
		}
		all[i] = h
	}
	return all
}
