// Package explore holds a backend against the oracle beyond what anybody
// thought of writing down: in every reachable state of a small socket
// ([Exhaustive]), and along random sequences of calls ([Random]). What it
// finds it shrinks to a case file of a few lines.
//
// # In step
//
// Both ways make their calls through a [conformance.Follower], which judges
// them as the suite does. A backend without divergences has to answer every
// call as the oracle does. Of a [conformance.Diverger] an answer that the
// contract does not allow must be described by one of its divergences.
//
// # The same calls everywhere
//
// A random sequence is a function of the seed, the number of the sequence and
// the state that the oracle is in. In-process, that is the same on every
// machine. Sequences are independent of each other, so that shards of a
// campaign can run anywhere, and their reports be put together with [Merge].
package explore
