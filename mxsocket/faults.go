package mxsocket

import (
	"time"

	"mx.example/handle"
	"mx.example/status"
)

// Faults says which calls on the pairs that a table creates go as they seldom
// do. [handle.WithFaults] gives it to a table; package mxsocket/chaos has one.
// None of it shows an answer or a signal that the contract has no state for.
//
// What it is asked, and in which order, depends on the calls on the table alone,
// and on how long is waited between them. WriteAll, ReadFull and a [Conn] are
// made of steps, each of which is asked about as a call.
type Faults interface {
	handle.Faults

	// ShortWrite and ShortRead return how many bytes a stream takes or gives,
	// from 1 to n, where the state allows n (W-STREAM-SHORT, R-STREAM).
	ShortWrite(n int) int
	ShortRead(n int) int

	// Full reports whether a write is SHOULD_WAIT although there is room
	// (W-FULL). The endpoint is not WRITABLE then until the other one reads, or
	// d has passed. It is asked only while something is queued, and of no
	// endpoint with a threshold.
	Full() (d time.Duration, ok bool)

	// NoMemory reports whether a datagram is refused as if the memory limit were
	// reached (W-NO-MEMORY).
	NoMemory() bool

	// Wake reports whether those who wait for READABLE at an empty endpoint, or
	// for WRITABLE at a full one, d from now see that signal come and go (T-ONE).
	// It is asked when an endpoint becomes so.
	Wake() (d time.Duration, ok bool)
}

// faults are those of the table that created p, or nil.
func (p *pair) faults() Faults {
	f, _ := p.creator.Faults().(Faults)
	return f
}

// beFaulty prepares a pair that nobody knows yet, if there are faults for it.
func (p *pair) beFaulty() {
	f := p.faults()
	if f == nil {
		return
	}
	p.limited = true
	for i := range p.ends {
		p.ends[i].wakeLater(f, handle.Readable)
	}
}

// faultyWrite decides for a pair with the faults f how many of size bytes a write
// at ep takes, where there is room for at least as many. The lock is held.
func (ep *endpoint) faultyWrite(f Faults, size, room int) (n int, st status.Status) {
	p, peer := ep.pair, ep.peer()
	if !ep.writable {
		return 0, status.ErrShouldWait // since an earlier call
	}
	if p.datagram && f.NoMemory() {
		return 0, p.rules.noMemory
	}
	if peer.in.size > 0 && ep.tx|peer.rx == 0 {
		if d, ok := f.Full(); ok {
			ep.seemFull(f, d)
			return 0, status.ErrShouldWait
		}
	}
	if !p.datagram {
		size = f.ShortWrite(size)
	}
	if size == room {
		ep.wakeLater(f, handle.Writable)
	}
	return size, status.OK
}

// seemFull makes the buffer that ep writes to look full, until the peer reads or
// d has passed. It is not empty. So no call is blocked in reading there, as none
// is at a buffer that is full: a [blockedList] has calls of one kind only.
func (ep *endpoint) seemFull(f Faults, d time.Duration) {
	ep.writable = false
	ep.signalsChanged()
	ep.wakeLater(f, handle.Writable)
	ep.pair.after(d, func() {
		if ep.seemRoomy() {
			ep.peer().resumeBlocked()
		}
	})
}

// seemRoomy ends what seemFull has begun, if it still goes on: without it, an
// endpoint is writable whenever there is room and its direction is open.
func (ep *endpoint) seemRoomy() bool {
	peer := ep.peer()
	if ep.writable || ep.gone || peer.gone || peer.ended || peer.in.size >= int(ep.pair.capacity) {
		return false
	}
	ep.writable = true
	ep.signalsChanged()
	return true
}

// faultyRead decides how many of n bytes a read at ep gives. The lock is held.
func (ep *endpoint) faultyRead(n int) int {
	if f := ep.pair.faults(); f != nil && !ep.pair.datagram && n > 1 {
		n = f.ShortRead(n)
	}
	return n
}

// tookFaulty is called after a read at ep that found before bytes. The lock is
// held. The blocked writes go on when the caller sees to it, as ever.
func (ep *endpoint) tookFaulty(before int) {
	f := ep.pair.faults()
	if f == nil {
		return
	}
	if before < int(ep.pair.capacity) {
		ep.peer().seemRoomy()
	}
	if ep.in.size == 0 {
		ep.wakeLater(f, handle.Readable)
	}
}

// wakeLater may have those who wait for s at ep see it come and go: as if someone
// else with a handle to this end or the other had made it so, and undone it.
func (ep *endpoint) wakeLater(f Faults, s handle.Signals) {
	d, ok := f.Wake()
	if !ok {
		return
	}
	ep.pair.after(d, func() {
		now, peer := ep.State(), ep.peer()
		open := !peer.gone && !peer.ended
		if s == handle.Readable {
			open = !peer.gone && !ep.ended
		}
		if open && now&s == 0 && ep.Watched() {
			ep.Header.Changed(now | s)
			ep.Header.Changed(now)
		}
	})
}

// after calls f with the lock held when d has passed.
func (p *pair) after(d time.Duration, f func()) {
	time.AfterFunc(d, func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		f()
	})
}
