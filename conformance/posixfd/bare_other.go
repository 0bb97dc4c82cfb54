//go:build !(linux || darwin || freebsd)

package posixfd

// A Bare is one end of a connected pair of descriptors. There are none here.
type Bare struct{}

// OpenBare says that there are no such descriptors here.
func OpenBare(kind string, capacity uint64, blocking bool) (a, b *Bare, err error) {
	return nil, nil, (&backend{kind: kind}).Available()
}

// No Bare is ever made, so nothing below is ever called.

// Write is write(2) where there is such a call.
func (*Bare) Write([]byte) (int, error) { panic("posixfd: no descriptors here") }

// Read is read(2) where there is such a call.
func (*Bare) Read([]byte) (int, error) { panic("posixfd: no descriptors here") }

// AwaitReadable is poll(2) where there is such a call.
func (*Bare) AwaitReadable() error { panic("posixfd: no descriptors here") }

// AwaitWritable is poll(2) where there is such a call.
func (*Bare) AwaitWritable() error { panic("posixfd: no descriptors here") }

// Close is close(2) where there is such a call.
func (*Bare) Close() { panic("posixfd: no descriptors here") }
