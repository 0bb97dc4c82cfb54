package conformance

import (
	"context"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"mx.example/conformance/oracle"
	"mx.example/conformance/trace"
	"mx.example/handle"
)

// stepPatience is how long a single step may take before the case is given
// up. A wait that misses its wake-up is noticed long before ([ReturnGrace]);
// this is for a call that should not block at all.
const stepPatience = 60 * time.Second

// RunCase runs one case on a fresh kernel of b under the rules of e and judges
// it, as [Run] does. It returns in any case: if a call never does, the kernel
// is abandoned. If ctx is canceled the case ends after the call that is under
// way, and has no outcome.
func RunCase(ctx context.Context, b Backend, e handle.Edition, c *trace.Case) CaseResult {
	return runCase(ctx, b, e, c, nil)
}

// runCase is RunCase; w looks on, if it is not nil.
func runCase(ctx context.Context, b Backend, e handle.Edition, c *trace.Case, w Watcher) CaseResult {
	began := time.Now()
	if iso, ok := b.(Isolator); ok && c.For(e) && ctx.Err() == nil {
		if r, ok := iso.RunIsolated(ctx, c, e); ok {
			return r
		}
	}
	j := newJudge(b, e, c)
	j.watcher = w
	done := make(chan struct{})
	go func() {
		defer close(done)
		j.run(ctx, b)
	}()
	for seen := 0; ; {
		watch := time.NewTimer(stepPatience)
		select {
		case <-done:
			watch.Stop()
			return j.finish(began)
		case <-watch.C:
		}
		steps := j.steps()
		if steps == seen {
			j.end(j.bad, fmt.Sprintf("step %d of the case did not end within %v", steps+1, stepPatience))
			return j.finish(began)
		}
		seen = steps
	}
}

// A judge follows one case on one backend.
type judge struct {
	c    *trace.Case
	e    handle.Edition
	kind string
	bad  Outcome // what a wrong answer makes of the case: Fail or Unexplained
	m    *Machine

	watcher Watcher // nil if nobody looks on

	// The rest is for a Diverger, whose answers are judged by the contract in
	// the state that its answers so far imply, not by the lines of the case.
	diverges    bool
	divergences []Divergence
	state       *oracle.State
	shadow      Shadow // nil unless the backend is a Shadower

	mu     sync.Mutex
	result CaseResult
	ended  bool
}

func newJudge(b Backend, e handle.Edition, c *trace.Case) *judge {
	j := &judge{c: c, e: e, kind: b.Name(), bad: Fail}
	j.result = CaseResult{Backend: BackendName(b.Name(), e), Case: c.Name}
	if d, ok := b.(Diverger); ok {
		j.bad = Unexplained
		j.diverges = true
		j.divergences = d.Divergences()
	}
	if s, ok := b.(Shadower); ok {
		j.shadow = s.NewShadow(e)
	}
	return j
}

// run carries out the case.
func (j *judge) run(ctx context.Context, b Backend) {
	defer func() {
		if e := recover(); e != nil {
			j.end(j.bad, fmt.Sprintf("panic: %v\n%s", e, debug.Stack()))
		}
	}()
	if !j.c.For(j.e) {
		j.end(NotApplicable, "the case does not speak for "+j.e.String())
		return
	}
	k, err := b.Boot(j.e)
	if err != nil {
		j.end(j.bad, "the backend does not boot: "+err.Error())
		return
	}
	if j.m, err = NewMachine(k); err != nil {
		j.end(j.bad, err.Error())
		k.Close() // that it has no first process says enough
		return
	}
	j.m.Follow(j.e)
	defer func() {
		if err := j.m.Close(); err != nil {
			j.end(j.bad, err.Error())
		}
	}()
	if j.diverges {
		j.state = oracle.New(j.e)
	}
	steps := j.c.StepsFor(j.e)
	for i := range steps {
		if ctx.Err() != nil {
			j.end("", "canceled")
			return
		}
		j.step(&steps[i])
		if j.over() {
			return
		}
	}
}

// step makes one call and judges the answer.
func (j *judge) step(s *trace.Step) {
	if s.Kind == trace.Start {
		if j.diverges {
			j.state = j.state.Clone()
			j.state.Start(s.Actor, &s.Call)
		}
		if err := j.m.Start(s.Actor, &s.Call); err != nil {
			j.end(j.bad, err.Error())
			return
		}
		j.record(s, StepResult{Judged: Pass})
		j.show(s, nil)
		return
	}
	var allowed []oracle.Outcome
	if j.diverges {
		if allowed = j.allowed(s); allowed == nil {
			j.never(s)
			return
		}
	}
	var r trace.Result
	if s.Kind == trace.Finish {
		r = j.m.Finish(s.Actor)
	} else {
		r = j.m.Do(&s.Call)
	}
	switch {
	case r.Unsupported != "":
		j.unsupported(s, &r)
	case j.diverges:
		j.byContract(s, allowed, &r)
	default:
		j.byLine(s, &r)
	}
	j.show(s, &r)
}

