package clause

var editions = []Clause{
	{
		ID:    "E-OWNER",
		Title: "whose edition counts",
		Text: "A handle table has an edition, and a pair has the edition of the table that created it. " +
			"The rules of handles, rights and waits follow the table that the call is made in; the rules of sockets follow the pair. " +
			"A handle is not moved between tables of different editions, nor does a wait_async tie a port and a source of different editions together.",
		Editions: all("transfer, or wait_async, across editions: NOT_SUPPORTED, and nothing is changed"),
		Sources: cite(
			page("handles", "Basics"),
			mx(mxProcess, "GetHandleLocked"),
			zx(zxTable, "GetHandleLocked")),
		Ours: "everything: no kernel has two editions at once",
	},
}

var order = []Clause{
	{
		ID:    "O-ORDER",
		Title: "the order of the checks",
		Text: "Every call checks in this order, and the first check that fails decides: the arguments that can be judged without an object; the handle; its type and rights, whose order among themselves differs by edition (W-RIGHTS, W-TYPE); the remaining arguments; then the state of the object. " +
			"So a duplicate through a handle without DUPLICATE that also asks for more rights than there are is ACCESS_DENIED; " +
			"a signal_peer with bits that may not be set, when the peer is gone, is INVALID_ARGS; but whether an object has a peer, or signals of its own, is a matter of its type (S-PEER-NONE, S-NONE); " +
			"a query (R-QUERY) through a handle without READ is ACCESS_DENIED.",
		Editions: since(
			"as the text says; rights are checked before the type",
			"as the text says; the type is checked before the rights by the calls of one type (read, write, disposition, the port of a port call); those for all types (wait, signal, duplicate, replace, property, the source of a wait_async and a cancel) have no type to check first"),
		Sources: cite(
			page("syscalls/socket_write", "ERRORS, which have no order"),
			mx(mxProcessH, "GetDispatcherWithRights"),
			mx(mxSysHandle, "handle_dup_replace"),
			mx(mxEvent, "user_signal"),
			mx(mxDispatcher, "user_signal"),
			zx(zxTableH, "GetDispatcherWithRightsImpl"),
			zx(zxSysHandle, "handle_dup_replace"),
			zx(zxDispatcherH, "PeeredDispatcher::user_signal_peer")),
	},
	{
		ID:       "O-ATOMIC",
		Title:    "a failed call has no effect",
		Text:     "A call that fails leaves everything as it was: no byte moved, no signal changed, no handle made or lost. The exceptions are stated where they belong: W-FAULT, W-ACTUAL, R-FAULT, X-REPLACE-RIGHTS.",
		Editions: all("no effect, unless another clause says otherwise"),
		Sources: cite(
			mx(mxSocket, "WriteDgramMBufsLocked"),
			mx(mxSysHandle, "handle_dup_replace"),
			zx(zxMBuf, "write_datagram"),
			zx(zxSocket, "set_disposition")),
	},
	{
		ID:    "O-LINEAR",
		Title: "a call takes effect at one instant",
		Text: "Every call takes effect at one instant between its start and its return, whatever other calls run at the same time. " +
			"If its handle is closed, replaced or transferred meanwhile, then the call happened wholly before that, or it fails and did not happen at all.",
		Editions: all("wholly before the close, replace or transfer; or BAD_HANDLE (for a wait: CANCELED)"),
		Sources: cite(
			page("syscalls/handle_close", "DESCRIPTION"),
			mx(mxProcess, "GetDispatcherWithRightsInternal"),
			zx(zxTableH, "GetDispatcherWithRightsImpl")),
		Ours: "that a call which has looked its handle up may not outlive it: the kernels hold on to the object, and so give less",
	},
}
