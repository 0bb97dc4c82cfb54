package trace

import (
	"math"
	"strconv"
	"strings"

	"mx.example/handle"
	"mx.example/status"
)

// The options that have a word of their own in a case, by the numbers of the
// system calls.
const (
	optStream    = 0
	optDatagram  = 1
	optHalfClose = 1
	optPeek      = 8
	optRepeating = 1
)

// MaxChurn is how many handles an OpChurn makes at most: so many have to be
// made before a value may be used again (X-STALE).
const MaxChurn = 1 << 20

// forms are all the calls there are.
var forms = [...]form{
	OpTable: {word: "table", args: []arg{nameArg,
		{key: "handles=", form: "N", read: readHandleLimit,
			shown: func(c *Call) bool { return c.Handles != 0 },
			write: func(b []byte, c *Call) []byte { return strconv.AppendUint(b, c.Handles, 10) }},
		chosen("memory=", "a number of bytes", func(c *Call) (*uint64, *bool) { return &c.Memory, &c.HasMemory }),
		{key: "edition=", form: "NAME", read: readEdition,
			shown: func(c *Call) bool { return c.Edition != nil },
			write: func(b []byte, c *Call) []byte { return append(b, c.Edition.String()...) }},
	}},
	OpCreate: {word: "create", gives: 2, first: true, args: []arg{
		{what: modeForm, form: "stream|datagram|options=N",
			read:  func(_ *parser, c *Call, t token) { c.Options = t.mode() },
			write: func(b []byte, c *Call) []byte { return appendMode(b, c.Options) }},
		chosen("capacity=", "a capacity", func(c *Call) (*uint64, *bool) { return &c.Capacity, &c.HasCapacity }),
		intoArg,
	}},
	OpEvent: {word: "event", gives: 1, first: true, args: []arg{intoArg}},
	OpWrite: {word: "write", on: onH, result: &countResult, args: concat([]arg{hArg,
		{what: "a buffer: null:SIZE, bad:SIZE, DATA+bad:SIZE or " + dataForm, form: "BUFFER",
			read:  func(_ *parser, c *Call, t token) { c.Buf = t.buffer(true) },
			write: func(b []byte, c *Call) []byte { return c.Buf.append(b, true) }},
	}, optionsOr("half-close", optHalfClose), []arg{actualArg})},
	OpRead: {word: "read", on: onH, result: &dataResult, args: concat([]arg{hArg,
		{what: "a buffer: SIZE, null:SIZE, SIZE+bad:SIZE or bad:SIZE", form: "SIZE|RBUFFER",
			read:  func(_ *parser, c *Call, t token) { c.Buf = t.buffer(false) },
			write: func(b []byte, c *Call) []byte { return c.Buf.append(b, false) }},
	}, optionsOr("peek", optPeek), []arg{actualArg})},
	OpOutstanding: {word: "outstanding", on: onH, result: &countResult, args: []arg{hArg}},
	OpClose:       {word: "close", on: onH, args: []arg{hArg}},
	OpDuplicate:   {word: "duplicate", on: onH, gives: 1, args: []arg{hArg, rightsArg}},
	OpReplace:     {word: "replace", on: onH, gives: 1, args: []arg{hArg, rightsArg}},
	OpTransfer: {word: "transfer", on: onH, gives: 1, args: []arg{hArg,
		{what: "the table to move it to", form: "TABLE", read: readTable, write: writeTable}}},
	OpInfo:       {word: "info", on: onH, result: &infoResult, args: []arg{hArg}},
	OpSignal:     {word: "signal", on: onH, args: []arg{hArg, clearArg, setArg}},
	OpSignalPeer: {word: "signal-peer", on: onH, args: []arg{hArg, clearArg, setArg}},
	OpWait:       {word: "wait", on: onH, result: &observedResult, args: []arg{hArg, signalsArg, untilArg}},
	OpWaitMany: {word: "wait-many", on: onItems, result: &pendingResult, args: []arg{
		{form: "H:SIGNALS ...", list: readItems, write: writeItems}, untilArg, intoArg}},
	OpSignals: {word: "signals", on: onH, result: &stateResult, args: []arg{hArg}},
	OpPump: {word: "pump", on: onHTo, result: &countResult, args: []arg{hArg,
		{key: "to=", form: "H", need: true,
			read:  func(p *parser, c *Call, t token) { c.To = p.knownRef(t) },
			write: func(b []byte, c *Call) []byte { return c.To.append(b) }},
		number("bytes=", "a number of bytes", math.MaxUint64, func(c *Call) *uint64 { return &c.Bytes }),
		number("seed=", "a seed", math.MaxUint64, func(c *Call) *uint64 { return &c.Seed }),
	}},
	OpChurn: {word: "churn", on: onH, result: &countResult, args: []arg{hArg,
		number("count=", "a number of handles", MaxChurn, func(c *Call) *uint64 { return &c.Count })}},

	OpPort: {word: "port", gives: 1, first: true, args: []arg{
		{key: "options=", form: "N",
			read: func(_ *parser, c *Call, t token) {
				c.Options, c.HasOptions = uint32(t.number("options", math.MaxUint32)), true
			},
			shown: func(c *Call) bool { return c.HasOptions },
			write: writeOptions},
		intoArg,
	}},
	OpPortQueue: {word: "port-queue", on: onH, args: []arg{packetPortArg,
		number("key=", "a key", math.MaxUint64, func(c *Call) *uint64 { return &c.Packet.Key }),
		{key: "type=", form: "N",
			read: func(_ *parser, c *Call, t token) {
				c.Packet.Type = handle.PacketType(t.number("the type of a packet", math.MaxUint32))
			},
			shown: func(c *Call) bool { return c.Packet.Type != handle.PacketUser },
			write: func(b []byte, c *Call) []byte { return strconv.AppendUint(b, uint64(c.Packet.Type), 10) }},
		{key: "status=", form: "STATUS",
			read:  func(_ *parser, c *Call, t token) { c.Packet.Status = t.status() },
			shown: func(c *Call) bool { return c.Packet.Status != status.OK },
			write: func(b []byte, c *Call) []byte { return append(b, c.Packet.Status.Bare()...) }},
		{key: "user=", form: "DATA",
			read:  func(_ *parser, c *Call, t token) { c.Packet.User = t.user() },
			shown: func(c *Call) bool { return c.Packet.User != [32]byte{} },
			write: func(b []byte, c *Call) []byte { return appendUser(b, &c.Packet.User) }},
		{key: "count=", form: "N",
			read:  func(_ *parser, c *Call, t token) { c.Count = t.number("a number of packets", MaxChurn) },
			shown: func(c *Call) bool { return c.Count != 0 },
			write: func(b []byte, c *Call) []byte { return strconv.AppendUint(b, c.Count, 10) }},
	}},
	OpPortWait: {word: "port-wait", on: onH, result: &packetResult, args: []arg{hArg, untilArg}},
	OpWaitAsync: {word: "wait-async", on: onHToHere,
		args: concat([]arg{hArg, signalsArg}, optionsOr("repeating", optRepeating), []arg{hereArg("port="), keyArg})},
	OpPortCancel: {word: "port-cancel", on: onHToHere, args: []arg{hArg, hereArg("source="), keyArg}},

	OpKoids: {word: "koids", result: &countResult, args: []arg{
		number("count=", "a number of objects", MaxChurn, func(c *Call) *uint64 { return &c.Count }), intoArg}},
	OpCloseAll: {word: "close-all", args: []arg{intoArg}},
	OpHolds:    {word: "holds", on: onH, result: &holdingResult, args: []arg{hArg}},

	OpWriteAll: {word: "write-all", on: onH, result: &movedResult, args: []arg{hArg,
		{what: dataForm, form: "DATA",
			read: func(_ *parser, c *Call, t token) {
				if c.Buf = t.buffer(true); c.Buf.Kind != Good {
					t.fail("unexpected %s; expected %s", t.shown(), dataForm)
				}
			},
			write: func(b []byte, c *Call) []byte { return c.Buf.append(b, true) }}, untilArg}},
	OpReadFull: {word: "read-full", on: onH, result: &filledResult, args: []arg{hArg,
		{what: "a size", form: "SIZE",
			read:  func(_ *parser, c *Call, t token) { c.Buf = Buffer{Size: t.number("a size", math.MaxUint64)} },
			write: func(b []byte, c *Call) []byte { return c.Buf.append(b, false) }}, untilArg}},

	OpPortRace: {word: "port-race", on: onH, result: &countResult, args: []arg{hArg,
		number("count=", "a number of waits", MaxChurn, func(c *Call) *uint64 { return &c.Count })}},

	OpSetDisposition: {word: "set-disposition", on: onH, args: []arg{hArg,
		dispositionArg("mine=", func(c *Call) *uint32 { return &c.Mine }),
		dispositionArg("peer=", func(c *Call) *uint32 { return &c.Peers })}},
	OpGetProperty: {word: "get-property", on: onH, result: &countResult, args: []arg{hArg, propertyArg}},
	OpSetProperty: {word: "set-property", on: onH, args: []arg{hArg, propertyArg,
		number("value=", "the value of a property", math.MaxUint64, func(c *Call) *uint64 { return &c.Value })}},
	OpSocketInfo: {word: "socket-info", on: onH, result: &socketInfoResult, args: []arg{hArg}},
}

