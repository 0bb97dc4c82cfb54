//go:build linux

package posixfd

import (
	"errors"
	"slices"

	"golang.org/x/sys/unix"

	"mx.example/conformance/posixfd/hostmodel"
	"mx.example/handle"
	"mx.example/status"
)

// A mistake is one thing that an adapter does wrong.
type mistake struct {
	name  string
	kinds []string         // on which it can show
	in    []handle.Edition // nil: all
	bend  func(*bent)
}

var (
	allKinds  = hostmodel.Kinds()
	sockets   = []string{UnixStream, UnixDgram, UnixSeqpacket, TCP, UDP}
	datagrams = []string{UnixDgram, UnixSeqpacket, UDP}
	notDgram  = []string{UnixStream, UnixSeqpacket, TCP, UDP, Pipe} // which tell of a peer in every edition
	notUDP    = []string{UnixStream, UnixDgram, UnixSeqpacket, TCP, Pipe}
	measured  = []string{UnixStream, UnixDgram, UnixSeqpacket, Pipe} // whose capacity says what they take
)

// after changes what a read has delivered.
func after(change func(n int, b []byte) int) func(*bent) {
	return func(b *bent) {
		b.read = func(p *process, h handle.Handle, buf []byte) (int, error) {
			n, err := p.Read(h, 0, buf)
			if err == nil {
				n = change(n, buf)
			}
			return n, err
		}
	}
}

// instead writes something else, and says what it likes about it.
func instead(write func(p *process, h handle.Handle, b []byte) (int, error)) func(*bent) {
	return func(b *bent) { b.write = write }
}

var wrongData = []mistake{
	{"a byte is lost in front of what is read", allKinds, nil, after(func(n int, b []byte) int {
		if n < 2 {
			return n
		}
		return copy(b, b[1:n])
	})},
	{"the last byte that was read is lost", allKinds, nil, after(func(n int, b []byte) int { return max(0, n-1) })},
	{"the first byte that was read comes twice", allKinds, nil, after(func(n int, b []byte) int {
		copy(b[min(1, len(b)):], b[:n])
		return n
	})},
	{"two bytes change places", allKinds, nil, after(func(n int, b []byte) int {
		if n > 1 {
			b[0], b[1] = b[1], b[0]
		}
		return n
	})},
	{"a bit changes", allKinds, nil, after(func(n int, b []byte) int {
		if n > 3 {
			b[3] ^= 1
		}
		return n
	})},
	{"the last byte that was written is lost", allKinds, nil, instead(func(p *process, h handle.Handle, b []byte) (int, error) {
		n, err := p.Write(h, 0, b[:max(len(b)-1, 0)])
		if err == nil && n == len(b)-1 {
			n++
		}
		return n, err
	})},
	{"the last byte is written twice", allKinds, nil, instead(func(p *process, h handle.Handle, b []byte) (int, error) {
		n, err := p.Write(h, 0, append(slices.Clone(b), b[max(len(b)-1, 0):]...))
		return min(n, len(b)), err
	})},
	{"a write is lost", allKinds, nil, instead(func(p *process, h handle.Handle, b []byte) (int, error) { return len(b), nil })},
	{"every other write is lost", allKinds, nil, func(b *bent) {
		odd := false
		b.write = func(p *process, h handle.Handle, buf []byte) (int, error) {
			if odd = !odd; odd {
				return len(buf), nil
			}
			return p.Write(h, 0, buf)
		}
	}},
	{"a write is made twice", allKinds, nil, instead(func(p *process, h handle.Handle, b []byte) (int, error) {
		n, err := p.Write(h, 0, b)
		if err == nil {
			p.Write(h, 0, b[:n])
		}
		return n, err
	})},
	{"a write waits for the next one", allKinds, nil, func(b *bent) {
		held := map[*endpoint][]byte{}
		b.write = func(p *process, h handle.Handle, buf []byte) (int, error) {
			of := p.endpoint(h)
			before := held[of]
			if held[of] = slices.Clone(buf); before != nil {
				p.Write(h, 0, before)
			}
			return len(buf), nil
		}
	}},
	{"a message overtakes the one before it", datagrams, nil, func(b *bent) {
		late := map[*endpoint][]byte{}
		b.read = func(p *process, h handle.Handle, buf []byte) (int, error) {
			of := p.endpoint(h)
			if m := late[of]; m != nil {
				delete(late, of)
				return copy(buf, m), nil
			}
			room := make([]byte, 1<<16)
			n, err := p.Read(h, 0, room)
			if err != nil {
				return n, err
			}
			if m, err := p.Read(h, 0, buf); err == nil && m > 0 {
				late[of] = slices.Clone(room[:n])
				return m, nil
			}
			return copy(buf, room[:n]), nil
		}
	}},
	{"the rest of a message that was cut comes next", datagrams, nil, func(b *bent) {
		rest := map[*endpoint][]byte{}
		b.read = func(p *process, h handle.Handle, buf []byte) (int, error) {
			of := p.endpoint(h)
			m := rest[of]
			if len(m) == 0 {
				room := make([]byte, 1<<16)
				n, err := p.Read(h, 0, room)
				if err != nil {
					return n, err
				}
				m = room[:n]
			}
			n := copy(buf, m)
			rest[of] = m[n:]
			return n, nil
		}
	}},
	{"two messages run together", datagrams, nil, func(b *bent) {
		b.read = func(p *process, h handle.Handle, buf []byte) (int, error) {
			n, err := p.Read(h, 0, buf)
			if err == nil && n > 0 && n < len(buf) {
				if m, err := p.Read(h, 0, buf[n:]); err == nil {
					n += m
				}
			}
			return n, err
		}
	}},
	{"an empty message is not sent", datagrams, nil, instead(func(p *process, h handle.Handle, b []byte) (int, error) {
		if len(b) == 0 {
			return 0, nil
		}
		return p.Write(h, 0, b)
	})},
	{"a read of no bytes leaves the message where it is", datagrams, nil, func(b *bent) {
		b.read = func(p *process, h handle.Handle, buf []byte) (int, error) {
			if len(buf) == 0 && p.peeks(h) {
				return 0, nil
			}
			return p.Read(h, 0, buf)
		}
	}},
	{"a read leaves what it delivers", notPipe, nil, func(b *bent) {
		b.read = func(p *process, h handle.Handle, buf []byte) (int, error) {
			n, _, err := unix.Recvfrom(p.descriptor(h), buf, recvFlags|unix.MSG_PEEK)
			return max(n, 0), failed(err)
		}
	}},
}

