//go:build cgo && unix

package main

// #include <stdlib.h>
// #include "shim.h"
import "C"

import (
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"unsafe"

	"mx.example/handle"
	"mx.example/status"
)

// process is the handle table of this process, made by the first call that
// needs it. From then on its edition is fixed.
var process struct {
	table   atomic.Pointer[handle.Table]
	mu      sync.Mutex // guards the choice
	edition handle.Edition
	chosen  bool // by mx_set_edition
}

// table returns the handle table that the calling thread's calls are about.
func table() *handle.Table {
	if t := process.table.Load(); t != nil {
		return t
	}
	if t := firstTable(); t != nil {
		return t
	}
	return labTable()
}

// firstTable makes the handle table of this process, or returns nil if there is
// a laboratory instead.
func firstTable() *handle.Table {
	process.mu.Lock()
	defer process.mu.Unlock()
	if t := process.table.Load(); t != nil || lab.active.Load() {
		return t
	}
	if !process.chosen {
		process.edition = defaultEdition()
	}
	t := handle.NewTable(handle.WithEdition(process.edition))
	process.table.Store(t)
	return t
}

// defaultEdition is the one that a program gets that did not call
// mx_set_edition: what the environment says, or else what the spelling of the
// first call suggests. The environment is that of C: Go's own does not see
// what the program has put there with setenv.
func defaultEdition() handle.Edition {
	name := C.CString("MX_EDITION")
	defer C.free(unsafe.Pointer(name))
	value := C.GoString(C.getenv(name)) // "" where there is none
	if value == "" {
		if C.libmx_first_spelling() == C.LIBMX_ZX {
			return handle.Zircon
		}
		return handle.Manual
	}
	e, err := handle.ParseEdition(value)
	if err != nil {
		fmt.Fprintf(os.Stderr, "libmx: the environment variable MX_EDITION: %v\n", err)
		os.Exit(2)
	}
	return e
}

// editionNamed returns the edition of the name that the C string at address name
// holds.
func editionNamed(name uintptr) (e handle.Edition, ok bool) {
	var word [32]byte // longer than any name
	n := 0
	for ; n < len(word); n++ {
		if !load(word[n:n+1], name+uintptr(n)) {
			return e, false
		}
		if word[n] == 0 {
			break
		}
	}
	e, err := handle.ParseEdition(string(word[:n]))
	return e, err == nil
}

//export libmx_set_edition
func libmx_set_edition(name uintptr) int32 {
	e, ok := editionNamed(name)
	if !ok {
		return invalidArgs
	}
	process.mu.Lock()
	defer process.mu.Unlock()
	if process.table.Load() != nil || lab.active.Load() {
		return int32(status.ErrBadState)
	}
	process.edition, process.chosen = e, true
	return int32(status.OK)
}

// code is err as C has it.
func code(err error) int32 {
	if err == nil {
		return int32(status.OK)
	}
	if st, ok := err.(status.Status); ok {
		return int32(st)
	}
	return int32(status.ErrInternal)
}

const invalidArgs = int32(status.ErrInvalidArgs)
