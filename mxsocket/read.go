package mxsocket

import (
	"math"

	"mx.example/handle"
	"mx.example/status"
)

// Read takes bytes that the other endpoint wrote. It never blocks.
//
// A stream gives as many bytes as there are and fit into p, whatever writes
// they came in (R-STREAM). A datagram socket gives one datagram; if p is
// smaller, the rest of that datagram is discarded (R-DGRAM). With an empty p,
// nil or not, nothing is read and nothing discarded (R-ZERO); [Outstanding] is
// the query for how much there is. What the other endpoint wrote before it
// went away or its direction ended is still read (R-AFTER-CLOSE, H-DRAIN). With
// [Peek], in [handle.Zircon], the bytes are copied and nothing is taken or
// discarded (R-PEEK).
//
// The errors, in the order in which they are looked for:
//
//   - INVALID_ARGS: options is not 0, nor Peek in Zircon (R-OPTIONS).
//   - BAD_HANDLE: h is not a handle of t (R-HANDLE).
//   - ACCESS_DENIED: h lacks RightRead (R-RIGHTS).
//   - WRONG_TYPE: h is no socket (R-TYPE). In Zircon this comes before the
//     rights.
//   - INVALID_ARGS: len(p) is above 4,294,967,295 (R-HUGE).
//   - PEER_CLOSED: there is nothing to read and never will be: the other
//     endpoint is gone, or a half close ended this direction (R-CLOSED,
//     R-ENDED). In Zircon an ended direction is BAD_STATE.
//   - SHOULD_WAIT: there is nothing to read now (R-EMPTY).
func Read(t *handle.Table, h handle.Handle, options uint32, p []byte) (n int, err error) {
	if options != 0 && options&^editionRules[t.Edition()].readOptions != 0 {
		return 0, status.ErrInvalidArgs
	}
	e := t.Lookup(h)
	ep := usable(e, handle.RightRead)
	if ep == nil {
		return 0, refuse(t, e, handle.RightRead)
	}
	if e.TryLock() {
		// Most reads are like this: what there is lies in one piece. What get
		// does for all others comes to the same.
		if q := &ep.in; e.Live() && options == 0 && uint64(len(p)) <= math.MaxUint32 {
			m := min(len(p), q.size)
			if ep.pair.datagram {
				m = ep.quickDatagram(p)
			}
			if m < q.size || len(q.ring) == smallRing {
				if b := q.quickTake(m); b != nil {
					if n = copy(p, b); ep.pair.datagram {
						q.unbound()
					}
					if q.size == 0 {
						ep.changed() // READABLE has fallen
					}
					e.Unlock()
					return n, nil
				}
			}
		}
	} else {
		e.Lock()
	}
	return ep.read(e, p, options)
}

// quickDatagram is the length of the datagram that a quick read into p would
// take, or 0: one that has room to fill may let a blocked write go on.
func (ep *endpoint) quickDatagram(p []byte) int {
	if ep.blocked.last != nil || ep.in.size == 0 || len(p) == 0 {
		return 0
	}
	return ep.in.first()
}

// read is Read through e, whose lock is held, and releases it.
func (ep *endpoint) read(e *handle.Entry, p []byte, options uint32) (n int, err error) {
	st := status.ErrBadHandle
	if e.Live() {
		n, st = ep.get(p, options)
	}
	e.Unlock()
	return n, st.Err()
}

// get is a read into p at ep. The lock is held.
func (ep *endpoint) get(p []byte, options uint32) (n int, st status.Status) {
	if q := &ep.in; len(p) < q.size && !ep.pair.datagram && options == 0 {
		if b := q.quickTake(len(p)); b != nil {
			return copy(p, b), status.OK
		}
	}
	n, st = ep.offer(uint64(len(p)))
	if n == 0 {
		return 0, st
	}
	ep.in.peek(p[:n])
	if options&Peek == 0 {
		ep.consume(n)
	}
	return n, status.OK
}

// Outstanding tells how many bytes wait to be read at h, all datagrams
// together (R-QUERY). It consumes nothing, and does not fail because there is
// nothing, or will be nothing any more. In the system call it is a read with a
// null buffer and size 0. [handle.Zircon] has no such query, and tells the
// number in [Info]; this call is the same there as in the other editions.
//
// BAD_HANDLE, ACCESS_DENIED, WRONG_TYPE: as for [Read].
func Outstanding(t *handle.Table, h handle.Handle) (n int, err error) {
	ep, e, err := find(t, h, handle.RightRead)
	if err != nil {
		return 0, err
	}
	e.Lock()
	defer e.Unlock()
	if !e.Live() {
		return 0, status.ErrBadHandle
	}
	return ep.in.size, nil
}

// offer decides how many bytes a read of size bytes at ep gets. The lock is
// held. The order of the checks is that of the clauses.
func (ep *endpoint) offer(size uint64) (n int, st status.Status) {
	if size > math.MaxUint32 {
		return 0, status.ErrInvalidArgs // R-HUGE
	}
	if ep.in.size == 0 {
		if ep.peer().gone {
			return 0, status.ErrPeerClosed // R-CLOSED
		}
		if ep.ended {
			return 0, ep.pair.rules.readEnded // R-ENDED
		}
		return 0, status.ErrShouldWait // R-EMPTY
	}
	n = ep.in.size
	if ep.pair.datagram {
		n = ep.in.first()
	}
	if uint64(n) > size {
		n = int(size) // also R-ZERO
	}
	return n, status.OK
}

// consume takes n bytes off the queue, which the caller has copied, and the
// whole datagram that they belong to (R-DGRAM). The lock is held.
func (ep *endpoint) consume(n int) {
	p := ep.pair
	if p.datagram {
		n = ep.in.unbound()
	}
	ep.in.discard(n)
	if p.limited {
		p.creator.Release(uint64(n))
	}
	ep.moved(ep.in.size + n)
}
