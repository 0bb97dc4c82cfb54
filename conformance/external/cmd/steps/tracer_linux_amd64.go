package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"sync/atomic"
	"time"

	"golang.org/x/sys/unix"
)

const supported = true

// patience is how long a tracee may run from one stop to the next. It needs
// some milliseconds for all its turns.
const patience = 20 * time.Second

// A tracer is a process that is being traced. All its methods belong on the
// operating system's thread that started it.
type tracer struct {
	leader int // the process, and its group
	hot    int // the thread that is counted
	late   *time.Timer
	killed atomic.Bool // since it was late
}

// trace runs the program in another process of the executable at path, and
// counts the instructions of its counted turns.
func trace(path, name string) (steps, error) {
	runtime.LockOSThread() // ptrace knows a tracer by its thread
	defer runtime.UnlockOSThread()
	p, err := os.StartProcess(path, []string{path}, &os.ProcAttr{
		Env:   traceeEnvironment(name),
		Files: []*os.File{nil, nil, os.Stderr},
		Sys:   &unix.SysProcAttr{Ptrace: true, Setpgid: true},
	})
	if err != nil {
		return nil, orForbidden(err)
	}
	t := &tracer{leader: p.Pid}
	t.late = time.AfterFunc(patience, func() {
		t.killed.Store(true)
		_ = p.Kill()
	})
	counted, err := t.count()
	t.late.Stop()
	if err != nil && t.killed.Load() {
		err = fmt.Errorf("it stood still for %v: try again", patience)
	}
	_ = p.Kill()
	t.reap()
	_ = p.Release()
	return counted, err
}

// orForbidden explains an error that means that ptrace is not permitted.
func orForbidden(err error) error {
	for _, no := range []error{unix.EPERM, unix.EACCES, unix.ENOSYS} {
		if errors.Is(err, no) {
			return &forbidden{err}
		}
	}
	return err
}

// count takes the process from its beginning to its last mark.
func (t *tracer) count() (steps, error) {
	if _, err := t.stopped(t.leader); err != nil { // by the exec
		return nil, err
	}
	err := unix.PtraceSetOptions(t.leader, unix.PTRACE_O_TRACECLONE|unix.PTRACE_O_TRACESYSGOOD|unix.PTRACE_O_EXITKILL)
	if err != nil {
		return nil, orForbidden(err)
	}
	if err := unix.PtraceSyscall(t.leader, 0); err != nil {
		return nil, err
	}
	if err := t.toFirstMark(); err != nil {
		return nil, err
	}
	if err := t.toSecondMark(); err != nil {
		return nil, err
	}
	return t.toLastMark()
}

// toFirstMark lets all threads run until one of them makes a mark.
//
// From then on the others are not resumed any more. Each runs on to its next
// system call at most, so none is held with a lock of the runtime in hand; and
// none can take the processor from the goroutines that are counted.
func (t *tracer) toFirstMark() error {
	for {
		thread, signal, err := t.wait(-t.leader)
		if err != nil {
			return err
		}
		switch signal {
		case 0: // a thread ended
			continue
		case systemCall:
			marking, err := atMark(thread)
			if err != nil {
				return err
			}
			if marking {
				t.hot = thread
				return nil
			}
			signal = 0
		case unix.SIGTRAP, unix.SIGSTOP: // a new thread, as its parent and it tell
			signal = 0
		}
		// A thread may end meanwhile with its process, which is told next.
		if err := unix.PtraceSyscall(thread, int(signal)); err != nil && err != unix.ESRCH {
			return err
		}
	}
}

// toSecondMark lets the hot thread run alone.
func (t *tracer) toSecondMark() error {
	var deliver unix.Signal
	for {
		if err := unix.PtraceSyscall(t.hot, int(deliver)); err != nil {
			return err
		}
		signal, err := t.stopped(t.hot)
		if err != nil {
			return err
		}
		if deliver = signal; signal == systemCall {
			deliver = 0
			if marking, err := atMark(t.hot); marking || err != nil {
				return err
			}
		}
	}
}

// toLastMark executes the hot thread one instruction at a time, over two more
// marks: what comes before the first of them is what a mark takes.
func (t *tracer) toLastMark() (steps, error) {
	counted, sign, last := steps{}, -1, uint64(0)
	var regs unix.PtraceRegs
	for {
		if err := unix.PtraceSingleStep(t.hot); err != nil {
			return nil, err
		}
		signal, err := t.stopped(t.hot)
		if err != nil {
			return nil, err
		}
		if signal != unix.SIGTRAP {
			return nil, fmt.Errorf("signal %d came while instructions were counted", int(signal))
		}
		if err := unix.PtraceGetRegs(t.hot, &regs); err != nil {
			return nil, err
		}
		// An instruction that repeats itself (REP) stops at each turn, and
		// is one nevertheless.
		if regs.Rip == last {
			continue
		}
		last = regs.Rip
		counted[last] += sign
		if regs.Rax != unix.SYS_GETPPID {
			continue
		}
		var code [2]byte
		if _, err := unix.PtracePeekText(t.hot, uintptr(last), code[:]); err != nil {
			return nil, err
		}
		if code == [2]byte{0x0f, 0x05} { // SYSCALL
			if sign > 0 {
				return counted, nil
			}
			sign = +1
		}
	}
}

// systemCall stands for a stop at the beginning or the end of a system call,
// as PTRACE_O_TRACESYSGOOD makes it.
const systemCall = unix.SIGTRAP | 0x80

// atMark says whether a thread that stopped at a system call is beginning a
// mark.
func atMark(thread int) (bool, error) {
	var regs unix.PtraceRegs
	err := unix.PtraceGetRegs(thread, &regs)
	// At the beginning, the answer is that there is none yet.
	return regs.Orig_rax == unix.SYS_GETPPID && int64(regs.Rax) == -int64(unix.ENOSYS), err
}

// stopped waits for one thread to stop, and says by which signal.
func (t *tracer) stopped(thread int) (unix.Signal, error) {
	_, signal, err := t.wait(thread)
	if err == nil && signal == 0 {
		err = errEnded
	}
	return signal, err
}

var errEnded = errors.New("it ended before it was counted")

// wait waits for a thread, or for any if it is given the negative group. The
// signal is 0 if the thread ended; the end of the process is an error.
func (t *tracer) wait(which int) (thread int, signal unix.Signal, err error) {
	t.late.Reset(patience)
	for {
		var s unix.WaitStatus
		thread, err := unix.Wait4(which, &s, unix.WALL, nil)
		switch {
		case err == unix.EINTR:
		case err != nil:
			return 0, 0, err
		case s.Stopped():
			return thread, s.StopSignal(), nil
		case thread == t.leader:
			return thread, 0, errEnded
		default:
			return thread, 0, nil
		}
	}
}

// reap waits for the end of a process that was killed.
func (t *tracer) reap() {
	for {
		var s unix.WaitStatus
		if _, err := unix.Wait4(-t.leader, &s, unix.WALL, nil); err != nil && err != unix.EINTR {
			return
		}
	}
}
