package clause

var create = []Clause{
	{
		ID:       "C-OPTIONS",
		Title:    "the options of create",
		Text:     "The options are STREAM (0) or DATAGRAM (1) and choose the mode of the pair for good. Any other value is refused, also one with further bits.",
		Editions: all("any other value: INVALID_ARGS, and nothing is created"),
		Sources: cite(
			page("syscalls/socket_create", "DESCRIPTION; ERRORS, MX_ERR_INVALID_ARGS"),
			mx(mxSysSocket, "sys_socket_create"),
			zx(zxSocket, "SocketDispatcher::create")),
	},
	{
		ID:    "C-FRESH",
		Title: "the signals of a fresh endpoint",
		Text:  "A fresh endpoint can be written to and has nothing to read.",
		Editions: since(
			"asserts WRITABLE and LAST_HANDLE, and nothing else",
			"asserts WRITABLE, and nothing else"),
		Sources: cite(
			page("objects/socket", "DESCRIPTION"),
			page("generic_signals", "MX_SIGNAL_LAST_HANDLE"),
			mx(mxSocket, "SocketDispatcher::SocketDispatcher"),
			mx(mxHandles, "MakeHandle"),
			zx(zxSocketCC, "SocketDispatcher::SocketDispatcher")),
	},
	{
		ID:    "C-RIGHTS",
		Title: "the rights of the two handles",
		Text:  "Both handles that create returns have the same default rights.",
		Editions: since(
			"DUPLICATE, TRANSFER, READ, WRITE",
			"DUPLICATE, TRANSFER, READ, WRITE, WAIT, INSPECT, GET_PROPERTY, SET_PROPERTY, SIGNAL, SIGNAL_PEER, MANAGE_SOCKET"),
		Sources: cite(
			mx(mxRights, "MX_DEFAULT_SOCKET_RIGHTS"),
			zx(zxSocket, "DEFAULT_RIGHTS"),
			zx(zxRights, "ZX_DEFAULT_SOCKET_RIGHTS")),
	},
	{
		ID:       "C-KOID",
		Title:    "koids of a pair",
		Text:     "Each endpoint has a koid of its own: never zero, never that of another object, never used again. Its related koid is the koid of its peer, and stays so after the peer is gone.",
		Editions: all("unique and not zero; the related koid is the peer's, also after the peer is gone"),
		Sources: cite(
			page("syscalls/object_get_info", "MX_INFO_HANDLE_BASIC"),
			mx(mxDispatcher, "GenerateKernelObjectId"),
			mx(mxSocket, "SocketDispatcher::Init"),
			zx(zxDispatcherH, "PeeredDispatcher::InitPeer, get_related_koid")),
	},
	{
		ID:    "C-CAPACITY",
		Title: "how much a direction holds",
		Text: "Each direction holds a fixed number of bytes, which is a whole number of the kernel's chunks. Only bytes of payload count, however many writes or datagrams they came in. " +
			"An experiment may choose another capacity when it creates a pair, from 1 to 4,294,967,295 bytes; any other number is INVALID_ARGS and nothing is created.",
		Editions: since(
			"257,024 bytes a direction (128 chunks of 2,008), unless chosen",
			"264,160 bytes a direction (65 chunks of 4,064: 256 KiB rounded up), unless chosen"),
		Sources: cite(
			mx(mxSocketH, "kMBufHeaderSize, kMBufSize, kMBufDataSize, kSocketSizeMax"),
			zx(zxMBuf, "MBuf::PAYLOAD_SIZE, MBufChain::MAX_SIZE")),
		Ours: "that a capacity can be chosen",
	},
	{
		ID:    "C-NO-MEMORY",
		Title: "create without memory or handles",
		Text: "If there is no memory for the pair, or no room in the handle table for both handles, then create fails and leaves nothing behind: no endpoint, no handle and no charge. " +
			"The kernel's limit was 262,144 handles; an experiment may choose a limit of handles, up to at least 2,097,152, and a limit of memory (L-ACCOUNT), and so come to this on purpose.",
		Editions: all("NO_MEMORY, and no half of a pair is left behind"),
		Sources: cite(
			page("syscalls/socket_create", "ERRORS, MX_ERR_NO_MEMORY"),
			mx(mxSysSocket, "sys_socket_create"),
			mx(mxHandles, "kMaxHandleCount, MakeHandle"),
			zx(zxSocket, "SocketDispatcher::create"),
			zx(zxHandle, "kMaxHandleCount, HandleTableArena::Alloc")),
		Ours: "that limits can be chosen (D-LIMITS), and that no half stays behind (D-HALF-PAIR)",
	},
}

var limits = []Clause{
	{
		ID:    "L-ACCOUNT",
		Title: "what a memory limit counts",
		Text: "The memory limit of a table counts, exactly and repeatably, the bytes of payload queued in the pairs that it created and a fixed, documented charge for each pair and each handle; the heap of the program does not matter. " +
			"Queued bytes stay charged to the table that created the pair, also after a transfer of its handles.",
		Editions: all("as the text says"),
		Sources: cite(
			mx(mxSocket, "AllocMBuf"),
			zx(zxMBuf, "alloc_mbufs")),
		Ours: "everything: the kernels have no limit of one process, and allocate whole chunks (D-LIMITS)",
	},
}
