package handle

// mostKept is how many records of one kind are kept for the next call at one
// place. A burst beyond it is the garbage collector's.
const mostKept = 64

// A pool keeps records for the next call, [mostKept] at most. It has no lock.
type pool[T any] struct{ kept []*T }

// get returns one that was put, or nil.
func (p *pool[T]) get() *T {
	n := len(p.kept)
	if n == 0 {
		return nil
	}
	x := p.kept[n-1]
	p.kept[n-1] = nil
	p.kept = p.kept[:n-1]
	return x
}

// put keeps x, which must keep nothing alive.
func (p *pool[T]) put(x *T) {
	if len(p.kept) < mostKept {
		p.kept = append(p.kept, x)
	}
}
