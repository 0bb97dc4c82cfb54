package trace

import "strings"

// call reads a call with its arguments: all the words of w.
func (p *parser) call(w *words) Call {
	t := w.next("a call")
	var c Call
	for op := range forms {
		if name := forms[op].word; name == t.text && name != "" {
			c.Op = Op(op)
		}
	}
	if c.Op == 0 {
		var names []string
		for _, op := range Ops() {
			names = append(names, op.String())
		}
		t.fail("there is no call %s; expected one of %s", t.shown(), strings.Join(names, ", "))
	}
	var known []setting
	for _, a := range c.Op.form().args {
		switch {
		case a.key != "":
			known = append(known, setting{a.key, a.need, a.or, func(t token) { a.read(p, &c, t) }})
		case a.list != nil:
			a.list(p, w, &c)
		default:
			a.read(p, &c, w.next(a.what))
		}
	}
	w.settings(known)
	return c
}

func (p *parser) knownRef(t token) Ref {
	r := t.ref()
	if r.Name != "" && !p.scope.handles[r.Name] {
		t.fail("no earlier line gives a handle %s; expected a name from an OK answer", r.Name)
	}
	if r.Table != "" {
		p.knownTable(t, r.Table)
	}
	return r
}

func (p *parser) knownTable(t token, name string) {
	if !p.scope.tables[name] {
		t.fail("no earlier line makes a table %s; expected %s or the name of a table call", name, FirstTable)
	}
}

// count fails when a list is too long, or all of the file are: more items come
// to a list, and make it n.
func (p *parser) count(t token, n, more int) {
	if n > maxItems {
		t.fail("too many items; expected at most %d in a call", maxItems)
	}
	if p.items += more; p.items > maxFileItems {
		t.fail("too many items; expected at most %d in a file", maxFileItems)
	}
}

// A setting is a word that may follow those at fixed places, once, in any
// order: "key=" with what reads its value, or a word alone.
type setting struct {
	key  string
	need bool // it is never left out
	or   bool // it says what the setting before it says, in another way
	read func(token)
}

// settings takes all the words of w, which are some of known. They are given
// in the order in which the printer has them.
func (w *words) settings(known []setting) {
	at := w.here()
	seen := make(map[string]bool)
	for w.more() {
		t := w.left[0]
		key, value := t.text, token{}
		if k, v, ok := t.cut("="); ok {
			key, value = k.text+"=", v
		}
		s := find(known, key)
		if s == nil {
			w.done(expected(known))
		}
		if seen[key] {
			t.fail("%s is given twice; expected it once", key)
		}
		seen[key] = true
		s.read(value)
		w.next(key)
	}
	var needed []string
	for i, s := range known {
		if s.or && seen[s.key] && seen[known[i-1].key] {
			at.fail("%s and %s on one line; expected one of them", s.key, known[i-1].key)
		}
		if s.need {
			needed = append(needed, s.key)
		}
	}
	for _, key := range needed {
		if !seen[key] {
			w.here().fail("%s is missing; expected %s before this", key, strings.Join(needed, " "))
		}
	}
}

func find(known []setting, key string) *setting {
	for i := range known {
		if known[i].key == key {
			return &known[i]
		}
	}
	return nil
}

func expected(known []setting) string {
	var keys []string
	for _, s := range known {
		keys = append(keys, s.key)
	}
	return strings.Join(append(keys, "->"), ", ") + " or the end of the line"
}
