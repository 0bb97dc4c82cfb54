package trace

import (
	"bufio"
	"io"
	"strconv"
	"strings"

	"mx.example/status"
)

// docWidth is where the printer breaks the text of a doc line.
const docWidth = 100

// Format writes the cases in their canonical form, a blank line between two:
// [Parse] reads the same cases back, but for comments and the numbers of the
// lines. The error is that of w.
func Format(w io.Writer, cases ...Case) error {
	out := bufio.NewWriter(w)
	for i := range cases {
		if i > 0 {
			out.WriteByte('\n')
		}
		out.Write(cases[i].append(nil))
	}
	return out.Flush()
}

// String is the case in its canonical form, as [Format] writes it.
func (c *Case) String() string { return string(c.append(nil)) }

func (c *Case) append(b []byte) []byte {
	b = append(b, "case "...)
	b = append(b, c.Name...)
	b = append(b, '\n')
	b = appendWrapped(b, "doc", strings.FieldsFunc(c.Doc, func(r rune) bool {
		return r == ' ' || r == '\t' || r == '\n'
	}))
	b = appendWrapped(b, "clauses", c.Clauses)
	if len(c.Editions) > 0 {
		b = append(b, "editions"...)
		for _, e := range c.Editions {
			b = append(b, ' ')
			b = append(b, e.String()...)
		}
		b = append(b, '\n')
	}
	b = append(b, '\n')
	for i := range c.Steps {
		b = c.Steps[i].append(b)
		b = append(b, '\n')
	}
	return b
}

// appendWrapped writes words in lines that begin with key.
func appendWrapped(b []byte, key string, words []string) []byte {
	width := 0
	for _, word := range words {
		if width == 0 || width+1+len(word) > docWidth {
			if width > 0 {
				b = append(b, '\n')
			}
			b = append(b, key...)
			width = len(key)
		}
		b = append(b, ' ')
		b = append(b, word...)
		width += 1 + len(word)
	}
	if width > 0 {
		b = append(b, '\n')
	}
	return b
}

// String is the line of the step, without the end of the line.
func (s *Step) String() string { return string(s.append(nil)) }

func (s *Step) append(b []byte) []byte {
	for i, e := range s.Editions {
		b = append(b, "[,"[min(i, 1)])
		b = append(b, e.String()...)
		if i == len(s.Editions)-1 {
			b = append(b, "] "...)
		}
	}
	if s.Kind != Plain {
		b = append(b, s.Actor...)
		b = append(b, ':')
		b = append(b, ' ')
	}
	if s.Kind != Finish {
		b = s.Call.append(b)
		if len(s.Want) > 0 {
			b = append(b, ' ')
		}
	}
	named := false // the names stand in the first OK
	for i := range s.Want {
		b = append(b, [...]string{"-> ", " | "}[min(i, 1)]...)
		b = s.Want[i].append(b, &s.Call, !named)
		named = named || s.Want[i].Status == status.OK
	}
	return b
}

// String is the call as a case has it, without actor and answer.
func (c *Call) String() string { return string(c.append(nil)) }

