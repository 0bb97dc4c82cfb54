// Package usermem copies to and from the memory of a caller, as a kernel does:
// an access that faults ends the copy and not the process.
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
	Catch(func() {
		for n < len(own) {
			at := addr + uintptr(n)
			if at < pageSize {
				// The null page, also after a wrap-around. Go must not hold such
				// an address as a pointer even for a moment.
				return
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
	})
	return n
}

// Store writes v to *p and reports whether that memory can be written; if not,
// it is as it was. Unlike an address, p may point into the caller's stack.
func Store(p *uint64, v uint64) (ok bool) {
	at := uintptr(unsafe.Pointer(p))
	const size = unsafe.Sizeof(v)
	if at < pageSize || at+size < at {
		return false
	}
	return Catch(func() {
		if at%pageSize > pageSize-size {
			// It lies in two pages, and may be written in two steps.
			last := (*byte)(unsafe.Add(unsafe.Pointer(p), size-1))
			b := *last
			*last = b
		}
		*p = v
	}) == nil
}

// Copy copies all of src to dst, which is as long or longer, and returns the
// fault that ended it, or nil.
func Copy(dst, src []byte) (fault *Fault) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer catch(&fault)
	copy(dst, src)
	return nil
}

// Catch calls f, and returns the memory fault that ended it, or nil. Another
// panic goes on.
func Catch(f func()) (fault *Fault) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer catch(&fault)
	f()
	return nil
}

// A Fault is an access to memory that cannot be accessed.
type Fault struct {
	Value   any // what the runtime panicked with: a runtime.Error
	address uintptr
}

// In reports whether it was an access to a byte of p.
func (f *Fault) In(p []byte) bool {
	return f.address-uintptr(unsafe.Pointer(unsafe.SliceData(p))) < uintptr(len(p))
}

// catch ends a panic that a memory fault has raised, and no other.
func catch(fault **Fault) {
	if r := recover(); r != nil {
		at, ok := r.(interface{ Addr() uintptr })
		if !ok {
			panic(r)
		}
		*fault = &Fault{r, at.Addr()}
	}
}
