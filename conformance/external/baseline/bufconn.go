package baseline

import (
	"net"

	"google.golang.org/grpc/test/bufconn"
)

// bufConn is the buffered connection that gRPC tests with: two ways, a ring
// under a mutex each.
func bufConn() Subject {
	return Subject{
		Name: BufConn,
		WriteRead: func(size int) (Loop, error) {
			a, b, err := bufPair(bufconn.Listen(PipeCapacity))
			if err != nil {
				return Loop{}, err
			}
			src, dst := make([]byte, size), make([]byte, size)
			return Loop{
				Run: func(n int) error {
					for range n {
						if _, err := a.Write(src); err != nil {
							return err
						}
						// At the end of its ring a read is short.
						k, err := b.Read(dst)
						for k < size && err == nil {
							var more int
							more, err = b.Read(dst[k:])
							k += more
						}
						if err != nil {
							return err
						}
					}
					return nil
				},
				Close: func() { a.Close(); b.Close() },
			}, nil
		},
		Stream: func(size int) (Loop, error) {
			a, b, err := bufPair(bufconn.Listen(PipeCapacity))
			if err != nil {
				return Loop{}, err
			}
			return streamLoop(a, b, size), nil
		},
		PingPong: func() (Loop, error) {
			a, b, err := bufPair(bufconn.Listen(PipeCapacity))
			if err != nil {
				return Loop{}, err
			}
			return pingPongLoop(a, b, b, a), nil
		},
		CreateClose: func() (Loop, error) {
			l := bufconn.Listen(PipeCapacity)
			return Loop{
				Run: func(n int) error {
					for range n {
						a, b, err := bufPair(l)
						if err != nil {
							return err
						}
						a.Close()
						b.Close()
					}
					return nil
				},
				Close: func() { l.Close() },
			}, nil
		},
		Idle: func(n int) (func(), error) {
			l := bufconn.Listen(PipeCapacity)
			ends := make([]net.Conn, 0, 2*n)
			release := func() {
				for _, c := range ends {
					c.Close()
				}
				l.Close()
			}
			for range n {
				a, b, err := bufPair(l)
				if err != nil {
					release()
					return nil, err
				}
				ends = append(ends, a, b)
			}
			return release, nil
		},
	}
}

// bufPair dials l and accepts: there is no other way to a pair. The two must
// meet, so one of them is on a goroutine of its own.
func bufPair(l *bufconn.Listener) (a, b net.Conn, err error) {
	dialed := make(chan error, 1)
	go func() {
		var err error
		a, err = l.Dial()
		dialed <- err
	}()
	b, err = l.Accept()
	if e := <-dialed; err == nil {
		err = e
	}
	return a, b, err
}
