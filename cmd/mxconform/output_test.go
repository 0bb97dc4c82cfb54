package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"mx.example/conformance"
)

// only fails unless the directory holds just these files.
func holdsOnly(t *testing.T, dir string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if strings.Join(names, " ") != strings.Join(want, " ") {
		t.Errorf("the directory holds %v, want %v", names, want)
	}
}

func content(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestOut writes reports to files.
func TestOut(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "report.json")
	b := everyday(t)
	for range 2 { // the second time over the first
		if out := b.do(t, 0, "run", "-format", "json", "-o", name); out != "" {
			t.Errorf("output beside the file: %s", out)
		}
		decode(t, content(t, name))
		holdsOnly(t, dir, "report.json")
	}
	b.color = true
	b.do(t, 0, "compare", "-o", name)
	wantNone(t, content(t, name), "\x1b")
	b.do(t, 0, "list", "cases", "-o", name)
	wantAll(t, content(t, name), "half-close")
}

// TestOutOfFailure writes the report of a run that failed, and says so.
func TestOutOfFailure(t *testing.T) {
	name := filepath.Join(t.TempDir(), "report")
	b := newBench(t, liar())
	b.do(t, 1, "run", "-o", name)
	wantAll(t, content(t, name), "FAIL")
	wantAll(t, b.err.String(), "FAIL")
}

// TestOutputLosesNothing shows what stays of a file when its report is partial,
// or is never made.
func TestOutputLosesNothing(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "report")
	if err := os.WriteFile(name, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	o, err := openOutput(name)
	if err != nil {
		t.Fatal(err)
	}
	o.discard()
	holdsOnly(t, dir, "report")

	for _, report := range []string{"half of it", "less"} {
		if o, err = openOutput(name); err != nil {
			t.Fatal(err)
		}
		at, err := o.write([]byte(report), true)
		if err != nil || at != name+".partial" {
			t.Errorf("the partial report is %q, %v", at, err)
		}
		holdsOnly(t, dir, "report", "report.partial")
		if content(t, name) != "old" || content(t, at) != report {
			t.Errorf("%q, and partial %q", content(t, name), content(t, at))
		}
	}
	// A run that fails before it has anything takes no partial report away.
	if o, err = openOutput(name); err != nil {
		t.Fatal(err)
	}
	o.discard()
	if got := content(t, name+".partial"); got != "less" {
		t.Errorf("the partial report is %q now", got)
	}
	if o, err = openOutput(name); err != nil {
		t.Fatal(err)
	}
	if _, err := o.write([]byte("new"), false); err != nil || content(t, name) != "new" {
		t.Errorf("%v, %q", err, content(t, name))
	}
	holdsOnly(t, dir, "report")
}

// TestOutInterrupted breaks runs off: what was there stays, and what was done
// is beside it.
func TestOutInterrupted(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "report.json")
	b := everyday(t)
	b.do(t, 0, "run", "-format", "json", "-o", name)
	whole := content(t, name)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	b.doUnder(ctx, t, 1, "run", "-format", "json", "-o", name)
	wantAll(t, b.err.String(), name+".partial", "interrupted")
	if content(t, name) != whole {
		t.Error("the whole report was replaced")
	}
	var r conformance.Report
	if err := json.Unmarshal([]byte(content(t, name+".partial")), &r); err != nil || !r.Canceled {
		t.Errorf("%v, canceled: %t", err, r.Canceled)
	}
}

// TestOutStdout: - is the standard output.
func TestOutStdout(t *testing.T) {
	b := everyday(t)
	if one, two := b.do(t, 0, "list", "cases"), b.do(t, 0, "list", "cases", "-o", "-"); one != two || one == "" {
		t.Errorf("-o - gives\n%s\nwant\n%s", two, one)
	}
}

// TestWriteFileKeeps shows what stays when a file is replaced: its mode, and
// the link that leads to it.
func TestWriteFileKeeps(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links and modes are something else there")
	}
	dir := t.TempDir()
	name, link := filepath.Join(dir, "report"), filepath.Join(dir, "link")
	if err := os.WriteFile(name, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("report", link); err != nil {
		t.Fatal(err)
	}
	const hello = "hello"
	if err := writeFile(link, hello); err != nil {
		t.Fatal(err)
	}
	info, err := os.Lstat(name)
	if err != nil || info.Mode() != 0o600 || content(t, name) != "hello" {
		t.Errorf("%v, %v, %q", info.Mode(), err, content(t, name))
	}
	if to, err := os.Readlink(link); err != nil || to != "report" {
		t.Errorf("the link leads to %q, %v", to, err)
	}
	holdsOnly(t, dir, "link", "report")

	before, err := os.Stat(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	if err := writeFile(os.DevNull, hello); err != nil {
		t.Fatal(err)
	}
	if after, err := os.Stat(os.DevNull); err != nil || !os.SameFile(before, after) {
		t.Errorf("%s was replaced: %v", os.DevNull, err)
	}
}

// TestUnwritable reports a file that cannot be made, before anything is run.
func TestUnwritable(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, strings.Repeat("x", 300)) // longer than names may be
	f := model("mx")
	f.booted = func() { t.Error("a case was run") }
	b := newBench(t, f)
	b.do(t, 2, "run", "-o", name)
	wantAll(t, b.err.String(), "cannot write", name)
	holdsOnly(t, dir)
}

// TestProgress tells what runs: once, or on a terminal in a line that changes,
// not too often, with what is left, and is taken away.
func TestProgress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		b := &tool{stderr: &out}
		p := b.progressLine("much")
		p.show("never")
		p.clear()
		if out.Len() > 0 {
			t.Errorf("too early: %q", out.String())
		}
		p = b.progressLine("much")
		time.Sleep(time.Second)
		synctest.Wait()
		p.show("never")
		p.clear()
		if got, want := out.String(), "mxconform: much ...\n"; got != want {
			t.Errorf("no terminal: %q, want %q", got, want)
		}

		out.Reset()
		b.progress = true
		p = b.progressLine("much")
		p.show("too early")
		time.Sleep(progressAfter)
		synctest.Wait()
		p.show("%d of %d", 1, 20)
		p.show("too soon after")
		time.Sleep(progressEvery)
		p.show("two")
		p.clear()
		if got, want := out.String(), "\rmuch\r1 of 20\rtwo    \r   \r"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
		out.Reset()
		p = b.progressLine("much")
		time.Sleep(estimateAfter)
		synctest.Wait()
		p.showOf(1, 5, "one")
		p.clear()
		wantAll(t, out.String(), "one, about 8s left")
	})
}
