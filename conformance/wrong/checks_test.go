package wrong

import (
	"mx.example/handle"
	"mx.example/status"
)

// A call is one call on its way through the checks.
type call struct {
	k *kernel
	p *process
	h handle.Handle

	options  uint32
	capacity *uint64
	buf      buffer
	asked    handle.Rights
	to       *process
	clear    handle.Signals
	set      handle.Signals
	items    int
	mine     uint32 // of a disposition
	peers    uint32
	property handle.Property

	// What the checks find.
	ref    *ref
	o      *object
	r      *rules // of the pair
	n      uint64 // bytes that a write or a read moves
	data   []byte // that a write takes
	rights handle.Rights
}

// A check is one of those that a call goes through, in the order of O-ORDER.
// It answers pass, or with what ends the call.
type check struct {
	id string
	do func(c *call) status.Status
}

// pass is no status.
const pass status.Status = 1

// when is st if the condition holds, and pass otherwise.
func when(condition bool, st status.Status) status.Status {
	if condition {
		return st
	}
	return pass
}

// run makes the checks of a kind of call.
func (c *call) run(kind string) status.Status {
	for _, check := range c.k.checks[kind] {
		if st := check.do(c); st != pass {
			return st
		}
	}
	return pass
}

// find looks the handle up.
func (c *call) find() status.Status {
	c.ref = c.p.find(c.h)
	if c.ref == nil {
		return status.ErrBadHandle
	}
	c.o = c.ref.o
	c.r = c.p.r
	if c.o.creator != nil {
		c.r = c.o.creator.r
	}
	return pass
}

// may asks for a right.
func (c *call) may(need handle.Rights) status.Status {
	return when(c.ref != nil && c.ref.rights&need != need, status.ErrAccessDenied)
}

// socket asks for the type.
func (c *call) socket() status.Status {
	return when(c.o != nil && c.o.typ != handle.TypeSocket, status.ErrWrongType)
}

// socketFirst does, in the edition where the type comes before the rights.
func (c *call) socketFirst() status.Status {
	if c.p.r.typeFirst {
		return c.socket()
	}
	return pass
}

// end is the socket that the call is made on, once it is known to be one.
func (c *call) end() *object {
	if c.o == nil || c.o.typ != handle.TypeSocket {
		return nil
	}
	return c.o
}

// query reports whether a read is one.
func (c *call) query() bool {
	return c.buf.query || c.buf.null() && (!c.p.r.zircon || c.k.is(zirconQueries))
}

// half reports whether a write is a half close.
func (c *call) half() bool { return c.options == 1 }

// rightChecks are the checks of every call, as they should be.
func rightChecks() map[string][]check {
	find := (*call).find
	return map[string][]check{
		"create":      createChecks(),
		"write":       writeChecks(),
		"read":        readChecks(),
		"close":       {{"X-CLOSE", find}},
		"duplicate":   duplicateChecks(),
		"replace":     {{"X-REPLACE", find}, {"X-REPLACE-RIGHTS", (*call).subset}},
		"transfer":    transferChecks(),
		"info":        {{"X-INFO", find}},
		"signal":      signalChecks(),
		"signal-peer": signalPeerChecks(),
		"wait": {{"T-BAD", find}, {"T-RIGHT", func(c *call) status.Status {
			return c.may(c.p.r.waitRight)
		}}},
		"wait-many": {{"T-MANY", func(c *call) status.Status {
			return when(c.items > c.p.r.waitMany, c.p.r.tooMany)
		}}},
		"disposition": dispositionChecks(),
		"property":    propertyChecks(),
		"socket-info": socketInfoChecks(),
	}
}

