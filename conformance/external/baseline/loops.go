package baseline

import (
	"errors"
	"io"
)

var errShort = errors.New("fewer bytes moved than were asked for")

// both runs f here and g on another goroutine, and waits for the two.
func both(f, g func() error) error {
	other := make(chan error, 1)
	go func() { other <- g() }()
	err := f()
	if e := <-other; err == nil {
		err = e
	}
	return err
}

// streamLoop is Stream for what blocks as io.Reader and io.Writer say.
func streamLoop(w io.WriteCloser, r io.ReadCloser, size int) Loop {
	src, dst := make([]byte, size), make([]byte, size)
	return Loop{
		Run: func(n int) error {
			return both(func() error {
				for range n {
					if _, err := w.Write(src); err != nil {
						return err
					}
				}
				return nil
			}, func() error {
				for left := n * size; left > 0; {
					k, err := r.Read(dst)
					if err != nil {
						return err
					}
					left -= k
				}
				return nil
			})
		},
		Close: func() { w.Close(); r.Close() },
	}
}

// pingPongLoop is PingPong for the same: bytes written to w come out of r, and
// those written to w2 come out of r2.
func pingPongLoop(w io.WriteCloser, r io.ReadCloser, w2 io.WriteCloser, r2 io.ReadCloser) Loop {
	mine, theirs := make([]byte, 1), make([]byte, 1)
	return Loop{
		Run: func(n int) error {
			return both(func() error {
				for range n {
					if _, err := w.Write(mine); err != nil {
						return err
					}
					if _, err := r2.Read(mine); err != nil {
						return err
					}
				}
				return nil
			}, func() error {
				for range n {
					if _, err := r.Read(theirs); err != nil {
						return err
					}
					if _, err := w2.Write(theirs); err != nil {
						return err
					}
				}
				return nil
			})
		},
		Close: func() { w.Close(); r.Close(); w2.Close(); r2.Close() },
	}
}
