package oracle_test

import (
	"testing"

	"mx.example/conformance/oracle"
	"mx.example/conformance/trace"
	"mx.example/handle"
)

// What is settled about ports beyond the words of the contract, and so has no
// authored case.
var ports = []struct{ name, lines string }{
	{"of the operations on one object the latest is told first", `
event -> OK e
duplicate e SAME -> OK e2
port -> OK p
wait-async e USER_0 port=p key=1 -> OK
wait-async e2 USER_0 repeating port=p key=2 -> OK
wait-async e USER_0 port=p key=3 -> OK
signal e set=USER_0 -> OK
port-wait p until=past -> OK one key=3 trigger=USER_0 observed=(USER_0)
port-wait p until=past -> OK rep key=2 trigger=USER_0 observed=(USER_0)
port-wait p until=past -> OK one key=1 trigger=USER_0 observed=(USER_0)
`},
	{"the reader of a direction is told before its writer, of a half close the endpoint that it is made on", `
create stream capacity=1 -> OK a b
port -> OK p
wait-async b LAST_HANDLE repeating port=p key=2 -> OK
wait-async a LAST_HANDLE repeating port=p key=1 -> OK
port-wait p until=past -> OK rep key=2 trigger=LAST_HANDLE observed=(WRITABLE LAST_HANDLE)
port-wait p until=past -> OK rep key=1 trigger=LAST_HANDLE observed=(WRITABLE LAST_HANDLE)
write a "x" -> OK 1
port-wait p until=past -> OK rep key=2 trigger=LAST_HANDLE observed=(READABLE WRITABLE LAST_HANDLE)
port-wait p until=past -> OK rep key=1 trigger=LAST_HANDLE observed=(LAST_HANDLE)
read b 1 -> OK "x"
port-wait p until=past -> OK rep key=2 trigger=LAST_HANDLE observed=(WRITABLE LAST_HANDLE)
port-wait p until=past -> OK rep key=1 trigger=LAST_HANDLE observed=(WRITABLE LAST_HANDLE)
[manual] write b "" half-close -> OK 0
[manual] port-wait p until=past -> OK rep key=2 trigger=LAST_HANDLE observed=(WRITABLE PEER_CLOSED LAST_HANDLE)
[manual] port-wait p until=past -> OK rep key=1 trigger=LAST_HANDLE observed=(LAST_HANDLE)
[kernel2017] write a "" half-close -> OK 0
[kernel2017] port-wait p until=past -> OK rep key=1 trigger=LAST_HANDLE observed=(LAST_HANDLE)
[kernel2017] port-wait p until=past -> OK rep key=2 trigger=LAST_HANDLE observed=(WRITABLE PEER_CLOSED LAST_HANDLE)
`},
	{"a packet that is handed over needs no memory", `
table m memory=192 -> OK
port table=m -> OK p
w: port-wait p until=never
port-queue p key=1 -> OK
port-queue p key=2 -> NO_MEMORY
w: -> OK user key=1
port-wait p until=past -> TIMED_OUT
`},
	{"nothing can set signals of a port", `
port -> OK p
signal p set=USER_0 -> NOT_SUPPORTED
signal p -> NOT_SUPPORTED
`},
	{"a port is the source of nothing", `
port -> OK p
port-cancel p source=p key=1 -> NOT_SUPPORTED
`},
	{"a wait that leaves the line, and one that was canceled, are passed over", `
port -> OK p
duplicate p SAME -> OK d
u: port-wait p until=1ms
v: port-wait d until=never
w: port-wait p until=2ms
u: -> TIMED_OUT
close d -> OK
port-queue p key=1 -> OK
v: -> CANCELED
w: -> OK user key=1
`},
	{"time goes on by waits on ports as by others", `
event -> OK e
port -> OK p
u: port-wait p until=2ms
v: wait e USER_0 until=3ms
port-wait p until=5ms -> TIMED_OUT
port-queue p key=1 -> OK
signal e set=USER_0 -> OK
u: -> TIMED_OUT
v: -> TIMED_OUT LAST_HANDLE
`},
}

func TestPorts(t *testing.T) {
	for _, row := range ports {
		t.Run(row.name, func(t *testing.T) {
			c := parse(t, row.name, row.lines)
			for _, e := range []handle.Edition{handle.Manual, handle.Kernel2017} {
				check(t, c, e)
			}
		})
	}
}

