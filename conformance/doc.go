// Package conformance is the contract of Magenta and Zircon sockets as a test
// suite, for any implementation: the model in package mxsocket, the file
// descriptors of this machine, or a kernel of your own.
//
// # Plugging in a kernel
//
// Write three small types in a test file and hand the first one to [Test]:
//
//   - a [Backend] has a name, says which editions of the contract it follows,
//     and boots kernels;
//   - a [Kernel] makes processes (handle tables) and is thrown away after one
//     case;
//   - a [Process] makes the calls: create, write, read, close and so on.
//
// Embed [Unimplemented] in the Process and write the calls one after the
// other: the cases that need a missing call are skipped until it is there.
// Start with Create, Write, Read and Close. The example of [Test] is such a
// file from its first line to its last.
//
//	func TestKernel(t *testing.T) { conformance.Test(t, backend{}) }
//
// What a Process has to know of the suite is this:
//
//   - Handle values are the kernel's own. The suite knows them by symbolic
//     names and also tries values that are no handles: 0, a neighbor of one,
//     one of another process, one that was closed.
//   - A call that succeeds returns nil, any other a [status.Status] (or an error that
//     wraps one). Counts are 0 whenever the error is not nil.
//   - Nothing blocks but WaitOne, WaitMany and WaitPort. They get the function parked
//     and call it when they are about to block, so that a case with several
//     actors goes on at the right moment and not after a guess ([ParkGrace]).
//   - Calls come from one goroutine at a time, except in cases in which a
//     wait is under way while others act. Each case has its own kernel, and
//     several kernels are in use at once.
//   - Null pointers with a size, memory that cannot be accessed and sizes
//     beyond any slice come through [RawProcess], which is optional, as ports
//     are ([PortProcess]) and the calls that came with Zircon
//     ([ZirconProcess]). The end of a process ([CloseAllProcess]) and a count of
//     what the kernel still holds ([HoldingProcess]) are optional, too. So are the capacities, handle limits and memory
//     limits that experiments choose: answer [Unsupported] if the kernel has
//     none.
//   - A backend that is [Incomplete] names the parts of the contract that its
//     kernels lack, such as limits or the signal LAST_HANDLE, once for all
//     calls. The cases that need one are unsupported by its name.
//   - A memory limit (L-ACCOUNT) counts the bytes queued and fixed charges:
//     512 bytes a pair, 64 a handle, 128 an event or a port, 64 a packet in a
//     port. A kernel that charges otherwise answers [Unsupported] to a limit of
//     memory, and may still have one of handles.
//   - A kernel that always calls parked before a wait blocks should say so by
//     being an [BlockingAwareProcess]. On a busy machine that spares it mistakes of
//     the guess.
//   - A panic, or a call that never returns, fails the case and not the test
//     binary. A wait that missed its wake-up is given up after [ReturnGrace], a
//     Close that hangs after [CloseGrace], any other call after a minute. Of a
//     backend whose kernels do not close only a few cases are run.
//   - What ends the process, such as abort in C, takes the test binary along. A
//     backend that is an [Isolator] runs such cases in a process of their own.
//
// # And then
//
// The suite meets one mistake in five not at all: those that take a rare
// sequence of calls, or two calls at the same time. When it is green, one call of
// package complete goes through the rest, the cheapest first (times are for one
// edition of the model on two cores):
//
//	func TestKernelCompletely(t *testing.T) { complete.Test(t, backend{}) }
//
//	suite       this package                                             1 s
//	explore     a million random calls, each held against the oracle     2 s
//	exhaustive  every call in every state of a small socket              4 s
//	histories   calls at the same time, explained by an order of them    1 s
//	wake-ups    hand-overs by the thousand, of which none may be missed  1 s
//
// Each part is a package with a function Test, too: explore, linear, wakeup.
//
// # What is compared
//
// A clause is one sentence of the contract, with an id such as W-FULL; package
// clause has them all. A case is a short scenario in a text file: calls with
// the answers that are right, and the ids of the clauses that it shows. The
// files are in the directory cases, together with the grammar; [Cases]
// returns them parsed.
//
// Each call of a case is made in turn, and everything that it answers counts:
// the status, the count, every byte of the data, every signal observed (also
// those that nobody asked for), the type, the rights and the koids of basic
// info. Of koids it counts which are equal. That a failed call changed the
// word for the actual count is an error too. The first wrong answer ends the
// case with "fail"; what is left of it could only repeat the news.
//
// # Editions
//
// An edition ([handle.Edition]) is a rule book: the manual pages to the
// letter, or what the kernel of the time did. A backend says which it
// follows, often only one. It is run once for each; lines and cases that speak
// for another edition are left out.
//
// # Backends that differ on purpose
//
// A file descriptor is no socket of this contract, and still the comparison
// is worth having. A backend of that kind is a [Diverger]: it comes with a
// catalogue of named differences. A [Divergence] is a predicate on what was
// observed, as narrow as its cause, and the state that follows.
//
// Its answers are not held against the lines of the case, which make no sense
// any more after the first difference, but against the contract itself
// (package oracle), call by call, in the state that the answers so far imply:
//
//   - the contract allows the answer in that state: the judging goes on from
//     the state after it;
//   - or the first divergence that matches gives the difference its name, and
//     the state from which the judging goes on. If it knows none, the case
//     ends there, as "differs";
//   - or nothing describes the answer. It is "unexplained", which is the
//     failure of this kind of backend.
//
// A call without a counterpart ends the case as "unsupported", with the name
// of the difference that says why.
//
// # Other ways in
//
// Cases that are known to fail are [Expectations]: a run in which exactly those
// fail is green, and the tool's run has them as -expect FILE.
//
// [Run] runs many backends over many cases and returns a [Report]; [RunCase]
// runs one case. A [Machine] carries out single calls, for drivers that make
// up their own.
package conformance
