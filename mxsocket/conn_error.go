package mxsocket

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"syscall"

	"mx.example/status"
)

// ended reports whether a read that failed with err has come to the end.
func (c *conn) ended(err error) bool {
	return err == status.ErrPeerClosed || c.ep != nil && err == c.ep.pair.rules.readEnded
}

// fail is the error of a call on c, with the cause and which Conn it was.
func (c *conn) fail(op string, err error) error {
	if !c.made() {
		return &net.OpError{Op: op, Net: "mx", Err: syscall.EINVAL}
	}
	if st, ok := err.(status.Status); ok {
		if st == status.ErrTimedOut && !c.entry.Live() {
			st = status.ErrCanceled // Close ends deadlines too
		}
		err = cause{st}
	}
	return &net.OpError{Op: op, Net: "mx", Source: c.local, Addr: c.remote, Err: err}
}

// A cause is a status together with the errors that a program which knows no
// status looks for in its place. What [status.Status.Is] says holds of it too.
type cause struct{ status.Status }

// standard is at least one error; the first is the one to print.
func (c cause) standard() []error {
	switch c.Status {
	case status.ErrTimedOut:
		return []error{os.ErrDeadlineExceeded}
	case status.ErrBadHandle, status.ErrCanceled:
		return []error{net.ErrClosed}
	case status.ErrPeerClosed, status.ErrBadState:
		return []error{status.ErrPeerClosed.Errno(), io.ErrClosedPipe} // EPIPE
	}
	return []error{c.Errno()}
}

func (c cause) Error() string {
	return c.standard()[0].Error() + " (" + c.Status.String() + ")"
}

func (c cause) Unwrap() []error { return append(c.standard(), c.Status) }

// What CloseRead (false) and CloseWrite (true) say where an edition has only
// the other.
var errNoDirection = map[bool]error{
	false: fmt.Errorf("%w in this edition: a half close ends what the endpoint sends; use CloseWrite", errors.ErrUnsupported),
	true:  fmt.Errorf("%w in this edition: a half close ends what the endpoint receives; use CloseRead", errors.ErrUnsupported),
}
