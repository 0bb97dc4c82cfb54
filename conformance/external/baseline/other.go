//go:build !linux

package baseline

import "errors"

var errNotHere = errors.New("measured on Linux only")

func gVisor() Subject { return Subject{Name: GVisor, Unavailable: errNotHere} }

func descriptors() []Subject {
	return []Subject{
		{Name: UnixStream, Unavailable: errNotHere},
		{Name: Pipe2, Unavailable: errNotHere},
	}
}