func concat(lists ...[]arg) []arg {
	var all []arg
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}

// The arguments that several calls have.
var (
	hArg = arg{what: "a handle", form: "H",
		read:  func(p *parser, c *Call, t token) { c.H = p.knownRef(t) },
		write: func(b []byte, c *Call) []byte { return c.H.append(b) }}
	packetPortArg = arg{what: "a handle", form: "H",
		read: func(p *parser, c *Call, t token) {
			c.H, c.Packet = p.knownRef(t), &handle.Packet{}
		},
		write: hArg.write}
	nameArg = arg{what: "the name of the table", form: "NAME",
		read:  func(_ *parser, c *Call, t token) { c.Table = t.name("a name for the table") },
		write: writeTable}
	intoArg = arg{key: "table=", form: "T", read: readTable, write: writeTable,
		shown: func(c *Call) bool { return c.Table != "" }}
	rightsArg = arg{what: "rights, such as READ|WRITE, none or SAME", form: "RIGHTS",
		read:  func(_ *parser, c *Call, t token) { c.Rights = t.rights() },
		write: func(b []byte, c *Call) []byte { return append(b, c.Rights.String()...) }}
	signalsArg = arg{what: "signals, such as READABLE|PEER_CLOSED, or none", form: "SIGNALS",
		read:  func(_ *parser, c *Call, t token) { c.Signals = t.signals() },
		write: func(b []byte, c *Call) []byte { return append(b, c.Signals.String()...) }}
	clearArg = arg{key: "clear=", form: "SIGNALS",
		read:  func(_ *parser, c *Call, t token) { c.Clear = t.signals() },
		write: func(b []byte, c *Call) []byte { return append(b, c.Clear.String()...) }}
	setArg = arg{key: "set=", form: "SIGNALS",
		read:  func(_ *parser, c *Call, t token) { c.Set = t.signals() },
		write: func(b []byte, c *Call) []byte { return append(b, c.Set.String()...) }}
	untilArg = arg{key: "until=", form: "DEADLINE", need: true,
		read:  func(_ *parser, c *Call, t token) { c.Until = t.deadline() },
		write: func(b []byte, c *Call) []byte { return append(b, c.Until.String()...) }}
	keyArg    = number("key=", "a key", math.MaxUint64, func(c *Call) *uint64 { return &c.Key })
	actualArg = arg{key: "actual=", form: "null|bad", read: readActual,
		shown: func(c *Call) bool { return c.Actual != ActualGood },
		write: func(b []byte, c *Call) []byte {
			return append(b, [...]string{ActualNull: "null", ActualBad: "bad"}[c.Actual]...)
		}}
	propertyArg = arg{what: propertyForm, form: "PROPERTY",
		read:  func(_ *parser, c *Call, t token) { c.Property = t.property() },
		write: func(b []byte, c *Call) []byte { return append(b, propertyText(c.Property)...) }}
)

