//go:build !plan9

package status

import "syscall"

// Errno is an error number of the host.
type Errno = syscall.Errno

// FromErrno returns the status that means the same as an error number of the
// host: INTERNAL for a number that has no counterpart, and OK for 0. EINTR
// has none, for a call that was interrupted is made again and its number
// never passed on.
func FromErrno(e Errno) Status {
	if e == eWOULDBLOCK {
		// The same number as EAGAIN on most systems, so that it cannot be a
		// case of its own below.
		e = syscall.EAGAIN
	}
	switch e {
	case 0:
		return OK
	case syscall.EAGAIN:
		return ErrShouldWait
	case syscall.EPIPE, syscall.ECONNRESET, syscall.ECONNREFUSED, syscall.ENOTCONN:
		return ErrPeerClosed
	case syscall.EBADF:
		return ErrBadHandle
	case syscall.ENOTSOCK:
		return ErrWrongType
	case syscall.EINVAL, syscall.EFAULT:
		return ErrInvalidArgs
	case syscall.EACCES, syscall.EPERM:
		return ErrAccessDenied
	case syscall.ENOMEM, syscall.ENOBUFS, syscall.EMFILE, syscall.ENFILE:
		return ErrNoMemory
	case syscall.EMSGSIZE:
		return ErrOutOfRange
	}
	return ErrInternal
}

// Errno returns the one error number that stands for s on the host: 0 for OK,
// EIO for a status that POSIX has no word for and for a number without a
// name.
//
// A status that [FromErrno] returns for more than one number has the first of
// them here, so that FromErrno(s.Errno()) == s for those. Of the others,
// NO_RESOURCES comes back as NO_MEMORY and IO_REFUSED as PEER_CLOSED, with
// which they share a number, and all the rest as INTERNAL.
func (s Status) Errno() Errno {
	if i, ok := s.index(); ok {
		return errnos[i]
	}
	return syscall.EIO
}

// errnos holds the canonical error number of each named status, at its number
// without the sign.
var errnos = [len(names)]Errno{
	-OK:                  0,
	-ErrInternal:         syscall.EIO,
	-ErrNotSupported:     syscall.ENOTSUP,
	-ErrNoResources:      syscall.ENOBUFS,
	-ErrNoMemory:         syscall.ENOMEM,
	-ErrCallFailed:       syscall.EPROTO,
	-ErrInterruptedRetry: syscall.EINTR,
	-ErrInvalidArgs:      syscall.EINVAL,
	-ErrBadHandle:        syscall.EBADF,
	-ErrWrongType:        syscall.ENOTSOCK,
	-ErrBadSyscall:       syscall.ENOSYS,
	-ErrOutOfRange:       syscall.EMSGSIZE,
	-ErrBufferTooSmall:   syscall.ERANGE,
	-ErrBadState:         eSHUTDOWN, // "cannot send after endpoint shutdown"
	-ErrTimedOut:         syscall.ETIMEDOUT,
	-ErrShouldWait:       syscall.EAGAIN,
	-ErrCanceled:         syscall.ECANCELED,
	-ErrPeerClosed:       syscall.EPIPE,
	-ErrNotFound:         syscall.ENOENT,
	-ErrAlreadyExists:    syscall.EEXIST,
	-ErrAlreadyBound:     syscall.EADDRINUSE,
	-ErrUnavailable:      syscall.EBUSY,
	-ErrAccessDenied:     syscall.EACCES,
	-ErrIO:               syscall.EIO,
	-ErrIORefused:        syscall.ECONNREFUSED,
	-ErrIODataIntegrity:  syscall.EBADMSG,
	-ErrIODataLoss:       syscall.EIO,
	-ErrBadPath:          syscall.ENAMETOOLONG,
	-ErrNotDir:           syscall.ENOTDIR,
	-ErrNotFile:          syscall.EISDIR,
	-ErrFileBig:          syscall.EFBIG,
	-ErrNoSpace:          syscall.ENOSPC,
	-ErrStop:             syscall.EIO, // asks a walk to end: no failure of anything
	-ErrNext:             syscall.EIO, // asks a walk to go on
}