func createChecks() []check {
	return []check{
		{"C-OPTIONS", func(c *call) status.Status {
			o := c.options
			switch {
			case c.k.is(optionTwoIsDatagram) && o == 2, c.k.is(optionBitsIgnored):
				o &= 1
			case c.k.is(optionHighIgnored):
				o &= 0xffff
			}
			return when(o > 1, status.ErrInvalidArgs)
		}},
		{"C-CAPACITY", func(c *call) status.Status {
			return when(c.capacity != nil && (*c.capacity < c.p.r.least || *c.capacity > c.p.r.most), status.ErrInvalidArgs)
		}},
		{"C-NO-MEMORY", func(c *call) status.Status {
			if c.k.is(failedCreateLeaksHandle) && c.p.slots() == 1 {
				c.p.insert(&object{typ: handle.TypeSocket}, 0)
			}
			return when(c.p.slots() < 2, status.ErrNoMemory)
		}},
		{"L-ACCOUNT", func(c *call) status.Status {
			need := 2*c.p.r.handleCharge + c.p.r.pairCharge
			if c.k.is(createNeedsOneMore) {
				need++
			}
			if c.k.is(createNeedsOneLess) {
				need--
			}
			short := need > c.p.free()
			if short && c.k.is(failedCreateLeaksMemory) {
				c.p.used += 64
			}
			return when(short, status.ErrNoMemory)
		}},
	}
}

func writeChecks() []check {
	return []check{
		{"W-NULL", func(c *call) status.Status {
			return when(c.buf.null() && c.buf.size > 0, status.ErrInvalidArgs)
		}},
		{"W-OPTIONS-EARLY", func(c *call) status.Status {
			return when(c.p.r.zircon && c.options != 0, status.ErrInvalidArgs)
		}},
		{"W-HANDLE", (*call).find},
		{"W-TYPE first", (*call).socketFirst},
		{"W-RIGHTS", func(c *call) status.Status {
			switch {
			case c.k.is(writeByRead):
				return c.may(handle.RightRead)
			case c.k.is(writeByEither) && c.ref.rights&handle.RightRead != 0, c.k.is(halfCloseNeedsNoRight) && c.half():
				return pass
			case c.k.is(writeNeedsReadToo):
				return c.may(handle.RightRead | handle.RightWrite)
			}
			return c.may(handle.RightWrite)
		}},
		{"W-TYPE", (*call).socket},
		{"W-OPTIONS", func(c *call) status.Status {
			o := c.options
			if c.k.is(writeHighOptionsIgnored) && o&0x80000000 != 0 {
				c.options &^= 0x80000000
			}
			if c.k.is(writeTwoIsFine) && o == 2 {
				c.options = 0
			}
			return when(c.options > 1, status.ErrInvalidArgs)
		}},
		{"W-HALF-SIZE", func(c *call) status.Status {
			if c.k.is(halfCloseWritesToo) && c.half() && c.buf.size > 0 {
				if e := c.end(); !e.gone() {
					e.other.push(c.buf.fetch(1))
				}
			}
			return when(c.half() && c.buf.size > 0, status.ErrInvalidArgs)
		}},
		{"H-TWICE", func(c *call) status.Status {
			e := c.end()
			return when(c.half() && e != nil && e.ends(c.r) != nil && e.ends(c.r).ended, status.OK)
		}},
		{"H-AFTER-CLOSE", func(c *call) status.Status {
			e := c.end()
			return when(c.half() && e != nil && e.gone(), status.ErrPeerClosed)
		}},
		{"W-PEER-CLOSED", func(c *call) status.Status {
			e := c.end()
			return when(!c.half() && e != nil && e.gone(), status.ErrPeerClosed)
		}},
		{"W-BAD-STATE", func(c *call) status.Status {
			e := c.end()
			if c.k.is(badStateOnlyWithBytes) && c.buf.size == 0 {
				return pass
			}
			return when(!c.half() && e != nil && e.other.ended, status.ErrBadState)
		}},
		{"W-ZERO", func(c *call) status.Status {
			if e := c.end(); c.k.is(zeroQueuesDatagram) && !c.half() && c.buf.size == 0 && e != nil && e.datagram {
				e.other.push(nil)
			}
			return when(!c.half() && c.buf.size == 0, status.OK)
		}},
		{"W-HUGE", func(c *call) status.Status {
			return when(!c.half() && c.buf.size > c.p.r.largestBuffer, status.ErrInvalidArgs)
		}},
		{"W-FULL", func(c *call) status.Status {
			e := c.end()
			least := uint64(1)
			if c.k.is(fullOneEarly) || c.k.is(fullOneEarlyLarge) && e != nil && e.capacity > 4096 ||
				c.k.is(fullOneEarlyDatagram) && e != nil && e.datagram {
				least = min(2, e.capacity)
			}
			return when(!c.half() && e != nil && e.room() < least, status.ErrShouldWait)
		}},
		{"W-DGRAM-TOO-BIG", func(c *call) status.Status {
			e := c.end()
			return when(!c.half() && e != nil && e.datagram && c.buf.size > e.capacity, c.r.tooBig)
		}},
		{"W-DGRAM-ATOMIC", func(c *call) status.Status {
			e := c.end()
			room := uint64(0)
			if e != nil {
				room = e.room()
			}
			if c.k.is(datagramNeedsSpare) && room > 0 && room < e.capacity {
				room--
			}
			if c.k.is(datagramOneOver) && room > 0 {
				room++
			}
			short := !c.half() && e != nil && e.datagram && c.buf.size > room
			if short && c.k.is(refusedDatagramLeavesByte) && room > 0 {
				e.other.push(c.buf.fetch(1))
			}
			return when(short, status.ErrShouldWait)
		}},
		{"W-NO-MEMORY", func(c *call) status.Status {
			e := c.end()
			if e == nil || c.half() {
				return pass
			}
			free := c.k.payer(e, c.p).free()
			short := free == 0 || e.datagram && c.buf.size > free
			if c.k.is(streamMemoryIsAtomic) {
				short = free < min(c.buf.size, e.room())
			}
			if c.k.is(memoryOneShort) {
				short = free <= 1 || e.datagram && c.buf.size >= free
			}
			return when(short, c.r.noMemory)
		}},
		{"W-FAULT", (*call).take},
	}
}