// number is a setting with a number that is never left out.
func number(key, what string, most uint64, at func(*Call) *uint64) arg {
	return arg{key: key, form: "N", need: true,
		read:  func(_ *parser, c *Call, t token) { *at(c) = t.number(what, most) },
		write: func(b []byte, c *Call) []byte { return strconv.AppendUint(b, *at(c), 10) }}
}

// chosen is a setting with a number of which 0 is not the same as none.
func chosen(key, what string, at func(*Call) (*uint64, *bool)) arg {
	return arg{key: key, form: "N",
		read: func(_ *parser, c *Call, t token) {
			n, has := at(c)
			*n, *has = t.number(what, math.MaxUint64), true
		},
		shown: func(c *Call) bool { _, has := at(c); return *has },
		write: func(b []byte, c *Call) []byte { n, _ := at(c); return strconv.AppendUint(b, *n, 10) }}
}

// optionsOr are the options as a number, of which one has a word.
func optionsOr(word string, option uint32) []arg {
	return []arg{
		{key: "options=", form: "N",
			read:  func(_ *parser, c *Call, t token) { c.Options = uint32(t.number("options", math.MaxUint32)) },
			shown: func(c *Call) bool { return c.Options != 0 && c.Options != option },
			write: writeOptions},
		{key: word, or: true,
			read:  func(_ *parser, c *Call, _ token) { c.Options = option },
			shown: func(c *Call) bool { return c.Options == option }},
	}
}

