//go:build (linux || darwin) && (amd64 || arm64)

package mxsocket

import (
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
	"unsafe"

	"mx.example/handle"
	"mx.example/status"
)

// mapped returns n bytes at the end of mapped pages, and a function that makes
// them inaccessible.
func mapped(t *testing.T, n int) (p []byte, forbid func()) {
	t.Helper()
	m, err := syscall.Mmap(-1, 0, (n+16383)&^16383, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { syscall.Munmap(m) })
	return m[len(m)-n:], func() { syscall.Mprotect(m, syscall.PROT_NONE) }
}

// faults reports whether f ends by a memory fault.
func faults(f func()) (faulted bool) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if err, ok := recover().(runtime.Error); ok && strings.Contains(err.Error(), "memory address") {
			faulted = true
		}
	}()
	f()
	return false
}

// Each copy from and to the slice of a caller may fault, in each call, with each
// amount in the queue: nothing has happened then, and no lock is held.
func TestFaultOfTheCaller(t *testing.T) {
	for _, mode := range []uint32{Stream, Datagram} {
		for _, queued := range []int{0, 1, 1023, 1024, 1025, 70_000} {
			for _, n := range []int{1, 100, 2000, 100_000} {
				for _, limit := range [][]handle.Option{nil, {handle.WithMemoryLimit(1 << 30)}} {
					tb, a, b, _, to := newPair(t, mode, queued, limit)
					p, forbid := mapped(t, n)
					forbid()
					for what, call := range map[string]func(){
						"Write":    func() { Write(tb, a, 0, p) },
						"WriteAll": func() { WriteAll(tb, a, p, past1970) },
						"Conn":     func() { NewConn(tb, a).Write(p) },
					} {
						if !faults(call) {
							t.Errorf("%s of %d bytes did not fault", what, n)
						}
					}
					for what, call := range map[string]func(){
						"Read":     func() { Read(tb, b, 0, p) },
						"ReadFull": func() { ReadFull(tb, b, p, past1970) },
						"Conn":     func() { NewConn(tb, b).Read(p) },
						"peek":     func() { to.awaitPeek(tb.Lookup(b), p, nil) },
					} {
						if queued > 0 && !faults(call) {
							t.Errorf("%s of %d bytes did not fault", what, n)
						}
					}
					if k, err := Outstanding(tb, b); k != queued || err != nil {
						t.Errorf("mode %d: %d bytes were there, and %d are, %v", mode, queued, k, err)
					}
					wantShape(t, to)
					if k, err := Write(tb, a, 0, []byte("abc")); k != 3 || err != nil {
						t.Errorf("afterwards: %d, %v", k, err)
					}
				}
			}
		}
	}
}

// A buffer that goes away while its call is blocked faults in the goroutine of
// that call, and not in another's: the bytes go to the next reader, and the
// room to the next writer.
func TestFaultOfTheBlocked(t *testing.T) {
	for _, mode := range []uint32{Stream, Datagram} {
		for _, watched := range []bool{false, true} {
			for _, deadline := range []time.Duration{0, time.Hour} {
				synctest.Test(t, func(t *testing.T) {
					at := func() (d time.Time) {
						if deadline > 0 {
							d = time.Now().Add(deadline)
						}
						return d
					}
					blocked := func(f func()) func() bool {
						ended := make(chan bool, 1)
						go func() { ended <- faults(f) }()
						synctest.Wait()
						return func() bool { synctest.Wait(); return <-ended }
					}
					tb, a, b, _, to := newPair(t, mode, 0, nil, WithCapacity(10))
					if watched {
						go tb.WaitOne(b, handle.PeerClosed, time.Time{})
						synctest.Wait()
					}
					p, forbid := mapped(t, 3)
					bad := blocked(func() { ReadFull(tb, b, p, at()) })
					q := make([]byte, 3)
					good := begin(func() (int, error) { return ReadFull(tb, b, q, time.Time{}) })
					forbid()
					if n, err := Write(tb, a, 0, []byte("abc")); n != 3 || err != nil {
						t.Errorf("Write: %d, %v", n, err)
					}
					if !bad() {
						t.Error("the reader did not fault")
					}
					if n, err, over := good(); n != 3 || err != nil || !over || string(q) != "abc" {
						t.Errorf("the next reader: %d, %v, %q, over: %v", n, err, q, over)
					}

					Write(tb, a, 0, make([]byte, 10))
					p, forbid = mapped(t, 3)
					bad = blocked(func() { WriteAll(tb, a, p, at()) })
					next := begin(func() (int, error) { return WriteAll(tb, a, []byte("xyz"), time.Time{}) })
					forbid()
					if n, err := Read(tb, b, 0, make([]byte, 10)); n != 10 || err != nil {
						t.Errorf("Read: %d, %v", n, err)
					}
					if !bad() {
						t.Error("the writer did not fault")
					}
					if n, err, over := next(); n != 3 || err != nil || !over {
						t.Errorf("the next writer: %d, %v, over: %v", n, err, over)
					}
					if n, err := Read(tb, b, 0, make([]byte, 10)); n != 3 || err != nil {
						t.Errorf("Read: %d, %v", n, err)
					}

					// The writer's own memory is not taken for the reader's.
					good = begin(func() (int, error) { return ReadFull(tb, b, q, time.Time{}) })
					if !faults(func() { Write(tb, a, 0, p) }) {
						t.Error("a write of bad memory to a blocked reader did not fault")
					}
					if _, _, over := good(); over {
						t.Error("the reader got bytes that there are not")
					}
					WriteAll(tb, a, []byte("def"), time.Time{})
					if n, err, over := good(); n != 3 || err != nil || !over || string(q) != "def" {
						t.Errorf("that reader: %d, %v, %q, over: %v", n, err, q, over)
					}
					wantShape(t, to)
					freeCalls(t, &to.blocked)
					tb.CloseAll()
				})
			}
		}
	}
}

