package mxsocket

import (
	"mx.example/handle"
	"mx.example/status"
)

// rules is what the editions differ in, as far as sockets go. The code asks a
// rule, never an edition.
type rules struct {
	// createRights are those of both handles of a new pair (C-RIGHTS).
	createRights handle.Rights
	// halfCloseOutbound: HALF_CLOSE at h ends what h sends; otherwise it ends
	// what h receives (H-DIRECTION).
	halfCloseOutbound bool
	// noMemory is the result of a write that there is no memory for
	// (W-NO-MEMORY).
	noMemory status.Status
	// The result of a fault in the caller's memory (W-FAULT, R-FAULT).
	writeFault struct{ stream, datagram faultRule }
	readFault  faultRule
}

// A faultRule says what becomes of a copy that stops at a bad page.
type faultRule struct {
	// keep: the bytes before the bad page count as written, or read.
	keep bool
	// status is the result of a kept copy; one that is not kept is
	// INVALID_ARGS.
	status status.Status
	// empty is the result if there are no bytes before the bad page.
	empty status.Status
}

// refused: a fault is INVALID_ARGS and nothing has happened.
var refused = faultRule{status: status.ErrInvalidArgs, empty: status.ErrInvalidArgs}

var editionRules = [...]rules{
	handle.Manual: {
		createRights: rights2017,
		noMemory:     status.ErrNoMemory,
		writeFault:   struct{ stream, datagram faultRule }{refused, refused},
		readFault:    refused,
	},
	handle.Kernel2017: {
		createRights:      rights2017,
		halfCloseOutbound: true,
		noMemory:          status.ErrShouldWait,
		writeFault: struct{ stream, datagram faultRule }{
			stream:   faultRule{keep: true, status: status.OK, empty: status.ErrShouldWait},
			datagram: refused,
		},
		readFault: faultRule{keep: true, status: status.OK, empty: status.OK},
	},
}

const rights2017 = handle.RightDuplicate | handle.RightTransfer | handle.RightRead | handle.RightWrite
