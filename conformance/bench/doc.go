// Package bench measures what the calls of mxsocket cost beside those of this
// machine's descriptors, which do the same work by system calls, and beside
// limits that nothing can pass which does the work at all.
//
// [Run] does the same work for everybody, in rounds: a round runs every
// workload, and a workload runs one contestant right after the other, each for
// the same time, so that what slows the machine down for a while slows those
// down that are compared. A ratio is taken within a round, and only ratios
// mean anything an hour later, or on another machine. Each contestant starts
// on a pair of its own after a collection of the garbage of the one before,
// and the clock is read twice in a run of many turns, however few nanoseconds
// one of them takes.
//
// # Contestants
//
//	mx-stream:EDITION     the sockets, in this process, through the whole call:
//	mx-dgram:EDITION      table, handle, rights, signals
//	unix-stream           the sockets of the kernel, by read(2), write(2) and
//	unix-dgram            poll(2)
//	unix-seqpacket
//	pipe                  two pipes, one a direction
//	limit-ring            two copies through a ring of the capacity of
//	                      a socket, without a lock
//	limit-ring-2-mutexes  the same, with a mutex locked and unlocked by each of
//	                      the two calls
//	two-channels          a hand-over each way between two goroutines, by
//	                      channels that carry nothing
//
// # Two styles
//
// The plain calls never wait. Whoever can do nothing waits for a signal, by
// WaitOne or by poll(2), and tries again; a first try comes before any wait.
// The blocking calls return when all is done: WriteAll and ReadFull, and
// read(2) and write(2) on blocking descriptors, as often as it takes.
package bench
