package clause

var waiting = []Clause{
	{
		ID:    "T-RIGHT",
		Title: "the right to wait",
		Text:  "Waiting for an object needs a right on the handle; for several, on each of them.",
		Editions: since(
			"needs READ, else ACCESS_DENIED",
			"needs WAIT, else ACCESS_DENIED"),
		Source: "pages object_wait_one and object_wait_many (ERRORS, MX_ERR_ACCESS_DENIED); Zircon: page zx_object_wait_one",
	},
	{
		ID:       "T-ONE",
		Title:    "what completes a wait",
		Text:     "A wait that has registered completes with OK if one of the signals asked for is asserted at any instant until it returns, even if that state is gone again before the waiter runs. If one is asserted already the wait returns at once.",
		Editions: all("OK; a pulse is not missed"),
		Source:   "page object_wait_one; file wait_state_observer.cpp",
	},
	{
		ID:    "T-OBSERVED",
		Title: "the signals that a wait reports",
		Text:  "A wait reports signals whether it was asked for them or not.",
		Editions: since(
			"every signal that was asserted at some instant of the wait: they accumulate",
			"the whole state at one instant, the one that completed the wait"),
		Source: "page object_wait_one (the observed argument); file wait_state_observer.cpp; Zircon: page zx_object_wait_one",
	},
	{
		ID:       "T-TIMEOUT",
		Title:    "a deadline that passes",
		Text:     "The deadline passes before a signal asked for is asserted. A deadline that is past already makes the wait a poll: it returns at once, with OK if such a signal is asserted. In Go the zero time is no deadline at all.",
		Editions: all("TIMED_OUT, with signals reported by the rule of T-OBSERVED"),
		Source:   "page object_wait_one (ERRORS, MX_ERR_TIMED_OUT)",
	},
	{
		ID:    "T-CANCEL",
		Title: "the handle goes during the wait",
		Text:  "The handle that is waited on is closed, replaced or transferred during the wait. Another handle to the same object does not matter. The signals reported include HANDLE_CLOSED.",
		Editions: since(
			"CANCELED; it wins over OK when both hold by the time the wait returns",
			"CANCELED or OK, whichever came first"),
		Source: "page object_wait_one (ERRORS, MX_ERR_CANCELED); file wait_state_observer.cpp; Zircon: page zx_object_wait_one",
	},
	{
		ID:       "T-NONE",
		Title:    "a wait for no signal",
		Text:     "A wait that asks for no signal at all. No state completes it.",
		Editions: all("ends by its deadline or by cancellation only"),
		Source:   "page object_wait_one; file wait_state_observer.cpp",
	},
	{
		ID:    "T-MANY",
		Title: "waiting for several",
		Text: "A wait over several items completes when one of them would complete a wait of its own, and is CANCELED when the handle of one of them goes (T-CANCEL). The observed signals of every item are filled in on OK, TIMED_OUT and CANCELED, each by the rule of T-OBSERVED; the items are not one joint snapshot. " +
			"An item may stand more than once. With no items at all the call sleeps until the deadline and is then TIMED_OUT.",
		Editions: since(
			"up to 1,024 items; more: INVALID_ARGS",
			"up to 64 items; more: OUT_OF_RANGE"),
		Source: "page object_wait_many; file syscalls_object_wait.cpp; Zircon: page zx_object_wait_many",
	},
	{
		ID:       "T-MANY-BAD",
		Title:    "a bad item among several",
		Text:     "One of several items is no handle, or a handle without the right to wait. Nothing is waited for, though another item may have what it asks for. The first bad item decides.",
		Editions: all("BAD_HANDLE or ACCESS_DENIED, as the first bad item alone would give"),
		Source:   "page object_wait_many (ERRORS); file syscalls_object_wait.cpp",
	},
	{
		ID:       "T-UNWAITABLE",
		Title:    "an object that cannot be waited for",
		Text:     "A wait for an object that has no signals to wait for, which a port is. It is a matter of the type, so whether a missing right comes before it is as O-ORDER says; in zircon it does not.",
		Editions: all("NOT_SUPPORTED"),
		Source:   "page object_wait_one (ERRORS, MX_ERR_NOT_SUPPORTED)",
		Needs:    Ports,
	},
}
