//go:build cgo && unix

package main

import "C"

import (
	"math"

	"mx.example/handle"
	"mx.example/mxsocket"
)

// The functions that C calls take every pointer as a number: it may be of no
// memory at all, and Go must not hold it as a pointer even for a moment.

//export libmx_socket_create
func libmx_socket_create(options uint32, out0, out1 uintptr) int32 {
	return createPair(options, out0, out1)
}

// createPair makes a pair of sockets and puts out its handles.
func createPair(options uint32, out0, out1 uintptr, opts ...mxsocket.Option) int32 {
	if !writable(out0, handleSize) || !writable(out1, handleSize) {
		return invalidArgs
	}
	t := table()
	a, b, err := mxsocket.Create(t, options, opts...)
	if err != nil {
		return code(err)
	}
	if !storeHandle(out0, uint32(a)) || !storeHandle(out1, uint32(b)) {
		drop(t, a, b) // the memory went away meanwhile
		return invalidArgs
	}
	return 0
}

// drop closes handles that could not be given to the caller.
func drop(t *handle.Table, handles ...handle.Handle) {
	for _, h := range handles {
		_ = t.Close(h) // nobody else has the value
	}
}

//export libmx_socket_write
func libmx_socket_write(h, options uint32, buffer uintptr, size uint64, actual uintptr) int32 {
	n := uint64(noCount)
	err := mxsocket.WriteRaw(table(), handle.Handle(h), options, buffer, size, &n)
	if err == nil && n == noCount {
		return code(nil)
	}
	return count(err, n, actual)
}

// noCount is what no call stores. A half close leaves it: it has no count, and
// does not look at where one would go (W-ACTUAL).
const noCount = math.MaxUint64

//export libmx_socket_read
func libmx_socket_read(h, options uint32, buffer uintptr, size uint64, actual uintptr) int32 {
	var n uint64
	err := mxsocket.ReadRaw(table(), handle.Handle(h), options, buffer, size, &n)
	return count(err, n, actual)
}

// count ends a call that had its effect and tells how many bytes that was
// (W-ACTUAL): a null actual is ignored, and a failed call does not touch it.
func count(err error, n uint64, actual uintptr) int32 {
	if err == nil && actual != 0 && !storeSize(actual, uintptr(n)) {
		return invalidArgs
	}
	return code(err)
}

//export libmx_socket_set_disposition
func libmx_socket_set_disposition(h, mine, peers uint32) int32 {
	return code(mxsocket.SetDisposition(table(), handle.Handle(h), mxsocket.Disposition(mine), mxsocket.Disposition(peers)))
}
