package trace

import (
	"math"
	"strings"

	"mx.example/handle"
)

// call reads a call with its arguments: all the words of w.
func (p *parser) call(w *words) Call {
	t := w.next("a call")
	var c Call
	for op, name := range opNames {
		if name == t.text && name != "" {
			c.Op = Op(op)
		}
	}
	switch c.Op {
	case OpTable:
		c.Table = w.next("the name of the table").name("a name for the table")
		p.tableSettings(w, &c)
	case OpCreate:
		p.create(w, &c)
	case OpEvent:
		p.settings(w, settings{"table=": p.tableInto(&c.Table)})
	case OpWrite:
		c.H = p.ref(w)
		c.Buf = w.next("a buffer: null:SIZE, bad:SIZE, DATA+bad:SIZE or " + dataForm).buffer(true)
		p.transferSettings(w, &c, "half-close", optHalfClose)
	case OpRead:
		c.H = p.ref(w)
		c.Buf = w.next("a buffer: SIZE, null:SIZE, SIZE+bad:SIZE or bad:SIZE").buffer(false)
		p.transferSettings(w, &c, "peek", optPeek)
	case OpOutstanding, OpClose, OpInfo, OpSignals:
		c.H = p.ref(w)
		w.done("-> or the end of the line")
	case OpDuplicate, OpReplace:
		c.H = p.ref(w)
		c.Rights = w.next("rights, such as READ|WRITE, none or SAME").rights()
		w.done("-> or the end of the line")
	case OpTransfer:
		c.H = p.ref(w)
		p.tableInto(&c.Table)(w.next("the table to move it to"))
		w.done("-> or the end of the line")
	case OpSignal, OpSignalPeer:
		c.H = p.ref(w)
		p.settings(w, settings{
			"clear=": func(t token) { c.Clear = t.signals() },
			"set=":   func(t token) { c.Set = t.signals() },
		})
	case OpWait:
		c.H = p.ref(w)
		c.Signals = w.next("signals, such as READABLE|PEER_CLOSED, or none").signals()
		p.waitSettings(w, &c, settings{})
	case OpWaitMany:
		p.waitMany(w, &c)
	case OpPump:
		p.pump(w, &c)
	case OpChurn:
		c.H = p.ref(w)
		w.need(p.settings(w, settings{
			"count=": func(t token) { c.Count = t.number("a number of handles", MaxChurn) },
		}), "count=")
	case OpPort:
		p.settings(w, settings{
			"options=": func(t token) {
				c.Options, c.HasOptions = uint32(t.number("options", math.MaxUint32)), true
			},
			"table=": p.tableInto(&c.Table),
		})
	case OpPortQueue:
		p.portQueue(w, &c)
	case OpPortWait:
		c.H = p.ref(w)
		p.waitSettings(w, &c, settings{})
	case OpWaitAsync:
		p.waitAsync(w, &c)
	case OpPortCancel:
		p.portCancel(w, &c)
	case OpSetDisposition:
		p.setDisposition(w, &c)
	case OpGetProperty:
		p.property(w, &c)
		w.done("-> or the end of the line")
	case OpSetProperty:
		p.property(w, &c)
		w.need(p.settings(w, settings{
			"value=": func(t token) { c.Value = t.number("the value of a property", math.MaxUint64) },
		}), "value=")
	case OpSocketInfo:
		c.H = p.ref(w)
		w.done("-> or the end of the line")
	default:
		t.fail("there is no call %s; expected one of %s", t.shown(), strings.Join(opNames[1:], ", "))
	}
	return c
}

// ref takes a handle, which an earlier line must have given.
func (p *parser) ref(w *words) Ref { return p.knownRef(w.next("a handle")) }

func (p *parser) knownRef(t token) Ref {
	r := t.ref()
	if r.Name != "" && !p.scope.handles[r.Name] {
		t.fail("no earlier line gives a handle %s; expected a name from an OK answer", r.Name)
	}
	if r.Table != "" {
		p.knownTable(t, r.Table)
	}
	return r
}

func (p *parser) knownTable(t token, name string) {
	if !p.scope.tables[name] {
		t.fail("no earlier line makes a table %s; expected %s or the name of a table call", name, FirstTable)
	}
}

// tableInto reads the name of a table that is there into dst.
func (p *parser) tableInto(dst *string) func(token) {
	return func(t token) {
		*dst = t.name("the name of a table")
		p.knownTable(t, *dst)
	}
}

// settings are the words that may follow the fixed arguments of a call, in
// any order, each once: "key=" with what reads its value, or a word alone.
type settings map[string]func(token)

