package mxsocket

import (
	"strconv"

	"mx.example/handle"
)

// AppendState implements [handle.Inspected].
func (ep *endpoint) AppendState(b []byte, indent string) []byte {
	peer, mode := ep.peer(), "stream"
	if ep.pair.datagram {
		mode = "datagram"
	}
	b = append(append(b, indent...), mode...)
	b = append(b, ", to read here: "...)
	b = ep.appendQueue(b)
	if ep.ended {
		b = append(b, ", ended: nobody may write more"...)
	}
	b = append(b, '\n')
	b = append(append(b, indent...), "to read at the peer: "...)
	switch {
	case peer.gone:
		b = append(b, "nothing ever, it is gone"...)
	default:
		b = peer.appendQueue(b)
		if peer.ended {
			b = append(b, ", ended: this end may not write"...)
		}
	}
	b = append(b, '\n')
	if ep.rx|ep.tx != 0 {
		b = append(append(b, indent...), "thresholds: read "...)
		b = strconv.AppendUint(b, uint64(ep.rx), 10)
		b = append(strconv.AppendUint(append(b, ", write "...), uint64(ep.tx), 10), '\n')
	}
	return b
}

// mostCounted bounds how long a dump holds the lock of a pair: so many datagrams
// are counted in some 0.1 ms.
const mostCounted = 1 << 16

// appendQueue appends what there is to read at ep, of how much.
func (ep *endpoint) appendQueue(b []byte) []byte {
	b = strconv.AppendInt(b, int64(ep.in.size), 10)
	b = append(strconv.AppendUint(append(b, " of "...), uint64(ep.pair.capacity), 10), " bytes"...)
	if ep.pair.datagram {
		n, all := ep.in.datagrams(mostCounted)
		b = append(b, " in "...)
		if !all {
			b = append(b, "more than "...)
		}
		b = append(strconv.AppendInt(b, int64(n), 10), " datagrams"...)
	}
	if ep.in.size >= int(ep.pair.capacity) {
		b = append(b, ", full"...)
	}
	return b
}

// datagrams counts those in the queue, up to most; all is false if there are
// more.
func (q *queue) datagrams(most int) (n int, all bool) {
	if q.size == 0 {
		return 0, true
	}
	s, at := q.head, q.head.r
	length := int(q.front)
	for left := q.size; ; {
		if n == most {
			return n, false
		}
		n++
		if left -= length; left == 0 {
			return n, true
		}
		for length >= s.w-at { // to the prefix behind it
			length -= s.w - at
			s = s.next
			at = s.r
		}
		at += length
		length = 0
		for shift := 0; ; shift += 7 {
			for at == s.w {
				s = s.next
				at = s.r
			}
			c := s.buf[at]
			at++
			length |= int(c&0x7f) << shift
			if c < 0x80 {
				break
			}
		}
	}
}

// Pending implements [handle.Inspected].
func (ep *endpoint) Pending(e *handle.Entry, f func(*handle.Pending) bool) {
	for c := (*pendingCall)(e.Calls); c != nil; c = c.entryNext {
		p := handle.Pending{Sleeper: &c.Sleeper, Turn: c.turn, Done: c.done, Of: c.done + len(c.buf)}
		if c.write {
			p.Call, p.Causes = "WriteAll", c.at.peer().writeEnds()
		} else {
			p.Call, p.Causes = "ReadFull", c.at.readEnds()
		}
		if !f(&p) {
			return
		}
	}
}

// readEnds returns what ends a call that waits for bytes at ep.
func (ep *endpoint) readEnds() []handle.Cause {
	return append(ep.Causes(handle.Readable|handle.PeerClosed), ep.disposing("disable writing")...)
}

// writeEnds returns what ends a call of ep that waits for room.
func (ep *endpoint) writeEnds() []handle.Cause {
	list := append(ep.Causes(handle.Writable), closing)
	if h := ep.halfCloses(true); h != nil {
		list = append(list, *h)
	}
	return append(list, ep.disposing("disable writing")...)
}

var closing = handle.Cause{Act: "close", Peer: true, All: true}

// halfCloses returns what ends the direction from ep, or to ep, in the editions
// of 2017, or nil.
func (ep *endpoint) halfCloses(outbound bool) *handle.Cause {
	r := ep.pair.rules
	if r.dispositions {
		return nil
	}
	return &handle.Cause{Act: "half close", Peer: r.halfCloseOutbound != outbound, Needs: handle.RightWrite}
}

// disposing returns the calls of SetDisposition that do so.
func (ep *endpoint) disposing(act string) []handle.Cause {
	if !ep.pair.rules.dispositions {
		return nil
	}
	list := []handle.Cause{{Act: act, Needs: handle.RightManageSocket}}
	if !ep.peer().gone {
		list = append(list, handle.Cause{Act: act, Peer: true, Needs: handle.RightManageSocket})
	}
	return list
}

// Causes implements [handle.Inspected]. The clauses that say when each signal
// rises are those of [endpoint.State].
func (ep *endpoint) Causes(s handle.Signals) []handle.Cause {
	var list []handle.Cause
	peer, dispositions := ep.peer(), ep.pair.rules.dispositions
	if s&(handle.Readable|handle.ReadThreshold) != 0 && !peer.gone {
		switch {
		case !ep.ended:
			list = append(list, handle.Cause{Act: "write", Peer: true, Needs: handle.RightWrite})
		case dispositions:
			list = append(list, ep.disposing("enable writing")...)
		}
	}
	if s&(handle.Writable|handle.WriteThreshold) != 0 {
		if !peer.gone && (!peer.ended || dispositions) {
			list = append(list, handle.Cause{Act: "read", Peer: true, Needs: handle.RightRead})
		}
		list = append(list, ep.disposing("enable writing")...)
	}
	if s&handle.PeerClosed != 0 && !peer.gone {
		list = append(list, closing)
		if h := ep.halfCloses(false); h != nil && !ep.ended {
			list = append(list, *h)
		}
	}
	if s&(handle.PeerWriteDisabled|handle.WriteDisabled) != 0 {
		list = append(list, ep.disposing("disable writing")...)
	}
	if s&(handle.ReadThreshold|handle.WriteThreshold) != 0 && dispositions {
		list = append(list, handle.Cause{Act: "set a threshold", Needs: handle.RightSetProperty})
	}
	return list
}

var _ handle.Inspected = (*endpoint)(nil)