func readChecks() []check {
	return []check{
		{"R-NULL", func(c *call) status.Status {
			return when(c.buf.null() && c.buf.size > 0, status.ErrInvalidArgs)
		}},
		{"R-OPTIONS", func(c *call) status.Status {
			if c.k.is(readPeekIsFine) && c.options == 8 || c.k.is(readHighOptionsIgnored) && c.options == 0x80000000 ||
				c.k.is(queryIgnoresOptions) && c.buf.null() {
				return pass
			}
			return when(c.options&^c.p.r.readOptions != 0, status.ErrInvalidArgs)
		}},
		{"R-HANDLE", (*call).find},
		{"R-TYPE first", (*call).socketFirst},
		{"R-RIGHTS", func(c *call) status.Status {
			if c.k.is(readByWrite) {
				return c.may(handle.RightWrite)
			}
			if c.k.is(queryNeedsNoRight) && c.buf.null() {
				return pass
			}
			return c.may(handle.RightRead)
		}},
		{"R-TYPE", (*call).socket},
		{"R-QUERY", func(c *call) status.Status {
			if e := c.end(); c.query() && e != nil {
				c.n = e.query()
				if c.k.is(queryOfClosedFails) && c.n == 0 && e.gone() {
					return status.ErrPeerClosed
				}
				if c.k.is(queryOfEmptyFails) && c.n == 0 {
					return status.ErrShouldWait
				}
			}
			return when(c.query(), status.OK)
		}},
		{"R-HUGE", func(c *call) status.Status {
			return when(c.buf.size > c.p.r.largestBuffer, status.ErrInvalidArgs)
		}},
		{"R-CLOSED", func(c *call) status.Status {
			e := c.end()
			return when(e != nil && len(e.in) == 0 && e.gone(), status.ErrPeerClosed)
		}},
		{"R-ENDED", func(c *call) status.Status {
			e := c.end()
			return when(e != nil && len(e.in) == 0 && e.ended, c.r.readEnded)
		}},
		{"R-EMPTY", func(c *call) status.Status {
			e := c.end()
			return when(e != nil && len(e.in) == 0, status.ErrShouldWait)
		}},
		{"R-ZERO", func(c *call) status.Status {
			if e := c.end(); c.k.is(zeroReadDropsDatagram) && e != nil && c.buf.size == 0 && e.datagram {
				e.pop(uint64(e.lens[0]), 0)
				c.k.readMade(e)
			}
			return when(c.buf.size == 0, status.OK)
		}},
		{"R-FAULT", (*call).give},
	}
}