// An actual that cannot be written is INVALID_ARGS after the effect, also in the
// first page, at the top of the address space, and across two pages.
func TestActualAnywhere(t *testing.T) {
	p, forbid := mapped(t, 1<<15)
	page := uintptr(syscall.Getpagesize())
	good := uintptr(unsafe.Pointer(unsafe.SliceData(p)))
	_ = forbid
	if err := syscall.Mprotect(p[1<<14:], syscall.PROT_NONE); err != nil {
		t.Fatal(err)
	}
	bad := good + 1<<14
	for _, tt := range []struct {
		at uintptr
		ok bool
	}{
		{1, false}, {8, false}, {4095, false}, {page - 1, false}, {page, false}, {^uintptr(0), false}, {^uintptr(0) - 7, false},
		{good, true}, {good + 3, true}, {good + page - 3, true}, {bad - 8, true}, {bad - 7, false}, {bad - 1, false}, {bad, false},
	} {
		for _, query := range []bool{false, true} {
			tb, a, b, _, _ := newPair(t, Stream, 3, nil)
			err := storeAt(tt.at, func(actual *uint64) error {
				if query {
					return ReadRaw(tb, b, 0, 0, 0, actual)
				}
				return WriteRaw(tb, a, 0, good, 2, actual)
			})
			want := error(nil)
			if !tt.ok {
				want = status.ErrInvalidArgs
			}
			n, _ := Outstanding(tb, b)
			if err != want || n != 5 && !query {
				t.Errorf("actual at %#x: %v, want %v; %d bytes are there", tt.at, err, want, n)
			}
		}
	}
}

// storeAt calls f with a pointer that Go would not make. No stack that holds it
// may grow, so that enough of it is there before.
//
//go:noinline
func storeAt(at uintptr, f func(*uint64) error) error {
	growStack()
	return f(*(**uint64)(unsafe.Pointer(&at)))
}

//go:noinline
func growStack() {
	var room [16 << 10]byte
	runtime.KeepAlive(&room)
}

// A write that fails at its first byte takes no memory.
func TestFaultTakesNoMemory(t *testing.T) {
	tb, a, _, _, to := newPair(t, Stream, 0, nil, WithCapacity(1<<30))
	p, forbid := mapped(t, 1)
	forbid()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if err := WriteRaw(tb, a, 0, uintptr(unsafe.Pointer(unsafe.SliceData(p))), 1<<29, nil); err != status.ErrInvalidArgs {
		t.Errorf("WriteRaw: %v", err)
	}
	runtime.ReadMemStats(&after)
	if n := after.TotalAlloc - before.TotalAlloc; n > 16<<10 || to.in.memory != 0 {
		t.Errorf("it took %d bytes, and has %d KiB", n, to.in.memory)
	}
}