// show lets the watcher look at a step that has been judged.
func (j *judge) show(s *trace.Step, r *trace.Result) {
	if j.watcher != nil {
		j.watcher.Observe(j.m, s, r)
	}
}

// byLine judges an answer by the line of the case.
func (j *judge) byLine(s *trace.Step, r *trace.Result) {
	got := resultOf(j.m, s, r)
	right := len(s.Want) == 0
	why := ""
	for i := range s.Want {
		got.Wanted = append(got.Wanted, s.Want[i].Text(&s.Call))
		if !right {
			why = j.m.Match(&s.Call, &s.Want[i], r)
			right = why == ""
		}
	}
	if right {
		j.record(s, got)
		return
	}
	got.Judged = Fail
	j.record(s, got)
	j.end(Fail, mismatch(s, got, why))
}

// resultOf is what came of a step, before it has been judged.
func resultOf(m *Machine, s *trace.Step, r *trace.Result) StepResult {
	got := StepResult{Got: m.Text(&s.Call, r), Status: r.Status, Errno: r.Errno, Judged: Pass}
	switch s.Call.Op {
	case trace.OpWrite, trace.OpRead, trace.OpPump:
		got.Count = r.N
	}
	return got
}

// mismatch says that a call was not answered as it should have been; why is
// what is wrong with it as the last answer that is allowed.
func mismatch(s *trace.Step, got StepResult, why string) string {
	if len(got.Wanted) != 1 {
		why = fmt.Sprintf("wanted %s, got %s", strings.Join(got.Wanted, " or "), got.Got)
	}
	return fmt.Sprintf("line %d: %s: %s", s.Line, callText(s), why)
}

// callText is the call with its actor.
func callText(s *trace.Step) string {
	if s.Actor == "" {
		return s.Call.String()
	}
	return s.Actor + ": " + s.Call.String()
}

// unsupported ends the case.
func (j *judge) unsupported(s *trace.Step, r *trace.Result) {
	got := StepResult{Got: "unsupported: " + r.Note, Judged: UnsupportedCase}
	if r.Unsupported != noCounterpart {
		got.Divergence = r.Unsupported
		if j.diverges && !slices.ContainsFunc(j.divergences, func(d Divergence) bool {
			return d.Name == r.Unsupported && slices.Contains(d.Kinds, j.kind)
		}) {
			got.Judged = Unexplained
			j.record(s, got)
			j.end(Unexplained, fmt.Sprintf("line %d: %s is unsupported because of %q, which is no divergence of %s",
				s.Line, callText(s), r.Unsupported, j.kind))
			return
		}
	}
	j.record(s, got)
	j.end(UnsupportedCase, fmt.Sprintf("line %d: %s: %s", s.Line, callText(s), r.Note))
}

// record adds a step to the transcript.
func (j *judge) record(s *trace.Step, r StepResult) {
	r.Line, r.Kind, r.Actor, r.Call = s.Line, s.Kind, s.Actor, s.Call.String()
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.ended {
		return
	}
	j.result.Steps = append(j.result.Steps, r)
	if d := r.Divergence; d != "" && !slices.Contains(j.result.Divergences, d) {
		j.result.Divergences = append(j.result.Divergences, d)
	}
}

// end decides the outcome, unless it has been decided.
func (j *judge) end(o Outcome, detail string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if !j.ended {
		j.ended = true
		j.result.Outcome = o
		j.detail(detail)
	}
}

// detail adds a line to the detail. The caller holds j.mu.
func (j *judge) detail(line string) {
	if j.result.Detail != "" {
		j.result.Detail += "\n"
	}
	j.result.Detail += line
}

func (j *judge) over() bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.ended
}

func (j *judge) steps() int {
	j.mu.Lock()
	defer j.mu.Unlock()
	return len(j.result.Steps)
}

// finish gives the result. A case that came to its last line passed, or
// differs if differences were met on the way.
func (j *judge) finish(began time.Time) CaseResult {
	j.mu.Lock()
	defer j.mu.Unlock()
	if !j.ended {
		j.ended = true
		j.result.Outcome = Pass
		if len(j.result.Divergences) > 0 {
			j.result.Outcome = Differs
		}
	}
	j.result.Took = time.Since(began)
	return j.result
}

// A Watcher looks on while a case is run: see [WatchCase].
type Watcher interface {
	// Observe is called after each step that is judged, before the next call is
	// made, from the goroutine that makes them. The machine is there for a
	// look at the kernel ([Machine.Handle]), which must leave it as it is. The
	// result is valid until Observe returns, and nil for a call that was started.
	//
	// If a call never returns, the case is given up without its goroutine: a
	// call of Observe may then come after [WatchCase] has returned.
	Observe(m *Machine, s *trace.Step, r *trace.Result)
}

// WatchCase is [RunCase] with somebody looking on. A case that an [Isolator]
// runs in a process of its own is not seen: there is no call of Observe then.
func WatchCase(ctx context.Context, b Backend, e handle.Edition, c *trace.Case, w Watcher) CaseResult {
	return runCase(ctx, b, e, c, w)
}
