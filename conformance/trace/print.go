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
	args := c.Op.form().args
	for i := range args {
		a := &args[i]
		if a.shown != nil && !a.shown(c) {
			continue
		}
		if a.list == nil {
			b = append(append(b, ' '), a.key...)
		}
		if a.write != nil {
			b = a.write(b, c)
		}
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
	if w.Status == status.OK && c.result() == &dataResult && w.Data.Kind == Literal && len(w.Data.Text) > shownBytes {
		return string(appendShown([]byte("OK "), []byte(w.Data.Text)))
	}
	return string(w.append(nil, c, true))
}

// append writes the answer; named says that it is the one with the names.
func (w *Want) append(b []byte, c *Call, named bool) []byte {
	b = append(b, w.Status.Bare()...)
	switch x := c.result(); {
	case x.in(w.Status):
		return x.write(b, w)
	case named && w.Status == status.OK && c.Op.Gives() > 0:
		for _, name := range c.Out {
			b = append(append(b, ' '), name...)
		}
	}
	return b
}
