package trace

import (
	"slices"

	"mx.example/status"
)

// answers reads what follows "->": the answers to c, between bars. The names
// that they give become c.Out.
func (p *parser) answers(c *Call, w *words) []Want {
	c.Out = nil
	var list []Want
	for more := true; more; {
		one := words{left: w.left, end: w.end}
		i := slices.IndexFunc(w.left, func(t token) bool { return t.text == "|" })
		if more = i >= 0; more {
			one.left, one.end = w.left[:i], w.left[i].col
			w.left = w.left[i+1:]
		}
		if len(list) == maxAnswers {
			one.here().fail("too many answers; expected at most %d", maxAnswers)
		}
		list = append(list, p.answer(c, &one))
	}
	return list
}

// answer reads one answer: all the words of w.
func (p *parser) answer(c *Call, w *words) Want {
	t := w.next("an answer: a status, and after OK what the call returns")
	s := t.status()
	want := Want{Status: s}
	switch x := c.result(); {
	case x.in(s):
		x.read(p, w, c, &want)
	case s != status.OK:
		w.done("| or the end of the line after " + t.text)
	case c.Op.Gives() > 0:
		if c.Out != nil {
			t.fail("a second OK; expected the names in one OK answer")
		}
		for range c.Op.Gives() {
			t := w.next("a name for the new handle")
			name := t.name("a name for the new handle")
			if slices.Contains(c.Out, name) {
				t.fail("%s is the name of both handles; expected two names", name)
			}
			c.Out = append(c.Out, name)
		}
	}
	w.done("| or the end of the line")
	return want
}
