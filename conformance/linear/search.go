package linear

import (
	"slices"
	"time"
)

// A search looks for an order of parts in which each may come where it does: the
// algorithm of Wing and Gong, with the memory of Lowe. A part may come next if
// no other that must come has ended before it began, and the oracle says so.
// Two beginnings that put the same parts in order and lead to the same state go
// on alike, so the second is not looked at.
type search struct {
	parts []*part // by their beginning
	done  []byte  // a bit for each that is in order
	seen  map[string]bool
	order []*part
	best  []*part // the longest order so far
	until time.Time
	tries int
	late  bool // the time was up
}

// A verdict is what a search comes to.
type verdict uint8

const (
	explained verdict = iota
	impossible
	undecided
)

// judge looks for an order of the parts from the state s on, for as long as the
// limit allows. best is the longest that there is.
func judge(s state, parts []*part, limit time.Duration) (v verdict, best []*part) {
	parts = slices.Clone(parts)
	slices.SortStableFunc(parts, func(p, q *part) int { return int(p.from - q.from) })
	x := &search{
		parts: parts,
		done:  make([]byte, (len(parts)+7)/8),
		seen:  map[string]bool{},
		until: time.Now().Add(limit),
	}
	switch {
	case x.extend(s):
		return explained, x.order
	case x.late:
		return undecided, x.best
	}
	return impossible, x.best
}

// extend puts the parts that are left in order, and reports whether it could.
func (x *search) extend(s state) bool {
	if len(x.order) > len(x.best) || x.best == nil {
		x.best = slices.Clone(x.order)
	}
	bound, left := x.bound()
	if !left {
		return true
	}
	if key := string(x.done) + s.key; x.seen[key] {
		return false
	} else {
		x.seen[key] = true
	}
	if x.tries++; x.tries%256 == 0 && time.Now().After(x.until) {
		x.late = true
	}
	for i, p := range x.parts {
		if p.from > bound || x.late {
			return false
		}
		if x.has(i) {
			continue
		}
		next, ok := p.step(s)
		if !ok {
			continue
		}
		x.done[i/8] |= 1 << (i % 8)
		x.order = append(x.order, p)
		if x.extend(next) {
			return true
		}
		x.order = x.order[:len(x.order)-1]
		x.done[i/8] &^= 1 << (i % 8)
	}
	return false
}

func (x *search) has(i int) bool { return x.done[i/8]>>(i%8)&1 != 0 }

// bound is the instant by which the next part has begun, and left whether there
// is any that must come.
func (x *search) bound() (bound int64, left bool) {
	for i, p := range x.parts {
		if !x.has(i) && !p.optional() && (!left || p.to < bound) {
			bound, left = p.to, true
		}
	}
	return bound, left
}
