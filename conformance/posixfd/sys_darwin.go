package posixfd

import "golang.org/x/sys/unix"

const (
	sendFlags = unix.MSG_DONTWAIT
	pollGone  = 0 // there is no POLLRDHUP: only POLLHUP tells of a peer
)

// silence keeps a write to a closed peer from raising SIGPIPE. A pipe has no
// such option; Go ignores the signal on numbers above 2.
func silence(fd int) error {
	err := unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_NOSIGPIPE, 1)
	if err == unix.ENOTSOCK {
		return nil
	}
	return err
}
