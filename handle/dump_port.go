package handle

import (
	"slices"
	"strconv"
)

// appendState appends the packets and the operations of p, whose lock is held.
// tables are those that are dumped.
func (p *port) appendState(b []byte, indent string, tables []*Table) []byte {
	b = append(append(b, indent...), "packets: "...)
	b = append(strconv.AppendUint(b, p.queued, 10), '\n')
	n := 0
	for pk := p.head; pk != nil && n < mostPackets; pk = pk.next {
		n++
		b = append(append(b, indent...), "  "...)
		b = append(append(b, pk.Packet.String()...), '\n')
	}
	b = append(append(b, indent...), "operations: "...)
	b = append(strconv.AppendInt(b, int64(p.index.used), 10), '\n')
	n = 0
	for op := p.operations; op != nil && n < mostPackets; op = op.after {
		n++
		b = append(append(b, indent...), "  key "...)
		b = strconv.AppendUint(b, op.key, 10)
		b = append(append(b, " for "...), op.wanted.String()...)
		b = appendHandle(append(b, " at "...), op.source.value)
		if slices.Contains(tables, op.source.table) {
			b = op.source.table.appendLabel(append(b, " of "...))
		} else {
			b = op.source.table.appendLabel(append(b, ", in no table given: "...))
		}
		b = append(b, '\n')
	}
	if more := p.index.used - n; more > 0 {
		b = append(append(b, indent...), "  and "...)
		b = append(strconv.AppendInt(b, int64(more), 10), " more\n"...)
	}
	return b
}