// hereArg is the second handle of a call, which is used in the table in which
// the call is made.
func hereArg(key string) arg {
	return arg{key: key, form: "H", need: true,
		read: func(p *parser, c *Call, t token) {
			if c.To = p.knownRef(t); c.To.Table != "" {
				t.fail("%s names a table; expected a handle alone, whose value is used in the table of the first one", t.shown())
			}
		},
		write: func(b []byte, c *Call) []byte { return c.To.append(b) }}
}

func dispositionArg(key string, at func(*Call) *uint32) arg {
	return arg{key: key, form: "DISPOSITION",
		read:  func(_ *parser, c *Call, t token) { *at(c) = t.disposition() },
		write: func(b []byte, c *Call) []byte { return append(b, dispositionText(*at(c))...) }}
}

func readTable(p *parser, c *Call, t token) {
	c.Table = t.name("the name of a table")
	p.knownTable(t, c.Table)
}

func writeTable(b []byte, c *Call) []byte { return append(b, c.Table...) }

func writeOptions(b []byte, c *Call) []byte { return strconv.AppendUint(b, uint64(c.Options), 10) }

func readHandleLimit(_ *parser, c *Call, t token) {
	if c.Handles = t.number("a number of handles", math.MaxUint64); c.Handles == 0 {
		t.fail("a table without room for a handle cannot be had; expected a number above 0, or no handles= for the default")
	}
}

func readEdition(_ *parser, c *Call, t token) {
	e, err := handle.ParseEdition(t.text)
	t.check(err)
	c.Edition = &e
}

func readActual(_ *parser, c *Call, t token) {
	switch t.text {
	case "null":
		c.Actual = ActualNull
	case "bad":
		c.Actual = ActualBad
	default:
		t.fail("unexpected %s; expected null or bad", t.shown())
	}
}

// readItems takes the items of an OpWaitMany: all words but the settings.
func readItems(p *parser, w *words, c *Call) {
	for w.more() {
		t := w.here()
		if strings.HasPrefix(t.text, "until=") || strings.HasPrefix(t.text, "table=") {
			return
		}
		item, n := w.next("an item").times()
		ref, signals, ok := item.cut(":")
		if !ok {
			t.fail("%s is no item; expected HANDLE:SIGNALS, HANDLE:SIGNALS*N, until= or table=", t.shown())
		}
		p.count(t, len(c.Items)+n, n)
		it := WaitItem{Ref: p.knownRef(ref), WaitFor: signals.signals()}
		for range n {
			c.Items = append(c.Items, it)
		}
	}
}

func writeItems(b []byte, c *Call) []byte {
	for i := 0; i < len(c.Items); {
		item := c.Items[i]
		n := 1
		for i+n < len(c.Items) && c.Items[i+n] == item {
			n++
		}
		b = item.Ref.append(append(b, ' '))
		b = append(append(b, ':'), item.WaitFor.String()...)
		b = appendTimes(b, n)
		i += n
	}
	return b
}
