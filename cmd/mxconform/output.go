package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// An output is a file that a report will be written to, made ready before the
// run. What was there stays until the report is whole: it is written to
// NAME.partial, which then takes the place of NAME. A symbolic link stays one,
// and what is no regular file, such as a pipe, is simply written to.
type output struct {
	name string
	f    *os.File
	mode fs.FileMode // of the file that is replaced; 0 if there is none
	made bool        // f is NAME.partial, and was not there before
}

const partialSuffix = ".partial"

// openOutput finds out whether a file can be written.
func openOutput(name string) (*output, error) {
	if real, err := filepath.EvalSymlinks(name); err == nil {
		name = real
	}
	o := &output{name: name}
	old, err := os.Stat(name)
	switch {
	case err == nil && old.IsDir():
		return nil, usagef("cannot write %s: it is a directory", name)
	case err == nil && !old.Mode().IsRegular():
		if o.f, err = os.OpenFile(name, os.O_WRONLY, 0); err != nil {
			return nil, cannot("write", name, err)
		}
		return o, nil
	case err == nil:
		o.mode = old.Mode().Perm()
	case !errors.Is(err, fs.ErrNotExist):
		return nil, cannot("write", name, err)
	}
	_, err = os.Stat(name + partialSuffix)
	o.made = errors.Is(err, fs.ErrNotExist)
	if o.f, err = os.OpenFile(name+partialSuffix, os.O_WRONLY|os.O_CREATE, 0o666); err != nil {
		return nil, cannot("write", name, err)
	}
	return o, nil
}

// beside reports whether f is a file beside the one that it will replace.
func (o *output) beside() bool { return o.f.Name() == o.name+partialSuffix }

// begin empties the file beside: from here on it holds nothing of before.
func (o *output) begin() error {
	o.made = o.made || o.beside()
	if o.beside() {
		return o.f.Truncate(0)
	}
	return nil
}

// write writes the report. A partial one stays beside the file, which is left
// as it is; write returns the name that the report has.
func (o *output) write(report []byte, partial bool) (name string, err error) {
	defer o.discard()
	if err := o.begin(); err != nil {
		return "", err
	}
	if _, err := o.f.Write(report); err != nil {
		return "", err
	}
	return o.keep(partial)
}

// keep ends a file that all has been written to: see write.
func (o *output) keep(partial bool) (name string, err error) {
	defer o.discard()
	if !o.beside() {
		f := o.f
		o.f = nil
		return o.name, f.Close()
	}
	if o.mode != 0 && runtime.GOOS != "windows" {
		if err := o.f.Chmod(o.mode); err != nil {
			return "", err
		}
	}
	if err := o.f.Sync(); err != nil {
		return "", err
	}
	f := o.f
	if err := f.Close(); err != nil {
		return "", err
	}
	if partial {
		o.f = nil
		return f.Name(), nil
	}
	if err := os.Rename(f.Name(), o.name); err != nil {
		return "", err
	}
	o.f = nil
	return o.name, nil
}

// discard takes back what openOutput made, unless a report is in it.
func (o *output) discard() {
	if o.f == nil {
		return
	}
	o.f.Close()
	if o.beside() && o.made {
		os.Remove(o.f.Name())
	}
	o.f = nil
}

// writeFile replaces the content of a file, wholly or not at all.
func writeFile(name string, content string) error {
	o, err := openOutput(name)
	if err != nil {
		return err
	}
	_, err = o.write([]byte(content), false)
	return err
}
