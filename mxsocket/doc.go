// Package mxsocket is an exact model of the Magenta socket (mx_socket): a
// connected pair of endpoints that carries bytes both ways, as a stream or as
// datagrams, between handles with rights.
//
//	t := handle.NewTable()
//	a, b, err := mxsocket.Create(t, mxsocket.Stream)
//	n, err := mxsocket.Write(t, a, 0, []byte("hello"))
//
// The calls never block. A write to a full socket and a read from an empty
// one are SHOULD_WAIT; [handle.Table.WaitOne] waits for the signals
// [handle.Writable] and [handle.Readable]. A stream write takes what fits and
// says how much that was; a datagram write takes all or nothing.
//
// Each call returns nil or a [status.Status] that can be compared with ==, and
// n is 0 whenever err is not nil. Any number of goroutines may call at once,
// on the same handles too; each call takes effect at one instant (O-LINEAR).
// A buffer is used only until the call returns.
//
// The edition of the table that creates a pair decides its rules (E-OWNER):
// [handle.Manual] is the manual pages of 2017 to the letter, and
// [handle.Kernel2017] what the kernel did where it differed.
package mxsocket
