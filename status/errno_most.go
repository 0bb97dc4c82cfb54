//go:build !plan9 && !wasip1

package status

import "syscall"

const (
	eWOULDBLOCK = syscall.EWOULDBLOCK
	eSHUTDOWN   = syscall.ESHUTDOWN
)
