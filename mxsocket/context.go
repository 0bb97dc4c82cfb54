package mxsocket

import (
	"context"
	"time"

	"mx.example/handle"
)

// WriteAllContext is [WriteAll] that gives up when ctx ends, instead of at a
// deadline. With a ctx that has ended already it writes what there is room for.
//
// It neither starts a goroutine nor allocates, unless ctx does to make its Done
// channel, which the contexts of package context do once.
//
// It fails as WriteAll does, but what ctx ended returns a
// [*handle.ContextError] in the place of TIMED_OUT. n is exact then, too: the
// first n bytes of p were taken, and no other will be. A call whose last byte was
// taken before returns success, however close ctx was behind it.
func WriteAllContext(ctx context.Context, t *handle.Table, h handle.Handle, p []byte) (n int, err error) {
	cancel := ctx.Done()
	e := t.Lookup(h)
	ep := usable(e, handle.RightWrite)
	if ep == nil {
		if t.Hooked() {
			return toldWriteAll(ctx, t, h, p, time.Time{})
		}
		return 0, refuse(t, e, handle.RightWrite)
	}
	n, err = ep.writeUntil(e, p, cancel)
	return n, handle.Ended(ctx, err)
}

// ReadFullContext is to [ReadFull] what [WriteAllContext] is to WriteAll. The n
// bytes that it read are consumed, and no other.
func ReadFullContext(ctx context.Context, t *handle.Table, h handle.Handle, p []byte) (n int, err error) {
	cancel := ctx.Done()
	e := t.Lookup(h)
	ep := usable(e, handle.RightRead)
	if ep == nil {
		if t.Hooked() {
			return toldReadFull(ctx, t, h, p, time.Time{})
		}
		return 0, refuse(t, e, handle.RightRead)
	}
	n, err = ep.readUntil(e, p, len(p), cancel)
	return n, handle.Ended(ctx, err)
}

// writeUntil is a WriteAll through e, which refers to ep, that ends as TIMED_OUT
// when cancel is closed, unless that is nil.
func (ep *endpoint) writeUntil(e *handle.Entry, p []byte, cancel <-chan struct{}) (int, error) {
	n, c, st := ep.startWrite(e, p, true)
	if c == nil {
		return n, st.Err()
	}
	return c.end(n, time.Time{}, cancel)
}

// readUntil is to reading what writeUntil is to writing. It is over when there
// are least bytes, or one datagram.
func (ep *endpoint) readUntil(e *handle.Entry, p []byte, least int, cancel <-chan struct{}) (int, error) {
	n, c, st := ep.startRead(e, p, least, true)
	if c == nil {
		return n, st.Err()
	}
	return c.end(n, time.Time{}, cancel)
}
