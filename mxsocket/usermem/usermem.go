// Package usermem copies to and from addresses that a caller gave as a number,
// as a kernel does with the pointers of a system call: an address that cannot
// be accessed ends the copy and not the process.
//
// An address is of foreign memory (from mmap, or C), or of Go memory that the
// caller keeps alive and in place. An accessible address of something else is
// the caller's bug, as it is in a system call.
package usermem

import (
	"os"
	"runtime/debug"
	"unsafe"
)

var pageSize = uintptr(os.Getpagesize())

// CopyIn copies to dst what lies at address addr, and returns how many bytes
// there are before the first page that cannot be read: len(dst) if all can.
func CopyIn(dst []byte, addr uintptr) int { return copyPages(dst, addr, false) }

// CopyOut copies src to address addr, and returns how many bytes there are
// before the first page that cannot be written: len(src) if all can.
func CopyOut(addr uintptr, src []byte) int { return copyPages(src, addr, true) }

// copyPages goes page by page, so that the count before a fault is exact: a
// copy that faults may have moved any part of its page. The fault comes back
// as a panic of this goroutine, and ends here; the locks of the caller are
// not touched by it.
func copyPages(own []byte, addr uintptr, out bool) (n int) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer recoverFault()
	for n < len(own) {
		at := addr + uintptr(n)
		if at < pageSize {
			// The null page, also after a wrap-around. Go must not hold such
			// an address as a pointer even for a moment.
			return n
		}
		k := min(len(own)-n, int(pageSize-at%pageSize))
		// The detour keeps vet's unsafeptr check for the places that it is
		// meant for: here the address really comes from outside.
		foreign := unsafe.Slice((*byte)(*(*unsafe.Pointer)(unsafe.Pointer(&at))), k)
		if out {
			copy(foreign, own[n:n+k])
		} else {
			copy(own[n:n+k], foreign)
		}
		n += k
	}
	return n
}

// Store writes v to *p and reports whether that memory can be written. Unlike
// an address, p may point into the caller's stack.
func Store(p *uint64, v uint64) (ok bool) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer recoverFault()
	*p = v
	return true
}

// recoverFault ends a panic that a memory fault has raised, and no other.
func recoverFault() {
	if r := recover(); r != nil {
		if _, ok := r.(interface{ Addr() uintptr }); !ok {
			panic(r)
		}
	}
}