func (c *Call) append(b []byte) []byte {
	b = append(b, c.Op.String()...)
	switch c.Op {
	case OpTable:
		b = append(append(b, ' '), c.Table...)
		if c.Handles != 0 {
			b = appendUint(b, " handles=", c.Handles)
		}
		if c.HasMemory {
			b = appendUint(b, " memory=", c.Memory)
		}
		if c.Edition != nil {
			b = appendSetting(b, "edition", c.Edition.String())
		}
	case OpCreate:
		switch c.Options {
		case optStream:
			b = append(b, " stream"...)
		case optDatagram:
			b = append(b, " datagram"...)
		default:
			b = appendUint(b, " options=", uint64(c.Options))
		}
		if c.HasCapacity {
			b = appendUint(b, " capacity=", c.Capacity)
		}
		b = appendTable(b, c.Table)
	case OpEvent:
		b = appendTable(b, c.Table)
	case OpPort:
		if c.HasOptions {
			b = appendUint(b, " options=", uint64(c.Options))
		}
		b = appendTable(b, c.Table)
	case OpPortQueue, OpPortWait, OpWaitAsync, OpPortCancel:
		b = c.appendPort(append(b, ' '))
	case OpWrite:
		b = c.Buf.append(append(c.H.append(append(b, ' ')), ' '), true)
		b = c.appendOptions(b, optHalfClose, " half-close")
	case OpRead:
		b = c.Buf.append(append(c.H.append(append(b, ' ')), ' '), false)
		b = c.appendOptions(b, optPeek, " peek")
	case OpOutstanding, OpClose, OpInfo, OpSignals:
		b = c.H.append(append(b, ' '))
	case OpDuplicate, OpReplace:
		b = append(append(c.H.append(append(b, ' ')), ' '), c.Rights.String()...)
	case OpTransfer:
		b = append(append(c.H.append(append(b, ' ')), ' '), c.Table...)
	case OpSignal, OpSignalPeer:
		b = c.H.append(append(b, ' '))
		b = appendSetting(b, "clear", c.Clear.String())
		b = appendSetting(b, "set", c.Set.String())
	case OpWait:
		b = append(append(c.H.append(append(b, ' ')), ' '), c.Signals.String()...)
		b = appendSetting(b, "until", c.Until.String())
	case OpWaitMany:
		b = c.appendItems(b)
		b = appendSetting(b, "until", c.Until.String())
		b = appendTable(b, c.Table)
	case OpPump:
		b = c.H.append(append(b, ' '))
		b = c.To.append(append(b, " to="...))
		b = appendUint(b, " bytes=", c.Bytes)
		b = appendUint(b, " seed=", c.Seed)
	case OpChurn:
		b = c.H.append(append(b, ' '))
		b = appendUint(b, " count=", c.Count)
	case OpSetDisposition, OpGetProperty, OpSetProperty, OpSocketInfo:
		b = c.appendZircon(b)
	}
	return b
}

func (c *Call) appendOptions(b []byte, named uint32, name string) []byte {
	switch c.Options {
	case 0:
	case named:
		b = append(b, name...)
	default:
		b = appendUint(b, " options=", uint64(c.Options))
	}
	switch c.Actual {
	case ActualNull:
		b = appendSetting(b, "actual", "null")
	case ActualBad:
		b = appendSetting(b, "actual", "bad")
	}
	return b
}

func (c *Call) appendItems(b []byte) []byte {
	for i := 0; i < len(c.Items); {
		item := c.Items[i]
		n := 1
		for i+n < len(c.Items) && c.Items[i+n] == item {
			n++
		}
		b = item.Ref.append(append(b, ' '))
		b = append(append(b, ':'), item.WaitFor.String()...)
		b = appendTimes(b, n)
		i += n
	}
	return b
}

func appendTimes(b []byte, n int) []byte {
	if n > 1 {
		b = appendUint(b, "*", uint64(n))
	}
	return b
}

func appendUint(b []byte, before string, n uint64) []byte {
	return strconv.AppendUint(append(b, before...), n, 10)
}

func appendSetting(b []byte, key, value string) []byte {
	return append(append(append(append(b, ' '), key...), '='), value...)
}

func appendTable(b []byte, name string) []byte {
	if name == "" {
		return b
	}
	return appendSetting(b, "table", name)
}

// String is the handle as a case has it, such as "a", "t1/a", "a+4" or "0".
func (r Ref) String() string { return string(r.append(nil)) }

func (r Ref) append(b []byte) []byte {
	if r.Table != "" {
		b = append(append(b, r.Table...), '/')
	}
	if r.Name == "" {
		b = append(b, '0')
	} else {
		b = append(b, r.Name...)
	}
	if r.Delta > 0 {
		b = append(b, '+')
	}
	if r.Delta != 0 {
		b = strconv.AppendInt(b, int64(r.Delta), 10)
	}
	return b
}

