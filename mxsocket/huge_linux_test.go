package mxsocket

import (
	"math"
	"strconv"
	"syscall"
	"testing"

	"mx.example/status"
)

// HugeBuffer is so many bytes more than the greatest size of a call
// (W-HUGE, R-HUGE). Only the pages that a test touches take memory.
func HugeBuffer(t *testing.T, more int) []byte {
	if strconv.IntSize < 64 {
		t.Skip("no slice is that large")
	}
	size := uint64(math.MaxUint32) + uint64(more)
	p, err := syscall.Mmap(-1, 0, int(size), syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_PRIVATE|syscall.MAP_ANON|syscall.MAP_NORESERVE)
	if err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() { syscall.Munmap(p) })
	return p
}

// A buffer above the greatest size is refused though there is something to read
// and nobody to tell: the quick way knows of it, too (R-HUGE, W-HUGE). The
// memory is never touched.
func TestFastIsNotHuge(t *testing.T) {
	p := HugeBuffer(t, 1)
	for _, mode := range []uint32{Stream, Datagram} {
		tb, _, b, _, _ := newPair(t, mode, 0, nil)
		if n, err := ReadFull(tb, b, p, past1970); n != 0 || err != status.ErrInvalidArgs {
			t.Errorf("mode %d: ReadFull of nothing: %d, %v", mode, n, err)
		}
		tb, a, b, _, to := newPair(t, mode, 3, nil)
		if n, err := Read(tb, b, 0, p); n != 0 || err != status.ErrInvalidArgs {
			t.Errorf("mode %d: Read: %d, %v", mode, n, err)
		}
		if n, err := ReadFull(tb, b, p, past1970); n != 0 || err != status.ErrInvalidArgs {
			t.Errorf("mode %d: ReadFull: %d, %v", mode, n, err)
		}
		if n, err := Write(tb, a, 0, p); n != 0 || err != status.ErrInvalidArgs {
			t.Errorf("mode %d: Write: %d, %v", mode, n, err)
		}
		if n, err := Read(tb, b, 0, p[:maxSize]); n != 3 || err != nil {
			t.Errorf("mode %d: a read of the greatest size: %d, %v", mode, n, err)
		}
		taken, want := DefaultCapacity, status.ErrTimedOut // a stream has no largest WriteAll
		if mode == Datagram {
			taken, want = 0, status.ErrInvalidArgs
		}
		if n, err := WriteAll(tb, a, p, past1970); n != taken || err != want {
			t.Errorf("mode %d: WriteAll: %d, %v; want %d, %v", mode, n, err, taken, want)
		}
		wantShape(t, to)
	}
}
