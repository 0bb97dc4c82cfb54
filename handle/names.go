package handle

import (
	"fmt"
	"math/bits"
	"strconv"
	"strings"

	"mx.example/status/near"
)

// A bitName is the name of one bit of a set.
type bitName struct {
	bit  uint32
	name string
}

// rightNames is ordered by bit, which is the order that String prints in.
var rightNames = []bitName{
	{uint32(RightDuplicate), "DUPLICATE"},
	{uint32(RightTransfer), "TRANSFER"},
	{uint32(RightRead), "READ"},
	{uint32(RightWrite), "WRITE"},
	{uint32(RightExecute), "EXECUTE"},
	{uint32(RightMap), "MAP"},
	{uint32(RightGetProperty), "GET_PROPERTY"},
	{uint32(RightSetProperty), "SET_PROPERTY"},
	{uint32(RightEnumerate), "ENUMERATE"},
	{uint32(RightDestroy), "DESTROY"},
	{uint32(RightSetPolicy), "SET_POLICY"},
	{uint32(RightGetPolicy), "GET_POLICY"},
	{uint32(RightSignal), "SIGNAL"},
	{uint32(RightSignalPeer), "SIGNAL_PEER"},
	{uint32(RightWait), "WAIT"},
	{uint32(RightInspect), "INSPECT"},
	{uint32(RightManageSocket), "MANAGE_SOCKET"},
	{uint32(SameRights), "SAME"},
}

// signalNames is ordered by bit.
var signalNames = []bitName{
	{uint32(Readable), "READABLE"},
	{uint32(Writable), "WRITABLE"},
	{uint32(PeerClosed), "PEER_CLOSED"},
	{uint32(Signaled), "SIGNALED"},
	{uint32(PeerWriteDisabled), "PEER_WRITE_DISABLED"},
	{uint32(WriteDisabled), "WRITE_DISABLED"},
	{uint32(ReadThreshold), "READ_THRESHOLD"},
	{uint32(WriteThreshold), "WRITE_THRESHOLD"},
	{uint32(LastHandle), "LAST_HANDLE"},
	{uint32(HandleClosed), "HANDLE_CLOSED"},
	{uint32(UserSignal0), "USER_0"},
	{uint32(UserSignal1), "USER_1"},
	{uint32(UserSignal2), "USER_2"},
	{uint32(UserSignal3), "USER_3"},
	{uint32(UserSignal4), "USER_4"},
	{uint32(UserSignal5), "USER_5"},
	{uint32(UserSignal6), "USER_6"},
	{uint32(UserSignal7), "USER_7"},
}

// typeNames is in the order in which an error lists them.
var typeNames = []struct {
	typ  Type
	name string
}{
	{TypeSocket, "socket"},
	{TypeEvent, "event"},
	{TypePort, "port"},
	{TypeZirconPort, "zircon-port"},
}

// editionNames has every edition, each at its own index.
var editionNames = [...]string{
	Manual:     "manual",
	Kernel2017: "kernel2017",
	Zircon:     "zircon",
}

// String gives the names of the rights joined by "|", lowest bit first, such
// as "READ|WRITE"; bits without a name follow as one number in hexadecimal.
// No rights are "none", and [SameRights] is "SAME". [ParseRights] reads it
// back.
func (r Rights) String() string { return bitsString(uint32(r), rightNames) }

// String gives the names of the signals joined by "|", lowest bit first, such
// as "READABLE|USER_0"; bits without a name follow as one number in
// hexadecimal. No signals are "none". [ParseSignals] reads it back.
func (s Signals) String() string { return bitsString(uint32(s), signalNames) }

// String gives "socket", "event", "port" or "zircon-port", and the bare number
// for a type that has no name here. [ParseType] reads it back.
func (t Type) String() string {
	for _, n := range typeNames {
		if n.typ == t {
			return n.name
		}
	}
	return strconv.FormatUint(uint64(t), 10)
}

// String gives the name that reports, cases and the command line use.
func (e Edition) String() string {
	if int(e) < len(editionNames) {
		return editionNames[e]
	}
	return fmt.Sprintf("Edition(%d)", uint8(e))
}

