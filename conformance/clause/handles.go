package clause

var handles = []Clause{
	{
		ID:    "X-CLOSE",
		Title: "close of a value that is no handle",
		Text:  "A close of a value that is no handle of the calling table. A close of a good handle needs no right and always succeeds.",
		Editions: since(
			"BAD_HANDLE, also for the value 0",
			"BAD_HANDLE, but OK for the value 0"),
		Source: "page handle_close (ERRORS, MX_ERR_BAD_HANDLE); Zircon: page zx_handle_close",
	},
	{
		ID:    "X-LAST",
		Title: "close of the last handle of an endpoint",
		Text: "When the last handle of an endpoint is closed, the endpoint is gone. Its peer loses WRITABLE and asserts PEER_CLOSED. Bytes inbound to the closed endpoint are dropped; bytes that it sent stay readable at the peer. " +
			"Closing any other handle of it changes none of this.",
		Editions: all("as the text says"),
		Source:   "page handle_close; file socket_dispatcher.cpp (on_zero_handles, OnPeerZeroHandles)",
	},
	{
		ID:       "X-DUP",
		Title:    "duplicate needs DUPLICATE",
		Text:     "A duplicate needs the right DUPLICATE on the handle. This comes ahead of X-DUP-RIGHTS.",
		Editions: all("without it: ACCESS_DENIED"),
		Source:   "page handle_duplicate (ERRORS, MX_ERR_ACCESS_DENIED)",
	},
	{
		ID:       "X-DUP-RIGHTS",
		Title:    "rights that a duplicate cannot have",
		Text:     "The rights asked for are no subset of those of the handle, or SAME_RIGHTS is asked for together with any other bit.",
		Editions: all("INVALID_ARGS"),
		Source:   "page handle_duplicate (ERRORS, MX_ERR_INVALID_ARGS); file syscalls_handle_ops.cpp",
	},
	{
		ID:       "X-SAME",
		Title:    "rights that a duplicate can have",
		Text:     "SAME_RIGHTS (bit 31) alone copies the rights of the handle. A subset of them, all of them by name, and none at all are allowed too. All of this holds for replace as well.",
		Editions: all("OK, with just the rights asked for"),
		Source:   "page handle_duplicate (DESCRIPTION), page handle_replace",
	},
	{
		ID:       "X-FULL",
		Title:    "no room in a table",
		Text:     "A duplicate in a table that has as many handles as its limit allows, or a transfer into such a table.",
		Editions: all("NO_MEMORY, nothing is changed"),
		Source:   "page handle_duplicate (ERRORS, MX_ERR_NO_MEMORY); for transfer: this project",
	},
	{
		ID:       "X-REPLACE",
		Title:    "replace",
		Text:     "A replace gives a new value for the same object, with rights no greater than before, and makes the old value invalid at the same instant. It needs no right and no spare room in the table, so that it works in a full one.",
		Editions: all("OK with a new value; the old one is BAD_HANDLE from then on"),
		Source:   "page handle_replace; file syscalls_handle_ops.cpp",
	},
	{
		ID:    "X-REPLACE-RIGHTS",
		Title: "rights that a replacement cannot have",
		Text:  "The rights asked for are no subset of those of the handle, or SAME_RIGHTS is asked for together with any other bit.",
		Editions: since(
			"INVALID_ARGS; the old handle stays valid",
			"INVALID_ARGS; the old handle is closed all the same"),
		Source: "page handle_replace (ERRORS, MX_ERR_INVALID_ARGS); file syscalls_handle_ops.cpp; Zircon: page zx_handle_replace",
	},
	{
		ID:    "X-STALE",
		Title: "values of closed handles",
		Text: "A value that was closed, replaced or moved away is BAD_HANDLE at least until the next 1,048,576 handles have been made in its table. The value 0 is never a handle. A valid value has 32 bits and is positive as a signed number. " +
			"Values are salted per table, so that small arithmetic on one does not give another. Text recordings name handles by symbols for that reason.",
		Editions: all("BAD_HANDLE for at least 2^20 further handles; 0 is never valid; neighbors of a value are not valid"),
		Source:   "file handle.cpp and process_dispatcher.cpp (the secret of a process's values); the number: this project",
	},
	{
		ID:       "X-TABLE",
		Title:    "a value belongs to one table",
		Text:     "A handle value means something in one table, which is that of one process. In another table the same number is no handle.",
		Editions: all("BAD_HANDLE in another table"),
		Source:   "the handles document of that time; file process_dispatcher.cpp",
	},
	{
		ID:    "X-TRANSFER",
		Title: "moving a handle to another table",
		Text: "Moving a handle to another table needs the right TRANSFER. At one instant it leaves the source and appears in the destination, with a new value and the same rights; LAST_HANDLE does not flicker. " +
			"A transfer into the handle's own table acts as a replace with the same rights. If it fails, the handle stays where it was.",
		Editions: all("without TRANSFER: ACCESS_DENIED"),
		Source:   "the rights document of that time (MX_RIGHT_TRANSFER), page channel_write; the call of its own: this project",
	},
	{
		ID:    "X-INFO",
		Title: "basic info",
		Text:  "The basic info of a handle tells the koid of its object, the rights of the handle, the type of the object, the related koid (0 where there is no peer), and whether the object can be waited for. A value that is no handle is BAD_HANDLE.",
		Editions: since(
			"OK; it needs no right",
			"OK; it needs no right, while topics about the object need INSPECT"),
		Source: "page object_get_info (MX_INFO_HANDLE_BASIC); Zircon: page zx_object_get_info",
	},
}
