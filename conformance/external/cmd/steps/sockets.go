package main

import (
	"time"

	"mx.example/handle"
	"mx.example/mxsocket"
	"mx.example/status"
)

// An end is a handle of a stream and the table it is in.
type end struct {
	t *handle.Table
	h handle.Handle
}

func newPair() (a, b end, err error) {
	t := handle.NewTable()
	x, y, err := mxsocket.Create(t, mxsocket.Stream)
	return end{t, x}, end{t, y}, err
}

// write writes p, which fits.
func (e end) write(p []byte) error {
	n, err := mxsocket.Write(e.t, e.h, 0, p)
	if err == nil && n != len(p) {
		err = errShort
	}
	return err
}

// readable sleeps until there is something to read.
func (e end) readable() error {
	_, err := e.t.WaitOne(e.h, handle.Readable|handle.PeerClosed, time.Time{})
	return err
}

// waitRead waits, and then reads: it is for those who know that there is nothing
// to read yet.
func (e end) waitRead(p []byte) error {
	if err := e.readable(); err != nil {
		return err
	}
	_, err := mxsocket.Read(e.t, e.h, 0, p)
	return err
}

// readWaitRead reads, and waits if there is nothing: it is for those who do not
// know it.
func (e end) readWaitRead(p []byte) error {
	for {
		_, err := mxsocket.Read(e.t, e.h, 0, p)
		if err != status.ErrShouldWait {
			return err
		}
		if err := e.readable(); err != nil {
			return err
		}
	}
}

// writeAll and readFull are the calls that block.
func (e end) writeAll(p []byte) error {
	_, err := mxsocket.WriteAll(e.t, e.h, p, time.Time{})
	return err
}

func (e end) readFull(p []byte) error {
	_, err := mxsocket.ReadFull(e.t, e.h, p, time.Time{})
	return err
}

// roundTrip is a round trip in which both sides send and receive by the same
// two of the functions above. What it takes to call them counts for the loop.
func roundTrip(send, receive func(end, []byte) error) func() (func(int) error, error) {
	return func() (func(int) error, error) {
		a, b, err := newPair()
		if err != nil {
			return nil, err
		}
		p, q := make([]byte, 1), make([]byte, 1)
		answering(func() error {
			for {
				if err := receive(b, q); err != nil {
					return err
				}
				if err := send(b, q); err != nil {
					return err
				}
			}
		})
		return func(n int) error {
			for range n {
				if err := send(a, p); err != nil {
					return err
				}
				if err := receive(a, p); err != nil {
					return err
				}
			}
			return nil
		}, nil
	}
}

// socketWriteRead is a write and a read on one goroutine.
func socketWriteRead(size int) func() (func(int) error, error) {
	return func() (func(int) error, error) {
		a, b, err := newPair()
		if err != nil {
			return nil, err
		}
		src, dst := make([]byte, size), make([]byte, size)
		return func(n int) error {
			for range n {
				if k, err := mxsocket.Write(a.t, a.h, 0, src); k != size {
					return orShort(err)
				}
				if k, err := mxsocket.Read(b.t, b.h, 0, dst); k != size {
					return orShort(err)
				}
			}
			return nil
		}, nil
	}
}

func orShort(err error) error {
	if err == nil {
		return errShort
	}
	return err
}
