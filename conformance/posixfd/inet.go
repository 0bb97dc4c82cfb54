//go:build linux || darwin || freebsd

package posixfd

import (
	"sync"
	"time"

	"golang.org/x/sys/unix"
)

var loopback = [4]byte{127, 0, 0, 1}

// connectPatience is how long a connection over the loopback may take. It is
// made within the call that asks for it unless the machine is very busy.
const connectPatience = 5 * time.Second

// tcpPair connects two sockets over 127.0.0.1 and takes nobody else's
// connection.
func tcpPair() (fds [2]int, err error) {
	listener, addr, err := boundSocket()
	if err != nil {
		return fds, err
	}
	defer unix.Close(listener)
	if err := unix.Listen(listener, 1); err != nil {
		return fds, err
	}
	fds[0], err = socket(unix.AF_INET, unix.SOCK_STREAM)
	if err != nil {
		return fds, err
	}
	fds[1], err = connectTo(fds[0], listener, addr)
	if err == nil {
		err = tameTCP(fds)
	}
	if err != nil {
		unix.Close(fds[0])
	}
	return fds, err
}

// connectTo connects fd to the listener at addr and accepts that connection.
func connectTo(fd, listener int, addr unix.Sockaddr) (peer int, err error) {
	if err := unix.Connect(fd, addr); err != nil && err != unix.EINPROGRESS && err != unix.EINTR {
		return -1, err
	}
	for deadline := time.Now().Add(connectPatience); ; {
		if err := await(listener, unix.POLLIN, deadline); err != nil {
			return -1, err
		}
		peer, from, err := accept(listener)
		switch err {
		case nil:
		case unix.EAGAIN, unix.EINTR, unix.ECONNABORTED:
			continue
		default:
			return -1, err
		}
		own, err := unix.Getsockname(fd)
		if err == nil && sameAddress(own, from) {
			if err = await(fd, unix.POLLOUT, deadline); err == nil {
				return peer, nil
			}
		}
		unix.Close(peer)
		if err != nil {
			return -1, err
		}
	}
}

// tameTCP makes both sockets send at once what they are given: the contract
// has no counterpart to bytes that wait for company.
func tameTCP(fds [2]int) error {
	for _, fd := range fds {
		if err := unix.SetsockoptInt(fd, unix.IPPROTO_TCP, unix.TCP_NODELAY, 1); err != nil {
			unix.Close(fds[1])
			return err
		}
	}
	return nil
}

// connecting is held for writing while a udp socket gets a port, and is not
// connected for an instant: then it takes whatever comes. The port may be that
// of an end that was closed a moment ago: what its peer sends there must be
// refused, not taken.
var connecting sync.RWMutex

// nobody is an address that sends nothing: the discard service's.
var nobody = &unix.SockaddrInet4{Addr: loopback, Port: 9}

// udpPair connects two sockets over 127.0.0.1 to each other. Each gets its port
// by being connected, the first one to nobody for a start, so that other
// processes have next to no time to send it anything; what they did is dropped.
func udpPair() (fds [2]int, err error) {
	connecting.Lock()
	defer connecting.Unlock()
	a, addrA, err := udpSocket(nobody)
	if err != nil {
		return fds, err
	}
	b, addrB, err := udpSocket(addrA)
	if err != nil {
		unix.Close(a)
		return fds, err
	}
	if err := unix.Connect(a, addrB); err != nil {
		unix.Close(a)
		unix.Close(b)
		return fds, err
	}
	fds = [2]int{a, b}
	for _, fd := range fds {
		var scrap [1]byte
		for {
			if _, _, err := unix.Recvfrom(fd, scrap[:], recvFlags); err != nil && err != unix.EINTR {
				break
			}
		}
	}
	return fds, nil
}

// udpSocket makes a socket that is connected to an address, and tells its own.
func udpSocket(to unix.Sockaddr) (fd int, own unix.Sockaddr, err error) {
	fd, err = socket(unix.AF_INET, unix.SOCK_DGRAM)
	if err != nil {
		return -1, nil, err
	}
	if err = unix.Connect(fd, to); err == nil {
		own, err = unix.Getsockname(fd)
	}
	if err != nil {
		unix.Close(fd)
		return -1, nil, err
	}
	return fd, own, nil
}

// boundSocket makes a tcp socket with a free port of 127.0.0.1.
func boundSocket() (fd int, addr unix.Sockaddr, err error) {
	fd, err = socket(unix.AF_INET, unix.SOCK_STREAM)
	if err != nil {
		return -1, nil, err
	}
	// Ports that earlier pairs left in TIME_WAIT may be used again.
	err = unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_REUSEADDR, 1)
	if err == nil {
		err = unix.Bind(fd, &unix.SockaddrInet4{Addr: loopback})
	}
	if err == nil {
		addr, err = unix.Getsockname(fd)
	}
	if err != nil {
		unix.Close(fd)
		return -1, nil, err
	}
	return fd, addr, nil
}

// await polls one descriptor until it is ready.
func await(fd int, events int16, deadline time.Time) error {
	fds := []unix.PollFd{{Fd: int32(fd), Events: events}}
	for {
		n, err := poll(fds, max(0, time.Until(deadline)))
		switch {
		case err == unix.EINTR:
		case err != nil:
			return err
		case n == 0:
			return unix.ETIMEDOUT
		default:
			return nil
		}
	}
}

func sameAddress(a, b unix.Sockaddr) bool {
	x, ok := a.(*unix.SockaddrInet4)
	y, also := b.(*unix.SockaddrInet4)
	return ok && also && x.Port == y.Port && x.Addr == y.Addr
}
