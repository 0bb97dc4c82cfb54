//go:build cgo && unix

package main

// #include "shim.h"
import "C"

import (
	"math"
	"time"

	"mx.example/handle"
)

// C counts time in nanoseconds of the monotonic clock. Package handle stamps
// packets by a clock that starts with the program, so all times that a program
// sees are of that clock plus epoch, which makes them those of CLOCK_MONOTONIC
// but for the instant between two reads of a clock, here.
var (
	epoch = int64(C.libmx_monotonic()) - handle.Now()
	// start is the instant startedAt, or a little later: a wait must not end
	// before its deadline.
	startedAt = epoch + handle.Now()
	start     = time.Now()
)

// past is a deadline that polls.
var past = time.Unix(0, 1)

// infinite is the deadline of a wait without one. The functions for the types
// of 2017, where time has no sign, turn all that is above it into it.
const infinite = math.MaxInt64

// at is a deadline as package handle has it.
func at(deadline int64) time.Time {
	switch {
	case deadline == infinite:
		return time.Time{}
	case deadline <= startedAt:
		return past
	}
	return start.Add(time.Duration(deadline - startedAt))
}

//export libmx_now
func libmx_now() int64 { return epoch + handle.Now() }

//export libmx_nanosleep
func libmx_nanosleep(deadline int64) {
	if deadline == infinite {
		for {
			time.Sleep(math.MaxInt64)
		}
	}
	time.Sleep(time.Until(at(deadline)))
}

//export libmx_clock_get
func libmx_clock_get(id uint32, out uintptr) int32 {
	now := uint64(libmx_now())
	if id != monotonic {
		now = uint64(C.libmx_clock(C.uint32_t(id)))
	}
	if now == 0 || !store(out, bytesOf(&now)) {
		return invalidArgs
	}
	return 0
}

// monotonic is ZX_CLOCK_MONOTONIC.
const monotonic = 0
