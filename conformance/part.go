package conformance

import (
	"fmt"
	"slices"
	"strings"

	"mx.example/conformance/trace"
	"mx.example/handle"
)

// A Part is something of the contract that a kernel may lack: one of the names
// below, or the word that a case has for a call ("replace", "wait-many", …).
type Part string

const (
	PartRaw           Part = "raw"            // null pointers with a size, bad memory, sizes beyond any slice
	PartEvents        Part = "events"         // events
	PartPorts         Part = "ports"          // ports, and whatever is queued in them
	PartZirconCalls   Part = "zircon-calls"   // dispositions, properties, the info of a socket
	PartTables        Part = "tables"         // a second process
	PartTableEditions Part = "table-editions" // a process with an edition of its own
	PartHandleLimits  Part = "handle-limits"  // a process with room for so many handles
	PartMemoryLimits  Part = "memory-limits"  // a process with so many bytes of memory
	PartCapacities    Part = "capacities"     // sockets that hold as much as an experiment chooses
	PartUserSignals   Part = "user-signals"   // signals that a program sets and clears
	PartLastHandle    Part = "last-handle"    // the signal LAST_HANDLE
	PartBlockingCalls Part = "blocking-calls" // calls that finish a short write or read
	PartValueBits     Part = "value-bits"     // handle values with the bits that the edition fixes
	PartAccumulation  Part = "accumulation"   // a wait that tells what was asserted at any instant, and not only at its end
)

// partTexts say what each part is, in the order in which they are listed.
var partTexts = []struct {
	part Part
	text string
}{
	{PartRaw, "pointers that no slice can say"},
	{PartEvents, "events"},
	{PartPorts, "ports"},
	{PartZirconCalls, "the calls of zircon"},
	{PartTables, "a second process"},
	{PartTableEditions, "processes with an edition of their own"},
	{PartHandleLimits, "limits of handles"},
	{PartMemoryLimits, "limits of memory"},
	{PartCapacities, "capacities that an experiment chooses"},
	{PartUserSignals, "signals that a program sets"},
	{PartLastHandle, "the signal LAST_HANDLE"},
	{PartBlockingCalls, "calls that block until all is moved"},
	{PartValueBits, "values with the bits that the edition fixes"},
	{PartAccumulation, "waits that accumulate what they observe"},
}

// Parts returns the parts that have a name of their own. The words of calls,
// see [trace.Ops], are parts too.
func Parts() []Part {
	list := make([]Part, len(partTexts))
	for i, p := range partTexts {
		list[i] = p.part
	}
	return list
}

// ParsePart returns the part with that name. The error of an unknown one lists
// those that there are.
func ParsePart(name string) (Part, error) {
	p := Part(name)
	if p.text() == "" {
		var names []string
		for _, p := range partTexts {
			names = append(names, string(p.part))
		}
		return "", fmt.Errorf("there is no part %q that a kernel may lack; expected %s, or the word of a call such as replace",
			name, strings.Join(names, ", "))
	}
	return p, nil
}

// text says what the part is, or nothing if there is none of that name.
func (p Part) text() string {
	for _, t := range partTexts {
		if t.part == p {
			return t.text
		}
	}
	for _, op := range trace.Ops() {
		if op.String() == string(p) {
			return "the call " + op.String()
		}
	}
	return ""
}

// An Incomplete backend says which parts its kernels lack. A call that needs
// one is not made: the case is unsupported, by the name of the part.
//
// LAST_HANDLE and accumulation are no calls. An answer that is right but for
// one of those is let pass, and the rest of the case is judged; if nothing else
// is wrong with it, the case is unsupported.
type Incomplete interface {
	Backend
	// Missing returns the parts that are not there. It is called when a case
	// begins. A part that [ParsePart] does not know fails every case.
	Missing() []Part
}

// missingParts are the parts that a backend says it lacks.
type missingParts []Part

// missingOf asks the backend what it lacks.
func missingOf(b Backend) missingParts {
	if i, ok := b.(Incomplete); ok {
		return i.Missing()
	}
	return nil
}

func (m missingParts) has(p Part) bool { return slices.Contains(m, p) }

// check fails if one of the parts is unknown.
func (m missingParts) check() error {
	for _, p := range m {
		if _, err := ParsePart(string(p)); err != nil {
			return fmt.Errorf("the backend says what it lacks, but %w", err)
		}
	}
	return nil
}

