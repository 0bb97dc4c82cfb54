package main

import (
	"context"
	"encoding/json"

	"mx.example/conformance"
	"mx.example/conformance/compare"
)

// render writes a report that was made before, maybe elsewhere.
func render(_ context.Context, t *tool, args []string) error {
	f := newFlags("render")
	rf := addReportFlags(f, formatText, formatJSON, formatJUnit, formatMarkdown, formatHTML)
	f.BoolVar(&rf.verbose, "v", false, "show every difference with its cause and an example, and the sums of each backend")
	rest, err := parse(f, args)
	if err != nil {
		return err
	}
	if len(rest) != 1 {
		return usagef("render takes one report, as mxconform compare -format json -o FILE writes it; - is the standard input")
	}
	text, err := t.readFile(rest[0])
	if err != nil {
		return err
	}
	var r conformance.Report
	if err := json.Unmarshal(text, &r); err != nil {
		return usagef("%s is no report of mxconform compare or run -format json: %v", rest[0], err)
	}
	if err := t.openReport(rf); err != nil {
		return err
	}
	if err := t.deliverReport(rf, compare.Of(&r), nil); err != nil {
		return err
	}
	return t.settle(&r, rf)
}
