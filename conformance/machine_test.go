package conformance_test

import (
	"errors"
	"fmt"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
	"unsafe"

	"mx.example/conformance"
	"mx.example/conformance/inproc"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// machine makes a machine on a backend, in the edition of the manual.
func machine(t *testing.T, b conformance.Backend) *conformance.Machine {
	t.Helper()
	k, err := b.Boot(handle.Manual)
	if err != nil {
		t.Fatal(err)
	}
	m, err := conformance.NewMachine(k, handle.Manual)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := m.Close(); err != nil {
			t.Error(err)
		}
	})
	return m
}

// call reads one call, which may use the handles a, b and e and the table t1.
func call(t *testing.T, text string) *trace.Call {
	t.Helper()
	head := "case c\ncreate stream -> OK a b\nevent -> OK e\n"
	if !strings.HasPrefix(text, "table") {
		head += "table t1\n"
	}
	c := parse(t, head+text+"\n")
	return &c.Steps[len(c.Steps)-1].Call
}

func do(t *testing.T, m *conformance.Machine, text string) string {
	t.Helper()
	c := call(t, text)
	r := m.Do(c)
	return m.Text(c, &r)
}

func doAll(t *testing.T, m *conformance.Machine, lines string) {
	t.Helper()
	for line := range strings.Lines(strings.TrimSpace(lines)) {
		text, want, _ := strings.Cut(strings.TrimSpace(line), " => ")
		if got := do(t, m, text); got != want {
			t.Errorf("%s: wanted %s, got %s", text, want, got)
		}
	}
}

func TestNamesAndValues(t *testing.T) {
	m := machine(t, inproc.Backend())
	doAll(t, m, `
		table t1 => OK
		create stream -> OK a b => OK a b
		write a "hello" => OK 5
		write t0/a "!" => OK 1
		write t1/a "no" => BAD_HANDLE
		write a+1 "no" => BAD_HANDLE
		write 0 "no" => BAD_HANDLE
		read b 16 => OK "hello!"
		duplicate b READ -> OK a => OK a
		write a "no" => ACCESS_DENIED
		transfer b t1 -> OK b => OK b
		write b "x" => OK 1
		write t0/b "x" => BAD_HANDLE
		info b => OK socket rights=DUPLICATE|TRANSFER|READ|WRITE koid=b related=a waitable
		wait-many b:WRITABLE until=past table=t1 => OK (WRITABLE)
		wait-many b:WRITABLE until=past => BAD_HANDLE
	`)
	if got := do(t, m, "read e 1"); !strings.Contains(got, `there is no handle "e"`) {
		t.Errorf("a name without a handle: %s", got)
	}
	c := call(t, "close a")
	c.H.Table = "t9"
	if r := m.Do(c); r.Status != status.ErrInternal || !strings.Contains(r.Note, `there is no table "t9"`) {
		t.Errorf("a name without a table: %+v", r)
	}
}

// A memo notes what a raw call was given, and answers what it is told.
type memo struct {
	conformance.RawProcess
	addr   uintptr
	size   uint64
	actual *uint64
	err    error
	answer func(*memo) // made before the call returns
}

func (p *memo) raw(addr uintptr, size uint64, actual *uint64) error {
	p.addr, p.size, p.actual = addr, size, actual
	if p.answer != nil {
		p.answer(p)
	}
	return p.err
}

func (p *memo) WriteRaw(h handle.Handle, o uint32, addr uintptr, size uint64, actual *uint64) error {
	return p.raw(addr, size, actual)
}

func (p *memo) ReadRaw(h handle.Handle, o uint32, addr uintptr, size uint64, actual *uint64) error {
	return p.raw(addr, size, actual)
}

// memory is the n bytes at an address that is none of the Go heap.
func memory(addr uintptr, n int) []byte {
	return unsafe.Slice(*(**byte)(unsafe.Pointer(&addr)), n)
}

