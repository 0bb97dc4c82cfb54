package main

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"
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

// TestWriteFileLosesNothing breaks the writing off.
func TestWriteFileLosesNothing(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "report")
	broken := errors.New("broken")
	fails := func(w io.Writer) error {
		if _, err := io.WriteString(w, "half of"); err != nil {
			return err
		}
		return broken
	}
	if err := writeFile(name, fails); err != broken {
		t.Errorf("got %v", err)
	}
	holdsOnly(t, dir)
	if err := os.WriteFile(name, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := writeFile(name, fails); err != broken {
		t.Errorf("got %v", err)
	}
	holdsOnly(t, dir, "report")
	if got := content(t, name); got != "old" {
		t.Errorf("the old report is %q now", got)
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
	hello := func(w io.Writer) error { _, err := io.WriteString(w, "hello"); return err }
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

// TestUnwritable reports a directory in which nothing can be made.
func TestUnwritable(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, strings.Repeat("x", 300)) // longer than names may be
	b := everyday(t)
	b.do(t, 1, "run", "-o", name)
	wantAll(t, b.err.String(), "was not written")
	holdsOnly(t, dir)
	if _, err := os.Stat(name); err == nil || errors.Is(err, fs.ErrPermission) {
		t.Errorf("stat: %v", err)
	}
}

// TestProgress shows a line on a terminal only, after a while, not too often,
// and takes it away.
func TestProgress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		b := &tool{stderr: &out}
		p := b.progressLine()
		time.Sleep(time.Second)
		p.show("one")
		p.clear()
		if out.Len() > 0 {
			t.Errorf("no terminal, and still %q", out.String())
		}

		b.progress = true
		p = b.progressLine()
		p.show("too early")
		p.clear()
		if out.Len() > 0 {
			t.Errorf("too early: %q", out.String())
		}
		time.Sleep(progressAfter)
		p.show("%d of %d", 1, 20)
		p.show("too soon after")
		time.Sleep(progressEvery)
		p.show("two")
		p.clear()
		p.clear()
		if got, want := out.String(), "\r1 of 20\rtwo    \r   \r"; got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}
