//go:build linux

package posixfd

import (
	"fmt"
	"slices"
	"syscall"

	"mx.example/conformance"
	"mx.example/handle"
	"mx.example/status"
)

// errnos are the error numbers that the calls of a kind end with, by call.
var errnos = []struct {
	call  string
	errno syscall.Errno
	kinds []string
	in    []handle.Edition // nil: all
}{
	{"write", syscall.EAGAIN, notUDP, nil},
	{"write", syscall.EPIPE, notUDP, nil},
	{"write", syscall.EPIPE, []string{UDP}, closesOutbound},
	{"write", syscall.ECONNRESET, []string{UnixSeqpacket, TCP}, nil},
	{"write", syscall.ECONNREFUSED, []string{UnixDgram, UDP}, nil},
	{"write", syscall.ENOTCONN, []string{UnixDgram}, nil},
	{"write", syscall.EMSGSIZE, datagrams, nil},
	{"write", syscall.EFAULT, allKinds, nil},
	{"write", syscall.EBADF, []string{Pipe}, closesOutbound},
	{"read", syscall.EAGAIN, allKinds, nil},
	{"read", syscall.ECONNRESET, []string{UnixSeqpacket, TCP}, nil},
	{"read", syscall.ECONNREFUSED, []string{UDP}, nil},
	{"read", syscall.EFAULT, allKinds, nil},
	{"read", syscall.EBADF, []string{Pipe}, []handle.Edition{handle.Manual}},
	{"shutdown", syscall.ENOTCONN, []string{TCP}, nil},
	{"shutdown", syscall.EBADF, []string{Pipe}, nil},
}

// closesOutbound are the editions whose half close ends this end's writes.
var closesOutbound = []handle.Edition{handle.Kernel2017}

// others are what each of them is taken for: numbers that stand for another
// status, and one that stands for none.
var others = []syscall.Errno{0, syscall.EAGAIN, syscall.EPIPE, syscall.EIO}

// twins stand for the same status, so that only some of the results differ from
// the contract, by name: they must not go by the name of the right number.
var twins = map[syscall.Errno]syscall.Errno{
	syscall.EPIPE:        syscall.ECONNRESET,
	syscall.ECONNRESET:   syscall.EPIPE,
	syscall.ECONNREFUSED: syscall.EPIPE,
}

// wrongErrnos take one error number of one call for another.
func wrongErrnos() (list []mistake) {
	for _, from := range errnos {
		wrong := slices.DeleteFunc(slices.Clone(others), func(to syscall.Errno) bool {
			return status.FromErrno(to) == status.FromErrno(from.errno)
		})
		if twin, ok := twins[from.errno]; ok {
			wrong = append(wrong, twin)
		}
		for _, to := range wrong {
			if from.call == "shutdown" && to == 0 {
				continue // what the contract wants: the direction has ended
			}
			list = append(list, mistake{
				name:  fmt.Sprintf("%v of a %s is %v", name(from.errno), from.call, name(to)),
				kinds: from.kinds,
				in:    from.in,
				bend:  takes(from.call, from.errno, to),
			})
		}
	}
	return list
}

func name(e syscall.Errno) string {
	if e == 0 {
		return "success"
	}
	return e.Error()
}

func takes(call string, from, to syscall.Errno) func(*bent) {
	turn := func(err error) error {
		if k, ok := err.(*conformance.KernelError); ok && k.Errno == from {
			if to == 0 {
				return nil
			}
			return failed(to)
		}
		return err
	}
	return func(b *bent) {
		b.every = 1 // most of them are seldom enough
		switch call {
		case "write":
			b.write = func(p *process, h handle.Handle, buf []byte) (int, error) {
				n, err := p.Write(h, 0, buf)
				return n, turn(err)
			}
		case "read":
			b.read = func(p *process, h handle.Handle, buf []byte) (int, error) {
				n, err := p.Read(h, 0, buf)
				return n, turn(err)
			}
		case "shutdown":
			b.halfClose = func(p *process, h handle.Handle) error { return turn(p.halfClose(h)) }
		}
		if call != "shutdown" {
			b.fault = func(read bool, err error) error {
				if read == (call == "read") {
					err = turn(err)
				}
				return err
			}
		}
	}
}
