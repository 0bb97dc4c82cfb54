package conformance

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

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
			j.end(j.f.bad, fmt.Sprintf("step %d of the case did not end within %v", steps+1, stepPatience))
			return j.finish(began)
		}
		seen = steps
	}
}

// A judge follows one case on one backend.
type judge struct {
	c       *trace.Case
	f       *Follower
	watcher Watcher // nil if nobody looks on

	excused []string // parts that the kernel lacks, of answers that passed for that

	mu     sync.Mutex // guards what follows: the case may be given up
	result CaseResult
	ended  bool
}

func newJudge(b Backend, e handle.Edition, c *trace.Case) *judge {
	j := &judge{c: c, f: newFollower(b, e)}
	j.result = CaseResult{Backend: BackendName(b.Name(), e), Case: c.Name}
	return j
}

// run carries out the case.
func (j *judge) run(ctx context.Context, b Backend) {
	f := j.f
	defer func() {
		if e := recover(); e != nil {
			j.end(f.bad, fmt.Sprintf("panic: %v\n%s", e, debug.Stack()))
		}
	}()
	if !j.c.For(f.edition) {
		j.end(NotApplicable, "the case does not speak for "+f.edition.String())
		return
	}
	if err := f.boot(b); err != nil {
		j.end(f.bad, err.Error())
		return
	}
	defer func() {
		if err := f.Close(); err != nil {
			j.hung(err)
			j.end(f.bad, err.Error())
		}
	}()
	if k, ok := f.Machine.kernel.(CaseAwareKernel); ok {
		k.BeginCase(j.c.Name)
	}
	steps := j.c.StepsFor(f.edition)
	for i := range steps {
		if ctx.Err() != nil {
			j.end("", "canceled")
			return
		}
		if !j.step(&steps[i]) {
			return
		}
	}
	if len(j.excused) > 0 {
		j.endExcused()
	}
}

// hung takes note of a kernel that does not close.
func (j *judge) hung(err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.result.Hung = errors.Is(err, errCloseHangs)
}

// step makes one step. It returns false if the case ends there.
func (j *judge) step(s *trace.Step) bool {
	f := j.f
	o := f.Step(s)
	if f.Over && f.Name == "" { // the call was not made
		j.end(o, fmt.Sprintf("line %d: %s: %s", s.Line, callText(s), f.Why))
		return false
	}
	started := s.Kind == trace.Start
	if f.Panicked || started && o.Bad() {
		j.end(o, f.Why)
		return false
	}
	r := StepResult{Judged: o}
	if !started || o == UnsupportedCase {
		r = j.resultOf(s, o)
	}
	if r.Divergence != "" && o == Differs && !slices.Contains(j.result.Divergences, r.Divergence) {
		j.note(mismatch(s, r, f.Why) + " [" + r.Divergence + "]")
	}
	if p := string(f.Excused); p != "" && !slices.Contains(j.excused, p) {
		j.excused = append(j.excused, p)
	}
	j.record(s, r)
	switch {
	case o == Pass:
	case o == UnsupportedCase:
		j.reason(f.Got.Note)
		j.end(o, fmt.Sprintf("line %d: %s: %s", s.Line, callText(s), f.Got.Note))
	case o == EnvironmentFault:
		j.mu.Lock()
		notes := j.result.Detail
		j.result.Detail = f.Why // first, whatever was met before
		if notes != "" {
			j.noteLocked("before that: " + notes)
		}
		j.mu.Unlock()
		j.end(o, fmt.Sprintf("line %d: %s: wanted %s, got %s", s.Line, callText(s), strings.Join(r.Wanted, " or "), r.Got))
	case o.Bad() && f.Got.Unsupported != "":
		j.end(o, fmt.Sprintf("line %d: %s is %s", s.Line, callText(s), f.Why))
	case o.Bad():
		j.end(o, mismatch(s, r, f.Why))
	case f.Over:
		j.end(o, "the state that follows is not known: the judging ends here")
	}
	if j.watcher != nil {
		if s.Kind == trace.Start {
			j.watcher.Observe(f.Machine, s, nil)
		} else {
			j.watcher.Observe(f.Machine, s, &f.Got)
		}
	}
	return !j.over()
}

// endExcused ends a case that would have passed, or differed, but for parts
// that the kernel lacks.
func (j *judge) endExcused() {
	j.mu.Lock()
	for _, p := range j.excused {
		if !slices.Contains(j.result.Divergences, p) {
			j.result.Divergences = append(j.result.Divergences, p)
		}
	}
	j.result.Reason = "the kernel is said to lack " + Part(j.excused[0]).text()
	j.mu.Unlock()
	j.end(UnsupportedCase, "nothing is wrong but for what the kernel is said to lack: "+strings.Join(j.excused, ", "))
}

// resultOf returns what came of a step that has been judged.
func (j *judge) resultOf(s *trace.Step, o Outcome) StepResult {
	f := j.f
	if f.Got.Unsupported != "" {
		r := StepResult{Got: "unsupported: " + f.Got.Note, Judged: o}
		if f.Name != noCounterpart {
			r.Divergence = f.Name
		}
		return r
	}
	r := StepResult{
		Got: f.Machine.Text(&s.Call, &f.Got), Wanted: f.Wanted(&s.Call),
		Status: f.Got.Status, Errno: f.Got.Errno, Judged: o, Divergence: f.Name, Departs: f.Departs,
	}
	switch s.Call.Op {
	case trace.OpWrite, trace.OpRead, trace.OpPump:
		r.Count = f.Got.N
	}
	return r
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
		j.noteLocked(detail)
	}
}

// reason takes note of why the case is unsupported.
func (j *judge) reason(why string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.result.Reason = why
}

// note adds a line to the detail.
func (j *judge) note(line string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.noteLocked(line)
}

func (j *judge) noteLocked(line string) {
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
