// Package trace holds calls on kernel objects and their results, and the one
// text format in which both are written: the authored suite, recorded runs,
// minimized counterexamples and bug reports are all the same few lines. The
// grammar is written down in ../cases/GRAMMAR.md.
//
// A [Case] is a list of [Step] values. A step is a [Call] with what is wanted
// of it ([Want]); what a backend answered is a [Result].
package trace

import (
	"time"

	"mx.example/handle"
	"mx.example/status"
)

// An Op is a kind of call.
type Op uint8

const (
	OpTable       Op = iota + 1 // make a handle table (a process)
	OpCreate                    // make a socket
	OpEvent                     // make an event
	OpWrite                     // socket write, half close included
	OpRead                      // socket read
	OpOutstanding               // socket query: bytes inbound
	OpClose                     // handle close
	OpDuplicate                 // handle duplicate
	OpReplace                   // handle replace
	OpTransfer                  // move a handle to another table
	OpInfo                      // basic info of a handle
	OpSignal                    // set and clear one's own signals
	OpSignalPeer                // set and clear the peer's signals
	OpWait                      // wait for one object
	OpWaitMany                  // wait for several
	OpSignals                   // the state now: a wait for no signal that polls
	OpPump                      // move many bytes through short writes and reads
	OpChurn                     // make many handles, one after the other
	OpPort                      // make a port
	OpPortQueue                 // put a user packet into a port
	OpPortWait                  // take a packet out of a port
	OpWaitAsync                 // have a packet queued when an object asserts a signal
	OpPortCancel                // end operations of OpWaitAsync
	OpKoids                     // make many objects, one after the other
	OpCloseAll                  // close every handle of a table
	OpHolds                     // count what an object holds
	OpWriteAll                  // write all of the data, however long that takes
	OpReadFull                  // read until the buffer is full
	OpPortRace                  // queue packets as the deadlines of waits pass

	OpSetDisposition // say which endpoints of a pair may write
	OpGetProperty    // read a property of an object
	OpSetProperty    // change it
	OpSocketInfo     // the info of a socket
)

// A Ref says which handle value a call is made on, and in which table.
//
// The zero Ref is the invalid handle value 0 in the first table.
type Ref struct {
	// Table is the table in which the value is used. Empty means the table
	// that the handle was made in (the first table for the value 0).
	Table string
	// Name is the symbolic name that an earlier call gave to the handle, or
	// empty for the value 0.
	Name string
	// Delta is added to the value: an experiment on neighbouring values.
	Delta int32
}

// DataKind says how the bytes of a [Data] are made.
type DataKind uint8

const (
	Literal DataKind = iota // the bytes of Text
	Pattern                 // Len bytes of the pattern, from position Offset
)

// Data is a run of bytes, said compactly.
type Data struct {
	Kind   DataKind
	Text   string // Literal
	Len    uint64 // Pattern
	Offset uint64 // Pattern
}

// BufferKind says what memory a buffer argument points at.
type BufferKind uint8

const (
	// Good is ordinary memory: Data to write, Size bytes to read into.
	Good BufferKind = iota
	// Null is a null pointer with Size.
	Null
	// Faulty is Good memory that ends at a page boundary (Data to write, Size
	// bytes to read into), followed by Bad bytes that cannot be accessed. The
	// size passed is the sum.
	Faulty
)

// A Buffer is the buffer argument of a write or a read.
type Buffer struct {
	Kind BufferKind
	Data Data   // for a write: the bytes of the good part
	Size uint64 // for a read, or a null pointer: the (good) size
	Bad  uint64 // for Faulty: how many inaccessible bytes follow
}

// ActualKind says what the pointer to the actual count is.
type ActualKind uint8

const (
	ActualGood ActualKind = iota // a word that can be written
	ActualNull                   // null
	ActualBad                    // an address that cannot be written
)

