package report_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"mx.example/conformance"
	"mx.example/conformance/compare"
	"mx.example/conformance/inproc"
	"mx.example/conformance/report"
)

// Write the page of a kernel, beside the model.
func ExampleHTML() {
	page := filepath.Join(os.TempDir(), "kernel.html")
	mine := inproc.Backend() // a backend of your own

	var rec report.Recording
	r := conformance.Run(context.Background(), []conformance.Backend{mine}, conformance.Cases()[:10], conformance.Options{RunCase: rec.RunCase})
	f, err := os.Create(page)
	if err == nil {
		err = report.HTML(f, compare.Of(r), &rec)
	}

	fmt.Println(err, f.Close(), os.Remove(page), report.Verdict(r))
	// Output: <nil> <nil> <nil> PASS: nothing failed, and nothing is unexplained
}
