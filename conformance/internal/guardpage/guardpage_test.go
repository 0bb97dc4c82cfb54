package guardpage

import (
	"errors"
	"runtime/debug"
	"testing"
	"unsafe"
)

// faults reports whether f touches memory that cannot be accessed.
func faults(f func()) (faulted bool) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if e := recover(); e != nil {
			_, faulted = e.(interface{ Addr() uintptr })
			if !faulted {
				panic(e)
			}
		}
	}()
	f()
	return false
}

func get(t *testing.T, n int) *Region {
	t.Helper()
	r, err := Get(n)
	if errors.Is(err, ErrUnavailable) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestGoodBytesThenTheWall(t *testing.T) {
	for _, n := range []int{0, 1, 5, 4095, 4096, 4097, common, common + 1, 1 << 20} {
		r := get(t, n)
		b := r.Bytes(n)
		if len(b) != n || cap(b) != n {
			t.Fatalf("Bytes(%d) has %d bytes and room for %d", n, len(b), cap(b))
		}
		for i := range b {
			b[i] = byte(i)
		}
		if n > 0 {
			if uintptr(unsafe.Pointer(&b[0])) != r.Addr(n) {
				t.Errorf("Addr(%d) is not where Bytes(%d) begins", n, n)
			}
			if b[n-1] != byte(n-1) {
				t.Errorf("the last of %d good bytes does not hold its value", n)
			}
		}
		word := r.BadWord()
		if uintptr(unsafe.Pointer(word)) != r.Addr(0) {
			t.Error("the wall does not begin where the good bytes end")
		}
		if !faults(func() { *word = 1 }) {
			t.Errorf("after %d good bytes a word can be written", n)
		}
		if !faults(func() { _ = *(*byte)(unsafe.Pointer(word)) }) {
			t.Errorf("after %d good bytes a byte can be read", n)
		}
		r.Put()
	}
}

func TestCommonRegionsAreUsedAgain(t *testing.T) {
	a := get(t, 1)
	addr := a.Addr(0)
	a.Put()
	b := get(t, 100)
	defer b.Put()
	if b.Addr(0) != addr {
		t.Error("a region that was given back was not used again")
	}
	c := get(t, 100)
	defer c.Put()
	if c.Addr(0) == addr {
		t.Error("one region was given out twice")
	}
}
