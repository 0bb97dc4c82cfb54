package handle

import (
	"strconv"
	"time"
)

// A BlockedCall is a call that was blocked when it was looked at.
type BlockedCall struct {
	Table  *Table
	Handle Handle // of a WaitMany, the first of its handles
	Info   Info   // of the handle
	Name   string // of its object, or ""
	// Call is WaitOne, WaitMany, WaitPort, ReadFull or WriteAll. A Read or Write
	// of a mxsocket.Conn that blocks is one of the last two.
	Call string
	// For is what a WaitOne waits for; of a WaitMany, all of its items' signals.
	For Signals
	// Items is how many items a WaitMany has.
	Items int
	// Done of Of bytes have gone since a ReadFull or WriteAll blocked.
	Done, Of int
	// Since is when it blocked, or the zero Time if that is not known; see
	// [WithName]. Until is its deadline, or the zero Time if it has none.
	Since, Until time.Time
	// CalledOff: it has no deadline of its own, but a context ends it, or the
	// deadline of a Conn, when that passes.
	CalledOff bool
}

// blocked describes c as a program sees it. now is by the clock of Now, and wall
// the same instant.
func (s *survey) blocked(c *call, now int64, wall time.Time) BlockedCall {
	h := s.all[c.held]
	b := BlockedCall{
		Table:     s.given[h.table],
		Handle:    h.value,
		Info:      h.entry.info(),
		Name:      h.entry.object.header().label(),
		Call:      c.name,
		For:       c.wanted,
		Items:     c.items,
		Done:      c.done,
		Of:        c.of,
		CalledOff: c.until == calledOff,
	}
	if c.since != untold {
		b.Since = wall.Add(time.Duration(c.since - now))
	}
	if c.until != untold && c.until <= lastTime {
		b.Until = wall.Add(time.Duration(c.until - now))
	}
	return b
}

// String tells all of it in one line, with times as of now.
func (b BlockedCall) String() string { return string(b.append(nil, time.Now())) }

func (b BlockedCall) append(p []byte, now time.Time) []byte {
	p = b.Table.appendLabel(p)
	p = append(append(append(p, ": "...), b.Call...), '(')
	p = appendHandle(p, b.Handle)
	switch {
	case b.Items > 0:
		p = strconv.AppendInt(append(p, " and others, "...), int64(b.Items), 10)
		p = append(append(p, " items, for "...), b.For.String()...)
	case b.Call == "WaitOne":
		p = append(append(p, " for "...), b.For.String()...)
	case b.Call != "WaitPort":
		p = strconv.AppendInt(append(p, ", "...), int64(b.Done), 10)
		p = append(strconv.AppendInt(append(p, " of "...), int64(b.Of), 10), " bytes"...)
	}
	p = append(append(p, ") on "...), b.Info.Type.String()...)
	p = appendKoid(p, b.Info.Koid, b.Name)
	return b.appendTimes(p, now)
}

// appendTimes appends since when and until when.
func (b BlockedCall) appendTimes(p []byte, now time.Time) []byte {
	if b.Since.IsZero() {
		p = append(p, ", since nobody noted when"...)
	} else {
		p = append(append(p, ", for "...), now.Sub(b.Since).Round(time.Millisecond).String()...)
		p = b.Since.AppendFormat(append(p, " since "...), clockTime)
	}
	switch {
	case !b.Until.IsZero():
		p = b.Until.AppendFormat(append(p, ", until "...), clockTime)
	case b.CalledOff:
		p = append(p, ", until its context or the deadline of its Conn ends"...)
	default:
		p = append(p, ", no deadline"...)
	}
	return p
}

const clockTime = "15:04:05.000"

// appendKoid appends which object it is.
func appendKoid(b []byte, k Koid, name string) []byte {
	if name != "" {
		b = appendName(append(b, ' '), name)
	}
	return strconv.AppendUint(append(b, " koid "...), uint64(k), 10)
}
