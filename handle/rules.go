package handle

import (
	"math"

	"mx.example/status"
)

// rules is what the editions differ in, as far as handles, signals and waits
// go. The code asks a rule, never an edition.
type rules struct {
	// rightsBeforeType: a call on a handle that lacks a right and is of the
	// wrong type fails with ACCESS_DENIED (W-RIGHTS, W-TYPE).
	rightsBeforeType bool
	// fixedBits: the two low bits of a handle value are set (X-STALE).
	fixedBits bool
	// closeInvalid: closing the value 0 is OK (X-CLOSE).
	closeInvalid bool
	// replaceConsumes: a replace that fails because of its rights closes the
	// handle (X-REPLACE-RIGHTS).
	replaceConsumes bool
	// lastHandle: objects show LAST_HANDLE (S-LAST-HANDLE).
	lastHandle bool
	// The rights that calls need; the kernel of 2017 wants none to signal a
	// peer (S-RIGHT, T-RIGHT).
	signal, signalPeer, wait Rights
	// accumulate: a wait reports every signal that was asserted at some
	// instant of it, and cancellation wins over success when both hold at
	// return. Otherwise it reports the state at the one instant that
	// completed it, and whichever came first wins (T-OBSERVED, T-CANCEL).
	accumulate bool
	// maxWaitItems is the most that WaitMany takes, and tooManyItems the
	// result of more (T-MANY).
	maxWaitItems int
	tooManyItems status.Status
	// eventRights are those of a new event's handle.
	eventRights Rights
	// portOptions is what NewPort takes, and portRefused what it knows of but
	// does not support (P-CREATE).
	portOptions, portRefused uint32
	portClass                *Class
	// portRights are those of a new port's handle, and the others what the
	// calls need of it (P-RIGHTS).
	portRights, portQueue, portWait Rights
	// packetLimit is how many packets of programs a port holds (P-LIMIT).
	packetLimit int
	// asyncOptions are the options of WaitAsync, and asyncRepeats says that
	// any but ONCE is REPEATING (P-ONCE, P-REPEATING).
	asyncOptions uint32
	asyncRepeats bool
	// cancel is the right that CancelAsync needs on the source (P-CANCEL).
	cancel Rights
	// cancelsKeys: there is CancelKey.
	cancelsKeys bool
	// objectTopics and properties: GetInfo has topics of objects, and there
	// are properties (X-INFO, Z-INFO, Z-THRESHOLD).
	objectTopics, properties bool
}

var editionRules = [...]rules{
	Manual:     rules2017,
	Kernel2017: kernelRules(),
	Zircon: {
		fixedBits:       true,
		closeInvalid:    true,
		replaceConsumes: true,
		signal:          RightSignal,
		signalPeer:      RightSignalPeer,
		wait:            RightWait,
		maxWaitItems:    64,
		tooManyItems:    status.ErrOutOfRange,
		eventRights:     RightDuplicate | RightTransfer | RightWait | RightInspect | RightSignal,
		portOptions:     0,
		portRefused:     1, // bind to an interrupt
		portClass:       &Class{Type: TypeZirconPort, Unwaitable: true},
		portRights:      RightDuplicate | RightTransfer | RightRead | RightWrite | RightInspect,
		portQueue:       RightWrite,
		portWait:        RightRead,
		packetLimit:     4097,
		asyncOptions:    WaitAsyncTimestamp | WaitAsyncEdge | WaitAsyncBootTimestamp,
		cancel:          RightWait,
		cancelsKeys:     true,
		objectTopics:    true,
		properties:      true,
	},
}

// kernelRules is where the kernel of 2017 departs from its manual.
func kernelRules() rules {
	r := rules2017
	r.signalPeer = 0
	r.asyncOptions = ^uint32(0)
	r.cancel = RightRead
	return r
}

var rules2017 = rules{
	rightsBeforeType: true,
	lastHandle:       true,
	signal:           RightWrite,
	signalPeer:       RightWrite,
	wait:             RightRead,
	accumulate:       true,
	maxWaitItems:     1024,
	tooManyItems:     status.ErrInvalidArgs,
	eventRights:      RightDuplicate | RightTransfer | RightRead | RightWrite,
	portOptions:      PortVersion,
	portRefused:      0, // the version that was being withdrawn
	portClass:        &Class{Type: TypePort, Unwaitable: true},
	portRights:       RightDuplicate | RightTransfer | RightRead | RightWrite,
	portQueue:        RightWrite,
	portWait:         RightWrite,
	packetLimit:      math.MaxInt,
	asyncOptions:     WaitAsyncRepeating,
	asyncRepeats:     true,
	cancel:           RightWrite,
}
