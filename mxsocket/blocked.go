package mxsocket

import (
	"time"

	"mx.example/handle"
	"mx.example/status"
)

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
func (l *blockedList) finish(b *blocked, st status.Status) {
	l.remove(b)
	l.over(b, st)
}

// over wakes b, which is off l.
//
// The token tells how many bytes went, or -1: then the sleeper looks into b for
// the rest. A sleeper that only a token can end, and that has a good one, has
// all that it needs and does not touch b again: b is free, and neither side
// needs another atomic step to say so. One that finds the token before it
// sleeps ([handle.Sleeper.Awake]) does not take it, but looks into b under the
// lock, and frees it there. If the token comes between that look and the sleep,
// nobody frees b, and the garbage collector has it.
func (l *blockedList) over(b *blocked, st status.Status) {
	token := b.done
	if st != status.OK || b.timed {
		token = -1
	}
	if b.Wake(token) && token >= 0 {
		l.free(b)
		return
	}
	b.over, b.st = true, st // the sleeper looks when it has the lock
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
