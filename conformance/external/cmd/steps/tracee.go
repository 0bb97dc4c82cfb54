package main

import (
	"fmt"
	"os"
)

const (
	// warmTurns come before those that are counted, so that pools are
	// filled, stacks have grown and goroutines have found their rhythm.
	warmTurns = 2000
	// countedTurns are so many that what happens every few turns shows in
	// the mean, and so few that a program takes a second or two.
	countedTurns = 100

	// traceeVariable tells this executable that it is the one to be traced,
	// and with which program.
	traceeVariable = "MXSTEPS_PROGRAM"
)

// traceeEnvironment is the whole environment of a tracee. Nothing of the
// caller's goes in, since settings of the runtime change what it does.
func traceeEnvironment(name string) []string {
	return []string{traceeVariable + "=" + name, "GOMAXPROCS=1", "GOGC=off", "GODEBUG=asyncpreemptoff=1"}
}

// serveTracee does not return if this process was started to be traced. It
// must be called first.
//
// The tracer knows where the program is by its calls of mark: after the first
// it holds all other threads, between the second and the third it counts what
// a mark takes, and between the third and the fourth the turns.
func serveTracee() {
	name := os.Getenv(traceeVariable)
	if name == "" {
		return
	}
	for _, p := range programs {
		if p.name != name {
			continue
		}
		turns, err := p.start()
		check(err)
		mark()
		check(turns(warmTurns))
		mark()
		mark()
		err = turns(countedTurns)
		mark()
		check(err)
		os.Exit(0)
	}
	check(fmt.Errorf("there is no program %q", name))
}

// mark makes a system call that nothing else here makes, and that the runtime
// does not know to be one.
//
//go:noinline
func mark() { os.Getppid() }

// check ends the tracee if something went wrong, which the tracer then tells.
func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "steps: the traced program:", err)
		os.Exit(1)
	}
}
