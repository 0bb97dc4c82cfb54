package peers

import (
	"errors"
	"time"

	"mx.example/conformance/external/baseline"
	"mx.example/handle"
	"mx.example/mxsocket"
	"mx.example/status"
)

// Names of the sockets that are measured.
const (
	MXStream   = "mx-stream"
	MXDatagram = "mx-datagram"
	MXBlocking = "mx-blocking" // a stream, by the calls that block
)

// sockets are the sockets of mxsocket as subjects, through the whole call:
// table, handle, rights and signals.
func sockets() []baseline.Subject {
	return []baseline.Subject{
		socketSubject(MXStream, mxsocket.Stream),
		socketSubject(MXDatagram, mxsocket.Datagram),
		blockingSubject(),
	}
}

var errShort = errors.New("fewer bytes moved than were asked for")

// An end is a handle and the table it is in.
type end struct {
	t *handle.Table
	h handle.Handle
}

func newPair(options uint32, opts ...mxsocket.Option) (a, b end, err error) {
	t := handle.NewTable()
	x, y, err := mxsocket.Create(t, options, opts...)
	return end{t, x}, end{t, y}, err
}

func (e end) close() { _ = e.t.Close(e.h) } // which is its own, so it cannot fail

// put writes what a first write of p left over, n bytes having gone, waiting for
// room as it must. Room must be room for a whole datagram; see wholeMessages.
func (e end) put(p []byte, n int, err error) error {
	for {
		switch err {
		case nil:
			if p = p[n:]; len(p) == 0 {
				return nil
			}
		case status.ErrShouldWait:
			if _, err := e.t.WaitOne(e.h, handle.Writable|handle.PeerClosed, time.Time{}); err != nil {
				return err
			}
		default:
			return err
		}
		n, err = mxsocket.Write(e.t, e.h, 0, p)
	}
}

// await waits until there is something to read, if that is why a read failed.
func (e end) await(err error) error {
	if err == status.ErrShouldWait {
		_, err = e.t.WaitOne(e.h, handle.Readable|handle.PeerClosed, time.Time{})
	}
	return err
}

// exchange is one side of n round trips of a byte: p is sent, and comes back. The
// wait comes before the read, since the answer cannot be there yet.
func (e end) exchange(p []byte, n int, first bool) error {
	for range n {
		if first {
			if k, err := mxsocket.Write(e.t, e.h, 0, p); k < len(p) {
				return orShort(err)
			}
		}
		if err := e.await(status.ErrShouldWait); err != nil {
			return err
		}
		if k, err := mxsocket.Read(e.t, e.h, 0, p); k < len(p) {
			return orShort(err)
		}
		if !first {
			if k, err := mxsocket.Write(e.t, e.h, 0, p); k < len(p) {
				return orShort(err)
			}
		}
	}
	return nil
}

// writeRead is n messages, each written and read on one goroutine.
func writeRead(a, b end, src, dst []byte, n int) error {
	for range n {
		if k, err := mxsocket.Write(a.t, a.h, 0, src); k != len(src) {
			return orShort(err)
		}
		if k, err := mxsocket.Read(b.t, b.h, 0, dst); k != len(src) {
			return orShort(err)
		}
	}
	return nil
}

func orShort(err error) error {
	if err == nil {
		return errShort
	}
	return err
}

// wholeMessages is a capacity that no datagrams of size bytes leave half
// full: WRITABLE says that there is a free byte, not that a datagram fits, and
// whoever waits for it with less room than that would turn in a circle.
func wholeMessages(size int) mxsocket.Option {
	return mxsocket.WithCapacity(uint64(mxsocket.DefaultCapacity / size * size))
}

func socketSubject(name string, options uint32) baseline.Subject {
	return baseline.Subject{
		Name: name,
		WriteRead: func(size int) (baseline.Loop, error) {
			a, b, err := newPair(options)
			if err != nil {
				return baseline.Loop{}, err
			}
			src, dst := make([]byte, size), make([]byte, size)
			return baseline.Loop{
				Run:   func(n int) error { return writeRead(a, b, src, dst, n) },
				Close: func() { a.close(); b.close() },
			}, nil
		},
		Stream: func(size int) (baseline.Loop, error) {
			var opts []mxsocket.Option
			if options == mxsocket.Datagram {
				opts = append(opts, wholeMessages(size))
			}
			a, b, err := newPair(options, opts...)
			if err != nil {
				return baseline.Loop{}, err
			}
			src, dst := make([]byte, size), make([]byte, size)
			return baseline.Loop{
				Run: func(n int) error {
					return together(func() error {
						for range n {
							if k, err := mxsocket.Write(a.t, a.h, 0, src); k < size {
								if err := a.put(src, k, err); err != nil {
									return err
								}
							}
						}
						return nil
					}, func() error {
						for left := n * size; left > 0; {
							k, err := mxsocket.Read(b.t, b.h, 0, dst)
							if err != nil {
								if err := b.await(err); err != nil {
									return err
								}
							}
							left -= k
						}
						return nil
					})
				},
				Close: func() { a.close(); b.close() },
			}, nil
		},
		PingPong: func() (baseline.Loop, error) {
			a, b, err := newPair(options)
			if err != nil {
				return baseline.Loop{}, err
			}
			mine, theirs := make([]byte, 1), make([]byte, 1)
			return baseline.Loop{
				Run: func(n int) error {
					return together(func() error { return a.exchange(mine, n, true) },
						func() error { return b.exchange(theirs, n, false) })
				},
				Close: func() { a.close(); b.close() },
			}, nil
		},
		CreateClose: func() (baseline.Loop, error) {
			t := handle.NewTable()
			return baseline.Loop{Run: func(n int) error { return createClose(t, options, n) }}, nil
		},
		Idle: func(n int) (func(), error) {
			t, err := crowded(options, n)
			if err != nil {
				return nil, err
			}
			return t.CloseAll, nil
		},
	}
}

// createClose is n pairs, each created and closed.
func createClose(t *handle.Table, options uint32, n int) error {
	for range n {
		a, b, err := mxsocket.Create(t, options)
		if err != nil {
			return err
		}
		if err := t.Close(a); err != nil {
			return err
		}
		if err := t.Close(b); err != nil {
			return err
		}
	}
	return nil
}

// crowded is a table with n pairs in it, and room for another.
func crowded(options uint32, n int) (*handle.Table, error) {
	t := handle.NewTable(handle.WithHandleLimit(2*n + 2))
	for range n {
		if _, _, err := mxsocket.Create(t, options); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// together runs f here and g on another goroutine, and waits for both.
func together(f, g func() error) error {
	other := make(chan error, 1)
	go func() { other <- g() }()
	err := f()
	if e := <-other; err == nil {
		err = e
	}
	return err
}
