package clause

var waiting = []Clause{
	{
		ID:    "T-RIGHT",
		Title: "the right to wait",
		Text:  "Waiting for an object needs a right on the handle; for several, on each of them.",
		Editions: since(
			"needs READ, else ACCESS_DENIED",
			"needs WAIT, else ACCESS_DENIED"),
		Sources: cite(
			page("syscalls/object_wait_one", "ERRORS, MX_ERR_ACCESS_DENIED"),
			mx(mxSysWait, "sys_object_wait_one"),
			zx(zxSysWait, "sys_object_wait_one")),
	},
	{
		ID:       "T-ONE",
		Title:    "what completes a wait",
		Text:     "A wait that has registered completes with OK if one of the signals asked for is asserted at any instant until it returns, even if that state is gone again before the waiter runs. If one is asserted already the wait returns at once.",
		Editions: all("OK; a pulse is not missed"),
		Sources: cite(
			page("syscalls/object_wait_one", "DESCRIPTION"),
			mx(mxWait, "OnInitialize, OnStateChange"),
			zx(zxDispatcher, "AddObserver, NotifyObserversLocked")),
	},
	{
		ID:    "T-OBSERVED",
		Title: "the signals that a wait reports",
		Text:  "A wait reports signals whether it was asked for them or not.",
		Editions: since(
			"every signal that was asserted at some instant of the wait: they accumulate",
			"the whole state at one instant, the one that completed the wait"),
		Sources: cite(
			page("syscalls/object_wait_one", "DESCRIPTION"),
			mx(mxWait, "OnStateChange, End"),
			zx(zxWait, "OnMatch, End")),
	},
	{
		ID:       "T-TIMEOUT",
		Title:    "a deadline that passes",
		Text:     "The deadline passes before a signal asked for is asserted. A deadline that is past already makes the wait a poll: it returns at once, with OK if such a signal is asserted. In Go the zero time is no deadline at all.",
		Editions: all("TIMED_OUT, with signals reported by the rule of T-OBSERVED"),
		Sources: cite(
			page("syscalls/object_wait_one", "ERRORS, MX_ERR_TIMED_OUT"),
			mx(mxSysWait, "sys_object_wait_one"),
			zx(zxSysWait, "sys_object_wait_one"),
			zx(zxWait, "End")),
	},
	{
		ID:    "T-CANCEL",
		Title: "the handle goes during the wait",
		Text:  "The handle that is waited on is closed, replaced or transferred during the wait. Another handle to the same object does not matter. The signals reported include HANDLE_CLOSED. What else changes until the wait has returned may be reported, too: an answer with more signals is right.",
		Editions: since(
			"CANCELED; it wins over OK when both hold by the time the wait returns. LAST_HANDLE is reported if one handle is left",
			"CANCELED or OK, whichever came first"),
		Sources: cite(
			page("syscalls/object_wait_one", "ERRORS, MX_ERR_CANCELED"),
			page("generic_signals", "MX_SIGNAL_HANDLE_CLOSED"),
			mx(mxWait, "OnCancel"),
			mx(mxHandles, "DeleteHandle"),
			zx(zxWait, "OnCancel"),
			zx(zxHandle, "HandleTableArena::Delete")),
	},
	{
		ID:       "T-NONE",
		Title:    "a wait for no signal",
		Text:     "A wait that asks for no signal at all. No state completes it.",
		Editions: all("ends by its deadline or by cancellation only"),
		Sources: cite(
			mx(mxWait, "OnInitialize, OnStateChange"),
			zx(zxWait, "WaitSignalObserver::Begin")),
	},
	{
		ID:    "T-MANY",
		Title: "waiting for several",
		Text: "A wait over several items completes when one of them would complete a wait of its own, and is CANCELED when the handle of one of them goes (T-CANCEL). The observed signals of every item are filled in on OK, TIMED_OUT and CANCELED, each by the rule of T-OBSERVED; the items are not one joint snapshot. " +
			"An item may stand more than once. With no items at all the call sleeps until the deadline and is then TIMED_OUT.",
		Editions: since(
			"up to 1,024 items; more: INVALID_ARGS",
			"up to 64 items; more: OUT_OF_RANGE"),
		Sources: cite(
			page("syscalls/object_wait_many", "DESCRIPTION"),
			mx(mxSysWait, "kMaxWaitHandleCount, sys_object_wait_many"),
			zx(zxSysWait, "kMaxWaitHandleCount, sys_object_wait_many")),
	},
	{
		ID:       "T-MANY-BAD",
		Title:    "a bad item among several",
		Text:     "One of several items is no handle, or a handle without the right to wait. Nothing is waited for, though another item may have what it asks for. The first bad item decides.",
		Editions: all("BAD_HANDLE or ACCESS_DENIED, as the first bad item alone would give"),
		Sources: cite(
			page("syscalls/object_wait_many", "ERRORS"),
			mx(mxSysWait, "sys_object_wait_many"),
			zx(zxSysWait, "sys_object_wait_many")),
	},
	{
		ID:    "T-UNWAITABLE",
		Title: "an object that cannot be waited for",
		Text:  "A wait for an object that has no signals to wait for, which a port is. The right (T-RIGHT) comes first.",
		Editions: since(
			"NOT_SUPPORTED",
			"ACCESS_DENIED: no handle to a port can have WAIT"),
		Sources: cite(
			page("syscalls/object_wait_one", "ERRORS, MX_ERR_NOT_SUPPORTED"),
			mx(mxDispatcher, "add_observer"),
			zx(zxSysWait, "sys_object_wait_one"),
			zx(zxRights, "ZX_DEFAULT_PORT_RIGHTS")),
		Needs: Ports,
	},
}
