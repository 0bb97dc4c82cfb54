package compare

import (
	"cmp"
	"fmt"
	"math"
	"strings"

	"mx.example/conformance"
	"mx.example/conformance/trace"
)

// A Contrast is a case that two backends answer differently, with the first
// answers that do. A step is nil where its side made no such call.
type Contrast struct {
	Case        *trace.Case
	Left, Right *conformance.StepResult
	// Own says that the calls are not the same: the editions have lines of
	// their own there, and nothing else differs.
	Own bool
}

// contrasts compares two backends of a report, case by case. compared counts
// the cases that were run on both and speak for both.
func contrasts(r *conformance.Report, two Pair) (list []Contrast, compared int) {
	left, right := -1, -1
	for i, b := range r.Backends {
		switch b.Name {
		case two.Left:
			left = i
		case two.Right:
			right = i
		}
	}
	ran := func(res *conformance.CaseResult) bool {
		return res != nil && res.Outcome != conformance.NotApplicable
	}
	for _, c := range r.Cases {
		a, b := c.Results[left], c.Results[right]
		if !ran(a) || !ran(b) {
			continue
		}
		compared++
		x := contrastOf(
			side{a.Steps, len(a.Steps) == len(c.Case.StepsFor(r.Backends[left].Edition))},
			side{b.Steps, len(b.Steps) == len(c.Case.StepsFor(r.Backends[right].Edition))})
		if x.Left != nil || x.Right != nil {
			x.Case = c.Case
			list = append(list, x)
		}
	}
	return list, compared
}

// A side is what one backend answered in a case.
type side struct {
	steps []conformance.StepResult
	whole bool // it came to the end of the case
}

// contrastOf finds the first call that was answered differently, or that only
// one side made because the other had ended before it. Editions have lines of
// their own: calls that only one side made are passed over, and are what is
// found if there is nothing else. The steps are nil if nothing differs.
func contrastOf(a, b side) Contrast {
	own := Contrast{Own: true}
	for len(a.steps) > 0 && len(b.steps) > 0 {
		x, y := &a.steps[0], &b.steps[0]
		if sameCall(x, y) {
			if Answer(x) != Answer(y) {
				return Contrast{Left: x, Right: y}
			}
			a.steps, b.steps = a.steps[1:], b.steps[1:]
			continue
		}
		// The nearer the other side made the call, the likelier it is the same.
		inB, inA := find(b.steps, x), find(a.steps, y)
		if inB >= inA {
			own.Left = cmp.Or(own.Left, x)
			a.steps = a.steps[1:]
		}
		if inA >= inB {
			own.Right = cmp.Or(own.Right, y)
			b.steps = b.steps[1:]
		}
	}
	switch {
	case len(a.steps) > 0 && !b.whole:
		return Contrast{Left: &a.steps[0]}
	case len(b.steps) > 0 && !a.whole:
		return Contrast{Right: &b.steps[0]}
	case len(a.steps) > 0:
		own.Left = cmp.Or(own.Left, &a.steps[0])
	case len(b.steps) > 0:
		own.Right = cmp.Or(own.Right, &b.steps[0])
	}
	return own
}

func sameCall(x, y *conformance.StepResult) bool {
	return x.Kind == y.Kind && CallText(x) == CallText(y)
}

// find says how far away the call of s is, or a number beyond the end.
func find(steps []conformance.StepResult, s *conformance.StepResult) int {
	for i := range steps {
		if sameCall(&steps[i], s) {
			return i
		}
	}
	return math.MaxInt
}

// Answer is what was answered, without the error number behind it.
func Answer(s *conformance.StepResult) string {
	if s.Errno == 0 {
		return s.Got
	}
	got, _, _ := strings.Cut(s.Got, " (")
	return got
}

// A PairView is the contrasts of a pair, in two parts.
type PairView struct {
	Pair
	Alike   int // cases that both answer alike
	Answers []Contrast
	// Missing are the cases that one side cannot be asked, by the reason.
	Reasons []string
	Missing map[string][]string
}

// View compares the backends of a pair.
func (c *Comparison) View(two Pair) *PairView {
	list, compared := contrasts(c.Report, two)
	v := &PairView{Pair: two, Alike: compared - len(list), Missing: make(map[string][]string)}
	for _, x := range list {
		why, missing := x.unsupported()
		if !missing {
			v.Answers = append(v.Answers, x)
			continue
		}
		v.Reasons = addNew(v.Reasons, why)
		v.Missing[why] = append(v.Missing[why], x.Case.Name)
	}
	return v
}

// unsupported reports whether one side could not be asked, and under which
// name that is known.
func (x *Contrast) unsupported() (why string, missing bool) {
	for _, s := range []*conformance.StepResult{x.Left, x.Right} {
		if s != nil && s.Judged == conformance.UnsupportedCase {
			return cmp.Or(s.Divergence, Unnamed), true
		}
	}
	return "", false
}

// Title says how much the two have in common.
func (v *PairView) Title() string {
	title := fmt.Sprintf("%s against %s: %s alike, %d answered differently", v.Right, v.Left, countCases(v.Alike), len(v.Answers))
	n := 0
	for _, names := range v.Missing {
		n += len(names)
	}
	if n > 0 {
		title += fmt.Sprintf(", %d with a call that one has not", n)
	}
	return title
}

// Call is the call that was answered differently, with its line.
func (x *Contrast) Call() string {
	if x.Own {
		return "the editions have lines of their own"
	}
	s := cmp.Or(x.Left, x.Right)
	return fmt.Sprintf("%s  (line %d)", CallText(s), s.Line)
}

// Text is what one side answered, and under which name that is known.
func (x *Contrast) Text(s *conformance.StepResult) string {
	switch {
	case s == nil && x.Own:
		return "no line"
	case s == nil:
		return "the case had ended before"
	case x.Own:
		return fmt.Sprintf("%s  (line %d)", StepText(s), s.Line)
	case s.Kind == trace.Start:
		return "went on"
	case s.Divergence != "":
		return s.Got + "  [" + s.Divergence + "]"
	}
	return s.Got
}
