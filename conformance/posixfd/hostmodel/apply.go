package hostmodel

import (
	"slices"

	"mx.example/conformance/trace"
	"mx.example/status"
)

// apply does to the two ends what the call has done to them, going by its
// result.
func (v *view) apply() {
	c, r := v.Call, v.Result
	ok := r.Status == status.OK
	reset := r.Errno == eCONNRESET || r.Errno == ePIPE
	if r.Errno != 0 && r.Errno == v.e.err && movesData(c.Op) || v.e.unsure && reset {
		v.e.err = 0 // an error is reported once
		if v.Kind == TCP && c.Op == trace.OpRead {
			v.e.drop(len(v.e.queue), unreadDataReset)
		}
		return
	}
	switch {
	case isHalfClose(c):
		if ok || v.Kind == TCP && r.Errno == eNOTCONN {
			v.shutDown()
		}
	case c.Op == trace.OpWrite && ok:
		v.sent(v.accepted())
	case c.Op == trace.OpWrite:
		if v.Kind == UnixDgram && r.Errno == eCONNREFUSED {
			v.e.unlinked = true
			v.e.drop(len(v.e.queue), refusedPurges)
		}
	case c.Op == trace.OpRead && !isQuery(c):
		v.hasRead(ok)
	case c.Op == trace.OpClose && ok && v.o.Handles == 1:
		v.hangUp()
	case c.Op == trace.OpPump && ok:
		v.e.queue, v.q.queue = nil, nil
		v.e.pipe.slots, v.q.pipe.slots = nil, nil
	}
}

// isQuery reports whether a read asks only how much there is (R-QUERY).
func isQuery(c *trace.Call) bool {
	return c.Op == trace.OpRead && c.Buf.Kind == trace.Null && c.Buf.Size == 0
}

// sent puts bytes that a write was accepted for where they have gone.
func (v *view) sent(data []byte) {
	switch {
	case v.q.gone && v.Kind == UDP:
		v.e.err = eCONNREFUSED // the ICMP message that nobody is there
		return
	case v.q.gone && v.Kind == TCP:
		if len(data) > 0 {
			v.e.reset()
		}
		return
	case v.q.gone || v.stream() && len(data) == 0:
		return
	}
	p := packet{data: data, size: len(data), emptyMsg: len(data) == 0}
	if v.Kind == UDP && len(v.q.queue) > 0 {
		// A receiver with nothing to read takes any message. Else what was read
		// is given back late: up to a quarter stays charged.
		used := v.q.charged().plus(chargeOf(p.size)).most
		p.maybe = used > v.q.rcvbuf-v.q.rcvbuf/4
	}
	v.q.queue = append(v.q.queue, p)
	if v.Kind == Pipe {
		v.q.pipe.write(v.pipeSize())
	}
	if v.Kind == TCP {
		v.e.unacked = v.e.unacked.plus(chargeOf(p.size))
		v.q.unacked = charge{} // what is sent acknowledges what was received
		if v.q.bytes()+v.q.overhead() > tcpRoom {
			v.q.drainsLeft = drainsWhenCrowded
		}
	}
}

// overhead is what the buffers of a tcp queue cost a window beside their bytes,
// if each write stays in one of its own.
func (e *end) overhead() int { return len(e.queue) * 512 }

// reset is what an RST does to a tcp socket: the connection is over.
func (e *end) reset() {
	if e.closed {
		return
	}
	e.err = eCONNRESET
	if e.finished {
		e.err = ePIPE // it was waiting for its own close only
	}
	e.noRead, e.noWrite, e.closed = true, true, true
}

// hasRead takes what a read delivered, or what it lost, from the queue.
func (v *view) hasRead(ok bool) {
	_, size := v.size()
	switch {
	case ok && v.stream():
		v.e.consume(len(v.Result.Data))
		if len(v.e.queue) == 0 {
			v.q.unacked = charge{}
		}
		if v.Kind == Pipe {
			v.e.pipe.read(len(v.Result.Data))
		}
	case ok && size == 0:
		v.take(zeroReadTakes) // a message all the same
	case ok:
		v.take("")
	case v.stream():
	case v.Result.Errno == eFAULT:
		v.take(faultStatus)
	case v.Result.Errno == eAGAIN:
		v.e.drop(len(v.e.queue), dgramLossy)
	}
}

// take takes the message that a read has delivered. If that may have been one
// of several, it is the first, and the others may be gone. why says what the
// contract does not know about it, if it is not that those before it are lost.
func (v *view) take(why string) {
	taken := v.taken()
	if len(taken) == 0 {
		return
	}
	e, first, last := v.e, taken[0], taken[len(taken)-1]
	e.queue = slices.Clone(e.queue)
	for i := range e.queue[:last+1] {
		e.queue[i].maybe = e.queue[i].maybe || last > first
	}
	e.drop(first, dgramLossy)
	if e.queue[0].emptyMsg {
		e.behind = emptyDatagram // the contract may have given another one
	}
	if why != "" {
		e.behind = why
	}
	e.queue = e.queue[1:]
}

// consume takes n bytes of a stream.
func (e *end) consume(n int) {
	if n == 0 {
		return
	}
	for n > 0 && len(e.queue) > 0 {
		p := &e.queue[0]
		k := min(n, len(p.data))
		p.data = p.data[k:]
		n -= k
		if len(p.data) == 0 {
			e.queue = e.queue[1:]
		}
	}
	if len(e.queue) == 0 {
		e.drainsLeft = max(0, e.drainsLeft-1)
	}
}

// drop takes the first n messages, for a reason that the contract does not
// know.
func (e *end) drop(n int, why string) {
	n = min(n, len(e.queue))
	if n > 0 {
		e.behind = why
	}
	e.queue = e.queue[n:]
}

// shutDown is shutdown(2), of the direction that the edition's half close ends.
func (v *view) shutDown() {
	reads := v.endsInbound()
	if v.Kind == Pipe {
		if reads {
			v.e.noR = true
			v.e.drop(len(v.e.queue), pipeHalfClose)
		} else {
			v.e.noW = true
		}
		return
	}
	if reads {
		v.e.noRead = true
	} else {
		v.e.noWrite, v.e.shutWrite = true, true
	}
	switch v.Kind {
	case UnixStream, UnixSeqpacket:
		// The peer is told, of the other direction.
		if reads {
			v.q.noWrite = true
		} else {
			v.q.noRead = true
		}
	case TCP:
		if !reads && !v.e.closed {
			v.finish()
		}
	}
}

// finish sends the end of a tcp stream. Once both have, the connection is over.
func (v *view) finish() {
	v.q.noRead, v.q.finished = true, true
	if v.e.finished {
		v.e.closed, v.q.closed = true, true
	}
}

// hangUp is the close of the last descriptor of an end.
func (v *view) hangUp() {
	e, q := v.e, v.q
	e.gone = true
	if q.gone {
		return
	}
	unread := len(e.queue) > 0
	q.unsure = v.Kind == TCP && (e.crowded() || q.crowded())
	if v.Kind == UnixSeqpacket && unread && e.queue[0].emptyMsg {
		// An empty first message is taken for one of urgent data already read
		// (unix_release_sock), since Linux 6.10.
		unread = len(e.queue) > 1
	}
	e.queue = nil
	switch v.Kind {
	case UnixStream, UnixSeqpacket:
		q.noRead, q.noWrite = true, true
		if unread {
			q.err, q.unread = eCONNRESET, true
		}
	case TCP:
		switch {
		case e.closed:
		case unread:
			q.reset()
			q.unread = true
		default:
			if !e.noWrite {
				v.finish()
			}
		}
	}
}