func (p Buffer) append(b []byte, isWrite bool) []byte {
	if p.Kind == Null {
		return appendUint(b, "null:", p.Size)
	}
	if isWrite {
		if p.Kind == Good || p.Data != (Data{}) {
			b = p.Data.append(b)
		}
	} else if p.Kind == Good || p.Size != 0 {
		b = strconv.AppendUint(b, p.Size, 10)
	}
	if p.Kind == Faulty {
		if n := len(b); b[n-1] != ' ' {
			b = append(b, '+')
		}
		b = appendUint(b, "bad:", p.Bad)
	}
	return b
}

// String is the deadline as a case has it: "never", "past" or a duration.
func (d Deadline) String() string {
	switch d.Kind {
	case Never:
		return "never"
	case Past:
		return "past"
	}
	return d.After.String()
}

// String is the state as a case has it, such as "READABLE !WRITABLE ...".
func (w SignalWant) String() string { return string(w.append(nil)) }

func (w SignalWant) append(b []byte) []byte {
	start := len(b)
	if w.Must != 0 || !w.Open {
		b = append(b, strings.ReplaceAll(w.Must.String(), "|", " ")...)
	}
	if !w.Open {
		return b
	}
	if w.MustNot != 0 {
		for name := range strings.SplitSeq(w.MustNot.String(), "|") {
			b = append(appendBlank(b, start), '!')
			b = append(b, name...)
		}
	}
	return append(appendBlank(b, start), "..."...)
}

// appendBlank separates what follows from what has come since start.
func appendBlank(b []byte, start int) []byte {
	if len(b) > start {
		b = append(b, ' ')
	}
	return b
}

// Text is the answer for a reader: as a case has it, such as "OK 5" or
// "SHOULD_WAIT", with the names that c gives when it is an OK, but with long
// data cut short as in [Result.Text].
func (w *Want) Text(c *Call) string {
	if w.Status == status.OK && c.Op == OpRead && !c.counts() && w.Data.Kind == Literal && len(w.Data.Text) > shownBytes {
		return string(appendShown([]byte("OK "), []byte(w.Data.Text)))
	}
	return string(w.append(nil, c, true))
}

// append writes the answer; named says that it is the one with the names.
func (w *Want) append(b []byte, c *Call, named bool) []byte {
	b = append(b, w.Status.Bare()...)
	ok := w.Status == status.OK
	switch {
	case c.Op == OpWait && observes(w.Status), c.Op == OpSignals && ok:
		b = w.Signals.append(append(b, ' '))
	case c.Op == OpWaitMany && observes(w.Status):
		b = appendStates(b, w.Pending)
	case !ok:
	case c.counts():
		b = appendUint(b, " ", w.N)
	case c.Op == OpRead:
		b = w.Data.append(append(b, ' '))
	case c.Op == OpInfo:
		b = w.Info.append(append(b, ' '))
	case c.Op == OpSocketInfo:
		b = w.Socket.append(append(b, ' '))
	case c.Op == OpPortWait:
		b = w.Packet.append(append(b, ' '))
	case c.Op.Gives() > 0 && named:
		for _, name := range c.Out {
			b = append(append(b, ' '), name...)
		}
	}
	return b
}

func appendStates(b []byte, states []SignalWant) []byte {
	for i := 0; i < len(states); {
		n := 1
		for i+n < len(states) && states[i+n] == states[i] {
			n++
		}
		b = states[i].append(append(b, " ("...))
		b = appendTimes(append(b, ')'), n)
		i += n
	}
	return b
}

func (w InfoWant) append(b []byte) []byte {
	b = append(b, w.Type.String()...)
	b = appendSetting(b, "rights", w.Rights.String())
	b = appendSetting(b, "koid", w.Koid)
	if w.Related != "" {
		b = appendSetting(b, "related", w.Related)
	}
	if w.Waitable {
		b = append(b, " waitable"...)
	}
	return b
}
