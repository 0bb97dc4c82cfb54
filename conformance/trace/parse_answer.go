package trace

import (
	"math"
	"slices"
	"strings"

	"mx.example/handle"
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
	switch {
	case c.Op == OpWait && observes(s):
		want.Signals = w.state()
	case c.Op == OpWaitMany && observes(s):
		want.Pending = p.pending(c, w)
	case s != status.OK:
		w.done("| or the end of the line after " + t.text)
	case c.counts():
		want.N = w.next("the count").number("a count", math.MaxUint64)
	case c.Op == OpRead:
		t := w.next(dataForm)
		data, rest := t.data()
		if rest.text != "" {
			rest.fail("unexpected %s; expected the end of the data", rest.shown())
		}
		want.Data = data
	case c.Op == OpInfo:
		want.Info = p.info(w)
	case c.Op == OpSocketInfo:
		want.Socket = p.socketInfo(w)
	case c.Op == OpPortWait:
		want.Packet = p.packet(w)
	case c.Op == OpSignals:
		want.Signals = w.state()
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

// observes reports whether a wait that ends with s says what it observed.
func observes(s status.Status) bool {
	return s == status.OK || s == status.ErrTimedOut || s == status.ErrCanceled
}

// pending reads a state in parentheses for each item of c.
func (p *parser) pending(c *Call, w *words) []SignalWant {
	var list []SignalWant
	at := w.here()
	for w.more() {
		t := w.next("a state in parentheses")
		i := strings.LastIndexByte(t.text, ')')
		if t.text[0] != '(' || i < 0 {
			t.fail("unexpected %s; expected a state in parentheses for each item, such as (READABLE ...) or (none)*3", t.shown())
		}
		n := 1
		if rest := t.from(i + 1); rest.text != "" {
			var nothing token
			if nothing, n = rest.times(); nothing.text != "" {
				rest.fail("unexpected %s; expected a blank, or *N", rest.shown())
			}
		}
		inner := t.from(1).to(i - 1)
		p.count(t, len(list)+n, n)
		state := (&words{lex(inner.text, inner.col), inner.col + len(inner.text)}).state()
		for range n {
			list = append(list, state)
		}
	}
	if len(list) != len(c.Items) {
		at.fail("states for %d items; expected one for each of the %d", len(list), len(c.Items))
	}
	return list
}

func (p *parser) info(w *words) InfoWant {
	var info InfoWant
	var err error
	t := w.next("the type of the object: socket, event or port")
	info.Type, err = handle.ParseType(t.text)
	t.check(err)
	object := func(dst *string) func(token) {
		return func(t token) {
			*dst = t.name("the name of an object's first handle")
			if !p.scope.objects[*dst] {
				t.fail("%s is not the first handle to an object; expected a name that create, event or port gave", t.shown())
			}
		}
	}
	w.need(p.settings(w, settings{
		"rights=":  func(t token) { info.Rights = t.rights() },
		"koid=":    object(&info.Koid),
		"related=": object(&info.Related),
		"waitable": func(token) { info.Waitable = true },
	}), "rights=", "koid=")
	return info
}
