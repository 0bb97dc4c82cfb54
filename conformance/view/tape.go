package view

import (
	"slices"

	"mx.example/conformance/trace"
)

// tape are the messages, for a reader.
func (f *flow) tape() []Message {
	var list []Message
	for i := range f.messages {
		m := &f.messages[i]
		list = append(list, Message{
			At: m.at, Length: m.length, Label: label(m.parts), Glyphs: glyphs(m.parts),
			Unaccounted: m.unaccounted,
		})
	}
	return list
}

// spans are ranges with what is in them.
func (f *flow) spans(ranges []Range) []Span {
	var list []Span
	for _, r := range ranges {
		list = append(list, Span{r, f.text(r)})
	}
	return list
}

// text describes what is in the ranges.
func (f *flow) text(ranges ...Range) string {
	var parts []trace.Data
	for _, r := range ranges {
		parts = append(parts, f.between(r)...)
	}
	return label(parts)
}

// between are the bytes at the positions of r, as far as they are known.
func (f *flow) between(r Range) []trace.Data {
	var parts []trace.Data
	// The message that holds the first position: the tape is in order.
	first, _ := slices.BinarySearchFunc(f.messages, r[0], func(m message, at uint64) int {
		if m.at+m.length <= at {
			return -1
		}
		return 1
	})
	for i := first; i < len(f.messages) && f.messages[i].at < r[1]; i++ {
		at := f.messages[i].at
		for _, d := range f.messages[i].parts {
			end := at + d.Length()
			from, to := max(at, r[0]), min(end, r[1])
			if from < to {
				parts = append(parts, slice(d, from-at, to-at))
			}
			at = end
		}
	}
	return parts
}
