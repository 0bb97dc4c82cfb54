package clause

var ports = []Clause{
	{
		ID:    "P-CREATE",
		Title: "the options of port_create",
		Text:  "A port is a queue of packets of 48 bytes: key, type, status and 32 bytes that depend on the type. Only one version of it exists here.",
		Editions: since(
			"1, the second version: OK; 0, the version that was then being withdrawn: NOT_SUPPORTED here; else INVALID_ARGS",
			"0: OK; 1, for binding to an interrupt: NOT_SUPPORTED here; else INVALID_ARGS"),
		Sources: cite(
			page("syscalls/port_create", "DESCRIPTION"),
			mx(mxSysPort, "sys_port_create"),
			zx(zxPort, "PortDispatcher::Create")),
		Ours:  "what is not supported (D-INTERRUPTS)",
		Needs: Ports,
	},
	{
		ID:    "P-RIGHTS",
		Title: "rights of a port",
		Text:  "The default rights of a port, and those that queue, wait and wait_async need on it.",
		Editions: since(
			"DUPLICATE, TRANSFER, READ, WRITE; queue, wait and wait_async need WRITE",
			"DUPLICATE, TRANSFER, READ, WRITE, INSPECT; queue and wait_async need WRITE, wait needs READ"),
		Sources: cite(
			page("syscalls/port_wait2", "ERRORS, MX_ERR_ACCESS_DENIED"),
			page("syscalls/port_queue", "ERRORS Ports V2, MX_ERR_ACCESS_DENIED"),
			page("syscalls/object_wait_async", "ERRORS, MX_ERR_ACCESS_DENIED"),
			mx(mxRights, "MX_DEFAULT_IO_PORT_V2_RIGHTS"),
			mx(mxSysPort, "sys_port_queue2, sys_port_wait2"),
			zx(zxRights, "ZX_DEFAULT_PORT_RIGHTS"),
			zx(zxSysPort, "sys_port_queue, sys_port_wait")),
		Needs: Ports,
	},
	{
		ID:       "P-QUEUE",
		Title:    "packets of the user",
		Text:     "A packet that the user queues keeps its key, its status and its 32 bytes of payload; its type becomes USER (0), whatever was given. Packets of all kinds leave in the order in which they were queued.",
		Editions: all("as the text says"),
		Sources: cite(
			page("syscalls/port_wait2", "DESCRIPTION"),
			mx(mxPort, "QueueUser, Queue"),
			zx(zxPort, "QueueUser, QueuePacketLocked")),
		Needs: Ports,
	},
	{
		ID:    "P-LIMIT",
		Title: "how many packets wait in a port",
		Text:  "How many packets may wait in a port at once. Only packets that programs queue count, not those of a wait_async.",
		Editions: since(
			"as many as there is memory for",
			"4,097; one more is SHOULD_WAIT"),
		Sources: cite(
			mx(mxPort, "Queue, which has no limit"),
			zx(zxPort, "kMaxAllocatedPacketCountPerPort, IsDefaultAllocatedEphemeral, QueuePacketLocked")),
		Ours:  "that nothing else happens (D-POLICY)",
		Needs: Ports,
	},
	{
		ID:       "P-WAIT",
		Title:    "taking a packet",
		Text:     "A wait on a port takes the earliest packet; one waiter is released per packet. Which of several is not promised: here it is the one that came first (D-PORT-ORDER). A packet that is there is delivered even if the deadline is past.",
		Editions: all("OK with the packet; deadline past and nothing queued: TIMED_OUT; the port's handle closed meanwhile: CANCELED"),
		Sources: cite(
			page("syscalls/port_wait2", "DESCRIPTION"),
			mx(mxPort, "DeQueue"),
			mx(mxSemaphore, "Post, Wait"),
			zx(zxPort, "Dequeue")),
		Ours:  "who is released first (D-PORT-ORDER), and what a close does (D-PORT-CLOSE)",
		Needs: Ports,
	},
	{
		ID:    "P-ONCE",
		Title: "wait_async, once",
		Text: "wait_async with ONCE (0) queues one packet SIGNAL_ONE (1): at once if a signal asked for is asserted, else when one becomes so. It holds the key, the trigger (the signals asked for), the observed signals (the whole state at that moment) and the count 1. Then the operation is over. " +
			"Each call is an operation of its own; equal ones are not merged.",
		Editions: since(
			"as the text says",
			"as the text says; TIMESTAMP (1) or BOOT_TIMESTAMP (4) adds the time to the packet, both together are INVALID_ARGS; with EDGE (2) the state at the call does not count, and the packet comes when any signal of the object has risen and one that was asked for is asserted then"),
		Sources: cite(
			page("syscalls/object_wait_async", "DESCRIPTION, on MX_WAIT_ASYNC_ONCE"),
			mx(mxPort, "OnInitialize, OnStateChange, MaybeQueue, MakeObservers"),
			zx(zxPort, "OnMatch, QueuePacketLocked"),
			zx(zxDispatcher, "AddObserver, UpdateStateLocked, NotifyObserversLocked"),
			zx(zxSysWait, "sys_object_wait_async")),
		Needs: Ports,
	},
	{
		ID:    "P-REPEATING",
		Title: "wait_async, repeating",
		Text:  "wait_async with REPEATING queues a packet SIGNAL_REP (2) at once if a signal asked for is asserted, and then at every change of the object's state that leaves one asserted, unless its former packet is still queued.",
		Editions: each(
			"REPEATING is 1; any option but ONCE and REPEATING is INVALID_ARGS",
			"any option but ONCE (0) means REPEATING",
			"there is no REPEATING: bits beyond TIMESTAMP, EDGE and BOOT_TIMESTAMP are INVALID_ARGS"),
		Sources: cite(
			page("syscalls/object_wait_async", "DESCRIPTION, on MX_WAIT_ASYNC_REPEATING; ERRORS, MX_ERR_INVALID_ARGS"),
			mx(mxPort, "MakeObservers, MaybeQueue, Queue"),
			mx(mxTracker, "UpdateState"),
			zx(zxSysWait, "sys_object_wait_async")),
		Needs: Ports,
	},
	{
		ID:    "P-SOURCE",
		Title: "the source of wait_async",
		Text:  "The source of a wait_async needs the right to wait (T-RIGHT), and must be an object that can be waited for. The port is checked before the source.",
		Editions: since(
			"without READ on the source: ACCESS_DENIED; not waitable: NOT_SUPPORTED",
			"without WAIT on the source: ACCESS_DENIED, and so for a port, which cannot have it"),
		Sources: cite(
			page("syscalls/object_wait_async", "ERRORS"),
			mx(mxSysWait, "sys_object_wait_async"),
			mx(mxPort, "MakeObservers"),
			zx(zxSysWait, "sys_object_wait_async")),
		Needs: Ports,
	},
	{
		ID:    "P-CANCEL",
		Title: "ending wait_async operations",
		Text:  "cancel(port, source handle, key) ends the operations that were begun with that source handle and key: no new packet comes from them, and those of their packets that wait in the port are removed. It is NOT_FOUND when there was neither. It is checked in this order: the port and WRITE on it, the source, the right on that, whether it can be waited for.",
		Editions: each(
			"needs WRITE on the source; not waitable: NOT_SUPPORTED",
			"needs READ on the source; not waitable: NOT_SUPPORTED",
			"needs WAIT on the source; a port is ACCESS_DENIED, since it cannot have it"),
		Sources: cite(
			page("syscalls/port_cancel", "DESCRIPTION; ERRORS"),
			mx(mxSysPort, "sys_port_cancel"),
			mx(mxPort, "CancelQueued, OnCancelByKey"),
			zx(zxSysPort, "sys_port_cancel"),
			zx(zxPort, "CancelQueuedPacketsLocked")),
		Needs: Ports,
	},
	{
		ID:       "P-CLOSE-SOURCE",
		Title:    "the source handle is closed",
		Text:     "Closing the handle that a wait_async was begun with ends the operation. Packets that are queued already stay.",
		Editions: all("no further packet; no packet about the close"),
		Sources: cite(
			page("syscalls/object_wait_async", "DESCRIPTION"),
			mx(mxPort, "OnCancel, OnRemoved"),
			zx(zxPort, "PortObserver::OnCancel, MaybeReapLocked")),
		Needs: Ports,
	},
	{
		ID:       "P-CLOSE-PORT",
		Title:    "the port is closed",
		Text:     "Closing the last handle of a port drops its packets and ends the operations that would queue to it.",
		Editions: all("packets dropped, operations ended"),
		Sources: cite(
			mx(mxPort, "on_zero_handles, Queue"),
			zx(zxPort, "on_zero_handles")),
		Needs: Ports,
	},
	{
		ID:       "P-FULL",
		Title:    "no memory for a packet",
		Text:     "The memory limit is reached when a packet is to be queued.",
		Editions: all("NO_MEMORY for queue; an operation that cannot queue its packet ends"),
		Sources: cite(
			mx(mxPort, "QueueUser, MaybeQueue"),
			zx(zxPort, "QueueUser")),
		Ours:  "what becomes of an operation: the kernels take the memory of its packet when it begins (D-LIMITS)",
		Needs: Ports,
	},
}
