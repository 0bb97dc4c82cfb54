package handle

import (
	"sync"
	"sync/atomic"
)

// A pool keeps what blocked calls sleep on for the next call, so that blocking
// allocates nothing. It belongs to a table, and not to the package, because a
// channel or a timer that was made inside a bubble of testing/synctest may not
// be used outside of it.
type pool[T any] struct {
	// hot is the one that was used last. Most of the time it is all there
	// is, and taking it is one atomic step.
	hot  atomic.Pointer[T]
	mu   sync.Mutex
	rest []*T // guarded by mu
}

// get returns one that was put, or nil.
func (p *pool[T]) get() *T {
	if x := p.hot.Load(); x != nil && p.hot.CompareAndSwap(x, nil) {
		return x
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	n := len(p.rest)
	if n == 0 {
		return nil
	}
	x := p.rest[n-1]
	p.rest[n-1] = nil
	p.rest = p.rest[:n-1]
	return x
}

func (p *pool[T]) put(x *T) {
	if p.hot.Load() == nil && p.hot.CompareAndSwap(nil, x) {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.rest = append(p.rest, x)
}
