package mxsocket

import (
	"net"
	"syscall"

	"mx.example/handle"
	"mx.example/status"
)

// A PacketConn is a net.PacketConn over a handle to a datagram socket. It is a
// net.Conn too, and in all respects like a [Conn], but for ReadFrom and
// WriteTo, which are those of a net.PacketConn here. There is one address to
// receive from and send to: that of the peer.
type PacketConn struct{ conn }

// NewPacketConn is [NewConn] for a net.PacketConn.
//
// BAD_HANDLE: h is not a handle of t. WRONG_TYPE: h is no socket. INVALID_ARGS:
// it is a stream socket. h remains the caller's then.
func NewPacketConn(t *handle.Table, h handle.Handle) (*PacketConn, error) {
	c := new(PacketConn)
	c.init(t, h)
	switch {
	case c.entry == nil:
		return nil, status.ErrBadHandle
	case c.ep == nil:
		return nil, status.ErrWrongType
	case !c.ep.pair.datagram:
		return nil, status.ErrInvalidArgs
	}
	return c, nil
}

// ReadFrom is Read, and returns the address of the peer too.
func (c *PacketConn) ReadFrom(p []byte) (n int, addr net.Addr, err error) {
	n, err = c.Read(p)
	if err != nil {
		return n, nil, err
	}
	return n, c.remote, nil
}

// WriteTo is Write. addr must be the address of the peer, as RemoteAddr
// and ReadFrom return it: a pair has no other.
func (c *PacketConn) WriteTo(p []byte, addr net.Addr) (n int, err error) {
	if !c.made() {
		return 0, syscall.EINVAL
	}
	if addr == nil {
		return 0, c.fail("write", &net.AddrError{Err: "missing address; a socket sends to " + c.remote.String() + " only"})
	}
	if addr != c.remote {
		return 0, c.fail("write", &net.AddrError{Err: "a socket sends to " + c.remote.String() + " only, not to", Addr: addr.String()})
	}
	return c.Write(p)
}

var (
	_ net.PacketConn = (*PacketConn)(nil)
	_ net.Conn       = (*PacketConn)(nil)
)
