package clause

var signals = []Clause{
	{
		ID:       "S-READABLE",
		Title:    "READABLE",
		Text:     "An endpoint asserts READABLE while bytes are inbound, be the peer alive, half closed or gone.",
		Editions: all("asserted while inbound holds bytes"),
		Source:   "page socket_create, page socket_read; file socket_dispatcher.cpp",
	},
	{
		ID:       "S-WRITABLE",
		Title:    "WRITABLE",
		Text:     "An endpoint asserts WRITABLE while it may write, which ends with W-PEER-CLOSED and W-BAD-STATE, and at least one byte of its outbound direction is free. Stream and datagram are alike in this, so WRITABLE does not say that a datagram fits. It does not depend on memory.",
		Editions: all("asserted while this endpoint may write and at least one byte is free"),
		Source:   "page socket_create; file socket_dispatcher.cpp",
	},
	{
		ID:    "S-PEER-CLOSED",
		Title: "PEER_CLOSED",
		Text:  "An endpoint asserts PEER_CLOSED, once and for good, when the peer is gone.",
		Editions: since(
			"asserted from when the peer is gone, or inbound has been ended by a half close",
			"asserted from when the peer is gone, and for no other reason"),
		Source: "file socket_dispatcher.cpp (OnPeerZeroHandles, HalfCloseOther); Zircon: socket_dispatcher.cc",
	},
	{
		ID:    "S-LAST-HANDLE",
		Title: "LAST_HANDLE",
		Text:  "Whether the handle is the only one to its object, in whichever table.",
		Editions: since(
			"asserted while exactly one handle refers to the object",
			"there is no such signal"),
		Source: "file dispatcher.cpp and the header of MX_SIGNAL_LAST_HANDLE",
	},
	{
		ID:    "S-USER",
		Title: "signals that a program may set",
		Text: "Only USER_SIGNAL_0 to USER_SIGNAL_7 (0xff000000), and SIGNALED on an event, can be set or cleared by a program. The bits to clear are applied before those to set, so a bit in both ends up set. " +
			"One's own signals can be set and cleared also when the peer is gone.",
		Editions: all("any other bit in either mask: INVALID_ARGS, nothing is changed"),
		Source:   "page object_signal; file syscalls_object.cpp",
	},
	{
		ID:    "S-RIGHT",
		Title: "the right to signal",
		Text:  "Setting and clearing signals needs a right on the handle that the call is made on, also when it is the peer's signals that change.",
		Editions: since(
			"needs WRITE, else ACCESS_DENIED",
			"needs SIGNAL for one's own and SIGNAL_PEER for the peer's, else ACCESS_DENIED"),
		Source: "page object_signal (ERRORS, MX_ERR_ACCESS_DENIED); Zircon: pages zx_object_signal and zx_object_signal_peer",
	},
	{
		ID:       "S-PEER",
		Title:    "signalling a peer that is gone",
		Text:     "signal_peer on an endpoint whose peer is gone. Bad bits come first (O-ORDER).",
		Editions: all("PEER_CLOSED"),
		Source:   "page object_signal (ERRORS, MX_ERR_PEER_CLOSED)",
	},
	{
		ID:       "S-PEER-NONE",
		Title:    "signalling the peer of something that has none",
		Text:     "signal_peer on an object that never had a peer, such as an event. It is a matter of the type, so whether a missing right comes before it is as O-ORDER says; in zircon it does not.",
		Editions: all("NOT_SUPPORTED"),
		Source:   "page object_signal (ERRORS, MX_ERR_NOT_SUPPORTED); file dispatcher.h",
	},
}
