package oracle_test

import (
	"os"
	"path/filepath"
	"testing"

	"mx.example/conformance/trace"
	"mx.example/handle"
)

// Every authored case must agree with the oracle in every edition: the same
// contract was read twice, by people who did not look at each other's work.
func TestAuthoredCases(t *testing.T) {
	files, err := filepath.Glob("../cases/*.mx")
	if err != nil || len(files) == 0 {
		t.Fatalf("no case files beside the oracle: %v", err)
	}
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		cases, err := trace.Parse(file, f)
		f.Close()
		if err != nil {
			t.Error(err)
			continue
		}
		for i := range cases {
			for _, e := range handle.Editions() {
				check(t, &cases[i], e)
			}
		}
	}
}
