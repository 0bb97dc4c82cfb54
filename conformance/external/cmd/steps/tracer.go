package main

import (
	"errors"
	"fmt"
)

// steps says how many times the instruction at each address was executed.
// Those of a mark have been subtracted, so the number for a single address
// may be negative; a sum for a function is not.
type steps map[uint64]int

var errUnsupported = errors.New("needs Linux on amd64")

// A forbidden is the error of a system that does not let one process trace
// another.
type forbidden struct{ cause error }

func (e *forbidden) Error() string {
	return fmt.Sprintf("ptrace is not permitted here (%v): in a container, start it with --cap-add=SYS_PTRACE; "+
		"elsewhere, write 1 to /proc/sys/kernel/yama/ptrace_scope, or run this as root", e.cause)
}

func (e *forbidden) Unwrap() error { return e.cause }
