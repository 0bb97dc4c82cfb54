package main

import (
	"cmp"
	"fmt"
	"math"
	"strings"

	"mx.example/conformance"
	"mx.example/conformance/trace"
)

// A contrast is a case that two backends answer differently, with the first
// answers that do. A step is nil where its side made no such call.
type contrast struct {
	c           *trace.Case
	left, right *conformance.StepResult
	// own says that the calls are not the same: the editions have lines of
	// their own there, and nothing else differs.
	own bool
}

// contrasts compares two backends of a report, case by case. compared counts
// the cases that were run on both and speak for both.
func contrasts(r *conformance.Report, two pair) (list []contrast, compared int) {
	left, right := -1, -1
	for i, b := range r.Backends {
		switch b.Name {
		case two.left:
			left = i
		case two.right:
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
		if x.left != nil || x.right != nil {
			x.c = c.Case
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
func contrastOf(a, b side) contrast {
	own := contrast{own: true}
	for len(a.steps) > 0 && len(b.steps) > 0 {
		x, y := &a.steps[0], &b.steps[0]
		if sameCall(x, y) {
			if answer(x) != answer(y) {
				return contrast{left: x, right: y}
			}
			a.steps, b.steps = a.steps[1:], b.steps[1:]
			continue
		}
		// The nearer the other side made the call, the likelier it is the same.
		inB, inA := find(b.steps, x), find(a.steps, y)
		if inB >= inA {
			own.left = cmp.Or(own.left, x)
			a.steps = a.steps[1:]
		}
		if inA >= inB {
			own.right = cmp.Or(own.right, y)
			b.steps = b.steps[1:]
		}
	}
	switch {
	case len(a.steps) > 0 && !b.whole:
		return contrast{left: &a.steps[0]}
	case len(b.steps) > 0 && !a.whole:
		return contrast{right: &b.steps[0]}
	case len(a.steps) > 0:
		own.left = cmp.Or(own.left, &a.steps[0])
	case len(b.steps) > 0:
		own.right = cmp.Or(own.right, &b.steps[0])
	}
	return own
}

func sameCall(x, y *conformance.StepResult) bool {
	return x.Kind == y.Kind && callText(x) == callText(y)
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

// answer is what was answered, without the error number behind it.
func answer(s *conformance.StepResult) string {
	if s.Errno == 0 {
		return s.Got
	}
	got, _, _ := strings.Cut(s.Got, " (")
	return got
}

// A pairView is the contrasts of a pair, in two parts.
type pairView struct {
	pair
	alike   int
	answers []contrast
	// missing are the cases that one side cannot be asked, by the reason.
	reasons []string
	missing map[string][]string
}

func (c *comparison) view(two pair) *pairView {
	list, compared := contrasts(c.report, two)
	v := &pairView{pair: two, alike: compared - len(list), missing: make(map[string][]string)}
	for _, x := range list {
		why, missing := x.unsupported()
		if !missing {
			v.answers = append(v.answers, x)
			continue
		}
		v.reasons = addNew(v.reasons, why)
		v.missing[why] = append(v.missing[why], x.c.Name)
	}
	return v
}

// unsupported reports whether one side could not be asked, and under which
// name that is known.
func (x *contrast) unsupported() (why string, missing bool) {
	for _, s := range []*conformance.StepResult{x.left, x.right} {
		if s != nil && s.Judged == conformance.UnsupportedCase {
			return cmp.Or(s.Divergence, unnamed), true
		}
	}
	return "", false
}

// title says how much the two have in common.
func (v *pairView) title() string {
	title := fmt.Sprintf("%s against %s: %s alike, %d answered differently", v.right, v.left, plural(v.alike, "case"), len(v.answers))
	n := 0
	for _, names := range v.missing {
		n += len(names)
	}
	if n > 0 {
		title += fmt.Sprintf(", %d with a call that one has not", n)
	}
	return title
}

// text lists the cases in which two backends differ.
func (v *pairView) text(p *page) {
	p.heading("%s", v.title())
	width := max(len(v.left), len(v.right))
	for _, x := range v.answers {
		p.line("")
		p.line("  %s", x.c.Name)
		p.line("%s", cut("    > "+x.call(), pageWidth))
		for _, side := range []struct {
			name string
			step *conformance.StepResult
		}{{v.left, x.left}, {v.right, x.right}} {
			head := "        " + pad(side.name, width) + "  "
			p.hanging(head, pad("", len(head)), x.text(side.step))
		}
	}
	for _, why := range v.reasons {
		p.line("")
		p.line("  %s cannot be tried on both: %s", plural(len(v.missing[why]), "case"), p.in(yellow, why))
		p.paragraph("    ", strings.Join(v.missing[why], " "))
	}
}

// call is the call that was answered differently, with its line.
func (x *contrast) call() string {
	if x.own {
		return "the editions have lines of their own"
	}
	s := cmp.Or(x.left, x.right)
	return fmt.Sprintf("%s  (line %d)", callText(s), s.Line)
}

// text is what one side answered, and under which name that is known.
func (x *contrast) text(s *conformance.StepResult) string {
	switch {
	case s == nil && x.own:
		return "no line"
	case s == nil:
		return "the case had ended before"
	case x.own:
		return fmt.Sprintf("%s  (line %d)", stepText(s), s.Line)
	case s.Kind == trace.Start:
		return "went on"
	case s.Divergence != "":
		return s.Got + "  [" + s.Divergence + "]"
	}
	return s.Got
}
