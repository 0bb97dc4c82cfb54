package oracle

import (
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// table makes a handle table.
func (s *State) table(c *trace.Call) trace.Want {
	t := &Table{
		Edition:     s.Edition,
		HandleLimit: DefaultHandleLimit,
		MemoryLimit: c.Memory,
		HasMemory:   c.HasMemory,
	}
	if c.Edition != nil {
		t.Edition = *c.Edition // E-OWNER
	}
	if c.Handles != 0 {
		t.HandleLimit = c.Handles
	}
	s.Tables[c.Table] = t
	return answer(status.OK)
}

// create makes a socket pair.
func (s *State) create(c *trace.Call) trace.Want {
	if c.Options != Stream && c.Options != Datagram {
		return answer(status.ErrInvalidArgs) // C-OPTIONS
	}
	if c.HasCapacity && (c.Capacity < LeastCapacity || c.Capacity > GreatestCapacity) {
		return answer(status.ErrInvalidArgs) // C-CAPACITY
	}
	table := tableName(c.Table)
	t := s.Tables[table]
	if t == nil {
		return answer(status.ErrBadHandle) // no such process
	}
	capacity := RulesOf(t.Edition).Capacity // C-CAPACITY
	if c.HasCapacity {
		capacity = c.Capacity
	}
	if !s.fits(table, 2, PairCharge) {
		return answer(status.ErrNoMemory) // C-NO-MEMORY, L-ACCOUNT
	}

	a, b := s.LastKoid+1, s.LastKoid+2 // C-KOID
	s.LastKoid += 2
	for i, koid := range []handle.Koid{a, b} {
		s.Objects[koid] = &Object{
			Type:     handle.TypeSocket,
			Koid:     koid,
			Name:     out(c, i),
			Table:    table,
			Edition:  t.Edition,
			Peer:     a + b - koid,
			Datagram: c.Options == Datagram,
			Capacity: capacity,
			Writable: true, // C-FRESH
		}
		s.insert(out(c, i), table, koid, RulesOf(t.Edition).SocketRights) // C-RIGHTS
	}
	return answer(status.OK)
}

// event makes an event.
func (s *State) event(c *trace.Call) trace.Want {
	table := tableName(c.Table)
	t := s.Tables[table]
	if t == nil {
		return answer(status.ErrBadHandle) // no such process
	}
	if !s.fits(table, 1, EventCharge) {
		return answer(status.ErrNoMemory) // L-ACCOUNT
	}
	s.LastKoid++
	s.Objects[s.LastKoid] = &Object{
		Type:    handle.TypeEvent,
		Koid:    s.LastKoid,
		Name:    out(c, 0),
		Table:   table,
		Edition: t.Edition,
	}
	s.insert(out(c, 0), table, s.LastKoid, RulesOf(t.Edition).EventRights)
	return answer(status.OK)
}

// fits reports whether a table has place for so many more handles and, with
// their charges, for a new object's (L-ACCOUNT).
func (s *State) fits(table string, handles, charge uint64) bool {
	t := s.Tables[table]
	return t.Live+handles <= t.HandleLimit &&
		handles*HandleCharge+charge <= s.free(table)
}

// insert puts a new handle into a table and gives it its name.
func (s *State) insert(name, table string, koid handle.Koid, r handle.Rights) {
	s.LastSerial++
	s.Tables[table].Live++
	s.Objects[koid].Handles++
	if name != "" {
		s.Handles[name] = Handle{Live: true, Serial: s.LastSerial, Table: table, Object: koid, Rights: r}
	}
}

// out is the name that a call gives to its i-th handle.
func out(c *trace.Call, i int) string {
	if i < len(c.Out) {
		return c.Out[i]
	}
	return ""
}

// tableName is the table that a call means.
func tableName(name string) string {
	if name == "" {
		return FirstTable
	}
	return name
}
