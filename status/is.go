package status

import (
	"errors"
	"io"
	"io/fs"
	"os"
)

// Is makes errors.Is(s, target) true for the error of the standard library
// that means the same as s:
//
//	TIMED_OUT                   os.ErrDeadlineExceeded
//	ACCESS_DENIED               fs.ErrPermission
//	BAD_HANDLE, CANCELED        fs.ErrClosed
//	ALREADY_EXISTS              fs.ErrExist
//	NOT_FOUND                   fs.ErrNotExist
//	INVALID_ARGS                fs.ErrInvalid
//	NOT_SUPPORTED, BAD_SYSCALL  errors.ErrUnsupported
//	PEER_CLOSED                 io.ErrClosedPipe
//	BUFFER_TOO_SMALL            io.ErrShortBuffer
//
// BAD_HANDLE is what a call on a closed handle gives, and CANCELED is what
// becomes of a wait whose handle is closed, replaced or transferred
// meanwhile: the two halves of "already closed".
//
// PEER_CLOSED is not io.EOF, though a read that has drained a socket returns
// it: a write returns it too, and there taking it for a good end would lose
// data without a word. Nor does any status match a [syscall.Errno]: the
// numbers of another system are asked for with [Status.Errno].
func (s Status) Is(target error) bool {
	switch s {
	case ErrTimedOut:
		return target == os.ErrDeadlineExceeded
	case ErrAccessDenied:
		return target == fs.ErrPermission
	case ErrBadHandle, ErrCanceled:
		return target == fs.ErrClosed
	case ErrAlreadyExists:
		return target == fs.ErrExist
	case ErrNotFound:
		return target == fs.ErrNotExist
	case ErrInvalidArgs:
		return target == fs.ErrInvalid
	case ErrNotSupported, ErrBadSyscall:
		return target == errors.ErrUnsupported
	case ErrPeerClosed:
		return target == io.ErrClosedPipe
	case ErrBufferTooSmall:
		return target == io.ErrShortBuffer
	}
	return false
}

// Timeout reports whether s means that the time was not right rather than the
// call: TIMED_OUT and SHOULD_WAIT, as [syscall.Errno] has it of ETIMEDOUT and
// EAGAIN. With [Status.Temporary] it makes a status a net.Error.
func (s Status) Timeout() bool {
	return s == ErrTimedOut || s == ErrShouldWait
}

// Temporary reports whether the same call may succeed later without anything
// else being done: every Timeout, and INTERRUPTED_RETRY, NO_MEMORY,
// NO_RESOURCES and UNAVAILABLE.
func (s Status) Temporary() bool {
	switch s {
	case ErrInterruptedRetry, ErrNoMemory, ErrNoResources, ErrUnavailable:
		return true
	}
	return s.Timeout()
}
