package baseline

import (
	"io"
	"net"
)

// netPipe is net.Pipe: two ways, no buffer. A write ends when its bytes have
// been read.
func netPipe() Subject {
	return Subject{
		Name: NetPipe,
		Stream: func(size int) (Loop, error) {
			a, b := net.Pipe()
			return streamLoop(a, b, size), nil
		},
		PingPong: func() (Loop, error) {
			a, b := net.Pipe()
			return pingPongLoop(a, b, b, a), nil
		},
		CreateClose: func() (Loop, error) {
			return Loop{Run: func(n int) error {
				for range n {
					a, b := net.Pipe()
					a.Close()
					b.Close()
				}
				return nil
			}}, nil
		},
		Idle: func(n int) (func(), error) {
			ends := make([]net.Conn, 0, 2*n)
			for range n {
				a, b := net.Pipe()
				ends = append(ends, a, b)
			}
			return func() {
				for _, c := range ends {
					c.Close()
				}
			}, nil
		},
	}
}

// ioPipe is io.Pipe: one way, no buffer. A ping-pong takes two of them; what
// it takes to create or keep one is that of one way.
func ioPipe() Subject {
	return Subject{
		Name: IOPipe,
		Stream: func(size int) (Loop, error) {
			r, w := io.Pipe()
			return streamLoop(w, r, size), nil
		},
		PingPong: func() (Loop, error) {
			r, w := io.Pipe()
			r2, w2 := io.Pipe()
			return pingPongLoop(w, r, w2, r2), nil
		},
		CreateClose: func() (Loop, error) {
			return Loop{Run: func(n int) error {
				for range n {
					r, w := io.Pipe()
					w.Close()
					r.Close()
				}
				return nil
			}}, nil
		},
		Idle: func(n int) (func(), error) {
			ends := make([]io.Closer, 0, 2*n)
			for range n {
				r, w := io.Pipe()
				ends = append(ends, r, w)
			}
			return func() {
				for _, c := range ends {
					c.Close()
				}
			}, nil
		},
	}
}
