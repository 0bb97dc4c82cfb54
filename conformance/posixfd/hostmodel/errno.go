//go:build !plan9

package hostmodel

import "syscall"

// The error numbers that the kernel model knows.
const (
	eACCES          = syscall.EACCES
	eADDRNOTAVAIL   = syscall.EADDRNOTAVAIL
	eAFNOSUPPORT    = syscall.EAFNOSUPPORT
	eAGAIN          = syscall.EAGAIN
	eBADF           = syscall.EBADF
	eCONNREFUSED    = syscall.ECONNREFUSED
	eCONNRESET      = syscall.ECONNRESET
	eFAULT          = syscall.EFAULT
	eHOSTUNREACH    = syscall.EHOSTUNREACH
	eINVAL          = syscall.EINVAL
	eMFILE          = syscall.EMFILE
	eMSGSIZE        = syscall.EMSGSIZE
	eNETDOWN        = syscall.ENETDOWN
	eNETUNREACH     = syscall.ENETUNREACH
	eNFILE          = syscall.ENFILE
	eNOBUFS         = syscall.ENOBUFS
	eNOMEM          = syscall.ENOMEM
	eNOSPC          = syscall.ENOSPC
	eNOSYS          = syscall.ENOSYS
	eNOTCONN        = syscall.ENOTCONN
	ePERM           = syscall.EPERM
	ePIPE           = syscall.EPIPE
	ePROTONOSUPPORT = syscall.EPROTONOSUPPORT
)
