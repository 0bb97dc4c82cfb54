package bench

import (
	"bytes"
	"errors"
	"sync"

	"mx.example/mxsocket"
)

// What bounds a pipe that does the same work: two copies through a ring, and
// the same with the least that makes it safe to share. For a rally it is the
// hand-over between two goroutines without anything else.
const (
	Ring        = "limit-ring"
	RingMutexes = "limit-ring-2-mutexes"
	TwoChannels = "two-channels"
)

func limits() []*contestant {
	return []*contestant{
		{Contestant: Contestant{Name: Ring, Kind: Limit, Available: true,
			About: "two copies through a ring of 257,024 bytes, without a lock"}, writeRead: ringLoop},
		{Contestant: Contestant{Name: RingMutexes, Kind: Limit, Available: true,
			About: "the same, with a mutex locked and unlocked by each of the two calls"}, writeRead: lockedRingLoop},
		{Contestant: Contestant{Name: TwoChannels, Kind: Limit, Available: true,
			About: "a hand-over each way by two Go channels, without data"},
			open: func(int) (a, b end, err error) { return channels() }, openBlocking: channels, empty: true},
	}
}

// A ring is a buffer that takes what fits and gives what it has.
type ring struct {
	buf  []byte
	r, n int // where the first byte is, and how many there are
}

func newRing() *ring { return &ring{buf: make([]byte, mxsocket.DefaultCapacity)} }

func (q *ring) write(p []byte) int {
	p = p[:min(len(p), len(q.buf)-q.n)]
	w := q.r + q.n
	if w >= len(q.buf) {
		w -= len(q.buf)
	}
	if k := copy(q.buf[w:], p); k < len(p) {
		copy(q.buf, p[k:])
	}
	q.n += len(p)
	return len(p)
}

func (q *ring) read(p []byte) int {
	p = p[:min(len(p), q.n)]
	if k := copy(p, q.buf[q.r:]); k < len(p) {
		copy(p[k:], q.buf)
	}
	q.n -= len(p)
	if q.r += len(p); q.r >= len(q.buf) {
		q.r -= len(q.buf)
	}
	return len(p)
}

func ringLoop(size int) (loop, error) {
	q := newRing()
	src, dst := message(size)
	return loop{run: func(n int) error {
		for range n {
			if q.write(src) != size || q.read(dst) != size {
				return errShort
			}
		}
		return arrived(src, dst)
	}}, nil
}

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

func lockedRingLoop(size int) (loop, error) {
	q := &lockedRing{ring: *newRing()}
	src, dst := message(size)
	return loop{run: func(n int) error {
		for range n {
			if q.write(src) != size || q.read(dst) != size {
				return errShort
			}
		}
		return arrived(src, dst)
	}}, nil
}

// message is a message to send, and where to receive it. It is not all zeros,
// as the buffer is: see [arrived].
func message(size int) (src, dst []byte) {
	src, dst = make([]byte, size), make([]byte, size)
	for i := range src {
		src[i] = byte(i*7 + i>>8 + 1)
	}
	return src, dst
}

var errOther = errors.New("what arrived is not what was sent")

// arrived looks at the last message of a run. No compiler can leave out work
// whose result somebody looks at.
func arrived(src, dst []byte) error {
	if !bytes.Equal(src, dst) {
		return errOther
	}
	return nil
}

// A channelEnd hands over without data.
type channelEnd struct{ out, in chan struct{} }

func channels() (a, b end, err error) {
	there, back := make(chan struct{}), make(chan struct{})
	return channelEnd{there, back}, channelEnd{back, there}, nil
}

func (e channelEnd) put([]byte) error {
	e.out <- struct{}{}
	return nil
}

func (e channelEnd) get(p []byte) (int, error) {
	<-e.in
	return len(p), nil
}

func (channelEnd) close() {}
