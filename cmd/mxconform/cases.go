package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"

	"mx.example/conformance/trace"
)

// pickCases gives the cases of the files, or the suite if there are none, as
// far as their names match the glob; an empty glob matches all.
func (t *tool) pickCases(glob string, files []string) ([]trace.Case, error) {
	cases := t.suite
	if len(files) > 0 {
		cases = nil
	}
	for _, name := range files {
		more, err := t.readCases(name)
		if err != nil {
			return nil, err
		}
		cases = append(cases, more...)
	}
	if glob == "" {
		return cases, nil
	}
	var some []trace.Case
	var names []string
	for _, c := range cases {
		ok, err := path.Match(glob, c.Name)
		if err != nil {
			return nil, usagef("-case %q is no pattern: * stands for any letters, ? for one, [a-c] for one of a few", glob)
		}
		if ok {
			some = append(some, c)
		}
		names = append(names, c.Name)
	}
	if len(some) == 0 {
		return nil, unknown("case", glob, names, `"mxconform list cases" has all; -case takes patterns such as 'write-*'`)
	}
	return some, nil
}

// readCases reads a case file; "-" is the standard input. What is wrong with
// it is a usage error.
func (t *tool) readCases(name string) ([]trace.Case, error) {
	text, err := t.readFile(name)
	if err != nil {
		return nil, err
	}
	cases, err := trace.Parse(name, bytes.NewReader(text))
	if err != nil {
		var where *trace.Error
		if errors.As(err, &where) {
			return nil, &usageError{err.Error()}
		}
		return nil, cannot("read", name, err)
	}
	if len(cases) == 0 {
		return nil, usagef(`%s holds no case; one begins with a line "case NAME"`, name)
	}
	return cases, nil
}

// cannot is the usage error for a file that cannot be used. The system's
// error is stripped of the path, which is there already.
func cannot(do, name string, err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	return &usageError{fmt.Sprintf("cannot %s %s: %v", do, name, err)}
}
