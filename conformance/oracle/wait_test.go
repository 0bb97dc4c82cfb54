package oracle_test

import (
	"testing"
	"time"

	"mx.example/conformance/oracle"
	"mx.example/conformance/trace"
	"mx.example/handle"
)

// The answers of waits that calls of others complete or cancel. Every answer
// must be listed exactly: an open set is written with ! for all that may not
// be in it.
var waits = []struct{ name, lines string }{
	{"T-ONE: a pulse completes it", `
create stream capacity=1 -> OK a b
w: wait b READABLE until=never
write a "x" -> OK 1
read b 1 -> OK "x"
w: -> OK READABLE WRITABLE LAST_HANDLE
`},
	{"T-OBSERVED: what comes before the completion is seen for certain, what comes after may be", `
create stream -> OK a b
w: wait b USER_1 until=never
signal-peer a clear=none set=USER_0 -> OK
signal-peer a clear=USER_0 set=none -> OK
signal-peer a clear=none set=USER_1 -> OK
signal-peer a clear=none set=USER_2 -> OK
w: -> OK USER_0 USER_1 WRITABLE LAST_HANDLE !READABLE !PEER_CLOSED !SIGNALED !HANDLE_CLOSED !USER_3 ...
`},
	{"a clear and a set in one call is one instant", `
event -> OK e
w: wait e USER_0 until=1h
signal e clear=USER_0|USER_1 set=USER_1 -> OK
signal e clear=USER_1 set=none -> OK
w: -> TIMED_OUT USER_1 LAST_HANDLE
`},
	{"T-CANCEL: closed before anything completes it", `
create stream -> OK a b
duplicate a SAME -> OK a2
w: wait a READABLE until=never
close a -> OK
signal a2 clear=none set=USER_0 -> OK
w: -> CANCELED WRITABLE LAST_HANDLE HANDLE_CLOSED !READABLE ...
`},
	{"T-CANCEL: completed, then closed: either", `
create stream -> OK a b
duplicate a SAME -> OK a2
w: wait a READABLE until=never
write b "x" -> OK 1
replace a SAME -> OK a3
close a2 -> OK
w: -> OK WRITABLE READABLE | CANCELED WRITABLE READABLE HANDLE_CLOSED !USER_0 ...
`},
	{"T-CANCEL: a handle moved away", `
create stream -> OK a b
table t1 -> OK
w: wait a READABLE until=never
transfer a t1 -> OK a2
w: -> CANCELED WRITABLE LAST_HANDLE HANDLE_CLOSED
`},
	{"T-CANCEL of the last handle: its own object's change is not seen", `
create stream -> OK a b
w: wait-many a:READABLE b:PEER_CLOSED a:none until=never
close a -> OK
w: -> CANCELED (WRITABLE LAST_HANDLE HANDLE_CLOSED) (WRITABLE LAST_HANDLE !READABLE !HANDLE_CLOSED !USER_0 ...) (WRITABLE LAST_HANDLE HANDLE_CLOSED)
`},
	{"T-TIMEOUT: a deadline passes in another's wait", `
create stream -> OK a b
w: wait a READABLE until=1ms
wait b READABLE until=2ms -> TIMED_OUT WRITABLE LAST_HANDLE
write b "x" -> OK 1
w: -> TIMED_OUT WRITABLE LAST_HANDLE
`},
	{"T-TIMEOUT: the longest deadline is not past", `
event -> OK e
wait e USER_0 until=1ns -> TIMED_OUT LAST_HANDLE
w: wait e USER_0 until=2562047h47m16.854775807s
signal e clear=none set=USER_0 -> OK
w: -> OK LAST_HANDLE USER_0
`},
	{"a call that does not block has its answer at once", `
create stream -> OK a b
w: wait a WRITABLE until=never
v: wait a READABLE until=past
u: write a "x"
close a -> OK
w: -> OK WRITABLE LAST_HANDLE
v: -> TIMED_OUT WRITABLE LAST_HANDLE
u: -> OK 1
`},
}

func TestWaits(t *testing.T) {
	for _, row := range waits {
		t.Run(row.name, func(t *testing.T) {
			c := parse(t, row.name, row.lines)
			for _, e := range in2017 {
				check(t, c, e)
			}
		})
	}
}

func TestBlocks(t *testing.T) {
	s := oracle.New(handle.Manual)
	s.Do(&trace.Call{Op: trace.OpEvent, Out: []string{"e"}})
	wait := trace.Call{Op: trace.OpWait, H: trace.Ref{Name: "e"}, Signals: handle.Signaled}

	if !s.Blocks(&wait) || oracle.Step(s, &wait) != nil {
		t.Error("a wait for a signal that nothing asserts returns")
	}
	for _, until := range []trace.Deadline{{Kind: trace.Past}, {Kind: trace.In, After: time.Hour}} {
		c := wait
		c.Until = until
		if s.Blocks(&c) {
			t.Errorf("a wait with deadline %v never returns", until)
		}
	}
	none := trace.Call{Op: trace.OpWaitMany}
	if !s.Blocks(&none) {
		t.Error("a wait for no item and without deadline returns")
	}
	bad := trace.Call{Op: trace.OpWait}
	if s.Blocks(&bad) {
		t.Error("a wait on the value 0 never returns")
	}

	if !s.Start("w", &wait) {
		t.Error("a started wait for a signal that nothing asserts did not block")
	}
	if got := s.Finish("w"); got != nil {
		t.Errorf("a wait that nothing has completed returned: %v", got)
	}
	s.Do(&trace.Call{Op: trace.OpSignal, H: wait.H, Set: handle.Signaled})
	if s.Blocks(&wait) {
		t.Error("a wait for a signal that is asserted never returns")
	}
	got := s.Finish("w")
	if len(got) != 1 || len(got[0].Next.Waits) != 0 || len(s.Waits) != 1 {
		t.Errorf("Finish: %d answers, want 1 with the wait gone from the state after it alone", len(got))
	}
	if s.Finish("v") != nil {
		t.Error("an actor that started nothing has an answer")
	}
}
