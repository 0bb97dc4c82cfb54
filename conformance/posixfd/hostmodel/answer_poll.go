package hostmodel

import "mx.example/handle"

// A pollMask is what poll may say of an end: the signals that it surely shows,
// and those that it may.
type pollMask struct {
	must, may handle.Signals
	// hangs and mayHang are about POLLHUP and POLLERR, which are PEER_CLOSED
	// like POLLRDHUP, but cannot be left out: they end a poll that did not ask.
	hangs, mayHang bool
}

// agrees reports whether a poll may have seen that.
func (s pollMask) agrees(seen handle.Signals) bool {
	return seen&s.must == s.must && seen&^s.may == 0
}

// wakes reports whether a poll that asked for those signals surely returns.
func (s pollMask) wakes(asked handle.Signals) bool {
	return s.must&asked != 0 || s.hangs
}

// or is what poll may say while one pollMask turns into the other.
func (s pollMask) or(t pollMask) pollMask {
	return pollMask{s.must & t.must, s.may | t.may, s.hangs && t.hangs, s.mayHang || t.mayHang}
}

// poll is what the kernel would say of an end, whose peer is q.
func (e *end) poll(kind string, q *end) (s pollMask) {
	show := func(bit handle.Signals, must, may bool) {
		if must {
			s.must |= bit
		}
		if must || may {
			s.may |= bit
		}
	}
	if e.unsure {
		return pollMask{may: pollable, mayHang: true}
	}
	some, sure := len(e.queue) > 0, false
	for i := range e.queue {
		sure = sure || !e.queue[i].maybe
	}
	if kind == Pipe {
		show(handle.Readable, some && !e.noR, false)
		show(handle.Writable, !q.pipe.full() && !e.noW, false)
		noWriter := (q.gone || q.noW) && !e.noR
		noReader := (q.gone || q.noR) && !e.noW
		s.hangs = noWriter || noReader
		s.mayHang = s.hangs
		show(handle.PeerClosed, s.hangs, false)
		return s
	}
	late := kind == TCP && e.crowded()
	over := e.noRead && e.noWrite || e.closed
	s.hangs = e.err != 0 || over && !late
	s.mayHang = e.err != 0 || over
	show(handle.Readable, (sure || e.noRead) && !late, some || e.noRead)
	show(handle.PeerClosed, e.err != 0 || (e.noRead || e.closed) && !late, e.noRead || e.closed)
	switch kind {
	case TCP:
		crowded := q.crowded() || q.bytes()+q.overhead() > tcpRoom ||
			e.chosen && 3*e.unacked.most > 2*e.sndbuf
		show(handle.Writable, e.noWrite || !crowded, true)
	case UDP:
		show(handle.Writable, true, true)
	default:
		// unix_writable: as long as a quarter of the buffer is not exceeded.
		used := q.charged()
		show(handle.Writable, 4*(used.most+1) <= e.sndbuf, 4*(used.least+1) <= e.sndbuf)
	}
	return s
}
