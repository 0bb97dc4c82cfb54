//go:build (linux || darwin) && (amd64 || arm64)

// (syscall has no Mprotect on other systems, and addresses are wide.)

package mxsocket_test

import (
	"bytes"
	"runtime"
	"syscall"
	"testing"
	"unsafe"

	"mx.example/handle"
	"mx.example/mxsocket"
	"mx.example/status"
)

// guarded maps pages of memory of which the last cannot be accessed, and
// returns the good part.
func guarded(t *testing.T, pages int) []byte {
	t.Helper()
	page := syscall.Getpagesize()
	m, err := syscall.Mmap(-1, 0, (pages+1)*page, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		t.Fatalf("mmap: %v", err)
	}
	t.Cleanup(func() { syscall.Munmap(m) })
	if err := syscall.Mprotect(m[pages*page:], syscall.PROT_NONE); err != nil {
		t.Fatalf("mprotect: %v", err)
	}
	return m[:pages*page]
}

func addr(p []byte) uintptr { return uintptr(unsafe.Pointer(unsafe.SliceData(p))) }

// Addresses that no process can access, of every sort, are an error on either
// call; the process lives, nothing is written or read, no lock is left held.
func TestWildAddresses(t *testing.T) {
	mem := guarded(t, 1)
	bad := addr(mem) + uintptr(len(mem))
	for _, e := range editions {
		for _, a := range []uintptr{1, 8, 4095, 4096, bad, bad + 17, ^uintptr(0), ^uintptr(0) - 4096, 0xdead << 48, 1 << 47} {
			for _, mode := range []uint32{mxsocket.Stream, mxsocket.Datagram} {
				tb := handle.NewTable(handle.WithEdition(e))
				x, y := create(t, tb, mode)
				n := uint64(99)
				err := mxsocket.WriteRaw(tb, x, 0, a, 100, &n)
				wanted := status.ErrInvalidArgs
				if e == handle.Kernel2017 && mode == mxsocket.Stream {
					wanted = status.ErrShouldWait
				}
				if err != wanted || n != 99 {
					t.Errorf("%v: write from %#x: %v, actual %d; want %v, 99", e, a, err, n, wanted)
				}
				if k, err := mxsocket.Outstanding(tb, y); k != 0 || err != nil {
					t.Errorf("%v: write from %#x left %d bytes, %v", e, a, k, err)
				}
				mxsocket.Write(tb, x, 0, []byte("hello"))
				err = mxsocket.ReadRaw(tb, y, 0, a, 100, &n)
				left, _ := mxsocket.Outstanding(tb, y)
				if e == handle.Manual && (err != status.ErrInvalidArgs || n != 99 || left != 5) {
					t.Errorf("%v: read to %#x: %v, actual %d, %d bytes left", e, a, err, n, left)
				}
				if e == handle.Kernel2017 && (err != nil || n != 0) {
					t.Errorf("%v: read to %#x: %v, actual %d", e, a, err, n)
				}
			}
		}
	}
}

// The count before a fault is exact at page granularity, also across chunks.
func TestFaultInTheMiddle(t *testing.T) {
	mem := guarded(t, 20)
	for i := range mem {
		mem[i] = byte(i * 7)
	}
	for _, size := range []int{1, 100, 4096, 5000, len(mem)} {
		tb := handle.NewTable(handle.WithEdition(handle.Kernel2017), handle.WithMemoryLimit(1<<20))
		x, y := create(t, tb, mxsocket.Stream)
		mxsocket.Write(tb, x, 0, []byte("before"))
		good := mem[len(mem)-size:]
		var n uint64
		want(t, "write", mxsocket.WriteRaw(tb, x, 0, addr(good), uint64(size+5000), &n), status.OK)
		got := make([]byte, len(mem)+100)
		k, err := mxsocket.Read(tb, y, 0, got)
		if n != uint64(size) || err != nil || !bytes.Equal(got[:k], append([]byte("before"), good...)) {
			t.Errorf("write of %d good bytes: actual %d; read %d, %v", size, n, k, err)
		}

		src := bytes.Repeat([]byte("abcdefg"), len(mem)/7)
		mxsocket.Write(tb, x, 0, src)
		clear(good)
		want(t, "read", mxsocket.ReadRaw(tb, y, 0, addr(good), uint64(size+5000), &n), status.OK)
		if wanted := min(size, len(src)); n != uint64(wanted) || !bytes.Equal(good[:n], src[:n]) {
			t.Errorf("read into %d good bytes: actual %d", size, n)
		}
		left, _ := mxsocket.Outstanding(tb, y)
		if left != len(src)-int(n) {
			t.Errorf("read into %d good bytes left %d of %d", size, left, len(src))
		}
	}
}

