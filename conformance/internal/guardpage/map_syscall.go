//go:build freebsd || netbsd || dragonfly

package guardpage

import (
	"syscall"
	"unsafe"
)

// protect makes the call itself: package syscall has no Mprotect here.
func protect(b []byte) error {
	_, _, errno := syscall.Syscall(syscall.SYS_MPROTECT,
		uintptr(unsafe.Pointer(unsafe.SliceData(b))), uintptr(len(b)), syscall.PROT_NONE)
	if errno != 0 {
		return errno
	}
	return nil
}
