package main

import (
	"errors"
	"slices"

	"mx.example/conformance/external/baseline"
)

// A program is a rung of the ladder: something that is done turn after turn.
type program struct {
	name string
	// than is the name of the program that it is compared with.
	than string
	// start makes all ready, and gives the function that does n turns.
	start func() (turns func(n int) error, err error)
}

const twoChannels = "two channels"

// programs are the ladder: first a byte there and a byte back between two
// goroutines, then a write and a read by one.
var programs = []program{
	{twoChannels, twoChannels, startChannels},
	{"bare hand-over", twoChannels, startHandOver},
	{"bare signal and read", twoChannels, startSignalAndRead},
	{"mxsocket blocking", twoChannels, roundTrip(end.writeAll, end.readFull)},
	{"mxsocket wait first", twoChannels, roundTrip(end.write, end.waitRead)},
	{"mxsocket read first", twoChannels, roundTrip(end.write, end.readWaitRead)},
	{"ring 1 B", "ring 1 B", ringWriteRead(1)},
	{"mxsocket 1 B", "ring 1 B", socketWriteRead(1)},
	{"ring 1 KiB", "ring 1 KiB", ringWriteRead(1 << 10)},
	{"mxsocket 1 KiB", "ring 1 KiB", socketWriteRead(1 << 10)},
}

var errShort = errors.New("fewer bytes moved than were asked for")

// answering runs the other side of a round trip, which goes on for as long as
// the process lives.
func answering(turns func() error) {
	go func() { check(turns()) }()
}

// startChannels hands over nothing at all, by two unbuffered channels: the
// least for two goroutines that take turns.
func startChannels() (func(int) error, error) {
	there, back := make(chan struct{}), make(chan struct{})
	answering(func() error {
		for {
			<-there
			back <- struct{}{}
		}
	})
	return func(n int) error {
		for range n {
			there <- struct{}{}
			<-back
		}
		return nil
	}, nil
}

// ringWriteRead is a write and a read through the ring with a mutex taken for
// each: the least for bytes that are kept in between and shared.
func ringWriteRead(size int) func() (func(int) error, error) {
	return func() (func(int) error, error) {
		limits := baseline.Limits()
		i := slices.IndexFunc(limits, func(s baseline.Subject) bool { return s.Name == baseline.RingMutexes })
		if i < 0 {
			return nil, errors.New("there is no ring with mutexes")
		}
		loop, err := limits[i].WriteRead(size)
		return loop.Run, err
	}
}