// A Deadline is the end of a wait.
type Deadline struct {
	Kind  DeadlineKind
	After time.Duration // for In: from the start of the call
}

// DeadlineKind says which sort of deadline a wait has.
type DeadlineKind uint8

const (
	Never DeadlineKind = iota // infinite
	Past                      // already past: the wait polls
	In                        // After from the start of the call
)

// A WaitItem is one handle of an [OpWaitMany].
type WaitItem struct {
	Ref     Ref
	WaitFor handle.Signals
}

// A Call is one call with its arguments. Which fields count depends on Op.
type Call struct {
	Op Op

	// H is the handle that the call is made on: all but OpTable, OpCreate,
	// OpEvent, OpPort and OpWaitMany. For OpWaitAsync it is the source.
	H Ref
	// Table is the table that OpCreate, OpEvent, OpPort and OpKoids create in
	// (empty: the first), that OpCloseAll empties, that OpTransfer moves to, that OpWaitMany is called in, and the
	// name that OpTable gives.
	Table string
	// Out are the names given to the handles that the call returns: two for
	// OpCreate, one for OpEvent, OpPort, OpDuplicate, OpReplace, OpTransfer.
	// They are bound only if the call succeeds. A call that is started on an actor has
	// them in its Finish alone.
	Out []string

	Options  uint32          // OpCreate, OpWrite, OpRead, OpWaitAsync; OpPort, see HasOptions
	Capacity uint64          // OpCreate; see HasCapacity
	Buf      Buffer          // OpWrite, OpRead, OpWriteAll, OpReadFull
	Actual   ActualKind      // OpWrite, OpRead
	Rights   handle.Rights   // OpDuplicate, OpReplace
	Clear    handle.Signals  // OpSignal, OpSignalPeer
	Set      handle.Signals  // OpSignal, OpSignalPeer
	Signals  handle.Signals  // OpWait, OpWaitAsync: what is waited for
	Items    []WaitItem      // OpWaitMany
	Until    Deadline        // OpWait, OpWaitMany, OpPortWait, OpWriteAll, OpReadFull
	Handles  uint64          // OpTable: handle limit, 0 for the default
	Memory   uint64          // OpTable: memory limit; see HasMemory
	Edition  *handle.Edition // OpTable: an edition of its own, or nil for the run's
	To       Ref             // OpPump: the handle that is read; OpWaitAsync: the port; OpPortCancel: the source
	Bytes    uint64          // OpPump: how many bytes
	Seed     uint64          // OpPump: of the sizes
	Count    uint64          // OpChurn: how many handles; OpKoids: how many objects; OpPortRace: how many waits; OpPortQueue: how many packets, 0 being one
	Key      uint64          // OpWaitAsync, OpPortCancel
	Packet   *handle.Packet  // OpPortQueue: key, type, status and user bytes; never nil

	Mine     uint32          // OpSetDisposition: of the endpoint of H
	Peers    uint32          // OpSetDisposition: of its peer
	Property handle.Property // OpGetProperty, OpSetProperty
	Value    uint64          // OpSetProperty

	HasOptions  bool // OpPort: Options were given; otherwise they are those that make a port
	HasCapacity bool // OpCreate: Capacity was given, if only as 0
	HasMemory   bool // OpTable: Memory was given
}

