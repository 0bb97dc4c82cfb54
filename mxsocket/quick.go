package mxsocket

// What follows does what most calls on a stream that is neither full nor empty
// come to, in few steps: the bytes lie in one piece, and there is nobody to
// tell. It only says no where it might be otherwise, and has changed nothing
// then. Write and Read have the same once more for a queue of one small chunk,
// where even the call counts; what asks for more than that is left out there.

// quickPut is put, if that is simple.
func (ep *endpoint) quickPut(p []byte) bool {
	peer, n := ep.peer(), len(p)
	q := &peer.in
	c := q.tail
	if c == nil || n == 0 || n > len(c.data)-int(q.w) || n > ep.pair.capacity-q.size ||
		ep.pair.limited || ep.pair.datagram || peer.gone || peer.ended || !peer.undisturbed(q.size, q.size+n) {
		return false
	}
	copy(c.data[q.w:], p)
	q.extend(n)
	return true
}

// quickGet is get without options, if that is simple: there is more than p
// takes.
func (ep *endpoint) quickGet(p []byte) bool {
	q, n := &ep.in, len(p)
	c := q.head
	if n == 0 || n >= q.size || n >= len(c.data)-int(q.r) ||
		ep.pair.limited || ep.pair.datagram || !ep.undisturbed(q.size, q.size-n) {
		return false
	}
	copy(p, c.data[q.r:])
	q.take(n)
	return true
}

// undisturbed reports whether nobody is to be told when the queue of ep, which
// holds so many bytes, holds so many.
func (ep *endpoint) undisturbed(before, after int) bool {
	return ep.blocked.last == nil && (!ep.Watched() && !ep.peer().Watched() || ep.steady(before, after))
}
