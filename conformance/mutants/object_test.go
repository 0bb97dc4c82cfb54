package mutants

import "mx.example/handle"

// An object is an event or an endpoint of a pair.
type object struct {
	typ     handle.Type
	koid    handle.Koid
	related handle.Koid
	refs    int
	user    handle.Signals
	creator *process

	// Of an endpoint.
	other    *object // also when it is closed
	datagram bool
	capacity uint64
	in       []byte // inbound
	lens     []int  // of the datagrams in it
	ended    bool   // inbound has ended
	closed   bool
	accepted uint64 // bytes that ever came in
	rx, tx   uint64 // thresholds
	unset    bool   // WRITABLE is not set, where it is a bit (S-WRITABLE)
	heldTx   bool   // WRITE_THRESHOLD when the peer went
}

// gone reports whether the peer is.
func (e *object) gone() bool { return e.other.closed }

// room is how many bytes e may still write.
func (e *object) room() uint64 {
	k := e.creator.k
	used := uint64(len(e.other.in))
	switch {
	case k.is(capacityIsShared):
		used += uint64(len(e.in))
	case k.is(datagramsCostMore) && e.datagram:
		used += uint64(len(e.other.lens))
	case k.is(datagramsAreCounted) && len(e.other.lens) >= 512:
		return 0
	}
	if used > e.capacity {
		return 0
	}
	return e.capacity - used
}

// ends is the endpoint that reads the direction which a half close at e ends.
func (e *object) ends(r *rules) *object {
	if r.endsInbound {
		return e
	}
	return e.other
}

// query is the bytes inbound, as a query tells them.
func (e *object) query() uint64 {
	k := e.creator.k
	switch {
	case k.is(queryFirstDatagram) && e.datagram && len(e.lens) > 0:
		return uint64(e.lens[0])
	case k.is(queryCountsDatagrams) && e.datagram:
		return uint64(len(e.lens))
	case k.is(queryOutbound):
		return uint64(len(e.other.in))
	case k.is(queryOfEnded) && e.ended:
		return 0
	}
	return uint64(len(e.in))
}

// push queues data, a datagram of a datagram socket.
func (e *object) push(data []byte) {
	k := e.creator.k
	switch {
	case k.is(mergesSmallDatagrams) && len(e.lens) > 0 && len(data) == 1:
		e.lens[len(e.lens)-1]++
	case e.datagram:
		e.lens = append(e.lens, len(data))
	}
	switch {
	case k.is(lastInFirstOut) && !e.datagram && len(data) > 0:
		e.in = append(append([]byte(nil), data...), e.in...)
	case k.is(largeWritesSwapped) && len(data) > 4096:
		e.in = append(append(e.in, data[2048:4096]...), data[:2048]...)
		e.in = append(e.in, data[4096:]...)
	default:
		e.in = append(e.in, data...)
	}
	at := len(e.in) - len(data)
	switch {
	case k.is(corruptChunk) && len(data) > 2008:
		e.in[at+2008] = e.in[at+2007]
	case k.is(corrupt64K) && len(data) > 65535:
		e.in[at+65535] ^= 1
	case k.is(corruptWrap) && e.accepted/e.capacity != (e.accepted+uint64(len(data)))/e.capacity && e.accepted > 0:
		e.in[len(e.in)-1] ^= 0x80
	case k.is(corruptLate) && e.accepted < 500000 && e.accepted+uint64(len(data)) >= 500000:
		e.in[at] ^= 1
	case k.is(corruptFull) && uint64(len(e.in)) == e.capacity && e.capacity > 1:
		e.in[len(e.in)-1], e.in[len(e.in)-2] = e.in[len(e.in)-2], e.in[len(e.in)-1]
	case k.is(zeroByteEnds):
		for i, c := range data {
			if c == 0 {
				e.in[at+i] = ' '
			}
		}
	}
	e.accepted += uint64(len(data))
	if uint64(len(e.in)) >= e.capacity && !k.is(fullKeepsWritable) {
		e.other.unset = true
	}
}

