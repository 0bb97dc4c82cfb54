package mxsocket

import (
	"math"
	"time"

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
//
// If p lies in memory that cannot be written (such as a mapping that is gone),
// and the program recovers the panic of that, nothing was read.
func Read(t *handle.Table, h handle.Handle, options uint32, p []byte) (n int, err error) {
	if options != 0 && options&^editionRules[t.Edition()].readOptions != 0 && !t.Hooked() {
		return 0, status.ErrInvalidArgs
	}
	e := t.Lookup(h)
	ep := usable(e, handle.RightRead)
	if ep == nil {
		if t.Hooked() {
			return toldRead(t, h, options, p)
		}
		return 0, refuse(t, e, handle.RightRead)
	}
	e.Lock()
	defer e.Unlock() // also if p cannot be written
	if !e.Live() {
		return 0, status.ErrBadHandle
	}
	n, st := ep.readLocked(p, options)
	return n, st.Err()
}

// readLocked is a read into p at ep: every read comes here. The bytes come from
// the front of the queue of ep.
//
// This is the fast path, which does what readByRulesLocked would do if nobody
// is blocked, no signal changes but READABLE, since the queue was not full, and
// no part of a datagram is discarded.
func (ep *endpoint) readLocked(p []byte, options uint32) (n int, st status.Status) {
	pr, q := ep.pair, &ep.in
	n = min(len(p), q.size)
	if pr.datagram {
		n = min(n, int(q.front))
	}
	if q.simple(n) && options == 0 && q.size < int(pr.capacity) && ep.plain(ep.peer().tx) &&
		(!pr.datagram || n == int(q.front)) && uint64(len(p)) <= math.MaxUint32 {
		if q.take(p[:n]); pr.datagram {
			q.front = q.popLength()
		}
		if q.size == 0 {
			ep.signalsChanged()
		}
		return n, status.OK
	}
	return ep.readByRulesLocked(p, options)
}

// readByRulesLocked is a read into p at ep.
func (ep *endpoint) readByRulesLocked(p []byte, options uint32) (n int, st status.Status) {
	n, st = ep.readAllowance(uint64(len(p)))
	if n == 0 {
		return 0, st
	}
	if ep.pair.limited {
		n = ep.faultyRead(n)
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
		if t.Hooked() {
			return toldOutstanding(t, h)
		}
		return 0, err
	}
	e.Lock()
	defer e.Unlock()
	if !e.Live() {
		return 0, status.ErrBadHandle
	}
	return ep.in.size, nil
}

// readAllowance decides how many bytes a read of size bytes at ep gets. The lock
// is held. The order of the checks is that of the clauses.
func (ep *endpoint) readAllowance(size uint64) (n int, st status.Status) {
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
		n = int(ep.in.front)
	}
	if uint64(n) > size {
		n = int(size) // also R-ZERO
	}
	return n, status.OK
}

// consume takes n bytes off the queue, which the caller has copied, and the
// whole datagram that they belong to (R-DGRAM). The lock is held.
func (ep *endpoint) consume(n int) {
	p, before := ep.pair, ep.in.size
	ep.in.discard(n, p.datagram)
	if p.limited {
		p.creator.Release(uint64(before - ep.in.size))
		ep.tookFaulty(before)
	}
	ep.sizeChanged(before)
}

// ReadFull fills p, and blocks while there is nothing to read. On a datagram
// socket it waits for one datagram, as [Read] gives it: n may be less than
// len(p), and what does not fit is discarded.
//
// deadline is as for [WriteAll], and blocked reads are served first come, first
// served. n is how many bytes were read, also when err is not nil; they are
// consumed. An empty p never blocks. The errors are those of [Read], a p above
// 4,294,967,295 bytes included (R-HUGE), but there is no SHOULD_WAIT, and
// besides:
//
//   - PEER_CLOSED, in Zircon also BAD_STATE: also if that comes to be while the
//     call waits, and after less than len(p) bytes.
//   - TIMED_OUT: the deadline passed.
//   - CANCELED: h was closed, replaced or transferred while the call waited.
//
// p is written while the call blocks, by the goroutines that write to the
// socket. If it lies in memory that has become unwritable meanwhile, those do
// not notice, and their bytes go to the next reader: the call panics with that
// fault in its own goroutine, and what was read before stays read.
func ReadFull(t *handle.Table, h handle.Handle, p []byte, deadline time.Time) (n int, err error) {
	e := t.Lookup(h)
	ep := usable(e, handle.RightRead)
	if ep == nil {
		if t.Hooked() {
			return toldReadFull(noContext, t, h, p, deadline)
		}
		return 0, refuse(t, e, handle.RightRead)
	}
	timed := !deadline.IsZero()
	n, c, st := ep.startRead(e, p, len(p), timed)
	if c == nil {
		return n, st.Err()
	}
	if !timed && !c.Awake() { // as in WriteAll
		if k := c.Sleep(); k >= 0 {
			return n + k, nil
		}
	}
	return c.end(n, deadline, nil)
}

// startRead reads through e, which refers to ep, until there are least bytes,
// or one datagram, up to where it blocks: then c is not nil.
func (ep *endpoint) startRead(e *handle.Entry, p []byte, least int, timed bool) (n int, c *pendingCall, st status.Status) {
	e.Lock()
	defer e.Unlock()
	if !e.Live() {
		return 0, nil, status.ErrBadHandle
	}
	for {
		k, st := ep.readLocked(p[n:], 0)
		switch n += k; {
		case st == status.ErrShouldWait && n < least:
			return n, ep.block(e, false, p[n:], least-n, timed), st
		case st == status.ErrShouldWait: // nothing was asked for
			return n, nil, status.OK
		case st != status.OK || n >= least || ep.pair.datagram:
			return n, nil, st
		}
	}
}
