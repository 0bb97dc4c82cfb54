package conformance

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"

	"mx.example/conformance/internal/host"
	"mx.example/conformance/trace"
	"mx.example/handle"
)

// Options say how [Run] goes about it. The zero Options are fine.
type Options struct {
	// Only, if it is not nil, picks the backends by their names KIND:EDITION.
	Only func(backend string) bool
	// Expect are the cases that are known to fail, or nil.
	Expect *Expectations
	// Progress, if it is not nil, is called after each case, from one
	// goroutine at a time.
	Progress func(Progress)
	// RunCase, if it is not nil, runs the cases in the place of [RunCase], for
	// somebody who looks on. It is called from several goroutines at a time.
	RunCase func(ctx context.Context, b Backend, e handle.Edition, c *trace.Case) CaseResult
}

// Progress tells how far a [Run] has come.
type Progress struct {
	Done, Total int // cases, counted once for each backend
	// Last is the result that has just come in.
	Last *CaseResult
}

// Run runs the cases on the backends, each backend once in each of its
// editions, several at a time, and reports what came
// of them. The report is in the order of the arguments. If ctx is canceled,
// it holds what was done until then.
func Run(ctx context.Context, backends []Backend, cases []trace.Case, o Options) *Report {
	r := &Report{Environment: environment()}
	var runs []*backendRun
	for _, b := range backends {
		runs = append(runs, o.editionsOf(b)...)
	}
	for _, br := range runs {
		r.Backends = append(r.Backends, br.info)
	}
	r.Divergences = divergencesOf(runs)
	r.Cases = make([]CaseReport, len(cases))
	for i := range cases {
		r.Cases[i] = CaseReport{Case: &cases[i], Results: make([]*CaseResult, len(runs))}
	}
	jobs := make(chan job)
	go func() {
		defer close(jobs)
		for n, br := range runs {
			for i := range cases {
				if !br.info.Available {
					break
				}
				select {
				case jobs <- job{br, &r.Cases[i], n}:
				case <-ctx.Done():
					return
				}
			}
		}
	}()
	p := progress{tell: o.Progress}
	for _, br := range runs {
		if br.info.Available {
			p.Total += len(cases)
		}
	}
	one := o.RunCase
	if one == nil {
		one = RunCase
	}
	var workers sync.WaitGroup
	for range atOnce() {
		workers.Go(func() {
			for j := range jobs {
				if j.run.hung.Load() >= mostHung {
					p.skip()
					continue
				}
				res := one(ctx, j.run.backend, j.run.info.Edition, j.c.Case)
				if res.Outcome == "" {
					continue
				}
				if res.Hung {
					j.run.hung.Add(1)
				}
				res.Expected = o.Expect.Reason(res.Backend, res.Case)
				j.c.Results[j.column] = &res
				p.count(&res)
			}
		})
	}
	workers.Wait()
	for i, br := range runs {
		if br.hung.Load() >= mostHung {
			r.Backends[i].Why = fmt.Sprintf("given up: in %d cases %v", br.hung.Load(), errCloseHangs)
		}
	}
	r.Canceled = p.Done < p.Total
	return r
}

// atOnce returns how many cases run at a time: enough that those which only
// wait do so beside others, and no more than there are descriptors for.
func atOnce() int {
	const (
		each   = 24 // descriptors, for a case and the process that it may need
		beside = 16 // for the program itself
	)
	n := 3 * runtime.GOMAXPROCS(0)
	if limit := host.DescriptorLimit(); limit > 0 {
		n = min(n, max(1, (int(min(limit, 1<<20))-beside)/each))
	}
	return n
}

// A backendRun is a backend in one of its editions.
type backendRun struct {
	backend Backend
	info    BackendInfo
	hung    atomic.Int32 // cases in which the kernel did not close
}

// mostHung is after how many kernels that do not close a backend is given up.
const mostHung = 3

// A job is one case on one backend.
type job struct {
	run    *backendRun
	c      *CaseReport
	column int
}

func (o *Options) editionsOf(b Backend) []*backendRun {
	var runs []*backendRun
	for _, e := range b.Editions() {
		info := infoOf(b, e)
		if o.Only == nil || o.Only(info.Name) {
			runs = append(runs, &backendRun{backend: b, info: info})
		}
	}
	if len(runs) == 0 {
		return nil
	}
	why := b.Available()
	for _, br := range runs {
		br.info.Available = why == nil
		if why != nil {
			br.info.Why = why.Error()
		}
	}
	return runs
}

func infoOf(b Backend, e handle.Edition) BackendInfo {
	info := BackendInfo{Name: BackendName(b.Name(), e), Edition: e}
	_, info.Diverges = b.(Diverger)
	if d, ok := b.(Describer); ok {
		info.About = d.About()
	}
	return info
}

// divergencesOf returns those that the backends know, each name once.
func divergencesOf(runs []*backendRun) []Divergence {
	var all []Divergence
	known := make(map[string]bool)
	for _, br := range runs {
		d, ok := br.backend.(Diverger)
		if !ok {
			continue
		}
		for _, d := range d.Divergences() {
			if !known[d.Name] {
				known[d.Name] = true
				all = append(all, d)
			}
		}
	}
	return all
}

// progress counts the cases done.
type progress struct {
	mu   sync.Mutex
	tell func(Progress)
	Progress
}

// skip counts a case that is not run.
func (p *progress) skip() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.Done++
}

func (p *progress) count(last *CaseResult) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.Done++
	p.Last = last
	if p.tell != nil {
		p.tell(p.Progress)
	}
}