func duplicateChecks() []check {
	return []check{
		{"X-STALE", (*call).find},
		{"X-DUP", func(c *call) status.Status { return c.may(handle.RightDuplicate) }},
		{"X-DUP-RIGHTS", (*call).subset},
		{"X-FULL", func(c *call) status.Status { return when(c.p.slots() < 1, status.ErrNoMemory) }},
		{"L-ACCOUNT", func(c *call) status.Status {
			return when(c.p.r.handleCharge > c.p.free(), status.ErrNoMemory)
		}},
	}
}

// subset decides on the rights asked for (X-DUP-RIGHTS, X-REPLACE-RIGHTS).
func (c *call) subset() status.Status {
	if c.ref == nil {
		return pass
	}
	have := c.ref.rights
	switch {
	case c.asked == handle.SameRights:
		c.rights = have
		if c.k.is(sameIsDefault) {
			c.rights = c.p.r.rights
		}
		return pass
	case c.k.is(sameWithOthers) && c.asked&handle.SameRights != 0:
		c.rights = have
		return pass
	case c.k.is(sameWithOthersTaken) && c.asked&handle.SameRights != 0:
		c.rights = have & c.asked
		return pass
	case c.k.is(strangeRightsIgnored):
		c.asked &= 0x3fff
		have |= c.asked &^ 0xf
	case c.k.is(excessRightsCut):
		c.asked &= have
	case c.k.is(noRightsRefused) && c.asked == 0:
		return status.ErrInvalidArgs
	case c.k.is(fullSetRefused) && c.asked == have:
		return status.ErrInvalidArgs
	case c.k.is(noRightsIsSame) && c.asked == 0:
		c.asked = have
	}
	c.rights = c.asked
	return when(c.asked&^have != 0, status.ErrInvalidArgs)
}

func transferChecks() []check {
	return []check{
		{"X-STALE", (*call).find},
		{"X-TRANSFER", func(c *call) status.Status { return c.may(handle.RightTransfer) }},
		{"E-OWNER", func(c *call) status.Status {
			return when(c.to.edition != c.p.edition, status.ErrNotSupported)
		}},
		{"X-FULL", func(c *call) status.Status {
			own := c.to == c.p && !c.k.is(ownTransferNeedsSlot)
			return when(!own && c.to.slots() < 1, status.ErrNoMemory)
		}},
		{"L-ACCOUNT", func(c *call) status.Status {
			return when(c.to != c.p && c.p.r.handleCharge > c.to.free(), status.ErrNoMemory)
		}},
	}
}

func signalChecks() []check {
	return []check{
		{"X-STALE", (*call).find},
		{"S-RIGHT", func(c *call) status.Status { return c.may(c.p.r.signalRight) }},
		{"S-USER", func(c *call) status.Status {
			if c.k.is(refusedSignalClears) && c.o != nil && c.set&^c.o.settable(c.p.r) != 0 {
				c.o.user &^= c.clear
			}
			if c.k.is(badClearIgnored) {
				c.clear &= c.o.settable(c.p.r)
			}
			return when(c.o != nil && (c.clear|c.set)&^c.o.settable(c.p.r) != 0, status.ErrInvalidArgs)
		}},
	}
}

func signalPeerChecks() []check {
	return []check{
		{"X-STALE", (*call).find},
		{"S-PEER-NONE first", func(c *call) status.Status {
			return when(c.p.r.typeFirst && c.o != nil && c.o.typ != handle.TypeSocket, status.ErrNotSupported)
		}},
		{"S-RIGHT", func(c *call) status.Status { return c.may(c.p.r.peerRight) }},
		{"S-PEER-NONE", func(c *call) status.Status {
			return when(c.o != nil && c.o.typ != handle.TypeSocket, status.ErrNotSupported)
		}},
		{"S-USER", func(c *call) status.Status {
			return when(c.o != nil && (c.clear|c.set)&^c.o.settable(c.p.r) != 0, status.ErrInvalidArgs)
		}},
		{"S-PEER", func(c *call) status.Status {
			e := c.end()
			return when(e != nil && e.gone(), status.ErrPeerClosed)
		}},
	}
}
