package remote

import (
	"encoding/hex"
	"strconv"
	"time"

	"mx.example/conformance/trace"
)

// A query is a request without its number.
type query struct {
	verb string
	text []byte // " ARGUMENT…"
}

func newQuery(verb string) *query { return &query{verb: verb, text: make([]byte, 0, 64)} }

func (q *query) appendTo(b []byte, number uint64) []byte {
	b = strconv.AppendUint(b, number, 10)
	b = append(append(b, ' '), q.verb...)
	return append(append(b, q.text...), '\n')
}

func (q *query) word(w string) *query {
	q.text = append(append(q.text, ' '), w...)
	return q
}

func (q *query) number(n uint64) *query {
	q.text = strconv.AppendUint(append(q.text, ' '), n, 10)
	return q
}

// numberIf is a number, or "-".
func (q *query) numberIf(has bool, n uint64) *query {
	if !has {
		return q.word("-")
	}
	return q.number(n)
}

// bits is a number that is a set of bits.
func (q *query) bits(n uint32) *query {
	if n == 0 {
		return q.word("0")
	}
	q.text = strconv.AppendUint(append(q.text, " 0x"...), uint64(n), 16)
	return q
}

// shortest is from how many bytes on the pattern is sent as such.
const shortest = 16

// data is bytes in hexadecimal, or the pattern if they are a piece of it.
func (q *query) data(p []byte) *query {
	if len(p) == 0 {
		return q.word("-")
	}
	if d := trace.DataOf(p); len(p) >= shortest && d.Kind == trace.Pattern {
		return q.pattern(d.Offset, d.Len)
	}
	q.text = hex.AppendEncode(append(q.text, ' '), p)
	return q
}

func (q *query) pattern(offset, n uint64) *query {
	q.text = strconv.AppendUint(append(q.text, " @"...), offset, 10)
	q.text = strconv.AppendUint(append(q.text, '+'), n, 10)
	return q
}

// deadline is when a wait ends, from now on. past makes a poll of it whatever
// it says.
func (q *query) deadline(t time.Time, past bool) *query {
	switch left := time.Until(t); {
	case past:
		return q.word("past")
	case t.IsZero():
		return q.word("never")
	case left <= -time.Minute:
		return q.word("past") // it was meant to be
	default:
		// Rounded up: never early, and the same in every run.
		ms := max(1, (left+time.Millisecond-1)/time.Millisecond)
		return q.number(uint64(ms) * 1000)
	}
}
