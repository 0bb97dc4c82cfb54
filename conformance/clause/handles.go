package clause

var handles = []Clause{
	{
		ID:    "X-CLOSE",
		Title: "close of a value that is no handle",
		Text:  "A close of a value that is no handle of the calling table. A close of a good handle needs no right and always succeeds.",
		Editions: since(
			"BAD_HANDLE, also for the value 0",
			"BAD_HANDLE, but OK for the value 0"),
		Sources: cite(
			page("syscalls/handle_close", "ERRORS, MX_ERR_BAD_HANDLE"),
			mx(mxSysHandle, "sys_handle_close"),
			zx(zxSysHandle, "sys_handle_close")),
	},
	{
		ID:    "X-LAST",
		Title: "close of the last handle of an endpoint",
		Text: "When the last handle of an endpoint is closed, the endpoint is gone. Its peer loses WRITABLE and asserts PEER_CLOSED. Bytes inbound to the closed endpoint are dropped; bytes that it sent stay readable at the peer. " +
			"Closing any other handle of it changes none of this.",
		Editions: all("as the text says"),
		Sources: cite(
			page("syscalls/handle_close", "DESCRIPTION"),
			mx(mxHandles, "DeleteHandle"),
			mx(mxSocket, "on_zero_handles, OnPeerZeroHandles"),
			zx(zxSocket, "on_peer_zero_handles_locked"),
			zx(zxDispatcherH, "PeeredDispatcher::on_zero_handles")),
	},
	{
		ID:       "X-DUP",
		Title:    "duplicate needs DUPLICATE",
		Text:     "A duplicate needs the right DUPLICATE on the handle. This comes ahead of X-DUP-RIGHTS.",
		Editions: all("without it: ACCESS_DENIED"),
		Sources: cite(
			page("syscalls/handle_duplicate", "ERRORS, MX_ERR_ACCESS_DENIED"),
			mx(mxSysHandle, "handle_dup_replace"),
			zx(zxSysHandle, "handle_dup_replace")),
	},
	{
		ID:       "X-DUP-RIGHTS",
		Title:    "rights that a duplicate cannot have",
		Text:     "The rights asked for are no subset of those of the handle, or SAME_RIGHTS is asked for together with any other bit.",
		Editions: all("INVALID_ARGS"),
		Sources: cite(
			page("syscalls/handle_duplicate", "ERRORS, MX_ERR_INVALID_ARGS"),
			mx(mxSysHandle, "handle_dup_replace"),
			zx(zxSysHandle, "handle_dup_replace")),
	},
	{
		ID:       "X-SAME",
		Title:    "rights that a duplicate can have",
		Text:     "SAME_RIGHTS (bit 31) alone copies the rights of the handle. A subset of them, all of them by name, and none at all are allowed too. All of this holds for replace as well.",
		Editions: all("OK, with just the rights asked for"),
		Sources: cite(
			page("syscalls/handle_duplicate", "DESCRIPTION"),
			page("syscalls/handle_replace", "DESCRIPTION"),
			mx(mxSysHandle, "handle_dup_replace"),
			zx(zxSysHandle, "handle_dup_replace")),
	},
	{
		ID:       "X-FULL",
		Title:    "no room in a table",
		Text:     "A duplicate in a table that has as many handles as its limit allows, or a transfer into such a table.",
		Editions: all("NO_MEMORY, nothing is changed"),
		Sources: cite(
			page("syscalls/handle_duplicate", "ERRORS, MX_ERR_NO_MEMORY"),
			mx(mxHandles, "DupHandle"),
			zx(zxHandle, "Handle::Dup")),
		Ours: "that a transfer needs a free place (D-TRANSFER)",
	},
	{
		ID:       "X-REPLACE",
		Title:    "replace",
		Text:     "A replace gives a new value for the same object, with rights no greater than before, and makes the old value invalid at the same instant. It needs no right. The new handle is made before the old one ends, so in a full table it fails, and nothing has changed: the old handle stays. LAST_HANDLE does not flicker.",
		Editions: all("OK with a new value, and the old one is BAD_HANDLE from then on; in a full table NO_MEMORY, nothing is changed"),
		Sources: cite(
			page("syscalls/handle_replace", "DESCRIPTION; ERRORS, MX_ERR_NO_MEMORY"),
			mx(mxSysHandle, "handle_dup_replace"),
			mx(mxHandles, "DupHandle"),
			zx(zxSysHandle, "handle_dup_replace")),
	},
	{
		ID:    "X-REPLACE-RIGHTS",
		Title: "rights that a replacement cannot have",
		Text:  "The rights asked for are no subset of those of the handle, or SAME_RIGHTS is asked for together with any other bit.",
		Editions: since(
			"INVALID_ARGS; the old handle stays valid",
			"INVALID_ARGS; the old handle is closed all the same"),
		Sources: cite(
			page("syscalls/handle_replace", "ERRORS, MX_ERR_INVALID_ARGS"),
			mx(mxSysHandle, "handle_dup_replace"),
			zx(zxSysHandle, "handle_dup_replace")),
	},
	{
		ID:    "X-STALE",
		Title: "values of closed handles",
		Text: "A value that was closed, replaced or moved away is BAD_HANDLE at least until the next 1,048,576 handles have been made in its table. The value 0 is never a handle. A valid value has 32 bits and is positive as a signed number. " +
			"Values are salted per table, so that small arithmetic on one does not give another. Text recordings name handles by symbols for that reason.",
		Editions: since(
			"BAD_HANDLE for at least 2^20 further handles; 0 is never valid; neighbors of a value are not valid",
			"the same; and the two low bits of a value are always set"),
		Sources: cite(
			mx(mxHandles, "GetNewHandleBaseValue"),
			mx(mxProcess, "map_handle_to_value"),
			zx(zxHandle, "NewHandleValue"),
			zx(zxTable, "map_handle_to_value")),
		Ours: "the number of handles, and that no neighbor is a handle (D-VALUES, D-ALIAS)",
	},
	{
		ID:       "X-TABLE",
		Title:    "a value belongs to one table",
		Text:     "A handle value means something in one table, which is that of one process. In another table the same number is no handle.",
		Editions: all("BAD_HANDLE in another table"),
		Sources: cite(
			page("handles", "Basics"),
			mx(mxProcess, "GetHandleLocked"),
			zx(zxTable, "GetHandleLocked")),
	},
	{
		ID:    "X-TRANSFER",
		Title: "moving a handle to another table",
		Text: "Moving a handle to another table needs the right TRANSFER. At one instant it leaves the source and appears in the destination, with a new value and the same rights; LAST_HANDLE does not flicker. " +
			"A transfer into the handle's own table acts as a replace with the same rights. If it fails, the handle stays where it was.",
		Editions: all("without TRANSFER: ACCESS_DENIED"),
		Sources: cite(
			page("handles", "Using Handles"),
			page("rights", "Basics, MX_RIGHT_TRANSFER"),
			mx(mxProcess, "RemoveHandleLocked, AddHandleLocked"),
			zx(zxTable, "RemoveHandleLocked, AddHandleLocked")),
		Ours: "that it is a call of its own (D-TRANSFER)",
	},
	{
		ID:    "X-INFO",
		Title: "basic info",
		Text:  "The basic info of a handle tells the koid of its object, the rights of the handle, the type of the object, the related koid (0 where there is no peer), and whether the object can be waited for. A value that is no handle is BAD_HANDLE.",
		Editions: since(
			"OK; it needs no right",
			"OK; it needs no right, while topics about the object need INSPECT"),
		Sources: cite(
			page("syscalls/object_get_info", "MX_INFO_HANDLE_BASIC"),
			mx(mxSysObject, "sys_object_get_info"),
			zx(zxSysInfo, "sys_object_get_info"),
			zx(zxDispatcher, "GetHandleInfo")),
		Ours: "that zircon still says whether an object can be waited for (D-PROPS)",
	},
}
