package mutants

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