// A write that faults in the manual edition leaves no trace, whatever the
// queue held before.
func TestFaultRollsBack(t *testing.T) {
	mem := guarded(t, 20)
	for _, before := range []int{0, 1, 1087, 1088, 1089, 5000, 90000} {
		for _, mode := range []uint32{mxsocket.Stream, mxsocket.Datagram} {
			tb := handle.NewTable(handle.WithMemoryLimit(2000 + 200000))
			x, y := create(t, tb, mode)
			src := bytes.Repeat([]byte("xyz"), before/3+1)[:before]
			mxsocket.Write(tb, x, 0, src)
			n := uint64(7)
			err := mxsocket.WriteRaw(tb, x, 0, addr(mem), uint64(len(mem)+1), &n)
			if err != status.ErrInvalidArgs || n != 7 {
				t.Errorf("after %d bytes: %v, actual %d", before, err, n)
			}
			mxsocket.Write(tb, x, 0, []byte("end"))
			var got []byte
			for {
				p := make([]byte, 100000)
				k, err := mxsocket.Read(tb, y, 0, p)
				if err != nil {
					break
				}
				got = append(got, p[:k]...)
			}
			if exp := append(src, "end"...); !bytes.Equal(got, exp) {
				t.Errorf("after %d bytes: got %d bytes, want %d", before, len(got), len(exp))
			}
		}
	}
}

func TestActual(t *testing.T) {
	mem := guarded(t, 1)
	bad := (*uint64)(unsafe.Add(unsafe.Pointer(unsafe.SliceData(mem)), len(mem)))
	tb := handle.NewTable()
	x, y := create(t, tb, mxsocket.Stream)
	p := []byte("hello")
	want(t, "write, null actual", mxsocket.WriteRaw(tb, x, 0, addr(p), 5, nil), status.OK)
	want(t, "write, bad actual", mxsocket.WriteRaw(tb, x, 0, addr(p), 5, bad), status.ErrInvalidArgs)
	if n, _ := mxsocket.Outstanding(tb, y); n != 10 {
		t.Errorf("a bad actual comes after the effect: %d bytes outstanding, want 10", n)
	}
	var n uint64
	want(t, "query", mxsocket.ReadRaw(tb, y, 0, 0, 0, &n), status.OK)
	if n != 10 {
		t.Errorf("query: %d, want 10", n)
	}
	want(t, "half close, bad actual", mxsocket.WriteRaw(tb, x, mxsocket.HalfClose, 0, 0, bad), status.OK)
	n = 7
	want(t, "half close again", mxsocket.WriteRaw(tb, x, mxsocket.HalfClose, 0, 0, &n), status.OK)
	if n != 7 {
		t.Errorf("a half close stored the count %d", n)
	}
	if _, err := mxsocket.Write(tb, y, 0, p); err != status.ErrBadState {
		t.Errorf("the half close had no effect: %v", err)
	}
	runtime.KeepAlive(p)
}

// Raw calls that go through several chunks move what they were asked for, and
// touch nothing behind it.
func TestRawThroughChunks(t *testing.T) {
	tb := handle.NewTable()
	x, y := create(t, tb, mxsocket.Stream)
	src := pattern(200_000)
	for _, size := range []int{100_000, 70_000} { // the second leaves some behind
		n := uint64(99)
		if err := mxsocket.WriteRaw(tb, x, 0, addr(src), 100_000, &n); err != nil || n != 100_000 {
			t.Fatalf("WriteRaw: %d, %v", n, err)
		}
		if left, _ := mxsocket.Outstanding(tb, y); left != 100_000 {
			t.Fatalf("%d bytes are in the socket", left)
		}
		dst := bytes.Repeat([]byte{0xee}, 200_000)
		if err := mxsocket.ReadRaw(tb, y, 0, addr(dst), uint64(size), &n); err != nil || n != uint64(size) {
			t.Fatalf("ReadRaw: %d, %v", n, err)
		}
		if !bytes.Equal(dst[:size], src[:size]) {
			t.Error("other bytes came out")
		}
		if len(bytes.TrimLeft(dst[size:], "\xee")) > 0 {
			t.Errorf("a read of %d bytes wrote behind its buffer", size)
		}
	}
	runtime.KeepAlive(src)
}
