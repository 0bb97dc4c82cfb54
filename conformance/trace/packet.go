package trace

import (
	"bytes"
	"math"
	"strconv"

	"mx.example/handle"
	"mx.example/status"
)

// This file has the words of ports: what is queued, and what is taken out.

// A PacketWant is what is wanted of the packet that an OpPortWait takes. Every
// field counts that a packet of the type has.
type PacketWant struct {
	Type   handle.PacketType
	Key    uint64
	Status status.Status

	User [32]byte // of every type but the two below

	// Of a packet SIGNAL_ONE or SIGNAL_REP.
	Trigger  handle.Signals
	Observed SignalWant
	Count    uint64
	Stamped  bool // it says when it was made
	Order    Order
}

// An Order is what is wanted of the time in a packet that is stamped, beside the
// one in the packet that was stamped and taken before it.
type Order uint8

const (
	AnyTime Order = iota
	Later         // it was made after that one
	Earlier       // it was made before
)

// orders are the words for a packet that is stamped.
var orders = [...]string{AnyTime: "stamped", Later: "later", Earlier: "earlier"}

// Accepts reports whether a packet with the time now is in the order beside one
// with the time before.
func (o Order) Accepts(before, now int64) bool {
	return o == AnyTime || (o == Later) == (now > before) && now != before
}

// signaled reports whether a packet of type t tells of signals.
func signaled(t handle.PacketType) bool {
	return t == handle.PacketSignalOne || t == handle.PacketSignalRep
}

// packetExactly is the answer that allows p and nothing else.
func packetExactly(p *handle.Packet) *PacketWant {
	if p == nil { // a backend that says OK and gives none
		return &PacketWant{}
	}
	w := &PacketWant{Type: p.Type, Key: p.Key, Status: p.Status}
	if !signaled(p.Type) {
		w.User = p.User
		return w
	}
	w.Trigger, w.Observed = p.Signal.Trigger, signalsExactly(p.Signal.Observed)
	w.Count, w.Stamped = p.Signal.Count, p.Signal.Timestamp != 0
	return w
}

func (w *PacketWant) matches(p *handle.Packet) bool {
	if p == nil || p.Type != w.Type || p.Key != w.Key || p.Status != w.Status {
		return false
	}
	if !signaled(p.Type) {
		return p.User == w.User
	}
	s := &p.Signal
	return s.Trigger == w.Trigger && w.Observed.Matches(s.Observed) &&
		s.Count == w.Count && (s.Timestamp != 0) == w.Stamped
}

// packetTypes are the words for types of packets, by their numbers.
var packetTypes = [...]string{
	handle.PacketUser:      "user",
	handle.PacketSignalOne: "one",
	handle.PacketSignalRep: "rep",
}

func (w *PacketWant) append(b []byte) []byte {
	if int(w.Type) < len(packetTypes) {
		b = append(b, packetTypes[w.Type]...)
	} else {
		b = strconv.AppendUint(b, uint64(w.Type), 10)
	}
	b = appendUint(b, " key=", w.Key)
	if w.Status != status.OK {
		b = appendSetting(b, "status", w.Status.Bare())
	}
	if !signaled(w.Type) {
		if w.User != [32]byte{} {
			b = appendUser(append(b, " user="...), &w.User)
		}
		return b
	}
	b = appendSetting(b, "trigger", w.Trigger.String())
	b = append(w.Observed.append(append(b, " observed=("...)), ')')
	if w.Count != 1 {
		b = appendUint(b, " count=", w.Count)
	}
	if w.Stamped {
		b = append(append(b, ' '), orders[w.Order]...)
	}
	return b
}

// appendUser writes the bytes of a user packet, but for the zeros at the end.
func appendUser(b []byte, user *[32]byte) []byte {
	return DataOf(bytes.TrimRight(user[:], "\x00")).append(b)
}

// packet reads what an OpPortWait takes.
func (p *parser) packet(w *words) *PacketWant {
	t := w.next("the type of a packet: user, one or rep")
	want := &PacketWant{Type: handle.PacketType(len(packetTypes))}
	for typ, name := range packetTypes {
		if t.text == name {
			want.Type = handle.PacketType(typ)
		}
	}
	if int(want.Type) == len(packetTypes) {
		if want.Type = handle.PacketType(t.number("a type of packet: user, one, rep", math.MaxUint32)); int(want.Type) < len(packetTypes) {
			t.fail("the type has a name; expected %s", packetTypes[want.Type])
		}
	}
	known := []setting{
		{key: "key=", need: true, read: func(t token) { want.Key = t.number("a key", math.MaxUint64) }},
		{key: "status=", read: func(t token) { want.Status = t.status() }},
	}
	if !signaled(want.Type) {
		w.settings(append(known, setting{key: "user=", read: func(t token) { want.User = t.user() }}))
		return want
	}
	want.Count = 1
	for o, word := range orders {
		known = append(known, setting{key: word, read: func(t token) {
			if want.Stamped {
				t.fail("unexpected %s; expected one of stamped, later and earlier", t.shown())
			}
			want.Stamped, want.Order = true, Order(o)
		}})
	}
	w.settings(append(known,
		setting{key: "trigger=", need: true, read: func(t token) { want.Trigger = t.signals() }},
		setting{key: "observed=", need: true, read: func(t token) { want.Observed = t.parenthesized() }},
		setting{key: "count=", read: func(t token) { want.Count = t.number("a count", math.MaxUint64) }},
	))
	return want
}

// parenthesized reads a STATE in parentheses.
func (t token) parenthesized() SignalWant {
	n := len(t.text)
	if n < 2 || t.text[0] != '(' || t.text[n-1] != ')' {
		t.fail("%s is no state in parentheses; expected one such as (READABLE ...) or (none)", t.shown())
	}
	inner := t.from(1).to(n - 2)
	return (&words{lex(inner.text, inner.col), inner.col + len(inner.text)}).state()
}

// user reads the bytes of a user packet. Those that are not said are 0.
func (t token) user() (user [32]byte) {
	data, rest := t.data()
	if rest.text != "" {
		rest.fail("unexpected %s; expected the end of the data", rest.shown())
	}
	if n := data.Length(); n > uint64(len(user)) {
		t.fail("%d bytes are too many; expected at most %d", n, len(user))
	}
	copy(user[:], data.Bytes())
	return user
}
