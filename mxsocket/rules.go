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
	capacity     uint32 // C-CAPACITY
	// storedWritable: WRITABLE is a bit that events set and clear, and not
	// computed (S-WRITABLE).
	storedWritable bool
	// writeOptions are what Write may be asked for, and optionsEarly says that
	// others are refused before the handle is looked at (W-OPTIONS,
	// W-OPTIONS-EARLY). readOptions are those of Read (R-OPTIONS).
	writeOptions, readOptions uint32
	optionsEarly              bool
	// halfCloseOutbound: HALF_CLOSE at h ends what h sends; otherwise it ends
	// what h receives (H-DIRECTION).
	halfCloseOutbound bool
	// noQuery: a read with a null buffer and size 0 is an ordinary read
	// (R-QUERY).
	noQuery bool
	// tooBig is the result of a datagram that can never fit (W-DGRAM-TOO-BIG).
	tooBig status.Status
	// noMemory is the result of a write that there is no memory for
	// (W-NO-MEMORY).
	noMemory status.Status
	// readEnded is the result of a read when nothing is left and the direction
	// has ended (R-ENDED).
	readEnded status.Status
	// What the ends of a direction that has ended assert (S-PEER-CLOSED,
	// Z-DISABLED).
	endedAtReader, endedAtWriter handle.Signals
	// The result of a fault in the caller's memory (W-FAULT, R-FAULT).
	streamWriteFault, datagramWriteFault, readFault faultRule
	// dispositions: SetDisposition exists (Z-DISPOSITION).
	dispositions bool
}

// A faultRule says what becomes of a copy that stops at a bad page.
type faultRule struct {
	// keep: the bytes before the bad page count as written, or read.
	keep bool
	// some is the result if there are bytes before the bad page, and none if
	// there are not. A read has one for both, which is some.
	some, none status.Status
}

// refused: a fault is INVALID_ARGS and nothing has happened.
var refused = faultRule{some: status.ErrInvalidArgs, none: status.ErrInvalidArgs}

// kept: a fault is INVALID_ARGS, after what could be copied was.
var kept = faultRule{keep: true, some: status.ErrInvalidArgs, none: status.ErrInvalidArgs}

var editionRules = [...]rules{
	handle.Manual: {
		createRights:       rights2017,
		capacity:           DefaultCapacity,
		writeOptions:       HalfClose,
		tooBig:             status.ErrShouldWait,
		noMemory:           status.ErrNoMemory,
		readEnded:          status.ErrPeerClosed,
		endedAtReader:      handle.PeerClosed,
		streamWriteFault:   refused,
		datagramWriteFault: refused,
		readFault:          refused,
	},
	handle.Kernel2017: {
		createRights:       rights2017,
		capacity:           DefaultCapacity,
		writeOptions:       HalfClose,
		halfCloseOutbound:  true,
		tooBig:             status.ErrShouldWait,
		noMemory:           status.ErrShouldWait,
		readEnded:          status.ErrPeerClosed,
		endedAtReader:      handle.PeerClosed,
		streamWriteFault:   faultRule{keep: true, some: status.OK, none: status.ErrShouldWait},
		datagramWriteFault: refused,
		readFault:          faultRule{keep: true, some: status.OK},
	},
	handle.Zircon: {
		createRights: rights2017 | handle.RightWait | handle.RightInspect |
			handle.RightGetProperty | handle.RightSetProperty |
			handle.RightSignal | handle.RightSignalPeer | handle.RightManageSocket,
		capacity:           ZirconCapacity,
		storedWritable:     true,
		optionsEarly:       true,
		readOptions:        Peek,
		noQuery:            true,
		tooBig:             status.ErrOutOfRange,
		noMemory:           status.ErrShouldWait,
		readEnded:          status.ErrBadState,
		endedAtReader:      handle.PeerWriteDisabled,
		endedAtWriter:      handle.WriteDisabled,
		streamWriteFault:   kept,
		datagramWriteFault: refused,
		readFault:          kept,
		dispositions:       true,
	},
}

const rights2017 = handle.RightDuplicate | handle.RightTransfer | handle.RightRead | handle.RightWrite
