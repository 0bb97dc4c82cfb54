package inproc_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"mx.example/conformance"
	"mx.example/conformance/inproc"
	"mx.example/handle"
	"mx.example/status"
)

func TestModelConforms(t *testing.T) { conformance.Test(t, inproc.Backend()) }

func boot(t *testing.T) (conformance.Kernel, conformance.Process) {
	t.Helper()
	k, err := inproc.Backend().Boot(handle.Manual)
	if err != nil {
		t.Fatal(err)
	}
	p, err := k.NewProcess(conformance.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return k, p
}

func TestWhatIsNoProcessOfTheModel(t *testing.T) {
	k, p := boot(t)
	if _, err := k.NewProcess(conformance.Limits{Handles: handle.MaxHandles + 1}); err == nil ||
		!strings.Contains(err.Error(), "are the most") {
		t.Errorf("a table with too many handles: %v", err)
	}
	a, _, err := p.Create(0, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Transfer(a, conformance.Unimplemented{}); err == nil {
		t.Error("a handle was moved to a process of another kernel")
	}
	if err := p.Close(a); err != nil {
		t.Errorf("and is not where it was: %v", err)
	}
}

func TestCloseEndsWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k, p := boot(t)
		a, _, err := p.Create(0, nil)
		if err != nil {
			t.Fatal(err)
		}
		done := make(chan error)
		go func() {
			_, err := p.WaitOne(a, handle.Readable, time.Time{}, nil)
			done <- err
		}()
		synctest.Wait()
		if err := k.Close(); err != nil {
			t.Fatal(err)
		}
		if err := <-done; err != status.ErrCanceled {
			t.Errorf("the wait ended with %v", err)
		}
	})
}
