package handle

import (
	"strconv"
	"strings"
)

// GoString is the value as a Go program writes it, for %#v: such as
// handle.RightRead|handle.RightWrite.
func (r Rights) GoString() string {
	return goBits("handle.Rights", uint32(r), rightNames, func(name string) string {
		if name == "SAME" {
			return "SameRights"
		}
		return "Right" + camel(name)
	})
}

// GoString is the value as a Go program writes it, for %#v: such as
// handle.Readable|handle.UserSignal0.
func (s Signals) GoString() string {
	return goBits("handle.Signals", uint32(s), signalNames, func(name string) string {
		return strings.Replace(camel(name), "User", "UserSignal", 1)
	})
}

// GoString is the value as a Go program writes it, for %#v.
func (p PacketType) GoString() string {
	if int64(p) < int64(len(packetTypeNames)) {
		return "handle.Packet" + camel(packetTypeNames[p])
	}
	return "handle.PacketType(" + strconv.FormatUint(uint64(p), 10) + ")"
}

// goBits writes the bits of v by the names that rename makes of those in names.
func goBits(typ string, v uint32, names []bitName, rename func(string) string) string {
	var words []string
	for _, n := range names {
		if v&n.bit != 0 {
			words = append(words, "handle."+rename(n.name))
			v &^= n.bit
		}
	}
	if v != 0 || words == nil {
		words = append(words, typ+"(0x"+strconv.FormatUint(uint64(v), 16)+")")
	}
	return strings.Join(words, "|")
}

// camel makes GetProperty of GET_PROPERTY.
func camel(name string) string {
	var b strings.Builder
	for word := range strings.SplitSeq(name, "_") {
		b.WriteString(word[:1])
		b.WriteString(strings.ToLower(word[1:]))
	}
	return b.String()
}
