package conformance

import (
	"fmt"
	"slices"

	"mx.example/conformance/oracle"
	"mx.example/conformance/trace"
)

// allowed are the answers that the contract allows to the step now. There are
// none to a call that never returns.
func (j *judge) allowed(s *trace.Step) []oracle.Outcome {
	if s.Kind == trace.Finish {
		return j.state.Finish(s.Actor)
	}
	return oracle.Step(j.state, &s.Call)
}

// never ends the judging at a call that would not return: the differences met
// so far have led to a state in which the case makes no sense any more.
func (j *judge) never(s *trace.Step) {
	detail := fmt.Sprintf("line %d: %s: in the state that the differences before it led to, this never returns",
		s.Line, callText(s))
	j.mu.Lock()
	met := len(j.result.Divergences) > 0
	j.mu.Unlock()
	if met {
		j.end(Differs, detail)
	} else {
		j.end(Unexplained, fmt.Sprintf("line %d: %s: this never returns: the case is wrong", s.Line, callText(s)))
	}
}

// byContract judges an answer by what the contract allows in the state that
// the answers so far imply, and by the divergences of the backend.
func (j *judge) byContract(s *trace.Step, allowed []oracle.Outcome, r *trace.Result) {
	sit := &Situation{
		Kind: j.kind, Edition: j.e, State: j.state, Call: &s.Call, Allowed: allowed, Result: r, Shadow: j.shadow,
	}
	if j.shadow != nil {
		defer j.shadow.Observe(sit)
	}
	got := resultOf(j.m, s, r)
	for i := range allowed {
		got.Wanted = append(got.Wanted, allowed[i].Want.Text(&s.Call))
	}
	why := ""
	for i := range allowed {
		if why = j.m.Match(&s.Call, &allowed[i].Want, r); why == "" {
			j.state = allowed[i].Next
			j.record(s, got)
			return
		}
	}
	d := Explain(j.divergences, sit)
	if d == nil {
		got.Judged = Unexplained
		j.record(s, got)
		j.end(Unexplained, mismatch(s, got, why))
		return
	}
	got.Judged, got.Divergence = Differs, d.Name
	j.mu.Lock()
	if !slices.Contains(j.result.Divergences, d.Name) {
		j.detail(mismatch(s, got, why) + " [" + d.Name + "]")
	}
	j.mu.Unlock()
	j.record(s, got)
	next := d.After(sit)
	if next == nil {
		j.end(Differs, "the state that follows is not known: the judging ends here")
		return
	}
	// A call that has returned is not under way any more, whatever it said.
	delete(next.Waits, s.Actor)
	j.state = next
}

// Explain returns the first of the divergences that describes the situation,
// or nil.
func Explain(list []Divergence, s *Situation) *Divergence {
	for i := range list {
		d := &list[i]
		if d.Match != nil && slices.Contains(d.Kinds, s.Kind) && d.Match(s) {
			return d
		}
	}
	return nil
}

// After returns the state that follows from the situation, which d describes,
// or nil if it is not known. It leaves the state in s as it is.
func (d *Divergence) After(s *Situation) *oracle.State {
	if d.Next == nil {
		return nil
	}
	of := *s
	of.State = s.State.Clone()
	return d.Next(&of)
}