// pop consumes n bytes, and of a datagram the rest of it. It returns them and
// how many bytes of room that made.
func (e *object) pop(n, discard uint64) (data []byte, freed uint64) {
	data = append(data, e.in[:n]...)
	freed = n + discard
	if k := e.creator.k; uint64(len(e.in)) >= e.capacity && freed > 0 && !e.gone() && !(k.is(readOfDisabledSetsNothing) && e.ended) {
		e.other.unset = false
	}
	if e.datagram {
		k := e.creator.k
		switch {
		case k.is(cutDatagramStays) && discard > 0:
			e.in = e.in[n:]
			e.lens[0] = int(discard)
			return data, n
		case k.is(cutDatagramTakesNext) && discard > 0 && len(e.lens) > 1:
			freed += uint64(e.lens[1])
			e.lens = e.lens[1:]
		}
		e.lens = e.lens[1:]
	}
	e.in = e.in[freed:]
	return data, freed
}

// settable are the signals that calls may set and clear.
func (o *object) settable(r *rules) handle.Signals {
	if o.typ == handle.TypeEvent {
		return r.eventSignals
	}
	return r.userSignals
}

// signals are those asserted now.
func (o *object) signals() handle.Signals {
	k := o.creator.k
	s := o.user
	if !o.creator.r.zircon && (o.refs == 1 || k.is(lastHandleOfTwo) && o.refs == 2) {
		s |= handle.LastHandle // S-LAST-HANDLE
	}
	if o.typ != handle.TypeSocket {
		return s
	}
	least, free := 1, uint64(1)
	switch {
	case k.is(readableNeedsTwo) && o.capacity > 1:
		least = 2
	case k.is(readableAlways):
		least = 0
	case k.is(readableEndsEarly) && o.accepted > 1 && o.capacity > 1 && len(o.in) == 1 && o.accepted != uint64(len(o.in)):
		least = 2
	case k.is(readableLate) && o.capacity >= 2008:
		least = 8
	case k.is(writableNeedsTwo):
		free = min(2, o.capacity)
	case k.is(writableNeedsHalf):
		free = max(1, o.capacity/2)
	case k.is(writableNeedsDatagram) && o.datagram:
		free = min(o.capacity, 8)
	case k.is(writableByMemory) && o.creator.free() == 0:
		free = o.capacity + 1
	case k.is(writableStaysFull):
		free = 0
	case k.is(writableStaysFullDatagram) && o.datagram:
		free = 0
	case k.is(writableIsPeers):
		if uint64(len(o.in)) >= o.capacity {
			free = o.capacity + 1
		}
	}
	if len(o.in) >= least {
		s |= handle.Readable // S-READABLE
	}
	if k.is(readableDropsAtEnd) && o.ended || k.is(readableDropsAtClose) && o.gone() {
		s &^= handle.Readable
	}
	room := uint64(0)
	if n := uint64(len(o.other.in)); n < o.capacity {
		room = o.capacity - n
	}
	may := !o.gone() && !o.other.ended
	switch {
	case k.is(writableAfterEnd) && !o.gone(), k.is(writableAfterClose) && !o.other.ended:
		may = true
	case k.is(writableBackAfterDrain) && o.other.ended && len(o.other.in) == 0 && o.other.accepted > 0 && !o.gone():
		may = true
	case k.is(writableNeedsOpenInbound) && o.ended:
		may = false
	}
	writable := may && room >= free
	if o.creator.r.zircon && !k.is(writableIsLevel) {
		writable = !o.unset
	}
	if writable {
		s |= handle.Writable // S-WRITABLE
	}
	closed := o.gone()
	if o.ended {
		s |= o.creator.r.endedForReader &^ handle.PeerClosed
		closed = closed || o.creator.r.endedForReader&handle.PeerClosed != 0
	}
	if o.other.ended {
		s |= o.creator.r.endedForWriter
	}
	switch {
	case k.is(peerClosedAfterDrain) && o.ended && len(o.in) > 0 && !o.gone(),
		k.is(peerClosedAfterDrainOfClosed) && o.gone() && len(o.in) > 0 && !o.ended,
		k.is(peerClosedNotByEnd) && !o.gone(),
		k.is(peerClosedNotForDatagrams) && o.datagram:
		closed = false
	case k.is(peerClosedAtWriterToo) && o.other.ended:
		closed = true
	}
	if closed {
		s |= handle.PeerClosed // S-PEER-CLOSED
	}
	return s | o.thresholds()
}
