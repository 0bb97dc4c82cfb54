package handle

import (
	"context"
	"slices"
	"time"
)

// What follows are the calls of a table with a hook: each tells it, and makes
// the same call on the table behind. None of them is part of a call without.

func (t *Table) toldClose(h Handle) error {
	c := t.NewCall(OpClose, h)
	defer c.End()
	c.Err = c.Begin().Close(h)
	return c.Err
}

func (t *Table) toldDuplicate(h Handle, r Rights) (Handle, error) {
	c := t.NewCall(OpDuplicate, h)
	defer c.End()
	c.Rights = r
	c.Out[0], c.Err = c.Begin().Duplicate(h, r)
	return c.Out[0], c.Err
}

func (t *Table) toldReplace(h Handle, r Rights) (Handle, error) {
	c := t.NewCall(OpReplace, h)
	defer c.End()
	c.Rights = r
	c.Out[0], c.Err = c.Begin().Replace(h, r)
	return c.Out[0], c.Err
}

func (t *Table) toldTransfer(h Handle, dst *Table) (Handle, error) {
	c := t.NewCall(OpTransfer, h)
	defer c.End()
	c.To = dst
	c.Out[0], c.Err = c.Begin().Transfer(h, dst)
	return c.Out[0], c.Err
}

func (t *Table) toldInfo(h Handle) (Info, error) {
	c := t.NewCall(OpInfo, h)
	defer c.End()
	c.Info, c.Err = c.Begin().Info(h)
	return c.Info, c.Err
}

func (t *Table) toldGetInfo(h Handle, topic Topic) (any, error) {
	c := t.NewCall(OpGetInfo, h)
	defer c.End()
	c.Topic = topic
	c.Answer, c.Err = c.Begin().GetInfo(h, topic)
	return c.Answer, c.Err
}

func (t *Table) toldGetProperty(h Handle, p Property) (uint64, error) {
	c := t.NewCall(OpGetProperty, h)
	defer c.End()
	c.Property = p
	c.Value, c.Err = c.Begin().GetProperty(h, p)
	return c.Value, c.Err
}

func (t *Table) toldSetProperty(h Handle, p Property, value uint64) error {
	c := t.NewCall(OpSetProperty, h)
	defer c.End()
	c.Property, c.Value = p, value
	c.Err = c.Begin().SetProperty(h, p, value)
	return c.Err
}

func (t *Table) toldSignal(op Op, h Handle, clear, set Signals) error {
	c := t.NewCall(op, h)
	defer c.End()
	c.Clear, c.Set = clear, set
	if behind := c.Begin(); op == OpSignal {
		c.Err = behind.Signal(h, clear, set)
	} else {
		c.Err = behind.SignalPeer(h, clear, set)
	}
	return c.Err
}

// noContext is the context of a call that ends at a deadline instead.
var noContext context.Context

func (t *Table) toldWaitOne(ctx context.Context, h Handle, s Signals, deadline time.Time, m *manner) (Signals, error) {
	c := t.NewCall(OpWaitOne, h)
	defer c.End()
	c.WaitFor, c.Deadline, c.Cancelable = s, deadline, ctx != nil
	c.Observed, c.Err = c.Begin().waitOne(h, s, deadline, m)
	if ctx != nil {
		c.Err = Ended(ctx, c.Err)
	}
	return c.Observed, c.Err
}

func (t *Table) toldWaitMany(ctx context.Context, items []WaitItem, deadline time.Time, m *manner) error {
	c := t.NewCall(OpWaitMany, Invalid)
	defer c.End()
	c.Items, c.Deadline, c.Cancelable = slices.Clone(items), deadline, ctx != nil
	c.Err = c.Begin().waitMany(items, deadline, m)
	if ctx != nil {
		c.Err = Ended(ctx, c.Err)
	}
	copy(c.Items, items)
	return c.Err
}

func (t *Table) toldWaitPort(ctx context.Context, h Handle, deadline time.Time, m *manner) (Packet, error) {
	c := t.NewCall(OpWaitPort, h)
	defer c.End()
	c.Deadline, c.Cancelable = deadline, ctx != nil
	c.Packet, c.Err = c.Begin().waitPort(h, deadline, m)
	if ctx != nil {
		c.Err = Ended(ctx, c.Err)
	}
	return c.Packet, c.Err
}

func (t *Table) toldNewEvent() (Handle, error) {
	c := t.NewCall(OpNewEvent, Invalid)
	defer c.End()
	c.Out[0], c.Err = NewEvent(c.Begin())
	return c.Out[0], c.Err
}

func (t *Table) toldNewPort(options uint32) (Handle, error) {
	c := t.NewCall(OpNewPort, Invalid)
	defer c.End()
	c.Options = options
	c.Out[0], c.Err = NewPort(c.Begin(), options)
	return c.Out[0], c.Err
}

func (t *Table) toldQueuePacket(h Handle, pk *Packet) error {
	c := t.NewCall(OpQueuePacket, h)
	defer c.End()
	c.Key, c.Packet = pk.Key, *pk
	c.Err = c.Begin().QueuePacket(h, pk)
	return c.Err
}

func (t *Table) toldWaitAsync(h, port Handle, key uint64, s Signals, options uint32) error {
	c := t.NewCall(OpWaitAsync, h)
	defer c.End()
	c.Second, c.Key, c.WaitFor, c.Options = port, key, s, options
	c.Err = c.Begin().WaitAsync(h, port, key, s, options)
	return c.Err
}

func (t *Table) toldCancelAsync(h, port Handle, key uint64) error {
	c := t.NewCall(OpCancelAsync, port)
	defer c.End()
	c.Second, c.Key = h, key
	c.Err = c.Begin().CancelAsync(h, port, key)
	return c.Err
}

func (t *Table) toldCancelKey(port Handle, options uint32, key uint64) error {
	c := t.NewCall(OpCancelKey, port)
	defer c.End()
	c.Options, c.Key = options, key
	c.Err = c.Begin().CancelKey(port, options, key)
	return c.Err
}
