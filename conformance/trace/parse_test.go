package trace

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"mx.example/handle"
)

// TestErrors has, for each thing that can be wrong, the line and what is said
// of it; the lines before it are given.
func TestErrors(t *testing.T) {
	const before = "case x\ncreate stream -> OK a b\ntable t1\n" // and then line 4
	for _, tt := range []struct{ in, want string }{
		// Calls and their words.
		{`wirte a "x"`, `4:1: there is no call "wirte"; expected one of table, create, event, write`},
		{`write`, `4:6: the line ends here; expected a handle`},
		{`write a`, `4:8: the line ends here; expected a buffer`},
		{`write a x`, `4:9: "x" is no buffer; expected null:SIZE`},
		{`write a "x`, `4:9: a string that is not ended`},
		{`write a "\q"`, `4:9: a string that is not ended or has a bad escape`},
		{`write a "x"y`, `4:12: unexpected "y"; expected a blank, or +bad:SIZE`},
		{`write a "x"+bed:1`, `4:12: unexpected "+bed:1"`},
		{`write a pattern:x`, `4:17: "x" is not the length of a pattern`},
		{`write a pattern:5@-1`, `4:19: "-1" is not a position in the pattern`},
		{`write a null:18446744073709551616`, `4:14: "18446744073709551616" is not a size; expected a number from 0 to 18446744073709551615`},
		{`write a "x" half-close options=1`, `4:13: half-close and options= on one line`},
		{`write a "x" options=1 options=1`, `4:23: options= is given twice`},
		{`write a "x" peek`, `4:13: unexpected "peek"; expected options=, half-close, actual=, -> or the end of the line`},
		{`write a "x" options=0x100000000`, `4:21: "0x100000000" is not options`},
		{`write a "x" actual=good`, `4:20: unexpected "good"; expected null or bad`},
		{`write a "x" # more`, `4:13: a comment stands on a line of its own`},
		{`write nobody "x"`, `4:7: no earlier line gives a handle nobody`},
		{`write t2/a "x"`, `4:7: no earlier line makes a table t2`},
		{`write a+ "x"`, `4:8: "+" is no distance of 32 bits`},
		{`write a+2147483648 "x"`, `4:8: "+2147483648" is no distance`},
		{`write 1 "x"`, `4:7: "1" is no handle; expected a handle: NAME`},
		{`read a "x"`, `4:8: "\"x\"" is not a buffer to read into`},
		{`read a 5+5`, `4:9: unexpected "+5"`},
		{`duplicate a REED`, `4:13: no right is called "REED"; near it: READ`},
		{`wait a READABLE`, `4:16: until= is missing; expected until= before this`},
		{`wait a READABLE until=soon`, `4:23: "soon" is no deadline`},
		{`wait a READABLE until=0s`, `4:23: "0s" is no deadline`},
		{`wait a WRITABEL until=past`, `4:8: no signal is called "WRITABEL"; near it: WRITABLE`},
		{`wait-many a until=past`, `4:11: "a" is no item`},
		{`wait-many a:READABLE*0 until=past`, `4:22: 0 times is nothing`},
		{`wait-many a:READABLE*4097 until=past`, `4:22: "4097" is not a count; expected a number from 0 to 4096`},
		{`wait-many a:READABLE*4000 b:READABLE*97 until=past`, `4:27: too many items; expected at most 4096 in a call`},
		{`create`, `4:7: the line ends here; expected stream, datagram or options=N`},
		{`create strem`, `4:8: unexpected "strem"`},
		{`create stream table=t9`, `4:21: no earlier line makes a table t9`},
		{`table t0`, `4:1: the table t0 is there from the start`},
		{`table t1`, `4:1: line 3 makes a table t1 in edition manual already`},
		{`table 1`, `4:7: "1" is no name`},
		{`table t2 handles=0`, `4:18: a table without room`},
		{`table t2 edition=zirkon`, `4:18: no edition is called "zirkon"`},
		{`transfer a`, `4:11: the line ends here; expected the table to move it to`},
		{`set-disposition a mine=off`, `4:24: "off" is not a disposition (none, disabled, enabled or a number); expected a number from 0 to 4294967295`},
		{`set-disposition a mine=1 mine=2`, `4:26: mine= is given twice`},
		{`get-property a THRESHOLD`, `4:16: "THRESHOLD" is not a property (RX_THRESHOLD, TX_THRESHOLD or a number)`},
		{`get-property a 12 13`, `4:19: unexpected "13"; expected -> or the end of the line`},
		{`set-property a RX_THRESHOLD`, `4:28: value= is missing; expected value= before this`},
		{`socket-info a -> OK seqpacket`, `4:21: unexpected "seqpacket"; expected stream, datagram or options=N`},
		{`socket-info a -> OK stream rx_buf_max=1`, `4:40: rx_buf_size= is missing`},
		{`pump a to=b bytes=1`, `4:20: seed= is missing; expected to= bytes= seed= before this`},
		{`churn a`, `4:8: count= is missing; expected count= before this`},
		{`churn a count=1048577`, `4:15: "1048577" is not a number of handles; expected a number from 0 to 1048576`},
		{`outstanding a b`, `4:15: unexpected "b"; expected -> or the end of the line`},

		{`port-queue a`, `4:13: key= is missing; expected key= before this`},
		{`port-queue a key=x`, `4:18: "x" is not a key`},
		{`port-queue a key=1 user=abc`, `4:25: "abc" is no data`},
		{`port-queue a key=1 user="x`, `4:25: a string that is not ended`},
		{`port-queue a key=1 user="x"y`, `4:28: unexpected "y"; expected the end of the data`},
		{`port-queue a key=1 user=pattern:33`, `4:25: 33 bytes are too many; expected at most 32`},
		{`port-queue a key=1 status=-1`, `4:27: unexpected "-1"; expected the status without prefix, INTERNAL`},
		{`port-queue a key=1 key=1`, `4:20: key= is given twice`},
		{`port-queue a key=1 trigger=none`, `4:20: unexpected "trigger=none"; expected key=, type=, status=, user=, count=, -> or the end of the line`},
		{`port options=4294967296`, `4:14: "4294967296" is not options`},
		{`port-wait a`, `4:12: until= is missing`},
		{`wait-async a READABLE port=b`, `4:29: key= is missing; expected port= key= before this`},
		{`wait-async a READABLE port=t0/b key=1`, `4:28: "t0/b" names a table; expected a handle alone`},
		{`wait-async a READABLE repeating options=1 port=b key=1`, `4:23: repeating and options= on one line`},
		{`wait-async a READABLE port=p key=1`, `4:28: no earlier line gives a handle p`},
		{`port-cancel a key=1`, `4:20: source= is missing`},

		// Answers.
		{`port -> OK`, `4:11: the line ends here; expected a name for the new handle`},
		{`port-wait a until=past -> OK`, `4:29: the line ends here; expected the type of a packet`},
		{`port-wait a until=past -> OK two key=1`, `4:30: "two" is not a type of packet: user, one, rep`},
		{`port-wait a until=past -> OK 1 key=1`, `4:30: the type has a name; expected one`},
		{`port-wait a until=past -> OK user key=1 trigger=none`, `4:41: unexpected "trigger=none"; expected key=, status=, user=`},
		{`port-wait a until=past -> OK one key=1`, `4:39: trigger= is missing; expected key= trigger= observed= before this`},
		{`port-wait a until=past -> OK one key=1 trigger=none observed=READABLE`, `4:62: "READABLE" is no state in parentheses`},
		{`port-wait a until=past -> OK one key=1 trigger=none observed=(READBLE)`, `4:63: no signal is called "READBLE"`},
		{`port-wait a until=past -> OK one key=1 trigger=none observed=(none`, `4:62: '(' without its ')'`},
		{`port-wait a until=past -> OK one key=1 trigger=none observed=()`, `4:63: the line ends here; expected a state`},
		{`port-wait a until=past -> TIMED_OUT none`, `4:37: unexpected "none"; expected | or the end of the line after TIMED_OUT`},
		{`close a ->`, `4:11: the line ends here; expected an answer`},
		{`close a -> OK |`, `4:16: the line ends here; expected an answer`},
		{`close a -> ok`, `4:12: there is no status "ok"; near it: OK`},
		{`close a -> MX_ERR_SHOULD_WAIT`, `4:12: unexpected "MX_ERR_SHOULD_WAIT"; expected the status without prefix, SHOULD_WAIT`},
		{`close a -> -22`, `4:12: unexpected "-22"; expected the status without prefix, SHOULD_WAIT`},
		{`close a -> OK 5`, `4:15: unexpected "5"; expected | or the end of the line`},
		{`close a -> OK -> OK`, `4:15: unexpected "->"`},
		{`write a "x" -> OK`, `4:18: the line ends here; expected the count`},
		{`write a "x" -> PEER_CLOSED 0`, `4:28: unexpected "0"; expected | or the end of the line after PEER_CLOSED`},
		{`read a 5 -> OK 5`, `4:16: "5" is no data`},
		{`read a 5 -> OK "a"+bad:1`, `4:19: unexpected "+bad:1"; expected the end of the data`},
		{`read a null:0 -> OK ""`, `4:21: "\"\"" is not a count`},
		{`create stream -> OK`, `4:20: the line ends here; expected a name for the new handle`},
		{`create stream -> OK c`, `4:22: the line ends here; expected a name for the new handle`},
		{`create stream -> OK c c`, `4:23: c is the name of both handles`},
		{`create stream -> OK c d | OK e f`, `4:27: a second OK`},
		{`info a -> OK socket koid=a`, `4:27: rights= is missing`},
		{`info a -> OK socket rights=none koid=c`, `4:38: "c" is not the first handle to an object`},
		{`signals a -> OK`, `4:16: the line ends here; expected a state`},
		{`signals a -> OK none READABLE`, `4:22: unexpected "READABLE"; expected none to stand alone`},
		{`signals a -> OK READABLE none`, `4:26: none stands alone`},
		{`signals a -> OK ... READABLE`, `4:21: unexpected "READABLE"; expected ... to be the end`},
		{`signals a -> OK !READABLE`, `4:17: a state that does not end in ... is exact`},
		{`signals a -> OK READABLE !READABLE ...`, `4:17: the state wants READABLE both`},
		{`wait a READABLE until=past -> TIMED_OUT`, `4:40: the line ends here; expected a state`},
		{`wait-many a:READABLE until=past -> OK READABLE`, `4:39: unexpected "READABLE"; expected a state in parentheses`},
		{`wait-many a:READABLE until=past -> OK (READABLE`, `4:39: '(' without its ')'`},
		{`wait-many a:READABLE until=past -> OK (READABLE)x`, `4:49: unexpected "x"; expected a blank, or *N`},
		{`wait-many a:READABLE until=past -> OK (READBLE)`, `4:40: no signal is called "READBLE"`},
		{`wait-many a:READABLE until=past -> OK ()`, `4:40: the line ends here; expected a state`},
		{`wait-many a:READABLE*2 until=past -> OK (none)*3`, `4:41: states for 3 items; expected one for each of the 2`},

		// Editions and actors.
		{`[manual close a`, `4:1: '[' without its ']'`},
		{`[manual]close a`, `4:9: unexpected "close"; expected editions in brackets`},
		{`[] close a`, `4:2: no edition is called ""`},
		{`[manual,manual] close a`, `4:9: edition manual is named already`},
		{`1: close a`, `4:1: "1" is no name; expected an actor`},
		{`w: table t2`, `4:4: a table is not made on an actor`},
		{`w: -> OK`, `4:1: w has no call under way in edition manual`},
		{`w: ->`, `4:1: w has no call`},
		{"w: read a 5\nw: read a 5", `5:1: w has the call of line 4 under way in edition manual`},
		{"w: read a 5", `4:1: the call started here is never finished in edition manual; expected a line w: -> ANSWER`},
		{"w: read a 5\n[manual] w: -> OK \"\"", `4:1: the call started here is never finished in edition kernel2017`},
		{"[manual] w: read a 5\n[kernel2017] w: read a 6\nw: -> OK \"\"", `6:1: w has the call of line 4 under way in one edition and that of line 5 in another`},
		{"[kernel2017] w: read a 5\n[manual] w: -> OK \"\"", `5:10: w has no call under way in edition manual`},
		{"duplicate a SAME\nclose c", `5:7: no earlier line gives a handle c`},
		{"w: duplicate a SAME\nclose c\nw: -> OK c", `5:7: no earlier line gives a handle c`},

		// The head, and the text.
		{`doc more`, `4:1: doc after the first call`},
		{"case", `4:5: the line ends here; expected the name of the case`},
		{"case X", `4:6: "X" is no name of a case; expected a-z, 0-9 and -`},
		{"case x", `4:6: there is a case x already, in line 1`},
		{"case y z", `4:8: unexpected "z"; expected the name of the case alone`},
		{"case y", `4:1: the case has no calls`},
		{"case y\ndoc\nclose 0", `5:4: the line ends here; expected a text after doc`},
		{"case y\nclauses\nclose 0", `5:8: the line ends here; expected the id of a clause`},
		{"case y\nclauses W-X w-x\nclose 0", `5:13: "w-x" is no id of a clause`},
		{"case y\nclauses W-X W-X\nclose 0", `5:13: clause W-X is named already`},
		{"case y\neditions\nclose 0", `5:9: the line ends here; expected the name of an edition`},
		{"case y\neditions manual\neditions manual\nclose 0", `6:9: a second editions line`},
		{"case y\neditions manual\n[kernel2017] close 0", `6:2: the case does not speak for edition kernel2017`},
		{"close \x00", `4:7: a control character (0x00)`},
		{"write a \"\xff\"", `4:10: a byte that is not UTF-8`},
		{"# " + strings.Repeat("x", maxLine), `4:1: the line is too long; expected at most 1048576 bytes`},
		{"close a -> " + strings.Repeat("OK | ", 64) + "OK", `4:332: too many answers; expected at most 64`},
	} {
		cases, err := Parse("dir/f.mx", strings.NewReader(before+tt.in))
		shown := tt.in[:min(len(tt.in), 100)]
		if cases != nil || err == nil {
			t.Errorf("%s: there are cases, or no error", shown)
			continue
		}
		if !strings.HasPrefix(err.Error(), "dir/f.mx:"+tt.want) {
			t.Errorf("%s\n got  %v\n want dir/f.mx:%s", shown, err, tt.want)
		}
		var e *Error
		if !errors.As(err, &e) || e.File != "dir/f.mx" || !strings.HasPrefix(tt.want, fmt.Sprintf("%d:%d: ", e.Line, e.Column)) {
			t.Errorf("%s: the error is %#v", shown, e)
		}
	}
	if _, err := Parse("f", strings.NewReader("\n close a")); err == nil || err.Error() != `f:2:2: unexpected "close"; expected case NAME before anything else` {
		t.Errorf("a call before a case gives %v", err)
	}
}

