package handle

import (
	"bufio"
	"io"
	"strconv"
	"time"
)

// Dump writes one page about what is in the tables, for people who want to know
// why a program does not go on: each object with its handles and their rights,
// koid, name, state and signals; of a socket both directions, and whose the peer
// is; of a port its packets and operations; each blocked call, since when and
// until when, what would end it and who in the tables could do that; and at the
// end the calls that are [Stuck]. Its form may change.
//
// It may be called at any time, from any goroutine that holds no lock of an
// object (as a method of an [Object] does). The handles are those of one instant,
// in all tables; each object is shown as it is at one instant after that. A
// handle that is closed meanwhile is not shown, and counted. It takes the lock of
// one object at a time, and never while it writes: for the time that it takes to
// copy the object's state, up to 100 of the calls blocked through each handle,
// the first 8 packets and operations of a port, and to count up to 65,536
// datagrams. Tables are locked together while their handles are listed, which was
// 0.1 s for a million.
//
// It takes 60 bytes for each handle, and some for each blocked call. The error is
// that of w.
func Dump(w io.Writer, tables ...*Table) error {
	tables = distinct(tables)
	before, s := newSurvey(tables), newSurvey(tables)
	d := &dumper{survey: s, w: bufio.NewWriterSize(w, 32<<10), now: Now(), wall: time.Now()}
	before.all = nil
	d.stuckCalls, d.kinds = s.stuck(before)
	d.page()
	return d.w.Flush()
}

// A dumper writes a page.
type dumper struct {
	*survey
	w    *bufio.Writer
	b    []byte // of the object that is being looked at
	now  int64
	wall time.Time
	gone int // handles closed since they were listed

	stuckCalls []bool
	kinds      []StuckKind
	calls      []call   // of the object that is being looked at
	by         []Holder // of what is being written
}

func (d *dumper) page() {
	b := appendCount(d.b[:0], len(d.tables), "table")
	b = appendCount(append(b, ", "...), len(d.all), "handle")
	b = appendCount(append(b, ", "...), len(d.survey.calls), "blocked call")
	stuck := 0
	for _, yes := range d.stuckCalls {
		if yes {
			stuck++
		}
	}
	b = append(strconv.AppendInt(append(b, ", "...), int64(stuck), 10), " of them stuck (at the end)"...)
	b = d.wall.AppendFormat(append(b, "; "...), "2006-01-02 15:04:05.000 MST")
	d.put(append(b, '\n'))
	next := 0
	for i, t := range d.tables {
		d.put(append(append(d.b[:0], '\n'), t.String()...))
		d.put(append(d.b[:0], '\n'))
		for next < len(d.all) && d.all[next].table == uint32(i) {
			end := next + 1
			for end < len(d.all) && d.all[end].table == uint32(i) && d.all[end].koid == d.all[next].koid {
				end++
			}
			d.object(next, end)
			next = end
		}
	}
	d.summary()
}

// put writes b, which is the dumper's own buffer, and keeps it.
func (d *dumper) put(b []byte) {
	_, _ = d.w.Write(b) // Flush has the error
	d.b = b[:0]
}

// summary ends the page.
func (d *dumper) summary() {
	if d.gone > 0 {
		b := appendCount(append(d.b[:0], '\n'), d.gone, "handle")
		d.put(append(b, " closed while this was written\n"...))
	}
	n := 0
	for i := range d.survey.calls {
		if !d.stuckCalls[i] {
			continue
		}
		b := append(d.b[:0], '\n')
		if n++; n == 1 {
			b = append(b, "Stuck, if nobody but the blocked calls acts for a table:\n"...)
		}
		c := &d.survey.calls[i]
		call := StuckCall{d.blocked(c, d.now, d.wall), d.kinds[i], d.endings(c)}
		d.put(append(call.append(b, d.wall), '\n'))
	}
	if n == 0 {
		d.put(append(d.b[:0], "\nNothing is stuck.\n"...))
	}
}

