// Package guardpage makes memory that ends where memory that cannot be accessed
// begins: what a fault in the middle of a buffer is made of.
package guardpage

import (
	"errors"
	"runtime"
	"sync"
	"unsafe"
)

// ErrUnavailable is the error of [Get] where the standard library cannot take
// the access to a page away.
var ErrUnavailable = errors.New("memory that cannot be accessed cannot be made on " + runtime.GOOS)

const (
	// common is the good part of the regions that are kept for the next use.
	common = 64 << 10
	// wall is how many inaccessible bytes follow, whatever size a call names:
	// whoever looks at the first of them goes no further.
	wall = 64 << 10
	// kept is how many common regions wait for the next use at most.
	kept = 16
)

// A Region is a run of good bytes followed by inaccessible ones. It is not
// part of the Go heap, so its address stays what it is.
type Region struct {
	mem  []byte // the good part, then the wall
	good int
	// Actual is a word for the count that a system call gives back.
	Actual uint64
}

var (
	mu   sync.Mutex
	free []*Region
)

// Get returns a region with room for n good bytes. The caller gives it back
// with [Region.Put].
func Get(n int) (*Region, error) {
	if n <= common {
		mu.Lock()
		if last := len(free) - 1; last >= 0 {
			r := free[last]
			free = free[:last]
			mu.Unlock()
			return r, nil
		}
		mu.Unlock()
		n = common
	}
	page := pageSize()
	good := (n + page - 1) / page * page
	mem, err := mapWithWall(good, wall)
	if err != nil {
		return nil, err
	}
	return &Region{mem: mem, good: good}, nil
}

// Put gives the region back. Nothing may use its memory afterwards.
func (r *Region) Put() {
	if r.good == common {
		mu.Lock()
		if len(free) < kept {
			free = append(free, r)
			mu.Unlock()
			return
		}
		mu.Unlock()
	}
	unmap(r.mem)
	r.mem = nil
}

// Bytes returns the last n good bytes, those right before the wall.
func (r *Region) Bytes(n int) []byte { return r.mem[r.good-n : r.good : r.good] }

// Addr is the address of [Region.Bytes](n). With n 0 it is inaccessible.
func (r *Region) Addr(n int) uintptr {
	return uintptr(unsafe.Pointer(&r.mem[r.good-n]))
}

// BadWord is a pointer to a word that cannot be accessed.
func (r *Region) BadWord() *uint64 {
	return (*uint64)(unsafe.Pointer(&r.mem[r.good]))
}
