//go:build cgo && unix

package main

import (
	"os"
	"unsafe"

	"mx.example/mxsocket/usermem"
)

var pageSize = uintptr(os.Getpagesize())

// load fills p with what lies at address a, and reports whether all of it can
// be read.
func load(p []byte, a uintptr) bool { return usermem.CopyIn(p, a) == len(p) }

// store copies p to address a: all of it, or nothing if some cannot be
// written.
func store(a uintptr, p []byte) bool {
	if n := uintptr(len(p)); a%pageSize+n > pageSize && !writable(a, n) {
		return false // the good one of two pages is not touched either
	}
	return usermem.CopyOut(a, p) == len(p)
}

// writable reports whether n > 0 bytes at address a can be written. It is for
// outputs of calls that have an effect: a kernel would find out too late to
// take that back. Each page is tried with a byte that is there already. The
// memory is what the caller offered to be overwritten, so nobody else may be
// using it.
func writable(a, n uintptr) bool {
	last := a + n - 1
	if last < a {
		return false
	}
	var b [1]byte
	for {
		if !load(b[:], a) || usermem.CopyOut(a, b[:]) != 1 {
			return false
		}
		next := a - a%pageSize + pageSize
		if next > last || next < a {
			return true
		}
		a = next
	}
}

// bytesOf is the memory of *p, which has no pointers in it.
func bytesOf[T uint32 | uint64 | uintptr](p *T) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(p)), unsafe.Sizeof(*p))
}

// storeHandle and storeSize write an output that the caller may not leave out.
func storeHandle(a uintptr, h uint32) bool { return store(a, bytesOf(&h)) }

func storeSize(a uintptr, n uintptr) bool { return store(a, bytesOf(&n)) }

// handleSize is what an output for a handle, or for signals, takes.
const handleSize = unsafe.Sizeof(uint32(0))

// sizeSize is what a size_t takes, which is as much as an address.
const sizeSize = unsafe.Sizeof(uintptr(0))

// appendSize appends n as a size_t.
func appendSize(b []byte, n uint64) []byte {
	v := uintptr(n)
	return append(b, bytesOf(&v)...)
}
