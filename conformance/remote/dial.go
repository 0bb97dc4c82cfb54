package remote

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"strings"
	"time"
)

// dialTimeout is how long a connection may take to be made.
const dialTimeout = 10 * time.Second

// Connect makes a backend of the kernel at an address:
//
//	HOST:PORT    a TCP connection
//	unix:PATH    a unix connection
//	/dev/NAME    a serial line, which is opened and put into raw mode; its
//	             speed is what stty has set
//	replay:FILE  what a kernel said before: see [Replay]
//
// The error is about the arguments. A kernel that cannot be reached is a
// backend that is not available.
func Connect(address string, o Options) (Backend, error) {
	if path, ok := strings.CutPrefix(address, "replay:"); ok {
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		return Replay(f, o)
	}
	if strings.HasPrefix(address, "/") {
		info, err := os.Stat(address)
		switch {
		case err == nil && info.Mode()&fs.ModeSocket != 0:
			return nil, fmt.Errorf("%s is a unix socket: write unix:%s", address, address)
		case err == nil && info.Mode()&fs.ModeDevice == 0:
			return nil, fmt.Errorf("%s is no device", address)
		}
		return newBackend("a kernel at "+address, func() (stream, error) { return openLine(address) }, o)
	}
	network, to := "tcp", address
	if path, ok := strings.CutPrefix(address, "unix:"); ok {
		network, to = "unix", path
	} else if _, _, err := net.SplitHostPort(address); err != nil {
		return nil, fmt.Errorf("%q is no address: expected HOST:PORT, unix:PATH or /dev/NAME", address)
	}
	return newBackend("a kernel at "+address, func() (stream, error) {
		c, err := net.DialTimeout(network, to, dialTimeout)
		if err != nil {
			return nil, err
		}
		return netStream{c}, nil
	}, o)
}

// A netStream is a connection to a kernel that somebody else has started.
type netStream struct{ net.Conn }

func (s netStream) kill() string {
	s.Close() // there is nothing to do about an error
	return ""
}

func (netStream) done() {}

// A line is a serial line.
type line struct{ *os.File }

func (l line) kill() string {
	l.Close()
	return ""
}

func (line) done() {}

func openLine(path string) (stream, error) {
	f, err := os.OpenFile(path, os.O_RDWR|noControl, 0)
	if err != nil {
		return nil, err
	}
	if err := makeRaw(f); err != nil && !errors.Is(err, errors.ErrUnsupported) {
		f.Close()
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return line{f}, nil
}
