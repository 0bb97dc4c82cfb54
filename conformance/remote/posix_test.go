//go:build unix

package remote_test

import (
	"testing"

	"mx.example/conformance"
	"mx.example/conformance/posixfd"
	"mx.example/conformance/remote"
)

// The adapter to descriptors has the results of the Go backends: outcomes and
// named differences, case by case.
func TestPosix(t *testing.T) {
	program := adapterFile(t, "adapter/posix.c")
	for _, host := range posixfd.Backends() {
		switch host.Name() {
		case posixfd.UnixStream, posixfd.UnixDgram, posixfd.Pipe:
		default:
			continue
		}
		t.Run(host.Name(), func(t *testing.T) {
			if err := host.Available(); err != nil {
				t.Skip(err)
			}
			b := open(t, program+" "+host.Name(), remote.Options{})
			sameResults(t, b, suite(t, b), suite(t, conformance.Backend(host)))
		})
	}
}
