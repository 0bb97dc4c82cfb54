// Package linear checks that calls made at the same time take effect one after
// the other (O-LINEAR): it records what several goroutines called and what
// they were answered, and asks whether the oracle, given the same calls in
// some order that respects who had returned before who called, answers the
// same.
//
// [Record] makes a history on any [conformance.Kernel], [History.Check] judges
// it, and a [Violation] prints it.
//
// # Waits
//
// A wait is no instant: what it observes adds up from when it registers to
// when it returns (T-OBSERVED). So each item of a wait counts as two
// operations, its beginning and its end, and in between the oracle adds up
// what a wait sees. The observation must be exactly that sum for some
// beginning and some end within the call. The items of a wait for several
// have each their own, as they are no joint snapshot (T-MANY). What the wait
// returned follows from what its items observed: CANCELED if one saw its
// handle go (T-CANCEL), else OK if one saw a signal asked for (T-ONE), else
// TIMED_OUT. In zircon nothing adds up: an item has the state at the instant
// that completed it, or at its end if nothing did.
//
// A wait that sleeps through a signal is found too: each time that every
// goroutine has blocked, nothing that a wait in progress asked for may have
// been asserted since it began.
package linear
