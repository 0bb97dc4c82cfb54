package mxsocket_test

import (
	"testing"
	"testing/synctest"

	"mx.example/conformance"
	"mx.example/conformance/explore"
	"mx.example/conformance/inproc"
)

// The package's own tests include the whole suite, so that a change to any of
// its lines that a program could notice fails here.
func TestSuite(t *testing.T) { conformance.Test(t, inproc.Backend()) }

// And some thousand random calls beside the oracle. In a bubble a wait that
// misses its wake-up makes nobody wait.
func TestRandomCalls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := explore.Random(t.Context(), []conformance.Backend{inproc.Backend()},
			explore.RandomOptions{Seed: 1, Calls: 60_000})
		for _, b := range r.Backends {
			for _, f := range b.Failures {
				t.Errorf("%s: %s\n%s", b.Name, f.Detail, f.Text)
			}
		}
	})
}
