package peers

import (
	"time"

	"mx.example/conformance/external/baseline"
	"mx.example/mxsocket"
)

// blockingSubject is a stream used as one uses a net.Conn: with calls that
// return when all is done. On one goroutine, or on an idle pair, they are no
// different from the plain ones.
func blockingSubject() baseline.Subject {
	return baseline.Subject{
		Name: MXBlocking,
		Stream: func(size int) (baseline.Loop, error) {
			a, b, err := newPair(mxsocket.Stream)
			if err != nil {
				return baseline.Loop{}, err
			}
			src, dst := make([]byte, size), make([]byte, size)
			return baseline.Loop{
				Run: func(n int) error {
					return together(func() error {
						for range n {
							if err := a.writeAll(src); err != nil {
								return err
							}
						}
						return nil
					}, func() error {
						for range n {
							if err := b.readFull(dst); err != nil {
								return err
							}
						}
						return nil
					})
				},
				Close: func() { a.close(); b.close() },
			}, nil
		},
		PingPong: func() (baseline.Loop, error) {
			a, b, err := newPair(mxsocket.Stream)
			if err != nil {
				return baseline.Loop{}, err
			}
			mine, theirs := make([]byte, 1), make([]byte, 1)
			return baseline.Loop{
				Run: func(n int) error {
					return together(func() error {
						for range n {
							if err := a.writeAll(mine); err != nil {
								return err
							}
							if err := a.readFull(mine); err != nil {
								return err
							}
						}
						return nil
					}, func() error {
						for range n {
							if err := b.readFull(theirs); err != nil {
								return err
							}
							if err := b.writeAll(theirs); err != nil {
								return err
							}
						}
						return nil
					})
				},
				Close: func() { a.close(); b.close() },
			}, nil
		},
	}
}

func (e end) writeAll(p []byte) error {
	_, err := mxsocket.WriteAll(e.t, e.h, p, time.Time{})
	return err
}

func (e end) readFull(p []byte) error {
	_, err := mxsocket.ReadFull(e.t, e.h, p, time.Time{})
	return err
}