func TestWrongLinesOfPorts(t *testing.T) {
	for _, lines := range []string{
		"port options=0 -> OK p",
		"port -> OK p\nport-wait p until=past -> OK user key=0",
		"port -> OK p\nport-wait p until=never -> TIMED_OUT",
		"port -> OK p\nport-queue p key=1 user=\"a\" -> OK\nport-wait p until=past -> OK user key=1",
		"port -> OK p\nport-queue p key=1 status=INTERNAL -> OK\nport-wait p until=past -> OK user key=1",
		"port -> OK p\nport-queue p key=1 -> OK\nport-wait p until=past -> OK one key=1 trigger=none observed=(none)",
		"event -> OK e\nport -> OK p\nsignal e set=USER_0 -> OK\nwait-async e USER_0 port=p key=1 -> OK\n" +
			"port-wait p until=past -> OK one key=1 trigger=USER_0 observed=(USER_0)",
		"event -> OK e\nport -> OK p\nsignal e set=USER_0 -> OK\nwait-async e USER_0 port=p key=1 -> OK\n" +
			"port-wait p until=past -> OK one key=1 trigger=USER_0 observed=(...) count=2",
		"event -> OK e\nport -> OK p\nsignal e set=USER_0 -> OK\nwait-async e USER_0 repeating port=p key=1 -> OK\n" +
			"port-wait p until=past -> OK one key=1 trigger=USER_0 observed=(...)",
	} {
		if judge(parse(t, "wrong", lines+"\n"), handle.Manual) == "" {
			t.Errorf("accepted:\n%s", lines)
		}
	}
}

// A wait that had a packet when its handle was closed may say either; if it is
// CANCELED, the packet is the next to be taken, unless the port is gone.
func TestPacketAndClose(t *testing.T) {
	for _, last := range []bool{false, true} {
		c := parse(t, "close", `
port -> OK p
duplicate p SAME -> OK d
w: port-wait d until=never
port-queue p key=1 -> OK
port-queue p key=2 -> OK
close d -> OK
w: ->  OK user key=1
`)
		s := oracle.New(handle.Manual)
		for i := range c.Steps {
			switch step := &c.Steps[i]; step.Kind {
			case trace.Start:
				s.Start(step.Actor, &step.Call)
			case trace.Plain:
				s.Do(&step.Call)
			}
		}
		p := trace.Ref{Name: "p"}
		if last {
			s.Do(&trace.Call{Op: trace.OpClose, H: p})
		}
		allowed := s.Finish("w")
		if len(allowed) != 2 {
			t.Fatalf("%d answers, want OK and CANCELED", len(allowed))
		}
		for i, left := range [][]uint64{{2}, {1, 2}} {
			var keys []uint64
			if o := allowed[i].Next.Object(p); o != nil {
				for _, pk := range o.Packets {
					keys = append(keys, pk.Key)
				}
			}
			if last {
				left = nil
			}
			if len(keys) != len(left) || len(keys) > 0 && keys[0] != left[0] {
				t.Errorf("after %v the port has the packets %d, want %d", allowed[i].Want.Status, keys, left)
			}
		}
	}
}

func TestBlocksOnAPort(t *testing.T) {
	s := oracle.New(handle.Manual)
	s.Do(&trace.Call{Op: trace.OpPort, Out: []string{"p"}})
	wait := trace.Call{Op: trace.OpPortWait, H: trace.Ref{Name: "p"}}
	if !s.Blocks(&wait) || oracle.Step(s, &wait) != nil {
		t.Error("a wait on an empty port returns")
	}
	if !s.Start("w", &wait) || s.Finish("w") != nil {
		t.Error("a started one did not block")
	}
	before := s.Clone()
	s.Do(&trace.Call{Op: trace.OpPortQueue, H: wait.H, Packet: &handle.Packet{Key: 1}})
	if got := s.Finish("w"); len(got) != 1 || got[0].Want.Packet.Key != 1 {
		t.Errorf("after a packet there are the answers %v", got)
	}
	if before.Finish("w") != nil {
		t.Error("a clone saw a packet that came later")
	}
	s.Do(&trace.Call{Op: trace.OpPortQueue, H: wait.H, Packet: &handle.Packet{Key: 2}})
	if s.Blocks(&wait) {
		t.Error("a wait on a port with a packet never returns")
	}
}
