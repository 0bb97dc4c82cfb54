package mxsocket

import (
	"io"
	"net"
	"strconv"
	"syscall"
	"time"

	"mx.example/handle"
	"mx.example/status"
)

// A Conn is a net.Conn over a handle to a socket: calls that block, deadlines
// and the errors that Go programs look for.
//
// All methods may be called by any number of goroutines. The bytes of one
// Write are contiguous, also when it has to wait for room; a Read that comes
// while another is under way waits its turn. A Conn has no state of its own but
// its deadlines, so calls on the handle itself go well together with it.
//
// On a datagram socket a Write is one datagram, and a Read takes one and
// discards what does not fit; an empty Write sends nothing (W-ZERO). For
// programs that want a net.PacketConn there is [PacketConn].
//
// The zero Conn is of no use: its methods fail with syscall.EINVAL, as those of
// package net do.
//
// # Errors
//
// Read returns io.EOF when there is nothing left and nothing will come: the
// other endpoint is gone, or the direction was ended. Every other failure is a
// *net.OpError, and so a net.Error. [errors.Is] finds in it the status of the
// call and what the standard library has for it:
//
//	TIMED_OUT               os.ErrDeadlineExceeded
//	BAD_HANDLE, CANCELED    net.ErrClosed
//	PEER_CLOSED, BAD_STATE  syscall.EPIPE, io.ErrClosedPipe
//	any other               the number of status.Status.Errno
//
// BAD_STATE is what a Write gets when its direction was ended. A Write that
// fails tells how many bytes were taken before. It does not wait for memory:
// where a memory limit leaves none, it is NO_MEMORY.
type Conn struct{ conn }

// conn is what a Conn and a PacketConn share.
type conn struct {
	// Immutable. An entry is never used for another handle, so that a Conn
	// whose handle is gone does not take a later one for it.
	t     *handle.Table // that has the handle
	front *handle.Table // as given to NewConn: another one if it is Hooked
	h     handle.Handle
	entry *handle.Entry // nil if h was not valid
	ep    *endpoint     // nil if it was no socket

	local, remote    net.Addr // immutable
	reading, writing deadline
	turn             turn // of those that read
}

// NewConn makes a Conn over h, which is a handle of t from then on owned by the
// Conn: [Conn.Close] closes it. It needs the right to read for reading and the
// right to write for writing. If h is not a handle of t, or refers to no
// socket, every call on the Conn says so.
//
// A handle that is replaced or transferred leaves its Conn closed; make
// another for the new value. A t that [handle.NewTable] did not make panics.
func NewConn(t *handle.Table, h handle.Handle) *Conn {
	c := new(Conn)
	c.init(t, h)
	return c
}

// made reports whether NewConn made c, or NewPacketConn. As those of package
// net do, the methods of any other fail with syscall.EINVAL.
func (c *conn) made() bool { return c.t != nil }

// hooked reports whether hooks are to be told of calls on c.
func (c *conn) hooked() bool { return c.front != c.t }

func (c *conn) init(t *handle.Table, h handle.Handle) {
	t.Edition() // panics for a table that nobody made
	c.t, c.h, c.front = t, h, t
	if t.Hooked() {
		c.t = t.Behind()
	}
	c.entry = c.t.Lookup(h)
	if c.entry != nil {
		c.ep, _ = c.entry.Object().(*endpoint)
	}
	info, _ := c.t.Info(h) // if it fails the koids are 0, and Read says why
	c.local, c.remote = Addr{info.Koid}, Addr{info.RelatedKoid}
	c.reading.init()
	c.writing.init()
	c.turn.init()
}

// An Addr is the address of a [Conn]: which endpoint it is.
type Addr struct{ Koid handle.Koid }

// Network returns "mx".
func (Addr) Network() string { return "mx" }

// String returns the koid, as in "koid:12".
func (a Addr) String() string { return "koid:" + strconv.FormatUint(uint64(a.Koid), 10) }

// Handle is the handle that the Conn is over, for what a net.Conn has no call
// for. It remains the Conn's.
func (c *conn) Handle() handle.Handle { return c.h }

// LocalAddr is the [Addr] of the endpoint, and RemoteAddr that of its peer,
// also when either is gone (C-KOID).
func (c *conn) LocalAddr() net.Addr { return c.local }

// RemoteAddr is the [Addr] of the peer.
func (c *conn) RemoteAddr() net.Addr { return c.remote }

// Read waits until there are bytes, or on a datagram socket one datagram, and
// takes what fits into p. With an empty p it takes nothing and does not wait.
func (c *conn) Read(p []byte) (n int, err error) {
	n, err = c.read(p)
	switch {
	case err == nil:
		return n, nil
	case c.made() && c.ended(err):
		return n, io.EOF
	}
	return n, c.fail("read", err)
}

func (c *conn) read(p []byte) (n int, err error) {
	if !c.made() {
		return 0, syscall.EINVAL
	}
	if c.hooked() {
		return c.toldRead(p)
	}
	return c.quietRead(p)
}

