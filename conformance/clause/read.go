package clause

// read is in the order of the checks.
var read = []Clause{
	{
		ID:       "R-NULL",
		Title:    "a null buffer with a size",
		Text:     "A read with a null buffer and a size above 0 is refused before anything else is looked at, the handle included.",
		Editions: all("INVALID_ARGS, before the handle is looked at"),
		Sources: cite(
			page("syscalls/socket_read", "ERRORS, MX_ERR_INVALID_ARGS"),
			mx(mxSysSocket, "sys_socket_read"),
			zx(zxSysSocket, "sys_socket_read")),
	},
	{
		ID:    "R-OPTIONS",
		Title: "the options of read",
		Text:  "Options that a read does not know are refused before the handle is looked at (unlike those of a write in 2017, W-OPTIONS).",
		Editions: since(
			"any value but 0: INVALID_ARGS, before the handle is looked at",
			"any value but 0 and PEEK (8): INVALID_ARGS, before the handle is looked at"),
		Sources: cite(
			page("syscalls/socket_read", "ERRORS, MX_ERR_INVALID_ARGS"),
			mx(mxSysSocket, "sys_socket_read"),
			zx(zxSysSocket, "sys_socket_read")),
	},
	{
		ID:       "R-HANDLE",
		Title:    "a value that is no handle",
		Text:     "A read on a value that is no handle of the calling table, as W-HANDLE says of writes. The query (R-QUERY) is a read in this.",
		Editions: all("BAD_HANDLE"),
		Sources: cite(
			page("syscalls/socket_read", "ERRORS, MX_ERR_BAD_HANDLE"),
			mx(mxProcess, "GetDispatcherWithRightsInternal"),
			zx(zxTableH, "GetDispatcherWithRightsImpl")),
	},
	{
		ID:    "R-RIGHTS",
		Title: "a handle without READ",
		Text:  "A read, the query included, needs the right READ on the handle. R-TYPE tells what happens when the handle is no socket besides.",
		Editions: since(
			"ACCESS_DENIED, also if the handle is no socket",
			"ACCESS_DENIED, if the handle is a socket; else WRONG_TYPE comes first"),
		Sources: cite(
			page("syscalls/socket_read", "ERRORS, MX_ERR_ACCESS_DENIED"),
			mx(mxProcessH, "GetDispatcherWithRights"),
			zx(zxTableH, "GetDispatcherWithRightsImpl")),
	},
	{
		ID:    "R-TYPE",
		Title: "a handle that is no socket",
		Text:  "A read on a handle to an object of another kind, such as an event.",
		Editions: since(
			"WRONG_TYPE, if the handle has READ; else ACCESS_DENIED comes first",
			"WRONG_TYPE, also if the handle lacks READ"),
		Sources: cite(
			page("syscalls/socket_read", "ERRORS, MX_ERR_WRONG_TYPE"),
			mx(mxProcessH, "GetDispatcherWithRights"),
			zx(zxTableH, "GetDispatcherWithRightsImpl")),
	},
	{
		ID:    "R-QUERY",
		Title: "how many bytes wait",
		Text: "A read with a null buffer and size 0 asks how many bytes are inbound: all of them, all datagrams together. It consumes nothing, and never fails for the state of the socket. " +
			"In Go a nil slice and an empty one mean the same, a read of size 0 (R-ZERO); the query is a call of its own there.",
		Editions: since(
			"OK, actual = all bytes inbound, also 0 when there are none, when the direction has ended, or when the peer is gone",
			"there is no query: it is an ordinary read of size 0; the socket's info has the count (Z-INFO)"),
		Sources: cite(
			page("syscalls/socket_read", "DESCRIPTION"),
			mx(mxSocket, "SocketDispatcher::Read"),
			zx(zxSocket, "SocketDispatcher::read, get_info")),
	},
	{
		ID:       "R-HUGE",
		Title:    "a size of more than 32 bits",
		Text:     "A size above 4,294,967,295 is refused before it is asked whether there is anything to read.",
		Editions: all("INVALID_ARGS"),
		Sources: cite(
			mx(mxSocket, "SocketDispatcher::Read"),
			zx(zxSocket, "SocketDispatcher::read")),
	},
	{
		ID:       "R-CLOSED",
		Title:    "nothing left, and the peer is gone",
		Text:     "Nothing is inbound and the peer is gone, so nothing can ever come. It holds for a size of 0 too.",
		Editions: all("PEER_CLOSED"),
		Sources: cite(
			page("syscalls/socket_read", "ERRORS, MX_ERR_PEER_CLOSED"),
			mx(mxSocket, "SocketDispatcher::Read"),
			zx(zxSocket, "SocketDispatcher::read")),
	},
	{
		ID:    "R-ENDED",
		Title: "nothing left, and the direction has ended",
		Text:  "Nothing is inbound, the direction has been ended (H-DIRECTION; in zircon by a disposition, Z-DISABLED), and the peer is alive. It holds for a size of 0 too.",
		Editions: since(
			"PEER_CLOSED, as if the peer were gone",
			"BAD_STATE"),
		Sources: cite(
			page("syscalls/socket_read", "ERRORS, MX_ERR_PEER_CLOSED"),
			mx(mxSocket, "SocketDispatcher::Read"),
			zx(zxSocket, "SocketDispatcher::read")),
	},
	{
		ID:       "R-EMPTY",
		Title:    "nothing now",
		Text:     "Nothing is inbound, and more may come. It holds for a size of 0 too.",
		Editions: all("SHOULD_WAIT"),
		Sources: cite(
			page("syscalls/socket_read", "ERRORS, MX_ERR_SHOULD_WAIT"),
			mx(mxSocket, "SocketDispatcher::Read"),
			zx(zxSocket, "SocketDispatcher::read")),
	},
	{
		ID:       "R-ZERO",
		Title:    "a read of nothing",
		Text:     "Bytes are inbound, the size is 0 and the call is not a query. Nothing is consumed, and a datagram is not discarded either.",
		Editions: all("OK, actual 0, nothing is consumed"),
		Sources: cite(
			mx(mxSocket, "ReadMBufsLocked"),
			zx(zxMBuf, "read_stream, read_datagram")),
	},
	{
		ID:       "R-STREAM",
		Title:    "a read of a stream",
		Text:     "Bytes are inbound on a stream. The read takes as many as there are, up to the size; it does not keep to the boundaries of writes, whose bytes run together.",
		Editions: all("OK, actual = the lesser of the size and the bytes inbound"),
		Sources: cite(
			page("syscalls/socket_read", "DESCRIPTION"),
			mx(mxSocket, "ReadMBufsLocked"),
			zx(zxMBuf, "read_stream")),
	},
	{
		ID:       "R-DGRAM",
		Title:    "a read of a datagram",
		Text:     "Datagrams are inbound. The read takes the first one only. If the buffer is smaller than it, the rest of that datagram is discarded, and the next read begins with the next datagram.",
		Editions: all("OK, actual = the lesser of the size and the first datagram's length; the whole datagram is consumed"),
		Sources: cite(
			page("syscalls/socket_read", "DESCRIPTION, on MX_SOCKET_DATAGRAM"),
			mx(mxSocket, "SocketDispatcher::Read, ReadMBufsLocked"),
			zx(zxMBuf, "read_datagram")),
	},
	{
		ID:       "R-AFTER-CLOSE",
		Title:    "what a gone peer wrote",
		Text:     "What the peer wrote before it went stays readable, to the last byte, as R-STREAM and R-DGRAM say. R-CLOSED comes only after that.",
		Editions: all("stays readable"),
		Sources: cite(
			mx(mxSocket, "SocketDispatcher::Read, OnPeerZeroHandles"),
			zx(zxSocket, "SocketDispatcher::read")),
	},
	{
		ID:    "R-PEEK",
		Title: "a read that leaves what it reads",
		Text:  "The option PEEK reads without taking.",
		Editions: since(
			"there is no PEEK: INVALID_ARGS by R-OPTIONS",
			"as a read, but nothing is consumed and no signal changes"),
		Sources: cite(
			mx(mxSysSocket, "sys_socket_read, which takes no option"),
			zx(zxSocket, "SocketDispatcher::read"),
			zx(zxMBuf, "peek_stream, peek_datagram")),
		Needs: Zircon,
	},
	{
		ID:    "R-FAULT",
		Title: "memory that cannot be written",
		Text: "Some of the bytes that would be copied out go to memory that cannot be written. Only those count: room in the buffer beyond what there is to read is not looked at. " +
			"\"Before the first bad page\" means the bytes up to the first address that cannot be written.",
		Editions: each(
			"INVALID_ARGS, nothing is consumed",
			"OK with the count before the first bad page, which may be 0; that much is consumed, and of a datagram the rest is discarded",
			"INVALID_ARGS; what was copied before the first bad page is consumed, and of a datagram the rest is discarded"),
		Sources: cite(
			page("syscalls/socket_read", "ERRORS, MX_ERR_INVALID_ARGS"),
			mx(mxSocket, "ReadMBufsLocked"),
			zx(zxMBuf, "read_stream, read_datagram"),
			zx(zxSocket, "SocketDispatcher::read")),
		Ours: "that a fault is seen by the page and not by the chunk (D-CHUNKS)",
	},
}
