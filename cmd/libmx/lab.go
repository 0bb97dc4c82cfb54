//go:build cgo && unix

package main

// #include "shim.h"
import "C"

import (
	"math"
	"sync"
	"sync/atomic"

	"mx.example/handle"
	"mx.example/mxsocket"
	"mx.example/status"
)

// lab is the kernel for experiments. While it is active there is no ordinary
// handle table, and a thread's calls are about the one of the process that it
// is in.
var lab struct {
	active     atomic.Bool
	mu         sync.Mutex // guards the rest; comes before process.mu
	edition    handle.Edition
	generation uint32          // how many kernels there were
	tables     []*handle.Table // of the processes, by number
}

// noLimit is MX_LAB_NO_LIMIT.
const noLimit = math.MaxUint64

// labTable returns the table of the process that the calling thread is in. A
// thread's place is the number of its process below that of the kernel that it
// entered it in; with another kernel it is in process 0.
func labTable() *handle.Table {
	place := uint64(C.libmx_lab_place())
	lab.mu.Lock()
	defer lab.mu.Unlock()
	if uint32(place>>32) != lab.generation {
		return lab.tables[0]
	}
	return lab.tables[uint32(place)]
}

//export libmx_lab_active
func libmx_lab_active() int32 {
	if lab.active.Load() {
		return 1
	}
	return 0
}

//export libmx_lab_reset
func libmx_lab_reset(name uintptr) int32 {
	e, ok := editionNamed(name)
	if !ok {
		return invalidArgs
	}
	lab.mu.Lock()
	process.mu.Lock()
	gone := lab.tables
	if t := process.table.Load(); t != nil {
		gone = append(gone, t)
		process.table.Store(nil)
	}
	lab.edition = e
	lab.generation++
	lab.tables = []*handle.Table{handle.NewTable(handle.WithEdition(e))}
	lab.active.Store(true)
	process.mu.Unlock()
	lab.mu.Unlock()
	for _, t := range gone {
		t.CloseAll()
	}
	return 0
}

//export libmx_lab_process_create
func libmx_lab_process_create(name uintptr, handles, memory uint64, out uintptr) int32 {
	if !lab.active.Load() {
		return int32(status.ErrBadState)
	}
	var opts []handle.Option
	if handles != noLimit {
		if handles > handle.MaxHandles {
			return invalidArgs
		}
		opts = append(opts, handle.WithHandleLimit(int(handles)))
	}
	if memory != noLimit {
		opts = append(opts, handle.WithMemoryLimit(memory))
	}
	lab.mu.Lock()
	defer lab.mu.Unlock()
	e := lab.edition
	if name != 0 {
		var ok bool
		if e, ok = editionNamed(name); !ok {
			return invalidArgs
		}
	}
	id := uint32(len(lab.tables))
	if !store(out, bytesOf(&id)) {
		return invalidArgs
	}
	lab.tables = append(lab.tables, handle.NewTable(append(opts, handle.WithEdition(e))...))
	return 0
}

//export libmx_lab_process_enter
func libmx_lab_process_enter(id uint32) int32 {
	if !lab.active.Load() {
		return int32(status.ErrBadState)
	}
	lab.mu.Lock()
	defer lab.mu.Unlock()
	if uint64(id) >= uint64(len(lab.tables)) {
		return int32(status.ErrNotFound)
	}
	C.libmx_lab_set_place(C.uint64_t(uint64(lab.generation)<<32 | uint64(id)))
	return 0
}

//export libmx_lab_handle_transfer
func libmx_lab_handle_transfer(h, id uint32, out uintptr) int32 {
	if !lab.active.Load() {
		return int32(status.ErrBadState)
	}
	if !writable(out, handleSize) {
		return invalidArgs
	}
	lab.mu.Lock()
	if uint64(id) >= uint64(len(lab.tables)) {
		lab.mu.Unlock()
		return int32(status.ErrNotFound)
	}
	to := lab.tables[id]
	lab.mu.Unlock()
	moved, err := labTable().Transfer(handle.Handle(h), to)
	return made(to, moved, err, out)
}

//export libmx_lab_socket_create
func libmx_lab_socket_create(options uint32, capacity uint64, out0, out1 uintptr) int32 {
	if !lab.active.Load() {
		return int32(status.ErrBadState)
	}
	return createPair(options, out0, out1, mxsocket.WithCapacity(capacity))
}

//export libmx_lab_socket_outstanding
func libmx_lab_socket_outstanding(h uint32, actual uintptr) int32 {
	if !lab.active.Load() {
		return int32(status.ErrBadState)
	}
	n, err := mxsocket.Outstanding(labTable(), handle.Handle(h))
	return count(err, uint64(n), actual)
}

// onBlock returns what the calling thread's next wait is to call when it blocks,
// or nil.
func onBlock() func() {
	if !lab.active.Load() {
		return nil
	}
	hook := C.libmx_lab_take_hook()
	if hook.blocks == nil {
		return nil
	}
	return func() { C.libmx_lab_call_hook(hook) }
}
