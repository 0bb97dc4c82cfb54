package oracle_test

import (
	"testing"

	"mx.example/handle"
)

// What zircon says otherwise, in rows that a reader may doubt most. Every
// answer must be listed exactly.
var zirconRows = []struct{ name, lines string }{
	{"O-ORDER of write: options, handle, type, right", `
create stream capacity=2 -> OK a b
event -> OK e
duplicate e none -> OK en
duplicate a READ -> OK ar
write 0 "x" options=9 -> INVALID_ARGS
write 0 "" half-close -> INVALID_ARGS
write 0 "x" -> BAD_HANDLE
write en "x" -> WRONG_TYPE
write ar "x" -> ACCESS_DENIED
write a bad:4294967296 -> INVALID_ARGS
close b -> OK
write a bad:4294967296 -> PEER_CLOSED
`},
	{"O-ORDER of read, and no query", `
create stream capacity=2 -> OK a b
event -> OK e
duplicate e none -> OK en
read 0 1 options=1 -> INVALID_ARGS
read 0 null:0 peek -> BAD_HANDLE
read en 1 -> WRONG_TYPE
read a null:0 -> SHOULD_WAIT
write b "x" -> OK 1
read a null:0 -> OK 0
read a 5 peek -> OK "x"
outstanding a -> OK 1
`},
	{"W-FAULT and R-FAULT keep what was copied", `
create stream capacity=4 -> OK a b
write a "12"+bad:1 -> INVALID_ARGS
outstanding b -> OK 2
read b 1+bad:1 peek -> INVALID_ARGS
read b 1+bad:1 -> INVALID_ARGS
read b 9 -> OK "2"
create datagram capacity=4 -> OK c d
write c "12"+bad:1 -> INVALID_ARGS
write c "123" -> OK 3
write c "4" -> OK 1
read d bad:1 -> INVALID_ARGS
read d 9 -> OK "4"
write c "12345" -> OUT_OF_RANGE
`},
	{"Z-ENABLE, Z-GONE", `
create stream -> OK a b
write a "x" -> OK 1
set-disposition a mine=disabled -> OK
set-disposition a mine=enabled peer=disabled -> BAD_STATE
signals b -> OK READABLE WRITABLE PEER_WRITE_DISABLED
close b -> OK
set-disposition a mine=enabled peer=3 -> INVALID_ARGS
set-disposition a mine=enabled peer=disabled -> OK
signals a -> OK WRITABLE PEER_CLOSED
`},
	{"Z-THRESHOLD, Z-INFO", `
create datagram capacity=4 -> OK a b
set-property a TX_THRESHOLD value=4 -> OK
set-property b RX_THRESHOLD value=2 -> OK
signals a -> OK WRITABLE WRITE_THRESHOLD
write a "1" -> OK 1
write a "2" -> OK 1
signals a -> OK WRITABLE
signals b -> OK READABLE WRITABLE READ_THRESHOLD
socket-info b -> OK datagram rx_buf_max=4 rx_buf_size=2 rx_buf_available=1 tx_buf_max=4 tx_buf_size=0
close b -> OK
socket-info a -> OK datagram rx_buf_max=4 rx_buf_size=0 rx_buf_available=0 tx_buf_max=0 tx_buf_size=0
set-property a TX_THRESHOLD value=5 -> INVALID_ARGS
set-property a TX_THRESHOLD value=0 -> PEER_CLOSED
get-property a TX_THRESHOLD -> OK 4
`},
	{"X-CLOSE of 0, X-REPLACE-RIGHTS", `
table t1 -> OK
close t1/0 -> OK
create stream -> OK a b
close a+1 -> BAD_HANDLE
replace t1/a EXECUTE -> BAD_HANDLE
replace a SAME|READ -> INVALID_ARGS
close a -> BAD_HANDLE
signals b -> OK PEER_CLOSED
`},
	{"the right before S-PEER-NONE, and before the bits", `
event -> OK e
signal-peer e clear=none set=READABLE -> ACCESS_DENIED
create stream -> OK a b
duplicate a SIGNAL -> OK s
signal-peer s clear=none set=READABLE -> ACCESS_DENIED
signals s -> ACCESS_DENIED
`},
	{"T-MANY", `
event -> OK e
wait-many e:none*64 until=past -> TIMED_OUT (none)*64
wait-many 0:none*65 until=past -> OUT_OF_RANGE
`},
	{"T-OBSERVED: the state at the instant that completed the wait", `
create stream capacity=1 -> OK a b
w: wait b USER_1 until=never
signal-peer a clear=none set=USER_0 -> OK
signal-peer a clear=USER_0 set=none -> OK
write a "x" -> OK 1
signal-peer a clear=none set=USER_1 -> OK
signal-peer a clear=USER_1 set=USER_2 -> OK
w: -> OK READABLE WRITABLE USER_1
`},
	{"T-CANCEL: whichever came first", `
create stream -> OK a b
duplicate a SAME -> OK a2
v: wait a USER_0 until=never
w: wait a READABLE until=never
write b "x" -> OK 1
close a -> OK
signal a2 clear=none set=USER_0 -> OK
v: -> CANCELED READABLE WRITABLE HANDLE_CLOSED
w: -> OK READABLE WRITABLE
`},
	{"T-MANY: the other items report an instant from the completion on", `
event -> OK d
event -> OK e
event -> OK f
w: wait-many d:USER_0 e:none f:none until=never
signal e clear=none set=USER_1 -> OK
signal d clear=none set=USER_0 -> OK
signal e clear=USER_1 set=USER_2 -> OK
close f -> OK
signal d clear=USER_0 set=USER_3 -> OK
w: -> OK (USER_0) (!READABLE !WRITABLE !PEER_CLOSED !SIGNALED !HANDLE_CLOSED !USER_0 !USER_3 ...) (!READABLE !SIGNALED !USER_0 ...)
`},
}

