package trace

import (
	"math"
	"strconv"
	"strings"
	"time"

	"mx.example/handle"
	"mx.example/status"
)

// This file reads the single words of a line: names, numbers, handles, data,
// buffers, sets, states and deadlines.

func isNameByte(c byte, first bool) bool {
	return c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || !first && '0' <= c && c <= '9'
}

// isName reports whether s is the name of a handle, a table or an actor.
func isName(s string) bool {
	for i := range len(s) {
		if !isNameByte(s[i], i == 0) {
			return false
		}
	}
	return s != ""
}

func (t token) name(what string) string {
	if !isName(t.text) {
		t.fail("%s is no name; expected %s: a letter or _, then letters, digits and _", t.shown(), what)
	}
	return t.text
}

// number reads a decimal number, or a hexadecimal one after 0x.
func (t token) number(what string, max uint64) uint64 {
	digits, base := t.text, 10
	if hex, ok := strings.CutPrefix(digits, "0x"); ok {
		digits, base = hex, 16
	}
	n, err := strconv.ParseUint(digits, base, 64)
	if err != nil || n > max {
		t.fail("%s is not %s; expected a number from 0 to %d", t.shown(), what, max)
	}
	return n
}

// ref reads a handle: NAME, T/NAME, NAME+N, NAME-N, 0.
func (t token) ref() Ref {
	const expected = "expected a handle: NAME, TABLE/NAME, NAME+N, NAME-N, or 0"
	var r Ref
	rest := t
	if table, after, ok := t.cut("/"); ok {
		r.Table = table.name("a table")
		rest = after
	}
	if i := strings.IndexAny(rest.text, "+-"); i >= 0 {
		delta, err := strconv.ParseInt(rest.text[i:], 10, 32)
		if err != nil {
			rest.from(i).fail("%s is no distance of 32 bits; %s", rest.from(i).shown(), expected)
		}
		r.Delta = int32(delta)
		rest = rest.to(i)
	}
	switch {
	case rest.text == "0":
	case isName(rest.text):
		r.Name = rest.text
	default:
		t.fail("%s is no handle; %s", t.shown(), expected)
	}
	return r
}

const dataForm = `data: a string in double quotes, or pattern:N, or pattern:N@OFFSET`

// data reads DATA at the start of t and gives what follows it.
func (t token) data() (Data, token) {
	if strings.HasPrefix(t.text, `"`) {
		quoted, err := strconv.QuotedPrefix(t.text)
		if err == nil {
			var text string
			if text, err = strconv.Unquote(quoted); err == nil {
				return Data{Text: text}, t.from(len(quoted))
			}
		}
	} else if strings.HasPrefix(t.text, "pattern:") {
		size := t.from(len("pattern:"))
		rest := size.from(len(size.text))
		if i := strings.IndexByte(size.text, '+'); i >= 0 {
			size, rest = size.to(i), size.from(i)
		}
		d := Data{Kind: Pattern}
		size, offset, ok := size.cut("@")
		d.Len = size.number("the length of a pattern", math.MaxUint64)
		if ok {
			d.Offset = offset.number("a position in the pattern", math.MaxUint64)
		}
		return d, rest
	}
	t.fail("%s is no data; expected %s", t.shown(), dataForm)
	panic("unreachable")
}

// bad reads "bad:SIZE" if that is what t is.
func (t token) bad() (uint64, bool) {
	if !strings.HasPrefix(t.text, "bad:") {
		return 0, false
	}
	return t.from(len("bad:")).number("a size", math.MaxUint64), true
}

// buffer reads what a write takes (isWrite) or a read.
func (t token) buffer(isWrite bool) Buffer {
	if strings.HasPrefix(t.text, "null:") {
		return Buffer{Kind: Null, Size: t.from(len("null:")).number("a size", math.MaxUint64)}
	}
	if n, ok := t.bad(); ok {
		return Buffer{Kind: Faulty, Bad: n}
	}
	var b Buffer
	var rest token
	if isWrite {
		if !strings.HasPrefix(t.text, `"`) && !strings.HasPrefix(t.text, "pattern:") {
			t.fail("%s is no buffer; expected null:SIZE, bad:SIZE, DATA+bad:SIZE or %s", t.shown(), dataForm)
		}
		b.Data, rest = t.data()
	} else {
		size := t
		rest = t.from(len(t.text))
		if i := strings.IndexByte(t.text, '+'); i >= 0 {
			size, rest = t.to(i), t.from(i)
		}
		b.Size = size.number("a buffer to read into (SIZE, null:SIZE, SIZE+bad:SIZE or bad:SIZE)", math.MaxUint64)
	}
	if rest.text == "" {
		return b
	}
	n, ok := uint64(0), false
	if rest.text[0] == '+' {
		n, ok = rest.from(1).bad()
	}
	if !ok {
		rest.fail("unexpected %s; expected a blank, or +bad:SIZE", rest.shown())
	}
	b.Kind, b.Bad = Faulty, n
	return b
}

func (t token) rights() handle.Rights {
	r, err := handle.ParseRights(t.text)
	t.check(err)
	return r
}

func (t token) signals() handle.Signals {
	s, err := handle.ParseSignals(t.text)
	t.check(err)
	return s
}

// check fails with err, which one of the packages below made.
func (t token) check(err error) {
	if err != nil {
		_, msg, _ := strings.Cut(err.Error(), ": ")
		t.fail("%s", msg)
	}
}

// status reads a status as [status.Status.Bare] gives it, and no other form.
func (t token) status() status.Status {
	s, err := status.Parse(t.text)
	t.check(err)
	if bare := s.Bare(); bare != t.text {
		t.fail("unexpected %s; expected the status without prefix, %s", t.shown(), bare)
	}
	return s
}

// deadline reads what follows until=.
func (t token) deadline() Deadline {
	switch t.text {
	case "never":
		return Deadline{Kind: Never}
	case "past":
		return Deadline{Kind: Past}
	}
	d, err := time.ParseDuration(t.text)
	if err != nil || d <= 0 {
		t.fail("%s is no deadline; expected never, past, or a duration above zero such as 5ms", t.shown())
	}
	return Deadline{Kind: In, After: d}
}

const stateForm = "a state: names of signals, then ... if others may be asserted, !NAME for those that may not; or none"

// state reads all the words that are left as one STATE.
func (w *words) state() SignalWant {
	var s SignalWant
	first := w.here()
	if w.accept("none") {
		w.done("none to stand alone")
		return s
	}
	for {
		t := w.next(stateForm)
		if t.text == "..." {
			s.Open = true
			w.done("... to be the end of the state")
			break
		}
		name, set := t, &s.Must
		if strings.HasPrefix(t.text, "!") {
			name, set = t.from(1), &s.MustNot
		}
		if name.text == "none" {
			name.fail("none stands alone; expected %s", stateForm)
		}
		*set |= name.signals()
		if !w.more() {
			break
		}
	}
	if s.MustNot != 0 && !s.Open {
		first.fail("a state that does not end in ... is exact, and says nothing with !; expected ... at its end, or no !")
	}
	if both := s.Must & s.MustNot; both != 0 {
		first.fail("the state wants %v both asserted and not", both)
	}
	return s
}

// times splits "X*N" into X and N, which is 1 when it is not there.
func (t token) times() (token, int) {
	i := strings.LastIndexByte(t.text, '*')
	if i < 0 {
		return t, 1
	}
	n := t.from(i+1).number("a count", maxItems)
	if n == 0 {
		t.from(i+1).fail("0 times is nothing; expected a number from 1 to %d", maxItems)
	}
	return t.to(i), int(n)
}
