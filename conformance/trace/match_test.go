package trace

import (
	"strings"
	"syscall"
	"testing"

	"mx.example/handle"
	"mx.example/status"
)

// oneStep parses a case of lines and gives its last step.
func oneStep(t *testing.T, lines string) *Step {
	t.Helper()
	cases, err := Parse("f", strings.NewReader("case x\ncreate stream -> OK a b\n"+lines))
	if err != nil {
		t.Fatal(err)
	}
	steps := cases[0].Steps
	return &steps[len(steps)-1]
}

var matchTests = []struct {
	line string
	r    Result
	want string // "" for a match
}{
	{`write a "x" -> OK 1`, Result{N: 1}, ``},
	{`write a "x" -> OK 1`, Result{N: 1, Errno: syscall.EAGAIN, Note: "send"}, ``},
	{`write a "x" -> OK 1`, Result{N: 2}, `wanted OK 1, got OK 2`},
	{`write a "x" -> OK 1`, Result{Status: status.ErrShouldWait, Errno: syscall.EAGAIN, Note: "send"},
		`wanted OK 1, got SHOULD_WAIT (EAGAIN; send)`},
	{`write a "x" -> OK 1`, Result{Status: status.ErrInternal, Errno: 99999}, `wanted OK 1, got INTERNAL (errno 99999)`},
	{`write a "x" -> OK 1`, Result{Unsupported: "rights", Note: "no rights"}, `wanted OK 1, got unsupported (rights; no rights)`},
	{`write a "x" -> SHOULD_WAIT`, Result{Status: status.ErrShouldWait}, ``},
	{`write a "x" -> SHOULD_WAIT`, Result{Status: status.ErrShouldWait, Unsupported: "x"}, `wanted SHOULD_WAIT, got unsupported (x)`},
	{`write a "x" -> SHOULD_WAIT`, Result{Status: status.ErrShouldWait, N: 1}, `wanted SHOULD_WAIT, got SHOULD_WAIT with a count of 1`},
	{`read a 3 -> SHOULD_WAIT`, Result{Status: status.ErrShouldWait, Data: []byte("x")}, `wanted SHOULD_WAIT, got SHOULD_WAIT with data "x"`},
	{`write a "x" -> SHOULD_WAIT`, Result{Status: status.ErrShouldWait, Touched: true, Note: "raw"},
		`wanted SHOULD_WAIT, got SHOULD_WAIT and the actual count changed (raw)`},
	{`write a "x" actual=null -> OK 1`, Result{N: 0}, ``},
	{`write a "x" actual=null -> OK 1`, Result{Status: status.ErrPeerClosed}, `wanted OK 1, got PEER_CLOSED`},
	{`outstanding a -> OK 3`, Result{N: 3}, ``},
	{`outstanding a -> OK 3`, Result{N: 4}, `wanted OK 3, got OK 4`},
	{`read a null:0 -> OK 3`, Result{N: 3}, ``},
	{`read a null:0 -> OK 3`, Result{N: 2}, `wanted OK 3, got OK 2`},
	{`churn a count=3 -> OK 3`, Result{N: 2}, `wanted OK 3, got OK 2`},
	{`pump a to=b bytes=3 seed=1 -> OK 3`, Result{N: 2}, `wanted OK 3, got OK 2`},
	{`read a 9 -> OK "HELLO"`, Result{Data: []byte("HELLO")}, ``},
	{`read a 9 -> OK ""`, Result{}, ``},
	{`read a 9 -> OK "HELLO"`, Result{Data: []byte("HELL")}, `wanted OK "HELLO", got OK "HELL" (5 bytes wanted, 4 got)`},
	{`read a 9 -> OK "HELLO"`, Result{Data: []byte("HELLO!")}, `wanted OK "HELLO", got OK "HELLO!" (5 bytes wanted, 6 got)`},
	{`read a 9 -> OK "HELLO"`, Result{Data: []byte("HEXLO")}, `wanted OK "HELLO", got OK "HEXLO" (they differ from byte 2 on)`},
	{`read a 9 -> OK pattern:3@1`, Result{Data: []byte("\x9e\x3c\xda")}, ``},
	{`read a 9 -> OK pattern:3@1`, Result{Data: []byte("\x9e\x3c\xdb")}, `wanted OK pattern:3@1, got OK "\x9e<\xdb" (they differ from byte 2 on)`},
	{`read a 9 -> OK pattern:100`, Result{Data: Data{Kind: Pattern, Len: 101}.Bytes()}, `wanted OK pattern:100, got OK pattern:101 (100 bytes wanted, 101 got)`},
	{`read a 999 -> OK ""`, Result{Data: []byte(strings.Repeat("a", 100))},
		`wanted OK "", got OK "` + strings.Repeat("a", 64) + `"... (100 bytes) (0 bytes wanted, 100 got)`},
	{`read a 9 actual=null -> OK "HELLO"`, Result{Data: []byte("HELLO\xee\xee\xee\xee")}, ``},
	{`read a 9 actual=null -> OK "HELLO"`, Result{Data: []byte("HELLX\xee\xee\xee\xee")},
		`wanted OK "HELLO", got OK "HELLX\xee\xee\xee\xee" (they differ from byte 4 on)`},
	{`read a 9 actual=null -> OK "HELLO"`, Result{Data: []byte("HELL")}, `wanted OK "HELLO", got OK "HELL" (5 bytes wanted, 4 got)`},
	{`close a -> OK`, Result{}, ``},
	{`close a -> OK`, Result{Status: status.ErrBadHandle}, `wanted OK, got BAD_HANDLE`},
	{`duplicate a SAME -> OK c`, Result{}, ``},
	{`duplicate a SAME -> OK c`, Result{Status: -99}, `wanted OK c, got -99`},
	{`wait a READABLE until=past -> OK READABLE ...`, Result{Observed: handle.Readable | handle.Writable}, ``},
	{`wait a READABLE until=past -> OK READABLE`, Result{Observed: handle.Readable | handle.Writable},
		`wanted OK READABLE, got OK READABLE WRITABLE`},
	{`wait a READABLE until=past -> OK READABLE !WRITABLE ...`, Result{Observed: handle.Readable | handle.Writable},
		`wanted OK READABLE !WRITABLE ..., got OK READABLE WRITABLE`},
	{`wait a READABLE until=past -> TIMED_OUT none`, Result{Status: status.ErrTimedOut, Observed: handle.Writable},
		`wanted TIMED_OUT none, got TIMED_OUT WRITABLE`},
	{`wait a READABLE until=past -> CANCELED ...`, Result{Status: status.ErrCanceled, Observed: handle.HandleClosed}, ``},
	{`wait a READABLE until=past -> ACCESS_DENIED`, Result{Status: status.ErrAccessDenied, Observed: 1}, ``},
	{`signals a -> OK WRITABLE`, Result{Observed: handle.Writable}, ``},
	{`signals a -> OK WRITABLE`, Result{}, `wanted OK WRITABLE, got OK none`},
	{`wait-many a:READABLE b:none until=past -> TIMED_OUT (none) (...)`,
		Result{Status: status.ErrTimedOut, Pending: []handle.Signals{0, 5}}, ``},
	{`wait-many a:READABLE b:none until=past -> TIMED_OUT (none) (...)`,
		Result{Status: status.ErrTimedOut, Pending: []handle.Signals{2, 5}},
		`wanted TIMED_OUT (none) (...), got TIMED_OUT (WRITABLE) (READABLE PEER_CLOSED) (item 0: none wanted, WRITABLE got)`},
	{`wait-many a:READABLE b:none until=past -> TIMED_OUT (none) (...)`,
		Result{Status: status.ErrTimedOut, Pending: []handle.Signals{0}},
		`wanted TIMED_OUT (none) (...), got TIMED_OUT (none) (2 items wanted, 1 got)`},
	{`wait-many a:READABLE b:none until=past -> BAD_HANDLE`, Result{Status: status.ErrBadHandle}, ``},
	{`info a -> OK socket rights=READ koid=a related=b waitable`,
		Result{Info: handle.Info{Koid: 7, RelatedKoid: 8, Rights: handle.RightRead, Type: handle.TypeSocket, Waitable: true}}, ``},
	{`info a -> OK socket rights=READ koid=a related=b waitable`,
		Result{Info: handle.Info{Koid: 7, RelatedKoid: 8, Rights: handle.RightWrite, Type: handle.TypeSocket, Waitable: true}},
		`wanted OK socket rights=READ koid=a related=b waitable, got OK socket rights=WRITE koid=7 related=8 waitable`},
	{`info a -> OK socket rights=READ koid=a related=b waitable`,
		Result{Info: handle.Info{Koid: 7, RelatedKoid: 8, Rights: handle.RightRead, Type: handle.TypeSocket}},
		`wanted OK socket rights=READ koid=a related=b waitable, got OK socket rights=READ koid=7 related=8`},
	{`info a -> OK socket rights=READ koid=a related=b`,
		Result{Info: handle.Info{Koid: 7, Rights: handle.RightRead, Type: handle.TypeSocket}},
		`wanted OK socket rights=READ koid=a related=b, got OK socket rights=READ koid=7`},
	{`info a -> OK socket rights=READ koid=a`,
		Result{Info: handle.Info{Koid: 7, RelatedKoid: 8, Rights: handle.RightRead, Type: handle.TypeSocket}},
		`wanted OK socket rights=READ koid=a, got OK socket rights=READ koid=7 related=8`},
	{`info a -> OK socket rights=READ koid=a`, Result{Info: handle.Info{Rights: handle.RightRead, Type: handle.TypeSocket}},
		`wanted OK socket rights=READ koid=a, got OK socket rights=READ koid=0 (no object has the koid 0)`},
	{`info a -> OK event rights=READ koid=a`, Result{Info: handle.Info{Koid: 7, Rights: handle.RightRead, Type: handle.TypeSocket}},
		`wanted OK event rights=READ koid=a, got OK socket rights=READ koid=7`},
	{`port-wait a until=past -> OK user key=7 status=BAD_STATE user="hi"`,
		Result{Packet: &handle.Packet{Key: 7, Status: status.ErrBadState, User: [32]byte{'h', 'i'}}}, ``},
	{`port-wait a until=past -> OK user key=7 user="hi"`,
		Result{Packet: &handle.Packet{Key: 7, User: [32]byte{'h', 'i', 31: 1}}},
		`wanted OK user key=7 user="hi", got OK user key=7 user="hi` + strings.Repeat(`\x00`, 29) + `\x01"`},
	{`port-wait a until=past -> OK user key=7`, Result{Packet: &handle.Packet{Key: 8}}, `wanted OK user key=7, got OK user key=8`},
	{`port-wait a until=past -> OK user key=7`, Result{Packet: &handle.Packet{Key: 7, Type: 9}}, `wanted OK user key=7, got OK 9 key=7`},
	{`port-wait a until=past -> OK user key=7`, Result{Packet: &handle.Packet{Key: 7, Status: -1}},
		`wanted OK user key=7, got OK user key=7 status=INTERNAL`},
	{`port-wait a until=past -> OK user key=7`, Result{Status: status.ErrTimedOut}, `wanted OK user key=7, got TIMED_OUT`},
	{`port-wait a until=past -> TIMED_OUT`, Result{Status: status.ErrTimedOut}, ``},
	{`port-wait a until=past -> OK one key=7 trigger=READABLE observed=(READABLE ...)`, Result{Packet: onePacket(nil)}, ``},
	{`port-wait a until=past -> OK one key=7 trigger=READABLE observed=(READABLE)`, Result{Packet: onePacket(nil)},
		`wanted OK one key=7 trigger=READABLE observed=(READABLE), got OK one key=7 trigger=READABLE observed=(READABLE WRITABLE)`},
	{`port-wait a until=past -> OK rep key=7 trigger=READABLE observed=(...)`, Result{Packet: onePacket(nil)},
		`wanted OK rep key=7 trigger=READABLE observed=(...), got OK one key=7 trigger=READABLE observed=(READABLE WRITABLE)`},
	{`port-wait a until=past -> OK one key=7 trigger=READABLE observed=(...)`,
		Result{Packet: onePacket(func(p *handle.Packet) { p.Signal.Trigger = 0 })},
		`wanted OK one key=7 trigger=READABLE observed=(...), got OK one key=7 trigger=none observed=(READABLE WRITABLE)`},
	{`port-wait a until=past -> OK one key=7 trigger=READABLE observed=(...)`,
		Result{Packet: onePacket(func(p *handle.Packet) { p.Signal.Count = 2 })},
		`wanted OK one key=7 trigger=READABLE observed=(...), got OK one key=7 trigger=READABLE observed=(READABLE WRITABLE) count=2`},
	{`port-wait a until=past -> OK one key=7 trigger=READABLE observed=(...)`,
		Result{Packet: onePacket(func(p *handle.Packet) { p.Signal.Timestamp = 2 })},
		`wanted OK one key=7 trigger=READABLE observed=(...), got OK one key=7 trigger=READABLE observed=(READABLE WRITABLE) stamped`},
	{`write a "x"`, Result{Status: status.ErrInternal}, ``},
	{`write a "x" -> OK 1 | SHOULD_WAIT`, Result{N: 1}, ``},
	{`write a "x" -> OK 1 | SHOULD_WAIT`, Result{Status: status.ErrShouldWait}, ``},
	{`write a "x" -> OK 1 | SHOULD_WAIT`, Result{N: 2}, `wanted OK 1 or SHOULD_WAIT, got OK 2`},
}

