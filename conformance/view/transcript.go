package view

import (
	"slices"

	"mx.example/conformance/trace"
)

// whole returns the direction with all that it came to.
func (f *flow) whole() Direction {
	d := f.direction
	d.Arrived, d.Lost, d.Dropped = f.arrived.list, f.spans(f.lost.list), f.spans(f.dropped.list)
	for i := range f.messages {
		m := &f.messages[i]
		d.Transcript = append(d.Transcript, Message{
			At: m.at, Length: m.length, Label: label(m.parts), Chars: chars(m.parts),
			Unaccounted: m.unaccounted,
		})
	}
	return d
}

// A pile is ranges that only ever grow more.
type pile struct {
	list  []Range
	bytes uint64 // in all of them
}

// add puts ranges on top, each as it is.
func (p *pile) add(list ...Range) {
	p.list = append(p.list, list...)
	p.bytes += total(list)
}

// join puts ranges on top, as one with the last where they touch it.
func (p *pile) join(list ...Range) {
	for _, r := range list {
		p.bytes += r.Len()
		if n := len(p.list); n > 0 && p.list[n-1][1] == r[0] {
			p.list[n-1][1] = r[1]
			continue
		}
		p.list = append(p.list, r)
	}
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
	// The message that holds the first position: the transcript is in order.
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
