//go:build linux || darwin

package guardpage

import "syscall"

func protect(b []byte) error { return syscall.Mprotect(b, syscall.PROT_NONE) }