// onePacket is what a WaitAsync queued, but for what bend does to it.
func onePacket(bend func(*handle.Packet)) *handle.Packet {
	p := &handle.Packet{Key: 7, Type: handle.PacketSignalOne, Signal: handle.SignalPacket{
		Trigger: handle.Readable, Observed: handle.Readable | handle.Writable, Count: 1,
	}}
	if bend != nil {
		bend(p)
	}
	return p
}

func TestMatch(t *testing.T) {
	for _, tt := range matchTests {
		s := oneStep(t, tt.line)
		if got := s.Match(&tt.r); got != tt.want {
			t.Errorf("%s\n got  %s\n want %s", tt.line, got, tt.want)
		}
		if len(s.Want) == 1 {
			if got := s.Want[0].Match(&s.Call, &tt.r); got != tt.want {
				t.Errorf("%s, the answer alone\n got  %s\n want %s", tt.line, got, tt.want)
			}
		}
	}
}

func TestMatchAllocatesNothing(t *testing.T) {
	for _, tt := range matchTests {
		s := oneStep(t, tt.line)
		if tt.want != "" {
			continue
		}
		if n := testing.AllocsPerRun(10, func() { s.Match(&tt.r) }); n != 0 {
			t.Errorf("%s: a match allocates %v times", tt.line, n)
		}
	}
}

