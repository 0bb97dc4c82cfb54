package handle

import (
	"strconv"
	"time"
)

// String tells all of it: the call in one line, and in others why it is stuck and
// what would end it.
func (c StuckCall) String() string { return string(c.append(nil, time.Now())) }

func (c StuckCall) append(p []byte, now time.Time) []byte {
	p = c.BlockedCall.append(p, now)
	p = append(append(p, "\n  "...), c.Kind.String()...)
	return appendEndings(p, "\n  ", c.Ends)
}

// String tells what would end the call, and who could do it.
func (e Ending) String() string { return string(e.append(nil)) }

func (e Ending) append(p []byte) []byte {
	p = append(p, e.Act...)
	if e.All {
		p = append(p, " every handle to"...)
	} else {
		p = append(p, " at"...)
	}
	p = appendKoid(p, e.Koid, e.Name)
	switch {
	case len(e.By) > 0:
		p = appendHolders(append(p, ", by "...), e.By)
	case e.Outside == 0:
		p = append(p, ", but no handle has the right"...)
	default:
		p = append(p, ", but no handle here has the right"...)
	}
	return appendElsewhere(p, e.Outside)
}

// mostHolders is how many handles stand in one line.
const mostHolders = 8

func appendHolders(p []byte, by []Holder) []byte {
	for i, h := range by[:min(len(by), mostHolders)] {
		if i > 0 {
			p = append(p, ", "...)
		}
		p = appendHandle(append(h.Table.appendLabel(p), ' '), h.Handle)
	}
	if n := len(by) - mostHolders; n > 0 {
		p = append(strconv.AppendInt(append(p, " and "...), int64(n), 10), " more"...)
	}
	return p
}

func appendElsewhere(p []byte, n int) []byte {
	switch {
	case n == 1:
		p = append(p, ", and there is a handle in no table given"...)
	case n > 1:
		p = append(strconv.AppendInt(append(p, ", and there are "...), int64(n), 10), " handles in no table given"...)
	}
	return p
}

func appendEndings(p []byte, indent string, ends []Ending) []byte {
	for i, e := range ends {
		if p = append(p, indent...); i == 0 {
			p = append(p, "would end: "...)
		} else {
			p = append(p, "       or: "...)
		}
		p = e.append(p)
	}
	return p
}
