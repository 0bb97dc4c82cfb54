package mxsocket

import (
	"math"
	"runtime"
	"time"

	"mx.example/handle"
	"mx.example/status"
)

// WriteAll writes all of p, and blocks while there is no room. It is the loop
// around a short write that every program needs, without the loop: each byte
// is taken once, in order, and the caller sleeps until the last one was. On a
// datagram socket p is one datagram, which waits until it fits.
//
// deadline is when to give up: the zero Time means never, a Time that is not
// after now writes what there is room for. Other writers may get in between
// when a stream write waits; those that wait are served first come, first
// served. After a large write straight into the buffer of a blocked reader, the
// caller lets other goroutines run before it goes on.
//
// n is how many bytes were taken, also when err is not nil (this is the one
// way in which it differs from [Write]). The errors are those of [Write], but
// there is no SHOULD_WAIT, and besides:
//
//   - OUT_OF_RANGE, at once: the datagram is larger than the capacity, and can
//     never fit.
//   - BAD_STATE, PEER_CLOSED: also if that comes to be while the call waits.
//   - TIMED_OUT: the deadline passed.
//   - CANCELED: h was closed, replaced or transferred while the call waited.
//   - NO_MEMORY, in every edition: the memory limit leaves no byte, or not the
//     datagram. The call does not wait for memory.
func WriteAll(t *handle.Table, h handle.Handle, p []byte, deadline time.Time) (n int, err error) {
	e := t.Lookup(h)
	ep := usable(e, handle.RightWrite)
	if ep == nil {
		return 0, refuse(t, e, handle.RightWrite)
	}
	if e.TryLock() { // as in Write
		if peer := ep.peer(); e.Live() && !ep.pair.datagram {
			if q := &peer.in; q.size > 0 {
				if q.quickPut(p) {
					e.Unlock()
					return len(p), nil
				}
			} else if peer.quickHand(ep, p) {
				e.Unlock()
				stepAside(len(p))
				return len(p), nil
			}
		}
	} else {
		e.Lock()
	}
	timed := !deadline.IsZero()
	n, b, st := ep.startWrite(e, p, timed)
	if b == nil {
		return n, st.Err()
	}
	// The sleep stands here, and not in a function of its own, for the sake
	// of its speed ([handle.Sleeper.Sleep]).
	if !timed && !b.Awake() {
		if k := b.Sleep(); k >= 0 {
			return n + k, nil
		}
	}
	return b.end(n, deadline, nil)
}

// ReadFull fills p, and blocks while there is nothing to read. On a datagram
// socket it waits for one datagram, as [Read] gives it: n may be less than
// len(p), and what does not fit is discarded.
//
// deadline is as for [WriteAll]. n is how many bytes were read, also when err
// is not nil; they are consumed. An empty p never blocks. The errors are those
// of [Read], but there is no SHOULD_WAIT, and besides:
//
//   - PEER_CLOSED, in Zircon also BAD_STATE: also if that comes to be while the
//     call waits, and after less than len(p) bytes.
//   - TIMED_OUT: the deadline passed.
//   - CANCELED: h was closed, replaced or transferred while the call waited.
func ReadFull(t *handle.Table, h handle.Handle, p []byte, deadline time.Time) (n int, err error) {
	e := t.Lookup(h)
	ep := usable(e, handle.RightRead)
	if ep == nil {
		return 0, refuse(t, e, handle.RightRead)
	}
	timed := !deadline.IsZero()
	var b *blocked
	if e.TryLock() { // as in Read
		if q := &ep.in; e.Live() && !ep.pair.datagram && q.quick >= 0 {
			if len(p) < q.size {
				if src := q.quickTake(len(p)); src != nil {
					n = copy(p, src)
					e.Unlock()
					return n, nil
				}
			} else if q.size == 0 && 0 < len(p) && uint64(len(p)) <= math.MaxUint32 && !ep.peer().gone {
				// Nothing is there, and something may come (R-EMPTY).
				b = ep.blocked.block(e, false, p, len(p), timed)
				e.Unlock()
			}
		}
	} else {
		e.Lock()
	}
	if b == nil {
		var st status.Status
		if n, b, st = ep.startRead(e, p, len(p), timed); b == nil {
			return n, st.Err()
		}
	}
	if !timed && !b.Awake() { // as in WriteAll
		if k := b.Sleep(); k >= 0 {
			return n + k, nil
		}
	}
	return b.end(n, deadline, nil)
}

// large is from how many bytes on a writer steps aside for the blocked reader
// that it has just given them to. When it goes on, that reader is mostly blocked
// again, and the next bytes too are copied once. Otherwise they would fill the
// queue meanwhile, and be copied twice: from this size on, that costs more. It
// is a variable for BenchmarkStepAside, which shows it.
var large = 32 << 10

func stepAside(n int) {
	if n >= large {
		runtime.Gosched()
	}
}