// of returns the part that the call cannot be made without, or "".
func (m missingParts) of(c *trace.Call) Part {
	if len(m) == 0 {
		return ""
	}
	for _, p := range m {
		if string(p) == c.Op.String() || p.needed(c) {
			return p
		}
	}
	return ""
}

// needed reports whether the call cannot be made without the part.
func (p Part) needed(c *trace.Call) bool {
	switch p {
	case PartRaw:
		raw := c.Op == trace.OpWrite || c.Op == trace.OpRead
		// A null buffer of size 0 is an empty slice.
		plain := c.Buf.Kind == trace.Good || c.Buf.Kind == trace.Null && c.Buf.Size == 0
		return raw && (!plain || c.Actual != trace.ActualGood)
	case PartEvents:
		return c.Op == trace.OpEvent || c.Op == trace.OpKoids
	case PartPorts:
		switch c.Op {
		case trace.OpPort, trace.OpPortQueue, trace.OpPortWait, trace.OpWaitAsync, trace.OpPortCancel, trace.OpPortRace:
			return true
		}
	case PartZirconCalls:
		switch c.Op {
		case trace.OpSetDisposition, trace.OpGetProperty, trace.OpSetProperty, trace.OpSocketInfo:
			return true
		}
	case PartBlockingCalls:
		return loops(c)
	case PartTables:
		return c.Op == trace.OpTable
	case PartTableEditions:
		return c.Op == trace.OpTable && c.Edition != nil
	case PartHandleLimits:
		return c.Op == trace.OpTable && c.Handles != 0
	case PartMemoryLimits:
		return c.Op == trace.OpTable && c.HasMemory
	case PartCapacities:
		return c.Op == trace.OpCreate && c.HasCapacity
	case PartUserSignals:
		return c.Op == trace.OpSignal || c.Op == trace.OpSignalPeer
	case PartLastHandle:
		return waitsFor(c)&handle.LastHandle != 0
	}
	return false
}

// waitsFor returns the signals that a wait asks for.
func waitsFor(c *trace.Call) (s handle.Signals) {
	switch c.Op {
	case trace.OpWait, trace.OpWaitAsync:
		s = c.Signals
	case trace.OpWaitMany:
		for i := range c.Items {
			s |= c.Items[i].WaitFor
		}
	}
	return s
}

// waits reports whether the call is a wait for signals.
func waits(c *trace.Call) bool { return c.Op == trace.OpWait || c.Op == trace.OpWaitMany }

// missingResult is the result of a call that needs a part which is not there.
func missingResult(p Part) trace.Result {
	return trace.Result{Unsupported: string(p), Note: "the kernel is said to lack " + p.text()}
}

// excuse returns the part because of which r is not what w wants of the call,
// if all the rest is right, or "".
func (m missingParts) excuse(c *trace.Call, w *trace.Want, r *trace.Result) Part {
	if len(m) == 0 || r.Unsupported != "" {
		return ""
	}
	seen := *r
	seen.Pending = slices.Clone(r.Pending)
	want := *w
	want.Pending = slices.Clone(w.Pending)
	for _, p := range [...]Part{PartLastHandle, PartAccumulation} {
		if !m.has(p) {
			continue
		}
		if p == PartAccumulation && (!waits(c) || c.Until.Kind == trace.Past) {
			continue // it tells the state now
		}
		if p.leaveOut(&want.Signals, &seen.Observed); len(want.Pending) == len(seen.Pending) {
			for i := range want.Pending {
				p.leaveOut(&want.Pending[i], &seen.Pending[i])
			}
		}
		if p == PartLastHandle && want.Packet != nil && seen.Packet != nil {
			wanted, got := *want.Packet, *seen.Packet
			p.leaveOut(&wanted.Observed, &got.Signal.Observed)
			want.Packet, seen.Packet = &wanted, &got
		}
		if want.Match(c, &seen) == "" {
			return p
		}
	}
	return ""
}

// leaveOut takes what the part is about out of what was wanted and what came.
func (p Part) leaveOut(want *trace.SignalWant, got *handle.Signals) {
	if p == PartLastHandle {
		want.Must &^= handle.LastHandle
		want.MustNot &^= handle.LastHandle
		*got &^= handle.LastHandle
		return
	}
	// What was asserted earlier and is not told need not be there.
	want.Must &= *got
}
