// Package record makes a case of a program's own run: a [Recorder] is a hook of
// handle tables that keeps the last calls made on them, and writes them in the
// one text format. What it writes replays on any backend, plays with "mxconform
// view", and is judged with "mxconform run": a program's run becomes a test.
//
//	r := record.New(10_000)
//	t := handle.NewTable(handle.WithHook(r))
//	... // the program
//	err := r.Write(file, "my-run")
//
// # The order of the calls
//
// Calls of several goroutines overlap, and a case has an order. The recorder
// looks for one in which the contract (package oracle) gives the answers that the
// calls gave, and that puts no call before one that had returned before it began.
// The search is bounded. If it finds none, [Recorder.Write] writes the longest
// beginning that is explained and then the call that does not fit, and returns an
// [*UnexplainedError]; the case says so, too, and is judged wrong. Either a call
// answered what no kernel may, or the search gave up too early.
//
// # What stands for a call
//
// A goroutine is an actor; the first one that is met is the case itself. A wait
// that had to wait is two lines, one where it begins and one where it returns, and
// its answer is what the contract allows there. What WriteAll, ReadFull and a Conn
// do are writes and reads, one for each piece in which the bytes went. A wait that
// a context ended is one that timed out. Handles have names by their objects: a
// and b are the two ends of the first pair, a_2 is the second handle to a.
//
// What makes a handle is made by the case itself, and so is not in the lane of its
// goroutine. Objects that [handle.SetName] has named have that name, as a word.
//
// A call on a value that never was a handle of a recorded table, or was closed
// before the calls that are kept, CancelKey, the info of a socket, and a call by
// address that met a fault have no line; the doc of the case counts them. Where such a call had an effect, what comes after it
// may be unexplained. So may be what happens with tables that are not recorded.
//
// # Bounds
//
// The recorder keeps the last calls, as many as it is told to, and lets go of the
// others when twice as many have come; more while calls are under way all the time.
// Besides it knows the live handles and every table that was made, and forgets the
// handles and goroutines that no kept call is about.
//
// What fell out at the beginning leaves its effect behind: the case begins with
// lines that make the tables, objects and handles as they then were, with the bytes
// that were queued, the signals that programs had set, and the packets that they
// had put into ports. An operation of WaitAsync that went on is begun again; its
// packet that waited in a port is not. Waits that were on then have no lines. The
// order of the calls before is settled when they fall out, and is not looked for
// again: of calls that were under way at that moment, some may be unexplained later
// although they were right. It happens where many goroutines share a socket and the
// recorder keeps few calls, some dozens; with a thousand it was not seen in 300 runs
// of a test.
package record
