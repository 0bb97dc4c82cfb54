package clause

import (
	"slices"
	"strings"
)

// A Departure is something that a kernel does and that no edition does, on
// purpose. A difference between an edition and its source that is not in
// [Departures] is a bug.
//
// A case that shows what is done here names the departure beside its clauses,
// so that a report of it on that kernel says why it fails there.
type Departure struct {
	ID       string   // stable, such as D-CHUNKS
	Title    string   // in a few words
	Editions []string // those whose kernels it is about
	Kernel   string   // what the kernels do
	Sources  []Source // where they do it
	Here     string   // what is done here
	Why      string
	Clauses  []string // the clauses near it
	// Test is the Go test that shows what is done here, where no case can:
	// the calls of C have pointers that cases have no words for.
	Test string
}

// Departures returns all departures. The slice is the caller's; the slices in
// it are shared.
func Departures() []Departure { return slices.Clone(departures) }

// LookupDeparture returns the departure of that id, in any case of letters.
func LookupDeparture(id string) (Departure, bool) {
	i := slices.IndexFunc(departures, func(d Departure) bool { return strings.EqualFold(d.ID, id) })
	if i < 0 {
		return Departure{}, false
	}
	return departures[i], true
}

// DeparturesNear returns the departures near a clause.
func DeparturesNear(clause string) []Departure {
	var near []Departure
	for _, d := range departures {
		if slices.Contains(d.Clauses, clause) {
			near = append(near, d)
		}
	}
	return near
}

// kernels are the editions that every departure which says "all kernels" is
// about. The manual follows the kernel of its month where it is silent.
var kernels = []string{"manual", "kernel2017", "zircon"}

// of2017 are the editions of 2017.
var of2017 = []string{"manual", "kernel2017"}

