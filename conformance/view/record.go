package view

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"mx.example/conformance"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// ErrInterrupted is the error of a [Record] whose context was canceled.
var ErrInterrupted = errors.New("the run was interrupted")

// Record runs a case on a backend under the rules of an edition, as
// conformance.RunCase does, and tells all that there is to see of it. It fails
// if the backend is not available or ctx is canceled. A case that does not
// speak for the edition gives a Run without steps.
//
// Signals are observed: after each step, every object that has a live handle
// is asked for its state by a wait for no signal that polls, which changes
// nothing on any backend. The contract's own state would tell what should be
// seen instead of what is. Where the case runs in a process of its own there
// is nobody to ask, and Run.Unseen says so.
func Record(ctx context.Context, c *trace.Case, b conformance.Backend, e handle.Edition) (*Run, error) {
	if err := b.Available(); err != nil {
		return nil, fmt.Errorf("%s is not available: %w", conformance.BackendName(b.Name(), e), err)
	}
	run, _ := RunCase(ctx, b, e, c)
	if run == nil {
		return nil, ErrInterrupted
	}
	return run, nil
}

// RunCase is conformance.RunCase, with what there is to see beside the result.
// There is nothing if ctx was canceled before the end of the case.
func RunCase(ctx context.Context, b conformance.Backend, e handle.Edition, c *trace.Case) (*Run, conformance.CaseResult) {
	divergent, isDiverger := b.(conformance.Diverger)
	rec := &recorder{world: newWorld(e, !isDiverger)}
	result := conformance.WatchCase(ctx, b, e, c, rec)
	if result.Outcome == "" {
		return nil, result
	}
	run := &Run{
		Case: c.Name, Doc: c.Doc, Clauses: c.Clauses, Backend: result.Backend,
		Outcome: string(result.Outcome), Detail: result.Detail,
		Actors: []string{}, Objects: []Object{}, Directions: []Direction{},
	}
	steps := c.StepsFor(e)
	run.Steps = append([]Step{}, rec.close(steps, &result)...)
	if rec.alone {
		run.Unseen = "the case uses handles that are gone, so it ran in a process of its own, and its signals were not observed"
	}
	if result.Outcome != conformance.NotApplicable {
		run.Left = len(steps) - len(result.Steps)
	}
	at := places(c, e)
	for i := range run.Steps {
		run.Steps[i].At = at[i]
		if a := run.Steps[i].Actor; !slices.Contains(run.Actors, a) {
			run.Actors = append(run.Actors, a)
		}
	}
	slices.Sort(run.Actors) // the case itself first
	for _, o := range rec.world.objects {
		run.Objects = append(run.Objects, o.Object)
	}
	for _, f := range rec.world.flows {
		run.Directions = append(run.Directions, f.whole())
	}
	if isDiverger {
		run.Named = named(divergent.Divergences(), result.Divergences)
	}
	return run, result
}

// named are the divergences with these names.
func named(known []conformance.Divergence, names []string) []Named {
	var list []Named
	for _, name := range names {
		for i := range known {
			if d := &known[i]; d.Name == name {
				list = append(list, Named{d.Name, d.Cause, d.Source})
				break
			}
		}
	}
	return list
}

// places are the numbers of the lines of the case that count in the edition.
func places(c *trace.Case, e handle.Edition) []int {
	var list []int
	for i := range c.Steps {
		if s := &c.Steps[i]; s.Editions == nil || slices.Contains(s.Editions, e) {
			list = append(list, i)
		}
	}
	return list
}

// A recorder looks on and keeps what there is to see.
type recorder struct {
	mu    sync.Mutex // a step that comes too late comes from elsewhere
	over  bool
	alone bool // nothing was seen: the case ran elsewhere
	world *world
	steps []Step
	// sockets has which sockets each of the steps is about.
	sockets [][]int
}

// Observe takes note of a step.
func (r *recorder) Observe(m *conformance.Machine, s *trace.Step, res *trace.Result) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.over {
		return
	}
	var rep *reply
	if res != nil && res.Unsupported == "" {
		rep = &reply{res.Status, res.N, res.Data}
	}
	step := r.step(s, rep)
	step.Observed = r.world.look(m)
	r.steps = append(r.steps, step)
}

