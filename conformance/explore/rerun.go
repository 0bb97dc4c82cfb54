package explore

import (
	"mx.example/conformance"
	"mx.example/conformance/oracle"
	"mx.example/conformance/trace"
	"mx.example/handle"
)

// rerun makes the steps of a sequence of which some may have been left out,
// on a fresh kernel. Steps that make no sense any more are skipped. It gives
// those that were made, up to the first difference, and that.
func rerun(b conformance.Backend, e handle.Edition, known []string, steps []trace.Step) ([]trace.Step, *Difference) {
	f, err := follow(b, e, known)
	if err != nil {
		return nil, &Difference{Kind: "boot", Detail: err.Error()}
	}
	begun := make(map[string]trace.Call)
	ran := make([]trace.Step, 0, len(steps))
	for i := range steps {
		st := steps[i]
		if st.Kind == trace.Finish {
			st.Call = begun[st.Actor]
		}
		if !sensible(f.State, &st) {
			continue
		}
		if st.Kind == trace.Start {
			begun[st.Actor] = st.Call
		}
		ran = append(ran, st)
		if f.Step(&st).Bad() {
			f.Close() // what it says comes of what went wrong before
			return ran, differenceOf(f, &st)
		}
		if f.Over {
			f.Close()
			return ran, nil
		}
	}
	if err := f.Close(); err != nil {
		return ran, &Difference{Kind: closeKind, Detail: err.Error()}
	}
	return ran, nil
}

// closeKind is the kind of a difference that shows when a kernel is closed.
const closeKind = "close of the kernel"

// sensible reports whether a step can be made in a state: what it names is
// there, and it returns.
func sensible(s *oracle.State, st *trace.Step) bool {
	c := &st.Call
	if st.Kind == trace.Finish {
		return len(s.Finish(st.Actor)) > 0
	}
	for _, r := range c.Refs() {
		if _, ok := s.Handles[r.Name]; r.Name != "" && !ok {
			return false
		}
		if r.Table != "" && s.Tables[r.Table] == nil {
			return false
		}
	}
	if made := s.Tables[c.Table] != nil; c.Table != "" && made == (c.Op == trace.OpTable) {
		return false
	}
	if st.Kind == trace.Start {
		return s.Waits[st.Actor] == nil
	}
	return !s.Blocks(c)
}