var departures = []Departure{
	{
		ID:       "D-CHUNKS",
		Title:    "faults are seen by the page, not by the chunk",
		Editions: []string{"kernel2017", "zircon"},
		Kernel: "Faults are seen by the chunk of the buffer, 2,008 bytes in 2017 and 4,064 today. A write that meets one keeps whole earlier chunks (2017), or only what filled the last chunk that was partly full (today). " +
			"A read that meets one has consumed whole chunks. Of a datagram, 2017 discards nothing then: the rest of it stays in the queue, all of it if the first chunk faults. Today drops the rest and counts nothing, so that an endpoint whose peer's buffer was full does not become WRITABLE, and a wake-up is lost.",
		Sources: []Source{
			mx(mxSocket, "WriteStreamMBufsLocked, ReadMBufsLocked"),
			zx(zxMBuf, "write_stream, read_stream, read_datagram"), zx(zxSocket, "SocketDispatcher::read"),
		},
		Here:    "Faults are seen by the page, as W-FAULT and R-FAULT say; what a read takes out of a full buffer makes the peer WRITABLE.",
		Why:     "How a buffer is laid out in chunks depends on its whole history, and no program can make use of it.",
		Clauses: []string{"W-FAULT", "R-FAULT", "S-WRITABLE"},
	},
	{
		ID:       "D-PHANTOM",
		Title:    "no phantom datagrams",
		Editions: []string{"kernel2017"},
		Kernel:   "A chunk that is used again keeps the packet length of its former content, so that a datagram of several chunks which is cut short can leave a phantom datagram behind, that nobody has written.",
		Sources:  []Source{mx(mxSocket, "FreeMBuf, WriteDgramMBufsLocked, ReadMBufsLocked")},
		Here:     "The rest of a datagram that is cut short is discarded (R-DGRAM).",
		Why:      "It is a bug of memory: what comes out depends on what was there before.",
		Clauses:  []string{"R-DGRAM"},
	},
	{
		ID:       "D-GONE-PEER",
		Title:    "no peer is used after it is gone",
		Editions: []string{"kernel2017"},
		Kernel:   "A write that runs at the same time as the peer's last close can use the peer after it is gone.",
		Sources:  []Source{mx(mxSocket, "SocketDispatcher::Write, WriteSelf, on_zero_handles")},
		Here:     "It is PEER_CLOSED, or a success whose bytes are dropped by the close (X-LAST).",
		Why:      "It is not safe.",
		Clauses:  []string{"W-PEER-CLOSED", "X-LAST", "O-LINEAR"},
	},
	{
		ID:       "D-PORT-CLOSE",
		Title:    "closing a port's handle wakes those who wait on it",
		Editions: kernels,
		Kernel:   "Whoever waits on a port when its last handle is closed sleeps on until the deadline.",
		Sources:  []Source{mx(mxPort, "on_zero_handles, DeQueue"), zx(zxPort, "on_zero_handles, Dequeue")},
		Here:     "Closing, replacing or transferring the handle that a wait on a port was begun with makes the wait CANCELED (P-WAIT).",
		Why:      "A goroutine that sleeps for ever is of use to nobody.",
		Clauses:  []string{"P-WAIT", "P-CLOSE-PORT"},
	},
	{
		ID:       "D-PORT-ORDER",
		Title:    "those who wait on a port are served in their order",
		Editions: kernels,
		Kernel:   "Waiters that were woken race for the packet in front, and one that polls can overtake them.",
		Sources:  []Source{mx(mxPort, "DeQueue"), mx(mxSemaphore, "Post, Wait"), zx(zxPort, "Dequeue")},
		Here:     "First come, first served.",
		Why:      "It can be repeated.",
		Clauses:  []string{"P-WAIT"},
	},
	{
		ID:       "D-LATE-CANCEL",
		Title:    "a wait that has completed is not canceled any more",
		Editions: []string{"zircon"},
		Kernel:   "A wait for several objects of which one has completed it can still be told CANCELED, if the handle of another is closed before the call returns.",
		Sources:  []Source{zx(zxSysWait, "sys_object_wait_many"), zx(zxWait, "End, OnCancel")},
		Here:     "Whichever came first (T-CANCEL).",
		Why:      "The kernel leaves it to a race.",
		Clauses:  []string{"T-CANCEL", "T-MANY"},
	},
	{
		ID:       "D-VALUES",
		Title:    "values come back late",
		Editions: kernels,
		Kernel:   "One arena has the handles of all processes. A value has a generation of 12 bits, so that it comes back after 4,096 handles in its place.",
		Sources:  []Source{mx(mxHandles, "kMaxHandleCount, GetNewHandleBaseValue"), zx(zxHandle, "kHandleGenerationMask, NewHandleValue")},
		Here:     "A value does not come back for 2^20 handles of its table (X-STALE).",
		Why:      "It is safer, and a suite can rely on it.",
		Clauses:  []string{"X-STALE"},
	},
	{
		ID:       "D-ALIAS",
		Title:    "a handle has one value",
		Editions: of2017,
		Kernel:   "The lowest bit of a value is not looked at, so that every handle has a second value.",
		Sources:  []Source{mx(mxProcess, "map_value_to_handle")},
		Here:     "The neighbors of a value are no handles (X-STALE).",
		Why:      "It is safer.",
		Clauses:  []string{"X-STALE"},
	},
	{
		ID:       "D-LIMITS",
		Title:    "tables have limits",
		Editions: kernels,
		Kernel:   "There is no limit of handles or of memory of one process: one arena of 262,144 handles serves all, and chunks and packets come from the memory of the machine. A wait_async takes the memory of its packet when it begins.",
		Sources:  []Source{mx(mxHandles, "kMaxHandleCount"), mx(mxSocket, "AllocMBuf"), mx(mxPort, "MakeObservers"), zx(zxHandle, "kMaxHandleCount"), zx(zxMBuf, "alloc_mbufs"), zx(zxPort, "MakeObserver")},
		Here:     "A table has a limit of handles and one of memory, which counts bytes of payload and fixed charges (L-ACCOUNT, X-FULL, P-FULL).",
		Why:      "NO_MEMORY must be within reach of an experiment.",
		Clauses:  []string{"L-ACCOUNT", "C-NO-MEMORY", "X-FULL", "X-REPLACE", "P-FULL", "W-NO-MEMORY"},
	},
	{
		ID:       "D-SHORT-MEMORY",
		Title:    "a stream takes what there is memory for",
		Editions: []string{"zircon"},
		Kernel:   "A write to a stream takes memory for all that there is room for, or writes nothing: too little memory is SHOULD_WAIT and never a short write.",
		Sources:  []Source{zx(zxMBuf, "write_stream, alloc_mbufs")},
		Here:     "What there is memory for is written, as in 2017 (W-STREAM-SHORT).",
		Why:      "The limit of memory is this project's, and counts bytes where the kernel takes whole chunks: what \"too little\" is would not be the same anyway.",
		Clauses:  []string{"W-STREAM-SHORT", "W-NO-MEMORY", "L-ACCOUNT"},
	},
	{
		ID:       "D-HALF-PAIR",
		Title:    "no half of a pair stays behind",
		Editions: []string{"zircon"},
		Kernel:   "With one free place left, create puts the first handle into the table, fails for the second, and leaves the first where it is.",
		Sources:  []Source{zx(zxSysSocket, "sys_socket_create")},
		Here:     "Nothing is left behind (C-NO-MEMORY).",
		Why:      "The program is never told the value of what is left.",
		Clauses:  []string{"C-NO-MEMORY"},
	},
	{
		ID:       "D-TRANSFER",
		Title:    "a transfer is a call of its own",
		Editions: kernels,
		Kernel:   "Handles move in the messages of channels. A handle that is moved within its table, or there and back, has its old value again, and no free place is needed.",
		Sources:  []Source{mx(mxProcess, "RemoveHandleLocked, AddHandleLocked"), zx(zxTable, "RemoveHandleLocked, AddHandleLocked, MapHandleToValue")},
		Here:     "A transfer is one call, which gives a new value and needs a free place (X-TRANSFER, X-FULL).",
		Why:      "There are no channels here.",
		Clauses:  []string{"X-TRANSFER", "X-FULL"},
	},
	{
		ID:       "D-POLICY",
		Title:    "too many packets are only refused",
		Editions: []string{"zircon"},
		Kernel:   "One packet too many in a port also raises an exception in the process, by policy; the program sees that, and not the status.",
		Sources:  []Source{zx(zxPort, "RaisePacketLimitException, QueuePacketLocked")},
		Here:     "SHOULD_WAIT, and nothing else (P-LIMIT).",
		Why:      "There are no jobs and no exceptions here.",
		Clauses:  []string{"P-LIMIT"},
	},
	{
		ID:       "D-POINTERS",
		Title:    "the pointers of results are looked at first",
		Editions: kernels,
		Kernel:   "The handle is looked at before the pointers that results go to, and a packet that was taken for a bad pointer is lost.",
		Sources:  []Source{mx(mxSysPort, "sys_port_wait2"), mx(mxSysWait, "sys_object_wait_one"), zx(zxSysPort, "sys_port_wait"), zx(zxSysWait, "sys_object_wait_one")},
		Here:     "In C, a bad pointer for a result is INVALID_ARGS before anything happens.",
		Why:      "Nothing is lost.",
		Clauses:  []string{"P-WAIT", "W-ACTUAL"},
		Test:     "cmd/libmx TestNothingIsLeftBehind, TestPrograms/pointers",
	},
	{
		ID:       "D-INTERRUPTS",
		Title:    "ports are not for interrupts",
		Editions: []string{"zircon"},
		Kernel:   "The option 1 of port_create makes a port that an interrupt can be bound to.",
		Sources:  []Source{zx(zxPort, "PortDispatcher::Create, QueueInterruptPacket")},
		Here:     "NOT_SUPPORTED (P-CREATE).",
		Why:      "There are no interrupts here.",
		Clauses:  []string{"P-CREATE"},
	},
	{
		ID:       "D-OLD-PORTS",
		Title:    "the first version of ports is gone already",
		Editions: of2017,
		Kernel:   "The option 0 of port_create makes a port of the first version, which was withdrawn in the same week.",
		Sources:  []Source{mx(mxSysPort, "sys_port_create")},
		Here:     "NOT_SUPPORTED (P-CREATE).",
		Why:      "It has other calls and other packets, and no program was to use it any more.",
		Clauses:  []string{"P-CREATE"},
	},
	{
		ID:       "D-PROPS",
		Title:    "basic info still says what can be waited for",
		Editions: []string{"zircon"},
		Kernel:   "The word of the basic info that said whether the object can be waited for is reserved now, and 0.",
		Sources:  []Source{zx(zxDispatcher, "GetHandleInfo")},
		Here:     "It is 1 for an object that can be waited for, as in 2017 (X-INFO).",
		Why:      "A program that reads it is told the truth in every edition.",
		Clauses:  []string{"X-INFO"},
	},
}
