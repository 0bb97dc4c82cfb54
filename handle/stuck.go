package handle

import (
	"slices"
	"strconv"
	"time"
)

// A StuckCall is a blocked call that [Stuck] has found.
type StuckCall struct {
	BlockedCall
	Kind StuckKind
	// Ends are what could end the call, if there were somebody to do it.
	Ends []Ending
}

// A StuckKind says why a call is stuck.
type StuckKind uint8

const (
	// StuckForever: nothing that anybody can do ends the call, but for closing
	// the handle it waits through, or its context.
	StuckForever StuckKind = iota
	// StuckOutside: only handles that are in none of the tables given can end
	// the call.
	StuckOutside
	// StuckTogether: whoever could end the call is stuck, too.
	StuckTogether
)

// String says it in words.
func (k StuckKind) String() string {
	switch k {
	case StuckForever:
		return "nothing can end it"
	case StuckOutside:
		return "only handles in other tables can end it"
	case StuckTogether:
		return "whoever could end it is stuck, too"
	}
	return strconv.Itoa(int(k))
}

// An Ending is something that would end a blocked call, and who could do it.
type Ending struct {
	Act  string // "write", "read", "close", …
	Koid Koid   // of the object that it is done to
	Name string // of that, or ""
	// All: it ends the call when all handles to the object do it, as a close
	// does.
	All bool
	// By are the handles that could do it.
	By []Holder
	// Outside is how many handles to the object are in no table given; whether
	// they have the right is not known.
	Outside int
}

// A Holder is a handle in a table.
type Holder struct {
	Table  *Table
	Handle Handle
}

// Stuck returns the blocked calls that nothing in these tables can ever end, as a
// deadlock detector does, with what would end each and who could do that. It may
// be called at any time, costs about what a [Dump] does, and changes nothing.
//
// A call is stuck if none of the things that end it can happen. To happen, it
// takes a handle to the right object with the right to do it (or for the end of
// an endpoint, all handles to it), in a table that is not itself stuck. A table
// is stuck if at least one call is blocked through its handles and all that are
// so are stuck. So the calls returned wait for each other, or for nobody.
//
// What it knows: every handle in the tables at one instant, with its rights; all
// calls that were blocked through them at that very instant, for each was seen
// both before and after; directions that were ended and peers that are gone; and
// how many handles to an object are elsewhere.
//
// What it cannot know:
//
//   - Whether a table has a goroutine that does something else meanwhile. It
//     takes a table whose calls are all stuck for one that does nothing. Where
//     several goroutines share a table, a call that is StuckTogether may be ended
//     by one that is not blocked, and only the program knows whether there is
//     one. The other kinds do not depend on this.
//   - Whether a table without a blocked call still has a goroutine. It takes it for
//     one that may act, so a call is not stuck while such a table could end it:
//     see who that is in [Dump], which says so for each blocked call.
//   - What somebody will do who can. A user signal that any handle may set, a
//     packet that may be queued, bytes that may be written: it is enough that
//     they could.
//   - Handles in tables that are not given. It takes them for idle, and says so
//     by the kind StuckOutside.
//   - A context, the deadline of a Conn, and goroutines that are blocked
//     elsewhere, as in Listener.Accept or for their turn in a Conn. The first two
//     may end a call that is returned, which says CalledOff.
//
// A call with a deadline is never stuck. Nor is one that blocks or wakes up while
// Stuck looks: in a program that goes on the result may lack a call, but never
// has one that was not stuck in the sense above.
func Stuck(tables ...*Table) []StuckCall {
	tables = distinct(tables)
	before, s := newSurvey(tables), newSurvey(tables)
	now, wall := Now(), time.Now()
	var list []StuckCall
	stuck, kinds := s.stuck(before)
	for i := range s.calls {
		if c := &s.calls[i]; stuck[i] {
			list = append(list, StuckCall{s.blocked(c, now, wall), kinds[i], s.endings(c)})
		}
	}
	return list
}

