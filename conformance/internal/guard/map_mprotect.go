//go:build linux || darwin

package guard

import "syscall"

func protect(b []byte) error { return syscall.Mprotect(b, syscall.PROT_NONE) }
