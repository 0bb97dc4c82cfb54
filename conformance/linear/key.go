package linear

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"mx.example/conformance/oracle"
)

// key is the same for two states that no later call can tell apart, although
// handles and objects were numbered in another order.
func key(s state) string {
	b := make([]byte, 0, 256)
	named := map[uint64]string{0: ""} // handles by their serial
	for _, name := range slices.Sorted(maps.Keys(s.Handles)) {
		h := s.Handles[name]
		named[h.Serial] = name
		if !h.Live {
			continue // a name that is dead is as one that never was
		}
		b = fmt.Appendf(b, "%s=%s:%s:%x ", name, h.Table, s.Objects[h.Object].Name, h.Rights)
	}
	byName := func(a, b *oracle.Object) int { return cmp.Compare(a.Name, b.Name) }
	for _, o := range slices.SortedFunc(maps.Values(s.Objects), byName) {
		b = fmt.Appendf(b, "%s=%x:%q:%v:%t:%t:%t ", o.Name, o.User, o.Inbound, o.Lengths, o.Ended, o.Closed, o.Writable)
		for _, p := range o.Packets {
			b = fmt.Appendf(b, "%s,%d,%d,%x,%x,%t ", named[p.Source], p.Key, p.Type, p.Observed.Must, p.User[0], s.goesOn(p.Operation))
		}
	}
	for _, op := range s.Operations {
		b = fmt.Appendf(b, "%s,%s,%d,%x,%x,%t,%t ", s.Objects[op.Port].Name, named[op.Source], op.Key, op.Trigger, op.Seen, op.Repeating, op.Edge)
	}
	for _, actor := range slices.Sorted(maps.Keys(s.Waits)) {
		w := s.Waits[actor]
		b = fmt.Appendf(b, "%s=%x:%t ", actor, reported(w), settled(w))
	}
	for _, actor := range slices.Sorted(maps.Keys(s.loops)) {
		l := s.loops[actor]
		b = fmt.Appendf(b, "%s=%d:%d:%d:%q ", actor, slices.Index(s.Blocked(), l), l.Status, l.N, l.Got)
	}
	return string(fmt.Append(b, slices.Sorted(maps.Keys(s.ports))))
}

// goesOn reports whether the operation, whose packet is in a port, has not
// ended.
func (s state) goesOn(id uint64) bool {
	return slices.ContainsFunc(s.Operations, func(op oracle.Operation) bool { return op.ID == id })
}
