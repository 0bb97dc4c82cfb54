package main

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// tree is all there is below dir, or nil if dir does not exist.
func tree(t *testing.T, dir string) (all []string) {
	t.Helper()
	if _, err := os.Lstat(dir); err != nil {
		return nil
	}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		all = append(all, name)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func mustPut(t *testing.T, prefix string, names ...string) {
	t.Helper()
	var files []file
	for _, n := range names {
		files = append(files, file{at: n, contents: []byte(n)})
	}
	files = append(files, file{at: "lib/link", link: "target"})
	if err := put(prefix, files); err != nil {
		t.Fatal(err)
	}
}

// After uninstalling everything is as it was before, the folder itself
// included, and also after a second installation with other files.
func TestUninstallLeavesNothing(t *testing.T) {
	parent := t.TempDir()
	prefix := filepath.Join(parent, "made", "prefix")
	mustPut(t, prefix, "lib/a", "lib/deep/b", "include/c")
	if target, err := os.Readlink(filepath.Join(prefix, "lib/link")); err != nil || target != "target" {
		t.Errorf("the link is %q, %v", target, err)
	}
	mustPut(t, prefix, "lib/a", "new/d")
	if all := tree(t, prefix); slices.Contains(all, "include/c") || !slices.Contains(all, "new/d") {
		t.Errorf("after the second installation there is %q", all)
	}
	if err := uninstall(prefix, io.Discard); err != nil {
		t.Fatal(err)
	}
	if all := tree(t, prefix); all != nil {
		t.Errorf("left: %q", all)
	}
	if err := uninstall(prefix, io.Discard); err == nil {
		t.Error("what is not there was removed")
	}
}

// What was there before is not touched, neither by an installation that it is
// in the way of, nor by uninstalling.
func TestForeignFiles(t *testing.T) {
	prefix := t.TempDir()
	foreign := filepath.Join(prefix, "lib", "foreign")
	if err := os.MkdirAll(filepath.Dir(foreign), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(foreign, []byte("mine"), 0o666); err != nil {
		t.Fatal(err)
	}
	before := tree(t, prefix)
	err := put(prefix, []file{{at: "new/a"}, {at: "lib/foreign"}})
	if err == nil || !strings.Contains(err.Error(), foreign) {
		t.Errorf("%v", err)
	}
	// A file where a folder has to be.
	if err := put(prefix, []file{{at: "new/a"}, {at: "lib/foreign/b"}}); err == nil {
		t.Error("a file was made inside of a file")
	}
	if all := tree(t, prefix); !slices.Equal(all, before) {
		t.Errorf("a failed installation left %q", all)
	}
	mustPut(t, prefix, "lib/a", "include/c")
	mine := filepath.Join(prefix, "include", "mine")
	if err := os.WriteFile(mine, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := uninstall(prefix, io.Discard); err != nil {
		t.Fatal(err)
	}
	want := []string{".", "include", "include/mine", "lib", "lib/foreign"}
	if all := tree(t, prefix); !slices.Equal(all, want) {
		t.Errorf("left: %q, want %q", all, want)
	}
	if text, _ := os.ReadFile(foreign); string(text) != "mine" {
		t.Errorf("the file that was there holds %q", text)
	}
}

// A list that names files elsewhere, or means nothing, is not followed.
func TestManifestIsChecked(t *testing.T) {
	for _, text := range []string{"file ../escape\n", "file /etc/passwd\n", "nonsense\n", "link lib/a\n"} {
		prefix := t.TempDir()
		if err := (file{at: "manifest", contents: []byte(text)}).write(prefix); err != nil {
			t.Fatal(err)
		}
		name := filepath.Join(prefix, filepath.FromSlash(manifestFile))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(filepath.Join(prefix, "manifest"), name); err != nil {
			t.Fatal(err)
		}
		if err := uninstall(prefix, io.Discard); err == nil || !strings.Contains(err.Error(), name+":1") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestUsage(t *testing.T) {
	for _, args := range [][]string{{}, {"-prefix", "x", "more"}, {"-unknown"}} {
		var stderr strings.Builder
		if got := run(args, io.Discard, &stderr); got != 2 || !strings.Contains(stderr.String(), "-prefix") {
			t.Errorf("%q: %d\n%s", args, got, &stderr)
		}
	}
	if got := run([]string{"-prefix", t.TempDir(), "-uninstall"}, io.Discard, io.Discard); got != 1 {
		t.Errorf("uninstalling nothing: %d", got)
	}
}
