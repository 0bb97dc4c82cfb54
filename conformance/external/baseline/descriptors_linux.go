package baseline

import (
	"golang.org/x/sys/unix"
)

// descriptors are the pipes of this kernel, by plain blocking system calls
// without the poller of the runtime between.
func descriptors() []Subject {
	return []Subject{
		fdSubject(UnixStream, socketPair),
		fdSubject(Pipe2, pipePair),
	}
}

// fdPair is two connected descriptors a direction. With a socket the two
// directions share theirs.
type fdPair struct {
	w, r   int // one way
	w2, r2 int // the other way, or -1
}

func (p fdPair) close() {
	unix.Close(p.w)
	unix.Close(p.r)
	if p.w2 >= 0 && p.w2 != p.r {
		unix.Close(p.w2)
		unix.Close(p.r2)
	}
}

func socketPair(bool) (fdPair, error) {
	fds, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	return fdPair{fds[0], fds[1], fds[1], fds[0]}, err
}

// pipePair is one pipe of PipeCapacity, or two where both ways are wanted.
func pipePair(bothWays bool) (fdPair, error) {
	p := fdPair{w2: -1, r2: -1}
	var err error
	if p.r, p.w, err = bigPipe(); err != nil || !bothWays {
		return p, err
	}
	if p.r2, p.w2, err = bigPipe(); err != nil {
		p.w2 = -1
		p.close()
	}
	return p, err
}

func bigPipe() (r, w int, err error) {
	var fds [2]int
	if err := unix.Pipe2(fds[:], unix.O_CLOEXEC); err != nil {
		return 0, 0, err
	}
	if _, err := unix.FcntlInt(uintptr(fds[1]), unix.F_SETPIPE_SZ, PipeCapacity); err != nil {
		unix.Close(fds[0])
		unix.Close(fds[1])
		return 0, 0, err
	}
	return fds[0], fds[1], nil
}

func fdSubject(name string, pair func(bothWays bool) (fdPair, error)) Subject {
	s := Subject{
		Name:         name,
		KernelMemory: true,
		WriteRead: func(size int) (Loop, error) {
			p, err := pair(false)
			if err != nil {
				return Loop{}, err
			}
			src, dst := make([]byte, size), make([]byte, size)
			return Loop{
				Run: func(n int) error {
					for range n {
						if err := fdWrite(p.w, src); err != nil {
							return err
						}
						for left := dst; len(left) > 0; {
							k, err := fdRead(p.r, left)
							if err != nil {
								return err
							}
							left = left[k:]
						}
					}
					return nil
				},
				Close: p.close,
			}, nil
		},
		Stream: func(size int) (Loop, error) {
			p, err := pair(false)
			if err != nil {
				return Loop{}, err
			}
			src, dst := make([]byte, size), make([]byte, size)
			return Loop{
				Run: func(n int) error {
					return both(func() error {
						for range n {
							if err := fdWrite(p.w, src); err != nil {
								return err
							}
						}
						return nil
					}, func() error {
						for left := n * size; left > 0; {
							k, err := fdRead(p.r, dst)
							if err != nil {
								return err
							}
							left -= k
						}
						return nil
					})
				},
				Close: p.close,
			}, nil
		},
		PingPong: func() (Loop, error) {
			p, err := pair(true)
			if err != nil {
				return Loop{}, err
			}
			mine, theirs := make([]byte, 1), make([]byte, 1)
			return Loop{
				Run: func(n int) error {
					return both(func() error { return fdRally(n, p.w, p.r2, mine, true) },
						func() error { return fdRally(n, p.w2, p.r, theirs, false) })
				},
				Close: p.close,
			}, nil
		},
		CreateClose: func() (Loop, error) {
			return Loop{Run: func(n int) error {
				for range n {
					p, err := pair(false)
					if err != nil {
						return err
					}
					p.close()
				}
				return nil
			}}, nil
		},
		Idle: func(n int) (func(), error) {
			pairs := make([]fdPair, 0, n)
			release := func() {
				for _, p := range pairs {
					p.close()
				}
			}
			for range n {
				p, err := pair(false)
				if err != nil {
					release()
					return nil, err
				}
				pairs = append(pairs, p)
			}
			return release, nil
		},
	}
	p, err := pair(true)
	if err != nil {
		s.Unavailable = err
	} else {
		p.close()
	}
	return s
}

// fdRally is one side of a ping-pong: it begins, or it answers.
func fdRally(n, w, r int, b []byte, begins bool) error {
	for range n {
		if begins {
			if err := fdWrite(w, b); err != nil {
				return err
			}
		}
		if k, err := fdRead(r, b); err != nil || k != 1 {
			return cause(err)
		}
		if !begins {
			if err := fdWrite(w, b); err != nil {
				return err
			}
		}
	}
	return nil
}

// fdWrite writes all of p. A blocking write is short only if a signal came in
// between.
func fdWrite(fd int, p []byte) error {
	for {
		n, err := unix.Write(fd, p)
		if n == len(p) {
			return nil
		}
		if err != nil && err != unix.EINTR {
			return err
		}
		p = p[max(n, 0):]
	}
}

func fdRead(fd int, p []byte) (int, error) {
	for {
		n, err := unix.Read(fd, p)
		if err == unix.EINTR {
			continue
		}
		if n <= 0 {
			return 0, cause(err)
		}
		return n, nil
	}
}

func cause(err error) error {
	if err == nil {
		return errShort
	}
	return err
}
