package handle

import (
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"strings"
)

// String tells which table it is and how full, such as
//
//	table gen (manual): 2 of 262144 handles
//
// A table without a name has its number: the first that the program made is 1.
// As all that prints a table, it may be called at any time, and shows nothing of
// what is inside.
func (t *Table) String() string {
	switch {
	case t == nil:
		return "nil table"
	case t.rules == nil:
		return "zero table"
	}
	b := make([]byte, 0, 64)
	if t.name != "" {
		b = append(b, "table "...)
	}
	b = append(t.appendLabel(b), " ("...)
	b = append(append(b, t.edition.String()...), "): "...)
	b = append(strconv.AppendInt(b, int64(t.count()), 10), " of "...)
	b = append(strconv.AppendInt(b, int64(t.real().limit), 10), " handles"...)
	return string(b)
}

// count is how many handles are in the table.
func (t *Table) count() int {
	t = t.real()
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.live
}

// Format prints what [Table.String] returns, whatever the verb and its flags:
// otherwise %+v and %#v would read all that is inside without its locks.
func (t *Table) Format(s fmt.State, verb rune) {
	_, _ = io.WriteString(s, t.String())
}

// LogValue is the name, or without one the number, the edition, and how many
// handles there are.
func (t *Table) LogValue() slog.Value {
	if t == nil || t.rules == nil {
		return slog.StringValue(t.String())
	}
	who := slog.Uint64("number", t.number)
	if t.name != "" {
		who = slog.String("name", t.name)
	}
	return slog.GroupValue(who, slog.String("edition", t.edition.String()), slog.Int("handles", t.count()))
}

// packetTypeNames has every type of packet, each at its own index.
var packetTypeNames = [...]string{
	PacketUser:      "USER",
	PacketSignalOne: "SIGNAL_ONE",
	PacketSignalRep: "SIGNAL_REP",
}

// String gives "USER", "SIGNAL_ONE" or "SIGNAL_REP", and the bare number for a
// type that has no name.
func (p PacketType) String() string {
	if int64(p) < int64(len(packetTypeNames)) {
		return packetTypeNames[p]
	}
	return strconv.FormatUint(uint64(p), 10)
}

// String tells the key, the type and the status, and then what counts for the
// type: the user bytes in hexadecimal without the zeros at their end, or the
// signals.
func (p Packet) String() string {
	b := make([]byte, 0, 96)
	b = strconv.AppendUint(append(b, "key "...), p.Key, 10)
	b = append(append(b, ' '), p.Type.String()...)
	b = append(append(b, ' '), p.Status.Bare()...)
	if p.Type == PacketUser {
		text := strings.TrimRight(string(p.User[:]), "\x00")
		return string(fmt.Appendf(b, " user %x", text))
	}
	return string(append(append(b, ' '), p.Signal.String()...))
}

// String tells the signals asked for and those observed, the count, and the time
// if there is one.
func (s SignalPacket) String() string {
	b := make([]byte, 0, 64)
	b = append(append(b, "trigger "...), s.Trigger.String()...)
	b = append(append(b, " observed "...), s.Observed.String()...)
	b = strconv.AppendUint(append(b, " count "...), s.Count, 10)
	if s.Timestamp != 0 {
		b = append(strconv.AppendInt(append(b, " at "...), s.Timestamp, 10), "ns"...)
	}
	return string(b)
}

// String tells the type, the koid, the peer's koid if there is one, and the
// rights.
func (i Info) String() string {
	b := make([]byte, 0, 64)
	b = append(append(b, i.Type.String()...), " koid "...)
	b = strconv.AppendUint(b, uint64(i.Koid), 10)
	if i.RelatedKoid != 0 {
		b = strconv.AppendUint(append(b, " peer "...), uint64(i.RelatedKoid), 10)
	}
	b = append(append(b, " rights "...), i.Rights.String()...)
	if !i.Waitable {
		b = append(b, " not waitable"...)
	}
	return string(b)
}

// String tells the handle, the signals asked for and those observed.
func (w WaitItem) String() string {
	b := appendHandle(make([]byte, 0, 64), w.Handle)
	b = append(append(b, " for "...), w.WaitFor.String()...)
	b = append(append(b, " pending "...), w.Pending.String()...)
	return string(b)
}

// appendHandle appends a handle value as dumps show it.
func appendHandle(b []byte, h Handle) []byte {
	return strconv.AppendUint(append(b, "0x"...), uint64(h), 16)
}

// LogValue is what [Rights.String] returns.
func (r Rights) LogValue() slog.Value { return slog.StringValue(r.String()) }

// LogValue is what [Signals.String] returns.
func (s Signals) LogValue() slog.Value { return slog.StringValue(s.String()) }

// LogValue is what [PacketType.String] returns.
func (p PacketType) LogValue() slog.Value { return slog.StringValue(p.String()) }

// LogValue has an attribute for each field that counts.
func (i Info) LogValue() slog.Value {
	attrs := []slog.Attr{
		slog.String("type", i.Type.String()),
		slog.Uint64("koid", uint64(i.Koid)),
		slog.Any("rights", i.Rights),
		slog.Bool("waitable", i.Waitable),
	}
	if i.RelatedKoid != 0 {
		attrs = append(attrs, slog.Uint64("peer", uint64(i.RelatedKoid)))
	}
	return slog.GroupValue(attrs...)
}

// LogValue has an attribute for each field.
func (w WaitItem) LogValue() slog.Value {
	return slog.GroupValue(
		slog.String("handle", string(appendHandle(nil, w.Handle))),
		slog.Any("for", w.WaitFor),
		slog.Any("pending", w.Pending),
	)
}

// LogValue has an attribute for each field that counts for the type.
func (p Packet) LogValue() slog.Value {
	attrs := []slog.Attr{
		slog.Uint64("key", p.Key),
		slog.Any("type", p.Type),
		slog.String("status", p.Status.Bare()),
	}
	if p.Type == PacketUser {
		text := strings.TrimRight(string(p.User[:]), "\x00")
		return slog.GroupValue(append(attrs, slog.String("user", fmt.Sprintf("%x", text)))...)
	}
	return slog.GroupValue(append(attrs,
		slog.Any("trigger", p.Signal.Trigger),
		slog.Any("observed", p.Signal.Observed),
		slog.Uint64("count", p.Signal.Count))...)
}
