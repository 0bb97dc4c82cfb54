package baseline

import "sync"

// Limits are what a pipe cannot beat if it does the same work: two copies
// through a ring without any lock, the same with a mutex taken and released
// for each of the two calls, one copy (for a stream), and two channels without
// any data (for a ping-pong).
func Limits() []Subject {
	return []Subject{
		{Name: Ring, WriteRead: ringLoop},
		{Name: RingMutexes, WriteRead: lockedRingLoop},
		{Name: OneCopy, Stream: copyLoop},
		{Name: TwoChannels, PingPong: channelLoop},
	}
}

// A ring is a buffer of bytes that takes what fits and gives what it has.
type ring struct {
	buf  []byte
	r, w int
	n    int // bytes in it
}

func newRing() *ring { return &ring{buf: make([]byte, Capacity)} }

func (q *ring) write(p []byte) int {
	if free := len(q.buf) - q.n; len(p) > free {
		p = p[:free]
	}
	if k := copy(q.buf[q.w:], p); k < len(p) {
		copy(q.buf, p[k:])
	}
	q.n += len(p)
	if q.w += len(p); q.w >= len(q.buf) {
		q.w -= len(q.buf)
	}
	return len(p)
}

func (q *ring) read(p []byte) int {
	if len(p) > q.n {
		p = p[:q.n]
	}
	if k := copy(p, q.buf[q.r:]); k < len(p) {
		copy(p[k:], q.buf)
	}
	q.n -= len(p)
	if q.r += len(p); q.r >= len(q.buf) {
		q.r -= len(q.buf)
	}
	return len(p)
}

func ringLoop(size int) (Loop, error) {
	q, src, dst := newRing(), make([]byte, size), make([]byte, size)
	return Loop{Run: func(n int) error {
		for range n {
			if q.write(src) != size || q.read(dst) != size {
				return errShort
			}
		}
		return nil
	}}, nil
}

// A lockedRing is a ring and the least that makes it safe to share.
type lockedRing struct {
	mu sync.Mutex
	ring
}

func (q *lockedRing) write(p []byte) int {
	q.mu.Lock()
	n := q.ring.write(p)
	q.mu.Unlock()
	return n
}

func (q *lockedRing) read(p []byte) int {
	q.mu.Lock()
	n := q.ring.read(p)
	q.mu.Unlock()
	return n
}

func lockedRingLoop(size int) (Loop, error) {
	q := &lockedRing{ring: *newRing()}
	src, dst := make([]byte, size), make([]byte, size)
	return Loop{Run: func(n int) error {
		for range n {
			if q.write(src) != size || q.read(dst) != size {
				return errShort
			}
		}
		return nil
	}}, nil
}

func copyLoop(size int) (Loop, error) {
	src, dst := make([]byte, size), make([]byte, size)
	return Loop{Run: func(n int) error {
		for range n {
			if copy(dst, src) != size {
				return errShort
			}
		}
		return nil
	}}, nil
}

func channelLoop() (Loop, error) {
	there, back := make(chan struct{}), make(chan struct{})
	return Loop{Run: func(n int) error {
		return both(func() error {
			for range n {
				there <- struct{}{}
				<-back
			}
			return nil
		}, func() error {
			for range n {
				<-there
				back <- struct{}{}
			}
			return nil
		})
	}}, nil
}
