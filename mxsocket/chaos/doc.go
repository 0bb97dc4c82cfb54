// Package chaos makes common in tests what is rare there and common in
// production: short writes, short reads, full buffers, waits that end for
// nothing, want of memory, and calls that take their time.
//
//	t := handle.NewTable(chaos.With(seed))
//
// From then on some of the calls on t, and on the pairs that it creates, go as
// they would in a kernel that is busy or short of memory. Whoever loses bytes
// because it does not look at a count, or takes the frame of a protocol for one
// read, does so within 20 calls; who ends a connection because of SHOULD_WAIT,
// within 120; and who tries again and again instead of waiting does so as long as
// nobody else gets to run. Nothing goes in a way that the contract has no state
// for: a program that is right is right here too.
//
//	fault       what happens                       clauses                 what it stands for
//	ShortWrite  a stream write takes fewer bytes   W-STREAM-SHORT          The kernel had memory for
//	            than there is room for                                     some of the bytes only.
//	ShortRead   a stream read gives fewer bytes    R-STREAM                The rest was still under
//	            than there are                                             way, or the process had to
//	                                                                       stop halfway.
//	Full        a write is SHOULD_WAIT though      W-FULL, S-WRITABLE      Kernels charge more than
//	            there is room; WRITABLE falls,                             the payload: heads of
//	            and rises when the peer reads,                             buffers, rounding, what is
//	            or after a while                                           on the wire.
//	NoMemory    a datagram is refused: NO_MEMORY   W-NO-MEMORY             No buffer could be had: what
//	            (manual) or SHOULD_WAIT, and                               ENOBUFS says elsewhere.
//	            WRITABLE stays
//	Wake        READABLE comes and goes at an      T-ONE, T-OBSERVED,      Somebody else who holds a
//	            empty endpoint, or WRITABLE at a   P-ONCE, P-REPEATING     handle was quicker, or the
//	            full one: a wait is over, and                              peer made room and another
//	            there is nothing                                           writer took it.
//	NoHandle    a call that makes handles is       C-NO-MEMORY, X-FULL,    The table is full, or the
//	            NO_MEMORY, and makes none          X-REPLACE               kernel out of memory.
//	Delay       any call begins some time later    O-LINEAR                The processor is another's.
//
// [New] makes a [Plan] with rates of its own, and tells how often each fault came.
//
// Each byte is still moved once and in order, a datagram whole or not at all, and
// every other answer and signal is as ever: an endpoint that is gone, a direction
// that has ended and a handle that is closed are never told wrongly. Only READABLE
// and WRITABLE come and go, since all other signals are a program's own doing.
// Full comes only while something is queued: so a writer that waits is waited for
// by nobody, and goes on at the latest when its reader has read all there is.
//
// mxsocket.WriteAll and mxsocket.ReadFull, and a mxsocket.Conn over a handle of the
// table, are made of steps that go like this, and hide them: a ReadFull is never
// short, and a Conn's Read is as a net.Conn's may be. What they cannot hide is
// NoMemory and NoHandle: a datagram then is NO_MEMORY, and so is a Dial.
//
// What is drawn depends on the seed and on the calls on the table, in their order:
// a program with one goroutine, or one in a bubble of testing/synctest that leaves
// nothing to chance, goes the same way each time. Each kind of fault draws by
// itself, so that to leave out one does not change the others. Some come a while
// after the call that they were drawn for, at most [Longest]. That is time as
// package time has it, and virtual in a bubble: there a thousand calls that wait
// take no time at all.
package chaos