// TestScopesByEdition has lines that make sense in each edition alone.
func TestScopesByEdition(t *testing.T) {
	const text = `case x
editions manual kernel2017
create stream -> OK a b
[manual] table t1
[kernel2017] table t1 handles=3
create stream table=t1 -> OK c d
w: read a 5
[manual] w: -> OK ""
[kernel2017] w: -> SHOULD_WAIT
[manual] w: read b 5
[kernel2017] v: read b 5
[manual] w: -> OK ""
[kernel2017] v: -> OK ""
`
	cases, err := Parse("f", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	steps := cases[0].Steps
	if steps[5].Kind != Finish || steps[5].Actor != "w" || steps[5].Call.Op != OpRead || steps[5].Call.Buf.Size != 5 {
		t.Errorf("the finish has not the call that was started: %+v", steps[5])
	}
	if got := fmt.Sprint(len(cases[0].StepsFor(handle.Manual)), len(cases[0].StepsFor(handle.Kernel2017))); got != "7 7" {
		t.Errorf("steps for the editions are %s, want 7 7", got)
	}
}

func TestSeveralErrors(t *testing.T) {
	var text strings.Builder
	for i := range 20 {
		fmt.Fprintf(&text, "case c%d\ncreate stream -> OK a b\nclsoe a\nclose nobody\n", i)
	}
	_, err := Parse("f", strings.NewReader(text.String()))
	if err == nil {
		t.Fatal("no error")
	}
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != maxErrors || !strings.HasPrefix(lines[0], "f:3:1: ") || !strings.HasPrefix(lines[1], "f:7:1: ") {
		t.Errorf("the errors are\n%v", err)
	}
}

func TestLimits(t *testing.T) {
	parse := func(text string) error { _, err := Parse("f", strings.NewReader(text)); return err }
	head := "case x\n"
	if err := parse(head + "close 0\n" + strings.Repeat("#\n", (maxFile-len(head)-8)/2) + "#"[:(maxFile-len(head)-8)%2]); err != nil {
		t.Errorf("the largest file: %v", err)
	}
	if err := parse(strings.Repeat("\n", maxFile+1)); err == nil || !strings.Contains(err.Error(), "f:1:1: the file is too long") {
		t.Errorf("a file too large: %v", err)
	}
	if err := parse(head + strings.Repeat("close 0\n", maxSteps)); err != nil {
		t.Errorf("the most calls: %v", err)
	}
	if err := parse(head + strings.Repeat("close 0\n", maxSteps+1)); err == nil || !strings.Contains(err.Error(), "too many calls") {
		t.Errorf("too many calls: %v", err)
	}
	if err := parse(head + "write 0 " + `"` + strings.Repeat("x", maxLine-10) + `"`); err != nil {
		t.Errorf("the longest line: %v", err)
	}
	if os.Getenv("MXCONFORM_LONG") == "" {
		return // a million items take a few seconds
	}
	line := "wait-many 0:none*4096 until=past -> TIMED_OUT (none)*4096\n" // twice 4096
	if err := parse(head + strings.Repeat(line, maxFileItems/maxItems/2)); err != nil {
		t.Errorf("the most items: %v", err)
	}
	if err := parse(head + strings.Repeat(line, maxFileItems/maxItems/2) + "wait-many 0:none until=past\n"); err == nil || !strings.Contains(err.Error(), "too many items; expected at most 1048576 in a file") {
		t.Errorf("too many items: %v", err)
	}
}

func TestReadError(t *testing.T) {
	r := io.MultiReader(strings.NewReader("case x\nclose 0\n"), iotest.ErrReader(os.ErrPermission))
	if cases, err := Parse("f", r); cases != nil || !errors.Is(err, os.ErrPermission) || !strings.HasPrefix(err.Error(), "f: ") {
		t.Errorf("an error of the reader gives %v, %v", cases, err)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(canonical)
	f.Add("case a\nw: wait 0 READABLE until=1ns\nw: -> OK (\n")
	f.Add("case a\nwait-many 0:none*4096 until=past -> OK (none ...)*4096\n")
	f.Add("case a\ndoc \u00a0x\u2028 \\ \n[manual] write 0 pattern:1@+bad:\n")
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 1))
		c := randomCase(r, "seed")
		f.Add(c.String())
	}
	files, _ := filepath.Glob("../cases/*.mx")
	for _, file := range files {
		if text, err := os.ReadFile(file); err == nil {
			f.Add(string(text))
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		cases, err := Parse("f", strings.NewReader(text))
		if err != nil {
			var e *Error
			if cases != nil || !errors.As(err, &e) || e.Line < 1 || e.Column < 1 || e.Line > 1+strings.Count(text, "\n") {
				t.Fatalf("cases %v with error %v", cases, err)
			}
			return
		}
		for i := range cases {
			cases[i].UsesStale()
		}
		checkRoundTrip(t, cases)
	})
}
