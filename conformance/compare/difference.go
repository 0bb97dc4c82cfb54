package compare

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"mx.example/conformance"
	"mx.example/conformance/trace"
)

// A Difference is what a report shows of one divergence.
type Difference struct {
	Name  string
	About *conformance.Divergence // nil if the backends do not know the name
	// Answers says that some call was answered otherwise; without it the
	// divergence only says why calls are unsupported.
	Answers bool
	Cases   []string            // that show it
	Kinds   []string            // of the backends that show it, in their order
	ByKind  map[string][]string // the cases by kind
	Example Example
}

// An Example is a call that shows a difference, with those before it.
type Example struct {
	Result
	Step int // of Result.Steps
	cost int // how much a reader has to take in
}

// Unnamed stands for the divergence of unsupported calls that have none.
const Unnamed = "(without a name)"

// differencesOf gathers the differences of a report: those in answers first,
// each part with the most frequent first.
func differencesOf(r *conformance.Report) []*Difference {
	byName := make(map[string]*Difference)
	var all []*Difference
	for i := range r.Cases {
		c := &r.Cases[i]
		for _, res := range c.Results {
			if res == nil {
				continue
			}
			for step := range res.Steps {
				s := &res.Steps[step]
				name := s.Divergence
				if name == "" && s.Judged == conformance.UnsupportedCase {
					name = Unnamed
				}
				if name == "" {
					continue
				}
				d := byName[name]
				if d == nil {
					d = &Difference{Name: name, ByKind: make(map[string][]string)}
					if n := slices.IndexFunc(r.Divergences, func(k conformance.Divergence) bool { return k.Name == name }); n >= 0 {
						d.About = &r.Divergences[n]
					}
					byName[name] = d
					all = append(all, d)
				}
				d.add(Example{Result{c.Case, res}, step, 0})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b *Difference) int {
		if a.Answers != b.Answers {
			if a.Answers {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(len(b.Cases), len(a.Cases)), cmp.Compare(a.Name, b.Name))
	})
	return all
}

// add takes in one more place where the difference shows.
func (d *Difference) add(e Example) {
	kind := KindOf(e.Result.Result.Backend)
	d.Kinds = addNew(d.Kinds, kind)
	d.Cases = addNew(d.Cases, e.Case.Name)
	d.ByKind[kind] = addNew(d.ByKind[kind], e.Case.Name)
	answers := e.Result.Result.Steps[e.Step].Judged != conformance.UnsupportedCase
	e.cost = e.weigh()
	// An answer says more than a call that was not made.
	if d.Example.Case == nil || answers && !d.Answers || answers == d.Answers && e.cost < d.Example.cost {
		d.Example = e
	}
	d.Answers = d.Answers || answers
}

// weigh says how much there is to read, and prefers an example in which
// nothing else differs before.
func (e *Example) weigh() int {
	cost := 0
	for i := range e.Result.Result.Steps[:e.Step+1] {
		s := &e.Result.Result.Steps[i]
		cost += 40 + len(s.Call) + len(s.Got)
		if i < e.Step && s.Divergence != "" {
			cost += 10_000
		}
	}
	return cost
}

// Where says how many cases show the difference on which kinds.
func (d *Difference) Where() string {
	var parts []string
	for _, k := range d.Kinds {
		n := len(d.ByKind[k])
		if len(parts) == 0 {
			parts = append(parts, fmt.Sprintf("%s on %s", countCases(n), k))
		} else {
			parts = append(parts, fmt.Sprintf("%d on %s", n, k))
		}
	}
	return strings.Join(parts, ", ")
}

// Cause is why it is so.
func (d *Difference) Cause() string {
	if d.About == nil {
		return "The backend gives no cause."
	}
	return d.About.Cause
}

// Brief is the first sentence of the cause.
func (d *Difference) Brief() string {
	if first, _, more := strings.Cut(d.Cause(), ". "); more {
		return first + "."
	}
	return d.Cause()
}

// CallText returns a call with the actor that made it.
func CallText(s *conformance.StepResult) string {
	if s.Actor == "" {
		return s.Call
	}
	return s.Actor + ": " + s.Call
}

// StepText returns a call with what came of it. One that was started has no result
// yet.
func StepText(s *conformance.StepResult) string {
	if s.Kind == trace.Start {
		return CallText(s)
	}
	return CallText(s) + " -> " + s.Got
}
