package trace

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// unplaced is a copy of cases without the places where they were read.
func unplaced(cases []Case) []Case {
	cases = slices.Clone(cases)
	for i := range cases {
		c := &cases[i]
		c.File, c.Line = "", 0
		c.Steps = slices.Clone(c.Steps)
		for j := range c.Steps {
			c.Steps[j].Line = 0
		}
	}
	return cases
}

// sameCases compares cases but for where they were read. It is "" if they are
// the same.
func sameCases(want, got []Case) string {
	want, got = unplaced(want), unplaced(got)
	if reflect.DeepEqual(want, got) { // cmp takes a thousand times as long
		return ""
	}
	return cmp.Diff(want, got) + "different"
}

func format(t *testing.T, cases ...Case) string {
	t.Helper()
	var b strings.Builder
	if err := Format(&b, cases...); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// checkRoundTrip prints cases and reads them back, twice.
func checkRoundTrip(t *testing.T, cases []Case) {
	t.Helper()
	text := format(t, cases...)
	again, err := Parse("printed", strings.NewReader(text))
	if err != nil {
		t.Fatalf("what was printed is not read: %v\n%s", err, text)
	}
	if diff := sameCases(cases, again); diff != "" {
		t.Fatalf("what was printed is read as something else:\n%s\n%s", diff, text)
	}
	if twice := format(t, again...); twice != text {
		t.Fatalf("printed again it is not the same:\n%s\n%s", text, twice)
	}
}

func TestRoundTripRandomCases(t *testing.T) {
	for seed := range uint64(1000) {
		r := rand.New(rand.NewPCG(seed, 0))
		var cases []Case
		for i := range r.IntN(3) {
			cases = append(cases, randomCase(r, fmt.Sprintf("random-%d", i)))
		}
		checkRoundTrip(t, cases)
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

func TestRoundTripSuite(t *testing.T) {
	files, err := filepath.Glob("../cases/*.mx")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases to read: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			cases, err := Parse(file, bytes.NewReader(text))
			if err != nil {
				t.Fatal(err)
			}
			checkRoundTrip(t, cases)
		})
	}
}

// canonical is printed exactly as it stands here.
const canonical = `case all-the-words-1
doc Every call and every form of a word, once.
clauses W-FULL R-STREAM
editions kernel2017 manual

table t1
table t2 handles=5 memory=0 edition=kernel2017 -> OK
create stream -> OK a b
create datagram capacity=0 table=t1 -> OK c d | NO_MEMORY
create options=7 capacity=4294967296 -> INVALID_ARGS
event table=t0 -> OK e
event
write a "\x00HELLO \"world\"" -> OK 14
write a null:0
write a null:18446744073709551615 options=4 actual=null -> INVALID_ARGS | -99
write a bad:4096 -> INVALID_ARGS
write a pattern:10@4294967295+bad:1 actual=bad
write a "" half-close -> OK 0
read b 16 -> OK "HELLO"
read b 4294967297 peek -> OK pattern:1000@17
read b null:0 -> OK 14
read b 5+bad:1 options=1
read b bad:1
outstanding t1/b -> OK 0
close a+4 -> BAD_HANDLE
close t2/a-2147483648
close 0
close t2/0+3
duplicate a READ|WRITE -> OK a2
replace a2 SAME -> OK a3
replace a3 none -> OK a3
transfer a3 t1 -> OK a4
info a4 -> OK socket rights=READ|WRITE|0x80000 koid=a related=b waitable
info e -> OK event rights=none koid=e
info e -> OK 99 rights=READ|SAME koid=e
signal e clear=none set=SIGNALED|USER_0 -> OK
signal-peer a clear=USER_7 set=none -> OK
[manual] wait a READABLE|PEER_CLOSED until=past -> OK READABLE WRITABLE 0x100 | TIMED_OUT none
[kernel2017,manual] wait a none until=1h0m0.005s -> TIMED_OUT ...
w: wait b READABLE until=never
reader_2: read b 5
w: -> CANCELED READABLE !WRITABLE !0x100 ... | OK !PEER_CLOSED ...
reader_2: -> OK "HELLO"
wait-many until=past -> TIMED_OUT
wait-many a:READABLE|WRITABLE*2 t1/b+1:none 0:none until=5ms table=t1 -> OK (READABLE ...)*2 (none) (!USER_1 ...)
signals a -> OK WRITABLE LAST_HANDLE
pump a to=b bytes=1048576 seed=7 -> OK 1048576
churn a count=1048576 -> OK 1048576
koids count=70000 table=t1 -> OK 70000 | ALREADY_EXISTS
koids count=0 -> OK 0
write-all a "HELLO" until=never -> OK 5
write-all t1/a pattern:20@1 until=5ms -> TIMED_OUT 7 | BAD_HANDLE 0
read-full b 5 until=past -> TIMED_OUT "HE"
read-full b 5 until=1ms
close-all -> OK
close-all table=t1
holds t1/a -> OK handles=1 observers=2 packets=18446744073709551615
port -> OK p
port options=0 table=t1 -> NOT_SUPPORTED
port-queue p key=18446744073709551615
port-race p count=200 -> OK 200 | IO_DATA_LOSS
port-queue p key=1 type=77 status=BAD_STATE user="a b\x00=\"(" -> OK
port-wait p until=past -> OK user key=1 status=BAD_STATE user=pattern:25@3
port-wait p until=1ms -> OK 77 key=1 | OK one key=1 trigger=READABLE|USER_0 observed=(READABLE !WRITABLE ...) | TIMED_OUT
wait-async a READABLE port=p key=0 -> OK
wait-async t1/a none repeating port=p+4 key=0
wait-async a none options=7 port=0 key=0 -> INVALID_ARGS
port-cancel p source=a key=9 -> OK
w: port-wait p until=never
w: -> OK rep key=2 status=-99 trigger=none observed=(none) count=2 stamped | CANCELED
port-wait p until=past -> OK one key=2 trigger=none observed=(none) later
port-wait p until=past -> OK one key=2 trigger=none observed=(none) earlier
info p -> OK port rights=WRITE koid=p
set-disposition a mine=disabled peer=none -> OK
set-disposition t1/b mine=3 peer=enabled -> INVALID_ARGS
get-property a RX_THRESHOLD -> OK 5
get-property a 7 -> INVALID_ARGS
set-property a TX_THRESHOLD value=18446744073709551615 -> OK | PEER_CLOSED
socket-info a -> OK stream rx_buf_max=5 rx_buf_size=1 rx_buf_available=1 tx_buf_max=5 tx_buf_size=0
socket-info b -> OK datagram rx_buf_max=0 rx_buf_size=0 rx_buf_available=0 tx_buf_max=0 tx_buf_size=0
socket-info t1/b -> OK options=2 rx_buf_max=1 rx_buf_size=2 rx_buf_available=3 tx_buf_max=4 tx_buf_size=5
`

