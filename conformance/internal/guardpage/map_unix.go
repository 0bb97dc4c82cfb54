//go:build linux || darwin || freebsd || netbsd || dragonfly

package guardpage

import (
	"fmt"
	"syscall"
)

func pageSize() int { return syscall.Getpagesize() }

func mapWithWall(good, wall int) ([]byte, error) {
	mem, err := syscall.Mmap(-1, 0, good+wall, syscall.PROT_READ|syscall.PROT_WRITE,
		syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		return nil, fmt.Errorf("cannot map %d bytes of memory: %w", good+wall, err)
	}
	if err := protect(mem[good:]); err != nil {
		unmap(mem)
		return nil, fmt.Errorf("cannot take the access to memory away: %w", err)
	}
	return mem, nil
}

// unmap cannot fail on memory that mapWithWall returned.
func unmap(mem []byte) { _ = syscall.Munmap(mem) }
