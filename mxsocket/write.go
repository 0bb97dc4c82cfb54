package mxsocket

import (
	"math"
	"runtime"
	"time"

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
// BAD_STATE (H-DIRECTION). [handle.Zircon] has no such option, but
// [SetDisposition]. What was buffered in that direction can still be read
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
//   - NO_MEMORY (in Kernel2017 and Zircon: SHOULD_WAIT): the memory limit of the
//     table that created the pair does not allow one byte more, or not the
//     whole datagram (W-NO-MEMORY). A stream write may also be short because
//     of it.
//
// If p lies in memory that cannot be read (such as a mapping that is gone), and
// the program recovers the panic of that, nothing was written.
func Write(t *handle.Table, h handle.Handle, options uint32, p []byte) (n int, err error) {
	if options != 0 {
		if t.Hooked() {
			return toldWrite(t, h, options, p)
		}
		return 0, writeOption(t, h, options, uint64(len(p)))
	}
	e := t.Lookup(h)
	ep := usable(e, handle.RightWrite)
	if ep == nil {
		if t.Hooked() {
			return toldWrite(t, h, options, p)
		}
		return 0, refuse(t, e, handle.RightWrite)
	}
	e.Lock()
	defer e.Unlock() // also if p cannot be read
	if !e.Live() {
		return 0, status.ErrBadHandle
	}
	n, st := ep.writeLocked(p)
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

// writeLocked is a write of p at ep: every write comes here. The bytes go to
// the end of the peer's queue, or to the buffer of the first call that is
// blocked in reading there.
//
// This is the fast path, which does what writeByRulesLocked would do if nothing
// forbids the write, nobody is blocked, no signal changes but READABLE, since
// the queue will not be full, and there is room in the last segment.
func (ep *endpoint) writeLocked(p []byte) (n int, st status.Status) {
	pr, peer := ep.pair, ep.peer()
	q, n := &peer.in, len(p)
	if n > 0 && n < int(pr.capacity)-q.size && q.fits(n) && peer.plain(ep.tx) {
		if !pr.datagram {
			q.put(p)
		} else if !q.putDatagram(p) {
			return ep.writeByRulesLocked(p)
		}
		if q.size == n {
			peer.signalsChanged()
		}
		return n, status.OK
	}
	return ep.writeByRulesLocked(p)
}

// writeByRulesLocked is a write of p at ep.
func (ep *endpoint) writeByRulesLocked(p []byte) (n int, st status.Status) {
	n, st = ep.writeAllowance(uint64(len(p)))
	if n == 0 {
		return 0, st
	}
	peer := ep.peer()
	if peer.handOff(ep, p[:n]) {
		return n, status.OK
	}
	before := peer.in.size
	peer.in.append(p[:n], ep.pair.datagram)
	peer.sizeChanged(before)
	return n, status.OK
}

// plain reports whether neither the state nor the limits of ep, whose peer has
// the threshold tx, hinder a fast path to its queue, nor any blocked call.
func (ep *endpoint) plain(tx uint32) bool {
	return ep.blocked.head == nil && !ep.ended && !ep.gone && ep.rx|tx == 0 && !ep.pair.limited
}

// writeAllowance decides how many of size bytes a write at ep may put into its
// peer's queue now, and charges the memory limit for them. The lock is held.
// The order of the checks is that of the clauses.
func (ep *endpoint) writeAllowance(size uint64) (n int, st status.Status) {
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
		return ep.limitedAllowance(int(size), room)
	}
	return int(size), status.OK
}

// limitedAllowance is the rest of writeAllowance for a pair that is limited, by
// memory or by faults: room bytes are free, and size of them are wanted.
func (ep *endpoint) limitedAllowance(size, room int) (n int, st status.Status) {
	p := ep.pair
	if f := p.faults(); f != nil {
		if size, st = ep.faultyWrite(f, size, room); size == 0 {
			return 0, st
		}
	}
	least := 1
	if p.datagram {
		least = size
	}
	if n = int(p.creator.Charge(uint64(size), uint64(least))); n == 0 {
		return 0, p.rules.noMemory // W-NO-MEMORY
	}
	return n, status.OK
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
	reader := ep // of the direction that ends (H-DIRECTION)
	if p.rules.halfCloseOutbound {
		reader = peer
	}
	if reader.ended {
		return nil // H-TWICE
	}
	if peer.gone {
		return status.ErrPeerClosed // H-AFTER-CLOSE
	}
	reader.ended = true
	ep.signalsChanged() // H-SIGNALS; h itself first, as in the kernel
	peer.signalsChanged()
	reader.resumeBlocked()
	return nil
}

// WriteAll writes all of p, and blocks while there is no room. It is the loop
// around a short write that every program needs, without the loop: each byte
// is taken once, in order, and the caller sleeps until the last one was. On a
// datagram socket p is one datagram, which waits until it fits. A stream takes
// a p of any size, also above the 4,294,967,295 bytes of a Write.
//
// deadline is when to give up: the zero Time means never, a Time that is not
// after now writes what there is room for. Blocked writes are served first
// come, first served, and each takes all room there is before the next, so the
// bytes of one WriteAll are contiguous as those of a Write are. After a large
// write straight into the buffer of a blocked reader, the caller lets other
// goroutines run before it goes on.
//
// n is how many bytes were taken, also when err is not nil (this is the one
// way in which it differs from [Write]). The errors are those of [Write], but
// there is no SHOULD_WAIT, and besides:
//
//   - INVALID_ARGS: only for a datagram above 4,294,967,295 bytes (W-HUGE).
//   - OUT_OF_RANGE, at once: the datagram is larger than the capacity, and can
//     never fit.
//   - BAD_STATE, PEER_CLOSED: also if that comes to be while the call waits.
//   - TIMED_OUT: the deadline passed.
//   - CANCELED: h was closed, replaced or transferred while the call waited.
//   - NO_MEMORY, in every edition: the memory limit leaves no byte, or not the
//     datagram. The call does not wait for memory.
//
// p is read while the call blocks, by the goroutines that make room. If it
// lies in memory that has become unreadable meanwhile, those do not notice: the
// call panics with that fault in its own goroutine, and what was taken before
// stays taken.
func WriteAll(t *handle.Table, h handle.Handle, p []byte, deadline time.Time) (n int, err error) {
	e := t.Lookup(h)
	ep := usable(e, handle.RightWrite)
	if ep == nil {
		if t.Hooked() {
			return toldWriteAll(noContext, t, h, p, deadline)
		}
		return 0, refuse(t, e, handle.RightWrite)
	}
	timed := !deadline.IsZero()
	n, c, st := ep.startWrite(e, p, timed)
	if c == nil {
		return n, st.Err()
	}
	// The sleep stands here, and not in a function of its own, for the sake
	// of its speed ([handle.Sleeper.Sleep]).
	if !timed && !c.Awake() {
		if k := c.Sleep(); k >= 0 {
			return n + k, nil
		}
	}
	return c.end(n, deadline, nil)
}

// startWrite is WriteAll through e, which refers to ep, up to where it blocks:
// then c is not nil. After a large hand-off it yields to the reader.
func (ep *endpoint) startWrite(e *handle.Entry, p []byte, timed bool) (n int, c *pendingCall, st status.Status) {
	n, c, st, handed := ep.lockAndWrite(e, p, timed)
	if handed && n >= yieldSize {
		runtime.Gosched()
	}
	return n, c, st
}

// lockAndWrite is startWrite without the yielding. handed reports that the bytes
// are with their reader already.
func (ep *endpoint) lockAndWrite(e *handle.Entry, p []byte, timed bool) (n int, c *pendingCall, st status.Status, handed bool) {
	e.Lock()
	defer e.Unlock()
	if !e.Live() {
		return 0, nil, status.ErrBadHandle, false
	}
	peer := ep.peer()
	for {
		k, st := ep.writeStepLocked(p[n:])
		switch n += k; {
		case st == status.ErrShouldWait:
			return n, peer.block(e, true, p[n:], 0, timed), st, false
		case st != status.OK || n == len(p):
			return n, nil, st, peer.in.size == 0
		}
	}
}

// yieldSize is the smallest hand-off after which the writer yields to the
// reader. When the writer goes on, that reader is mostly blocked again, and the
// next bytes too are copied once. Otherwise they would fill the queue meanwhile,
// and be copied twice: from this size on, that costs more. It is a variable for
// BenchmarkYield, which shows it.
var yieldSize = 32 << 10

// maxSize is the most that one call of the system may be asked for (W-HUGE,
// R-HUGE), or an int can say.
const maxSize = math.MaxUint32 & math.MaxInt

// writeStepLocked writes as much of p as goes at one step of a WriteAll. It
// says SHOULD_WAIT only if room can come that there is none of now.
func (ep *endpoint) writeStepLocked(p []byte) (n int, st status.Status) {
	pr := ep.pair
	if !pr.datagram {
		p = p[:min(len(p), maxSize)]
	}
	n, st = ep.writeLocked(p)
	if st == status.OK || st == status.ErrPeerClosed || st == status.ErrBadState {
		return n, st
	}
	room := int(pr.capacity) - ep.peer().in.size
	switch {
	case pr.datagram && len(p) > int(pr.capacity) && (st == status.ErrShouldWait || st == pr.rules.tooBig):
		return 0, status.ErrOutOfRange
	case st == status.ErrShouldWait && ep.writable && room > 0 && (!pr.datagram || room >= len(p)):
		return 0, status.ErrNoMemory // there is room, and yet nothing was taken
	}
	return 0, st
}
