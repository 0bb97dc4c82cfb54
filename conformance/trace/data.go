package trace

import "strconv"

// The pattern has at position i the top 8 bits of the 32-bit product of i and
// this number (2^32 divided by the golden ratio, which is odd): neighbors
// differ, and a byte that is lost, doubled or moved shows.
const patternStep = 2654435761

// PatternAt is the byte of the pattern at position pos.
func PatternAt(pos uint64) byte {
	return byte(uint32(pos) * patternStep >> 24)
}

// FillPattern fills p with the pattern from position pos on.
func FillPattern(p []byte, pos uint64) {
	x := uint32(pos) * patternStep
	for i := range p {
		p[i] = byte(x >> 24)
		x += patternStep
	}
}

// MatchPattern returns how many bytes of p, from the first on, are those of
// the pattern from position pos on: len(p) if all are.
func MatchPattern(p []byte, pos uint64) int {
	x := uint32(pos) * patternStep
	for i, b := range p {
		if b != byte(x>>24) {
			return i
		}
		x += patternStep
	}
	return len(p)
}

// Length is the number of bytes of d.
func (d Data) Length() uint64 {
	if d.Kind == Pattern {
		return d.Len
	}
	return uint64(len(d.Text))
}

// Bytes makes the bytes of d. A pattern can be written down that is longer
// than any memory: look at [Data.Length] first.
func (d Data) Bytes() []byte {
	if d.Kind == Literal {
		return []byte(d.Text)
	}
	p := make([]byte, d.Len)
	FillPattern(p, d.Offset)
	return p
}

// Equal reports whether p are the bytes of d. It makes no copy of either.
func (d Data) Equal(p []byte) bool {
	if d.Kind == Literal {
		return string(p) == d.Text
	}
	return uint64(len(p)) == d.Len && MatchPattern(p, d.Offset) == len(p)
}

// agrees counts the bytes of p, from the first on, that are those of d. There
// are no bytes beyond the end of d.
func (d Data) agrees(p []byte) int {
	if uint64(len(p)) > d.Length() {
		p = p[:d.Length()]
	}
	if d.Kind == Pattern {
		return MatchPattern(p, d.Offset)
	}
	for i, b := range p {
		if b != d.Text[i] {
			return i
		}
	}
	return len(p)
}

// String is d as a case has it: a string in quotes, or "pattern:N@OFFSET".
func (d Data) String() string { return string(d.append(nil)) }

func (d Data) append(b []byte) []byte {
	if d.Kind == Literal {
		return strconv.AppendQuote(b, d.Text)
	}
	b = append(b, "pattern:"...)
	b = strconv.AppendUint(b, d.Len, 10)
	if d.Offset != 0 {
		b = append(b, '@')
		b = strconv.AppendUint(b, d.Offset, 10)
	}
	return b
}

// DataOf says p compactly: as a piece of the pattern if it is one and longer
// than 24 bytes, else as a literal. Of the offsets that say the same bytes it
// takes the smallest. It keeps no reference to p.
func DataOf(p []byte) Data {
	if len(p) > 24 {
		if pos, ok := patternOffset(p); ok {
			return Data{Kind: Pattern, Len: uint64(len(p)), Offset: pos}
		}
	}
	return Data{Text: string(p)}
}

// patternOffset finds the smallest position at which the pattern has p, which
// is not empty.
//
// The product x at that position is not known, but each byte of p says in
// which 2^24 numbers its own product lies, and so where x does. What is left
// is one interval, and the smallest multiple of the step in it.
func patternOffset(p []byte) (uint64, bool) {
	const width = 1 << 24
	low := uint32(p[0]) << 24
	size := uint32(width - 1) // x is one of low to low+size
	var ahead uint32          // how far the product at p[i] is beyond x
	for _, b := range p[1:] {
		ahead += patternStep
		first := uint32(b)<<24 - ahead
		last := first + (width - 1)
		switch {
		case first-low <= size:
			size -= first - low
			low = first
		case last-low <= size:
			size = last - low
		case low-first < width: // all of the interval will do
		default:
			return 0, false
		}
	}
	return firstMultiple(patternStep, 1<<32, uint64(low), uint64(low)+uint64(size))
}

// firstMultiple finds the smallest n for which n*a mod m is from low to high,
// by Euclid's algorithm; 0 <= a < m <= 2^32 and 0 <= low <= high < m.
func firstMultiple(a, m, low, high uint64) (uint64, bool) {
	if low == 0 {
		return 0, true
	}
	if a == 0 {
		return 0, false
	}
	if 2*a > m { // count the other way round: the steps get smaller
		a, low, high = m-a, m-high, m-low
	}
	n := (low + a - 1) / a
	if n*a <= high {
		return n, true
	}
	// No multiple of a lies between low and high, so neither wraps modulo a:
	// how many times must m be passed until the rest fits?
	turns, ok := firstMultiple((a-m%a)%a, a, low%a, high%a)
	if !ok {
		return 0, false
	}
	return (low + turns*m + a - 1) / a, true
}
