package hostmodel

import (
	"os"
	"strconv"
	"strings"
	"sync"
)

// The catalogue explains what the kernel does, so it has to know how that
// kernel counts. What follows are the numbers of Linux; where one depends on
// the version or the allocator, it is a range.

const (
	// leastSndbuf and leastRcvbuf are what SO_SNDBUF and SO_RCVBUF set at
	// least (SOCK_MIN_SNDBUF and SOCK_MIN_RCVBUF in include/net/sock.h).
	leastSndbuf = 4608
	leastRcvbuf = 2304
	// maxUDP is the most that an IPv4 datagram carries.
	maxUDP = 65507
	// unixChunk is the most that one buffer of unix-stream holds.
	unixChunk = 64 << 10
	// tcpRoom is what a tcp connection holds at the very least before it
	// refuses anything, and before anything waits outside the receiver: the
	// initial receive window is larger, but buffers that are mostly empty
	// shrink it.
	tcpRoom = 16 << 10
	// tcpMost is what a tcp connection holds at most, in both buffers.
	tcpMost = 64 << 20

	// mostSize is the largest size that a call of the contract may have.
	mostSize = 1<<32 - 1
	// maxMove is the most that one call moves (MAX_RW_COUNT).
	maxMove = 0x7ffff000

	pageSize  = 4096
	pipePages = 16      // of a new pipe
	pipeMost  = 1 << 20 // bytes, that an ordinary user may ask for
	pipeAtom  = 4096    // PIPE_BUF
)

// sysctls are those numbers that an administrator may change.
type sysctls struct {
	wmemDefault, wmemMax, rmemDefault, rmemMax int
}

// LookAtHost reads what the model has to know of the host. It does so once: a
// process that must open no file later calls it before.
func LookAtHost() { readSysctls() }

var readSysctls = sync.OnceValue(func() sysctls {
	number := func(name string, usual int) int {
		text, err := os.ReadFile("/proc/sys/net/core/" + name)
		if err != nil {
			return usual
		}
		n, err := strconv.Atoi(strings.TrimSpace(string(text)))
		if err != nil {
			return usual
		}
		return n
	}
	const usual = 212992
	return sysctls{
		wmemDefault: number("wmem_default", usual),
		wmemMax:     number("wmem_max", usual),
		rmemDefault: number("rmem_default", usual),
		rmemMax:     number("rmem_max", usual),
	}
})

// doubled is what the kernel makes of the size that it is asked for.
func doubled(asked uint64, most, least int) int {
	return max(2*int(min(asked, uint64(most))), least)
}

// pipeSlots is how many pages a pipe has that was asked to hold so much.
func pipeSlots(capacity uint64) int {
	slots := 1
	for want := min(capacity, pipeMost); uint64(slots)*pageSize < want; {
		slots *= 2
	}
	return slots
}

// A charge is what a message of some size counts for against a buffer: its
// bytes and what the kernel allocates to keep them (truesize), which rounds up
// to the sizes that the allocator has.
type charge struct{ least, most int }

func chargeOf(n int) charge { return charge{n + 512, 2*n + 2048} }

func (c charge) plus(d charge) charge { return charge{c.least + d.least, c.most + d.most} }
