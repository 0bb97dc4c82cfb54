package hostmodel

import (
	"slices"

	"mx.example/status"
)

// What the kernel would answer, by what it remembers. Each function says
// whether the result at hand is one that it may give, so that nothing else
// can pass for a difference.

// mayWrite judges a write of data.
func (v *view) mayWrite() bool {
	good, size := v.size()
	if v.Result.Touched || v.got(status.OK) && v.Result.N > good {
		return false
	}
	faulty := size > good
	switch v.Kind {
	case Pipe:
		return v.mayWritePipe()
	case TCP:
		return v.mayWriteTCP(good, size)
	case UDP:
		switch {
		case size > maxUDP:
			return v.failsWith(eMSGSIZE)
		case v.e.err != 0:
			return v.failsWith(v.e.err)
		case v.e.noWrite:
			return v.failsWith(ePIPE)
		case faulty:
			return v.failsWith(eFAULT)
		}
		return v.took(size)
	case UnixStream:
		return v.mayWriteUnix(good, size)
	}

	// unix-dgram and unix-seqpacket
	used := v.q.charged()
	switch {
	case v.Kind == UnixSeqpacket && v.e.err != 0:
		return v.failsWith(v.e.err)
	case v.e.unlinked && v.failsWith(eNOTCONN):
		return true // looked at first or last, by the version
	case size > uint64(v.e.sndbuf-32):
		return v.failsWith(eMSGSIZE)
	case v.e.noWrite:
		return v.failsWith(ePIPE)
	case v.failsWith(eAGAIN):
		return used.most >= v.e.sndbuf
	case used.least >= v.e.sndbuf:
		return false
	case faulty:
		return v.failsWith(eFAULT)
	case v.e.unlinked:
		return false
	case v.q.gone:
		return v.failsWith(eCONNREFUSED)
	case v.q.noRead:
		return v.failsWith(ePIPE)
	}
	return v.took(size)
}

// failsWith reports whether the result is that error.
func (v *view) failsWith(e status.Errno) bool {
	return v.Result.Errno == e && v.Result.Status == status.FromErrno(e)
}

// took reports whether the result is that n bytes were written.
func (v *view) took(n uint64) bool {
	return v.Result.Status == status.OK && v.Result.N == n
}

// mayWriteUnix judges a write on unix-stream, which goes out in chunks, each
// of them charged to the sender until it has been read as a whole.
func (v *view) mayWriteUnix(good, size uint64) bool {
	used := v.q.charged()
	switch {
	case v.e.noWrite:
		return v.failsWith(ePIPE)
	case size == 0:
		return v.took(0)
	case v.failsWith(eAGAIN):
		return used.most >= v.e.sndbuf
	case used.least >= v.e.sndbuf:
		return false
	case v.failsWith(eFAULT):
		return size > good
	case v.Result.Status != status.OK:
		return false
	}
	n := uint64(len(v.accepted()))
	switch {
	case n == 0 || n > good:
		return false
	case n == size:
	case size > good && v.Result.N > 0: // up to the chunk with the fault
	case used.plus(chargeOf(int(n))).most < v.e.sndbuf:
		return false // there was room for more
	}
	before := int(n) - min(int(n), unixChunk, v.e.sndbuf/2)
	return used.least+before < v.e.sndbuf
}

func (v *view) mayWriteTCP(good, size uint64) bool {
	switch {
	case v.e.unsure && (v.failsWith(eCONNRESET) || v.failsWith(ePIPE)):
		return true
	case v.e.err != 0 && !v.e.unsure:
		return v.failsWith(v.e.err)
	case v.e.noWrite && (!v.e.unsure || v.e.shutWrite):
		return v.failsWith(ePIPE)
	case size == 0:
		return v.took(0)
	case v.failsWith(eFAULT):
		return size > good
	case v.failsWith(eAGAIN):
		return v.crowdedBy(0) || v.e.unsure
	case v.Result.Status != status.OK:
		return false
	}
	n := uint64(len(v.accepted()))
	return n > 0 && n <= good && v.q.bytes()+int(n) <= tcpMost &&
		(n == size || size > good || v.e.unsure || v.crowdedBy(int(n)))
}

// crowdedBy reports whether n bytes more, on a tcp connection, are more than
// it surely holds: beyond the receiver's window, or beyond a send buffer that
// keeps what may not have been acknowledged.
func (v *view) crowdedBy(n int) bool {
	return v.q.crowded() || v.q.bytes()+v.q.overhead()+n > tcpRoom ||
		v.e.chosen && v.e.unacked.plus(chargeOf(n)).most >= v.e.sndbuf
}

func (v *view) mayWritePipe() bool {
	size, good := v.pipeSize()
	switch {
	case v.e.noW:
		return v.failsWith(eBADF)
	case size == 0:
		return v.took(0)
	case v.q.gone || v.q.noR:
		return v.failsWith(ePIPE)
	}
	pipe := v.q.pipe
	pipe.slots = slices.Clone(pipe.slots)
	n, fault, ok := pipe.write(size, good)
	switch {
	case ok:
		return v.took(uint64(n))
	case fault:
		return v.failsWith(eFAULT)
	}
	return v.failsWith(eAGAIN)
}

// pipeSize is what a write to a pipe was asked to move, which is never more
// than the kernel moves in one call, and how much of it memory was there for.
func (v *view) pipeSize() (size, good int) {
	g, s := v.size()
	return int(min(s, maxMove)), int(min(g, maxMove))
}

// mayHalfClose judges a shutdown.
func (v *view) mayHalfClose() bool {
	switch v.Kind {
	case TCP:
		if v.e.closed && v.failsWith(eNOTCONN) {
			return true
		}
		if v.e.unsure && v.failsWith(eNOTCONN) {
			return true
		}
		if v.e.closed && !v.e.unsure && !v.e.crowded() && !v.q.crowded() {
			return false
		}
	case Pipe:
		if v.e.noR && v.endsInbound() || v.e.noW && !v.endsInbound() {
			return v.failsWith(eBADF)
		}
	}
	return v.got(status.OK)
}
