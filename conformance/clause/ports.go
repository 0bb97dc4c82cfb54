package clause

var ports = []Clause{
	{
		ID:    "P-CREATE",
		Title: "the options of port_create",
		Text:  "A port is a queue of packets of 48 bytes: key, type, status and 32 bytes that depend on the type. Only one version of it exists here.",
		Editions: since(
			"1, the second version: OK; 0, the version that was then being withdrawn: NOT_SUPPORTED here; else INVALID_ARGS",
			"0: OK; 1, for binding to an interrupt: NOT_SUPPORTED here; else INVALID_ARGS"),
		Source: "page port_create; Zircon: page zx_port_create; what is not supported: this project",
		Needs:  Ports,
	},
	{
		ID:    "P-RIGHTS",
		Title: "rights of a port",
		Text:  "The default rights of a port, and those that queue, wait and wait_async need on it.",
		Editions: since(
			"DUPLICATE, TRANSFER, READ, WRITE; queue, wait and wait_async need WRITE",
			"DUPLICATE, TRANSFER, READ, WRITE; queue and wait_async need WRITE, wait needs READ"),
		Source: "pages port_queue, port_wait, object_wait_async; file port_dispatcher_v2.cpp; Zircon: rights.h",
		Needs:  Ports,
	},
	{
		ID:    "P-QUEUE",
		Title: "packets of the user",
		Text:  "A packet that the user queues keeps its key, its status and its 32 bytes of payload. Packets of all kinds leave in the order in which they were queued.",
		Editions: since(
			"its type becomes USER (0), whatever was given",
			"a type other than USER (0): INVALID_ARGS"),
		Source: "page port_queue; file port_dispatcher_v2.cpp; Zircon: page zx_port_queue",
		Needs:  Ports,
	},
	{
		ID:       "P-WAIT",
		Title:    "taking a packet",
		Text:     "A wait on a port takes the earliest packet; one waiter is released per packet. A packet that is there is delivered even if the deadline is past.",
		Editions: all("OK with the packet; deadline past and nothing queued: TIMED_OUT; the port's handle closed meanwhile: CANCELED"),
		Source:   "page port_wait; file port_dispatcher_v2.cpp",
		Needs:    Ports,
	},
	{
		ID:    "P-ONCE",
		Title: "wait_async, once",
		Text: "wait_async with ONCE (0) queues one packet SIGNAL_ONE (1): at once if a signal asked for is asserted, else when one becomes so. It holds the key, the trigger (the signals asked for), the observed signals (the whole state at that moment) and the count 1. Then the operation is over. " +
			"Each call is an operation of its own; equal ones are not merged.",
		Editions: since(
			"as the text says",
			"as the text says; EDGE (2) waits for a signal to rise, TIMESTAMP (1) adds the time to the packet"),
		Source: "page object_wait_async; Zircon: page zx_object_wait_async",
		Needs:  Ports,
	},
	{
		ID:    "P-REPEATING",
		Title: "wait_async, repeating",
		Text:  "wait_async with REPEATING (1) queues a packet SIGNAL_REP (2) at once if a signal asked for is asserted, and then at every change of the object's state that leaves one asserted, unless its former packet is still queued.",
		Editions: since(
			"as the text says",
			"there is no REPEATING: bits beyond TIMESTAMP and EDGE are INVALID_ARGS"),
		Source: "page object_wait_async; file port_dispatcher_v2.cpp",
		Needs:  Ports,
	},
	{
		ID:    "P-SOURCE",
		Title: "the source of wait_async",
		Text:  "The source of a wait_async needs the right to wait (T-RIGHT), and must be an object that can be waited for. The port is checked before the source.",
		Editions: since(
			"without READ on the source: ACCESS_DENIED; not waitable: NOT_SUPPORTED",
			"without WAIT on the source: ACCESS_DENIED; not waitable: NOT_SUPPORTED"),
		Source: "page object_wait_async (ERRORS); Zircon: page zx_object_wait_async",
		Needs:  Ports,
	},
	{
		ID:    "P-CANCEL",
		Title: "ending wait_async operations",
		Text:  "cancel(port, source handle, key) ends the operations that were begun with that source handle and key: no new packet comes from them. It needs WRITE on the port and on the source.",
		Editions: since(
			"OK, also when there was none; packets that are queued already stay",
			"OK; NOT_FOUND when there was neither an operation nor a packet; queued packets are removed"),
		Source: "page port_cancel; file port_dispatcher_v2.cpp; Zircon: page zx_port_cancel",
		Needs:  Ports,
	},
	{
		ID:       "P-CLOSE-SOURCE",
		Title:    "the source handle is closed",
		Text:     "Closing the handle that a wait_async was begun with ends the operation. Packets that are queued already stay.",
		Editions: all("no further packet; no packet about the close"),
		Source:   "file port_dispatcher_v2.cpp",
		Needs:    Ports,
	},
	{
		ID:       "P-CLOSE-PORT",
		Title:    "the port is closed",
		Text:     "Closing the last handle of a port drops its packets and ends the operations that would queue to it.",
		Editions: all("packets dropped, operations ended"),
		Source:   "file port_dispatcher_v2.cpp (on_zero_handles)",
		Needs:    Ports,
	},
	{
		ID:       "P-FULL",
		Title:    "no memory for a packet",
		Text:     "The memory limit is reached when a packet is to be queued.",
		Editions: all("NO_MEMORY for queue; an operation that cannot queue its packet ends"),
		Source:   "page port_queue (ERRORS, MX_ERR_NO_MEMORY); for operations: this project",
		Needs:    Ports,
	},
}
