package step

import "sync"

// A Pool keeps what may be used again. Nothing depends on what it holds.
type Pool = sync.Pool

// A Mutex is a sync.Mutex in steps.
type Mutex struct {
	object
	held bool
	// released is the past of whoever unlocked it last.
	released clock
}

// Lock waits until the mutex is free.
func (m *Mutex) Lock() {
	if running != nil && m.run != running { // of the whole package, and a run before this one
		m.held, m.released = false, nil
		m.number()
	}
	if self == nil {
		if m.held {
			panic("step: the driver of a run meets a lock that is held")
		}
		m.held = true
		return
	}
	s := on("lock", &m.object, true)
	s.enabled = func() bool { return !m.held }
	take(s)
	m.held = true
	running.locks = append(running.locks, m)
	self.now.join(m.released)
}

// TryLock locks the mutex if it is free.
func (m *Mutex) TryLock() bool {
	if m.held {
		return false
	}
	m.Lock()
	return true
}

// Unlock frees the mutex. It is no step of its own: nobody can tell it from an
// Unlock just before the next step of the same thread.
func (m *Mutex) Unlock() {
	if !m.held && (running == nil || !running.over) {
		panic("step: unlock of a mutex that is not held")
	}
	m.held = false
	if self != nil {
		m.released = self.now.copy()
	}
}

// A Once is a sync.Once in steps.
type Once struct {
	mu   Mutex
	done bool
}

// Do calls f the first time.
func (o *Once) Do(f func()) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if !o.done {
		o.done = true
		f()
	}
}

// A cell is the part that all atomic types have in common.
type cell[T any] struct {
	object
	v T
}

func (c *cell[T]) look(what string) {
	if self != nil {
		take(on(what, &c.object, false))
	}
}

func (c *cell[T]) change(what string) {
	if self != nil {
		take(on(what, &c.object, true))
	}
}

// Load reads the value.
func (c *cell[T]) Load() T {
	c.look("load")
	return c.v
}

// Store changes the value.
func (c *cell[T]) Store(v T) {
	c.change("store")
	c.v = v
}

// Swap changes the value and returns the one before.
func (c *cell[T]) Swap(v T) (old T) {
	c.change("swap")
	old, c.v = c.v, v
	return old
}

func swapIf[T comparable](c *cell[T], old, v T) bool {
	c.change("compare-and-swap")
	if c.v != old {
		return false
	}
	c.v = v
	return true
}

// A Pointer is an atomic.Pointer.
type Pointer[T any] struct{ cell[*T] }

// CompareAndSwap changes the value if it is old.
func (p *Pointer[T]) CompareAndSwap(old, v *T) bool { return swapIf(&p.cell, old, v) }

// A Bool is an atomic.Bool.
type Bool struct{ cell[bool] }

// CompareAndSwap changes the value if it is old.
func (b *Bool) CompareAndSwap(old, v bool) bool { return swapIf(&b.cell, old, v) }

type number interface {
	int32 | int64 | uint32 | uint64
}

// A numeric is a number that changes in steps.
type numeric[T number] struct{ cell[T] }

// CompareAndSwap changes the value if it is old.
func (n *numeric[T]) CompareAndSwap(old, v T) bool { return swapIf(&n.cell, old, v) }

// Add adds to the value and returns the sum.
func (n *numeric[T]) Add(d T) T {
	n.change("add")
	n.v += d
	return n.v
}

// The atomic numbers.
type (
	Int32  struct{ numeric[int32] }
	Int64  struct{ numeric[int64] }
	Uint32 struct{ numeric[uint32] }
	Uint64 struct{ numeric[uint64] }
)

// Gosched lets others run, which they may before each step anyway.
func Gosched() {}
