package mxsocket_test

import (
	"errors"
	"io"
	"syscall"
	"testing"

	"mx.example/handle"
	"mx.example/mxsocket"
)

// A size that no single call takes (W-HUGE, R-HUGE) is none of the business of
// those who use a Conn. The memory is never touched, but for a few pages.
func TestConnHugeBuffers(t *testing.T) {
	p := mxsocket.HugeBuffer(t, 10)

	_, a, b := conns(t, handle.Manual, mxsocket.Stream)
	go func() {
		io.ReadFull(b, make([]byte, 1000))
		b.Close()
	}()
	n, err := a.Write(p)
	if n != mxsocket.DefaultCapacity+1000 || !errors.Is(err, syscall.EPIPE) {
		t.Errorf("Write: %d, %v", n, err)
	}

	_, a, b = conns(t, handle.Manual, mxsocket.Stream)
	a.Write([]byte("abc"))
	if n, err := b.Read(p); n != 3 || err != nil || string(p[:n]) != "abc" {
		t.Errorf("Read: %d, %v", n, err)
	}

	_, a, _ = conns(t, handle.Manual, mxsocket.Datagram)
	if n, err := a.Write(p); n != 0 || err == nil {
		t.Errorf("Write of a datagram: %d, %v", n, err)
	}
}
