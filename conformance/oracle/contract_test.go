package oracle_test

import "testing"

// Rows of the contract, a few lines each: those that a reader of the code may
// doubt most.
var rows = []struct{ name, lines string }{
	{"C-OPTIONS", `
create options=2 -> INVALID_ARGS
create stream capacity=0 -> INVALID_ARGS
create stream capacity=4294967296 -> INVALID_ARGS
create stream capacity=4294967295 -> OK a b
`},
	{"C-KOID", `
create stream -> OK a b
duplicate b READ -> OK b2
close a -> OK
info b2 -> OK socket rights=READ koid=b related=a waitable
event -> OK e
info e -> OK event rights=DUPLICATE|TRANSFER|READ|WRITE koid=e waitable
`},
	{"C-NO-MEMORY", `
table t1 handles=1 -> OK
create stream table=t1 -> NO_MEMORY
event table=t1 -> OK e
`},
	{"L-ACCOUNT stays with the table that created the pair", `
table t1 memory=645 -> OK
create stream capacity=9 table=t1 -> OK a b
write a "12345678" -> OK 5
[manual] write a "x" -> NO_MEMORY
[kernel2017] write a "x" -> SHOULD_WAIT
signals a -> OK WRITABLE LAST_HANDLE
transfer b t0 -> OK b
write a pattern:9 -> OK 4
outstanding b -> OK 9
transfer a t0 -> OK a
duplicate a SAME -> OK a2
write a "x" -> SHOULD_WAIT
close b -> OK
event table=t1 -> NO_MEMORY
close a -> OK
close a2 -> OK
event table=t1 -> OK e
`},
	{"W-NO-MEMORY of a datagram", `
table t1 memory=643 -> OK
create datagram capacity=9 table=t1 -> OK a b
[manual] write a "1234" -> NO_MEMORY
[kernel2017] write a "1234" -> SHOULD_WAIT
write a "1234567890" -> SHOULD_WAIT
write a "123" -> OK 3
`},
	{"O-ORDER of write", `
create stream capacity=2 -> OK a b
event -> OK e
duplicate e READ -> OK er
duplicate a READ -> OK ar
write 0 null:1 options=9 -> INVALID_ARGS
write 0 "x" options=9 -> BAD_HANDLE
write er "x" options=9 -> ACCESS_DENIED
write e "x" options=9 -> WRONG_TYPE
write ar "x" options=9 -> ACCESS_DENIED
write a "x" options=9 -> INVALID_ARGS
write a "x" half-close -> INVALID_ARGS
write t0/a "x" -> OK 1
write a+1 "x" -> BAD_HANDLE
write a bad:4294967296 -> INVALID_ARGS
close b -> OK
write a bad:4294967296 -> PEER_CLOSED
write a "" -> PEER_CLOSED
write a "x" options=2 -> INVALID_ARGS
`},
	{"O-ORDER of read", `
create stream capacity=2 -> OK a b
event -> OK e
duplicate e WRITE -> OK ew
read 0 null:1 -> INVALID_ARGS
read 0 1 options=1 -> INVALID_ARGS
read 0 1 -> BAD_HANDLE
read ew 1 -> ACCESS_DENIED
read e 1 -> WRONG_TYPE
outstanding ew -> ACCESS_DENIED
outstanding e -> WRONG_TYPE
read a 0 -> SHOULD_WAIT
read a bad:4294967296 -> INVALID_ARGS
outstanding a -> OK 0
write b "x" -> OK 1
read a 0 -> OK ""
close b -> OK
read a 5 -> OK "x"
read a 0 -> PEER_CLOSED
outstanding a -> OK 0
`},
	{"W-FAULT", `
create stream capacity=4 -> OK a b
[manual] write a "12"+bad:1 -> INVALID_ARGS
[kernel2017] write a "12"+bad:1 -> OK 2
[manual] write a "12" -> OK 2
[manual] write a bad:1 -> INVALID_ARGS
[kernel2017] write a bad:1 -> SHOULD_WAIT
write a "34"+bad:1 -> OK 2
write a bad:1 -> SHOULD_WAIT
read b 9 -> OK "1234"
create datagram capacity=4 -> OK c d
write c "12"+bad:1 -> INVALID_ARGS
write c "12"+bad:3 -> SHOULD_WAIT
outstanding d -> OK 0
`},
	{"R-FAULT", `
create stream -> OK a b
write a "12345" -> OK 5
[manual] read b 2+bad:1 -> INVALID_ARGS
[kernel2017] read b 2+bad:1 -> OK "12"
[kernel2017] read b bad:1 -> OK ""
[manual] read b 2 -> OK "12"
read b 3+bad:1 -> OK "345"
create datagram -> OK c d
write c "123" -> OK 3
write c "4" -> OK 1
[manual] read d bad:1 -> INVALID_ARGS
[kernel2017] read d bad:1 -> OK ""
[manual] read d 1+bad:1 -> INVALID_ARGS
[manual] read d 1 -> OK "1"
read d 1+bad:1 -> OK "4"
`},
	{"W-ACTUAL", `
create stream capacity=2 -> OK a b
write a "1" actual=bad -> INVALID_ARGS
write a "2" actual=null -> OK 1
write a "3" actual=bad -> SHOULD_WAIT
read b 1 actual=bad -> INVALID_ARGS
read b 9 -> OK "2"
read b 9 actual=bad -> SHOULD_WAIT
write a "" half-close actual=bad -> OK 0
[manual] write b "x" -> BAD_STATE
[kernel2017] write a "x" -> BAD_STATE
`},
	{"H-DIRECTION, H-DRAIN, H-TWICE, H-AFTER-CLOSE", `
create stream -> OK a b
write a "x" -> OK 1
write b "y" -> OK 1
write a "" half-close -> OK 0
[manual] write b "z" -> BAD_STATE
[manual] signals a -> OK READABLE WRITABLE PEER_CLOSED LAST_HANDLE
[manual] signals b -> OK READABLE LAST_HANDLE
[kernel2017] write a "z" -> BAD_STATE
[kernel2017] signals a -> OK READABLE LAST_HANDLE
[kernel2017] signals b -> OK READABLE WRITABLE PEER_CLOSED LAST_HANDLE
[kernel2017] duplicate b SAME -> OK b2
[manual] duplicate a SAME -> OK b2
read a 9 -> OK "y"
read b 9 -> OK "x"
read b2 9 -> PEER_CLOSED
read b2 null:0 -> OK 0
close b2 -> OK
close b -> OK
write a "" half-close -> OK 0
write a "" -> PEER_CLOSED
create stream -> OK c d
close c -> OK
write d "" half-close -> PEER_CLOSED
create stream -> OK e f
write e "" half-close -> OK 0
write f "" half-close -> OK 0
write e "" half-close -> OK 0
write e "x" -> BAD_STATE
write f "x" -> BAD_STATE
close e -> OK
write f "x" -> PEER_CLOSED
write f "" half-close -> OK 0
`},
	{"X-LAST in a kernel2017 half-closed pair whose ender is gone", `
create stream -> OK a b
write a "" half-close -> OK 0
close a -> OK
[manual] write b "" half-close -> PEER_CLOSED
[kernel2017] write b "" half-close -> PEER_CLOSED
`},
	{"X-DUP-RIGHTS after the handle and its right", `
create stream -> OK a b
duplicate a READ -> OK r
duplicate 0 SAME|READ -> BAD_HANDLE
duplicate r SAME|READ -> ACCESS_DENIED
duplicate a SAME|READ -> INVALID_ARGS
duplicate a EXECUTE -> INVALID_ARGS
duplicate a none -> OK n
replace n SAME|READ -> INVALID_ARGS
replace n READ -> INVALID_ARGS
replace n none -> OK n2
close n -> BAD_HANDLE
close n2 -> OK
`},
	{"X-TRANSFER and E-OWNER", `
table t1 handles=1 -> OK
[manual] table t2 edition=kernel2017 -> OK
[kernel2017] table t2 edition=manual -> OK
create stream -> OK a b
duplicate a READ -> OK r
transfer r t2 -> ACCESS_DENIED
transfer a t2 -> NOT_SUPPORTED
transfer a t0 -> OK a1
transfer a t1 -> BAD_HANDLE
transfer a1 t1 -> OK a2
signals a2 -> OK WRITABLE
signals t0/a2 -> BAD_HANDLE
transfer b t1 -> NO_MEMORY
info b -> OK socket rights=DUPLICATE|TRANSFER|READ|WRITE koid=b related=a waitable
`},
	{"S-PEER-NONE, S-USER, S-PEER in their order", `
event -> OK e
duplicate e READ -> OK er
[manual] signal-peer er clear=none set=READABLE -> ACCESS_DENIED
[kernel2017] signal-peer er clear=none set=READABLE -> NOT_SUPPORTED
signal-peer e clear=none set=READABLE -> NOT_SUPPORTED
signal e clear=none set=SIGNALED|USER_0 -> OK
signal e clear=SIGNALED set=USER_1 -> OK
signals e -> OK USER_0 USER_1
create stream -> OK a b
signal a clear=none set=SIGNALED -> INVALID_ARGS
signal-peer a clear=USER_0 set=USER_0 -> OK
signals b -> OK WRITABLE USER_0 LAST_HANDLE
close b -> OK
signal-peer a clear=READABLE set=none -> INVALID_ARGS
signal-peer a clear=none set=none -> PEER_CLOSED
signal a clear=none set=USER_7 -> OK
`},
	{"T-TIMEOUT, T-NONE, T-RIGHT", `
create stream -> OK a b
duplicate a WRITE -> OK w
wait w READABLE until=past -> ACCESS_DENIED
signals w -> ACCESS_DENIED
wait a READABLE until=past -> TIMED_OUT WRITABLE
wait a READABLE|WRITABLE until=never -> OK WRITABLE
wait a none until=1h -> TIMED_OUT WRITABLE
wait-many until=1ms -> TIMED_OUT
wait-many a:READABLE w:WRITABLE 0:none until=past -> ACCESS_DENIED
wait-many a:READABLE 0:none w:WRITABLE until=past -> BAD_HANDLE
wait-many a:READABLE a:WRITABLE b:none until=past -> OK (WRITABLE) (WRITABLE) (WRITABLE LAST_HANDLE)
wait-many a:READABLE*1024 until=past -> TIMED_OUT (WRITABLE)*1024
wait-many 0:READABLE*1025 until=past -> INVALID_ARGS
`},
	{"a pump that cannot end, and ones that can", `
create stream capacity=3 -> OK a b
pump a to=b bytes=1000 seed=1 -> OK 1000
pump a to=a bytes=10 seed=1 -> TIMED_OUT
pump a to=b bytes=10 seed=1 -> IO_DATA_INTEGRITY
outstanding b -> OK 0
pump a to=b bytes=10 seed=1 -> OK 10
close b -> OK
pump a to=b bytes=10 seed=1 -> PEER_CLOSED
`},
}

