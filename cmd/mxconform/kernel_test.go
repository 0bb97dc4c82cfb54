package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// aTape is what a kernel said to the case short-write.
const aTape = `1> 1 hello 1
1< =1 0 mxwire 1 name=taped
1> 2 reset manual
1< =2 0
1# case short-write
1> 3 create 0 0 5
1< =3 0 4 8
1> 4 write 0 4 0 48454c4c4f2d574f524c44
1| the buffer is full
1< =4 0 5
1> 5 write 0 4 0 2d574f524c44
1< =5 -22
1> 6 read 0 8 0 16
1< =6 0 48454c4c4f
1> 7 read 0 8 0 16
1< =7 -22
1> 8 abandon
1< =8 0
1# the connection was closed
`

// tapeFile writes a record into dir and returns the address of its kernel.
func tapeFile(t *testing.T, dir, text string) string {
	t.Helper()
	name := filepath.Join(dir, "tape")
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return "replay:" + name
}

// TestWire records an exchange that is played back: the record is the one that
// was played.
func TestWire(t *testing.T) {
	dir := t.TempDir()
	from := tapeFile(t, dir, aTape)
	wire := filepath.Join(dir, "wire")
	var b *bench
	for range 2 { // the second time over the first
		b = newBench(t, model("mx"))
		b.do(t, 0, "run", "-connect", from, "-case", "short-write", "-wire", wire)
		if got := content(t, wire); got != strings.Replace(aTape, "closed\n", "closed (it was a record)\n", 1) {
			t.Errorf("played back and recorded again:\n%s", got)
		}
		holdsOnly(t, dir, "tape", "wire")
	}
	b = newBench(t, model("mx"))
	out := b.do(t, 0, "run", "-connect", from, "-name", "other", "-case", "half-close", "-wire", wire, "-backend", "other")
	wantAll(t, out, "other:manual", "half-close")
	wantAll(t, content(t, wire), "# case half-close")
	b = newBench(t, model("mx"))
	wantAll(t, b.do(t, 0, "compare", "-connect", from, "-right", "taped"), "taped: what a kernel said before.")
}

// TestWireLosesNothing: a record stays until a run has made another.
func TestWireLosesNothing(t *testing.T) {
	dir := t.TempDir()
	from := tapeFile(t, dir, aTape)
	wire := filepath.Join(dir, "wire")
	if err := os.WriteFile(wire, []byte("old"), 0o666); err != nil {
		t.Fatal(err)
	}
	// Nothing is known to work: there is nobody, or the command makes no sense.
	newBench(t, model("mx")).do(t, 1, "run", "-connect", "unix:"+filepath.Join(dir, "nobody"), "-wire", wire)
	newBench(t, model("mx")).do(t, 2, "run", "-connect", from, "-wire", wire, "-case", "short-wrte")
	newBench(t, model("mx")).do(t, 2, "run", "-connect", from, "-wire", wire, "-name", "mx")
	if content(t, wire) != "old" {
		t.Errorf("the record is %q now", content(t, wire))
	}
	holdsOnly(t, dir, "tape", "wire")
	// What a kernel says that does not come up is kept beside it.
	from = tapeFile(t, dir, strings.Replace(aTape, "mxwire 1", "mxwire 7", 1))
	b := newBench(t, model("mx"))
	b.do(t, 1, "run", "-connect", from, "-wire", wire)
	wantAll(t, b.err.String(), "cannot be reached", "version 7", wire+".partial")
	wantAll(t, content(t, wire+".partial"), "mxwire 7")
	if content(t, wire) != "old" {
		t.Errorf("the record is %q now", content(t, wire))
	}
}

// TestKernelFlags says what is wrong with flags that make no sense together.
func TestKernelFlags(t *testing.T) {
	dir := t.TempDir()
	from := tapeFile(t, dir, aTape)
	broken := filepath.Join(dir, "broken")
	if err := os.WriteFile(broken, []byte("no record\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		args []string
		want string
	}{
		{[]string{"-name", "x"}, "give one of these"},
		{[]string{"-wire", "x"}, "give one of these"},
		{[]string{"-timeout", "1s"}, "give one of these"},
		{[]string{"-exec", "x", "-connect", from}, "give one of them"},
		{[]string{"-connect", from, "-timeout", "-1s"}, "is no time"},
		{[]string{"-connect", from, "-timeout", "1"}, "with its unit"},
		{[]string{"-connect", from, "-name", "Mine"}, "lower-case"},
		{[]string{"-connect", from, "-name", "mx"}, "-name"},
		{[]string{"-connect", from, "-wire", dir}, "directory"},
		{[]string{"-connect", from, "-wire", filepath.Join(dir, "none", "wire")}, "none"},
		{[]string{"-connect", "nowhere"}, "HOST:PORT"},
		{[]string{"-connect", dir}, "no device"},
		{[]string{"-connect", "replay:" + filepath.Join(dir, "none")}, "none"},
		{[]string{"-connect", "replay:" + broken}, "line 1 is not of a record"},
		{[]string{"-exec", `a "b`}, "does not end"},
		{[]string{"-exec", ""}, "empty"},
	} {
		for _, command := range []string{"run", "compare", "explore", "replay", "view"} {
			b := newBench(t, model("mx"))
			args := append([]string{command}, test.args...)
			if command == "replay" || command == "view" {
				args = append(args, "short-write")
			}
			b.do(t, 2, args...)
			wantAll(t, b.err.String(), "mxconform: ", test.want)
		}
	}
}
