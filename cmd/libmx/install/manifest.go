package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// manifestFile lists what was installed below a prefix, so that it can be
// removed: "file PATH" and "dir PATH", the latter for folders that were made.
const manifestFile = "share/libmx/manifest"

type manifest struct {
	files, dirs []string
}

// readManifest reads the one below prefix. If there is none, both lists are
// empty.
func readManifest(prefix string) (m manifest, err error) {
	name := filepath.Join(prefix, filepath.FromSlash(manifestFile))
	text, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return m, nil
	}
	if err != nil {
		return m, err
	}
	for i, line := range strings.Split(strings.TrimRight(string(text), "\n"), "\n") {
		kind, at, ok := strings.Cut(line, " ")
		if !ok || !filepath.IsLocal(at) {
			return m, fmt.Errorf("%s:%d: %q is no entry; remove the file and what it lists by hand", name, i+1, line)
		}
		switch kind {
		case "file":
			m.files = append(m.files, at)
		case "dir":
			m.dirs = append(m.dirs, at)
		default:
			return m, fmt.Errorf("%s:%d: %q is neither file nor dir", name, i+1, line)
		}
	}
	return m, nil
}

// put installs files below prefix in place of those that an earlier call did.
// If anything else is in the way, it changes nothing.
func put(prefix string, files []file) error {
	before, err := readManifest(prefix)
	if err != nil {
		return err
	}
	now := manifest{dirs: before.dirs}
	for _, f := range files {
		now.files = append(now.files, f.at)
	}
	now.files = append(now.files, manifestFile)
	for _, at := range now.files {
		name := filepath.Join(prefix, filepath.FromSlash(at))
		if _, err := os.Lstat(name); err == nil && !slices.Contains(before.files, at) {
			return fmt.Errorf("%s is in the way: it is not of an earlier installation. Move it away, or choose another prefix", name)
		}
	}
	for _, at := range now.files {
		if err := now.makeDirs(prefix, filepath.Dir(filepath.FromSlash(at))); err != nil {
			removeDirs(prefix, now.dirs[len(before.dirs):])
			return err
		}
	}
	// The list comes first, with what was there before: should the rest fail,
	// uninstalling removes all of it.
	all := now
	for _, at := range before.files {
		if !slices.Contains(all.files, at) {
			all.files = append(all.files, at)
		}
	}
	if err := all.write(prefix); err != nil {
		return err
	}
	for _, f := range files {
		if err := f.write(prefix); err != nil {
			return err
		}
	}
	for _, at := range all.files {
		if !slices.Contains(now.files, at) {
			if err := removeFile(prefix, at); err != nil {
				return err
			}
		}
	}
	return now.write(prefix)
}

// makeDirs makes the folder dir below prefix, and those that it is in, and adds
// the new ones.
func (m *manifest) makeDirs(prefix, dir string) error {
	if dir != "." {
		if err := m.makeDirs(prefix, filepath.Dir(dir)); err != nil {
			return err
		}
	} else if err := os.MkdirAll(filepath.Dir(prefix), 0o777); err != nil {
		return err
	}
	name := filepath.Join(prefix, dir)
	if i, err := os.Stat(name); err == nil {
		if !i.IsDir() {
			return fmt.Errorf("%s is in the way: it is no folder", name)
		}
		return nil
	}
	err := os.Mkdir(name, 0o777)
	if err == nil {
		m.dirs = append(m.dirs, filepath.ToSlash(dir))
	}
	return err
}

func (m manifest) write(prefix string) error {
	var b strings.Builder
	for _, at := range m.dirs {
		fmt.Fprintln(&b, "dir", at)
	}
	for _, at := range m.files {
		fmt.Fprintln(&b, "file", at)
	}
	return file{at: manifestFile, contents: []byte(b.String())}.write(prefix)
}

// write replaces the file at its place as a whole: a program may be running
// with the one that is there.
func (f file) write(prefix string) error {
	name := filepath.Join(prefix, filepath.FromSlash(f.at))
	tmp := name + ".new"
	if err := os.Remove(tmp); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	var err error
	if f.link != "" {
		err = os.Symlink(f.link, tmp)
	} else {
		err = os.WriteFile(tmp, f.contents, 0o666)
	}
	if err != nil {
		return err
	}
	return os.Rename(tmp, name)
}

func removeFile(prefix, at string) error {
	err := os.Remove(filepath.Join(prefix, filepath.FromSlash(at)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// removeDirs removes the folders that are empty, the last first, and returns how
// many are not.
func removeDirs(prefix string, dirs []string) (kept int) {
	for _, at := range slices.Backward(dirs) {
		if os.Remove(filepath.Join(prefix, filepath.FromSlash(at))) != nil {
			kept++
		}
	}
	return kept
}

// uninstall removes all files of the manifest, and those of its folders that
// are empty then.
func uninstall(prefix string, stdout io.Writer) error {
	m, err := readManifest(prefix)
	if err != nil {
		return err
	}
	if len(m.files) == 0 {
		return fmt.Errorf("no libmx was installed in %s by this command", prefix)
	}
	for _, at := range m.files {
		if err := removeFile(prefix, at); err != nil {
			return err
		}
	}
	fmt.Fprintf(stdout, "libmx is gone from %s: %d files.\n", prefix, len(m.files))
	if kept := removeDirs(prefix, m.dirs); kept > 0 {
		fmt.Fprintf(stdout, "%d folders stay, because something else is in them.\n", kept)
	}
	return nil
}
