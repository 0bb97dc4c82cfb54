package mxsocket_test

import (
	"testing"

	"mx.example/conformance"
	"mx.example/conformance/inproc"
)

// The package's own tests include the whole suite, so that a change to any of
// its lines that a program could notice fails here.
func TestSuite(t *testing.T) { conformance.Test(t, inproc.Backend()) }
