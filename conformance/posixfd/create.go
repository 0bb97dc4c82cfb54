//go:build linux || darwin || freebsd

package posixfd

import (
	"math"

	"golang.org/x/sys/unix"
)

// create makes a connected pair of the kernel's kind. Whatever fails, nothing
// stays open that is not owned.
func (k *kernel) create(capacity *uint64) (a, b *pairEnd, err error) {
	switch k.kind {
	case UnixStream:
		return k.unixPair(unix.SOCK_STREAM, capacity)
	case UnixDgram:
		return k.unixPair(unix.SOCK_DGRAM, capacity)
	case UnixSeqpacket:
		return k.unixPair(unix.SOCK_SEQPACKET, capacity)
	case TCP:
		fds, err := tcpPair()
		return k.socketEnds(fds, err, capacity)
	case UDP:
		fds, err := udpPair()
		return k.socketEnds(fds, err, capacity)
	default:
		return k.pipePair(capacity)
	}
}

func (k *kernel) unixPair(typ int, capacity *uint64) (a, b *pairEnd, err error) {
	fds, err := socketpair(typ)
	return k.socketEnds(fds, err, capacity)
}

// socketEnds takes charge of two connected sockets.
func (k *kernel) socketEnds(fds [2]int, err error, capacity *uint64) (a, b *pairEnd, _ error) {
	if err != nil {
		return nil, nil, err
	}
	if err := k.ownAll(fds[:]); err != nil {
		return nil, nil, err
	}
	if capacity != nil {
		for _, fd := range fds {
			k.setBuffers(fd, *capacity)
		}
	}
	a, b = newEnds(pairEnd{r: fds[0], w: fds[0]}, pairEnd{r: fds[1], w: fds[1]})
	return a, b, nil
}

// setBuffers asks for a capacity as near as the kernel allows, which doubles
// what it is asked for, has a least size, and keeps to net.core.wmem_max
// without saying so. A send buffer is what bounds what is under way; udp frees
// it on delivery, so there it is the receiver's.
func (k *kernel) setBuffers(fd int, capacity uint64) {
	n := int(min(capacity, math.MaxInt32/2))
	unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_SNDBUF, n)
	if k.kind == UDP {
		unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_RCVBUF, n)
	}
}

// pipePair makes two pipes: what is written at one end is read at the other.
func (k *kernel) pipePair(capacity *uint64) (a, b *pairEnd, err error) {
	there, err := pipe()
	if err != nil {
		return nil, nil, err
	}
	if err := k.ownAll(there[:]); err != nil {
		return nil, nil, err
	}
	back, err := pipe()
	if err == nil {
		err = k.ownAll(back[:])
	}
	if err != nil {
		k.closeFD(there[0])
		k.closeFD(there[1])
		return nil, nil, err
	}
	if capacity != nil {
		setPipeSize(there[1], *capacity)
		setPipeSize(back[1], *capacity)
	}
	a, b = newEnds(pairEnd{r: back[0], w: there[1]}, pairEnd{r: there[0], w: back[1]})
	return a, b, nil
}

// ownAll takes charge of new descriptors, or closes all of them.
func (k *kernel) ownAll(fds []int) error {
	for i, fd := range fds {
		moved, err := k.own(fd)
		if err != nil {
			for _, fd := range fds[:i] {
				k.closeFD(fd)
			}
			for _, fd := range fds[i+1:] {
				unix.Close(fd)
			}
			return err
		}
		fds[i] = moved
	}
	return nil
}
