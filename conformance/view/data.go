package view

import (
	"strconv"
	"strings"

	"mx.example/conformance/trace"
)

const (
	// labelBytes is how many bytes of a literal a label shows.
	labelBytes = 32
	// charBytes is how long a message may be that has a character for each byte.
	charBytes = 256
)

// slice is the bytes of d from one position in it to before another.
func slice(d trace.Data, from, to uint64) trace.Data {
	if d.Kind == trace.Pattern {
		d.Offset += from
		d.Len = to - from
		return d
	}
	d.Text = d.Text[from:to]
	return d
}

// begins reports whether the bytes of p are the first ones of d.
func begins(d, p trace.Data) bool {
	n := p.Length()
	if n > d.Length() {
		return false
	}
	if d.Kind == trace.Literal && p.Kind == trace.Literal {
		return strings.HasPrefix(d.Text, p.Text)
	}
	// The pattern comes round after 2^32 bytes.
	if d.Kind == p.Kind && uint32(d.Offset) == uint32(p.Offset) {
		return true
	}
	for i := range n { // two places of the pattern differ within a few bytes
		if byteAt(d, i) != byteAt(p, i) {
			return false
		}
	}
	return true
}

func byteAt(d trace.Data, i uint64) byte {
	if d.Kind == trace.Pattern {
		return trace.PatternAt(d.Offset + i)
	}
	return d.Text[i]
}

// join puts neighbors together that can be said as one.
func join(parts []trace.Data) []trace.Data {
	var out []trace.Data
	for _, d := range parts {
		if d.Length() == 0 {
			continue
		}
		if n := len(out); n > 0 {
			last := &out[n-1]
			switch {
			case last.Kind == trace.Literal && d.Kind == trace.Literal:
				last.Text += d.Text
				continue
			case last.Kind == trace.Pattern && d.Kind == trace.Pattern && last.Offset+last.Len == d.Offset:
				last.Len += d.Len
				continue
			}
		}
		out = append(out, d)
	}
	return out
}

// label describes bytes in at most a few words.
func label(parts []trace.Data) string {
	const most = 3
	parts = join(parts)
	var words []string
	for i, d := range parts {
		if i == most {
			words = append(words, "…")
			break
		}
		if d.Kind == trace.Literal && len(d.Text) > labelBytes {
			words = append(words, strconv.Quote(d.Text[:labelBytes])+"… ("+strconv.Itoa(len(d.Text))+" bytes)")
			continue
		}
		words = append(words, d.String())
	}
	return strings.Join(words, " ")
}

// chars has a character for each byte, or is empty if that is too much to
// look at or there is nothing to read in it.
func chars(parts []trace.Data) string {
	var b strings.Builder
	total := 0
	for _, d := range parts {
		if total += len(d.Text); d.Kind == trace.Pattern || total > charBytes {
			return ""
		}
		for i := range len(d.Text) {
			b.WriteRune(char(d.Text[i]))
		}
	}
	return b.String()
}

// char is the character for a byte: itself if it is a visible one of ASCII,
// the picture that Unicode has of a control character, or a block.
func char(c byte) rune {
	switch {
	case c == 0x7f:
		return '␡'
	case c == ' ':
		return '·' // few fonts have the picture of a blank
	case c < ' ':
		return '␀' + rune(c)
	case c > 0x7f:
		return '▒'
	}
	return rune(c)
}
