package conformance_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"mx.example/conformance"
	"mx.example/conformance/inproc"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// portCall reads one call, which may use the handles a, b, e, p and q and the
// table t1.
func portCall(t *testing.T, text string) *trace.Call {
	t.Helper()
	c := parse(t, "case c\ncreate stream -> OK a b\nevent -> OK e\nport -> OK p\nport -> OK q\ntable t1\n"+text+"\n")
	return &c.Steps[len(c.Steps)-1].Call
}

// portCalls makes calls and compares what they answer with what stands after
// the =>.
func portCalls(t *testing.T, m *conformance.Machine, lines string) {
	t.Helper()
	for line := range strings.Lines(strings.TrimSpace(lines)) {
		text, want, _ := strings.Cut(strings.TrimSpace(line), " => ")
		c := portCall(t, text)
		if text == "table t1" {
			c = &trace.Call{Op: trace.OpTable, Table: "t1"}
		}
		r := m.Do(c)
		if got := m.Text(c, &r); got != want {
			t.Errorf("%s: wanted %s, got %s", text, want, got)
		}
	}
}

func TestPorts(t *testing.T) {
	m := machine(t, inproc.Backend())
	doAll(t, m, "table t1 => OK")
	portCalls(t, m, `
		create stream -> OK a b => OK a b
		port options=0 => NOT_SUPPORTED
		port options=1 -> OK q => OK q
		port -> OK p => OK p
		info p => OK port rights=DUPLICATE|TRANSFER|READ|WRITE koid=p
		port-queue p key=7 type=3 status=INTERNAL user="hi" => OK
		port-queue q key=3 count=3 => OK
		port-wait q until=past => OK user key=3
		port-wait q until=past => OK user key=3
		port-wait q until=past => OK user key=3
		port-queue t1/p key=7 count=2 => BAD_HANDLE
		wait-async a WRITABLE repeating port=p key=8 => OK
		wait-async t1/a WRITABLE port=p key=8 => BAD_HANDLE
		wait-async a WRITABLE port=p+1 key=8 => BAD_HANDLE
		wait-async a none options=4 port=p key=8 => INVALID_ARGS
		port-wait q until=past => TIMED_OUT
		port-wait p until=past => OK user key=7 status=INTERNAL user="hi"
		port-wait p until=1h => OK rep key=8 trigger=WRITABLE observed=(WRITABLE LAST_HANDLE)
		port-cancel p source=a key=9 => NOT_FOUND
		port-cancel p source=e+1 key=9 => INTERNAL (there is no handle "e": the call that should have made it is missing or has failed)
		port-cancel p source=a+1 key=9 => BAD_HANDLE
		transfer p t1 -> OK p => OK p
		port-queue p key=1 => OK
		port-wait t0/p until=past => BAD_HANDLE
		port-wait t1/p until=never => OK user key=1
	`)
}

// The call that is given to a kernel is not its own to change.
func TestQueuePacketGetsACopy(t *testing.T) {
	b := &mutantPorts{queue: func(pk *handle.Packet) error {
		*pk = handle.Packet{Key: 99}
		return nil
	}}
	m := machine(t, b)
	portCalls(t, m, "port -> OK p => OK p")
	c := portCall(t, `port-queue p key=7 user="hi"`)
	if r := m.Do(c); r.Status != status.OK {
		t.Fatalf("%+v", r)
	}
	if got := c.String(); got != `port-queue p key=7 user="hi"` {
		t.Errorf("the call has become %s", got)
	}
}

func TestErrorsOfPorts(t *testing.T) {
	for _, tt := range []struct {
		err  error
		want string
	}{
		{nil, `OK user key=3`},
		{status.ErrTimedOut, `TIMED_OUT`},
		{status.OK, `INTERNAL (the call returned OK as an error: return nil)`},
		{&conformance.Unsupported{Divergence: "none", Why: "no ports"}, `unsupported (none; no ports)`},
	} {
		m := machine(t, &mutantPorts{wait: func() (handle.Packet, error) { return handle.Packet{Key: 3}, tt.err }})
		portCalls(t, m, "port -> OK p => OK p\nport-wait p until=past => "+tt.want)
	}
}

func TestWaitPortSaysWhenItBlocks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := machine(t, inproc.Backend())
		portCalls(t, m, "port -> OK p => OK p")
		began := time.Now()
		for _, actor := range []string{"v", "w"} {
			if err := m.Start(actor, portCall(t, "port-wait p until=1h")); err != nil {
				t.Fatal(err)
			}
		}
		portCalls(t, m, "port-queue p key=1 => OK")
		if r := m.Finish("v"); r.Packet == nil || r.Packet.Key != 1 {
			t.Errorf("the first wait returned %+v", r)
		}
		if took := time.Since(began); took != 0 {
			t.Errorf("that took %v", took)
		}
		if r := m.Finish("w"); r.Status != status.ErrTimedOut || r.Packet != nil || time.Since(began) != time.Hour {
			t.Errorf("after %v the second wait returned %+v", time.Since(began), r)
		}
	})
}

// A kernel needs no ports: what needs them is unsupported on it.
func TestWithoutPorts(t *testing.T) {
	m := machine(t, &mutant{}) // hides them
	const why = " => unsupported (unsupported; the Process has no ports: it is no PortProcess)\n"
	portCalls(t, m, "create stream -> OK a b => OK a b\nport -> OK p"+why)
	portCalls(t, m, "port-queue a key=1"+why+"port-wait a until=past"+why+
		"wait-async a WRITABLE port=b key=1"+why+"port-cancel b source=a key=1"+why)
}

func TestUnimplementedPorts(t *testing.T) {
	var p conformance.PortProcess = conformance.Unimplemented{}
	_, made := p.NewPort(nil)
	_, waited := p.WaitPort(1, time.Time{}, nil)
	for call, err := range map[string]error{
		"NewPort": made, "WaitPort": waited,
		"QueuePacket": p.QueuePacket(1, &handle.Packet{}),
		"WaitAsync":   p.WaitAsync(1, 2, 3, 4, 0),
		"CancelAsync": p.CancelAsync(1, 2, 3),
	} {
		if u, ok := err.(*conformance.Unsupported); !ok || u.Why != call+" is not implemented" {
			t.Errorf("%s: %v", call, err)
		}
	}
}

// mutantPorts is the model with calls of ports of a test's own.
type mutantPorts struct {
	queue func(*handle.Packet) error
	wait  func() (handle.Packet, error)
}

func (*mutantPorts) Name() string               { return "mutant" }
func (*mutantPorts) Editions() []handle.Edition { return []handle.Edition{handle.Manual} }
func (*mutantPorts) Available() error           { return nil }

func (b *mutantPorts) Boot(e handle.Edition) (conformance.Kernel, error) {
	k, err := inproc.Backend().Boot(e)
	return bentPortsKernel{k, b}, err
}

type bentPortsKernel struct {
	conformance.Kernel
	b *mutantPorts
}

func (k bentPortsKernel) NewProcess(l conformance.Limits) (conformance.Process, error) {
	p, err := k.Kernel.NewProcess(l)
	return bentPortsProcess{p.(conformance.PortProcess), k.b}, err
}

type bentPortsProcess struct {
	conformance.PortProcess
	b *mutantPorts
}

func (p bentPortsProcess) QueuePacket(_ handle.Handle, pk *handle.Packet) error { return p.b.queue(pk) }

func (p bentPortsProcess) WaitPort(handle.Handle, time.Time, func()) (handle.Packet, error) {
	return p.b.wait()
}
