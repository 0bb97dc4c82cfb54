//go:build cgo && unix

package main

import (
	"bytes"
	"syscall"
	"testing"
	"unsafe"

	"mx.example/handle"
	"mx.example/status"
)

// twoPages maps a page that can be written and one behind it that cannot be
// accessed, and returns their addresses.
func twoPages(t *testing.T) (good, bad uintptr) {
	t.Helper()
	m, err := syscall.Mmap(-1, 0, int(2*pageSize), syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { syscall.Munmap(m) })
	if err := syscall.Mprotect(m[pageSize:], syscall.PROT_NONE); err != nil {
		t.Fatal(err)
	}
	good = uintptr(unsafe.Pointer(&m[0]))
	return good, good + pageSize
}

// A call that has no place for a handle leaves none behind: after many of
// them a table that holds two has room for two.
func TestNothingIsLeftBehind(t *testing.T) {
	good, bad := twoPages(t)
	t.Cleanup(func() { process.table.Store(nil) })
	for _, e := range handle.Editions() {
		process.table.Store(handle.NewTable(handle.WithEdition(e), handle.WithHandleLimit(2)))
		for range 10 {
			for what, st := range map[string]int32{
				"socket, first":  libmx_socket_create(0, bad, good),
				"socket, second": libmx_socket_create(0, good, bad),
				"event":          libmx_event_create(0, bad),
				"port, old":      libmx_port_create(1, bad),
				"port, new":      libmx_port_create(0, bad),
			} {
				if st != invalidArgs {
					t.Errorf("%v: %s: %v", e, what, status.Status(st))
				}
			}
		}
		if st := libmx_event_create(0, good); st != 0 {
			t.Fatalf("%v: %v", e, status.Status(st))
		}
		var h [4]byte
		load(h[:], good)
		for range 10 {
			if st := libmx_handle_duplicate(native.Uint32(h[:]), uint32(handle.SameRights), bad); st != invalidArgs {
				t.Errorf("%v: duplicate: %v", e, status.Status(st))
			}
		}
		if st := libmx_event_create(0, good); st != 0 {
			t.Errorf("%v: the second handle: %v", e, status.Status(st))
		}
		if st := libmx_event_create(0, good); st != int32(status.ErrNoMemory) {
			t.Errorf("%v: the third handle: %v", e, status.Status(st))
		}
	}
}

// Memory that goes away after it was looked at leaves no handle behind either.
func TestHandleIsTakenBack(t *testing.T) {
	_, bad := twoPages(t)
	tb := handle.NewTable()
	h, err := handle.NewEvent(tb)
	if st := made(tb, h, err, bad); st != invalidArgs {
		t.Errorf("%v", status.Status(st))
	}
	if _, err := tb.Info(h); err != status.ErrBadHandle {
		t.Errorf("the handle is still there: %v", err)
	}
}

// An output is written as a whole or not at all.
func TestStore(t *testing.T) {
	good, bad := twoPages(t)
	p := []byte("12345678")
	if !store(good+3, p) {
		t.Error("good memory was refused")
	}
	if store(bad-4, p) || store(bad, p) || store(^uintptr(0)-3, p) || store(0, p) {
		t.Error("bad memory was written")
	}
	got := make([]byte, 4)
	if !load(got, bad-4) || !bytes.Equal(got, make([]byte, 4)) {
		t.Errorf("the good part of a bad output was touched: %q", got)
	}
	if !writable(good, pageSize) || writable(good, pageSize+1) || writable(good+1, pageSize) {
		t.Error("writable is wrong about the end of a page")
	}
}