func TestRawBuffers(t *testing.T) {
	var p *memo
	m := machine(t, &mutant{newProcess: func(k *mutantKernel, l conformance.Limits) (conformance.Process, error) {
		in, err := k.Kernel.NewProcess(l)
		p = &memo{RawProcess: in.(conformance.RawProcess)}
		return p, err
	}})
	doAll(t, m, "create stream -> OK a b => OK a b")

	stored := func(n uint64) func(*memo) { return func(p *memo) { *p.actual = n } }
	for _, test := range []struct {
		call   string
		answer func(*memo)
		err    error
		want   string
		null   bool   // the address
		size   uint64 // that is passed
	}{
		{"write a null:7", stored(3), nil, "OK 3", true, 7},
		{"write a null:7", nil, status.ErrInvalidArgs, "INVALID_ARGS", true, 7},
		{"write a null:7", stored(0), status.ErrInvalidArgs, "INVALID_ARGS and the actual count changed", true, 7},
		{"write a null:7", stored(8), nil, "INTERNAL (a write of 7 bytes says that it took 8)", true, 7},
		{"write a null:7", nil, nil, "INTERNAL (the call succeeded and did not store the actual count)", true, 7},
		{`write a "abc"+bad:5`, func(p *memo) {
			if got := string(memory(p.addr, 3)); got != "abc" {
				*p.actual = 99
				return
			}
			*p.actual = 3
		}, nil, "OK 3", false, 8},
		{"write a bad:4294967296", stored(0), nil, "OK 0", false, 4294967296},
		{`write a "abc" actual=null`, nil, nil, "OK 0", false, 3},
		{`write a "abc" actual=bad`, nil, status.ErrInvalidArgs, "INVALID_ARGS", false, 3},
		{"read a 3+bad:1", func(p *memo) { copy(memory(p.addr, 3), "xyz"); *p.actual = 2 }, nil, `OK "xy"`, false, 4},
		{"read a 3+bad:1", stored(4), nil, "INTERNAL (a read with 3 bytes that can be written says that it delivered 4)", false, 4},
		{"read a 3 actual=null", func(p *memo) { copy(memory(p.addr, 3), "xy") }, nil, `OK "xy\xee"`, false, 3},
		{"read a null:0", stored(12), nil, "OK 12", true, 0},
		{"read a null:1", nil, &conformance.KernelError{Status: status.ErrInvalidArgs, Errno: syscall.EFAULT}, "INVALID_ARGS (EFAULT)", true, 1},
	} {
		p.answer, p.err = test.answer, test.err
		got := do(t, m, test.call)
		if got != test.want {
			t.Errorf("%s: wanted %s, got %s", test.call, test.want, got)
		}
		if (p.addr == 0) != test.null || p.size != test.size {
			t.Errorf("%s: address %#x and size %d were passed", test.call, p.addr, p.size)
		}
		if (p.actual == nil) != strings.Contains(test.call, "actual=null") {
			t.Errorf("%s: the pointer to the count is %v", test.call, p.actual)
		}
	}
}

// sliced is a Process that is no RawProcess.
type sliced struct{ conformance.Process }

func TestBuffersWithoutRaw(t *testing.T) {
	m := machine(t, &mutant{newProcess: func(k *mutantKernel, l conformance.Limits) (conformance.Process, error) {
		p, err := k.Kernel.NewProcess(l)
		return sliced{p}, err
	}})
	doAll(t, m, `
		create stream -> OK a b => OK a b
		write a "hello" => OK 5
		write a null:0 => OK 0
		read b null:0 => OK 5
		write a null:1 => unsupported (unsupported; the Process takes slices only: it is no RawProcess)
		read b 1+bad:1 => unsupported (unsupported; the Process takes slices only: it is no RawProcess)
		read b 16 => OK "hello"
	`)
}

