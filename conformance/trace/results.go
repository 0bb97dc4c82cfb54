package trace

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"mx.example/handle"
)

// What answers say besides the status, one kind after the other.

// A countResult is a number: bytes, handles, or the value of a property.
var countResult = result{
	form: "N",
	read: func(_ *parser, words *words, _ *Call, w *Want) {
		w.N = words.next("the count").number("a count", math.MaxUint64)
	},
	write:   func(b []byte, w *Want) []byte { return appendUint(b, " ", w.N) },
	exactly: func(w *Want, _ *Call, r *Result, _ *Koids) { w.N = r.N },
}

// A dataResult is the bytes that a read delivered.
var dataResult = result{
	form: "DATA",
	read: func(_ *parser, words *words, _ *Call, w *Want) {
		data, rest := words.next(dataForm).data()
		if rest.text != "" {
			rest.fail("unexpected %s; expected the end of the data", rest.shown())
		}
		w.Data = data
	},
	write: func(b []byte, w *Want) []byte { return w.Data.append(append(b, ' ')) },
	differs: func(w *Want, r *Result) string {
		n := w.Data.agrees(r.Data)
		if n < len(r.Data) && uint64(n) < w.Data.Length() {
			return fmt.Sprintf(" (they differ from byte %d on)", n)
		}
		return fmt.Sprintf(" (%d bytes wanted, %d got)", w.Data.Length(), len(r.Data))
	},
	exactly: func(w *Want, _ *Call, r *Result, _ *Koids) { w.Data = DataOf(r.Data) },
	show:    func(b []byte, r *Result) []byte { return appendShown(b, r.Data) },
}

// A movedResult is how many bytes a call has moved, also if it failed.
var movedResult = func() result { x := countResult; x.always = true; return x }()

// A filledResult is the bytes that a call has read, also if it failed.
var filledResult = func() result { x := dataResult; x.always, x.show = true, nil; return x }()

// A stateResult is the state of an object now.
var stateResult = result{
	form:    "STATE",
	read:    func(_ *parser, words *words, _ *Call, w *Want) { w.Signals = words.state() },
	write:   func(b []byte, w *Want) []byte { return w.Signals.append(append(b, ' ')) },
	exactly: func(w *Want, _ *Call, r *Result, _ *Koids) { w.Signals = signalsExactly(r.Observed) },
}

// An observedResult is what a wait observed.
var observedResult = func() result { x := stateResult; x.waits = true; return x }()

// A pendingResult is what a wait for several objects observed of each.
var pendingResult = result{
	form:  "(STATE) ...",
	waits: true,
	read: func(p *parser, words *words, c *Call, w *Want) {
		w.Pending = p.pending(c, words)
	},
	write: func(b []byte, w *Want) []byte { return appendStates(b, w.Pending) },
	differs: func(w *Want, r *Result) string {
		if len(w.Pending) != len(r.Pending) {
			return fmt.Sprintf(" (%d items wanted, %d got)", len(w.Pending), len(r.Pending))
		}
		for i := range w.Pending {
			if !w.Pending[i].Matches(r.Pending[i]) {
				return fmt.Sprintf(" (item %d: %v wanted, %v got)", i, w.Pending[i], signalsExactly(r.Pending[i]))
			}
		}
		return ""
	},
	exactly: func(w *Want, _ *Call, r *Result, _ *Koids) {
		w.Pending = make([]SignalWant, len(r.Pending))
		for i, s := range r.Pending {
			w.Pending[i] = signalsExactly(s)
		}
	},
}

// An infoResult is basic info. Which koid it has is for [Koids] to judge.
var infoResult = result{
	form: "TYPE rights=RIGHTS koid=NAME [related=NAME] [waitable]",
	read: func(p *parser, words *words, _ *Call, w *Want) { w.Info = p.info(words) },
	write: func(b []byte, w *Want) []byte {
		return w.Info.append(append(b, ' '))
	},
	differs: func(_ *Want, r *Result) string {
		if r.Info.Koid == 0 {
			return " (no object has the koid 0)"
		}
		return ""
	},
	exactly: func(w *Want, c *Call, r *Result, koids *Koids) { w.Info = koids.Info(c.H, &r.Info) },
	show:    func(b []byte, r *Result) []byte { return appendInfo(b, &r.Info) },
}

// A packetResult is a packet out of a port.
var packetResult = result{
	form:    "PACKET",
	read:    func(p *parser, words *words, _ *Call, w *Want) { w.Packet = p.packet(words) },
	write:   func(b []byte, w *Want) []byte { return w.Packet.append(append(b, ' ')) },
	exactly: func(w *Want, _ *Call, r *Result, _ *Koids) { w.Packet = packetExactly(r.Packet) },
}

// A socketInfoResult is the info of a socket.
var socketInfoResult = result{
	form:    "stream|datagram|options=N rx_buf_max=N rx_buf_size=N rx_buf_available=N tx_buf_max=N tx_buf_size=N",
	read:    func(p *parser, words *words, _ *Call, w *Want) { w.Socket = p.socketInfo(words) },
	write:   func(b []byte, w *Want) []byte { return w.Socket.append(append(b, ' ')) },
	exactly: func(w *Want, _ *Call, r *Result, _ *Koids) { w.Socket = r.Socket },
}

