package explore

import (
	"maps"
	"slices"
	"strconv"

	"mx.example/conformance/oracle"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// caseOf writes a sequence as a case, with the answers that the contract
// allows, whatever a backend said. After a named difference some steps may make
// no sense by the contract alone; they are left out.
func caseOf(name, doc string, e handle.Edition, steps []trace.Step) trace.Case {
	w := &writer{
		c:     trace.Case{Name: name, Doc: doc, Editions: []handle.Edition{e}},
		s:     oracle.New(e),
		now:   make(map[string]string),
		first: make(map[string]string),
		count: make(map[string]int),
		begun: make(map[string]trace.Call),
	}
	for i := range steps {
		w.add(steps[i])
	}
	// Every call started must be finished: its handles are closed if need be.
	for _, actor := range slices.Sorted(maps.Keys(w.s.Waits)) {
		call := w.begun[actor]
		for _, r := range call.Refs() {
			if len(w.s.Finish(actor)) == 0 {
				w.answer(trace.Step{Call: trace.Call{Op: trace.OpClose, H: r}})
			}
		}
		w.answer(trace.Step{Kind: trace.Finish, Actor: actor, Call: call})
	}
	return w.c
}

// A writer gives handles names that a reader can tell apart: a and b, c and d
// for the ends of sockets, an event or a port, a2 for the second handle to a.
type writer struct {
	c     trace.Case
	s     *oracle.State
	now   map[string]string // the new name of each old one
	first map[string]string // the first handle to the same object, of each new name
	count map[string]int    // of handles to that
	ends  int
	begun map[string]trace.Call // what each actor has under way
}

func (w *writer) add(st trace.Step) {
	if st.Kind == trace.Finish {
		st.Call = w.begun[st.Actor]
	} else {
		st.Call = w.renamed(st.Call)
	}
	if !sensible(w.s, &st) {
		return
	}
	old := st.Call.Out
	st.Call.Out = nil
	for i := range old {
		st.Call.Out = append(st.Call.Out, w.newName(&st.Call, i))
	}
	given := st.Call.Out
	if st.Kind == trace.Start {
		w.begun[st.Actor] = st.Call
	}
	if !w.answer(st) {
		return
	}
	for i, name := range given {
		w.now[old[i]] = name
		of := name
		if st.Call.Op.MakesObjects() {
			w.ends++
		} else {
			of = w.first[st.Call.H.Name]
		}
		w.first[name] = of
		w.count[of]++
	}
}

// renamed is the call with the new names of the handles that it is made on.
func (w *writer) renamed(c trace.Call) trace.Call {
	c.H.Name = w.now[c.H.Name]
	c.To.Name = w.now[c.To.Name]
	c.Items = slices.Clone(c.Items)
	for i := range c.Items {
		c.Items[i].Ref.Name = w.now[c.Items[i].Ref.Name]
	}
	return c
}

// newName is the name for what a call gives.
func (w *writer) newName(c *trace.Call, i int) string {
	if c.Op.MakesObjects() {
		return letters(w.ends + i)
	}
	of := w.first[c.H.Name]
	return of + strconv.Itoa(w.count[of]+1)
}

// answer adds a step with the answers that the contract allows, and reports
// whether the names that it gives are bound.
func (w *writer) answer(st trace.Step) bool {
	if st.Kind == trace.Start {
		w.s.Start(st.Actor, &st.Call)
		w.c.Steps = append(w.c.Steps, st)
		return false
	}
	outcomes := w.s.Finish(st.Actor)
	if st.Kind == trace.Plain {
		outcomes = oracle.Step(w.s, &st.Call)
	}
	for _, o := range outcomes {
		o.Want.Data = trace.DataOf(o.Want.Data.Bytes()) // a long piece of the pattern in few words
		st.Want = append(st.Want, o.Want)
	}
	w.s = outcomes[0].Next
	ok := st.Want[0].Status == status.OK
	if !ok {
		st.Call.Out = nil
	}
	w.c.Steps = append(w.c.Steps, st)
	return ok
}

// letters is a, b, and so on to z, then aa.
func letters(n int) string {
	if n < 26 {
		return string(rune('a' + n))
	}
	return letters(n/26-1) + letters(n%26)
}