// stuck returns for each call whether it is stuck, and how.
func (s *survey) stuck(before *survey) ([]bool, []StuckKind) {
	seen := make(map[callID]*call, len(before.calls))
	for i := range before.calls {
		seen[before.calls[i].ids[0]] = &before.calls[i]
	}
	// A call that was blocked at both looks was so when the handles were listed.
	still := make([]bool, len(s.calls))
	for i := range s.calls {
		c := &s.calls[i]
		was := seen[c.ids[0]]
		still[i] = c.until >= calledOff && c.whole() && was != nil && slices.Equal(c.ids, was.ids)
	}
	stuck, alone := s.settle(still, false), s.settle(still, true)
	kinds := make([]StuckKind, len(s.calls))
	for i := range s.calls {
		c := &s.calls[i]
		switch all := func(uint32) bool { return true }; {
		case !stuck[i]:
		case !s.canEnd(c, all, true):
			kinds[i] = StuckForever
		case alone[i]:
			kinds[i] = StuckTogether
		default:
			kinds[i] = StuckOutside
		}
	}
	return stuck, kinds
}

// settle returns which of the calls that are candidates are stuck. outside says
// that handles elsewhere may act.
func (s *survey) settle(candidates []bool, outside bool) []bool {
	stuck := slices.Clone(candidates)
	busy := make([]bool, len(s.tables)) // may act
	for i := range busy {
		busy[i] = true
	}
	for i := range s.calls {
		busy[s.all[s.calls[i].held].table] = false
	}
	free := func(table uint32) bool { return busy[table] }
	for i := range s.calls {
		if !stuck[i] {
			busy[s.all[s.calls[i].held].table] = true
		}
	}
	for changed := true; changed; {
		changed = false
		for i := range s.calls {
			if c := &s.calls[i]; stuck[i] && s.canEnd(c, free, outside) {
				stuck[i], changed = false, true
				busy[s.all[c.held].table] = true
			}
		}
	}
	return stuck
}

// canEnd reports whether tables that are free can end c.
func (s *survey) canEnd(c *call, free func(table uint32) bool, outside bool) bool {
	if s.anyCan(c.needs, free, outside) {
		return true
	}
	if c.port == 0 {
		return false
	}
	if outside && c.ops > len(s.feeds[c.port]) {
		return true
	}
	for _, f := range s.feeds[c.port] {
		if s.anyCan(f.needs, free, outside) {
			return true
		}
	}
	return false
}

// anyCan reports whether tables that are free can meet one of the needs.
func (s *survey) anyCan(needs []need, free func(table uint32) bool, outside bool) bool {
	for _, n := range needs {
		holders := s.holders(n.koid)
		elsewhere := n.total > len(holders)
		if n.All {
			ok := outside || !elsewhere
			for _, h := range holders {
				ok = ok && free(s.all[h].table)
			}
			if ok {
				return true
			}
			continue
		}
		if outside && elsewhere {
			return true
		}
		for _, h := range holders {
			if s.may(h, n.Needs) && free(s.all[h].table) {
				return true
			}
		}
	}
	return false
}

// may reports whether the handle has the right.
func (s *survey) may(h uint32, r Rights) bool { return r == 0 || s.all[h].entry.rights&r != 0 }

// endings describes what would end c.
func (s *survey) endings(c *call) []Ending {
	list := s.endingsOf(nil, c.needs)
	if c.port != 0 {
		for _, f := range s.feeds[c.port] {
			list = s.endingsOf(list, f.needs)
		}
	}
	return list
}

func (s *survey) endingsOf(list []Ending, needs []need) []Ending {
	for _, n := range needs {
		same := func(e Ending) bool { return e.Act == n.Act && e.Koid == n.koid }
		if slices.ContainsFunc(list, same) {
			continue
		}
		holders := s.holders(n.koid)
		e := Ending{Act: n.Act, Koid: n.koid, Name: n.name, All: n.All, Outside: max(0, n.total-len(holders))}
		for _, h := range holders {
			if s.may(h, n.Needs) {
				e.By = append(e.By, Holder{s.table(h), s.all[h].value})
			}
		}
		list = append(list, e)
	}
	return list
}
