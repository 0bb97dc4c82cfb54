package record

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"mx.example/conformance/oracle"
)

// key is the same for two nodes from which the same events are explained: the
// same ones are over, and no later call can tell the states apart.
func (n *node) key(events []*event) string {
	b := fmt.Appendf(nil, "%d", n.next)
	for i, left := n.next, len(n.over); left > 0; i++ {
		if n.over[events[i]] {
			b = fmt.Appendf(b, " %d", i)
			left--
		}
	}
	s := n.s
	for _, name := range slices.Sorted(maps.Keys(s.Handles)) {
		if h := s.Handles[name]; h.Live {
			b = append(append(b, ' '), name...)
		}
	}
	byName := func(a, b *oracle.Object) int { return cmp.Compare(a.Name, b.Name) }
	for _, o := range slices.SortedFunc(maps.Values(s.Objects), byName) {
		b = fmt.Appendf(b, " %s=%x:%q:%v:%t:%t:%t:%v", o.Name, o.User, o.Inbound, o.Lengths, o.Ended, o.Closed, o.Writable, o.Packets)
	}
	for _, actor := range slices.Sorted(maps.Keys(s.Waits)) {
		w := s.Waits[actor]
		b = fmt.Appendf(b, " %s=%v:%t:%t:%v", actor, w.Items, w.Fired, w.Canceled, w.Packet)
	}
	for _, l := range n.loops {
		b = fmt.Appendf(b, " %d=%d", l.ev.began, l.done)
	}
	return string(b)
}
