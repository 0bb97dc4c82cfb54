package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"mx.example/conformance"
	"mx.example/conformance/trace"
)

// A difference is what a report shows of one divergence.
type difference struct {
	name  string
	about *conformance.Divergence // nil if the backends do not know the name
	// answers says that some call was answered otherwise; without it the
	// divergence only says why calls are unsupported.
	answers bool
	cases   []string            // that show it
	kinds   []string            // of the backends that show it, in their order
	byKind  map[string][]string // the cases by kind
	example example
}

// An example is a call that shows a difference, with those before it.
type example struct {
	c      *trace.Case
	result *conformance.CaseResult
	step   int // of result.Steps
	cost   int // how much a reader has to take in
}

// unnamed stands for the divergence of unsupported calls that have none.
const unnamed = "(without a name)"

// differencesOf gathers the differences of a report: those in answers first,
// each part with the most frequent first.
func differencesOf(r *conformance.Report, known []conformance.Divergence) []*difference {
	byName := make(map[string]*difference)
	var all []*difference
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
					name = unnamed
				}
				if name == "" {
					continue
				}
				d := byName[name]
				if d == nil {
					d = &difference{name: name, byKind: make(map[string][]string)}
					if n := slices.IndexFunc(known, func(k conformance.Divergence) bool { return k.Name == name }); n >= 0 {
						d.about = &known[n]
					}
					byName[name] = d
					all = append(all, d)
				}
				d.add(example{c.Case, res, step, 0})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b *difference) int {
		if a.answers != b.answers {
			if a.answers {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(len(b.cases), len(a.cases)), cmp.Compare(a.name, b.name))
	})
	return all
}

// add takes in one more place where the difference shows.
func (d *difference) add(e example) {
	kind := kindOf(e.result.Backend)
	d.kinds = addNew(d.kinds, kind)
	d.cases = addNew(d.cases, e.c.Name)
	d.byKind[kind] = addNew(d.byKind[kind], e.c.Name)
	answers := e.result.Steps[e.step].Judged != conformance.UnsupportedCase
	e.cost = e.weigh()
	// An answer says more than a call that was not made.
	if d.example.c == nil || answers && !d.answers || answers == d.answers && e.cost < d.example.cost {
		d.example = e
	}
	d.answers = d.answers || answers
}

// weigh says how much there is to read, and prefers an example in which
// nothing else differs before.
func (e *example) weigh() int {
	cost := 0
	for i := range e.result.Steps[:e.step+1] {
		s := &e.result.Steps[i]
		cost += 40 + len(s.Call) + len(s.Got)
		if i < e.step && s.Divergence != "" {
			cost += 10_000
		}
	}
	return cost
}

// where says how many cases show the difference on which kinds.
func (d *difference) where() string {
	var parts []string
	for _, k := range d.kinds {
		n := len(d.byKind[k])
		if len(parts) == 0 {
			parts = append(parts, fmt.Sprintf("%s on %s", plural(n, "case"), k))
		} else {
			parts = append(parts, fmt.Sprintf("%d on %s", n, k))
		}
	}
	return strings.Join(parts, ", ")
}

// cause is why it is so.
func (d *difference) cause() string {
	if d.about == nil {
		return "The backend gives no cause."
	}
	return d.about.Cause
}

// differing are the differences in answers.
func (c *comparison) differing() []*difference {
	for i, d := range c.differences {
		if !d.answers {
			return c.differences[:i]
		}
	}
	return c.differences
}

// brief is the first sentence of the cause.
func (d *difference) brief() string {
	if first, _, more := strings.Cut(d.cause(), ". "); more {
		return first + "."
	}
	return d.cause()
}

// differencesText writes every difference with its example.
func (c *comparison) differencesText(p *page) {
	part := ""
	for _, d := range c.differences {
		head := "Calls without a counterpart: the case ends there, as unsupported"
		if d.answers {
			head = "Differences: what was answered, and what the contract wants"
		}
		if head != part {
			p.heading("%s", head)
			part = head
		}
		d.text(p)
	}
	if len(c.differences) > 0 {
		p.line("")
		p.line(`  "mxconform explain NAME" tells more of a difference, a case or a clause, with the sources.`)
	}
}

// text writes one difference.
func (d *difference) text(p *page) {
	p.line("")
	p.line("  %s", p.in(yellow, d.name))
	p.paragraph("      ", d.cause())
	p.paragraph("      ", d.where()+".")
	d.example.text(p, "      ")
}

// before is how many calls before the one in question an example shows.
const before = 6

// text writes the calls up to the one that shows the difference, and both
// results.
func (e *example) text(p *page, indent string) {
	p.line("%s%s", indent, p.in(dim, fmt.Sprintf("for example %s on %s:", e.c.Name, e.result.Backend)))
	indent += "  "
	for i := range e.result.Steps[:e.step] {
		if e.step > before {
			// The first call makes the objects: it stays.
			if i == 1 {
				p.line("%s  ... %s ...", indent, plural(e.step-before, "more call"))
			}
			if i > 0 && i <= e.step-before {
				continue
			}
		}
		p.line("%s", cut(indent+"  "+stepText(&e.result.Steps[i]), pageWidth))
	}
	last := &e.result.Steps[e.step]
	p.line("%s", cut(indent+"> "+callText(last), pageWidth))
	kind := kindOf(e.result.Backend)
	width := max(len("contract"), len(kind))
	if len(last.Wanted) > 0 {
		p.line("%s", cut(fmt.Sprintf("%s    %s  %s", indent, pad("contract", width), strings.Join(last.Wanted, " or ")), pageWidth))
	}
	p.hanging(indent+"    "+pad(kind, width)+"  ", indent+"    "+pad("", width)+"  ", last.Got)
}

// callText is a call with the actor that made it.
func callText(s *conformance.StepResult) string {
	if s.Actor == "" {
		return s.Call
	}
	return s.Actor + ": " + s.Call
}

// stepText is a call with what came of it. One that was started has no result
// yet.
func stepText(s *conformance.StepResult) string {
	if s.Kind == trace.Start {
		return callText(s)
	}
	return callText(s) + " -> " + s.Got
}
