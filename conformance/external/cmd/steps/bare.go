package main

import "sync"

// A bare pair is as little as a connection between two goroutines can be if a
// byte may also be left behind: one mutex for both ways, room for a few bytes
// each way, and a place for the one who sleeps. It has no handles, no rights,
// no signals and no ends.
type bare struct {
	mu   sync.Mutex
	ways [2]way
}

// A way is one direction.
type way struct {
	waiter *sleeper
	n      int // bytes in kept
	kept   [64]byte
}

// A sleeper is what someone who sleeps leaves behind.
type sleeper struct {
	awake chan struct{} // of capacity one
	dst   []byte        // where the bytes are wanted
	n     int           // how many came
}

func newSleeper() *sleeper { return &sleeper{awake: make(chan struct{}, 1)} }

// The calls are kept from being copied into the loops, as those of a library
// are.

// give hands p to who sleeps, or leaves it behind.
//
//go:noinline
func (b *bare) give(i int, p []byte) int {
	b.mu.Lock()
	w := &b.ways[i]
	if s := w.waiter; s != nil {
		s.n = copy(s.dst, p)
		w.waiter = nil
		b.mu.Unlock()
		s.awake <- struct{}{}
		return s.n
	}
	n := copy(w.kept[:], p)
	w.n = n
	b.mu.Unlock()
	return n
}

// receive takes what was left behind, or sleeps until something is handed
// over.
//
//go:noinline
func (b *bare) receive(i int, s *sleeper, p []byte) int {
	b.mu.Lock()
	w := &b.ways[i]
	if w.n > 0 {
		n := copy(p, w.kept[:w.n])
		w.n = 0
		b.mu.Unlock()
		return n
	}
	s.dst, w.waiter = p, s
	b.mu.Unlock()
	<-s.awake
	return s.n
}

// startHandOver is a round trip by give and receive: a lock for each call, and
// the byte goes straight to its place.
func startHandOver() (func(int) error, error) {
	b, mine, theirs := new(bare), newSleeper(), newSleeper()
	p, q := make([]byte, 1), make([]byte, 1)
	answering(func() error {
		for {
			if b.receive(0, theirs, q) != 1 || b.give(1, q) != 1 {
				return errShort
			}
		}
	})
	return func(n int) error {
		for range n {
			if b.give(0, p) != 1 || b.receive(1, mine, p) != 1 {
				return errShort
			}
		}
		return nil
	}, nil
}

// put leaves p behind and wakes who sleeps.
//
//go:noinline
func (b *bare) put(i int, p []byte) int {
	b.mu.Lock()
	w := &b.ways[i]
	n := copy(w.kept[:], p)
	w.n = n
	if s := w.waiter; s != nil {
		w.waiter = nil
		s.awake <- struct{}{}
	}
	b.mu.Unlock()
	return n
}

// await sleeps until something was left behind, and says whether it is there
// still. That is a question about now, so the lock is taken again for it.
//
//go:noinline
func (b *bare) await(i int, s *sleeper) bool {
	b.mu.Lock()
	w := &b.ways[i]
	if w.n == 0 {
		w.waiter = s
		b.mu.Unlock()
		<-s.awake
		b.mu.Lock()
	}
	there := w.n > 0
	b.mu.Unlock()
	return there
}

// take takes what was left behind, be it nothing.
//
//go:noinline
func (b *bare) take(i int, p []byte) int {
	b.mu.Lock()
	w := &b.ways[i]
	n := copy(p, w.kept[:w.n])
	w.n = 0
	b.mu.Unlock()
	return n
}

// startSignalAndRead is a round trip by put, await and take: what plain calls
// do that wait before they read, and no more.
func startSignalAndRead() (func(int) error, error) {
	b, mine, theirs := new(bare), newSleeper(), newSleeper()
	p, q := make([]byte, 1), make([]byte, 1)
	answering(func() error {
		for {
			if !b.await(0, theirs) || b.take(0, q) != 1 || b.put(1, q) != 1 {
				return errShort
			}
		}
	})
	return func(n int) error {
		for range n {
			if b.put(0, p) != 1 || !b.await(1, mine) || b.take(1, p) != 1 {
				return errShort
			}
		}
		return nil
	}, nil
}