func TestContract(t *testing.T) {
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			c := parse(t, row.name, row.lines)
			for _, e := range in2017 {
				check(t, c, e)
			}
		})
	}
}

// What the contract does not say must be refused, or the tests above and those
// of the authored cases would prove nothing.
func TestWrongLines(t *testing.T) {
	for _, lines := range []string{
		`create options=2 -> OK a b`,
		`event -> NO_MEMORY`,
		`write 0 "x" -> INVALID_ARGS`,
		"create stream -> OK a b\nwrite a \"xy\" -> OK 1",
		"create stream -> OK a b\nwrite a \"xy\" -> OK 2 | SHOULD_WAIT",
		"create stream -> OK a b\nwrite a \"xy\" -> OK 2\nread b 2 -> OK \"x\"",
		"create stream -> OK a b\nwrite a \"xy\" -> OK 2\noutstanding b -> OK 1",
		"create stream -> OK a b\nwrite a \"xy\" -> OK 2\nread b null:0 -> OK 0",
		"create stream -> OK a b\ninfo a -> OK socket rights=DUPLICATE|TRANSFER|READ|WRITE koid=b related=a waitable",
		"create stream -> OK a b\nsignals a -> OK WRITABLE",
		"create stream -> OK a b\nsignals a -> OK READABLE ...",
		"create stream -> OK a b\nsignals a -> OK !WRITABLE ...",
		"create stream -> OK a b\nwait a READABLE until=never -> OK READABLE",
		"create stream -> OK a b\nwait-many a:WRITABLE b:none until=past -> OK (WRITABLE LAST_HANDLE) (none)",
		"event -> OK e\nw: wait e USER_0 until=never\nsignal e clear=none set=USER_0 -> OK\nclose e -> OK\nw: -> CANCELED ...",
	} {
		for _, e := range in2017 {
			if judge(parse(t, "wrong", lines+"\n"), e) == "" {
				t.Errorf("%v: accepted:\n%s", e, lines)
			}
		}
	}
}
