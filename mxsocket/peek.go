package mxsocket

import (
	"time"

	"mx.example/handle"
	"mx.example/status"
)

// awaitPeek blocks until there is something to read at ep, and copies what a read
// would give to p, but takes nothing. next is how much that would be if p were
// large enough: all there is in a stream, or the first datagram. It is for a
// reader that finds out later how much it could use, and says so with
// [endpoint.consumeUpTo]. It fails as ReadFull does.
func (ep *endpoint) awaitPeek(e *handle.Entry, p []byte, cancel <-chan struct{}) (n, next int, err error) {
	for {
		n, next, c, st := ep.startPeek(e, p)
		if c == nil {
			return n, next, st.Err()
		}
		if _, err := c.end(0, time.Time{}, cancel); err == status.ErrTimedOut || err == status.ErrCanceled {
			return 0, 0, err
		}
	}
}

// startPeek is awaitPeek up to where it blocks: then c is not nil.
func (ep *endpoint) startPeek(e *handle.Entry, p []byte) (n, next int, c *pendingCall, st status.Status) {
	e.Lock()
	defer e.Unlock()
	if !e.Live() {
		return 0, 0, nil, status.ErrBadHandle
	}
	n, st = ep.readLocked(p, Peek)
	if st == status.ErrShouldWait {
		// A call that wants no byte is over when there are some, or when there
		// will be none.
		return 0, 0, ep.block(e, false, nil, 0, true), st
	}
	next = ep.in.size
	if ep.pair.datagram {
		next = int(ep.in.front)
	}
	return n, next, nil, st
}

// consumeUpTo takes the first n bytes of what was peeked at. What is left of a
// datagram remains one.
func (ep *endpoint) consumeUpTo(e *handle.Entry, n int) error {
	e.Lock()
	defer e.Unlock()
	if !e.Live() {
		return status.ErrBadHandle
	}
	before := ep.in.size
	n = min(n, before)
	switch {
	case n == 0: // somebody else may have read meanwhile
	case ep.pair.datagram && n < int(ep.in.front):
		ep.in.shorten(n)
		ep.pair.creator.Release(uint64(n))
		ep.sizeChanged(before)
	default:
		ep.consume(n)
	}
	return nil
}
