package trace

import (
	"math"
	"strconv"
	"strings"

	"mx.example/handle"
)

// This file reads and prints the calls that only zircon has.

// dispositions are the words for those of an endpoint, each at its number.
var dispositions = [...]string{"none", "disabled", "enabled"}

// propertyNames are the properties that have a name.
var propertyNames = []struct {
	property handle.Property
	name     string
}{
	{handle.SocketRxThreshold, "RX_THRESHOLD"},
	{handle.SocketTxThreshold, "TX_THRESHOLD"},
}

func (p *parser) setDisposition(w *words, c *Call) {
	c.H = p.ref(w)
	p.settings(w, settings{
		"mine=": func(t token) { c.Mine = t.disposition() },
		"peer=": func(t token) { c.Peers = t.disposition() },
	})
}

// disposition reads what follows mine= or peer=.
func (t token) disposition() uint32 {
	for i, name := range dispositions {
		if t.text == name {
			return uint32(i)
		}
	}
	return uint32(t.number("a disposition ("+strings.Join(dispositions[:], ", ")+" or a number)", math.MaxUint32))
}

// property reads the handle and the property of the calls on those.
func (p *parser) property(w *words, c *Call) {
	const what = "a property (RX_THRESHOLD, TX_THRESHOLD or a number)"
	c.H = p.ref(w)
	t := w.next(what)
	for _, n := range propertyNames {
		if n.name == t.text {
			c.Property = n.property
			return
		}
	}
	c.Property = handle.Property(t.number(what, math.MaxUint32))
}

// socketInfo reads the answer of an OpSocketInfo.
func (p *parser) socketInfo(w *words) SocketInfo {
	var s SocketInfo
	t := w.next("stream, datagram or options=N")
	switch value, ok := strings.CutPrefix(t.text, "options="); {
	case ok:
		s.Options = uint32(t.from(len(t.text)-len(value)).number("options", math.MaxUint32))
	case t.text == "datagram":
		s.Options = optDatagram
	case t.text != "stream":
		t.fail("unexpected %s; expected stream, datagram or options=N", t.shown())
	}
	known := make(settings)
	var keys []string
	for _, f := range s.fields() {
		keys = append(keys, f.name+"=")
		known[f.name+"="] = func(t token) { *f.value = t.number("a number of bytes", math.MaxUint64) }
	}
	w.need(p.settings(w, known), keys...)
	return s
}

// A field is a number of a SocketInfo.
type field struct {
	name  string
	value *uint64
}

// fields are the numbers, in the order in which they are printed.
func (s *SocketInfo) fields() [5]field {
	return [...]field{
		{"rx_buf_max", &s.RxBufMax},
		{"rx_buf_size", &s.RxBufSize},
		{"rx_buf_available", &s.RxBufAvailable},
		{"tx_buf_max", &s.TxBufMax},
		{"tx_buf_size", &s.TxBufSize},
	}
}

func (s *SocketInfo) append(b []byte) []byte {
	switch s.Options {
	case optStream:
		b = append(b, "stream"...)
	case optDatagram:
		b = append(b, "datagram"...)
	default:
		b = appendUint(b, "options=", uint64(s.Options))
	}
	for _, f := range s.fields() {
		b = appendUint(append(append(b, ' '), f.name...), "=", *f.value)
	}
	return b
}

// appendZircon writes what follows the word of the call.
func (c *Call) appendZircon(b []byte) []byte {
	b = c.H.append(append(b, ' '))
	switch c.Op {
	case OpSetDisposition:
		b = appendSetting(b, "mine", dispositionText(c.Mine))
		b = appendSetting(b, "peer", dispositionText(c.Peers))
	case OpGetProperty, OpSetProperty:
		b = append(append(b, ' '), propertyText(c.Property)...)
		if c.Op == OpSetProperty {
			b = appendUint(b, " value=", c.Value)
		}
	}
	return b
}

func dispositionText(d uint32) string {
	if d < uint32(len(dispositions)) {
		return dispositions[d]
	}
	return strconv.FormatUint(uint64(d), 10)
}

func propertyText(p handle.Property) string {
	for _, n := range propertyNames {
		if n.property == p {
			return n.name
		}
	}
	return strconv.FormatUint(uint64(p), 10)
}
