package handle

import (
	"cmp"
	"slices"
	"sort"
)

// A survey is what was found in some tables: their handles at one instant, and
// after that the calls that were blocked when each handle was looked at.
type survey struct {
	tables []*Table // with the handles: not the fronts of those with hooks
	given  []*Table // the same, as the caller knows them
	all    []held
	byKoid []uint32 // indexes into all, sorted by koid; made when it is needed
	calls  []call
	feeds  map[Koid][]feed // what puts packets into a port
}

// A feed is an operation, with what can make it queue its packet.
type feed struct {
	held  int
	needs []need
}

// distinct returns the tables without repetitions.
func distinct(tables []*Table) []*Table {
	var list []*Table
	for _, t := range tables {
		t.check()
		t.real().timed.Store(true)
		if !slices.ContainsFunc(list, func(o *Table) bool { return o.real() == t.real() }) {
			list = append(list, t)
		}
	}
	return list
}

// newSurvey looks at all handles of the tables, which are distinct.
func newSurvey(given []*Table) *survey {
	tables := make([]*Table, len(given))
	for i, t := range given {
		tables[i] = t.real()
	}
	s := &survey{tables: tables, given: given, all: snapshot(tables), feeds: map[Koid][]feed{}}
	many := map[*waiter]int{} // of each WaitMany, its place in calls
	for i, h := range s.all {
		e, t := h.entry, tables[h.table]
		e.Lock()
		if !e.Live() || !e.blocks() {
			e.Unlock()
			continue
		}
		t.eachCall(e, func(c call) bool {
			c.held = i
			switch {
			case c.ids == nil:
				s.feeds[c.port] = append(s.feeds[c.port], feed{i, c.needs})
				return true
			case c.waiter == nil:
			default:
				if k, ok := many[c.waiter]; ok {
					m := &s.calls[k]
					m.ids, m.needs, m.wanted = append(m.ids, c.ids...), append(m.needs, c.needs...), m.wanted|c.wanted
					return true
				}
				many[c.waiter] = len(s.calls)
			}
			s.calls = append(s.calls, c)
			return true
		})
		e.Unlock()
	}
	return s
}

// whole reports whether c was seen with all of its items.
func (c *call) whole() bool { return c.items == 0 || c.items == len(c.ids) }

// holders returns the indexes of the handles to an object.
func (s *survey) holders(k Koid) []uint32 {
	if s.byKoid == nil {
		s.byKoid = make([]uint32, len(s.all))
		for i := range s.byKoid {
			s.byKoid[i] = uint32(i)
		}
		slices.SortFunc(s.byKoid, func(a, b uint32) int { return cmp.Compare(s.all[a].koid, s.all[b].koid) })
	}
	from := sort.Search(len(s.byKoid), func(i int) bool { return s.all[s.byKoid[i]].koid >= k })
	to := from
	for to < len(s.byKoid) && s.all[s.byKoid[to]].koid == k {
		to++
	}
	return s.byKoid[from:to]
}

// table returns the table of the i-th handle, as the caller knows it.
func (s *survey) table(i uint32) *Table { return s.given[s.all[i].table] }
