package main

import (
	"context"
	"reflect"
	"slices"
	"sync"

	"mx.example/conformance"
	"mx.example/conformance/trace"
	"mx.example/conformance/view"
	"mx.example/handle"
)

// A recording is what there is to see of the results of a report.
type recording struct {
	mu   sync.Mutex
	runs map[recorded]*view.Run
}

// recorded names a result.
type recorded struct{ backend, name string }

// runCase runs a case as conformance.RunCase does, and records it.
func (r *recording) runCase(ctx context.Context, b conformance.Backend, e handle.Edition, c *trace.Case) conformance.CaseResult {
	run, result := view.RunCase(ctx, b, e, c)
	if run != nil {
		r.mu.Lock()
		defer r.mu.Unlock()
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

// htmlRuns are the runs of each case of the report. What the results say
// already is left out of them.
func (c *comparison) htmlRuns() []htmlRuns {
	all := make([]htmlRuns, len(c.report.Cases))
	for i := range c.report.Cases {
		h := htmlRuns{Runs: []*view.Run{}}
		for _, b := range c.report.Backends {
			run := c.recording.runs[recorded{b.Name, c.report.Cases[i].Case.Name}]
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
