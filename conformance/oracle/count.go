package oracle

import (
	"cmp"
	"slices"

	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// koids makes events, one after the other, and closes each. That their koids
// differ is for whoever has koids (C-KOID).
func (s *State) koids(c *trace.Call) trace.Want {
	table := tableName(c.Table)
	if s.Tables[table] == nil {
		return answer(status.ErrBadHandle) // no such process
	}
	if c.Count > 0 && !s.fits(table, 1, EventCharge) {
		return answer(status.ErrNoMemory) // X-FULL, L-ACCOUNT
	}
	s.LastSerial += c.Count
	s.LastKoid += handle.Koid(c.Count)
	return trace.Want{Status: status.OK, N: c.Count}
}

// closeAll closes the handles of a table, the earliest first: in which order is
// not said.
func (s *State) closeAll(c *trace.Call) trace.Want {
	table := tableName(c.Table)
	if s.Tables[table] == nil {
		return answer(status.ErrBadHandle) // no such process
	}
	var names []string
	for name, h := range s.Handles {
		if h.Live && h.Table == table {
			names = append(names, name)
		}
	}
	slices.SortFunc(names, func(x, y string) int { return cmp.Compare(s.Handles[x].Serial, s.Handles[y].Serial) })
	for _, name := range names {
		s.drop(name, s.Handles[name])
		s.observe(nil)
	}
	return answer(status.OK)
}

// holds counts what is at an object: the handles to it, the waits and operations
// on it that have not ended, and the packets in it.
func (s *State) holds(c *trace.Call) trace.Want {
	_, o, st := s.use(c.H, 0)
	if st != status.OK {
		return answer(st)
	}
	want := trace.Want{Status: status.OK}
	n := &want.Holding
	n.Handles, n.Packets = uint64(o.Handles), uint64(len(o.Packets))
	for _, op := range s.Operations {
		if op.Object == o.Koid {
			n.Observers++
		}
	}
	for _, w := range s.Waits {
		if w.Done != nil || w.Port != 0 || w.Fired || w.Canceled || w.Expired {
			continue
		}
		for _, item := range w.Items {
			if item.Object == o.Koid {
				n.Observers++
			}
		}
	}
	return want
}