func TestErrorsOfAllSorts(t *testing.T) {
	var give error
	m := machine(t, &mutant{close: func(*mutantProcess, handle.Handle) error { return give }})
	doAll(t, m, "create stream -> OK a b => OK a b")
	eof := &conformance.KernelError{Status: status.ErrPeerClosed, Errno: syscall.EPIPE}
	none := &conformance.Unsupported{Divergence: "no-such", Why: "there is none"}
	for _, test := range []struct {
		err  error
		want string
	}{
		{nil, "OK"},
		{status.ErrBadState, "BAD_STATE"},
		{fmt.Errorf("in short: %w", status.ErrBadState), "BAD_STATE (in short: MX_ERR_BAD_STATE)"},
		{eof, "PEER_CLOSED (EPIPE)"},
		{fmt.Errorf("on the pipe: %w", eof), "PEER_CLOSED (EPIPE; on the pipe: " + eof.Error() + ")"},
		{none, "unsupported (no-such; there is none)"},
		{fmt.Errorf("so: %w", none), "unsupported (no-such; there is none)"},
		{errors.New("who knows"), "INTERNAL (who knows)"},
		{status.OK, "INTERNAL (the call returned OK as an error: return nil)"},
	} {
		give = test.err
		if got := do(t, m, "close a"); got != test.want {
			t.Errorf("%v: wanted %s, got %s", test.err, test.want, got)
		}
	}
}

func TestImpossibleCounts(t *testing.T) {
	n := 0
	m := machine(t, &mutant{
		write: func(*mutantProcess, handle.Handle, uint32, []byte) (int, error) { return n, nil },
		read:  func(*mutantProcess, handle.Handle, uint32, []byte) (int, error) { return n, nil },
	})
	doAll(t, m, "create stream -> OK a b => OK a b")
	n = -1
	doAll(t, m, `write a "x" => INTERNAL (the call returned the count -1)`)
	n = 2
	doAll(t, m, `
		write a "x" => INTERNAL (a write of 1 bytes says that it took 2)
		read a 1 => INTERNAL (a read into 1 bytes says that it delivered 2)
		read a 2 => OK "\x00\x00"
	`)
	if got := do(t, m, "read a 4294967296"); !strings.Contains(got, "write bad:4294967296") {
		t.Errorf("a buffer that no case may have: %s", got)
	}
}

func TestActors(t *testing.T) {
	m := machine(t, inproc.Backend())
	doAll(t, m, "create stream -> OK a b => OK a b")
	wait := call(t, "w: wait b READABLE until=never\nw: -> OK READABLE ...")
	if err := m.Start("w", wait); err != nil {
		t.Fatal(err)
	}
	if err := m.Start("w", wait); err == nil || !strings.Contains(err.Error(), `actor "w" has a call under way`) {
		t.Errorf("a second call of an actor: %v", err)
	}
	if err := m.Start("d", call(t, "d: duplicate a READ\nd: -> OK a2")); err != nil {
		t.Fatal(err)
	}
	if r := m.Do(&trace.Call{Op: trace.OpClose, H: trace.Ref{Name: "a2"}}); r.Status != status.ErrInternal {
		t.Errorf("a name has a meaning before the call that gives it has finished: %+v", r)
	}
	if r := m.Finish("d"); r.Status != status.OK {
		t.Fatalf("%+v", r)
	}
	if r := m.Do(&trace.Call{Op: trace.OpClose, H: trace.Ref{Name: "a2"}}); r.Status != status.OK {
		t.Errorf("the name that an actor's call gave has no meaning: %+v", r)
	}
	doAll(t, m, `write a "x" => OK 1`)
	if r := m.Finish("w"); r.Status != status.OK || r.Observed&handle.Readable == 0 {
		t.Errorf("%+v", r)
	}
	if r := m.Finish("w"); r.Status != status.ErrInternal || !strings.Contains(r.Note, "has no call under way") {
		t.Errorf("%+v", r)
	}
}

// mute hides from the kernel that somebody wants to know when it blocks.
var mute = &mutant{waitOne: func(p *mutantProcess, h handle.Handle, s handle.Signals, until time.Time, parked func()) (handle.Signals, error) {
	return p.RawProcess.WaitOne(h, s, until, nil)
}}