// notPipe are the kinds that can be peeked at.
var notPipe = sockets

// endpoint is what a handle is for, or nil.
func (p *process) endpoint(h handle.Handle) *endpoint {
	if e := p.k.handles[h]; e != nil {
		return e.of
	}
	return nil
}

// descriptor is the number that a handle reads from.
func (p *process) descriptor(h handle.Handle) int {
	if e := p.k.handles[h]; e != nil {
		return e.r
	}
	return closedEnd
}

// peeks reports whether there is something to read.
func (p *process) peeks(h handle.Handle) bool {
	_, _, err := unix.Recvfrom(p.descriptor(h), make([]byte, 1), recvFlags|unix.MSG_PEEK)
	return err == nil
}

// peer is a handle to the other end, or h if there is none any more.
func (p *process) peer(h handle.Handle) handle.Handle {
	if of := p.endpoint(h); of != nil {
		for other, e := range p.k.handles {
			if e.of == of.peer {
				return other
			}
		}
	}
	return h
}

// counted changes what a write says that it has taken.
func counted(change func(n int, b []byte) int) func(*bent) {
	return instead(func(p *process, h handle.Handle, b []byte) (int, error) {
		n, err := p.Write(h, 0, b)
		if err == nil {
			n = change(n, b)
		}
		return n, err
	})
}

// queried changes what a query says.
func queried(change func(p *process, h handle.Handle, n int) int) func(*bent) {
	return func(b *bent) {
		b.query = func(p *process, h handle.Handle) (int, error) {
			n, err := p.Outstanding(h)
			if err == nil {
				n = change(p, h, n)
			}
			return n, err
		}
	}
}

// halfWrites and emptyReadsEnd are planted on whole runs of the suite, too.
var (
	halfWrites = mistake{"a write takes half", allKinds, nil, instead(func(p *process, h handle.Handle, b []byte) (int, error) {
		return p.Write(h, 0, b[:(len(b)+1)/2])
	})}
	emptyReadsEnd = mistake{"an empty read says 0", allKinds, nil, func(b *bent) {
		b.read = func(p *process, h handle.Handle, buf []byte) (int, error) {
			n, err := p.Read(h, 0, buf)
			if errors.Is(err, status.ErrShouldWait) {
				return 0, nil
			}
			return n, err
		}
	}}
)

