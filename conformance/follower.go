package conformance

import (
	"fmt"
	"reflect"
	"runtime/debug"
	"slices"

	"mx.example/conformance/oracle"
	"mx.example/conformance/trace"
	"mx.example/handle"
)

// A Follower makes steps on a fresh kernel and judges every answer. It is the
// one judge there is: the suite, exploration and replays all use it.
//
// An answer is judged by the contract (package oracle) in the state that the
// answers so far imply. One that the contract does not allow there must be
// described by a divergence of the backend, and the judging goes on from the
// state that follows from it. Signals that the line of the case leaves open are
// left open then, too. In the suite a backend without divergences is judged by
// the lines of the case instead.
//
// A Follower belongs to one goroutine.
type Follower struct {
	// Machine makes the calls.
	Machine *Machine
	// State is what the answers so far imply. It is nil if the lines judge.
	State *oracle.State

	// Of the last step. Got is valid until the next one; it means nothing for a
	// call that was started, or that was not made because it never returns.
	Got trace.Result
	// Name is the divergence that describes the answer, or the reason why there
	// is no such call. It is empty if the answer is right.
	Name string
	// Why says what is wrong with the answer. It is empty if it is right.
	Why string
	// Excused is the part of the contract, which the kernel is said to lack,
	// because of which an answer passed that is not right otherwise. It is empty
	// as a rule.
	Excused Part
	// Departs says that the state that follows is none that the contract allows:
	// what comes later is judged from another state than it would have been.
	Departs bool
	// Over says that nothing more can be judged: the state that follows is not
	// known, or the call was not made because it would never return.
	Over bool
	// Panicked says that the kernel did, in the call; Why has the stack.
	Panicked bool

	kind        string
	edition     handle.Edition
	bad         Outcome // what a wrong answer is: Fail or Unexplained
	diverges    bool
	divergences []Divergence
	hosted      Hosted // nil unless the backend is one
	missing     missingParts
	shadow      Shadow        // nil unless the backend is a Shadower
	differed    bool          // under a name, in a step so far
	wants       []*trace.Want // the answers allowed to the last step
	want        trace.Want    // memory for one of them
}

// Follow boots a kernel of b under the rules of e to be judged by the
// contract. The caller closes the Follower.
func Follow(b Backend, e handle.Edition) (*Follower, error) {
	f := newFollower(b, e)
	f.State = oracle.New(e)
	if err := f.boot(b); err != nil {
		return nil, err
	}
	return f, nil
}

// newFollower returns a Follower without a kernel that judges by lines if b has
// no divergences.
func newFollower(b Backend, e handle.Edition) *Follower {
	f := &Follower{kind: b.Name(), edition: e, bad: Fail, missing: missingOf(b)}
	if d, ok := b.(Diverger); ok {
		f.bad = Unexplained
		f.diverges = true
		f.divergences = d.Divergences()
		f.State = oracle.New(e)
	}
	f.hosted, _ = b.(Hosted)
	if s, ok := b.(Shadower); ok {
		f.shadow = s.NewShadow(e)
	}
	return f
}

// Know adds divergences to those of the backend. They come after its own.
func (f *Follower) Know(list ...Divergence) {
	f.divergences = append(slices.Clip(f.divergences), list...)
}

func (f *Follower) boot(b Backend) error {
	if err := f.missing.check(); err != nil {
		return err
	}
	k, err := b.Boot(f.edition)
	if err != nil {
		return fmt.Errorf("the backend does not boot: %w", err)
	}
	if f.Machine, err = NewMachine(k, f.edition, f.missing...); err != nil {
		k.Close() // that it has no first process says enough
		return err
	}
	if s, ok := b.(Slow); ok {
		call, closing := s.Graces()
		f.Machine.grace, f.Machine.closing = max(ReturnGrace, call), max(CloseGrace, closing)
	}
	return nil
}

// Close closes the kernel; see [Machine.Close].
func (f *Follower) Close() error { return f.Machine.Close() }

