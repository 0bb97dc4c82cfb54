package posixfd

import (
	"bytes"
	"os"
	"strconv"
	"sync"

	"golang.org/x/sys/unix"
)

// canTellSleep reports whether asleep knows: /proc need not be there, and not
// every kernel tells there what a thread does.
var canTellSleep = sync.OnceValue(func() bool {
	_, err := read("/proc/self/task/" + strconv.Itoa(os.Getpid()) + "/syscall")
	return err == nil
})

func gettid() int { return unix.Gettid() }

// pollCall is how /proc begins to tell of a thread that is in poll.
var pollCall = []byte(strconv.Itoa(unix.SYS_PPOLL) + " ")

// asleep reports whether a thread of this process sleeps in poll, and nothing
// has woken it. A poll that sleeps has registered with all that it waits for.
// The state is read first: a thread that is just being woken is still named
// with its system call, but is no longer said to sleep.
func asleep(tid int) bool {
	task := "/proc/self/task/" + strconv.Itoa(tid)
	stat, _ := read(task + "/stat")
	_, rest, _ := bytes.Cut(stat, []byte(") "))
	if !bytes.HasPrefix(rest, []byte("S ")) {
		return false
	}
	call, _ := read(task + "/syscall")
	return bytes.HasPrefix(call, pollCall)
}

// read gives the beginning of a file.
func read(path string) ([]byte, error) {
	fd, err := unix.Open(path, unix.O_RDONLY|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil, err
	}
	defer unix.Close(fd)
	text := make([]byte, 64)
	n, err := unix.Read(fd, text)
	return text[:max(n, 0)], err
}
