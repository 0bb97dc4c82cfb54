package mxsocket

import (
	"time"
	"unsafe"

	"mx.example/handle"
	"mx.example/mxsocket/usermem"
	"mx.example/status"
)

// A pendingCall is a goroutine in WriteAll or ReadFull that waits.
//
// It is on the list of the endpoint whose queue it reads or fills. Whoever
// changes the state of that endpoint resumes the list before releasing the lock
// ([endpoint.resumeBlocked]), and does the work for the sleeper: bytes go from
// and to its buffer, and it is woken when its call is over. So it wakes once,
// and with its result.
//
// No wake-up is lost. The look at the state and the entry into the list are
// under one hold of the lock that every change is made under. And whoever
// leaves the list before its turn resumes those behind it under the same hold
// ([endpoint.abandon], [endpoint.Canceled]): a datagram may have waited only
// because a larger one stood before it.
//
// Nor is one lost to a deadline or a context that ends as the token comes.
// Whatever woke the sleeper, it takes the lock and looks whether its call is
// finished ([pendingCall.result]). If so, that is the result, and the token,
// which nobody may have slept for, is taken out of the channel. If not, it leaves
// the list under that same hold, so that from then on nobody moves a byte for it:
// the count that it returns is exact.
//
// All but the sleep is guarded by the lock of the pair.
type pendingCall struct {
	handle.Sleeper
	at    *endpoint     // immutable: whose list it is on
	entry *handle.Entry // through which the call was made
	write bool
	timed bool   // it may wake by itself
	buf   []byte // to send, or to fill
	least int    // how many bytes of buf will do; of a read
	done  int    // bytes that went
	turn  uint64 // of the calls that this record served

	finished bool
	st       status.Status  // once it is finished
	fault    *usermem.Fault // what it is to panic with then, or nil

	next, prev           *pendingCall // in the list, or next in the free ones
	entryNext, entryPrev *pendingCall // of those made through the same entry
}

// A blockedList is first come, first served, and linked in both directions, so
// that any call leaves it in one step. All on it wait for bytes, which is when
// the queue is empty, or all wait for room, which is when it is full or too full
// for the first datagram. Both at once there cannot be: a call blocks only when
// it has gone as far as the state allows, and each change of state resumes the
// list.
type blockedList struct {
	head      *pendingCall // the first; its prev is the last
	free      *pendingCall // those that nobody uses, for the next calls
	n, cached int32        // how many are on the list, and free
}

// keptCalls is how many free ones a list keeps beside as many as are on it.
const keptCalls = 4

// block puts the caller's call at the end of the list of ep. timed says that it
// will not sleep for ever. The lock is held.
func (ep *endpoint) block(e *handle.Entry, write bool, buf []byte, least int, timed bool) *pendingCall {
	l := &ep.blocked
	c := l.free
	if c == nil {
		c = &pendingCall{Sleeper: handle.NewSleeper(), at: ep}
	} else {
		l.free = c.next
		l.cached--
	}
	c.entry, c.write, c.buf, c.least, c.timed = e, write, buf, least, timed
	c.done, c.finished, c.fault = 0, false, nil
	c.Begin(ep.pair.creator, timed)
	c.turn++
	if c.next = nil; l.head == nil {
		l.head, c.prev = c, c
	} else {
		last := l.head.prev
		last.next, c.prev, l.head.prev = c, last, c
	}
	l.n++
	other := (*pendingCall)(e.Calls)
	if c.entryNext, c.entryPrev = other, nil; other != nil {
		other.entryPrev = c
	}
	e.Calls = unsafe.Pointer(c)
	return c
}

// finish takes c off its list and wakes it. Those behind it may go on now: the
// caller sees to them, or uses abandon. The lock is held.
//
// The token tells how many bytes went, or -1: then the sleeper looks into c for
// the rest. A sleeper that only a token can end, and that has a good one, has
// all that it needs and does not touch c again: c is free, and neither side
// needs another atomic step to say so. One that finds the token before it
// sleeps ([handle.Sleeper.Awake]) does not take it, but looks into c under the
// lock, and frees it there. If the token comes between that look and the sleep,
// nobody frees c, and the garbage collector has it.
func (c *pendingCall) finish(st status.Status) {
	c.unlink()
	token := c.done
	if st != status.OK || c.timed {
		token = -1
	}
	if c.Wake(token) && token >= 0 {
		c.recycle()
		return
	}
	c.finished, c.st = true, st // the sleeper looks when it has the lock
}

