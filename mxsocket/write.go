package mxsocket

import (
	"math"

	"mx.example/handle"
	"mx.example/status"
)

// Write puts bytes into the buffer of the other endpoint, or with the option
// [HalfClose] ends a direction. It never blocks.
//
// With options 0, a stream takes what there is room for and n says how much
// that was: if n < len(p), the rest was not written (W-STREAM-SHORT). A
// datagram socket takes all of p as one datagram, or nothing. The bytes of one
// write are contiguous, and come out in the order they were taken (W-ORDER).
// An empty p writes nothing, and no empty datagram either (W-ZERO).
//
// With [HalfClose], p must be empty. In the edition [handle.Manual] the call
// ends what h receives: further writes at the other endpoint are BAD_STATE. In
// [handle.Kernel2017] it ends what h sends: further writes at h are
// (H-DIRECTION). [handle.Zircon] has no such option, but [SetDisposition]. What was buffered in that direction can still be read
// (H-DRAIN). Ending a direction twice is no error (H-TWICE).
//
// The errors, in the order in which they are looked for:
//
//   - INVALID_ARGS: in Zircon, options is not 0 (W-OPTIONS-EARLY).
//   - BAD_HANDLE: h is not a handle of t (W-HANDLE).
//   - ACCESS_DENIED: h lacks RightWrite (W-RIGHTS).
//   - WRONG_TYPE: h is no socket (W-TYPE). In Zircon this comes before the
//     rights.
//   - INVALID_ARGS: options is neither 0 nor HalfClose, or HalfClose comes
//     with data (W-OPTIONS, W-HALF-SIZE).
//   - PEER_CLOSED: the other endpoint is gone (W-PEER-CLOSED, H-AFTER-CLOSE).
//   - BAD_STATE: a half close ended this direction (W-BAD-STATE).
//   - INVALID_ARGS: len(p) is above 4,294,967,295 (W-HUGE).
//   - SHOULD_WAIT: the buffer is full (W-FULL), or has less room than the
//     datagram needs (W-DGRAM-ATOMIC).
//   - SHOULD_WAIT (in Zircon: OUT_OF_RANGE): it can never have as much room as
//     the datagram needs (W-DGRAM-TOO-BIG).
//   - NO_MEMORY (in Kernel2017 and Zircon: SHOULD_WAIT): the memory limit of the table
//     that created the pair does not allow one byte more, or not the whole
//     datagram (W-NO-MEMORY). A stream write may also be short because of it.
func Write(t *handle.Table, h handle.Handle, options uint32, p []byte) (n int, err error) {
	if options != 0 {
		return 0, writeOption(t, h, options, uint64(len(p)))
	}
	e := t.Lookup(h)
	ep := usable(e, handle.RightWrite)
	if ep == nil {
		return 0, refuse(t, e, handle.RightWrite)
	}
	if e.TryLock() {
		// Most writes are like this: they fit after the last one. What put does
		// for all others comes to the same.
		peer := ep.peer()
		if q := &peer.in; e.Live() {
			if (q.size > 0 || peer.blocked.last == nil) && q.quickPut(p) {
				if ep.pair.datagram {
					q.bound(len(p))
				}
				if q.size == len(p) {
					peer.changed() // READABLE has risen
				}
				e.Unlock()
				return len(p), nil
			}
		}
	} else {
		e.Lock()
	}
	return ep.write(e, p)
}

// write is Write through e, whose lock is held, and releases it.
func (ep *endpoint) write(e *handle.Entry, p []byte) (n int, err error) {
	st := status.ErrBadHandle
	if e.Live() {
		n, st = ep.put(p)
	}
	e.Unlock()
	return n, st.Err()
}

// writeOption is a write of size bytes with options.
func writeOption(t *handle.Table, h handle.Handle, options uint32, size uint64) error {
	if editionRules[t.Edition()].optionsEarly {
		return status.ErrInvalidArgs // W-OPTIONS-EARLY
	}
	ep, e, err := find(t, h, handle.RightWrite)
	if err != nil {
		return err // W-HANDLE, W-RIGHTS, W-TYPE
	}
	return ep.halfClose(e, options, size)
}

// put is a write of p at ep. The lock is held.
func (ep *endpoint) put(p []byte) (n int, st status.Status) {
	peer := ep.peer()
	if peer.in.size > 0 && !ep.pair.datagram && peer.in.quickPut(p) {
		return len(p), status.OK
	}
	n, st = ep.admit(uint64(len(p)))
	if n == 0 {
		return 0, st
	}
	p = p[:n]
	before := peer.in.size
	if b := peer.blocked.last; b != nil && !b.write {
		if p = peer.hand(ep, p); len(p) == 0 {
			return n, status.OK
		}
	}
	peer.reserve(len(p))
	peer.in.write(p)
	if ep.pair.datagram {
		peer.in.bound(n)
	}
	peer.moved(before)
	return n, status.OK
}

// admit decides how many of size bytes a write at ep may put into its peer's
// queue now, and charges the memory limit for them. The lock is held. The
// order of the checks is that of the clauses.
func (ep *endpoint) admit(size uint64) (n int, st status.Status) {
	p, peer := ep.pair, ep.peer()
	switch {
	case peer.gone:
		return 0, status.ErrPeerClosed // W-PEER-CLOSED
	case peer.ended:
		return 0, status.ErrBadState // W-BAD-STATE
	case size == 0:
		return 0, status.OK // W-ZERO
	case size > math.MaxUint32:
		return 0, status.ErrInvalidArgs // W-HUGE
	}
	room := int(p.capacity) - peer.in.size
	if room <= 0 {
		return 0, status.ErrShouldWait // W-FULL
	}
	if size > uint64(room) {
		if p.datagram {
			if size > uint64(p.capacity) {
				return 0, p.rules.tooBig // W-DGRAM-TOO-BIG
			}
			return 0, status.ErrShouldWait // W-DGRAM-ATOMIC
		}
		size = uint64(room) // W-STREAM-SHORT
	}
	if p.limited {
		least := uint64(1)
		if p.datagram {
			least = size
		}
		if size = p.creator.Charge(size, least); size == 0 {
			return 0, p.rules.noMemory // W-NO-MEMORY
		}
	}
	return int(size), status.OK
}

// halfClose is a write with options.
func (ep *endpoint) halfClose(e *handle.Entry, options uint32, size uint64) error {
	if options != ep.pair.rules.writeOptions || size > 0 {
		return status.ErrInvalidArgs // W-OPTIONS, W-HALF-SIZE
	}
	p, peer := ep.pair, ep.peer()
	e.Lock()
	defer e.Unlock()
	if !e.Live() {
		return status.ErrBadHandle
	}
	reader, writer := ep, peer // of the direction that ends (H-DIRECTION)
	if p.rules.halfCloseOutbound {
		reader, writer = peer, ep
	}
	if reader.ended {
		return nil // H-TWICE
	}
	if peer.gone {
		return status.ErrPeerClosed // H-AFTER-CLOSE
	}
	reader.ended = true
	reader.retune()
	reader.changed() // H-SIGNALS
	writer.changed()
	reader.serve()
	return nil
}
