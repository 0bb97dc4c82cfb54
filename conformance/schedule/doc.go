// Package schedule runs two and three calls at the same time in every order of
// their steps that can make a difference, on the real code of packages handle
// and mxsocket. A step is what goroutines have in common: taking a lock, reading
// or changing an atomic, an operation on a channel, a timer. The package has
// tests only, and nothing of it is in a normal build.
//
// The tests make copies of both packages in which package step stands in for
// sync, sync/atomic, timers and channels, put them in the place of the packages
// by an overlay of the go command, and build a second test binary with them.
// That one makes the calls of a scenario (family_test.go has them), one step at a
// time, and at the end of each run asks these questions:
//
//   - Does some order of the calls explain their answers, and all that is left
//     in the sockets and ports? The oracle says so, by package linear.
//   - Does a call sleep that has something to go on for? Time passes in steps,
//     too, so a deadline comes before or after any other.
//   - Is a lock held, or has a wake-up been left that nobody took?
//
// Two steps on different objects may change places, and so may two that only
// read; orders that differ in no more than that are run once (step.Explore).
// The number of runs is therefore exact, and the README has it.
//
// A failure prints the calls, each step with its place in the source, and a
// schedule: a letter for each step, which says whose it is. "-run TestReplay"
// repeats it.
package schedule
