//go:build linux

package posixfd

import (
	"errors"
	"os"
	"os/signal"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"mx.example/conformance"
	"mx.example/conformance/posixfd/hostmodel"
	"mx.example/handle"
	"mx.example/status"
)

// TestFullTableLeaksNothing lets the process run out of descriptors at every
// point of a case.
func TestFullTableLeaksNothing(t *testing.T) {
	warmUp(t)
	before := openNumbers(t)
	highest := 0
	if fd, err := unix.FcntlInt(0, unix.F_DUPFD_CLOEXEC, 0); err == nil {
		highest = fd // all numbers below are in use
		unix.Close(fd)
	}
	var old unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_NOFILE, &old); err != nil {
		t.Fatal(err)
	}
	defer unix.Setrlimit(unix.RLIMIT_NOFILE, &old)
	for _, b := range Backends() {
		refused := 0
		for more := range 10 {
			k := newKernel(b.Name(), handle.Manual)
			limit := old
			limit.Cur = uint64(highest + more)
			if err := unix.Setrlimit(unix.RLIMIT_NOFILE, &limit); err != nil {
				t.Fatal(err)
			}
			if err := exhaust(k); err != nil {
				if !errors.Is(err, status.ErrNoMemory) {
					t.Errorf("%s with %d free numbers: %v", b.Name(), more, err)
				}
				refused++
			}
			k.Close()
			unix.Setrlimit(unix.RLIMIT_NOFILE, &old)
			if l := leaked(before, openNumbers(t)); len(l) > 0 {
				t.Fatalf("%s with %d free numbers left open: %v", b.Name(), more, l)
			}
		}
		if refused < 2 {
			t.Errorf("%s ran out of descriptors %d times only", b.Name(), refused)
		}
	}
}

// TestNoDescriptorLeftIsTheMachines holds the suite to counting that apart.
func TestNoDescriptorLeftIsTheMachines(t *testing.T) {
	var old unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_NOFILE, &old); err != nil {
		t.Fatal(err)
	}
	defer unix.Setrlimit(unix.RLIMIT_NOFILE, &old)
	c := parse(t, "create stream -> OK a b\nduplicate a SAME -> OK a2")
	limit := old
	limit.Cur = 3
	if err := unix.Setrlimit(unix.RLIMIT_NOFILE, &limit); err != nil {
		t.Fatal(err)
	}
	r := conformance.RunCase(t.Context(), &backend{kind: UnixStream}, handle.Manual, c)
	unix.Setrlimit(unix.RLIMIT_NOFILE, &old)
	if r.Outcome != conformance.EnvironmentFault || !strings.HasPrefix(r.Detail, "no descriptor is left to this process (EMFILE), which may have 3: ") {
		t.Errorf("%s: %s", r.Outcome, r.Detail)
	}
}

// exhaust makes a pair, a duplicate, and a wait that sleeps.
func exhaust(k *kernel) error {
	made, err := k.NewProcess(conformance.Limits{})
	if err != nil {
		return err
	}
	p := made.(*process)
	mode := uint32(optionStream)
	if hostmodel.KeepsBoundaries(k.kind) {
		mode = optionDatagram
	}
	a, _, err := p.Create(mode, nil)
	if err != nil {
		return err
	}
	if _, err := p.Duplicate(a, handle.SameRights); err != nil {
		return err
	}
	_, err = p.WaitOne(a, handle.Readable, time.Now().Add(time.Millisecond), nil)
	if err == status.ErrTimedOut {
		err = nil
	}
	return err
}

// TestCloseEndsWaits closes a kernel with a wait in progress on each kind.
func TestCloseEndsWaits(t *testing.T) {
	for _, b := range Backends() {
		k := newKernel(b.Name(), handle.Manual)
		p := &process{k: k}
		a, _, err := k.create(nil)
		if err != nil {
			t.Fatal(err)
		}
		h := k.bind(a)
		parked, done := make(chan struct{}), make(chan error)
		go func() {
			_, err := p.WaitOne(h, handle.Readable, time.Time{}, func() { close(parked) })
			done <- err
		}()
		<-parked
		go k.Close()
		if err := <-done; !errors.Is(err, status.ErrInterruptedRetry) {
			t.Errorf("%s: the wait returned %v", b.Name(), err)
		}
	}
}

// TestSigpipe shows the difference that the adapter keeps away: a write to a
// peer that is gone raises a signal, unless a flag says no.
func TestSigpipe(t *testing.T) {
	got := make(chan os.Signal, 1)
	signal.Notify(got, unix.SIGPIPE)
	defer signal.Stop(got)

	quiet, err := socketpair(unix.SOCK_STREAM)
	if err != nil {
		t.Fatal(err)
	}
	unix.Close(quiet[1])
	defer unix.Close(quiet[0])
	k := newKernel(UnixStream, handle.Manual)
	if _, err := k.send(quiet[0], 0, 0); err != unix.EPIPE {
		t.Errorf("send to nobody: %v", err)
	}
	// The signal is the thread's own, so it has come before the call returns.
	select {
	case <-got:
		t.Error("send raised SIGPIPE in spite of MSG_NOSIGNAL")
	default:
	}

	loud, err := pipe()
	if err != nil {
		t.Fatal(err)
	}
	unix.Close(loud[0])
	defer unix.Close(loud[1])
	if _, err := unix.Write(loud[1], []byte("x")); err != unix.EPIPE {
		t.Errorf("write to nobody: %v", err)
	}
	<-got
}

// TestTruncationFlag shows the other difference that no result of a call can:
// the kernel tells that it has cut a message.
func TestTruncationFlag(t *testing.T) {
	for _, kind := range datagrams {
		k := newKernel(kind, handle.Manual)
		defer k.Close()
		a, b, err := k.create(nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := unix.Write(a.w, []byte("whole")); err != nil {
			t.Fatal(err)
		}
		n, _, flags, _, err := unix.Recvmsg(b.r, make([]byte, 2), nil, 0)
		if err != nil || n != 2 || flags&unix.MSG_TRUNC == 0 {
			t.Errorf("%s: a cut message: %d bytes, flags %#x, %v", kind, n, flags, err)
		}
	}
}
