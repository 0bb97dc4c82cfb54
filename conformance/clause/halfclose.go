package clause

const noHalfClose = "there is no half close; set_disposition ends a direction (Z-DISPOSITION, Z-DISABLED)"

var halfClose = []Clause{
	{
		ID:    "H-READING",
		Title: "how the manual page is read",
		Text: "The page says that a half close closes the endpoint at h, and that further writes to the other endpoint fail with BAD_STATE. " +
			"\"Further writes\" speaks of data: a half close is itself never refused with BAD_STATE. \"Closed\" speaks of the receiving half of h: h goes on writing.",
		Editions: each(
			"a half close is never BAD_STATE; afterwards h still writes data",
			"a half close is never BAD_STATE; that h writes no more is where the kernel departs from the page (H-DIRECTION)",
			noHalfClose),
		Sources: cite(
			page("syscalls/socket_write", "DESCRIPTION, on MX_SOCKET_HALF_CLOSE; ERRORS, MX_ERR_BAD_STATE"),
			mx(mxSocket, "SocketDispatcher::HalfClose"),
			zx(zxSysSocket, "sys_socket_write, which takes no option")),
		Ours: "the reading of the page",
	},
	{
		ID:    "H-DIRECTION",
		Title: "which direction ends",
		Text: "HALF_CLOSE at h with size 0 ends one of the two directions for good, and succeeds. This is the sharpest point of the whole subject: the page says that it stops the writes of the other endpoint, as SHUT_RD would; its kernel stopped the writes of this one, as SHUT_WR does. " +
			"The two editions of 2017 differ in this one bit.",
		Editions: each(
			"inbound of h ends: further writes at p are BAD_STATE, h still writes",
			"outbound of h ends: further writes at h are BAD_STATE, p still writes",
			"there is no half close; set_disposition(h, 0, WRITE_DISABLED) ends inbound of h, and set_disposition(h, WRITE_DISABLED, 0) outbound"),
		Sources: cite(
			page("syscalls/socket_write", "DESCRIPTION, on MX_SOCKET_HALF_CLOSE; ERRORS, MX_ERR_BAD_STATE"),
			page("objects/socket", "DESCRIPTION"),
			mx(mxSocket, "SocketDispatcher::HalfClose, HalfCloseOther"),
			zx(zxSocket, "set_disposition")),
	},
	{
		ID:       "H-TWICE",
		Title:    "a direction that has ended already",
		Text:     "The direction that the half close would end was ended before, by whichever handle of whichever endpoint.",
		Editions: since("OK and no effect, also when the peer is gone", noHalfClose),
		Sources: cite(
			mx(mxSocket, "SocketDispatcher::HalfClose"),
			zx(zxSysSocket, "sys_socket_write, which takes no option")),
	},
	{
		ID:       "H-AFTER-CLOSE",
		Title:    "a half close when the peer is gone",
		Text:     "The direction has not been ended by a half close, and the other endpoint is gone.",
		Editions: since("PEER_CLOSED", noHalfClose),
		Sources: cite(
			page("syscalls/socket_write", "ERRORS, MX_ERR_PEER_CLOSED"),
			mx(mxSocket, "SocketDispatcher::HalfClose"),
			zx(zxSysSocket, "sys_socket_write, which takes no option")),
	},
	{
		ID:       "H-DRAIN",
		Title:    "what was in the buffer",
		Text:     "Bytes that were buffered in the direction when it was ended are still read in full, datagrams one by one. After the last of them the reader gets PEER_CLOSED (R-ENDED), though the peer is alive.",
		Editions: since("read in full, then PEER_CLOSED", noHalfClose),
		Sources: cite(
			page("syscalls/socket_read", "ERRORS, MX_ERR_PEER_CLOSED"),
			mx(mxSocket, "SocketDispatcher::Read"),
			zx(zxSysSocket, "sys_socket_write, which takes no option")),
	},
	{
		ID:    "H-SIGNALS",
		Title: "signals of an ended direction",
		Text: "On the ended direction, its writer loses WRITABLE for good. Its reader asserts PEER_CLOSED at once, together with READABLE while bytes remain. " +
			"No signal rises at the writer, so nothing wakes a writer that waits for WRITABLE alone.",
		Editions: since(
			"the writer loses WRITABLE; the reader asserts PEER_CLOSED, and READABLE while bytes remain; nothing rises at the writer",
			noHalfClose),
		Sources: cite(
			mx(mxSocket, "SocketDispatcher::HalfClose, HalfCloseOther"),
			zx(zxSysSocket, "sys_socket_write, which takes no option")),
	},
	{
		ID:       "H-BOTH",
		Title:    "both directions ended",
		Text:     "Each side may end a direction, so that both are ended. Neither endpoint then writes; the bytes in both directions still drain. Later closes of the endpoints change the signals as X-LAST says.",
		Editions: since("both ended; bytes still drain; later closes do what X-LAST says", noHalfClose),
		Sources: cite(
			mx(mxSocket, "SocketDispatcher::HalfClose, OnPeerZeroHandles"),
			zx(zxSysSocket, "sys_socket_write, which takes no option")),
	},
}
