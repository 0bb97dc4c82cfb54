package mxsocket

import (
	"errors"
	"io"
	"sync"
	"syscall"

	"mx.example/handle"
	"mx.example/status"
)

// copyBuffers are for ReadFrom and WriteTo, which take one each.
var copyBuffers = sync.Pool{New: func() any { return new([copyBuffer]byte) }}

const copyBuffer = 64 << 10

// ReadFrom writes to the Conn what it reads from r, until r is at its end, and
// returns how many bytes were written. On a datagram socket each Read of r
// makes a datagram, which is at most 64 KiB and at most the capacity. What a
// Write that failed did not take is lost. It allocates nothing.
func (c *Conn) ReadFrom(r io.Reader) (n int64, err error) {
	if !c.made() {
		return 0, syscall.EINVAL
	}
	buf := copyBuffers.Get().(*[copyBuffer]byte)
	defer copyBuffers.Put(buf)
	p := buf[:]
	if c.ep != nil && c.ep.pair.datagram {
		p = p[:min(len(p), int(c.ep.pair.capacity))]
	}
	for {
		k, rerr := r.Read(p)
		if k < 0 || k > len(p) {
			return n, errGave
		}
		if k > 0 {
			k, err := c.write(p[:k])
			n += int64(k)
			if err != nil {
				return n, c.fail("readfrom", err)
			}
		}
		if rerr != nil {
			if rerr == io.EOF {
				rerr = nil
			}
			return n, rerr
		}
	}
}

// The errors of a Writer and of a Reader that say what cannot be.
var (
	errTook = errors.New("mxsocket: Conn.WriteTo: the Writer took more bytes than it was given, or less than none")
	errGave = errors.New("mxsocket: Conn.ReadFrom: the Reader gave more bytes than it had room for, or less than none")
)

// WriteTo writes to w what it reads from the Conn, until there is nothing left
// and nothing will come, and returns how many bytes w took. Each datagram is
// one Write. The read deadline holds between one Write and the next.
//
// Bytes are taken from the socket only after w took them: those that a Write
// did not take stay readable, in order. What is left of a datagram then is a
// datagram. Reads on the Conn wait meanwhile; but do not read the endpoint
// through another handle at the same time, or bytes may be given to both or
// get lost. It allocates nothing, unless there is a datagram above 64 KiB.
func (c *Conn) WriteTo(w io.Writer) (n int64, err error) {
	if !c.made() {
		return 0, syscall.EINVAL
	}
	ep := usable(c.entry, handle.RightRead)
	if ep == nil {
		return 0, c.fail("writeto", refuse(c.t, c.entry, handle.RightRead))
	}
	if !c.turn.take(c.reading.expired()) {
		return 0, c.fail("writeto", status.ErrTimedOut)
	}
	defer c.turn.give()
	buf := copyBuffers.Get().(*[copyBuffer]byte)
	defer copyBuffers.Put(buf)
	p := buf[:]
	for {
		expired := c.reading.expired()
		if isClosed(expired) {
			return n, c.fail("writeto", status.ErrTimedOut)
		}
		k, next, err := ep.awaitPeek(c.entry, p, expired)
		if err != nil {
			if c.ended(err) {
				return n, nil
			}
			return n, c.fail("writeto", err)
		}
		if ep.pair.datagram && next > k {
			p = make([]byte, next)
			continue
		}
		took, werr := w.Write(p[:k])
		if took < 0 || took > k {
			return n, errTook
		}
		n += int64(took)
		err = c.consume(ep, p[:took])
		switch {
		case werr != nil:
			return n, werr
		case took < k:
			return n, io.ErrShortWrite
		case err != nil:
			return n, c.fail("writeto", err)
		}
	}
}