// A holdingResult is what an object holds.
var holdingResult = result{
	form: "handles=N observers=N packets=N",
	read: func(_ *parser, words *words, _ *Call, w *Want) {
		count := func(key string, at *uint64) setting {
			return setting{key: key, need: true, read: func(t token) { *at = t.number("a count", math.MaxUint64) }}
		}
		words.settings([]setting{
			count("handles=", &w.Holding.Handles), count("observers=", &w.Holding.Observers), count("packets=", &w.Holding.Packets),
		})
	},
	write: func(b []byte, w *Want) []byte {
		b = appendUint(b, " handles=", w.Holding.Handles)
		b = appendUint(b, " observers=", w.Holding.Observers)
		return appendUint(b, " packets=", w.Holding.Packets)
	},
	exactly: func(w *Want, _ *Call, r *Result, _ *Koids) { w.Holding = r.Holding },
}

// equal reports whether r is what w wants of the result x. It names each kind
// instead of calling a function of the table, so that r may stay on the stack
// of whoever made the call.
func (x *result) equal(w *Want, c *Call, r *Result) bool {
	told := c.Actual == ActualGood // otherwise nobody is told a count
	switch x {
	case &movedResult:
		return r.N == w.N
	case &filledResult:
		return w.Data.Equal(r.Data)
	case &countResult:
		return r.N == w.N || !told
	case &dataResult:
		if n := w.Data.Length(); !told && uint64(len(r.Data)) > n {
			return w.Data.Equal(r.Data[:n])
		}
		return w.Data.Equal(r.Data)
	case &stateResult, &observedResult:
		return w.Signals.Matches(r.Observed)
	case &pendingResult:
		return slices.EqualFunc(w.Pending, r.Pending, SignalWant.Matches)
	case &infoResult:
		return r.Info.Type == w.Info.Type &&
			r.Info.Rights == w.Info.Rights &&
			r.Info.Waitable == w.Info.Waitable &&
			r.Info.Koid != 0 &&
			(r.Info.RelatedKoid != 0) == (w.Info.Related != "")
	case &packetResult:
		return w.Packet.matches(r.Packet)
	case &socketInfoResult:
		return r.Socket == w.Socket
	case &holdingResult:
		return r.Holding == w.Holding
	}
	panic("trace: a result that nothing compares: " + x.form)
}

// signalsExactly is the state that is s and nothing else.
func signalsExactly(s handle.Signals) SignalWant { return SignalWant{Must: s} }

// pending reads a state in parentheses for each item of c.
func (p *parser) pending(c *Call, w *words) []SignalWant {
	var list []SignalWant
	at := w.here()
	for w.more() {
		t := w.next("a state in parentheses")
		i := strings.LastIndexByte(t.text, ')')
		if t.text[0] != '(' || i < 0 {
			t.fail("unexpected %s; expected a state in parentheses for each item, such as (READABLE ...) or (none)*3", t.shown())
		}
		n := 1
		if rest := t.from(i + 1); rest.text != "" {
			var nothing token
			if nothing, n = rest.times(); nothing.text != "" {
				rest.fail("unexpected %s; expected a blank, or *N", rest.shown())
			}
		}
		inner := t.from(1).to(i - 1)
		p.count(t, len(list)+n, n)
		state := (&words{lex(inner.text, inner.col), inner.col + len(inner.text)}).state()
		for range n {
			list = append(list, state)
		}
	}
	if len(list) != len(c.Items) {
		at.fail("states for %d items; expected one for each of the %d", len(list), len(c.Items))
	}
	return list
}

func appendStates(b []byte, states []SignalWant) []byte {
	for i := 0; i < len(states); {
		n := 1
		for i+n < len(states) && states[i+n] == states[i] {
			n++
		}
		b = states[i].append(append(b, " ("...))
		b = appendTimes(append(b, ')'), n)
		i += n
	}
	return b
}

func (p *parser) info(w *words) InfoWant {
	var info InfoWant
	var err error
	t := w.next("the type of the object: socket, event or port")
	info.Type, err = handle.ParseType(t.text)
	t.check(err)
	object := func(dst *string) func(token) {
		return func(t token) {
			*dst = t.name("the name of an object's first handle")
			if !p.scope.objects[*dst] {
				t.fail("%s is not the first handle to an object; expected a name that create, event or port gave", t.shown())
			}
		}
	}
	w.settings([]setting{
		{key: "rights=", need: true, read: func(t token) { info.Rights = t.rights() }},
		{key: "koid=", need: true, read: object(&info.Koid)},
		{key: "related=", read: object(&info.Related)},
		{key: "waitable", read: func(token) { info.Waitable = true }},
	})
	return info
}

func (w InfoWant) append(b []byte) []byte {
	b = append(b, w.Type.String()...)
	b = appendSetting(b, "rights", w.Rights.String())
	b = appendSetting(b, "koid", w.Koid)
	if w.Related != "" {
		b = appendSetting(b, "related", w.Related)
	}
	if w.Waitable {
		b = append(b, " waitable"...)
	}
	return b
}

func appendInfo(b []byte, i *handle.Info) []byte {
	koid := func(k handle.Koid) string { return strconv.FormatUint(uint64(k), 10) }
	w := InfoWant{Type: i.Type, Rights: i.Rights, Koid: koid(i.Koid), Waitable: i.Waitable}
	if i.RelatedKoid != 0 {
		w.Related = koid(i.RelatedKoid)
	}
	return w.append(b)
}
