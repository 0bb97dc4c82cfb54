package conformance

import (
	"fmt"

	"mx.example/conformance/internal/guardpage"
	"mx.example/conformance/trace"
	"mx.example/status"
)

// untouched is what the word for the actual count holds before a raw call. It
// is no count that a call could give: it is above every size.
const untouched = 0xa5a5a5a5_a5a5a5a5

// fill is what room for a raw read holds before the call.
const fill = 0xee

// writeRaw makes a write that no slice can express.
func (pl *plan) writeRaw() (r trace.Result) {
	c := pl.call
	good := uint64(0)
	if c.Buf.Kind != trace.Null {
		if good = c.Buf.Data.Length(); good > maxBuffer {
			return tooMuch(good)
		}
	}
	if pl.p.memory != nil {
		return pl.elsewhere(pl.p.memory.WriteMemory(pl.h, c.Options, &c.Buf, c.Actual))
	}
	if pl.p.raw == nil {
		if c.Buf.Kind == trace.Null && c.Buf.Size == 0 && c.Actual == trace.ActualGood {
			// A null buffer of size 0 is an empty slice.
			n, err := pl.p.Write(pl.h, c.Options, nil)
			count(&r, n, err)
			return r
		}
		return notRaw()
	}
	mem, err := guardpage.Get(int(good))
	if err != nil {
		return noMemory(err)
	}
	defer mem.Put()
	addr, size := pl.argument(mem, good)
	if c.Buf.Kind != trace.Null {
		put(mem.Bytes(int(good)), &c.Buf.Data)
	}
	actual := pl.actual(mem)
	err = pl.p.raw.WriteRaw(pl.h, c.Options, addr, size, actual)
	pl.actualCount(&r, mem, err)
	if r.N > size {
		return broken(fmt.Sprintf("a write of %d bytes says that it took %d", size, r.N))
	}
	return r
}

// readRaw makes a read that no slice can express.
func (pl *plan) readRaw() (r trace.Result) {
	c := pl.call
	good := uint64(0)
	if c.Buf.Kind != trace.Null {
		if good = c.Buf.Size; good > maxBuffer {
			return tooMuch(good)
		}
	}
	if pl.p.memory != nil {
		return pl.elsewhere(pl.p.memory.ReadMemory(pl.h, c.Options, &c.Buf, c.Actual))
	}
	if pl.p.raw == nil {
		if isQuery(c) && c.Actual == trace.ActualGood {
			var n int
			var err error
			if pl.p.query && c.Options == 0 {
				n, err = pl.p.Outstanding(pl.h)
			} else {
				n, err = pl.p.Read(pl.h, c.Options, nil)
			}
			count(&r, n, err)
			return r
		}
		return notRaw()
	}
	mem, err := guardpage.Get(int(good))
	if err != nil {
		return noMemory(err)
	}
	defer mem.Put()
	room := mem.Bytes(int(good))
	for i := range room {
		room[i] = fill
	}
	addr, size := pl.argument(mem, good)
	err = pl.p.raw.ReadRaw(pl.h, c.Options, addr, size, pl.actual(mem))
	pl.actualCount(&r, mem, err)
	if !r.OK() || isQuery(c) {
		return r
	}
	// Without a count the whole room is what there is to look at: see
	// [Machine.Matches].
	n := good
	if c.Actual == trace.ActualGood {
		if n = r.N; n > good {
			return broken(fmt.Sprintf("a read with %d bytes that can be written says that it delivered %d", good, n))
		}
	}
	pl.buf = append(pl.buf[:0], room[:n]...)
	r.Data = pl.buf
	return r
}

// elsewhere is the outcome of a raw call on memory that the Process has made.
func (pl *plan) elsewhere(m MemoryResult, err error) (r trace.Result) {
	c := pl.call
	answer(&r, err)
	switch {
	case r.Unsupported != "":
		return r
	case r.Status != status.OK:
		r.Touched = m.Touched
		return r
	}
	size := c.Buf.Size + c.Buf.Bad
	if c.Op == trace.OpWrite && c.Buf.Kind != trace.Null {
		size = c.Buf.Data.Length() + c.Buf.Bad
	}
	switch {
	case c.Actual == trace.ActualGood && m.N > size && !isQuery(c):
		return broken(fmt.Sprintf("a %s of %d bytes says that it moved %d", c.Op, size, m.N))
	case c.Op == trace.OpWrite || isQuery(c):
		r.N = m.N
	case c.Actual == trace.ActualGood && uint64(len(m.Data)) != m.N:
		return broken(fmt.Sprintf("a read says that it delivered %d bytes and has %d", m.N, len(m.Data)))
	default:
		r.N, r.Data = m.N, m.Data
	}
	return r
}

// isQuery reports whether a read has a null buffer and size 0: it is answered
// with a count, be it a query or not (R-QUERY).
func isQuery(c *trace.Call) bool { return c.Buf.Kind == trace.Null && c.Buf.Size == 0 }

// argument returns the address and the size that the call passes.
func (pl *plan) argument(mem *guardpage.Region, good uint64) (addr uintptr, size uint64) {
	switch b := &pl.call.Buf; b.Kind {
	case trace.Null:
		return 0, b.Size
	case trace.Faulty:
		return mem.Addr(int(good)), good + b.Bad
	default:
		return mem.Addr(int(good)), good
	}
}

// actual returns the pointer to the count that the call passes.
func (pl *plan) actual(mem *guardpage.Region) *uint64 {
	mem.Actual = untouched
	switch pl.call.Actual {
	case trace.ActualNull:
		return nil
	case trace.ActualBad:
		return mem.BadWord()
	}
	return &mem.Actual
}

// actualCount puts the outcome of a raw call into r.
func (pl *plan) actualCount(r *trace.Result, mem *guardpage.Region, err error) {
	answer(r, err)
	switch {
	case r.Unsupported != "":
	case r.Status != status.OK:
		r.Touched = mem.Actual != untouched
	case pl.call.Op == trace.OpWrite && pl.call.Options != 0:
		if mem.Actual != untouched {
			*r = broken("a half close stored a count") // W-ACTUAL
		}
	case pl.call.Actual != trace.ActualGood:
	case mem.Actual == untouched:
		*r = broken("the call succeeded and did not store the actual count")
	default:
		r.N = mem.Actual
	}
}

func notRaw() trace.Result {
	return trace.Result{Unsupported: noCounterpart,
		Note: "the Process takes slices only: it is no RawProcess"}
}

func noMemory(err error) trace.Result {
	return trace.Result{Unsupported: noCounterpart, Note: err.Error()}
}
