package bench

import (
	"io"

	"mx.example/conformance/posixfd"
	"mx.example/mxsocket"
	"mx.example/status"
)

// descriptors are the kinds of descriptors of this machine that stay within
// it.
func descriptors() []*contestant {
	return []*contestant{
		descriptorContestant(posixfd.UnixStream, false, "AF_UNIX stream sockets, buffers as the kernel makes them"),
		descriptorContestant(posixfd.Pipe, false, "two pipes, one a direction, of 256 KiB where the kernel can be asked for that"),
		descriptorContestant(posixfd.UnixDgram, true, "AF_UNIX datagram sockets, buffers as the kernel makes them"),
		descriptorContestant(posixfd.UnixSeqpacket, true, "AF_UNIX sequenced packet sockets, buffers as the kernel makes them"),
	}
}

func descriptorContestant(kind string, datagrams bool, about string) *contestant {
	open := func(blocking bool) (a, b *posixfd.Bare, err error) {
		return posixfd.OpenBare(kind, mxsocket.DefaultCapacity, blocking)
	}
	c := &contestant{
		Contestant: Contestant{Name: kind, Kind: Descriptors, Available: true, Datagrams: datagrams, About: about},
		writeRead: func(size int) (loop, error) {
			a, b, err := open(false)
			if err != nil {
				return loop{}, err
			}
			return bareWriteRead(a, b, size), nil
		},
		open: func(int) (end, end, error) {
			a, b, err := open(false)
			return pollingEnd{a}, pollingEnd{b}, err
		},
		createClose: func() (loop, error) {
			return loop{run: func(n int) error {
				for range n {
					a, b, err := open(false)
					if err != nil {
						return err
					}
					a.Close()
					b.Close()
				}
				return nil
			}}, nil
		},
		idle: func() (float64, error) {
			return memoryOf(slab, func() (int, func(), error) { return idlePairs(open) })
		},
	}
	if !datagrams {
		c.openBlocking = func() (end, end, error) {
			a, b, err := open(true)
			return sleepingEnd{a}, sleepingEnd{b}, err
		}
	}
	a, b, err := open(false)
	if err != nil {
		c.Available, c.Why = false, err.Error()
		return c
	}
	a.Close()
	b.Close()
	return c
}

// idlePairs makes a good number of pairs, or as many as this process may have
// descriptors for.
func idlePairs(open func(blocking bool) (a, b *posixfd.Bare, err error)) (n int, release func(), err error) {
	// The kernel keeps some memory that was given back, and hands it out again
	// without asking for more: few pairs would seem to take less than many.
	const most, least = 2000, 200
	var ends []*posixfd.Bare
	release = func() {
		for _, e := range ends {
			e.Close()
		}
	}
	for n < most {
		a, b, err := open(false)
		if err != nil && n < least {
			return n, release, err
		}
		if err != nil {
			break
		}
		ends = append(ends, a, b)
		n++
	}
	return n, release, nil
}

func bareWriteRead(a, b *posixfd.Bare, size int) loop {
	src, dst := message(size)
	return loop{
		run: func(n int) error {
			for range n {
				if k, err := a.Write(src); k != size {
					return orShort(err)
				}
				// A message of a stream may come out in parts.
				for left := dst; len(left) > 0; {
					k, err := b.Read(left)
					if k == 0 {
						return orShort(err)
					}
					left = left[k:]
				}
			}
			return arrived(src, dst)
		},
		close: func() { a.Close(); b.Close() },
	}
}

// A pollingEnd uses the calls that never wait, and poll.
type pollingEnd struct{ *posixfd.Bare }

func (e pollingEnd) close() { e.Close() }

func (e pollingEnd) put(p []byte) error {
	for {
		n, err := e.Write(p)
		switch err {
		case nil:
			if p = p[n:]; len(p) == 0 {
				return nil
			}
		case status.ErrShouldWait:
			if err := e.AwaitWritable(); err != nil {
				return err
			}
		default:
			return err
		}
	}
}

func (e pollingEnd) get(p []byte) (int, error) {
	for {
		n, err := e.Read(p)
		if err != status.ErrShouldWait {
			return atLeastOne(n, err)
		}
		if err := e.AwaitReadable(); err != nil {
			return 0, err
		}
	}
}

// A sleepingEnd uses descriptors whose calls wait, as often as it takes.
type sleepingEnd struct{ *posixfd.Bare }

func (e sleepingEnd) close() { e.Close() }

func (e sleepingEnd) put(p []byte) error {
	for len(p) > 0 {
		n, err := e.Write(p)
		if err != nil {
			return err
		}
		p = p[n:]
	}
	return nil
}

func (e sleepingEnd) get(p []byte) (int, error) {
	for done := 0; ; {
		n, err := atLeastOne(e.Read(p[done:]))
		if done += n; err != nil || done == len(p) {
			return done, err
		}
	}
}

// atLeastOne makes an error of the end of a stream.
func atLeastOne(n int, err error) (int, error) {
	if n == 0 && err == nil {
		return 0, io.ErrUnexpectedEOF
	}
	return n, err
}
