//go:build cgo && unix

package main

import "C"

import (
	"unsafe"

	"mx.example/handle"
	"mx.example/status"
)

//export libmx_handle_close
func libmx_handle_close(h uint32) int32 { return code(table().Close(handle.Handle(h))) }

// closeChunk is how many values libmx_handle_close_many looks at at a time, as
// the kernel does: its result is that of the last of them.
const closeChunk = 64

//export libmx_handle_close_many
func libmx_handle_close_many(handles uintptr, n uint64) int32 {
	t := table()
	var values [closeChunk]uint32
	var result int32
	for ; n > 0; handles += closeChunk * handleSize {
		chunk := values[:min(n, closeChunk)]
		n -= uint64(len(chunk))
		mem := unsafe.Slice((*byte)(unsafe.Pointer(&chunk[0])), len(chunk)*int(handleSize))
		if !load(mem, handles) {
			return invalidArgs
		}
		result = 0
		for _, h := range chunk {
			if h != 0 && t.Close(handle.Handle(h)) != nil {
				result = int32(status.ErrBadHandle)
			}
		}
	}
	return result
}

//export libmx_handle_duplicate
func libmx_handle_duplicate(h, rights uint32, out uintptr) int32 {
	if !writable(out, handleSize) {
		return invalidArgs
	}
	t := table()
	d, err := t.Duplicate(handle.Handle(h), handle.Rights(rights))
	return made(t, d, err, out)
}

//export libmx_handle_replace
func libmx_handle_replace(h, rights uint32, out uintptr) int32 {
	t := table()
	if !writable(out, handleSize) {
		// It fails as a replace for impossible rights does: what becomes of
		// the old handle is the edition's to say (X-REPLACE-RIGHTS).
		_, err := t.Replace(handle.Handle(h), handle.SameRights|handle.RightRead)
		return code(err)
	}
	r, err := t.Replace(handle.Handle(h), handle.Rights(rights))
	return made(t, r, err, out)
}

//export libmx_event_create
func libmx_event_create(options uint32, out uintptr) int32 {
	if options != 0 || !writable(out, handleSize) {
		return invalidArgs
	}
	t := table()
	h, err := handle.NewEvent(t)
	return made(t, h, err, out)
}

// made ends a call that made one handle.
func made(t *handle.Table, h handle.Handle, err error, out uintptr) int32 {
	if err == nil && !storeHandle(out, uint32(h)) {
		drop(t, h) // the memory went away meanwhile
		return invalidArgs
	}
	return code(err)
}

//export libmx_object_signal
func libmx_object_signal(h, clear, set uint32) int32 {
	return code(table().Signal(handle.Handle(h), handle.Signals(clear), handle.Signals(set)))
}

//export libmx_object_signal_peer
func libmx_object_signal_peer(h, clear, set uint32) int32 {
	return code(table().SignalPeer(handle.Handle(h), handle.Signals(clear), handle.Signals(set)))
}

//export libmx_object_wait_one
func libmx_object_wait_one(h, signals uint32, deadline int64, observed uintptr) int32 {
	if observed != 0 && !writable(observed, handleSize) {
		return invalidArgs
	}
	seen, err := table().WaitOneFunc(handle.Handle(h), handle.Signals(signals), at(deadline), onBlock())
	if observed != 0 && observes(err) && !storeHandle(observed, uint32(seen)) {
		return invalidArgs
	}
	return code(err)
}

// observes reports whether a wait that ended so has something to report.
func observes(err error) bool {
	return err == nil || err == status.ErrTimedOut || err == status.ErrCanceled
}

// mostItems is more than the items that a wait takes in any edition, which the
// table says itself; fewItems are on the stack.
const (
	mostItems = 1024 + 1
	fewItems  = 16
)

// A WaitItem is laid out as mx_wait_item_t is: three numbers of 32 bits.
var _ [12]byte = [unsafe.Sizeof(handle.WaitItem{})]byte{}

//export libmx_object_wait_many
func libmx_object_wait_many(addr uintptr, n uint64, deadline int64) int32 {
	var few [fewItems]handle.WaitItem
	items := few[:min(n, fewItems)]
	if n > fewItems {
		items = make([]handle.WaitItem, min(n, mostItems))
	}
	t := table()
	if len(items) == 0 {
		return code(t.WaitManyFunc(nil, at(deadline), onBlock()))
	}
	mem := unsafe.Slice((*byte)(unsafe.Pointer(&items[0])), len(items)*int(unsafe.Sizeof(items[0])))
	if len(items) == mostItems || !load(mem, addr) || !writable(addr, uintptr(len(mem))) {
		// Too many items are refused before the first is read. If the number
		// is all right, items without a handle are not waited for.
		clear(items)
		if err := t.WaitMany(items, past); err != status.ErrBadHandle {
			return code(err)
		}
		return invalidArgs
	}
	err := t.WaitManyFunc(items, at(deadline), onBlock())
	if observes(err) && !store(addr, mem) {
		return invalidArgs
	}
	return code(err)
}

//export libmx_object_get_child
func libmx_object_get_child(h uint32, out uintptr) int32 {
	if !writable(out, handleSize) {
		return invalidArgs
	}
	if _, err := table().Info(handle.Handle(h)); err != nil {
		return code(err)
	}
	return int32(status.ErrAccessDenied) // no handle here has the right to enumerate
}
