package clause

var create = []Clause{
	{
		ID:       "C-OPTIONS",
		Title:    "the options of create",
		Text:     "The options are STREAM (0) or DATAGRAM (1) and choose the mode of the pair for good. Any other value is refused, also one with further bits.",
		Editions: all("any other value: INVALID_ARGS, and nothing is created"),
		Source:   "page socket_create (ERRORS, MX_ERR_INVALID_ARGS); file socket_dispatcher.cpp",
	},
	{
		ID:    "C-FRESH",
		Title: "the signals of a fresh endpoint",
		Text:  "A fresh endpoint can be written to and has nothing to read.",
		Editions: since(
			"asserts WRITABLE and LAST_HANDLE, and nothing else",
			"asserts WRITABLE, and nothing else"),
		Source: "page socket_create; file socket_dispatcher.cpp (initial state)",
	},
	{
		ID:    "C-RIGHTS",
		Title: "the rights of the two handles",
		Text:  "Both handles that create returns have the same default rights.",
		Editions: since(
			"DUPLICATE, TRANSFER, READ, WRITE",
			"DUPLICATE, TRANSFER, READ, WRITE, WAIT, INSPECT, GET_PROPERTY, SET_PROPERTY, SIGNAL, SIGNAL_PEER, MANAGE_SOCKET"),
		Source: "file socket_dispatcher.cpp (default rights) and the rights document of that time; Zircon: rights.h (ZX_DEFAULT_SOCKET_RIGHTS)",
	},
	{
		ID:       "C-KOID",
		Title:    "koids of a pair",
		Text:     "Each endpoint has a koid of its own: never zero, never that of another object, never used again. Its related koid is the koid of its peer, and stays so after the peer is gone.",
		Editions: all("unique and not zero; the related koid is the peer's, also after the peer is gone"),
		Source:   "page object_get_info (MX_INFO_HANDLE_BASIC); file dispatcher.cpp",
	},
	{
		ID:    "C-CAPACITY",
		Title: "how much a direction holds",
		Text: "Each direction holds 257,024 bytes: 128 chunks of 2,008. Only bytes of payload count, however many writes or datagrams they came in. " +
			"An experiment may choose another capacity when it creates a pair, from 1 to 4,294,967,295 bytes; any other number is INVALID_ARGS and nothing is created.",
		Editions: all("257,024 bytes a direction, unless chosen"),
		Source:   "files mbuf.h and mbuf.cpp (MBufChain); the choice: this project",
	},
	{
		ID:    "C-NO-MEMORY",
		Title: "create without memory or handles",
		Text: "If there is no memory for the pair, or no room in the handle table for both handles, then create fails and leaves nothing behind: no endpoint, no handle and no charge. " +
			"The kernel's limit was 262,144 handles; an experiment may choose a limit of handles, up to at least 2,097,152, and a limit of memory (L-ACCOUNT), and so come to this on purpose.",
		Editions: all("NO_MEMORY, and no half of a pair is left behind"),
		Source:   "page socket_create (ERRORS, MX_ERR_NO_MEMORY); the limits: this project",
	},
}

var limits = []Clause{
	{
		ID:    "L-ACCOUNT",
		Title: "what a memory limit counts",
		Text: "The memory limit of a table counts, exactly and repeatably, the bytes of payload queued in the pairs that it created and a fixed, documented charge for each pair and each handle; the heap of the program does not matter. " +
			"Queued bytes stay charged to the table that created the pair, also after a transfer of its handles.",
		Editions: all("as the text says"),
		Source:   "this project: the kernel had no such limit, and counted pages",
	},
}
