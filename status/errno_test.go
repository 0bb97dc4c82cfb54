//go:build !plan9 && !wasip1

package status_test

import (
	"syscall"
	"testing"

	"mx.example/status"
)

// translated are the error numbers that have a status. The first of each
// status is the one that stands for it the other way.
var translated = []struct {
	status status.Status
	errnos []syscall.Errno
}{
	{status.OK, []syscall.Errno{0}},
	{status.ErrShouldWait, []syscall.Errno{syscall.EAGAIN, syscall.EWOULDBLOCK}},
	{status.ErrPeerClosed, []syscall.Errno{syscall.EPIPE, syscall.ECONNRESET, syscall.ECONNREFUSED, syscall.ENOTCONN}},
	{status.ErrBadHandle, []syscall.Errno{syscall.EBADF}},
	{status.ErrWrongType, []syscall.Errno{syscall.ENOTSOCK}},
	{status.ErrInvalidArgs, []syscall.Errno{syscall.EINVAL, syscall.EFAULT}},
	{status.ErrAccessDenied, []syscall.Errno{syscall.EACCES, syscall.EPERM}},
	{status.ErrNoMemory, []syscall.Errno{syscall.ENOMEM, syscall.ENOBUFS, syscall.EMFILE, syscall.ENFILE}},
	{status.ErrOutOfRange, []syscall.Errno{syscall.EMSGSIZE}},
}

func TestErrno(t *testing.T) {
	known := make(map[syscall.Errno]bool)
	for _, row := range translated {
		for _, e := range row.errnos {
			known[e] = true
			if got := status.FromErrno(e); got != row.status {
				t.Errorf("FromErrno(%d: %v) = %v, want %v", int(e), e, got, row.status)
			}
		}
		if got := row.status.Errno(); got != row.errnos[0] {
			t.Errorf("%v.Errno() = %d: %v, want %d: %v", row.status, int(got), got, int(row.errnos[0]), row.errnos[0])
		}
	}
	for e := range syscall.Errno(4096) {
		if got := status.FromErrno(e); !known[e] && got != status.ErrInternal {
			t.Errorf("FromErrno(%d: %v) = %v, want INTERNAL", int(e), e, got)
		}
	}
}

func TestErrnoOfEveryStatus(t *testing.T) {
	returned := make(map[status.Status]bool)
	for _, row := range translated {
		returned[row.status] = true
	}
	for _, n := range numbers {
		e := n.status.Errno()
		if (e == 0) != (n.status == status.OK) {
			t.Errorf("%v.Errno() = %d", n.status, int(e))
		}
		want := status.ErrInternal
		switch {
		case returned[n.status]:
			want = n.status
		case n.status == status.ErrNoResources:
			want = status.ErrNoMemory
		case n.status == status.ErrIORefused:
			want = status.ErrPeerClosed
		}
		if got := status.FromErrno(e); got != want {
			t.Errorf("%v comes back from %v as %v, want %v", n.status, e, got, want)
		}
	}
}
