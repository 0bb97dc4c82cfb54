//go:build linux || darwin || freebsd

package posixfd

import (
	"runtime/debug"
	"sync/atomic"

	"mx.example/handle"
)

// WriteRaw passes address and size on as they are.
func (p *process) WriteRaw(h handle.Handle, options uint32, addr uintptr, size uint64, actual *uint64) error {
	if actual == nil || !writable(actual) {
		return noActual()
	}
	var n int
	var err error
	switch {
	case options == optionHalfClose && size == 0:
		return p.halfClose(h) // it has no count to store
	case options != 0:
		return noOption("send", options)
	default:
		n, err = p.write(h, addr, size)
	}
	return stored(n, err, actual)
}

// ReadRaw passes address and size on as they are; null with size 0 is the
// query (R-QUERY).
func (p *process) ReadRaw(h handle.Handle, options uint32, addr uintptr, size uint64, actual *uint64) error {
	if actual == nil || !writable(actual) {
		return noActual()
	}
	var n int
	var err error
	switch {
	case options != 0:
		return noOption("recv", options)
	case addr == 0 && size == 0:
		n, err = p.Outstanding(h)
	default:
		n, err = p.read(h, addr, size)
	}
	return stored(n, err, actual)
}

func stored(n int, err error, actual *uint64) error {
	if err == nil {
		*actual = uint64(n)
	}
	return err
}

// writable reports whether the word can be written, by writing what is there.
func writable(word *uint64) (ok bool) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	atomic.AddUint64(word, 0)
	return true
}
