package bench

import (
	"time"

	"mx.example/handle"
	"mx.example/mxsocket"
	"mx.example/status"
)

// sockets are those of mxsocket, a contestant for each edition and mode.
func sockets() []*contestant {
	var all []*contestant
	for _, options := range []uint32{mxsocket.Stream, mxsocket.Datagram} {
		for _, e := range handle.Editions() {
			all = append(all, socketContestant(e, options))
		}
	}
	return all
}

// StreamOf and DatagramOf are the names of the sockets of an edition.
func StreamOf(e handle.Edition) string   { return "mx-stream:" + e.String() }
func DatagramOf(e handle.Edition) string { return "mx-dgram:" + e.String() }

func socketContestant(e handle.Edition, options uint32) *contestant {
	c := &contestant{
		Contestant: Contestant{Name: StreamOf(e), Kind: InProcess, Available: true,
			About: "a stream socket of edition " + e.String() + ", in this process"},
		writeRead: func(size int) (loop, error) {
			a, b, err := newPair(e, options, 0)
			return writeReadLoop(a, b, size), err
		},
		open: func(size int) (end, end, error) {
			a, b, err := newPair(e, options, size)
			return plainEnd{a}, plainEnd{b}, err
		},
		createClose: func() (loop, error) {
			t := handle.NewTable(handle.WithEdition(e))
			return loop{run: func(n int) error { return createClose(t, options, n) }}, nil
		},
		idle: func() (float64, error) {
			const pairs = 20_000
			return memoryOf(heap, func() (int, func(), error) {
				t := handle.NewTable(handle.WithEdition(e))
				return pairs, t.CloseAll, crowd(t, options, pairs)
			})
		},
	}
	if options == mxsocket.Datagram {
		c.Datagrams, c.Name, c.About = true, DatagramOf(e), "a datagram socket of edition "+e.String()+", in this process"
		return c
	}
	c.openBlocking = func() (end, end, error) {
		a, b, err := newPair(e, options, 0)
		return blockingEnd{a}, blockingEnd{b}, err
	}
	return c
}

// A socketEnd is a handle and the table that it is in.
type socketEnd struct {
	t *handle.Table
	h handle.Handle
}

// newPair makes a pair in a table of its own. For datagrams of a size its
// capacity is a multiple of that: WRITABLE says that there is a free byte, and
// not that a datagram fits, so whoever waits for it with room for half a
// datagram would turn in a circle.
func newPair(e handle.Edition, options uint32, size int) (a, b socketEnd, err error) {
	capacity := uint64(mxsocket.DefaultCapacity)
	if options == mxsocket.Datagram && size > 0 {
		capacity -= capacity % uint64(size)
	}
	t := handle.NewTable(handle.WithEdition(e))
	x, y, err := mxsocket.Create(t, options, mxsocket.WithCapacity(capacity))
	return socketEnd{t, x}, socketEnd{t, y}, err
}

// close closes the handle. In an edition where that fails for one that was
// closed before, it fails for no other reason.
func (e socketEnd) close() { _ = e.t.Close(e.h) }

// A plainEnd uses the calls that never wait, and WaitOne.
type plainEnd struct{ socketEnd }

func (e plainEnd) put(p []byte) error {
	for {
		n, err := mxsocket.Write(e.t, e.h, 0, p)
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
	}
}

func (e plainEnd) get(p []byte) (int, error) {
	for {
		n, err := mxsocket.Read(e.t, e.h, 0, p)
		if err != status.ErrShouldWait {
			return n, err
		}
		if _, err := e.t.WaitOne(e.h, handle.Readable|handle.PeerClosed, time.Time{}); err != nil {
			return 0, err
		}
	}
}

// A blockingEnd uses the calls that return when all is done.
type blockingEnd struct{ socketEnd }

func (e blockingEnd) put(p []byte) error {
	_, err := mxsocket.WriteAll(e.t, e.h, p, time.Time{})
	return err
}

func (e blockingEnd) get(p []byte) (int, error) {
	return mxsocket.ReadFull(e.t, e.h, p, time.Time{})
}

func writeReadLoop(a, b socketEnd, size int) loop {
	src, dst := message(size)
	return loop{
		run: func(n int) error {
			if err := writeRead(a, b, src, dst, n); err != nil {
				return err
			}
			return arrived(src, dst)
		},
		close: func() { a.close(); b.close() },
	}
}

// writeRead is n messages, each written and read by one goroutine.
func writeRead(a, b socketEnd, src, dst []byte, n int) error {
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

// crowd makes n pairs.
func crowd(t *handle.Table, options uint32, n int) error {
	for range n {
		if _, _, err := mxsocket.Create(t, options); err != nil {
			return err
		}
	}
	return nil
}
