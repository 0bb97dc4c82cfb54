package trace

import (
	"slices"
	"strings"

	"mx.example/handle"
)

// step reads a line with a call: what is made, by whom, in which editions, and
// the answers.
func (p *parser) step(w *words) {
	c := p.current()
	if p.scope.editions == nil {
		p.scope.begin(c)
	}
	if p.steps++; p.steps > maxSteps {
		w.here().fail("too many calls; expected at most %d in a file", maxSteps)
	}
	s := Step{Line: p.number}
	speaks := p.scope.editions // those in which the line counts
	if t := w.here(); strings.HasPrefix(t.text, "[") {
		s.Editions = p.filter(w.next("editions"))
		speaks = s.Editions
	}
	actor := w.here()
	if name, _, ok := actor.cut(":"); ok && len(name.text)+1 == len(actor.text) {
		s.Actor = name.name("an actor")
		w.next("an actor")
	}

	answers := words{end: w.end}
	answered := false
	if i := slices.IndexFunc(w.left, func(t token) bool { return t.text == "->" }); i >= 0 {
		answered = true
		answers.left = w.left[i+1:]
		w.left, w.end = w.left[:i], w.left[i].col
	}

	if s.Actor != "" && answered && !w.more() {
		s.Kind = Finish
		s.Call = p.scope.finish(actor, s.Actor, speaks).call
	} else {
		at := w.here()
		s.Call = p.call(w)
		if s.Call.Op == OpTable {
			if s.Actor != "" {
				at.fail("a table is not made on an actor; expected the line without %s:", s.Actor)
			}
			p.scope.giveTable(at, s.Call.Table, speaks, p.number)
		}
		if s.Actor != "" {
			s.Kind = Start
			p.scope.start(s.Actor, started{s.Call, s.Actor, p.number, actor.col}, speaks)
		}
	}
	if s.Kind == Start {
		c.Steps = append(c.Steps, s)
		if !answered {
			return
		}
		p.scope.finish(actor, s.Actor, speaks)
		s.Kind = Finish
	}
	if answered {
		s.Want = p.answers(&s.Call, &answers)
	}
	p.scope.give(&s.Call)
	c.Steps = append(c.Steps, s)
}

// filter reads "[manual,kernel2017]".
func (p *parser) filter(t token) []handle.Edition {
	const expected = "editions in brackets, such as [manual] or [manual,kernel2017], and a blank"
	inner := t.from(1)
	i := strings.IndexByte(inner.text, ']')
	if i != len(inner.text)-1 {
		inner.from(i+1).fail("unexpected %s; expected %s", inner.from(i+1).shown(), expected)
	}
	inner = inner.to(i)
	var list []handle.Edition
	for more := true; more; {
		var name token
		name, inner, more = inner.cut(",")
		trimmed := strings.TrimLeft(name.text, " \t")
		name = name.from(len(name.text) - len(trimmed))
		name = name.to(len(strings.TrimRight(trimmed, " \t")))
		list = addEdition(list, name)
		if e := list[len(list)-1]; !slices.Contains(p.scope.editions, e) {
			name.fail("the case does not speak for edition %v; expected one of its own", e)
		}
	}
	return list
}

// A scope is what has a name in a case, so far.
//
// Handles and the tables that calls use need an earlier line that gives them,
// if only in another edition. Tables that are made, and actors, are followed
// edition by edition.
type scope struct {
	editions []handle.Edition // those that the case speaks for
	handles  map[string]bool
	objects  map[string]bool // the handles that came with a new object
	tables   map[string]bool
	made     map[tableIn]int      // the line that makes the table
	busy     map[actorIn]*started // the call under way
}

type tableIn struct {
	edition handle.Edition
	name    string
}

type actorIn struct {
	edition handle.Edition
	name    string
}

// A started is a call under way on an actor.
type started struct {
	call      Call
	actor     string
	line, col int
}

func newScope() *scope {
	return &scope{
		handles: make(map[string]bool),
		objects: make(map[string]bool),
		tables:  map[string]bool{FirstTable: true},
		made:    make(map[tableIn]int),
		busy:    make(map[actorIn]*started),
	}
}

// begin is called at the first call, when the head is known.
func (s *scope) begin(c *Case) {
	s.editions = c.Editions
	if s.editions == nil {
		s.editions = handle.Editions()
	}
}

// give notes the names that the answers of c give.
func (s *scope) give(c *Call) {
	for _, name := range c.Out {
		s.handles[name] = true
		if c.Op.MakesObjects() {
			s.objects[name] = true
		}
	}
}

func (s *scope) giveTable(t token, name string, editions []handle.Edition, line int) {
	for _, e := range editions {
		if name == FirstTable {
			t.fail("the table %s is there from the start; expected another name", name)
		}
		if earlier, ok := s.made[tableIn{e, name}]; ok {
			t.fail("line %d makes a table %s in edition %v already; expected another name", earlier, name, e)
		}
		s.made[tableIn{e, name}] = line
	}
	s.tables[name] = true
}

func (s *scope) start(actor string, call started, editions []handle.Edition) {
	for _, e := range editions {
		if earlier := s.busy[actorIn{e, actor}]; earlier != nil {
			token{col: call.col}.fail("%s has the call of line %d under way in edition %v; expected that it is finished first", actor, earlier.line, e)
		}
		s.busy[actorIn{e, actor}] = &call
	}
}

// finish ends the call that the actor has under way in all of editions.
func (s *scope) finish(t token, actor string, editions []handle.Edition) *started {
	var call *started
	for _, e := range editions {
		key := actorIn{e, actor}
		switch now := s.busy[key]; {
		case now == nil:
			t.fail("%s has no call under way in edition %v; expected that one was started", actor, e)
		case call != nil && call != now:
			t.fail("%s has the call of line %d under way in one edition and that of line %d in another; expected a line for each", actor, call.line, now.line)
		default:
			call = now
		}
		delete(s.busy, key)
	}
	return call
}

// unfinished gives the first call that is still under way, and where.
func (s *scope) unfinished() (*started, handle.Edition) {
	var first *started
	var in handle.Edition
	for key, call := range s.busy {
		if first == nil || call.line < first.line || call == first && key.edition < in {
			first, in = call, key.edition
		}
	}
	return first, in
}
