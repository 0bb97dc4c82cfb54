package clause

var editions = []Clause{
	{
		ID:    "E-OWNER",
		Title: "whose edition counts",
		Text: "A handle table has an edition, and a pair has the edition of the table that created it. " +
			"The rules of handles, rights and waits follow the table that the call is made in; the rules of sockets follow the pair. " +
			"A handle is not moved between tables of different editions, nor does a wait_async tie a port and a source of different editions together.",
		Editions: all("transfer, or wait_async, across editions: NOT_SUPPORTED, and nothing is changed"),
		Source:   "this project: no kernel has two editions at once",
	},
}

var order = []Clause{
	{
		ID:    "O-ORDER",
		Title: "the order of the checks",
		Text: "Every call checks in this order, and the first check that fails decides: the arguments that can be judged without an object; the handle; its type and rights, whose order among themselves differs by edition (W-RIGHTS, W-TYPE); the remaining arguments; then the state of the object. " +
			"So a duplicate through a handle without DUPLICATE that also asks for more rights than there are is ACCESS_DENIED; " +
			"a signal_peer with bits that may not be set, when the peer is gone, is INVALID_ARGS; " +
			"a query (R-QUERY) through a handle without READ is ACCESS_DENIED.",
		Editions: since(
			"as the text says; rights are checked before the type",
			"as the text says; the type is checked before the rights"),
		Source: "the pages list errors without an order; files syscalls_socket.cpp, syscalls_handle_ops.cpp, syscalls_object.cpp; Zircon: handle_table.h",
	},
	{
		ID:       "O-ATOMIC",
		Title:    "a failed call has no effect",
		Text:     "A call that fails leaves everything as it was: no byte moved, no signal changed, no handle made or lost. The exceptions are stated where they belong: W-FAULT, W-ACTUAL, R-FAULT, X-REPLACE-RIGHTS.",
		Editions: all("no effect, unless another clause says otherwise"),
		Source:   "this project, from what the pages take for granted",
	},
	{
		ID:    "O-LINEAR",
		Title: "a call takes effect at one instant",
		Text: "Every call takes effect at one instant between its start and its return, whatever other calls run at the same time. " +
			"If its handle is closed, replaced or transferred meanwhile, then the call happened wholly before that, or it fails and did not happen at all.",
		Editions: all("wholly before the close, replace or transfer; or BAD_HANDLE (for a wait: CANCELED)"),
		Source:   "this project: the kernel looks a handle up once, under the lock of the table, and so gives less",
	},
}
