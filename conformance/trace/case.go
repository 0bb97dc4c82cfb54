package trace

import (
	"slices"

	"mx.example/handle"
)

// For reports whether the case speaks for edition e.
func (c *Case) For(e handle.Edition) bool {
	return c.Editions == nil || slices.Contains(c.Editions, e)
}

// StepsFor gives the lines that count in edition e, in order. When all do it
// is the slice of the case itself.
func (c *Case) StepsFor(e handle.Edition) []Step {
	if !slices.ContainsFunc(c.Steps, func(s Step) bool { return !s.in(e) }) {
		return c.Steps
	}
	var steps []Step
	for _, s := range c.Steps {
		if s.in(e) {
			steps = append(steps, s)
		}
	}
	return steps
}

// in reports whether the line counts in edition e.
func (s *Step) in(e handle.Edition) bool {
	return s.Editions == nil || slices.Contains(s.Editions, e)
}

// UsesStale reports whether some call of the case may be made on a value that
// is no handle of the table at that moment: because a close, replace or
// transfer came before, because the value is that of another table, is 0, or
// is off by a Delta. A backend whose handles are numbers that the host hands
// out again (file descriptors) may then hit something foreign.
//
// It says true when in doubt: a close, replace or transfer counts as if it had
// taken the handle away, whatever its answer is, since a backend without
// rights does not refuse it.
func (c *Case) UsesStale() bool {
	for _, e := range handle.Editions() {
		if c.For(e) && usesStale(c.StepsFor(e)) {
			return true
		}
	}
	return false
}

func usesStale(steps []Step) bool {
	home := make(map[string]string) // the table of each handle named so far
	gone := make(map[string]bool)
	stale := func(r Ref) bool {
		table, given := home[r.Name]
		return !given || gone[r.Name] || r.Delta != 0 || r.Table != "" && r.Table != table
	}
	for i := range steps {
		c := &steps[i].Call
		if steps[i].Kind != Finish {
			if slices.ContainsFunc(c.Refs(), stale) {
				return true
			}
			if c.Op.form().on == onHToHere {
				// Both values are used in one table.
				if home[c.To.Name] != home[c.H.Name] {
					return true
				}
			}
			switch c.Op {
			case OpClose, OpReplace, OpTransfer:
				gone[c.H.Name] = true
			}
		}
		if steps[i].Kind != Start {
			table := c.Table // OpCreate, OpEvent, OpPort, OpTransfer
			switch {
			case c.Op == OpDuplicate || c.Op == OpReplace:
				table = home[c.H.Name]
			case table == "":
				table = FirstTable
			}
			for _, name := range c.Out {
				home[name] = table
				delete(gone, name)
			}
		}
	}
	return false
}