// MarshalText gives the name of the edition, or an error for a value that is
// no edition.
func (e Edition) MarshalText() ([]byte, error) {
	if int(e) >= len(editionNames) {
		return nil, fmt.Errorf("handle: there is no edition number %d", uint8(e))
	}
	return []byte(editionNames[e]), nil
}

// UnmarshalText is [ParseEdition]. The edition is unchanged on error.
func (e *Edition) UnmarshalText(text []byte) error {
	parsed, err := ParseEdition(string(text))
	if err == nil {
		*e = parsed
	}
	return err
}

// Editions gives every edition there is, oldest rule book first. The slice is
// the caller's own.
func Editions() []Edition {
	all := make([]Edition, len(editionNames))
	for i := range all {
		all[i] = Edition(i)
	}
	return all
}

// ParseRights reads what [Rights.String] prints: names joined by "|" in any
// order, numbers such as 0x40 among them, or "none" alone.
func ParseRights(s string) (Rights, error) {
	v, err := parseBits("right", s, rightNames)
	return Rights(v), err
}

// ParseSignals reads what [Signals.String] prints: names joined by "|" in any
// order, numbers such as 0x40 among them, or "none" alone.
func ParseSignals(s string) (Signals, error) {
	v, err := parseBits("signal", s, signalNames)
	return Signals(v), err
}

// ParseType reads what [Type.String] prints.
func ParseType(s string) (Type, error) {
	known := make([]string, len(typeNames))
	for i, n := range typeNames {
		if n.name == s {
			return n.typ, nil
		}
		known[i] = n.name
	}
	if v, err := strconv.ParseUint(s, 10, 32); err == nil {
		return Type(v), nil
	}
	return 0, unknown("object type", s, known)
}

// ParseEdition reads the name of an edition.
func ParseEdition(s string) (Edition, error) {
	for i, name := range editionNames {
		if name == s {
			return Edition(i), nil
		}
	}
	return 0, unknown("edition", s, editionNames[:])
}

func bitsString(v uint32, names []bitName) string {
	if v == 0 {
		return "none"
	}
	if bits.OnesCount32(v) == 1 { // by far the most frequent: no builder
		for _, n := range names {
			if n.bit == v {
				return n.name
			}
		}
	}
	return string(appendBits(make([]byte, 0, 64), v, names))
}

// appendBits appends what bitsString returns.
func appendBits(b []byte, v uint32, names []bitName) []byte {
	if v == 0 {
		return append(b, "none"...)
	}
	first := len(b)
	for _, n := range names {
		if v&n.bit != 0 {
			if len(b) > first {
				b = append(b, '|')
			}
			b = append(b, n.name...)
			v &^= n.bit
		}
	}
	if v != 0 {
		if len(b) > first {
			b = append(b, '|')
		}
		b = strconv.AppendUint(append(b, "0x"...), uint64(v), 16)
	}
	return b
}

func parseBits(kind, s string, names []bitName) (uint32, error) {
	if s == "none" {
		return 0, nil
	}
	var v uint32
next:
	for word := range strings.SplitSeq(s, "|") {
		for _, n := range names {
			if n.name == word {
				v |= n.bit
				continue next
			}
		}
		if digits, ok := strings.CutPrefix(word, "0x"); ok {
			if x, err := strconv.ParseUint(digits, 16, 32); err == nil {
				v |= uint32(x)
				continue
			}
			return 0, fmt.Errorf("handle: %q is not a number of at most 32 bits in hexadecimal, such as 0x40", word)
		}
		if word == "none" {
			return 0, fmt.Errorf("handle: %q: none stands alone, or is left out", s)
		}
		known := make([]string, 0, len(names)+1)
		for _, n := range names {
			known = append(known, n.name)
		}
		return 0, unknown(kind, word, append(known, "none"))
	}
	return v, nil
}

// unknown is the error for a word that is none of known. It names the near
// ones, or all when none is near.
func unknown(kind, word string, known []string) error {
	if found := near.Names(word, known); found != nil {
		return fmt.Errorf("handle: no %s is called %q; near it: %s", kind, word, strings.Join(found, ", "))
	}
	return fmt.Errorf("handle: no %s is called %q; there are: %s", kind, word, strings.Join(known, ", "))
}