// settings takes all the words of w. It returns which it saw.
func (p *parser) settings(w *words, known settings) map[string]bool {
	seen := make(map[string]bool)
	for w.more() {
		t := w.left[0]
		key, value := t.text, token{}
		if k, v, ok := t.cut("="); ok {
			key, value = k.text+"=", v
		}
		read := known[key]
		if read == nil {
			w.done(expectedSettings(known))
		}
		if seen[key] {
			t.fail("%s is given twice; expected it once", key)
		}
		seen[key] = true
		read(value)
		w.next(key)
	}
	return seen
}

func expectedSettings(known settings) string {
	var keys []string
	for _, key := range []string{ // in the order that the printer has
		"options=", "repeating", "half-close", "peek", "actual=", "capacity=", "handles=", "memory=", "edition=",
		"port=", "source=", "key=", "type=", "status=", "user=", "trigger=", "observed=", "count=", "stamped",
		"clear=", "set=", "to=", "bytes=", "seed=", "rights=", "koid=", "related=", "waitable", "until=", "table=",
		"mine=", "peer=", "value=", "rx_buf_max=", "rx_buf_size=", "rx_buf_available=", "tx_buf_max=", "tx_buf_size=",
	} {
		if known[key] != nil {
			keys = append(keys, key)
		}
	}
	return strings.Join(append(keys, "->"), ", ") + " or the end of the line"
}

// need fails unless all of keys were seen.
func (w *words) need(seen map[string]bool, keys ...string) {
	for _, key := range keys {
		if !seen[key] {
			w.here().fail("%s is missing; expected %s before this", key, strings.Join(keys, " "))
		}
	}
}

func (p *parser) tableSettings(w *words, c *Call) {
	p.settings(w, settings{
		"handles=": func(t token) {
			c.Handles = t.number("a number of handles", math.MaxUint64)
			if c.Handles == 0 {
				t.fail("a table without room for a handle cannot be had; expected a number above 0, or no handles= for the default")
			}
		},
		"memory=": func(t token) {
			c.Memory, c.HasMemory = t.number("a number of bytes", math.MaxUint64), true
		},
		"edition=": func(t token) {
			e, err := handle.ParseEdition(t.text)
			t.check(err)
			c.Edition = &e
		},
	})
}

func (p *parser) create(w *words, c *Call) {
	t := w.next("stream, datagram or options=N")
	switch value, ok := strings.CutPrefix(t.text, "options="); {
	case ok:
		c.Options = uint32(t.from(len(t.text)-len(value)).number("options", math.MaxUint32))
	case t.text == "stream":
		c.Options = optStream
	case t.text == "datagram":
		c.Options = optDatagram
	default:
		t.fail("unexpected %s; expected stream, datagram or options=N", t.shown())
	}
	p.settings(w, settings{
		"capacity=": func(t token) {
			c.Capacity, c.HasCapacity = t.number("a capacity", math.MaxUint64), true
		},
		"table=": p.tableInto(&c.Table),
	})
}

// transferSettings reads what may follow the buffer of a write or a read. word
// is the name that option has.
func (p *parser) transferSettings(w *words, c *Call, word string, option uint32) {
	at := w.here()
	seen := p.settings(w, settings{
		word:       func(token) { c.Options = option },
		"options=": func(t token) { c.Options = uint32(t.number("options", math.MaxUint32)) },
		"actual=": func(t token) {
			switch t.text {
			case "null":
				c.Actual = ActualNull
			case "bad":
				c.Actual = ActualBad
			default:
				t.fail("unexpected %s; expected null or bad", t.shown())
			}
		},
	})
	if seen[word] && seen["options="] {
		at.fail("%s and options= on one line; expected one of them", word)
	}
}

func (p *parser) waitSettings(w *words, c *Call, more settings) {
	more["until="] = func(t token) { c.Until = t.deadline() }
	w.need(p.settings(w, more), "until=")
}

func (p *parser) waitMany(w *words, c *Call) {
	for w.more() {
		t := w.here()
		if strings.HasPrefix(t.text, "until=") || strings.HasPrefix(t.text, "table=") {
			break
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
	p.waitSettings(w, c, settings{"table=": p.tableInto(&c.Table)})
}

// count fails when a list is too long, or all of the file are: more items come
// to a list, and make it n.
func (p *parser) count(t token, n, more int) {
	if n > maxItems {
		t.fail("too many items; expected at most %d in a call", maxItems)
	}
	if p.items += more; p.items > maxFileItems {
		t.fail("too many items; expected at most %d in a file", maxFileItems)
	}
}

func (p *parser) pump(w *words, c *Call) {
	c.H = p.ref(w)
	w.need(p.settings(w, settings{
		"to=":    func(t token) { c.To = p.knownRef(t) },
		"bytes=": func(t token) { c.Bytes = t.number("a number of bytes", math.MaxUint64) },
		"seed=":  func(t token) { c.Seed = t.number("a seed", math.MaxUint64) },
	}), "to=", "bytes=", "seed=")
}