// Step makes a step and judges it. The outcome is
//
//   - Pass: the answer is one that is allowed;
//   - Differs: a divergence, whose name is f.Name, describes the answer;
//   - UnsupportedCase: there is no such call, and nothing has happened; f.Name
//     is the reason;
//   - EnvironmentFault: the machine refused what the call needs; f.Why says what;
//   - Fail, or for a [Diverger] Unexplained: nothing excuses the answer, and the
//     kernel is not fit for more. A panic counts as such an answer.
//
// If the call would never return, because of differences met before, it is not
// made: the outcome is Differs, and f.Over is set.
func (f *Follower) Step(st *trace.Step) (o Outcome) {
	f.Name, f.Why, f.Excused, f.wants = "", "", "", f.wants[:0]
	f.Departs, f.Over, f.Panicked = false, false, false
	defer func() {
		if e := recover(); e != nil {
			f.Panicked = true
			f.Why = fmt.Sprintf("panic: %v\n%s", e, debug.Stack())
			o = f.bad
		}
	}()
	switch {
	case st.Kind == trace.Start:
		return f.start(st)
	case f.State == nil:
		return f.byLine(st)
	case st.Kind == trace.Plain && !f.diverges && len(f.divergences) == 0:
		return f.inPlace(st)
	}
	return f.byContract(st)
}

func (f *Follower) start(st *trace.Step) Outcome {
	if err := f.Machine.Start(st.Actor, &st.Call); err != nil {
		f.Why = err.Error()
		return f.bad
	}
	if r, ok := f.Machine.refused(st.Actor); ok {
		f.Got = r
		return f.unsupported()
	}
	if f.State != nil {
		if f.shadow != nil {
			f.State = f.State.Clone() // the shadow may have kept it
		}
		f.State.Start(st.Actor, &st.Call)
	}
	return Pass
}

// call makes the call of the step, or waits for the one that was started.
func (f *Follower) call(st *trace.Step) {
	if st.Kind == trace.Finish {
		f.Got = f.Machine.Finish(st.Actor)
	} else {
		f.Got = f.Machine.Do(&st.Call)
	}
}

// byLine judges an answer by the line of the case.
func (f *Follower) byLine(st *trace.Step) Outcome {
	f.call(st)
	if f.Got.Unsupported != "" {
		return f.unsupported()
	}
	for i := range st.Want {
		f.wants = append(f.wants, &st.Want[i])
	}
	if len(f.wants) == 0 || f.match(&st.Call) >= 0 {
		return Pass
	}
	return f.bad
}

// inPlace makes a call on a backend without divergences. There is one answer,
// and nobody else looks at the state, so no copy of it is needed.
func (f *Follower) inPlace(st *trace.Step) Outcome {
	f.call(st)
	if f.Got.Unsupported != "" {
		return f.unsupported()
	}
	f.want = f.State.Do(&st.Call)
	f.wants = append(f.wants, &f.want)
	if f.match(&st.Call) >= 0 {
		return Pass
	}
	return f.bad
}

// byContract judges an answer by what the contract allows in the state that
// the answers so far imply, and by the divergences of the backend.
func (f *Follower) byContract(st *trace.Step) Outcome {
	allowed := f.allowed(st)
	if allowed == nil {
		return f.never()
	}
	allowed = askedOnly(allowed, st.Want)
	f.call(st)
	if f.Got.Unsupported != "" {
		if st.Kind == trace.Finish {
			f.State = f.State.Clone() // the shadow may have kept it
			delete(f.State.Waits, st.Actor)
		}
		return f.unsupported()
	}
	sit := &Situation{
		Kind: f.kind, Edition: f.edition, State: f.State, Call: &st.Call, Allowed: allowed, Result: &f.Got, Shadow: f.shadow,
	}
	if f.shadow != nil {
		defer f.shadow.Observe(sit)
	}
	for i := range allowed {
		f.wants = append(f.wants, &allowed[i].Want)
	}
	i := f.match(&st.Call)
	if i >= 0 && !f.tellsMore() {
		f.State = allowed[i].Next
		return Pass
	}
	if i >= 0 {
		f.Why = "the status is right, and the error number behind it says more"
	}
	d := explain(f.divergences, sit)
	if d == nil && f.hosted != nil {
		if line := f.hosted.Refusal(sit); line != "" {
			f.Why = line
			return EnvironmentFault
		}
	}
	if d == nil {
		return f.bad
	}
	f.Name, f.differed = d.Name, true
	next := d.after(sit)
	if next == nil {
		f.Over = true
		return Differs
	}
	// A call that has returned is not under way any more, whatever it said.
	delete(next.Waits, st.Actor)
	f.State = next
	f.Departs = !slices.ContainsFunc(allowed, func(o oracle.Outcome) bool { return reflect.DeepEqual(o.Next, next) })
	return Differs
}