// step is what a step did; rep is nil if the call has no answer.
func (r *recorder) step(s *trace.Step, rep *reply) Step {
	out := Step{Line: s.Line, Kind: kinds[s.Kind], Actor: s.Actor, Op: s.Call.Op.String(), Call: s.Call.String()}
	r.sockets = append(r.sockets, r.world.sockets(&s.Call))
	if rep != nil {
		out.Write, out.Read = r.world.apply(&s.Call, *rep)
	}
	out.States = r.world.changes()
	return out
}

var kinds = map[trace.StepKind]string{trace.Plain: "call", trace.Start: "start", trace.Finish: "finish"}

// close ends the recording and gives the steps, with how they were judged.
// What is pending at the end of the case nobody has sent: it is lost.
func (r *recorder) close(steps []trace.Step, result *conformance.CaseResult) []Step {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.over = true
	if r.alone = len(r.steps) == 0 && len(result.Steps) > 0; r.alone {
		for i := range result.Steps {
			var rep *reply
			if s := &result.Steps[i]; s.Kind != trace.Start && s.Judged != conformance.UnsupportedCase {
				rep = &reply{s.Status, s.Count, nil}
			}
			r.steps = append(r.steps, r.step(&steps[i], rep))
		}
	}
	n := min(len(r.steps), len(result.Steps))
	r.steps = r.steps[:n]
	for i := range r.steps {
		judge(&r.steps[i], &result.Steps[i])
	}
	since(r.steps, result.Steps, r.sockets)
	if n > 0 && n == len(steps) { // else the writer might have gone on
		for _, f := range r.world.flows {
			f.giveUp()
		}
		last := &r.steps[n-1]
		last.States = later(last.States, r.world.changes())
	}
	return r.steps
}

// judge adds the answer to a step and what was made of it.
func judge(s *Step, r *conformance.StepResult) {
	s.Got, s.Judged, s.Divergence = r.Got, string(r.Judged), r.Divergence
	if s.Answer = r.Got; r.Errno != 0 || r.Judged == conformance.UnsupportedCase {
		s.Answer, _, _ = strings.Cut(r.Got, " (")
	}
	switch {
	case s.Kind == kinds[trace.Start]:
	case r.Judged == conformance.UnsupportedCase:
		s.Status, s.Answer = "unsupported", "unsupported"
	default:
		s.Status = r.Status.Bare()
	}
	if r.Judged != conformance.Pass {
		s.Wanted = r.Wanted
	}
}

// later puts the states that came last in the place of those before.
func later(states, last []State) []State {
	for _, s := range last {
		states = slices.DeleteFunc(states, func(old State) bool { return old.Direction == s.Direction })
		states = append(states, s)
	}
	return states
}

// changes are the directions that are not as they were at the last step.
func (w *world) changes() []State {
	var list []State
	for i, f := range w.flows {
		if f.changed {
			f.changed = false
			list = append(list, f.state(i))
		}
	}
	return list
}

// past is a deadline that has passed.
var past = time.Unix(0, 1)

// look asks each object for its signals and gives those that have changed. A
// handle that may not be waited on tells nothing; another one may.
func (w *world) look(m *conformance.Machine) []Observation {
	seen := make(map[*object][]string, len(w.present))
	for name, g := range w.names {
		if seen[g.o] != nil {
			continue
		}
		if p, h := m.Handle(name); p != nil {
			seen[g.o] = poll(p, h)
		}
	}
	var list []Observation
	w.present = slices.DeleteFunc(w.present, func(o *object) bool {
		switch now := seen[o]; {
		case o.gone():
			list = append(list, Observation{Object: o.number, Signals: []string{}, Gone: true})
		case now != nil && (o.seen == nil || !slices.Equal(o.seen, now)):
			o.seen = now
			list = append(list, Observation{Object: o.number, Signals: now})
		}
		return o.gone()
	})
	return list
}

// poll gives the names of the signals that h asserts now, or nil if it cannot
// be asked.
func poll(p conformance.Process, h handle.Handle) []string {
	s, err := p.WaitOne(h, 0, past, nil)
	if !errors.Is(err, status.ErrTimedOut) { // T-NONE: nothing else says that it was asked
		return nil
	}
	if s == 0 {
		return []string{}
	}
	return strings.Split(s.String(), "|")
}
