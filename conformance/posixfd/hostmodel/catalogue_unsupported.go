package hostmodel

import "mx.example/conformance"

// unsupportedCalls say why there is no counterpart to a call.
var unsupportedCalls = []conformance.Divergence{
	{
		Name:    FixedMode,
		Kinds:   allKinds,
		Clauses: []string{"C-OPTIONS"},
		Cause:   "A kind of descriptor either keeps the boundaries of messages or does not. What socketpair and pipe make is chosen by the type or the call, not by an option of one object.",
		Source:  "socket(2), types; pipe(7)",
	},
	{
		Name:    NoOptions,
		Kinds:   allKinds,
		Clauses: []string{"W-OPTIONS", "W-HALF-SIZE", "R-OPTIONS"},
		Cause:   "The flags of send and recv mean other things than the options of a socket, and read and write have none. A half close is a call of its own that takes no buffer, so it cannot be given data by mistake.",
		Source:  "send(2), recv(2), shutdown(2)",
	},
	{
		Name:    FixedRights,
		Kinds:   allKinds,
		Clauses: []string{"C-RIGHTS", "W-RIGHTS", "R-RIGHTS", "X-DUP", "X-DUP-RIGHTS", "S-RIGHT", "T-RIGHT"},
		Cause:   "A descriptor has no rights of its own that a duplicate could have fewer of: dup gives another name for the same open file description. What it can do was fixed when it was opened.",
		Source:  "dup(2); POSIX.1-2024, 2.14 File Descriptor Allocation, dup",
	},
	{
		Name:    NoReplace,
		Kinds:   allKinds,
		Clauses: []string{"X-REPLACE", "X-REPLACE-RIGHTS"},
		Cause:   "No call ends one descriptor and gives a fresh number to its object in the same instant. dup2 goes the other way: the caller names the number, and what was there is closed.",
		Source:  "dup(2)",
	},
	{
		Name:    OneTable,
		Kinds:   allKinds,
		Clauses: []string{"X-TABLE", "X-TRANSFER", "X-FULL", "C-NO-MEMORY", "L-ACCOUNT", "E-OWNER", "W-NO-MEMORY"},
		Cause:   "A process has one table of descriptors and cannot make another, with limits of its own or without. SCM_RIGHTS copies a descriptor into another process and leaves the original where it was.",
		Source:  "unix(7), SCM_RIGHTS; getrlimit(2), RLIMIT_NOFILE",
	},
	{
		Name:    NoKoid,
		Kinds:   allKinds,
		Clauses: []string{"C-KOID", "X-INFO"},
		Cause:   "fstat tells a device and an inode number, which are used again once the object is gone. Nothing tells the number of the peer, the rights, or whether the object can be waited for.",
		Source:  "fstat(2), inode(7)",
	},
	{
		Name:    NoEvents,
		Kinds:   allKinds,
		Clauses: []string{"W-TYPE", "R-TYPE", "S-PEER-NONE"},
		Cause:   "No kind of descriptor is an object with nothing but signals that any program may set and clear. An eventfd is a counter that a read resets, and exists on some systems only.",
		Source:  "eventfd(2)",
	},
	{
		Name:  NoPorts,
		Kinds: allKinds,
		Clauses: []string{"P-CREATE", "P-RIGHTS", "P-QUEUE", "P-WAIT", "P-ONCE", "P-REPEATING", "P-SOURCE",
			"P-CANCEL", "P-CLOSE-SOURCE", "P-CLOSE-PORT", "P-FULL", "T-UNWAITABLE"},
		Cause:  "No kind of descriptor is a queue of packets that programs and objects put in and that releases one waiter for each. An epoll descriptor, which only Linux has, is a set of descriptors that is asked for its state: nothing is queued in it, not even what is over by then, and it can itself be waited for.",
		Source: "epoll(7); Linux fs/eventpoll.c, ep_send_events",
	},
	{
		Name:    CountReturned,
		Kinds:   allKinds,
		Clauses: []string{"W-ACTUAL"},
		Cause:   "read and write return the count as their value instead of storing it. There is no pointer to it that could be null or bad.",
		Source:  "write(2), RETURN VALUE",
	},
	{
		Name:    PipeDupKeepsOpen,
		Kinds:   []string{Pipe},
		Clauses: []string{"H-DIRECTION", "X-DUP"},
		Cause:   "A direction of a pipe ends when the last descriptor of one of its ends is closed, and a pipe has no shutdown. Closing one of two duplicates ends nothing.",
		Source:  "pipe(7); Linux fs/pipe.c, pipe_release",
	},
}