func TestZircon(t *testing.T) {
	for _, row := range zirconRows {
		t.Run(row.name, func(t *testing.T) {
			check(t, parse(t, row.name, row.lines), handle.Zircon)
		})
	}
}

// The calls of zircon are answered in 2017 too, as what does not exist.
func TestZirconCallsIn2017(t *testing.T) {
	c := parse(t, "2017", `
create stream -> OK a b
set-disposition a mine=disabled -> NOT_SUPPORTED
set-disposition 0 mine=9 -> NOT_SUPPORTED
get-property a RX_THRESHOLD -> INVALID_ARGS
set-property 0 TX_THRESHOLD value=1 -> INVALID_ARGS
socket-info 0 -> NOT_SUPPORTED
`)
	for _, e := range in2017 {
		check(t, c, e)
	}
}

// And what zircon does not allow is refused.
func TestWrongZirconLines(t *testing.T) {
	for _, lines := range []string{
		`close 0 -> BAD_HANDLE`,
		"create stream -> OK a b\nsignals a -> OK WRITABLE LAST_HANDLE",
		"create stream -> OK a b\nread b null:0 -> OK 0",
		"create stream -> OK a b\nset-disposition a mine=disabled -> OK\nread b 1 -> PEER_CLOSED",
		"create stream -> OK a b\nget-property a RX_THRESHOLD -> OK 1",
		"create stream capacity=5 -> OK a b\nsocket-info a -> OK stream rx_buf_max=5 rx_buf_size=0 rx_buf_available=0 tx_buf_max=5 tx_buf_size=1",
		"event -> OK e\nw: wait e USER_0 until=never\nsignal e clear=none set=USER_0 -> OK\nclose e -> OK\nw: -> CANCELED ...",
		"event -> OK e\nw: wait e USER_0 until=never\nsignal e clear=none set=USER_1 -> OK\nsignal e clear=USER_1 set=USER_0 -> OK\nw: -> OK USER_0 USER_1",
	} {
		if judge(parse(t, "wrong", lines+"\n"), handle.Zircon) == "" {
			t.Errorf("accepted:\n%s", lines)
		}
	}
}
