package oracle

import (
	"cmp"
	"slices"
	"time"

	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// A Blocking is a State together with the calls that are blocked in WriteAll
// and ReadFull: loops around write and read that the contract knows nothing
// of. It adds to the contract who goes on when, and nothing else: every byte
// moves by a write or a read of the State.
//
// Calls blocked in one direction are served first come, first served. A call
// that has just been made is tried before those that are blocked, as a plain
// write would be.
type Blocking struct {
	*State
	Time time.Duration // since the beginning; deadlines are held against it

	blocked []*Loop // in the order in which they blocked
}

// A Loop is one WriteAll or ReadFull.
type Loop struct {
	// The call.
	H        trace.Ref
	Write    bool
	Data     string        // of a write
	Size     int           // of a read: how many bytes have room
	Least    int           // of a read: how many bytes are enough
	Deadline time.Duration // on the clock of Time; see Never
	Never    bool          // there is no deadline

	// The answer, once the call is Over.
	Over   bool
	Status status.Status
	N      int    // bytes moved, also when the call failed
	Got    []byte // of a read

	direction handle.Koid // the endpoint that reads what the loop moves
	actor     string      // that has it under way, in a State
}

// Start makes the call l. It is Over at once, or blocked.
func (b *Blocking) Start(l *Loop) {
	if h := b.Endpoint(l.H); h != nil {
		l.direction = h.Koid
		if l.Write {
			l.direction = h.Peer
		}
	}
	for b.try(l) && !l.Over {
		b.settle()
	}
	if !l.Over && !l.Never && l.Deadline <= b.Time {
		l.end(status.ErrTimedOut)
	}
	if !l.Over {
		b.blocked = append(b.blocked, l)
	}
	b.settle()
}

// Call makes a call that is no loop, and lets the loops go on.
func (b *Blocking) Call(c *trace.Call) trace.Want {
	want := b.State.Do(c)
	for _, l := range b.blocked {
		if _, live := b.Lookup(l.H); !live {
			l.end(status.ErrCanceled)
		}
	}
	b.settle()
	return want
}

// Pass lets the clock go on to the time t.
func (b *Blocking) Pass(t time.Duration) {
	late := slices.DeleteFunc(slices.Clone(b.blocked), func(l *Loop) bool { return l.Never || l.Deadline > t })
	slices.SortStableFunc(late, func(x, y *Loop) int { return cmp.Compare(x.Deadline, y.Deadline) })
	for _, l := range late {
		if !l.Over {
			l.end(status.ErrTimedOut)
			b.settle()
		}
	}
	b.Time = t
}

// Expire ends a loop that is blocked, because its deadline has passed.
func (b *Blocking) Expire(l *Loop) {
	l.end(status.ErrTimedOut)
	b.settle()
}

// Blocked are the loops that are, in the order in which they blocked.
func (b *Blocking) Blocked() []*Loop { return b.blocked }

// Clone is a Blocking equal to b that shares nothing with it. as has the copy
// of each loop that is blocked.
func (b *Blocking) Clone() (c *Blocking, as map[*Loop]*Loop) {
	c = &Blocking{State: b.State.Clone(), Time: b.Time}
	for _, l := range b.blocked {
		if as == nil {
			as = map[*Loop]*Loop{}
		}
		k := *l
		k.Got = slices.Clone(l.Got)
		as[l] = &k
		c.blocked = append(c.blocked, &k)
	}
	return c, as
}

// Move gives the loops that were made through h the deadline of l, which says
// whether they are writes.
func (b *Blocking) Move(l *Loop) {
	for _, x := range b.blocked {
		if x.H == l.H && x.Write == l.Write {
			x.Deadline, x.Never = l.Deadline, l.Never
		}
	}
	b.Pass(b.Time)
}

// settle lets the first loop of each direction go on for as long as one does.
func (b *Blocking) settle() {
	for moved := true; moved; {
		moved = false
		b.blocked = slices.DeleteFunc(b.blocked, func(l *Loop) bool { return l.Over })
		first := map[handle.Koid]bool{}
		for _, l := range b.blocked {
			if !first[l.direction] {
				first[l.direction] = true
				moved = b.try(l) || moved
			}
		}
	}
}

// try makes one write or read of l, and reports whether it changed anything.
func (b *Blocking) try(l *Loop) (moved bool) {
	if l.Write {
		return b.tryWrite(l)
	}
	c := trace.Call{Op: trace.OpRead, H: l.H, Buf: trace.Buffer{Size: uint64(l.Size - l.N)}}
	want := b.State.Do(&c)
	switch {
	case want.Status == status.ErrShouldWait && l.N >= l.Least:
		l.end(status.OK) // nothing was asked for
	case want.Status == status.ErrShouldWait:
		return false
	case want.Status != status.OK:
		l.end(want.Status)
	default:
		l.Got = append(l.Got, want.Data.Text...)
		l.N = len(l.Got)
		if l.N >= l.Least || b.Endpoint(l.H).Datagram {
			l.end(status.OK)
		}
	}
	return true
}

func (b *Blocking) tryWrite(l *Loop) (moved bool) {
	c := trace.Call{Op: trace.OpWrite, H: l.H, Buf: trace.Buffer{Data: trace.Data{Text: l.Data[l.N:]}}}
	want := b.State.Do(&c)
	if want.Status == status.OK {
		l.N += int(want.N)
		if l.N == len(l.Data) {
			l.end(status.OK)
		}
		return true
	}
	h := b.Endpoint(l.H)
	refused := want.Status == status.ErrShouldWait || want.Status == status.ErrOutOfRange
	switch size := uint64(len(l.Data)); {
	case h == nil || !refused && want.Status != status.ErrNoMemory:
		l.end(want.Status)
	case refused && h.Datagram && size > h.Capacity:
		l.end(status.ErrOutOfRange) // it will never fit
	case refused && (b.Room(h) == 0 || h.Datagram && size > b.Room(h)):
		return false
	default:
		l.end(status.ErrNoMemory) // there is room, and yet nothing was taken
	}
	return true
}

func (l *Loop) end(st status.Status) { l.Over, l.Status = true, st }
