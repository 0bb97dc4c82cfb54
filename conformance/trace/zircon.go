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

// disposition reads what follows mine= or peer=.
func (t token) disposition() uint32 {
	for i, name := range dispositions {
		if t.text == name {
			return uint32(i)
		}
	}
	return uint32(t.number("a disposition ("+strings.Join(dispositions[:], ", ")+" or a number)", math.MaxUint32))
}

const propertyForm = "a property (RX_THRESHOLD, TX_THRESHOLD or a number)"

func (t token) property() handle.Property {
	for _, n := range propertyNames {
		if n.name == t.text {
			return n.property
		}
	}
	return handle.Property(t.number(propertyForm, math.MaxUint32))
}

const modeForm = "stream, datagram or options=N"

// mode reads the options of a create.
func (t token) mode() uint32 {
	switch value, ok := strings.CutPrefix(t.text, "options="); {
	case ok:
		return uint32(t.from(len(t.text)-len(value)).number("options", math.MaxUint32))
	case t.text == "datagram":
		return optDatagram
	case t.text != "stream":
		t.fail("unexpected %s; expected %s", t.shown(), modeForm)
	}
	return optStream
}

func appendMode(b []byte, options uint32) []byte {
	switch options {
	case optStream:
		return append(b, "stream"...)
	case optDatagram:
		return append(b, "datagram"...)
	}
	return appendUint(b, "options=", uint64(options))
}

// socketInfo reads the answer of an OpSocketInfo.
func (p *parser) socketInfo(w *words) SocketInfo {
	s := SocketInfo{Options: w.next(modeForm).mode()}
	var known []setting
	for _, f := range s.fields() {
		known = append(known, setting{key: f.name + "=", need: true,
			read: func(t token) { *f.value = t.number("a number of bytes", math.MaxUint64) }})
	}
	w.settings(known)
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
	b = appendMode(b, s.Options)
	for _, f := range s.fields() {
		b = appendUint(append(append(b, ' '), f.name...), "=", *f.value)
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