// quietRead is read of which no hook is told.
func (c *conn) quietRead(p []byte) (n int, err error) {
	ep := usable(c.entry, handle.RightRead)
	if ep == nil {
		return 0, refuse(c.t, c.entry, handle.RightRead)
	}
	if len(p) == 0 {
		if !c.entry.Live() {
			return 0, status.ErrBadHandle
		}
		return 0, nil
	}
	expired := c.reading.expired()
	if isClosed(expired) || !c.turn.take(expired) {
		return 0, status.ErrTimedOut
	}
	defer c.turn.give()
	p = p[:min(len(p), maxSize)]
	return ep.readUntil(c.entry, p, 1, expired)
}

// Write waits until all of p is taken: as room comes, or on a datagram socket
// all at once. n tells how many bytes were taken, also when err is not nil.
func (c *conn) Write(p []byte) (n int, err error) {
	n, err = c.write(p)
	if err != nil {
		err = c.fail("write", err)
	}
	return n, err
}

func (c *conn) write(p []byte) (n int, err error) {
	if !c.made() {
		return 0, syscall.EINVAL
	}
	if c.hooked() {
		return c.toldWrite(p)
	}
	return c.quietWrite(p)
}

// quietWrite is write of which no hook is told.
func (c *conn) quietWrite(p []byte) (n int, err error) {
	ep := usable(c.entry, handle.RightWrite)
	if ep == nil {
		return 0, refuse(c.t, c.entry, handle.RightWrite)
	}
	expired := c.writing.expired()
	if isClosed(expired) {
		return 0, status.ErrTimedOut
	}
	return ep.writeUntil(c.entry, p, expired)
}

// Close closes the handle. Calls that wait on the Conn end with net.ErrClosed,
// as do all later ones, Close included. If it was the last handle of the
// endpoint, the other one reads what was sent, and then io.EOF.
func (c *conn) Close() error {
	if !c.made() {
		return syscall.EINVAL
	}
	err := status.ErrBadHandle.Err()
	if c.entry != nil && c.entry.Live() {
		err = c.front.Close(c.h)
	}
	// After the handle: whoever gives up because of these looks at it to tell
	// why.
	c.reading.shut()
	c.writing.shut()
	if err != nil {
		return c.fail("close", err)
	}
	return nil
}

// SetDeadline is SetReadDeadline and SetWriteDeadline.
func (c *conn) SetDeadline(t time.Time) error {
	if !c.made() {
		return syscall.EINVAL
	}
	c.reading.set(t)
	return c.SetWriteDeadline(t)
}

// SetReadDeadline says when reading is to give up with an error that is
// os.ErrDeadlineExceeded, calls under way included. One in the past ends them
// at once; the zero Time means never.
func (c *conn) SetReadDeadline(t time.Time) error {
	if !c.made() {
		return syscall.EINVAL
	}
	c.reading.set(t)
	return c.alive("set")
}

// SetWriteDeadline is SetReadDeadline for writing. A Write that gives up may
// have written some.
func (c *conn) SetWriteDeadline(t time.Time) error {
	if !c.made() {
		return syscall.EINVAL
	}
	c.writing.set(t)
	return c.alive("set")
}

// alive is the error of a call that only needs the handle.
func (c *conn) alive(op string) error {
	if c.entry == nil || !c.entry.Live() {
		return c.fail(op, status.ErrBadHandle)
	}
	return nil
}

// CloseWrite ends what the Conn sends: its peer reads what was sent, and then
// io.EOF. The other direction goes on. It exists in [handle.Kernel2017] and
// [handle.Zircon], where it needs the right to manage the socket; in
// [handle.Manual] it is errors.ErrUnsupported, since a half close ends the
// other direction there (H-DIRECTION).
func (c *conn) CloseWrite() error {
	return c.closeDirection(true, WriteDisabled, Unchanged)
}

// CloseRead ends what the Conn receives: it reads what is there, and then
// io.EOF, and its peer's writes fail. The other direction goes on. It exists
// in [handle.Manual] and [handle.Zircon], where it needs the right to manage
// the socket; in [handle.Kernel2017] it is errors.ErrUnsupported, since a half
// close ends the other direction there (H-DIRECTION).
func (c *conn) CloseRead() error {
	return c.closeDirection(false, Unchanged, WriteDisabled)
}

// closeDirection ends a direction by the means of the pair's edition.
func (c *conn) closeDirection(outbound bool, mine, peers Disposition) error {
	if !c.made() {
		return syscall.EINVAL
	}
	right := handle.RightWrite
	if c.ep != nil && c.ep.pair.rules.dispositions {
		right = handle.RightManageSocket
	}
	ep := usable(c.entry, right)
	if ep == nil {
		return c.fail("close", refuse(c.t, c.entry, right))
	}
	var err error
	switch r := ep.pair.rules; {
	case r.dispositions && c.hooked():
		err = SetDisposition(c.front, c.h, mine, peers)
	case r.dispositions:
		err = ep.setDisposition(c.entry, mine, peers)
	case r.halfCloseOutbound == outbound && c.hooked():
		_, err = Write(c.front, c.h, HalfClose, nil)
	case r.halfCloseOutbound == outbound:
		err = ep.halfClose(c.entry, HalfClose, 0)
	default:
		err = errNoDirection[outbound]
	}
	if err != nil {
		return c.fail("close", err)
	}
	return nil
}

var (
	_ net.Conn      = (*Conn)(nil)
	_ io.ReaderFrom = (*Conn)(nil)
	_ io.WriterTo   = (*Conn)(nil)
)
