//go:build linux || darwin || freebsd

package posixfd

import (
	"fmt"
	"runtime"

	"mx.example/conformance"
	"mx.example/conformance/posixfd/hostmodel"
	"mx.example/handle"
)

// About says what the backend is.
func (b *backend) About() string { return "file descriptors of this machine" }

// Available makes a pair and closes it again.
func (b *backend) Available() error {
	k := newKernel(b.kind, handle.Manual)
	defer k.Close()
	if _, _, err := k.create(nil); err != nil {
		if line := hostmodel.RefusalOf(errnoOf(err)); line != "" {
			return fmt.Errorf("%s on %s: %s", b.kind, runtime.GOOS, line)
		}
		return fmt.Errorf("%s on %s: %w", b.kind, runtime.GOOS, err)
	}
	return nil
}

// Boot gives the case a set of descriptors of its own. Nothing is opened
// before the case asks for it.
func (b *backend) Boot(e handle.Edition) (conformance.Kernel, error) {
	if _, ok := endedBy[e]; !ok {
		return nil, fmt.Errorf("%s: no shutdown is known to be the half close of edition %d", b.kind, e)
	}
	k := newKernel(b.kind, e)
	k.isolated = b.isolated
	return k, nil
}
