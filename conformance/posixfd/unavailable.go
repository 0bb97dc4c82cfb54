//go:build !(linux || darwin || freebsd)

package posixfd

import (
	"fmt"
	"runtime"

	"mx.example/conformance"
	"mx.example/handle"
)

// About says what the backend is.
func (b *backend) About() string { return "file descriptors of this machine" }

// Available says that there are no such descriptors here.
func (b *backend) Available() error {
	return fmt.Errorf("%s: descriptors are compared on linux, darwin and freebsd, not on %s", b.kind, runtime.GOOS)
}

func (b *backend) Boot(handle.Edition) (conformance.Kernel, error) {
	return nil, b.Available()
}

// ServeChild does nothing where there are no descriptors to compare.
func ServeChild() {}
