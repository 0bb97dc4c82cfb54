package mxsocket

import (
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
// served.
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
	ep, ok := usable(e, handle.RightWrite)
	if !ok {
		return 0, refuse(t, e, handle.RightWrite)
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
	ep, ok := usable(e, handle.RightRead)
	if !ok {
		return 0, refuse(t, e, handle.RightRead)
	}
	timed := !deadline.IsZero()
	n, b, st := ep.startRead(e, p, len(p), timed)
	if b == nil {
		return n, st.Err()
	}
	if !timed && !b.Awake() { // as in WriteAll
		if k := b.Sleep(); k >= 0 {
			return n + k, nil
		}
	}
	return b.end(n, deadline, nil)
}

// A blocked is a goroutine in WriteAll or ReadFull that waits.
//
// It is on the list of the endpoint whose queue it reads or fills. Whoever
// changes the state of that endpoint serves the list before releasing the lock
// ([endpoint.serve]), and does the work for the sleeper: bytes go from and to
// its buffer, and it is woken when its call is over. So it wakes once, and
// with its result. No wake-up is lost, for the same reason as in package
// handle: the look at the state and the entry into the list are under one hold
// of the lock that every change is made under.
//
// All but the sleep is guarded by the lock of the pair.
type blocked struct {
	handle.Sleeper
	list  *blockedList  // immutable
	entry *handle.Entry // through which the call was made
	write bool
	timed bool   // it may wake by itself
	buf   []byte // to send, or to fill
	least int    // how many bytes of buf will do; of a read
	done  int    // bytes that went
	over  bool
	st    status.Status // once it is over
	next  *blocked
}

// A blockedList is first come, first served. It is a ring, so that it takes
// one word when nobody waits. All on it wait for bytes, which is when the
// queue is empty, or all wait for room, which is when it is full or too full
// for the first datagram. Both at once there cannot be: a call blocks only
// when it has gone as far as the state allows, and each change of state serves
// the list.
type blockedList struct {
	last  *blocked
	spare *blocked // those that nobody uses, for the next calls
}

func (l *blockedList) push(b *blocked) {
	if l.last == nil {
		b.next = b
	} else {
		b.next, l.last.next = l.last.next, b
	}
	l.last = b
}

func (l *blockedList) remove(b *blocked) {
	before := b
	for before.next != b {
		before = before.next
	}
	before.next = b.next
	if l.last == b {
		if l.last = before; before == b {
			l.last = nil
		}
	}
	b.next = nil
}

// finish ends the call of b, which is on l.
//
// The token tells how many bytes went, or -1: then the sleeper looks into b for
// the rest. A sleeper that only a token can end, and that was asleep when it got
// a good one, has all that it needs, and does not touch b again: b is free, and
// neither side needs another atomic step for that.
func (l *blockedList) finish(b *blocked, st status.Status) {
	l.remove(b)
	b.over, b.st = true, st
	token := b.done
	if st != status.OK || b.timed {
		token = -1
	}
	if b.Wake(token) && token >= 0 {
		l.free(b)
	}
}

// free keeps b for the next call.
func (l *blockedList) free(b *blocked) {
	b.entry, b.buf = nil, nil // it keeps nothing alive
	b.next, l.spare = l.spare, b
}

// cancel ends the calls that were made through a handle which is gone.
func (l *blockedList) cancel(e *handle.Entry) {
	if l.last == nil {
		return
	}
	for b, last := l.last.next, l.last; ; {
		next := b.next
		if b.entry == e {
			l.finish(b, status.ErrCanceled)
		}
		if b == last {
			return
		}
		b = next
	}
}

// block puts the caller's call on the list. timed says that it will not sleep
// for ever. The lock is held.
func (l *blockedList) block(e *handle.Entry, write bool, buf []byte, least int, timed bool) *blocked {
	b := l.spare
	if b == nil {
		b = &blocked{Sleeper: handle.NewSleeper(), list: l}
	} else {
		l.spare = b.next
	}
	b.entry, b.write, b.buf, b.least, b.timed = e, write, buf, least, timed
	b.done, b.over = 0, false
	l.push(b)
	return b
}

// end sees the call of b through, which has moved n bytes before it blocked: it
// sleeps unless b has a token already, or has had one that said to look here.
func (b *blocked) end(n int, deadline time.Time, cancel <-chan struct{}) (int, error) {
	if b.timed && !past(deadline) {
		b.Doze(deadline, cancel)
	}
	e := b.entry
	e.Lock()
	defer e.Unlock()
	if !b.over {
		b.list.remove(b)
		b.st = status.ErrTimedOut
	}
	b.Drain() // no other can come
	n, st := n+b.done, b.st
	b.list.free(b)
	return n, st.Err()
}

// startWrite is WriteAll through e, which refers to ep, up to where it blocks:
// then b is not nil.
func (ep *endpoint) startWrite(e *handle.Entry, p []byte, timed bool) (n int, b *blocked, st status.Status) {
	e.Lock()
	if peer := ep.peer(); peer.in.size > 0 && !ep.pair.datagram && e.Live() && peer.in.quickPut(p) {
		e.Unlock()
		return len(p), nil, status.OK
	}
	if st = status.ErrBadHandle; e.Live() {
		if n, st = ep.push(p); st == status.ErrShouldWait {
			b = ep.peer().blocked.block(e, true, p[n:], 0, timed)
		}
	}
	e.Unlock()
	return n, b, st
}

// startRead reads through e, which refers to ep, until there are least bytes,
// or one datagram, up to where it blocks: then b is not nil.
func (ep *endpoint) startRead(e *handle.Entry, p []byte, least int, timed bool) (n int, b *blocked, st status.Status) {
	e.Lock()
	if !ep.pair.datagram && len(p) < ep.in.size && e.Live() {
		if b := ep.in.quickTake(len(p)); b != nil {
			n = copy(p, b)
			e.Unlock()
			return n, nil, status.OK
		}
	}
	if st = status.ErrBadHandle; e.Live() {
		if n, st = ep.pull(p, least); st == status.ErrShouldWait {
			b = ep.blocked.block(e, false, p[n:], least-n, timed)
		}
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
