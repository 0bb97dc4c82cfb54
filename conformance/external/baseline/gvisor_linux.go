package baseline

import (
	"errors"
	"sync/atomic"

	"gvisor.dev/gvisor/pkg/abi/linux"
	"gvisor.dev/gvisor/pkg/context"
	"gvisor.dev/gvisor/pkg/sentry/socket/unix/transport"
	"gvisor.dev/gvisor/pkg/syserr"
	"gvisor.dev/gvisor/pkg/waiter"
)

// gVisor is the unix stream socket of gVisor's kernel, in-process: the nearest
// relative there is, with a lock a queue, messages in a list, and waiters that
// are told of events.
func gVisor() Subject {
	return Subject{
		Name: GVisor,
		WriteRead: func(size int) (Loop, error) {
			a, b := gVisorPair()
			src, dst := make([]byte, size), make([]byte, size)
			return Loop{
				Run: func(n int) error {
					for range n {
						if k, err := a.send(src); k != size {
							return short(err)
						}
						if k, err := b.receive(dst); k != size {
							return short(err)
						}
					}
					return nil
				},
				Close: func() { a.close(); b.close() },
			}, nil
		},
		Stream: func(size int) (Loop, error) {
			a, b := gVisorPair()
			a.watch(waiter.EventOut)
			b.watch(waiter.EventIn)
			src, dst := make([]byte, size), make([]byte, size)
			return Loop{
				Run: func(n int) error {
					return both(func() error {
						for range n {
							if err := a.sendAll(src); err != nil {
								return err
							}
						}
						return nil
					}, func() error {
						for left := n * size; left > 0; {
							k, err := b.await(dst)
							if err != nil {
								return err
							}
							left -= k
						}
						return nil
					})
				},
				Close: func() { a.close(); b.close() },
			}, nil
		},
		PingPong: func() (Loop, error) {
			a, b := gVisorPair()
			a.watch(waiter.EventIn) // one byte always fits
			b.watch(waiter.EventIn)
			mine, theirs := make([]byte, 1), make([]byte, 1)
			return Loop{
				Run: func(n int) error {
					return both(func() error {
						for range n {
							if err := a.sendAll(mine); err != nil {
								return err
							}
							if _, err := a.await(mine); err != nil {
								return err
							}
						}
						return nil
					}, func() error {
						for range n {
							if _, err := b.await(theirs); err != nil {
								return err
							}
							if err := b.sendAll(theirs); err != nil {
								return err
							}
						}
						return nil
					})
				},
				Close: func() { a.close(); b.close() },
			}, nil
		},
		CreateClose: func() (Loop, error) {
			ctx, ids := context.Background(), new(serial)
			return Loop{Run: func(n int) error {
				for range n {
					a, b := transport.NewPair(ctx, linux.SOCK_STREAM, ids)
					a.Close(ctx)
					b.Close(ctx)
				}
				return nil
			}}, nil
		},
		Idle: func(n int) (func(), error) {
			ctx, ids := context.Background(), new(serial)
			ends := make([]transport.Endpoint, 0, 2*n)
			for range n {
				a, b := transport.NewPair(ctx, linux.SOCK_STREAM, ids)
				ends = append(ends, a, b)
			}
			return func() {
				for _, e := range ends {
					e.Close(ctx)
				}
			}, nil
		},
	}
}

// serial numbers the endpoints, as gVisor wants it.
type serial struct{ last atomic.Uint64 }

func (s *serial) UniqueID() uint64 { return s.last.Add(1) }

// A gVisorEnd is an endpoint and what a call on it needs, so that a call
// allocates nothing of its own.
type gVisorEnd struct {
	e     transport.Endpoint
	ctx   context.Context
	vec   [1][]byte
	entry waiter.Entry
	ready chan struct{} // nil before watch
}

func gVisorPair() (a, b *gVisorEnd) {
	ctx := context.Background()
	x, y := transport.NewPair(ctx, linux.SOCK_STREAM, new(serial))
	return &gVisorEnd{e: x, ctx: ctx}, &gVisorEnd{e: y, ctx: ctx}
}

// watch registers for events once and for all, which is cheaper than to do it
// for each wait. A token in the channel may be of an event long past.
func (g *gVisorEnd) watch(events waiter.EventMask) {
	g.entry, g.ready = waiter.NewChannelEntry(events | waiter.EventHUp)
	g.e.EventRegister(&g.entry)
}

func (g *gVisorEnd) close() {
	if g.ready != nil {
		g.e.EventUnregister(&g.entry)
	}
	g.e.Close(g.ctx)
}

func (g *gVisorEnd) send(p []byte) (int, *syserr.Error) {
	g.vec[0] = p
	n, notify, err := g.e.SendMsg(g.ctx, g.vec[:], transport.ControlMessages{}, nil)
	if notify != nil {
		notify()
	}
	return int(n), err
}

func (g *gVisorEnd) receive(p []byte) (int, *syserr.Error) {
	g.vec[0] = p
	out, notify, err := g.e.RecvMsg(g.ctx, g.vec[:], transport.RecvArgs{})
	if notify != nil {
		notify()
	}
	return int(out.RecvLen), err
}

// sendAll sends all of p and waits for room as it must.
func (g *gVisorEnd) sendAll(p []byte) error {
	for {
		n, err := g.send(p)
		if p = p[n:]; len(p) == 0 {
			return nil
		}
		if err != syserr.ErrWouldBlock {
			return short(err)
		}
		<-g.ready
	}
}

// await receives what there is, and waits if that is nothing.
func (g *gVisorEnd) await(p []byte) (int, error) {
	for {
		n, err := g.receive(p)
		if err == nil {
			return n, nil
		}
		if err != syserr.ErrWouldBlock {
			return 0, short(err)
		}
		<-g.ready
	}
}

func short(err *syserr.Error) error {
	if err == nil {
		return errShort
	}
	return errors.New(err.String())
}
