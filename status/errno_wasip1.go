package status

import "syscall"

// WASI has neither number.
const (
	eWOULDBLOCK = syscall.EAGAIN
	eSHUTDOWN   = syscall.EPIPE
)
