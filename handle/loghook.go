package handle

import (
	"context"
	"errors"
	"log/slog"
	"strconv"

	"mx.example/status"
)

// LogHook returns a [Hook] that logs every call, when it returns, as one record
// of the level: the message is the name of the call, and the attributes are what
// it was given and what became of it, handles by the names that [SetName] gave
// their objects. A call that fails is logged at the same level; SHOULD_WAIT is no
// error. Where l is not enabled for the level, a call costs little more than
// without this hook.
func LogHook(l *slog.Logger, level slog.Level) Hook { return &logHook{l, level} }

type logHook struct {
	log   *slog.Logger
	level slog.Level
}

// Before implements [Hook].
func (*logHook) Before(*Call) {}

// After implements [Hook].
func (l *logHook) After(c *Call) {
	ctx := context.Background()
	if !l.log.Enabled(ctx, l.level) {
		return
	}
	attrs := make([]slog.Attr, 0, 10)
	attrs = append(attrs, slog.Uint64("goroutine", c.Goroutine()))
	if c.Handle != Invalid || c.Op == OpClose {
		attrs = append(attrs, slog.String("handle", c.HandleName(c.Handle)))
	}
	attrs = append(c.given(attrs), slog.Duration("took", c.EndedAt.Sub(c.BeganAt)))
	if c.Err != nil {
		var st status.Status
		if errors.As(c.Err, &st) && c.Err == st.Err() {
			attrs = append(attrs, slog.String("status", st.String()))
		} else {
			attrs = append(attrs, slog.Any("status", c.Err))
		}
	} else {
		attrs = append(attrs, slog.String("status", "OK"))
		attrs = c.made(attrs)
	}
	l.log.LogAttrs(ctx, l.level, c.Op.String(), attrs...)
}

// given appends what the call was given, but for the handle that it was made on.
func (c *Call) given(attrs []slog.Attr) []slog.Attr {
	switch c.Op {
	case OpWrite, OpRead, OpWriteRaw, OpReadRaw, OpWriteAll, OpReadFull:
		attrs = append(attrs, slog.Uint64("size", c.Size), slog.Int("n", c.N))
	case OpOutstanding:
		attrs = append(attrs, slog.Int("n", c.N))
	case OpCreate:
		attrs = append(attrs, slog.Uint64("capacity", c.Capacity))
	case OpDuplicate, OpReplace:
		attrs = append(attrs, slog.String("rights", c.Rights.String()))
	case OpSignal, OpSignalPeer:
		attrs = append(attrs, slog.String("clear", c.Clear.String()), slog.String("set", c.Set.String()))
	case OpWaitOne:
		attrs = append(attrs, slog.String("for", c.WaitFor.String()), slog.String("observed", c.Observed.String()))
	case OpWaitMany:
		for i := range c.Items {
			it := &c.Items[i]
			attrs = append(attrs, slog.Group(c.HandleName(it.Handle),
				slog.String("for", it.WaitFor.String()), slog.String("observed", it.Pending.String())))
		}
	case OpWaitAsync:
		attrs = append(attrs, slog.String("port", c.HandleName(c.Second)), slog.Uint64("key", c.Key), slog.String("for", c.WaitFor.String()))
	case OpCancelAsync:
		attrs = append(attrs, slog.String("source", c.HandleName(c.Second)), slog.Uint64("key", c.Key))
	case OpQueuePacket, OpCancelKey:
		attrs = append(attrs, slog.Uint64("key", c.Key))
	case OpSetDisposition:
		attrs = append(attrs, slog.Uint64("mine", uint64(c.Mine)), slog.Uint64("peers", uint64(c.Peers)))
	case OpGetProperty, OpSetProperty:
		attrs = append(attrs, slog.Uint64("property", uint64(c.Property)), slog.Uint64("value", c.Value))
	}
	if c.Options != 0 {
		attrs = append(attrs, slog.Uint64("options", uint64(c.Options)))
	}
	return attrs
}

// made appends what a call that succeeded has made or taken.
func (c *Call) made(attrs []slog.Attr) []slog.Attr {
	switch c.Op {
	case OpCreate:
		return append(attrs, slog.String("a", c.HandleName(c.Out[0])), slog.String("b", c.HandleName(c.Out[1])))
	case OpNewEvent, OpNewPort, OpDuplicate, OpReplace, OpTransfer:
		return append(attrs, slog.String("made", "0x"+strconv.FormatUint(uint64(c.Out[0]), 16)))
	case OpWaitPort:
		return append(attrs, slog.Uint64("key", c.Packet.Key), slog.Uint64("type", uint64(c.Packet.Type)))
	}
	return attrs
}