// TestRecorded writes each result down as the answer to its call, reads that
// back, and finds that it allows the result.
func TestRecorded(t *testing.T) {
	for _, tt := range matchTests {
		if tt.r.Unsupported != "" {
			continue
		}
		s := *oneStep(t, tt.line)
		var koids Koids
		koids.Gave(&Call{Op: OpCreate, Out: []string{"a", "b"}})
		w := tt.r.Want(&s.Call, &koids)
		s.Want = []Want{w}
		if observes(w.Status) && len(w.Pending) != len(s.Call.Items) || s.Call.Op == OpInfo && tt.r.Info.Koid == 0 {
			continue // such a result cannot be written as an answer
		}
		again := oneStep(t, s.String())
		r := tt.r
		if r.Status != status.OK { // of a failure only the status is recorded
			r = Result{Status: r.Status, Observed: r.Observed, Pending: r.Pending}
		}
		if reason := again.Match(&r); reason != "" {
			t.Errorf("recorded as %s: %s", s.String(), reason)
		}
	}
}

func BenchmarkMatch(b *testing.B) {
	c := Call{Op: OpRead, H: Ref{Name: "a"}, Buf: Buffer{Size: 64}}
	w := Want{Data: Data{Kind: Pattern, Len: 32, Offset: 5}}
	r := Result{Data: w.Data.Bytes()}
	b.ReportAllocs()
	for b.Loop() {
		if w.Match(&c, &r) != "" {
			b.Fatal("no match")
		}
	}
}

// TestWantText shows long data cut short, whichever way it is written.
func TestWantText(t *testing.T) {
	c := &Call{Op: OpRead}
	for _, test := range []struct {
		data Data
		want string
	}{
		{Data{Text: "HELLO"}, `OK "HELLO"`},
		{Data{Text: string(Data{Kind: Pattern, Len: 5000, Offset: 7}.Bytes())}, `OK pattern:5000@7`},
		{Data{Text: strings.Repeat("x", 100)}, `OK "` + strings.Repeat("x", shownBytes) + `"... (100 bytes)`},
	} {
		w := Want{Data: test.data}
		if got := w.Text(c); got != test.want {
			t.Errorf("got %s, want %s", got, test.want)
		}
	}
}
