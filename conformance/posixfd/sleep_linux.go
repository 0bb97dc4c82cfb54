package posixfd

import (
	"bytes"
	"strconv"

	"golang.org/x/sys/unix"
)

// canTellSleep says that asleep knows.
const canTellSleep = true

func gettid() int { return unix.Gettid() }

// pollCall is how /proc begins to tell of a thread that sleeps in poll.
var pollCall = []byte(strconv.Itoa(unix.SYS_PPOLL) + " ")

// asleep reports whether a thread of this process sleeps in poll. The kernel
// names the system call only of a thread that does not run, and a poll that
// sleeps has registered with all that it waits for.
func asleep(tid int) bool {
	path := "/proc/self/task/" + strconv.Itoa(tid) + "/syscall"
	fd, err := unix.Open(path, unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return false
	}
	defer unix.Close(fd)
	var text [16]byte
	n, _ := unix.Read(fd, text[:])
	return n > 0 && bytes.HasPrefix(text[:n], pollCall)
}