var wrongCounts = []mistake{
	halfWrites,
	emptyReadsEnd,
	{"a write counts one byte less", allKinds, nil, counted(func(n int, b []byte) int { return max(0, n-1) })},
	{"a write counts nothing", allKinds, nil, counted(func(n int, b []byte) int { return 0 })},
	{"a short write counts one byte more", []string{UnixStream, Pipe}, nil, counted(func(n int, b []byte) int { return min(n+1, len(b)) })},
	{"a short write counts everything", []string{UnixStream, Pipe}, nil, counted(func(n int, b []byte) int { return len(b) })},
	{"a read counts one byte more", allKinds, nil, after(func(n int, b []byte) int { return min(n+1, len(b)) })},
	{"a read fills its buffer", allKinds, nil, after(func(n int, b []byte) int { return len(b) })},
	{"a query says one byte less", allKinds, nil, queried(func(_ *process, _ handle.Handle, n int) int { return max(0, n-1) })},
	{"a query says one byte more", allKinds, nil, queried(func(_ *process, _ handle.Handle, n int) int { return n + 1 })},
	{"a query says nothing", allKinds, nil, queried(func(*process, handle.Handle, int) int { return 0 })},
	{"a query is about the other end", allKinds, nil, func(b *bent) {
		b.query = func(p *process, h handle.Handle) (int, error) { return p.Outstanding(p.peer(h)) }
	}},
	{"the capacity that was chosen is not set", measured, nil, func(b *bent) {
		b.create = func(*uint64) *uint64 { return nil }
	}},
	{"twice the capacity that was chosen is set", measured, nil, func(b *bent) {
		b.create = func(c *uint64) *uint64 {
			if c != nil {
				twice := max(2**c, 20000)
				c = &twice
			}
			return c
		}
	}},
}

var wrongDirections = []mistake{
	{"the half close ends the other direction", allKinds, nil, func(b *bent) {
		other := map[handle.Edition]handle.Edition{
			handle.Manual: handle.Kernel2017, handle.Kernel2017: handle.Manual,
		}
		b.k.edition = other[b.k.edition]
	}},
	{"the half close ends both directions", sockets, nil, func(b *bent) {
		b.halfClose = func(p *process, h handle.Handle) error {
			return failed(unix.Shutdown(p.descriptor(h), unix.SHUT_RDWR))
		}
	}},
	{"the half close ends nothing", sockets, nil, func(b *bent) {
		b.halfClose = func(*process, handle.Handle) error { return nil }
	}},
	{"the half close is made at the other end", notUDP, nil, func(b *bent) {
		b.halfClose = func(p *process, h handle.Handle) error {
			_, err := p.Write(p.peer(h), optionHalfClose, nil)
			return err
		}
	}},
	{"writes go to this end", allKinds, nil, instead(func(p *process, h handle.Handle, b []byte) (int, error) {
		return p.Write(p.peer(h), 0, b)
	})},
	{"reads are from the other end", allKinds, nil, func(b *bent) {
		b.read = func(p *process, h handle.Handle, buf []byte) (int, error) { return p.Read(p.peer(h), 0, buf) }
	}},
	{"a close closes nothing", allKinds, nil, func(b *bent) {
		b.close = func(p *process, h handle.Handle) error {
			if _, err := p.Duplicate(h, handle.SameRights); err != nil {
				return err
			}
			return p.Close(h)
		}
	}},
	{"a close is a half close", notUDP, []handle.Edition{handle.Kernel2017}, func(b *bent) {
		b.close = func(p *process, h handle.Handle) error {
			if _, err := p.Duplicate(h, handle.SameRights); err != nil {
				return err
			}
			p.Write(h, optionHalfClose, nil)
			return p.Close(h)
		}
	}},
	{"a duplicate is of the other end", allKinds, nil, func(b *bent) {
		b.duplicate = func(p *process, h handle.Handle) (handle.Handle, error) {
			return p.Duplicate(p.peer(h), handle.SameRights)
		}
	}},
}
