package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"

	"mx.example/conformance/explore"
)

// mergeReports puts the reports of the shards of one campaign together.
func mergeReports(_ context.Context, t *tool, args []string) error {
	f := newFlags("merge")
	rf := addReportFlags(f, formatText, formatJSON)
	files, err := parse(f, args)
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return usagef("merge needs the reports of shards: mxconform explore -shard I/N -format json -o FILE writes one")
	}
	var reports []*explore.Report
	for _, name := range files {
		r, err := t.readReport(name)
		if err != nil {
			return err
		}
		reports = append(reports, r)
	}
	if err := t.openReport(rf); err != nil {
		return err
	}
	r, err := explore.Merge(reports...)
	if err != nil {
		return usagef("%v", err)
	}
	return t.explored(r, rf)
}

// readReport reads the report of one shard; "-" is the standard input.
func (t *tool) readReport(name string) (*explore.Report, error) {
	text, err := t.readFile(name)
	if err != nil {
		return nil, err
	}
	var r explore.Report
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&r); err != nil {
		return nil, usagef("%s is no report of mxconform explore -format json: %v", name, err)
	}
	if r.Schema != explore.Schema {
		return nil, usagef("%s is a report of the schema %q, and %q is wanted", name, r.Schema, explore.Schema)
	}
	return &r, nil
}

// readFile reads a file as it is, without a byte order mark; "-" is the
// standard input.
func (t *tool) readFile(name string) (text []byte, err error) {
	if name == "-" {
		text, err = io.ReadAll(t.stdin)
	} else {
		text, err = os.ReadFile(name)
	}
	if err != nil {
		return nil, cannot("read", name, err)
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	if len(bytes.TrimSpace(text)) == 0 {
		return nil, usagef("%s is empty", name)
	}
	return text, nil
}
