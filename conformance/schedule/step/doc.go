// Package step stands in for sync, sync/atomic, the timers of package time and
// the operations on channels, in a copy of packages handle and mxsocket that
// package schedule makes for its tests. Nothing else imports it.
//
// Each operation is a step. Before it is made the goroutine stops, and a [Run]
// says who goes on: one at a time, in an order that a program chooses. So what
// goroutines do at once is repeated step for step, and [Explore] tries every
// order that can make a difference.
//
// Outside of a Run, and on the goroutine that drives one, the operations are
// made at once. They are for one goroutine then.
package step

import (
	"fmt"
	"runtime"
	"strings"
)

// running is the run under way, if any, and self the thread of it that has the
// floor: nil while the driver of the run has it.
var (
	running *Run
	self    *thread
)

// An object is what steps have in common, if they have: those on different
// objects, and those that only read, may change places.
type object struct {
	run *Run // that the number is of
	n   int
}

func (o *object) number() int {
	if o.run != running {
		running.objects++
		o.run, o.n = running, running.objects
	}
	return o.n
}

// A use is the part that an object has in a step.
type use struct {
	object int
	write  bool
}

// A step is what a thread is about to do.
type step struct {
	what    string
	uses    [2]use // as many as have an object
	enabled func() bool
	choices func() int // how many ways it can go; nil: one
	where   string     // in the source, if the run is traced
}

// on is a step on one object.
func on(what string, o *object, write bool) step {
	return step{what: what, uses: [2]use{{o.number(), write}}}
}

// with is the step with a second object.
func (s step) with(o *object, write bool) step {
	s.uses[1] = use{o.number(), write}
	return s
}

// depends reports whether the order of the two steps may make a difference.
func (s *step) depends(on *step) bool {
	for _, a := range s.uses {
		for _, b := range on.uses {
			if a.object != 0 && a.object == b.object && (a.write || b.write) {
				return true
			}
		}
	}
	return false
}

// take stops the thread that has the floor before the step s. When it has the
// floor again it returns which of its choices the step is to be.
func take(s step) int {
	t := self
	if t == nil {
		return 0
	}
	if running.traced {
		s.where = where()
	}
	t.next = s
	t.stop()
	return t.choice
}

// where is the place of the step in the packages under test.
func where() string {
	var pcs [16]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs[:])])
	var at []string
	for {
		f, more := frames.Next()
		file := f.File[strings.LastIndexByte(f.File, '/')+1:]
		if strings.HasPrefix(f.Function, "mx.example/handle.") || strings.HasPrefix(f.Function, "mx.example/mxsocket.") {
			at = append(at, fmt.Sprintf("%s:%d", file, f.Line))
		}
		if !more || len(at) == 3 {
			return strings.Join(at, " < ")
		}
	}
}

var planted string

// Plant has the copies of the packages under test make a fault, or with the
// empty name none.
func Plant(fault string) { planted = fault }

// Planted reports whether they are to make that fault.
func Planted(fault string) bool { return planted == fault }
