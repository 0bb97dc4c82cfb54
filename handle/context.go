package handle

import (
	"context"
	"errors"
	"time"

	"mx.example/status"
)

// A ContextError is the error of a call that its context ended: of
// [Table.WaitOneContext] and those like it. errors.Is finds in it both the
// status and the cause. A call that ends as CANCELED because its handle is gone
// returns the bare status instead, so the two can be told apart.
type ContextError struct {
	// Status is TIMED_OUT if the deadline of the context passed, and CANCELED
	// if the context was canceled.
	Status status.Status
	// Cause is what [context.Cause] tells: context.Canceled or
	// context.DeadlineExceeded if nobody gave another.
	Cause error
}

// Ended returns err, the result of a call that only ctx could have timed out;
// if that is TIMED_OUT, it returns what the caller is told instead, a
// [*ContextError]. It is for the authors of objects.
func Ended(ctx context.Context, err error) error {
	if err != status.ErrTimedOut {
		return err
	}
	st := status.ErrCanceled
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		st = status.ErrTimedOut
	}
	return &ContextError{st, context.Cause(ctx)}
}

// Error returns the status and the cause.
func (e *ContextError) Error() string { return e.Status.Error() + ": " + e.Cause.Error() }

// Unwrap returns the cause.
func (e *ContextError) Unwrap() error { return e.Cause }

// Is reports whether target is the status, or the sentinel of package context
// that means the same, whatever the cause is. TIMED_OUT is os.ErrDeadlineExceeded
// too. CANCELED is not fs.ErrClosed here: the handle is as it was.
func (e *ContextError) Is(target error) bool {
	if e.Status == status.ErrTimedOut {
		return target == e.Status || target == context.DeadlineExceeded || e.Status.Is(target)
	}
	return target == e.Status || target == context.Canceled
}

// As gives the status to those that look for one.
func (e *ContextError) As(target any) bool {
	st, ok := target.(*status.Status)
	if ok {
		*st = e.Status
	}
	return ok
}

// Timeout reports whether the deadline of the context passed.
func (e *ContextError) Timeout() bool { return e.Status == status.ErrTimedOut }

// Temporary is as [status.Status.Temporary] has it of TIMED_OUT. With it a
// ContextError is a net.Error.
func (e *ContextError) Temporary() bool { return e.Timeout() }

// WaitOneContext is [Table.WaitOne] that ends when ctx does, instead of at a
// deadline. A ctx that has ended already polls.
//
// It neither starts a goroutine nor allocates, unless ctx does to make its Done
// channel, which the contexts of package context do once.
//
// It fails as WaitOne does, but a wait that ctx ended returns a [*ContextError]
// and what it had observed until then. A signal that came before counts, however
// close ctx was behind it: see the comment of the type waiter.
func (t *Table) WaitOneContext(ctx context.Context, h Handle, s Signals) (observed Signals, err error) {
	m := &manner{cancel: ctx.Done()}
	if t.Hooked() {
		return t.toldWaitOne(ctx, h, s, time.Time{}, m)
	}
	observed, err = t.waitOne(h, s, time.Time{}, m)
	return observed, Ended(ctx, err)
}

// WaitManyContext is to [Table.WaitMany] what [Table.WaitOneContext] is to
// WaitOne. It fills in Pending of every item also when ctx ended it.
func (t *Table) WaitManyContext(ctx context.Context, items []WaitItem) error {
	m := &manner{cancel: ctx.Done()}
	if t.Hooked() {
		return t.toldWaitMany(ctx, items, time.Time{}, m)
	}
	return Ended(ctx, t.waitMany(items, time.Time{}, m))
}

// WaitPortContext is to [Table.WaitPort] what [Table.WaitOneContext] is to
// WaitOne. A packet that is there already is delivered even if ctx has ended,
// and one that was handed to the wait is returned even if ctx ends before the
// goroutine runs: no packet is lost.
func (t *Table) WaitPortContext(ctx context.Context, h Handle) (Packet, error) {
	m := &manner{cancel: ctx.Done()}
	if t.Hooked() {
		return t.toldWaitPort(ctx, h, time.Time{}, m)
	}
	pk, err := t.waitPort(h, time.Time{}, m)
	return pk, Ended(ctx, err)
}
