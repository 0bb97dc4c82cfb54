package handle

// A Handle is a process's name for a kernel object: a 32-bit value that means
// something in one [Table] only. Zero is never a valid handle, and every valid
// one is positive as a signed 32-bit integer, which is what it was in 2017.
type Handle uint32

// Invalid is the value that is never a handle.
const Invalid Handle = 0

// Rights say what may be done through a handle. They belong to the handle,
// not to the object: two handles to one object can differ.
type Rights uint32

// The rights, by the names and bits of the Magenta headers; the last three
// before SameRights came with Zircon.
const (
	RightDuplicate    Rights = 1 << 0
	RightTransfer     Rights = 1 << 1
	RightRead         Rights = 1 << 2
	RightWrite        Rights = 1 << 3
	RightExecute      Rights = 1 << 4
	RightMap          Rights = 1 << 5
	RightGetProperty  Rights = 1 << 6
	RightSetProperty  Rights = 1 << 7
	RightEnumerate    Rights = 1 << 8
	RightDestroy      Rights = 1 << 9
	RightSetPolicy    Rights = 1 << 10
	RightGetPolicy    Rights = 1 << 11
	RightSignal       Rights = 1 << 12
	RightSignalPeer   Rights = 1 << 13
	RightWait         Rights = 1 << 14
	RightInspect      Rights = 1 << 15
	RightManageSocket Rights = 1 << 20

	// SameRights asks Duplicate and Replace for the rights that the source
	// handle has. It stands alone: with any other bit it is INVALID_ARGS.
	SameRights Rights = 1 << 31
)

// Signals are the states of an object that can be waited for, a bit each.
type Signals uint32

// The signals. What each means is the object's to say, except LastHandle and
// HandleClosed, which any object can show.
const (
	Readable   Signals = 1 << 0
	Writable   Signals = 1 << 1
	PeerClosed Signals = 1 << 2
	Signaled   Signals = 1 << 3
	// PeerWriteDisabled and WriteDisabled are those of a direction that was
	// ended by a disposition; the thresholds are set by properties. (Zircon)
	PeerWriteDisabled Signals = 1 << 4
	WriteDisabled     Signals = 1 << 5
	ReadThreshold     Signals = 1 << 10
	WriteThreshold    Signals = 1 << 11
	// LastHandle is asserted while exactly one handle refers to the object.
	LastHandle Signals = 1 << 22
	// HandleClosed is only ever reported by a wait that was canceled.
	HandleClosed Signals = 1 << 23
	UserSignal0  Signals = 1 << 24
	UserSignal1  Signals = 1 << 25
	UserSignal2  Signals = 1 << 26
	UserSignal3  Signals = 1 << 27
	UserSignal4  Signals = 1 << 28
	UserSignal5  Signals = 1 << 29
	UserSignal6  Signals = 1 << 30
	UserSignal7  Signals = 1 << 31

	// UserSignals are the bits that a program may set and clear on any object.
	UserSignals Signals = 0xff000000
)

// A Type is the kind of object that a handle refers to.
type Type uint32

// Object type numbers. The number for ports differs between Magenta (20) and
// Zircon (6).
const (
	TypeEvent      Type = 5
	TypeZirconPort Type = 6
	TypeSocket     Type = 14
	TypePort       Type = 20
)

// A Koid identifies a kernel object for as long as the program runs: never
// zero, never used again.
type Koid uint64

// Info describes a handle and its object, for [Table.Info].
type Info struct {
	Koid        Koid
	Rights      Rights
	Type        Type
	RelatedKoid Koid // the peer's, also after it is gone; 0 where there is no peer
	Waitable    bool
}

// A WaitItem is one of the handles that [Table.WaitMany] waits for.
type WaitItem struct {
	Handle  Handle
	WaitFor Signals
	// Pending is what was observed of the object; see [Table.WaitMany].
	Pending Signals
}

// An Edition is a rule book: which kernel's behavior a table and what is
// created in it follow.
type Edition uint8

const (
	// Manual is the manual pages of mid-2017, to the letter.
	Manual Edition = iota
	// Kernel2017 is what the Magenta kernel of that time did where it
	// differed from its own manual.
	Kernel2017
	// Zircon is what today's Zircon does.
	Zircon
)