func TestHowLongAStartTakes(t *testing.T) {
	for _, test := range []struct {
		what string
		b    conformance.Backend
		wait string
		took time.Duration
	}{
		{"the kernel says when it blocks", inproc.Backend(), "wait b READABLE until=1h", 0},
		{"the kernel does not say when it blocks", mute, "wait b READABLE until=1h", conformance.ParkGrace},
		{"the wait is over at once", mute, "wait b WRITABLE until=1h", 0},
		{"the wait is refused", mute, "wait 0 WRITABLE until=1h", 0},
	} {
		t.Run(test.what, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := machine(t, test.b)
				doAll(t, m, "create stream -> OK a b => OK a b")
				began := time.Now()
				if err := m.Start("w", call(t, test.wait)); err != nil {
					t.Fatal(err)
				}
				if took := time.Since(began); took != test.took {
					t.Errorf("Start took %v, wanted %v", took, test.took)
				}
				doAll(t, m, `write a "x" => OK 1`)
				m.Finish("w")
				if took := time.Since(began); took != test.took {
					t.Errorf("the wait took %v, wanted %v", took, test.took)
				}
			})
		})
	}
}

func TestACallThatIsNotFinishedEndsWithTheKernel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := machine(t, inproc.Backend()) // whose Close must not fail
		doAll(t, m, "create stream -> OK a b => OK a b")
		if err := m.Start("w", call(t, "wait b READABLE until=never")); err != nil {
			t.Fatal(err)
		}
	})
}

func TestACallThatSurvivesItsKernel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		end := make(chan struct{})
		defer close(end)
		b := &mutant{waitOne: func(*mutantProcess, handle.Handle, handle.Signals, time.Time, func()) (handle.Signals, error) {
			<-end
			return 0, nil
		}}
		k, err := b.Boot(handle.Manual)
		if err != nil {
			t.Fatal(err)
		}
		m, err := conformance.NewMachine(k, handle.Manual)
		if err != nil {
			t.Fatal(err)
		}
		doAll(t, m, "create stream -> OK a b => OK a b")
		if err := m.Start("w", call(t, "wait b READABLE until=never")); err != nil {
			t.Fatal(err)
		}
		if err := m.Close(); err == nil || err.Error() != "wait b READABLE until=never did not return within 2s of the kernel being closed" {
			t.Errorf("Close says %v", err)
		}
	})
}

func TestDoAllocatesNothing(t *testing.T) {
	m := machine(t, inproc.Backend())
	doAll(t, m, "create stream capacity=4 -> OK a b => OK a b")
	write, read, query, signals := call(t, `write a "abcdef"`), call(t, "read b 6"), call(t, "outstanding b"), call(t, "signals a")
	want := trace.Want{Data: trace.Data{Text: "abcd"}}
	if n := testing.AllocsPerRun(100, func() {
		m.Do(write)
		m.Do(query)
		m.Do(signals)
		if r := m.Do(read); m.Match(read, &want, &r) != "" {
			t.Error("the data are not those written")
		}
	}); n != 0 {
		t.Errorf("four calls allocate %v times", n)
	}
}

func BenchmarkDo(b *testing.B) {
	k, err := inproc.Backend().Boot(handle.Manual)
	if err != nil {
		b.Fatal(err)
	}
	m, err := conformance.NewMachine(k, handle.Manual)
	if err != nil {
		b.Fatal(err)
	}
	defer m.Close()
	m.Do(&trace.Call{Op: trace.OpCreate, Capacity: 4, HasCapacity: true, Out: []string{"a", "b"}})
	write := trace.Call{Op: trace.OpWrite, H: trace.Ref{Name: "a"}, Buf: trace.Buffer{Data: trace.Data{Text: "abc"}}}
	read := trace.Call{Op: trace.OpRead, H: trace.Ref{Name: "b"}, Buf: trace.Buffer{Size: 8}}
	b.ReportAllocs()
	for b.Loop() { // two calls
		m.Do(&write)
		m.Do(&read)
	}
}
