package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
)

// checkOut finds out before a long run that its report could not be written.
func checkOut(name string) error {
	dir, err := os.Stat(filepath.Dir(name))
	if err != nil {
		return cannot("write", name, err)
	}
	if !dir.IsDir() {
		return usagef("cannot write %s: %s is no directory", name, filepath.Dir(name))
	}
	if f, err := os.Stat(name); err == nil && f.IsDir() {
		return usagef("cannot write %s: it is a directory", name)
	}
	return nil
}

// writeFile replaces the content of a file, wholly or not at all: it writes a
// new file beside it and renames that. What was there stays on any failure. A
// symbolic link stays one, and what is no regular file, such as a pipe, is
// simply written to.
func writeFile(name string, write func(io.Writer) error) (err error) {
	if real, err := filepath.EvalSymlinks(name); err == nil {
		name = real
	}
	mode := fs.FileMode(0)
	switch old, err := os.Stat(name); {
	case err == nil && !old.Mode().IsRegular():
		return writeThrough(name, write)
	case err == nil:
		mode = old.Mode().Perm()
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	f, err := createBeside(name)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	if err := write(f); err != nil {
		return err
	}
	if mode != 0 && runtime.GOOS != "windows" {
		if err := f.Chmod(mode); err != nil {
			return err
		}
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}

// createBeside makes a new file in the directory of name, with the rights that
// the process gives to new files.
func createBeside(name string) (*os.File, error) {
	for {
		temp := fmt.Sprintf("%s.%08x.tmp", name, rand.Uint32())
		f, err := os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if !errors.Is(err, fs.ErrExist) {
			return f, err
		}
	}
}

func writeThrough(name string, write func(io.Writer) error) error {
	f, err := os.OpenFile(name, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	if err := write(f); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
