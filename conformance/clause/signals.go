package clause

var signals = []Clause{
	{
		ID:       "S-READABLE",
		Title:    "READABLE",
		Text:     "An endpoint asserts READABLE while bytes are inbound, be the peer alive, half closed or gone.",
		Editions: all("asserted while inbound holds bytes"),
		Sources: cite(
			mx(mxSocket, "WriteSelf, Read"),
			zx(zxSocket, "write_self_locked, read")),
	},
	{
		ID:    "S-WRITABLE",
		Title: "WRITABLE",
		Text:  "WRITABLE of an endpoint is about its outbound direction. Stream and datagram are alike in this, so WRITABLE does not say that a datagram fits. It does not depend on memory.",
		Editions: since(
			"a level: asserted while this endpoint may write, which ends with W-PEER-CLOSED and W-BAD-STATE, and at least one byte is free",
			"a bit that events set and clear. Set: at creation; by WRITE_ENABLED, also when the buffer is full or the peer gone; when a read that took bytes began at a full buffer, also if the endpoint is WRITE_DISABLED. Cleared: by WRITE_DISABLED; when a write has filled the buffer; when the peer goes. So it may stand beside WRITE_DISABLED or PEER_CLOSED, or at a full buffer"),
		Sources: cite(
			mx(mxSocket, "SocketDispatcher::SocketDispatcher, WriteSelf, Read, HalfClose, OnPeerZeroHandles"),
			zx(zxSocket, "signal_masks, set_disposition, write_self_locked, read, on_peer_zero_handles_locked")),
	},
	{
		ID:    "S-PEER-CLOSED",
		Title: "PEER_CLOSED",
		Text:  "An endpoint asserts PEER_CLOSED, once and for good, when the peer is gone.",
		Editions: since(
			"asserted from when the peer is gone, or inbound has been ended by a half close",
			"asserted from when the peer is gone, and for no other reason"),
		Sources: cite(
			mx(mxSocket, "OnPeerZeroHandles, HalfCloseOther"),
			zx(zxSocket, "on_peer_zero_handles_locked")),
	},
	{
		ID:    "S-LAST-HANDLE",
		Title: "LAST_HANDLE",
		Text:  "Whether the handle is the only one to its object, in whichever table.",
		Editions: since(
			"asserted while exactly one handle refers to the object",
			"there is no such signal"),
		Sources: cite(
			page("generic_signals", "MX_SIGNAL_LAST_HANDLE"),
			mx(mxTracker, "UpdateLastHandleSignal"),
			mx(mxHandles, "MakeHandle, DupHandle, DeleteHandle"),
			zx(zxHandle, "HandleTableArena::Delete, which tells no signal")),
	},
	{
		ID:    "S-USER",
		Title: "signals that a program may set",
		Text: "Only USER_SIGNAL_0 to USER_SIGNAL_7 (0xff000000), and SIGNALED on an event, can be set or cleared by a program. The bits to clear are applied before those to set, so a bit in both ends up set. " +
			"One's own signals can be set and cleared also when the peer is gone.",
		Editions: all("any other bit in either mask: INVALID_ARGS, nothing is changed"),
		Sources: cite(
			page("syscalls/object_signal", "DESCRIPTION; ERRORS, MX_ERR_INVALID_ARGS"),
			mx(mxSocket, "user_signal"),
			mx(mxEvent, "user_signal"),
			zx(zxDispatcherH, "PeeredDispatcher::user_signal_self"),
			zx(zxSocket, "ALLOWED_SIGNALS")),
	},
	{
		ID:    "S-RIGHT",
		Title: "the right to signal",
		Text:  "What right setting and clearing signals needs on the handle that the call is made on.",
		Editions: each(
			"needs WRITE, also for the peer's, else ACCESS_DENIED",
			"needs WRITE for one's own, else ACCESS_DENIED; no right at all for the peer's",
			"needs SIGNAL for one's own and SIGNAL_PEER for the peer's, else ACCESS_DENIED"),
		Sources: cite(
			page("syscalls/object_signal", "ERRORS, MX_ERR_ACCESS_DENIED"),
			mx(mxSysObject, "sys_object_signal, sys_object_signal_peer"),
			zx(zxSysObject, "sys_object_signal, sys_object_signal_peer")),
	},
	{
		ID:       "S-PEER",
		Title:    "signalling a peer that is gone",
		Text:     "signal_peer on an endpoint whose peer is gone. Bad bits come first (O-ORDER).",
		Editions: all("PEER_CLOSED"),
		Sources: cite(
			page("syscalls/object_signal", "ERRORS, MX_ERR_PEER_CLOSED"),
			mx(mxSocket, "user_signal"),
			zx(zxDispatcherH, "PeeredDispatcher::user_signal_peer")),
	},
	{
		ID:    "S-PEER-NONE",
		Title: "signalling the peer of something that has none",
		Text:  "signal_peer on an object that never had a peer: an event or a port. The right (S-RIGHT) comes first, and this before the bits (S-USER).",
		Editions: since(
			"NOT_SUPPORTED",
			"ACCESS_DENIED: no handle to an event or a port can have SIGNAL_PEER"),
		Sources: cite(
			page("syscalls/object_signal", "ERRORS, MX_ERR_NOT_SUPPORTED"),
			mx(mxEvent, "user_signal"),
			mx(mxDispatcher, "user_signal"),
			zx(zxSysObject, "sys_object_signal_peer"),
			zx(zxRights, "ZX_DEFAULT_EVENT_RIGHTS, ZX_DEFAULT_PORT_RIGHTS")),
	},
	{
		ID:    "S-NONE",
		Title: "signalling something that has no signals",
		Text:  "signal on a port, which has no signals of its own. The right (S-RIGHT) comes first, and this before the bits (S-USER).",
		Editions: since(
			"NOT_SUPPORTED",
			"ACCESS_DENIED: no handle to a port can have SIGNAL"),
		Sources: cite(
			mx(mxDispatcher, "user_signal"),
			zx(zxSysObject, "sys_object_signal"),
			zx(zxRights, "ZX_DEFAULT_PORT_RIGHTS")),
		Needs: Ports,
	},
}
