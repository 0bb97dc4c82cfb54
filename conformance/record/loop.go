package record

import (
	"slices"

	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// A loop is a WriteAll or ReadFull in progress: writes or reads, which go on when
// they can. Those of one direction are served first come, first served, and one
// that has just been made is tried before those that are blocked.
type loop struct {
	ev   *event
	done int // bytes
	over bool
	st   status.Status // once it is over
}

// after sees to the loops after the state has changed: those whose handle is gone
// end, and others may go on.
func (x *search) after(n *node) bool {
	for i := range n.loops {
		l := &n.loops[i]
		if _, live := n.s.Lookup(l.ev.call.H); !live && !l.over {
			l.over, l.st = true, status.ErrCanceled
		}
	}
	return x.settle(n)
}

// beginLoop begins a loop, which is then over or blocked.
func (x *search) beginLoop(n *node, ev *event) bool {
	l := loop{ev: ev}
	if ev.op == handle.OpReadFull && ev.size == 0 && ev.res.Status == status.OK {
		l.over = true // Conn.Read of nothing, which looks at nothing
	}
	for moved := true; moved && !l.over; {
		var ok bool
		if moved, ok = x.try(n, &l); !ok {
			return false
		}
		if moved && !l.over && !x.settle(n) {
			return false
		}
	}
	n.begun[ev] = true
	n.loops = append(n.loops, l)
	return x.settle(n)
}

// giveUp ends a loop that timed out.
func (x *search) giveUp(n *node, ev *event) bool {
	i := slices.IndexFunc(n.loops, func(l loop) bool { return l.ev == ev })
	n.loops[i].over, n.loops[i].st = true, status.ErrTimedOut
	return x.settle(n)
}

// settle lets the first loop of each direction go on for as long as one does, and
// takes off those that are over. It reports whether they came to what they did
// come to.
func (x *search) settle(n *node) bool {
	for moved := true; moved; {
		for _, l := range n.loops {
			if l.over && !x.end(n, &l) {
				return false
			}
		}
		n.loops = slices.DeleteFunc(n.loops, func(l loop) bool { return l.over })
		moved = false
		first := map[handle.Koid]bool{}
		for i := range n.loops {
			l := &n.loops[i]
			if d := l.direction(n); !first[d] {
				first[d] = true
				went, ok := x.try(n, l)
				if !ok {
					return false
				}
				moved = moved || went
			}
		}
	}
	return true
}

// end checks how a loop has ended.
func (x *search) end(n *node, l *loop) bool {
	ev := l.ev
	delete(n.begun, ev)
	n.over[ev] = true
	if ev.ended == 0 || l.st == ev.res.Status && l.done == int(ev.res.N) {
		return true
	}
	want := trace.Want{Status: ev.res.Status, N: ev.res.N, Data: trace.DataOf([]byte(ev.data))}
	call := ev.call
	if ev.op == handle.OpReadFull {
		call.Buf.Size = uint64(ev.size)
	} else {
		call.Buf.Data = trace.DataOf([]byte(ev.data))
	}
	x.bad = &trace.Step{Actor: ev.actor, Call: call, Want: []trace.Want{want}}
	return false
}

// direction is the endpoint that reads what the loop moves.
func (l *loop) direction(n *node) handle.Koid {
	h := n.s.Endpoint(l.ev.call.H)
	switch {
	case h == nil:
		return 0
	case l.ev.op == handle.OpWriteAll:
		return h.Peer
	}
	return h.Koid
}

// try makes one write or read of l. It reports whether that did anything, and
// whether it may be.
func (x *search) try(n *node, l *loop) (moved, ok bool) {
	if l.ev.op == handle.OpWriteAll {
		return x.tryWrite(n, l)
	}
	ev, call := l.ev, l.ev.call
	call.Buf.Size = uint64(ev.size - l.done)
	want := n.s.Do(&call)
	switch {
	case want.Status == status.ErrShouldWait && l.done >= ev.least:
		l.over = true // nothing was asked for
	case want.Status == status.ErrShouldWait:
		return false, true
	case want.Status != status.OK:
		l.over, l.st = true, want.Status
		x.add(ev, call, want)
	default:
		got := string(want.Data.Bytes())
		if ev.ended != 0 && (len(got) > len(ev.data)-l.done || ev.data[l.done:l.done+len(got)] != got) {
			wrong := trace.Want{Data: trace.DataOf([]byte(ev.data[l.done:]))}
			x.bad = &trace.Step{Actor: ev.actor, Call: call, Want: []trace.Want{wrong}}
			return false, false
		}
		x.add(ev, call, want)
		l.done += len(got)
		l.over = l.done >= ev.least || n.s.Endpoint(call.H).Datagram
	}
	return true, true
}

func (x *search) tryWrite(n *node, l *loop) (moved, ok bool) {
	ev, call := l.ev, l.ev.call
	rest := ev.data[l.done:]
	h := n.s.Endpoint(call.H)
	if h != nil && !h.Datagram {
		// What there is no room for matters only by being there.
		rest = rest[:min(uint64(len(rest)), n.s.Room(h)+1)]
	}
	call.Buf.Data = trace.Data{Text: rest}
	want := n.s.Do(&call)
	refused := want.Status == status.ErrShouldWait || want.Status == status.ErrOutOfRange
	size := uint64(len(ev.data))
	switch {
	case want.Status == status.OK:
		l.done += int(want.N)
		l.over = l.done == len(ev.data)
	case h == nil || !refused && want.Status != status.ErrNoMemory:
		l.over, l.st = true, want.Status
	case refused && h.Datagram && size > h.Capacity:
		l.over, l.st = true, status.ErrOutOfRange // it will never fit
		return true, true
	case refused && (n.s.Room(h) == 0 || h.Datagram && size > n.s.Room(h)):
		return false, true
	default:
		l.over, l.st = true, status.ErrNoMemory // there is room, and nothing was taken
		return true, true
	}
	call.Buf.Data = trace.DataOf([]byte(rest))
	x.add(ev, call, want)
	return true, true
}
