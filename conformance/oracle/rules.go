package oracle

import (
	"mx.example/handle"
	"mx.example/status"
)

// Options, as the calls have them.
const (
	Stream    = 0 // create
	Datagram  = 1 // create
	HalfClose = 1 // write, in 2017
	Peek      = 8 // read, in zircon
)

// Sizes and limits.
const (
	LeastCapacity      = 1          // that an experiment may choose
	GreatestCapacity   = 4294967295 //
	GreatestSize       = 4294967295 // W-HUGE, R-HUGE
	DefaultHandleLimit = 262144     // handles in a table
)

// What L-ACCOUNT charges besides queued bytes. The contract asks for fixed
// documented numbers; these are the library's.
const (
	PairCharge   = 512
	HandleCharge = 64
	EventCharge  = 128
	PortCharge   = 128
	PacketCharge = 64 // of a packet in a port
)

// A Fault says what comes of a write or a read that meets memory which cannot
// be accessed.
type Fault uint8

const (
	// FaultUndoes: INVALID_ARGS, and nothing has happened.
	FaultUndoes Fault = iota
	// FaultStops: the bytes before the first bad page count, and are the
	// answer.
	FaultStops
	// FaultKeeps: INVALID_ARGS, and yet those bytes count.
	FaultKeeps
)

// Rules are what the contract says differently in its editions, or is going
// to: a column of values. What reads the same everywhere is in the code.
type Rules struct {
	SocketRights handle.Rights // C-RIGHTS: of both handles of a new pair
	Capacity     uint64        // C-CAPACITY: bytes a direction
	EventRights  handle.Rights // of a new event

	// TypeFirst is the one thing that O-ORDER leaves to the editions: a call
	// for one type of object on another, through a handle that lacks the right
	// too, fails for the type (W-TYPE, R-TYPE). In calls for all types the
	// right comes first everywhere.
	TypeFirst bool

	// WriteOptions and ReadOptions are what may be asked for (W-OPTIONS,
	// R-OPTIONS), and WriteOptionsEarly is W-OPTIONS-EARLY.
	WriteOptions, ReadOptions uint32
	WriteOptionsEarly         bool

	// Query is R-QUERY: a read with a null buffer and size 0 asks how many
	// bytes there are; if false, it is a read of nothing.
	Query bool

	// CloseZero is the exception of X-CLOSE: closing the value 0 is OK.
	CloseZero bool
	// ReplaceConsumes is X-REPLACE-RIGHTS: the old handle goes in any case.
	ReplaceConsumes bool

	// HalfCloseEndsInbound is the bit of H-DIRECTION: a half close at h ends
	// h's inbound direction; if false, its outbound.
	HalfCloseEndsInbound bool

	WriteNoMemory    status.Status // W-NO-MEMORY
	DatagramTooBig   status.Status // W-DGRAM-TOO-BIG
	StreamWriteFault Fault         // W-FAULT; a datagram is undone in all editions
	ReadFault        Fault         // R-FAULT
	ReadEnded        status.Status // R-ENDED

	SignalRight     handle.Rights // S-RIGHT
	SignalPeerRight handle.Rights // S-RIGHT; none in kernel2017
	WaitRight       handle.Rights // T-RIGHT

	WaitManyMax     int           // T-MANY: this many items
	WaitManyTooMany status.Status // T-MANY: and for more

	// Accumulates is T-OBSERVED: a wait reports all that was asserted while
	// it was on; if false, the whole state at one instant. With it goes
	// T-CANCEL: cancellation wins; if false, whichever came first.
	Accumulates bool

	LastHandle     bool           // S-LAST-HANDLE
	EndedForReader handle.Signals // S-PEER-CLOSED, Z-DISABLED: by an inbound that has ended
	EndedForWriter handle.Signals // Z-DISABLED: by an outbound that has ended

	PortType                 handle.Type   // its number
	PortOptions, PortRefused uint32        // P-CREATE: what makes a port, and what is not supported
	PortRights               handle.Rights // P-RIGHTS: of a new port
	PortQueueRight           handle.Rights // P-RIGHTS: for queue, wait_async and cancel
	PortWaitRight            handle.Rights // P-RIGHTS: for wait
	CancelRight              handle.Rights // P-CANCEL: on the source
	PacketLimit              int           // P-LIMIT: so many packets of programs in a port; 0 is no limit
	// AsyncOptions are those of wait_async; AsyncRepeats says that any but
	// ONCE is REPEATING (P-ONCE, P-REPEATING).
	AsyncOptions uint32
	AsyncRepeats bool

	// StoredWritable is S-WRITABLE: a bit that events set and clear; if false,
	// a level.
	StoredWritable bool

	// Zircon is set if the calls of the group Z exist.
	Zircon bool
}