// allowed returns the answers that the contract allows to the step now. There
// are none to a call that never returns.
func (f *Follower) allowed(st *trace.Step) []oracle.Outcome {
	if st.Kind == trace.Finish {
		return f.State.Finish(st.Actor)
	}
	return oracle.Step(f.State, &st.Call)
}

// never judges a call that would not return. The differences met so far have
// led to a state in which the step makes no sense; without any the case is
// wrong.
func (f *Follower) never() Outcome {
	f.Over = true
	if f.differed {
		f.Why = "in the state that the differences before it led to, this never returns"
		return Differs
	}
	f.Why = "this never returns: the case is wrong"
	return f.bad
}

// match returns which of the answers allowed f.Got is, or -1. f.Why then says
// what is wrong with it as the last of them.
func (f *Follower) match(c *trace.Call) int {
	for i, w := range f.wants {
		if f.Why = f.Machine.Match(c, w, &f.Got); f.Why == "" {
			return i
		}
	}
	for i, w := range f.wants {
		if f.Excused = f.missing.excuse(c, w, &f.Got); f.Excused != "" {
			f.Why = ""
			return i
		}
	}
	return -1
}

// unsupported judges that there is no such call. A Diverger has to know the
// reason by name.
func (f *Follower) unsupported() Outcome {
	f.Name = f.Got.Unsupported
	if f.diverges && f.Name != noCounterpart && !f.missing.has(Part(f.Name)) && !f.declares(f.Name) {
		f.Why = fmt.Sprintf("unsupported because of %q, which is no divergence of %s", f.Name, f.kind)
		return f.bad
	}
	return UnsupportedCase
}

// declares reports whether the backend has a divergence of that name.
func (f *Follower) declares(name string) bool {
	return slices.ContainsFunc(f.divergences, func(d Divergence) bool {
		return d.Name == name && slices.Contains(d.Kinds, f.kind)
	})
}

// Wanted returns the answers that were allowed to the last step, as a case
// writes them. It is empty if any would do.
func (f *Follower) Wanted(c *trace.Call) []string {
	var texts []string
	for _, w := range f.wants {
		texts = append(texts, w.Text(c))
	}
	return texts
}

// Nearest returns the answer, of those that were allowed to the last step, that
// f.Got comes nearest to, and what is wrong with f.Got as that one. Which of
// several a call gives may be chance, and what is wrong with one must not have
// another name when the same calls are made again. It returns nil if none is
// known.
func (f *Follower) Nearest(c *trace.Call) (*trace.Want, string) {
	if len(f.wants) == 0 {
		return nil, f.Why
	}
	want := f.wants[0]
	for _, w := range f.wants {
		if w.Status == f.Got.Status {
			want = w
			break
		}
	}
	return want, f.Machine.Match(c, want, &f.Got)
}

// tellsMore reports whether the error number of the answer says more than its
// status.
func (f *Follower) tellsMore() bool {
	return f.Got.Errno != 0 && slices.ContainsFunc(f.divergences, func(d Divergence) bool {
		return slices.Contains(d.Errnos, f.Got.Errno) && slices.Contains(d.Kinds, f.kind)
	})
}

// explain returns the first of the divergences that describes the situation,
// or nil.
func explain(list []Divergence, s *Situation) *Divergence {
	for i := range list {
		d := &list[i]
		if d.Match != nil && slices.Contains(d.Kinds, s.Kind) && d.Match(s) {
			return d
		}
	}
	return nil
}

// after returns the state that follows from the situation, which d describes,
// or nil if it is not known. It leaves the state in s as it is.
func (d *Divergence) after(s *Situation) *oracle.State {
	if d.Next == nil {
		return nil
	}
	of := *s
	of.State = s.State.Clone()
	return d.Next(&of)
}