// unlink takes c off both of its lists.
func (c *pendingCall) unlink() {
	l := &c.at.blocked
	if l.head == c {
		l.head = c.next
	} else {
		c.prev.next = c.next
	}
	if c.next != nil {
		c.next.prev = c.prev
	} else if l.head != nil {
		l.head.prev = c.prev // the last now
	}
	l.n--
	switch {
	case c.entryPrev != nil:
		c.entryPrev.entryNext = c.entryNext
	case c.entryNext != nil:
		c.entry.Calls = unsafe.Pointer(c.entryNext)
	default:
		c.entry.Calls = nil
	}
	if c.entryNext != nil {
		c.entryNext.entryPrev = c.entryPrev
	}
	c.next, c.prev, c.entryNext, c.entryPrev = nil, nil, nil, nil
}

// recycle keeps c for the next call, as long as not many more are kept than
// are in use.
func (c *pendingCall) recycle() {
	c.entry, c.buf, c.fault = nil, nil, nil // it keeps nothing alive
	l := &c.at.blocked
	c.next, l.free = l.free, c
	for l.cached++; l.cached > l.n+keptCalls; l.cached-- {
		l.free = l.free.next
	}
}

// abandon ends the call c, which is on the list of ep, before its turn, and
// lets those behind it go on. The lock is held.
func (ep *endpoint) abandon(c *pendingCall, st status.Status) {
	c.finish(st)
	ep.resumeBlocked()
}

// Canceled implements [handle.Object]: it ends the calls that were made through
// a handle which is gone. All of them end before anybody else goes on, or one
// might still move bytes (O-LINEAR). Its cost is in their number alone.
func (ep *endpoint) Canceled(e *handle.Entry) {
	if e.Calls == nil {
		return
	}
	for e.Calls != nil {
		(*pendingCall)(e.Calls).finish(status.ErrCanceled)
	}
	ep.resumeBlocked()
	ep.peer().resumeBlocked()
}

// resumeBlocked lets the calls that are blocked at the queue of ep go on, as far
// as its state allows. The lock is held.
func (ep *endpoint) resumeBlocked() {
	for c := ep.blocked.head; c != nil; c = ep.blocked.head {
		var n int
		var st status.Status
		if c.fault = usermem.Catch(func() { n, st = c.step() }); c.fault != nil {
			c.finish(status.ErrInvalidArgs)
			continue
		}
		c.buf, c.done = c.buf[n:], c.done+n
		switch {
		case st == status.ErrShouldWait:
			return
		case st != status.OK, c.write && len(c.buf) == 0, !c.write && (c.done >= c.least || ep.pair.datagram):
			c.finish(st)
		}
	}
}

// step moves what it can for c.
func (c *pendingCall) step() (int, status.Status) {
	if c.write {
		return c.at.peer().writeStepLocked(c.buf)
	}
	return c.at.readLocked(c.buf, 0)
}

// handOff gives all of p, which a write at from may write, to the first call
// that is blocked in reading at ep, straight to its buffer. To anybody who
// looks, it is a write that was read at once; where somebody might have seen
// the bytes in between, or there are more than that call takes, it does nothing
// and returns false, and they go by the queue. The lock is held.
//
// If it is the buffer of that call which cannot be written, the call ends, and
// the next one is tried.
func (ep *endpoint) handOff(from *endpoint, p []byte) bool {
	for {
		c := ep.blocked.head
		if c == nil || c.write || len(p) > len(c.buf) || ep.pair.limited || ep.Watched() || from.Watched() {
			return false
		}
		fault := usermem.Copy(c.buf, p)
		if fault == nil {
			// Nobody behind c can go on: there is nothing in the queue.
			c.buf, c.done = c.buf[len(p):], c.done+len(p)
			if c.done >= c.least || ep.pair.datagram {
				c.finish(status.OK)
			}
			return true
		}
		if fault.In(p) {
			panic(fault.Value) // the writer's own
		}
		c.fault = fault
		c.finish(status.ErrInvalidArgs)
	}
}

// end sees the call of c through, which has moved n bytes before it blocked: it
// sleeps unless c has a token already, or has had one that said to look here.
func (c *pendingCall) end(n int, deadline time.Time, cancel <-chan struct{}) (int, error) {
	if c.timed && !past(deadline) {
		c.Doze(deadline, cancel)
	}
	n, st, fault := c.result(n)
	if fault != nil {
		panic(fault.Value)
	}
	return n, st.Err()
}

// result takes c off the list, if it still is there, and tells how it ended.
func (c *pendingCall) result(n int) (int, status.Status, *usermem.Fault) {
	e := c.entry
	e.Lock()
	defer e.Unlock()
	if !c.finished {
		c.at.abandon(c, status.ErrTimedOut)
	}
	c.Drain() // no other can come
	n, st, fault := n+c.done, c.st, c.fault
	c.recycle()
	return n, st, fault
}

// past reports whether a call with this deadline does not block.
func past(deadline time.Time) bool {
	return !deadline.IsZero() && !deadline.After(time.Now())
}
