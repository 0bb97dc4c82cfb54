package mxsocket

import (
	"context"
	"net"
	"sync"
	"syscall"

	"mx.example/handle"
	"mx.example/status"
)

// backlog is how many connections wait to be accepted before a dialer does.
const backlog = 128

// A Listener is a net.Listener that makes stream pairs: [Listener.Dial] gives
// one end, and Accept the other. So whatever serves a net.Listener, such as
// net/http or net/rpc, runs over sockets of this package.
//
// All methods may be called by any number of goroutines. The zero Listener and a
// nil one are of no use: their methods fail with syscall.EINVAL, as those of
// package net do.
type Listener struct {
	t     *handle.Table // immutable, as name and opts are
	name  listenerAddr
	opts  []Option
	queue chan *Conn    // dialed and not yet accepted
	done  chan struct{} // closed by Close
	once  sync.Once
}

// Listen makes a Listener whose pairs are created in t, with opts. name is the
// address that it shows; it need not be unique, and nothing is looked up by it.
func Listen(t *handle.Table, name string, opts ...Option) *Listener {
	return &Listener{
		t:     t,
		name:  listenerAddr(name),
		opts:  opts,
		queue: make(chan *Conn, backlog),
		done:  make(chan struct{}),
	}
}

type listenerAddr string

func (listenerAddr) Network() string  { return "mx" }
func (a listenerAddr) String() string { return string(a) }

// Addr is the name of the listener.
func (l *Listener) Addr() net.Addr {
	if !l.made() {
		return nil
	}
	return l.name
}

// made reports whether Listen made l. As those of package net do, the methods of
// any other fail with syscall.EINVAL.
func (l *Listener) made() bool { return l != nil && l.done != nil }

// Accept waits for a Dial and returns its other end. After Close it fails with
// net.ErrClosed.
func (l *Listener) Accept() (net.Conn, error) { return l.AcceptContext(context.Background()) }

// AcceptContext is Accept that gives up when ctx ends. An end that is there
// already is returned even if ctx has ended, and one that it does not return
// stays for the next call. In the error, a *net.OpError, is then a
// [*handle.ContextError].
func (l *Listener) AcceptContext(ctx context.Context) (net.Conn, error) {
	if !l.made() {
		return nil, syscall.EINVAL
	}
	err := net.ErrClosed
	if !isClosed(l.done) {
		select {
		case c := <-l.queue:
			return c, nil
		default:
		}
		select {
		case c := <-l.queue:
			return c, nil
		case <-ctx.Done():
			err = handle.Ended(ctx, status.ErrTimedOut)
		case <-l.done:
		}
	}
	return nil, &net.OpError{Op: "accept", Net: "mx", Addr: l.name, Err: err}
}

// Dial creates a pair, puts one end up for Accept, and returns the other. It
// does not wait for Accept, unless 128 wait already.
//
// The error is a *net.OpError. In it is ECONNREFUSED if the Listener is closed, a
// [*handle.ContextError] if ctx is done first, and NO_MEMORY if the table is full
// or its memory limit reached. A nil ctx panics.
func (l *Listener) Dial(ctx context.Context) (*Conn, error) {
	switch {
	case !l.made():
		return nil, syscall.EINVAL
	case ctx == nil:
		panic("mxsocket: Listener.Dial: nil context")
	}
	if ctx.Err() != nil {
		return nil, l.refuse(handle.Ended(ctx, status.ErrTimedOut))
	}
	a, b, err := Create(l.t, Stream, l.opts...)
	if err != nil {
		return nil, l.refuse(cause{err.(status.Status)})
	}
	c, served := NewConn(l.t, a), NewConn(l.t, b)
	put := false
	defer func() {
		if !put { // also if a method of ctx panics
			c.Close()
			served.Close()
		}
	}()
	if err := l.put(ctx, served); err != nil {
		return nil, l.refuse(err)
	}
	put = true
	return c, nil
}

// put queues c for Accept.
func (l *Listener) put(ctx context.Context, c *Conn) error {
	if !isClosed(l.done) {
		select {
		case l.queue <- c:
			if isClosed(l.done) {
				l.drain() // Close may have done so before c was there
			}
			return nil
		case <-ctx.Done():
			return handle.Ended(ctx, status.ErrTimedOut)
		case <-l.done:
		}
	}
	return cause{status.ErrIORefused}
}

func (l *Listener) refuse(err error) error {
	return &net.OpError{Op: "dial", Net: "mx", Addr: l.name, Err: err}
}

// DialContext is Dial with the parameters that http.Transport and others have
// for it. It does not look at network and address.
func (l *Listener) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	c, err := l.Dial(ctx)
	if err != nil {
		return nil, err
	}
	return c, nil
}

// Close ends the listening: Accept and Dial fail from then on, and what was
// dialed and not accepted is closed. Connections that were accepted stay.
func (l *Listener) Close() error {
	if !l.made() {
		return syscall.EINVAL
	}
	l.once.Do(func() { close(l.done) })
	l.drain()
	return nil
}

// drain closes what waits to be accepted.
func (l *Listener) drain() {
	for {
		select {
		case c := <-l.queue:
			c.Close()
		default:
			return
		}
	}
}

var _ net.Listener = (*Listener)(nil)
