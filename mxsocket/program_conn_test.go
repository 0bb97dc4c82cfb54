package mxsocket_test

import (
	"errors"
	"fmt"
	"io"
	"net"
	"slices"

	"mx.example/conformance/oracle"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/mxsocket"
	"mx.example/status"
)

// A conn is a Conn or a PacketConn, and the deadlines that it has.
type conn struct {
	ends
	read, write oracle.Loop // of which only the deadline counts
	reading     *loop
}

// ends is what both have, and net.Conn has not.
type ends interface {
	net.Conn
	CloseRead() error
	CloseWrite() error
}

// connect makes a Conn or PacketConn over a handle, or moves a deadline of one.
func (p *program) connect(name string) {
	c := p.conns[name]
	if c == nil {
		busy := slices.ContainsFunc(p.loops, func(l *loop) bool { return !l.done && l.H.Name == name })
		if _, live := p.model.Lookup(trace.Ref{Name: name}); !live || busy {
			return
		}
		var over ends = mxsocket.NewConn(p.table(name), p.values[name])
		if p.datagram && p.rnd.IntN(2) == 0 {
			var err error
			if over, err = mxsocket.NewPacketConn(p.table(name), p.values[name]); err != nil {
				p.fail("NewPacketConn: %v", err)
			}
		}
		p.say("%T over %s", over, name)
		p.conns[name] = &conn{ends: over, read: oracle.Loop{Never: true}, write: oracle.Loop{Never: true}}
		return
	}
	l, set := &c.read, c.SetReadDeadline
	if p.rnd.IntN(2) == 0 {
		l, set = &c.write, c.SetWriteDeadline
	}
	l.H, l.Write = trace.Ref{Name: name}, l == &c.write
	at := p.until(l)
	p.say("deadline of %s, write %v: %v (never %v)", name, l.Write, l.Deadline, l.Never)
	set(at)
	p.model.Move(l)
}

// through returns the call of l on c, by one of the ways that there are.
func (p *program) through(c *conn, l *loop) func() (int, error) {
	packets, _ := c.ends.(*mxsocket.PacketConn)
	stream, _ := c.ends.(*mxsocket.Conn)
	size := len(l.buf)
	other := p.rnd.IntN(2) == 0
	switch {
	case packets != nil && l.Write && other:
		return func() (int, error) { return packets.WriteTo(l.buf, packets.RemoteAddr()) }
	case packets != nil && other:
		return func() (int, error) {
			n, from, err := packets.ReadFrom(l.buf)
			if (from == packets.RemoteAddr()) != (err == nil) {
				err = fmt.Errorf("from %v, %v", from, err)
			}
			return n, err
		}
	case stream != nil && l.Write && other && size > 0 && (!p.datagram || size <= p.capacity):
		// It is one write, since the Reader gives all at once.
		p.say("by ReadFrom")
		return func() (int, error) {
			n, err := stream.ReadFrom(&source{string(l.buf), size, false, io.EOF})
			return int(n), err
		}
	case l.Write:
		return func() (int, error) { return c.Write(l.buf) }
	}
	return func() (int, error) { return c.Read(l.buf) }
}

// halfConn ends a direction of a Conn, where the edition has a way.
func (p *program) halfConn(name string, c *conn) {
	outbound := p.rnd.IntN(2) == 0
	p.say("end a direction of the Conn over %s, outbound %v", name, outbound)
	end := c.CloseRead
	if outbound {
		end = c.CloseWrite
	}
	err := end()
	call := &trace.Call{H: trace.Ref{Name: name}}
	switch {
	case p.model.Edition == handle.Zircon && outbound:
		call.Op, call.Mine = trace.OpSetDisposition, uint32(mxsocket.WriteDisabled)
	case p.model.Edition == handle.Zircon:
		call.Op, call.Peers = trace.OpSetDisposition, uint32(mxsocket.WriteDisabled)
	case outbound == (p.model.Edition == handle.Kernel2017):
		call.Op, call.Options = trace.OpWrite, mxsocket.HalfClose
	default:
		if !errors.Is(err, errors.ErrUnsupported) {
			p.fail("a direction that the edition cannot end: %v", err)
		}
		return
	}
	var st status.Status
	if errors.As(err, &st) {
		err = st
	}
	p.check(call, 0, nil, err)
}
