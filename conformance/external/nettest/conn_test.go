// Package nettest runs the tests of golang.org/x/net/nettest on the Conn of
// mxsocket: what the Go authors expect of every net.Conn.
package nettest

import (
	"context"
	"flag"
	"fmt"
	"net"
	"testing"

	"golang.org/x/net/nettest"

	"mx.example/handle"
	"mx.example/mxsocket"
)

var rounds = flag.Int("rounds", 3, "run the tests of nettest `N` times in a row")

// makers are the ways to a connected pair.
var makers = map[string]func(t *handle.Table) nettest.MakePipe{
	"stream": func(t *handle.Table) nettest.MakePipe { return pair(t, mxsocket.Stream) },
	// A few bytes at a time: every call waits.
	"small": func(t *handle.Table) nettest.MakePipe {
		return pair(t, mxsocket.Stream, mxsocket.WithCapacity(7))
	},
	// nettest takes packets too, if they may have 1,024 bytes.
	"datagram": func(t *handle.Table) nettest.MakePipe { return pair(t, mxsocket.Datagram) },
	"listener": func(t *handle.Table) nettest.MakePipe {
		return func() (c1, c2 net.Conn, stop func(), err error) {
			l := mxsocket.Listen(t, "nettest")
			if c1, err = l.Dial(context.Background()); err != nil {
				return nil, nil, nil, err
			}
			if c2, err = l.Accept(); err != nil {
				return nil, nil, nil, err
			}
			return c1, c2, func() { l.Close(); c1.Close(); c2.Close() }, nil
		}
	},
}

func pair(t *handle.Table, mode uint32, opts ...mxsocket.Option) nettest.MakePipe {
	return func() (c1, c2 net.Conn, stop func(), err error) {
		a, b, err := mxsocket.Create(t, mode, opts...)
		if err != nil {
			return nil, nil, nil, err
		}
		c1, c2 = mxsocket.NewConn(t, a), mxsocket.NewConn(t, b)
		return c1, c2, func() { c1.Close(); c2.Close() }, nil
	}
}

func TestConn(t *testing.T) {
	for _, e := range handle.Editions() {
		for name, maker := range makers {
			t.Run(fmt.Sprintf("%v/%s", e, name), func(t *testing.T) {
				t.Parallel() // most of it waits for deadlines
				for i := range *rounds {
					table := handle.NewTable(handle.WithEdition(e), handle.WithHandleLimit(2))
					t.Run(fmt.Sprint(i), func(t *testing.T) { nettest.TestConn(t, maker(table)) })
				}
			})
		}
	}
}
