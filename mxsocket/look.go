package mxsocket

import (
	"time"

	"mx.example/handle"
	"mx.example/status"
)

// look blocks until there is something to read at ep, and copies what a read
// would give to p, but takes nothing. next is how much that would be if p were
// large enough: all there is in a stream, or the first datagram. It is for a
// reader that finds out later how much it could use, and says so with
// [endpoint.used]. It fails as ReadFull does.
func (ep *endpoint) look(e *handle.Entry, p []byte, cancel <-chan struct{}) (n, next int, err error) {
	for {
		e.Lock()
		if !e.Live() {
			e.Unlock()
			return 0, 0, status.ErrBadHandle
		}
		n, st := ep.get(p, Peek)
		if st != status.ErrShouldWait {
			next = ep.in.size
			if n > 0 && ep.pair.datagram {
				next = ep.in.first()
			}
			e.Unlock()
			return n, next, st.Err()
		}
		// A call that wants no byte is over when there are some, or when there
		// will be none.
		b := ep.blocked.block(e, false, nil, 0, true)
		e.Unlock()
		if _, err := b.end(0, time.Time{}, cancel); err == status.ErrTimedOut || err == status.ErrCanceled {
			return 0, 0, err
		}
	}
}

// used takes the first n bytes of what was looked at. What is left of a
// datagram remains one.
func (ep *endpoint) used(e *handle.Entry, n int) error {
	e.Lock()
	defer e.Unlock()
	if !e.Live() {
		return status.ErrBadHandle
	}
	if n = min(n, ep.in.size); n == 0 { // somebody else may have read meanwhile
		return nil
	}
	if ep.pair.datagram && n < ep.in.first() {
		ep.in.lengths.shorten(uint32(n))
		ep.in.discard(n)
		ep.pair.creator.Release(uint64(n))
		ep.moved(ep.in.size + n)
		return nil
	}
	ep.consume(n)
	return nil
}

// shorten takes n bytes off the first datagram, which is longer.
func (l *lengths) shorten(n uint32) { l.ring[l.head] -= n }
