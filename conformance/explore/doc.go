// Package explore holds a backend against the oracle beyond what anybody
// thought of writing down: in every reachable state of a small socket
// ([Exhaustive]), and along random sequences of calls ([Random]). What it
// finds it shrinks to a case file of a few lines.
//
// # In step
//
// Both ways drive a [conformance.Machine] and an [oracle.State] with the same
// calls. An in-process backend has to answer every call as the oracle does.
// A backend that is a [conformance.Diverger] is judged as the suite judges it:
// an answer that the contract does not allow must be described by one of the
// backend's named divergences, and the comparison goes on from the state that
// follows from it. Anything else is a failure.
//
// # The same calls everywhere
//
// A random sequence is a function of the seed, the number of the sequence and
// the state that the oracle is in. In-process, that is the same on every
// machine. Sequences are independent of each other, so that shards of a
// campaign can run anywhere, and their reports be put together with [Merge].
package explore
