package mxsocket

import (
	"context"
	"time"

	"mx.example/handle"
)

// What follows are the calls on a table with a hook: each tells it, and makes
// the same call on the table behind. None of them is part of a call without.
// Those that do not keep the buffer of their caller give the hook a copy of it:
// otherwise the buffer could not be on the stack, also where there is no hook.

func toldCreate(t *handle.Table, options uint32, opts []Option) (a, b handle.Handle, err error) {
	c := t.NewCall(handle.OpCreate, handle.Invalid)
	defer c.End()
	args := createArgs{uint64(editionRules[t.Edition()].capacity)}
	for _, o := range opts {
		if o != nil {
			o(&args)
		}
	}
	c.Options, c.Capacity = options, args.capacity
	a, b, err = Create(c.Begin(), options, opts...)
	c.Out, c.Err = [2]handle.Handle{a, b}, err
	return a, b, err
}

func toldWrite(t *handle.Table, h handle.Handle, options uint32, p []byte) (int, error) {
	c := t.NewCall(handle.OpWrite, h)
	defer c.End()
	c.Options, c.Size = options, uint64(len(p))
	c.SetBuf(p)
	c.N, c.Err = Write(c.Begin(), h, options, p)
	return c.N, c.Err
}

func toldRead(t *handle.Table, h handle.Handle, options uint32, p []byte) (int, error) {
	c := t.NewCall(handle.OpRead, h)
	defer c.End()
	c.Options, c.Size = options, uint64(len(p))
	c.N, c.Err = Read(c.Begin(), h, options, p)
	c.SetBuf(p[:c.N])
	return c.N, c.Err
}

func toldRaw(op handle.Op, t *handle.Table, h handle.Handle, options uint32, addr uintptr, size uint64, actual *uint64) error {
	c := t.NewCall(op, h)
	defer c.End()
	c.Options, c.Addr, c.Size = options, addr, size
	if op == handle.OpWriteRaw {
		c.Err = WriteRaw(c.Begin(), h, options, addr, size, actual)
	} else {
		c.Err = ReadRaw(c.Begin(), h, options, addr, size, actual)
	}
	c.Counted = c.Err == nil && actual != nil && (op == handle.OpReadRaw || options == 0)
	if c.Counted {
		c.N = int(*actual)
	}
	return c.Err
}

func toldOutstanding(t *handle.Table, h handle.Handle) (int, error) {
	c := t.NewCall(handle.OpOutstanding, h)
	defer c.End()
	c.N, c.Err = Outstanding(c.Begin(), h)
	return c.N, c.Err
}

func toldDisposition(t *handle.Table, h handle.Handle, mine, peers Disposition) error {
	c := t.NewCall(handle.OpSetDisposition, h)
	defer c.End()
	c.Mine, c.Peers = uint32(mine), uint32(peers)
	c.Err = SetDisposition(c.Begin(), h, mine, peers)
	return c.Err
}

// noContext is the context of a call that ends at a deadline instead.
var noContext context.Context

func toldWriteAll(ctx context.Context, t *handle.Table, h handle.Handle, p []byte, deadline time.Time) (int, error) {
	c := t.NewCall(handle.OpWriteAll, h)
	defer c.End()
	c.Cancelable, c.Deadline, c.Buf, c.Size = ctx != nil, deadline, p, uint64(len(p))
	if t = c.Begin(); ctx != nil {
		c.N, c.Err = WriteAllContext(ctx, t, h, p)
	} else {
		c.N, c.Err = WriteAll(t, h, p, deadline)
	}
	return c.N, c.Err
}

func toldReadFull(ctx context.Context, t *handle.Table, h handle.Handle, p []byte, deadline time.Time) (int, error) {
	c := t.NewCall(handle.OpReadFull, h)
	defer c.End()
	c.Cancelable, c.Deadline, c.Size, c.Least = ctx != nil, deadline, uint64(len(p)), len(p)
	if t = c.Begin(); ctx != nil {
		c.N, c.Err = ReadFullContext(ctx, t, h, p)
	} else {
		c.N, c.Err = ReadFull(t, h, p, deadline)
	}
	c.Buf = p[:c.N]
	return c.N, c.Err
}

func (c *conn) toldWrite(p []byte) (int, error) {
	k := c.front.NewCall(handle.OpWriteAll, c.h)
	defer k.End()
	k.Buf, k.Size = p, uint64(len(p))
	k.Begin()
	k.N, k.Err = c.quietWrite(p)
	return k.N, k.Err
}

func (c *conn) toldRead(p []byte) (int, error) {
	k := c.front.NewCall(handle.OpReadFull, c.h)
	defer k.End()
	k.Size, k.Least = uint64(len(p)), min(1, len(p))
	k.Begin()
	k.N, k.Err = c.quietRead(p)
	k.Buf = p[:k.N]
	return k.N, k.Err
}

// consume takes the bytes p, which were peeked at. For hooks that is a Read.
func (c *conn) consume(ep *endpoint, p []byte) error {
	if !c.hooked() || len(p) == 0 {
		return ep.consumeUpTo(c.entry, len(p))
	}
	k := c.front.NewCall(handle.OpRead, c.h)
	defer k.End()
	k.Size = uint64(len(p))
	k.Begin()
	if k.Err = ep.consumeUpTo(c.entry, len(p)); k.Err == nil {
		k.N, k.Buf = len(p), p
	}
	return k.Err
}