func TestCanonical(t *testing.T) {
	text := canonical
	cases, err := Parse("canonical", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	if got := format(t, cases...); got != text {
		t.Errorf("printed otherwise:\n%s", cmp.Diff(strings.Split(text, "\n"), strings.Split(got, "\n")))
	}
	if got := cases[0].String(); got != text {
		t.Errorf("String and Format differ:\n%s", got)
	}
	seen := make(map[Op]bool)
	for _, s := range cases[0].Steps {
		seen[s.Call.Op] = true
	}
	for _, s := range cases[0].Steps {
		if call := s.Call.String(); s.Kind != Finish && !strings.Contains(s.String(), call) {
			t.Errorf("the call alone is %s, in its line %s", call, s.String())
		}
		for _, r := range s.Call.Refs() {
			if !strings.Contains(s.Call.String(), r.String()) {
				t.Errorf("the handle alone is %v, in its call %s", r, s.Call.String())
			}
		}
	}
	for _, op := range Ops() {
		if !seen[op] {
			t.Errorf("no %v among the calls", op)
		}
	}
}

// TestToCanonical reads what may be written in more than one way.
func TestToCanonical(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"\t create\tstream   table=t0  capacity=0x10  ->  OK  a b ", "create stream capacity=16 table=t0 -> OK a b"},
		{"create options=0", "create stream"},
		{"create options=1", "create datagram"},
		{"write 0 pattern:0x10@0x20+bad:007 options=1", "write 0 pattern:16@32+bad:7 half-close"},
		{"write 0 \"\"+bad:1 actual=null options=0", "write 0 bad:1 actual=null"},
		{"write 0 \"\\u00e9\\x41\"", "write 0 \"éA\""},
		{"read 0 0+bad:1 options=8", "read 0 bad:1 peek"},
		{"read 0 5 actual=bad peek", "read 0 5 peek actual=bad"},
		{"signal 0", "signal 0 clear=none set=none"},
		{"signal 0 set=USER_1|0x1000000", "signal 0 clear=none set=USER_0|USER_1"},
		{"wait 0 READABLE until=0.005s", "wait 0 READABLE until=5ms"},
		{"wait-many 0:none*2 0:none t0/0:none*1 until=past -> OK (none)*2 ( none ) (...)", "wait-many 0:none*3 t0/0:none until=past -> OK (none)*3 (...)"},
		{"signals 0+0 -> OK !READABLE PEER_CLOSED|WRITABLE ...", "signals 0 -> OK WRITABLE PEER_CLOSED !READABLE ..."},
		{"[manual,\tkernel2017 ] close 0", "[manual,kernel2017] close 0"},
		{"close 0\r", "close 0"},
		{"w: close 0 -> OK", "w: close 0\nw: -> OK"},
		{"# a comment\n\n   # another\nclose 0", "close 0"},
	} {
		cases, err := Parse("test", strings.NewReader("case x\n"+tt.in))
		if err != nil {
			t.Errorf("%s: %v", tt.in, err)
			continue
		}
		_, got, _ := strings.Cut(format(t, cases...), "\n\n")
		if got != tt.want+"\n" {
			t.Errorf("%s\nprints as %s\nwant      %s", tt.in, got, tt.want)
		}
	}
}

func TestHead(t *testing.T) {
	long := strings.Repeat("word ", 50) + strings.Repeat("x", 150) + " end."
	in := "case a\r\ndoc  One \"text\t# of ->\ndoc " + long + "\nclauses A-1\nclauses B C\nclose 0\ncase b\nclose 0 -> BAD_HANDLE\n"
	cases, err := Parse("f", strings.NewReader(in))
	if err != nil {
		t.Fatal(err)
	}
	if want := "One \"text # of -> " + long; cases[0].Doc != want {
		t.Errorf("doc is %q", cases[0].Doc)
	}
	if got := strings.Join(cases[0].Clauses, ","); got != "A-1,B,C" {
		t.Errorf("clauses are %s", got)
	}
	if cases[0].Line != 1 || cases[1].Line != 7 || cases[1].Steps[0].Line != 8 || cases[1].File != "f" {
		t.Errorf("places are wrong: %+v", cases)
	}
	text := format(t, cases...)
	for line := range strings.Lines(text) {
		if len(line) > docWidth+1 && !strings.HasPrefix(line, "doc xxx") {
			t.Errorf("a line of %d bytes: %s", len(line), line)
		}
	}
	checkRoundTrip(t, cases)
}
