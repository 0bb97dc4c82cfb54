package handle

// rules is what the editions differ in, as far as handles, signals and waits
// go. The code asks a rule, never an edition.
type rules struct {
	// rightsBeforeType: a call on a handle that lacks a right and is of the
	// wrong type fails with ACCESS_DENIED (W-RIGHTS, W-TYPE).
	rightsBeforeType bool
	// lastHandle: objects show LAST_HANDLE (S-LAST-HANDLE).
	lastHandle bool
	// The rights that calls need (S-RIGHT, T-RIGHT).
	signal, signalPeer, wait Rights
	// maxWaitItems is the most that WaitMany takes (T-MANY).
	maxWaitItems int
	// eventRights are those of a new event's handle.
	eventRights Rights
	// portOptions is what NewPort takes, and portRefused what it knows of but
	// does not support (P-CREATE).
	portOptions, portRefused uint32
	// portRights are those of a new port's handle, and the others what the
	// calls need of it (P-RIGHTS).
	portRights, portQueue, portWait Rights
	// asyncOptions is the greatest option of WaitAsync.
	asyncOptions uint32
}

var editionRules = [...]rules{
	Manual:     rules2017,
	Kernel2017: rules2017,
}

// The manual pages and the kernel of 2017 agree about all of these.
var rules2017 = rules{
	rightsBeforeType: true,
	lastHandle:       true,
	signal:           RightWrite,
	signalPeer:       RightWrite,
	wait:             RightRead,
	maxWaitItems:     1024,
	eventRights:      RightDuplicate | RightTransfer | RightRead | RightWrite,
	portOptions:      PortVersion,
	portRefused:      0,
	portRights:       RightDuplicate | RightTransfer | RightRead | RightWrite,
	portQueue:        RightWrite,
	portWait:         RightWrite,
	asyncOptions:     WaitAsyncRepeating,
}
