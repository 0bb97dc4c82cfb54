package hostmodel

import (
	"bytes"

	"mx.example/status"
)

// mayRead judges a read of data.
func (v *view) mayRead() bool {
	if v.Result.Touched {
		return false
	}
	if v.stream() {
		return v.mayReadStream()
	}
	if v.e.err != 0 {
		return v.failsWith(v.e.err)
	}
	if v.mayBeEmpty() {
		if v.Kind == UnixSeqpacket && v.e.noRead {
			if v.deliveredNothing() {
				return true
			}
		} else if v.failsWith(eAGAIN) {
			return true
		}
	}
	return len(v.taken()) > 0
}

// taken are the messages that a read may have taken, by their numbers in the
// queue: one that fits the result, with none before it but such as may have
// been lost.
func (v *view) taken() (numbers []int) {
	good, size := v.size()
	for i := range v.e.queue {
		p := &v.e.queue[i]
		n := min(size, uint64(len(p.data)))
		switch {
		case n > good && v.failsWith(eFAULT),
			n <= good && v.got(status.OK) && bytes.Equal(v.Result.Data, p.data[:n]):
			numbers = append(numbers, i)
		}
		if !p.maybe {
			break
		}
	}
	return numbers
}

// mayBeEmpty reports whether the kernel may hold no message for the end.
func (v *view) mayBeEmpty() bool {
	for i := range v.e.queue {
		if !v.e.queue[i].maybe {
			return false
		}
	}
	return true
}

// deliveredNothing reports whether the result is a read of 0.
func (v *view) deliveredNothing() bool {
	return v.got(status.OK) && len(v.Result.Data) == 0
}

func (v *view) mayReadStream() bool {
	good, size := v.size()
	have := uint64(v.e.bytes())
	e := v.e
	if v.Kind == Pipe {
		switch {
		case e.noR:
			return v.failsWith(eBADF)
		case size == 0:
			return v.deliveredNothing()
		}
	}
	if e.unsure && (v.failsWith(eAGAIN) || v.failsWith(eCONNRESET) ||
		v.failsWith(ePIPE) || v.deliveredNothing()) {
		return true
	}
	if have > 0 {
		full := min(size, have)
		switch {
		case v.failsWith(eFAULT):
			return full > good
		case e.crowded() && v.failsWith(eAGAIN):
			return true
		case e.crowded() && e.noRead && v.deliveredNothing():
			return true // after SHUT_RD nobody waits for what is under way
		case e.crowded() && e.err != 0 && v.failsWith(e.err):
			return true // a reset has dropped what was
		case !v.got(status.OK):
			return false
		}
		n := uint64(len(v.Result.Data))
		if n > good {
			return false // where there is no memory
		}
		short := full > good || (e.crowded() || e.unsure) && n > 0
		return v.isNext(v.Result.Data) && (n == full || n < full && short)
	}
	switch {
	case v.Kind == Pipe && (v.q.gone || v.q.noW):
		return v.deliveredNothing()
	case v.Kind == TCP && e.finished:
		return v.deliveredNothing()
	case e.err != 0:
		return v.failsWith(e.err)
	case e.noRead:
		return v.deliveredNothing()
	}
	return v.failsWith(eAGAIN)
}

// isNext reports whether data are the next bytes of the stream.
func (v *view) isNext(data []byte) bool {
	for i := range v.e.queue {
		p := v.e.queue[i].data
		n := min(len(p), len(data))
		if !bytes.Equal(p[:n], data[:n]) {
			return false
		}
		data = data[n:]
	}
	return len(data) == 0
}

// mayCount judges a query.
func (v *view) mayCount() bool {
	if v.Kind == Pipe && v.e.noR {
		return v.failsWith(eBADF)
	}
	if !v.got(status.OK) || v.Result.Touched {
		return false
	}
	n := int(v.Result.N)
	switch v.Kind {
	case TCP:
		return n == v.e.bytes() || (v.e.crowded() || v.e.unsure) && n < v.e.bytes()
	case UnixDgram, UDP:
		for i := range v.e.queue {
			if n == len(v.e.queue[i].data) {
				return true
			}
			if !v.e.queue[i].maybe {
				return false
			}
		}
		return n == 0
	}
	return n == v.e.bytes()
}