// A Result is what a backend answered to a [Call].
type Result struct {
	Status status.Status
	// Errno is the error number behind Status on a POSIX descriptor, or 0.
	Errno status.Errno
	// N is the count of a write, a query, a pump, a churn, an OpKoids or an OpPortRace, and the value of an
	// OpGetProperty. It is 0 on failure, but for OpWriteAll and OpReadFull, which
	// tell how far they came. A read of a null pointer with size 0
	// has a count as a query has, in every edition.
	N uint64
	// Data are the bytes that a read delivered; when there is no good pointer
	// for the actual count, the whole buffer.
	Data []byte
	// Observed is what a wait observed (also on TIMED_OUT and CANCELED), or
	// the state that OpSignals saw.
	Observed handle.Signals
	// Pending are the observed signals of the items of an OpWaitMany, nil
	// when it failed before it waited.
	Pending []handle.Signals
	// Info is what OpInfo told. Koids are as the backend gave them.
	Info handle.Info
	// Packet is what an OpPortWait took, nil when it failed.
	Packet *handle.Packet
	// Socket is what OpSocketInfo told.
	Socket SocketInfo
	// Holding is what OpHolds counted.
	Holding handle.Holding
	// Touched says that a failed call changed the word for the actual count.
	Touched bool
	// Unsupported names the difference because of which the backend has no
	// such call; every other field is then meaningless.
	Unsupported string
	// Note is free text of the backend for a reader of the report, such as
	// the system call that was made.
	Note string
}

// A SignalWant is what is wanted of a set of signals.
type SignalWant struct {
	Must    handle.Signals // these are asserted
	MustNot handle.Signals // these are not
	Open    bool           // others may be; otherwise exactly Must
}

// Matches reports whether s is what is wanted.
func (w SignalWant) Matches(s handle.Signals) bool {
	if w.Open {
		return s&w.Must == w.Must && s&w.MustNot == 0
	}
	return s == w.Must
}

// An InfoWant is what is wanted of OpInfo.
type InfoWant struct {
	Type     handle.Type
	Rights   handle.Rights
	Koid     string // name of the first handle to the object: koids must agree
	Related  string // the same of the peer; empty: no peer, koid 0
	Waitable bool
}

// SocketInfo is the info of a socket, by the names that its fields have in the
// system call.
type SocketInfo struct {
	Options                             uint32 // of the call that made it
	RxBufMax, RxBufSize, RxBufAvailable uint64
	TxBufMax, TxBufSize                 uint64
}

// A Want is one answer that is allowed to a call. The fields that count
// depend on the Op and on Status; every one of those is compared.
type Want struct {
	Status  status.Status
	N       uint64         // OpWrite, OpOutstanding, OpPump, OpChurn, OpKoids, OpPortRace, OpGetProperty, the query by OpRead, when Status is OK; OpWriteAll
	Data    Data           // OpRead otherwise, when Status is OK; OpReadFull
	Signals SignalWant     // OpWait (OK, TIMED_OUT, CANCELED), OpSignals (OK)
	Pending []SignalWant   // OpWaitMany (OK, TIMED_OUT, CANCELED)
	Info    InfoWant       // OpInfo, when Status is OK
	Packet  *PacketWant    // OpPortWait, when Status is OK
	Socket  SocketInfo     // OpSocketInfo, when Status is OK
	Holding handle.Holding // OpHolds, when Status is OK
}

// StepKind says how a step is carried out.
type StepKind uint8

const (
	// Plain makes the call and waits for its result.
	Plain StepKind = iota
	// Start makes the call on the step's actor and goes on when the call has
	// blocked. There is no result yet.
	Start
	// Finish waits for the call that the actor has under way. Call is that
	// call again, Want what is wanted of it.
	Finish
)

// A Step is one line of a case.
type Step struct {
	Line int // 1-based, in the file that the case was read from; 0 if none
	// Editions are those for which the line counts; nil means all that the
	// case speaks for.
	Editions []handle.Edition
	Kind     StepKind
	Actor    string // for Start and Finish, a name; empty otherwise
	Call     Call
	// Want are the answers allowed; empty for Start, and in a call without a
	// stated result: then any answer will do.
	Want []Want
}

// A Case is a scenario with the results that are right.
type Case struct {
	Name     string // [a-z0-9-]+, unique in the suite
	Doc      string // one or more sentences: what is shown
	Clauses  []string
	Editions []handle.Edition // nil: every edition
	Steps    []Step
	File     string // where it was read, for error messages
	Line     int
}