const basicRights = handle.RightDuplicate | handle.RightTransfer | handle.RightRead | handle.RightWrite

// RulesOf is the column of an edition.
func RulesOf(e handle.Edition) *Rules { return &editions[e] }

var editions = [...]Rules{
	handle.Manual: {
		SocketRights:         basicRights,
		Capacity:             257024, // 128 × 2,008
		EventRights:          basicRights,
		HalfCloseEndsInbound: true,
		WriteNoMemory:        status.ErrNoMemory,
		DatagramTooBig:       status.ErrShouldWait,
		StreamWriteFault:     FaultUndoes,
		ReadFault:            FaultUndoes,
		ReadEnded:            status.ErrPeerClosed,
		SignalRight:          handle.RightWrite,
		SignalPeerRight:      handle.RightWrite,
		WaitRight:            handle.RightRead,
		WaitManyMax:          1024,
		WaitManyTooMany:      status.ErrInvalidArgs,
		WriteOptions:         HalfClose,
		Query:                true,
		Accumulates:          true,
		LastHandle:           true,
		EndedForReader:       handle.PeerClosed,
		PortType:             handle.TypePort,
		PortOptions:          1,
		PortRefused:          0,
		PortRights:           basicRights,
		PortQueueRight:       handle.RightWrite,
		PortWaitRight:        handle.RightWrite,
		CancelRight:          handle.RightWrite,
		AsyncOptions:         Repeating,
		AsyncRepeats:         true,
	},
	handle.Kernel2017: {
		SocketRights:         basicRights,
		Capacity:             257024,
		EventRights:          basicRights,
		HalfCloseEndsInbound: false,
		WriteNoMemory:        status.ErrShouldWait,
		DatagramTooBig:       status.ErrShouldWait,
		StreamWriteFault:     FaultStops,
		ReadFault:            FaultStops,
		ReadEnded:            status.ErrPeerClosed,
		SignalRight:          handle.RightWrite,
		SignalPeerRight:      0,
		WaitRight:            handle.RightRead,
		WaitManyMax:          1024,
		WaitManyTooMany:      status.ErrInvalidArgs,
		WriteOptions:         HalfClose,
		Query:                true,
		Accumulates:          true,
		LastHandle:           true,
		EndedForReader:       handle.PeerClosed,
		PortType:             handle.TypePort,
		PortOptions:          1,
		PortRefused:          0,
		PortRights:           basicRights,
		PortQueueRight:       handle.RightWrite,
		PortWaitRight:        handle.RightWrite,
		CancelRight:          handle.RightRead,
		AsyncOptions:         ^uint32(0),
		AsyncRepeats:         true,
	},
	handle.Zircon: {
		SocketRights: basicRights | handle.RightWait | handle.RightInspect |
			handle.RightGetProperty | handle.RightSetProperty |
			handle.RightSignal | handle.RightSignalPeer | handle.RightManageSocket,
		EventRights: handle.RightDuplicate | handle.RightTransfer |
			handle.RightWait | handle.RightInspect | handle.RightSignal,
		Capacity:          264160, // 65 × 4,064
		StoredWritable:    true,
		TypeFirst:         true,
		ReadOptions:       Peek,
		WriteOptionsEarly: true,
		CloseZero:         true,
		ReplaceConsumes:   true,
		WriteNoMemory:     status.ErrShouldWait,
		DatagramTooBig:    status.ErrOutOfRange,
		StreamWriteFault:  FaultKeeps,
		ReadFault:         FaultKeeps,
		ReadEnded:         status.ErrBadState,
		SignalRight:       handle.RightSignal,
		SignalPeerRight:   handle.RightSignalPeer,
		WaitRight:         handle.RightWait,
		WaitManyMax:       64,
		WaitManyTooMany:   status.ErrOutOfRange,
		EndedForReader:    handle.PeerWriteDisabled,
		EndedForWriter:    handle.WriteDisabled,
		PortType:          handle.TypeZirconPort,
		PortOptions:       0,
		PortRefused:       1,
		PortRights:        basicRights | handle.RightInspect,
		PortQueueRight:    handle.RightWrite,
		PortWaitRight:     handle.RightRead,
		CancelRight:       handle.RightWait,
		PacketLimit:       4097,
		AsyncOptions:      Timestamp | Edge | BootTimestamp,
		Zircon:            true,
	},
}