// object writes about an object to which the handles from..to of one table refer.
func (d *dumper) object(from, to int) {
	t := d.tables[d.all[from].table]
	e := d.all[from].entry
	o, hd := e.object, e.object.header()
	b := append(append(d.b[:0], "  "...), hd.class.Type.String()...)
	b = append(appendKoid(b, hd.koid, hd.label()), '\n')
	d.calls = d.calls[:0]
	live := 0
	e.Lock()
	for i := from; i < to; i++ {
		h := &d.all[i]
		if !h.entry.Live() {
			d.gone++
			continue
		}
		live++
		b = appendHandle(append(b, "    "...), h.value)
		b = append(appendBits(append(b, ' '), uint32(h.entry.rights), rightNames), '\n')
		if !h.entry.blocks() {
			continue
		}
		n := len(d.calls)
		t.eachCall(h.entry, func(c call) bool {
			c.held = i
			d.calls = append(d.calls, c)
			return len(d.calls)-n < mostCalls
		})
	}
	if live > 0 {
		b = d.state(b, o, hd)
	}
	others := int(hd.handles)
	e.Unlock()
	if live == 0 {
		d.b = b[:0]
		return
	}
	b = d.related(b, hd)
	b = d.others(b, hd.koid, others, to-from)
	for i := range d.calls {
		b = d.call(b, &d.calls[i])
	}
	d.put(b)
}

const (
	mostCalls   = 100
	mostPackets = 8
)

// state appends what there is to tell of an object whose lock is held.
func (d *dumper) state(b []byte, o Object, hd *Header) []byte {
	switch x := o.(type) {
	case *port:
		return x.appendState(b, "    ", d.tables)
	case Inspected:
		b = x.AppendState(b, "    ")
	}
	b = append(b, "    asserts "...)
	return append(appendBits(b, uint32(signals(o)), signalNames), '\n')
}

// related appends whose the peer is.
func (d *dumper) related(b []byte, hd *Header) []byte {
	peer := hd.related()
	if peer == 0 {
		return b
	}
	b = append(b, "    peer"...)
	holders := d.holders(peer)
	name := ""
	if len(holders) > 0 {
		name = d.all[holders[0]].entry.object.header().label()
	}
	b = appendKoid(b, peer, name)
	if len(holders) == 0 {
		return append(b, ", held by nobody in these tables\n"...)
	}
	b = append(b, ", held by "...)
	return append(appendHolders(b, d.listed(holders)), '\n')
}

// listed turns indexes into Holders, until it is called again.
func (d *dumper) listed(holders []uint32) []Holder {
	d.by = d.by[:0]
	for _, h := range holders {
		d.by = append(d.by, Holder{d.table(h), d.all[h].value})
	}
	return d.by
}

// others appends who else has handles to the object, of which there are total,
// n of them in this table.
func (d *dumper) others(b []byte, k Koid, total, n int) []byte {
	if total <= n {
		return b
	}
	holders := d.holders(k)
	b = append(b, "    of "...)
	b = appendCount(b, total, "handle")
	if elsewhere := total - len(holders); elsewhere > 0 {
		b = append(strconv.AppendInt(append(b, ", "...), int64(elsewhere), 10), " in no table given"...)
	}
	if len(holders) > n {
		b = appendHolders(append(b, ", here: "...), d.listed(holders))
	}
	return append(b, '\n')
}

// call appends a call, or an operation.
func (d *dumper) call(b []byte, c *call) []byte {
	if c.ids == nil {
		b = appendHandle(append(b, "    WaitAsync at "...), d.all[c.held].value)
		b = append(append(b, " for "...), c.wanted.String()...)
		b = strconv.AppendUint(append(b, ", key "...), c.key, 10)
		if c.rep {
			b = append(b, ", repeating"...)
		}
		return append(appendKoid(append(b, ", to port"...), c.port, ""), '\n')
	}
	blocked := d.blocked(c, d.now, d.wall)
	b = blocked.append(append(b, "    BLOCKED "...), d.wall)
	return append(appendEndings(b, "\n      ", d.endings(c)), '\n')
}

// appendCount appends "1 handle" or "2 handles".
func appendCount(b []byte, n int, what string) []byte {
	b = append(append(strconv.AppendInt(b, int64(n), 10), ' '), what...)
	if n != 1 {
		b = append(b, 's')
	}
	return b
}
