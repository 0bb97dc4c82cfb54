//go:build !plan9

package trace

import (
	"syscall"

	"mx.example/status"
)

var errnoNames = map[status.Errno]string{
	syscall.EACCES:       "EACCES",
	syscall.EAGAIN:       "EAGAIN",
	syscall.EBADF:        "EBADF",
	syscall.ECONNREFUSED: "ECONNREFUSED",
	syscall.ECONNRESET:   "ECONNRESET",
	syscall.EDESTADDRREQ: "EDESTADDRREQ",
	syscall.EFAULT:       "EFAULT",
	syscall.EINTR:        "EINTR",
	syscall.EINVAL:       "EINVAL",
	syscall.EISCONN:      "EISCONN",
	syscall.EMFILE:       "EMFILE",
	syscall.EMSGSIZE:     "EMSGSIZE",
	syscall.ENFILE:       "ENFILE",
	syscall.ENOBUFS:      "ENOBUFS",
	syscall.ENOMEM:       "ENOMEM",
	syscall.ENOSYS:       "ENOSYS",
	syscall.ENOTCONN:     "ENOTCONN",
	syscall.ENOTSOCK:     "ENOTSOCK",
	syscall.ENOTSUP:      "ENOTSUP",
	syscall.EPERM:        "EPERM",
	syscall.EPIPE:        "EPIPE",
	syscall.ETIMEDOUT:    "ETIMEDOUT",
}
