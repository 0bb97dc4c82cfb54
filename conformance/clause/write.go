package clause

// write is in the order of the checks. Up to W-HALF-SIZE they come before
// both an ordinary write and a half close.
var write = []Clause{
	{
		ID:       "W-NULL",
		Title:    "a null buffer with a size",
		Text:     "A write with a null buffer and a size above 0 is refused before anything else is looked at, the handle included.",
		Editions: all("INVALID_ARGS, before the handle is looked at"),
		Sources: cite(
			page("syscalls/socket_write", "ERRORS, MX_ERR_INVALID_ARGS"),
			mx(mxSysSocket, "sys_socket_write"),
			zx(zxSysSocket, "sys_socket_write")),
	},
	{
		ID:    "W-OPTIONS-EARLY",
		Title: "options checked before the handle",
		Text:  "Whether the options of a write are judged before the handle, so that a bad option on a bad handle is INVALID_ARGS and not BAD_HANDLE.",
		Editions: since(
			"no: options come after the handle, its rights and its type (W-OPTIONS)",
			"yes: any option but 0 is INVALID_ARGS before the handle is looked at"),
		Sources: cite(
			mx(mxSysSocket, "sys_socket_write"),
			zx(zxSysSocket, "sys_socket_write")),
		Needs: Zircon,
	},
	{
		ID:       "W-HANDLE",
		Title:    "a value that is no handle",
		Text:     "A write on a value that is no handle of the calling table: never given, closed, replaced or moved away, or the value 0.",
		Editions: all("BAD_HANDLE"),
		Sources: cite(
			page("syscalls/socket_write", "ERRORS, MX_ERR_BAD_HANDLE"),
			mx(mxProcess, "GetDispatcherWithRightsInternal"),
			zx(zxTableH, "GetDispatcherWithRightsImpl")),
	},
	{
		ID:    "W-RIGHTS",
		Title: "a handle without WRITE",
		Text:  "A write, a half close included, needs the right WRITE on the handle. W-TYPE tells what happens when the handle is no socket besides.",
		Editions: since(
			"ACCESS_DENIED, also if the handle is no socket",
			"ACCESS_DENIED, if the handle is a socket; else WRONG_TYPE comes first"),
		Sources: cite(
			page("syscalls/socket_write", "ERRORS, MX_ERR_ACCESS_DENIED"),
			mx(mxProcessH, "GetDispatcherWithRights"),
			mx(mxSysSocket, "sys_socket_write"),
			zx(zxTableH, "GetDispatcherWithRightsImpl"),
			zx(zxSysSocket, "sys_socket_write")),
	},
	{
		ID:    "W-TYPE",
		Title: "a handle that is no socket",
		Text:  "A write on a handle to an object of another kind, such as an event.",
		Editions: since(
			"WRONG_TYPE, if the handle has WRITE; else ACCESS_DENIED comes first",
			"WRONG_TYPE, also if the handle lacks WRITE"),
		Sources: cite(
			page("syscalls/socket_write", "ERRORS, MX_ERR_WRONG_TYPE"),
			mx(mxProcessH, "GetDispatcherWithRights"),
			zx(zxTableH, "GetDispatcherWithRightsImpl")),
	},
	{
		ID:    "W-OPTIONS",
		Title: "the options of write",
		Text:  "The options of a write are 0 or HALF_CLOSE (1). Anything else is refused once the handle, its rights and its type are found good, and before the state of the socket is looked at.",
		Editions: since(
			"any other value: INVALID_ARGS",
			"any value but 0: INVALID_ARGS, already before the handle (W-OPTIONS-EARLY)"),
		Sources: cite(
			page("syscalls/socket_write", "DESCRIPTION; ERRORS, MX_ERR_INVALID_ARGS"),
			mx(mxSysSocket, "sys_socket_write"),
			zx(zxSysSocket, "sys_socket_write")),
	},
	{
		ID:    "W-HALF-SIZE",
		Title: "a half close with data",
		Text:  "HALF_CLOSE with a size above 0 is refused and writes nothing. HALF_CLOSE with size 0 goes on with the group H; the clauses that follow here are for options 0.",
		Editions: since(
			"INVALID_ARGS, nothing is written and nothing ends",
			"does not arise: HALF_CLOSE is gone, and any option but 0 is refused by W-OPTIONS-EARLY"),
		Sources: cite(
			page("syscalls/socket_write", "ERRORS, MX_ERR_INVALID_ARGS"),
			mx(mxSysSocket, "sys_socket_write"),
			zx(zxSysSocket, "sys_socket_write")),
	},
	{
		ID:       "W-PEER-CLOSED",
		Title:    "a write when the peer is gone",
		Text:     "The other endpoint is gone, which is when its last handle has been closed. This comes ahead of BAD_STATE when both hold, and holds for a size of 0 too.",
		Editions: all("PEER_CLOSED"),
		Sources: cite(
			page("syscalls/socket_write", "ERRORS, MX_ERR_PEER_CLOSED"),
			mx(mxSocket, "SocketDispatcher::Write"),
			zx(zxSocket, "SocketDispatcher::write")),
	},
	{
		ID:       "W-BAD-STATE",
		Title:    "a write on an ended direction",
		Text:     "This endpoint may not write any more: its direction was ended by a half close (H-DIRECTION; in zircon by a disposition, Z-DISABLED). It holds for a size of 0 too.",
		Editions: all("BAD_STATE, also for size 0"),
		Sources: cite(
			page("syscalls/socket_write", "ERRORS, MX_ERR_BAD_STATE"),
			mx(mxSocket, "SocketDispatcher::Write"),
			zx(zxSocket, "SocketDispatcher::write")),
	},
	{
		ID:       "W-ZERO",
		Title:    "a write of nothing",
		Text:     "A write of size 0, whose buffer may be null, succeeds on an endpoint that may write, also when no byte is free. It queues nothing: on a datagram socket there is no empty datagram.",
		Editions: all("OK, actual 0; nothing is queued"),
		Sources: cite(
			page("syscalls/socket_write", "DESCRIPTION"),
			mx(mxSocket, "SocketDispatcher::Write"),
			zx(zxSocket, "SocketDispatcher::write")),
	},
	{
		ID:       "W-HUGE",
		Title:    "a size of more than 32 bits",
		Text:     "A size above 4,294,967,295 is refused, after W-PEER-CLOSED and W-BAD-STATE and before it is asked whether there is room.",
		Editions: all("INVALID_ARGS"),
		Sources: cite(
			mx(mxSocket, "SocketDispatcher::Write"),
			zx(zxSocket, "SocketDispatcher::write")),
	},
	{
		ID:       "W-FULL",
		Title:    "no free byte",
		Text:     "The direction holds as many bytes as its capacity. Nothing is written. Stream and datagram alike.",
		Editions: all("SHOULD_WAIT"),
		Sources: cite(
			page("syscalls/socket_write", "ERRORS, MX_ERR_SHOULD_WAIT"),
			mx(mxSocket, "SocketDispatcher::WriteSelf"),
			zx(zxSocket, "write_self_locked")),
	},
	{
		ID:    "W-DGRAM-TOO-BIG",
		Title: "a datagram that can never fit",
		Text:  "A datagram is larger than the whole capacity, and at least one byte is free. Nothing is written.",
		Editions: since(
			"SHOULD_WAIT, though waiting will not help",
			"OUT_OF_RANGE"),
		Sources: cite(
			page("syscalls/socket_write", "ERRORS, MX_ERR_SHOULD_WAIT"),
			mx(mxSocket, "WriteDgramMBufsLocked"),
			zx(zxMBuf, "write_datagram")),
	},
	{
		ID:       "W-DGRAM-ATOMIC",
		Title:    "a datagram larger than the room",
		Text:     "A datagram is larger than the room there is now. A datagram is written as a whole or not at all; a write of one is never short. One that fits the room exactly is written.",
		Editions: all("SHOULD_WAIT, nothing is written"),
		Sources: cite(
			page("syscalls/socket_write", "DESCRIPTION, on MX_SOCKET_DATAGRAM"),
			mx(mxSocket, "WriteDgramMBufsLocked"),
			zx(zxMBuf, "write_datagram")),
	},
	{
		ID:    "W-NO-MEMORY",
		Title: "room, but no memory",
		Text: "There is room, but no memory for a single byte of a stream, or for the whole of a datagram. Nothing is written. " +
			"WRITABLE does not depend on memory, so it may be asserted all the while.",
		Editions: each(
			"NO_MEMORY",
			"SHOULD_WAIT",
			"SHOULD_WAIT"),
		Sources: cite(
			page("syscalls/socket_write", "ERRORS, MX_ERR_NO_MEMORY"),
			mx(mxSocket, "WriteStreamMBufsLocked, WriteDgramMBufsLocked"),
			zx(zxMBuf, "write_stream, write_datagram")),
	},
	{
		ID:       "W-STREAM-SHORT",
		Title:    "a short write",
		Text:     "A stream has room and memory for some of the bytes but not for all. The first so many bytes are taken, as many as there is room and memory for, and the count is reported; the rest is not written, and stays the caller's to write again.",
		Editions: all("OK, actual = the bytes taken"),
		Sources: cite(
			page("syscalls/socket_write", "DESCRIPTION, on MX_SOCKET_STREAM"),
			mx(mxSocket, "WriteStreamMBufsLocked"),
			zx(zxMBuf, "write_stream")),
	},
	{
		ID:    "W-FAULT",
		Title: "memory that cannot be read",
		Text: "Some of the bytes that would be copied lie in memory that cannot be read. Only those count: bytes beyond what the room takes are not looked at. " +
			"Whether the direction is full or empty is decided first, so a write to a full socket is SHOULD_WAIT whatever its memory is. \"Before the first bad page\" means the bytes from the start of the buffer up to the first address that cannot be read.",
		Editions: each(
			"INVALID_ARGS, nothing is written",
			"stream: OK with the bytes before the first bad page, or SHOULD_WAIT if there are none; datagram: INVALID_ARGS, nothing is written",
			"INVALID_ARGS; of a stream the bytes before the first bad page are written all the same, of a datagram nothing"),
		Sources: cite(
			page("syscalls/socket_write", "ERRORS, MX_ERR_INVALID_ARGS"),
			mx(mxSocket, "WriteStreamMBufsLocked, WriteDgramMBufsLocked"),
			zx(zxMBuf, "write_stream, write_datagram"),
			zx(zxSocket, "write_self_locked")),
		Ours: "that a fault is seen by the page and not by the chunk (D-CHUNKS)",
	},
	{
		ID:    "W-ACTUAL",
		Title: "where the count goes",
		Text: "A null pointer for the actual count is ignored. A call that fails never touches the word it points at. A pointer that cannot be written through makes the call INVALID_ARGS, but after its effect: the bytes are written all the same. " +
			"All of this holds for reads too, where the bytes are delivered and consumed all the same. A half close neither stores a count nor touches the pointer, so that a bad one is OK there. In calls without pointers, as Go has them, the count is 0 whenever there is an error.",
		Editions: since(
			"null is ignored; untouched on failure and by a half close; a bad pointer is INVALID_ARGS after the effect",
			"null is ignored; untouched on failure; a bad pointer is INVALID_ARGS after the effect"),
		Sources: cite(
			page("syscalls/socket_write", "DESCRIPTION"),
			mx(mxSysSocket, "sys_socket_write, sys_socket_read"),
			zx(zxSysSocket, "sys_socket_write, sys_socket_read")),
	},
	{
		ID:       "W-ORDER",
		Title:    "bytes come out as they went in",
		Text:     "Bytes are read in the order in which they were accepted, with none lost and none doubled. The bytes of one accepted write are contiguous, whoever else writes at the same time.",
		Editions: all("in the order accepted; one write's bytes together"),
		Sources: cite(
			page("syscalls/socket_create", "DESCRIPTION"),
			mx(mxSocket, "WriteStreamMBufsLocked, ReadMBufsLocked"),
			zx(zxMBuf, "write_stream, read_stream")),
	},
}