// startWrite is WriteAll through e, which refers to ep, up to where it blocks:
// then b is not nil. The lock is held, and released.
func (ep *endpoint) startWrite(e *handle.Entry, p []byte, timed bool) (n int, b *blocked, st status.Status) {
	switch peer := ep.peer(); {
	case !e.Live():
		st = status.ErrBadHandle
	case peer.quickHand(ep, p):
		e.Unlock()
		stepAside(len(p))
		return len(p), nil, status.OK
	default:
		if n, st = ep.push(p); st == status.ErrShouldWait {
			b = peer.blocked.block(e, true, p[n:], 0, timed)
		}
	}
	e.Unlock()
	return n, b, st
}

// startRead reads through e, which refers to ep, until there are least bytes,
// or one datagram, up to where it blocks: then b is not nil. The lock is held,
// and released.
func (ep *endpoint) startRead(e *handle.Entry, p []byte, least int, timed bool) (n int, b *blocked, st status.Status) {
	if !e.Live() {
		e.Unlock()
		return 0, nil, status.ErrBadHandle
	}
	if n, st = ep.pull(p, least); st == status.ErrShouldWait {
		b = ep.blocked.block(e, false, p[n:], least-n, timed)
	}
	e.Unlock()
	return n, b, st
}

// push writes as much of p as a WriteAll at ep may now. It is over with OK if
// that was all, and not over with SHOULD_WAIT. The lock is held.
func (ep *endpoint) push(p []byte) (n int, st status.Status) {
	pr := ep.pair
	for {
		k, st := ep.put(p[n:])
		n += k
		if n == len(p) && st == status.OK {
			return n, st
		}
		if st == status.OK {
			continue // a blocked reader may have made room meanwhile
		}
		room := int(pr.capacity) - ep.peer().in.size
		switch {
		case pr.datagram && len(p) > int(pr.capacity) && (st == status.ErrShouldWait || st == pr.rules.tooBig):
			return n, status.ErrOutOfRange
		case st != status.ErrShouldWait || room < 1 || pr.datagram && room < len(p):
			return n, st
		}
		return n, status.ErrNoMemory // there is room, and yet nothing was taken
	}
}

// pull reads as much into p as a call at ep may now that wants at least so
// many bytes. It is over with OK if those were there, and not over with
// SHOULD_WAIT. The lock is held.
func (ep *endpoint) pull(p []byte, least int) (n int, st status.Status) {
	for {
		k, st := ep.get(p[n:], 0)
		n += k
		switch {
		case st == status.ErrShouldWait && n >= least:
			return n, status.OK // nothing was asked for
		case st != status.OK || n >= least || ep.pair.datagram:
			return n, st
		}
	}
}

// serve lets the calls that are blocked at the queue of ep go on, as far as
// its state allows. The lock is held.
func (ep *endpoint) serve() {
	for l := &ep.blocked; l.last != nil; {
		b := l.last.next
		var n int
		var st status.Status
		if b.write {
			n, st = ep.peer().push(b.buf)
		} else {
			n, st = ep.pull(b.buf, b.least-b.done)
		}
		b.buf, b.done = b.buf[n:], b.done+n
		if st == status.ErrShouldWait {
			return
		}
		l.finish(b, st)
	}
}

// quickHand is hand for all of p, if that is simple: one call is blocked in
// reading at ep, and p is enough for it and not too much.
func (ep *endpoint) quickHand(from *endpoint, p []byte) bool {
	b := ep.blocked.last
	if b == nil || b.next != b || b.write || len(p) == 0 || len(p) > len(b.buf) || len(p) < b.least-b.done ||
		ep.in.quick < 0 || ep.pair.datagram || ep.Watched() || from.Watched() {
		return false
	}
	copy(b.buf, p)
	b.done += len(p)
	ep.blocked.last = nil
	ep.blocked.over(b, status.OK)
	return true
}

// hand gives the bytes of a write at from to the calls that are blocked in
// reading here, straight to their buffers, and returns what is left of p. To
// anybody who looks, it is a write that was read at once; where somebody
// might have seen the bytes in between, they go by the queue. The lock is held.
func (ep *endpoint) hand(from *endpoint, p []byte) []byte {
	if ep.Watched() || from.Watched() {
		return p
	}
	whole := len(p)
	for l := &ep.blocked; l.last != nil && len(p) > 0; {
		b := l.last.next
		n := copy(b.buf, p)
		b.buf, b.done = b.buf[n:], b.done+n
		p = p[n:]
		if ep.pair.datagram && b.least > 0 {
			p = nil // what did not fit is discarded (R-DGRAM); unless b only looks
		}
		if b.done >= b.least || ep.pair.datagram {
			l.finish(b, status.OK)
		}
	}
	if pr := ep.pair; pr.limited {
		pr.creator.Release(uint64(whole - len(p)))
	}
	return p
}

// Canceled implements [handle.Object].
func (ep *endpoint) Canceled(e *handle.Entry) {
	ep.blocked.cancel(e)
	ep.peer().blocked.cancel(e)
}

// past reports whether a call with this deadline does not block.
func past(deadline time.Time) bool {
	return !deadline.IsZero() && !deadline.After(time.Now())
}
