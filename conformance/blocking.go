package conformance

import (
	"fmt"

	"mx.example/conformance/trace"
)

// loops reports whether the call is one of a [BlockingProcess].
func loops(c *trace.Call) bool { return c.Op == trace.OpWriteAll || c.Op == trace.OpReadFull }

// moveAll makes a call that finishes a short one.
func (pl *plan) moveAll() (r trace.Result) {
	c := pl.call
	p, ok := pl.p.Process.(BlockingProcess)
	if !ok {
		return trace.Result{Unsupported: noCounterpart, Note: "the Process has no calls that block until all is moved: it is no BlockingProcess"}
	}
	size := c.Buf.Size
	if c.Op == trace.OpWriteAll {
		size = c.Buf.Data.Length()
	}
	if size > maxBuffer {
		return tooMuch(size)
	}
	buf := pl.room(int(size))
	clear(buf)
	until := deadline(c.Until)
	var n int
	var err error
	if c.Op == trace.OpWriteAll {
		put(buf, &c.Buf.Data)
		n, err = p.WriteAll(pl.h, buf, until)
	} else {
		n, err = p.ReadFull(pl.h, buf, until)
	}
	answer(&r, err)
	switch {
	case r.Unsupported != "":
		return r
	case n < 0 || uint64(n) > size:
		return broken(fmt.Sprintf("a %s of %d bytes says that it moved %d", c.Op, size, n))
	case c.Op == trace.OpWriteAll:
		r.N = uint64(n)
	default:
		r.N, r.Data = uint64(n), buf[:n]
	}
	notEarly(&r, until)
	return r
}
