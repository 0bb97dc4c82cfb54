package handle

import (
	"strconv"
	"sync/atomic"
	"unicode/utf8"

	"mx.example/status"
)

// tables counts the tables that were made, and so numbers them.
var tables atomic.Uint64

// WithName gives the table a name, for people: it stands in dumps and in what
// [Table.String] returns, and nothing looks a table up by it. Any string will
// do; see [SetName] for how it is shown.
//
// In a table with a name, and at a socket that it created, a call that blocks
// also notes since when, for dumps. That is one reading of the clock, which a
// table without a name does only for a call with a deadline, which needs it
// anyway, and for every call once it has been in a [Dump].
func WithName(name string) Option {
	return func(t *Table) {
		t.name = name
		t.timed.Store(true)
	}
}

// Name returns the name that [WithName] gave the table, or "".
func (t *Table) Name() string {
	t.check()
	return t.name
}

// SetName gives the object that h refers to a name, which all handles to it
// share, in every table. It is for people: it stands in dumps and in what the
// debugging calls of this package say, it changes no behavior, and needs no
// right. Each end of a pair has a name of its own. An empty name is none.
//
// Any string will do, and two objects may have the same one. Where it is shown,
// it is quoted as in Go, and cut after 64 bytes.
//
// BAD_HANDLE: h is not a handle of t.
func SetName(t *Table, h Handle, name string) error {
	t.check()
	e := t.real().Lookup(h)
	if e == nil {
		return t.NoHandle()
	}
	e.Lock()
	defer e.Unlock()
	if !e.Live() {
		return status.ErrBadHandle
	}
	var p *string
	if name != "" {
		p = &name
	}
	e.object.header().name.Store(p)
	return nil
}

// Name returns the name of the object that h refers to, or "" if it has none.
//
// BAD_HANDLE: h is not a handle of t.
func Name(t *Table, h Handle) (string, error) {
	t.check()
	e := t.real().Lookup(h)
	if e == nil {
		return "", t.NoHandle()
	}
	name := e.object.header().label() // the instant at which the call takes effect
	if !e.Live() {
		return "", status.ErrBadHandle
	}
	return name, nil
}

// label returns the name of the object, or "".
func (h *Header) label() string {
	if p := h.name.Load(); p != nil {
		return *p
	}
	return ""
}

// mostShown is how many bytes of a name are shown.
const mostShown = 64

// appendName appends a name in quotes.
func appendName(b []byte, name string) []byte {
	if len(name) <= mostShown {
		return strconv.AppendQuote(b, name)
	}
	cut := mostShown
	for cut > mostShown-utf8.UTFMax && !utf8.RuneStart(name[cut]) {
		cut--
	}
	return append(strconv.AppendQuote(b, name[:cut]), "…"...)
}

// appendLabel appends what people call the table: its name if that is a word,
// in quotes if it is not, or without one its number.
func (t *Table) appendLabel(b []byte) []byte {
	if t.name == "" {
		return strconv.AppendUint(append(b, "table "...), t.number, 10)
	}
	if isWord(t.name) {
		return append(b, t.name...)
	}
	return appendName(b, t.name)
}

// isWord reports whether name can be told from what stands around it.
func isWord(name string) bool {
	for _, c := range []byte(name) {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		case c == '-', c == '_', c == '.', c == '/':
		default:
			return false
		}
	}
	return len(name) <= mostShown
}
