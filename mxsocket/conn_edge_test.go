package mxsocket_test

import (
	"io"
	"net"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"mx.example/handle"
	"mx.example/mxsocket"
	"mx.example/status"
)

// Ending a direction asks for the right that the edition's own call asks for.
func TestConnCloseWriteAsksForTheRight(t *testing.T) {
	for _, tt := range []struct {
		edition handle.Edition
		rights  handle.Rights
		want    error
	}{
		{handle.Zircon, handle.RightWrite, status.ErrAccessDenied},
		{handle.Zircon, handle.RightManageSocket, nil},
		{handle.Kernel2017, handle.RightWrite, nil},
		{handle.Kernel2017, handle.RightRead, status.ErrAccessDenied},
	} {
		tb := handle.NewTable(handle.WithEdition(tt.edition))
		h, _ := create(t, tb, mxsocket.Stream)
		h, err := tb.Replace(h, tt.rights)
		if err != nil {
			t.Fatal(err)
		}
		err = mxsocket.NewConn(tb, h).CloseWrite()
		if tt.want == nil && err != nil {
			t.Errorf("%v with %v: %v", tt.edition, tt.rights, err)
		} else if tt.want != nil {
			wantIs(t, "CloseWrite", err, tt.want)
		}
	}
	c := mxsocket.NewConn(handle.NewTable(), handle.Invalid)
	wantIs(t, "CloseWrite of no handle", c.CloseWrite(), net.ErrClosed)
}

// A reader that has nothing makes no write, so that nothing can be wrong with
// one.
func TestReadFromNothing(t *testing.T) {
	_, a, b := conns(t, handle.Manual, mxsocket.Stream)
	b.Close()
	if n, err := a.ReadFrom(strings.NewReader("")); n != 0 || err != nil {
		t.Errorf("ReadFrom: %d, %v", n, err)
	}
}

// The first thing that a datagram Conn hears may be that there will be nothing.
func TestWriteToNothing(t *testing.T) {
	_, a, b := conns(t, handle.Manual, mxsocket.Datagram)
	b.Close()
	if n, err := a.WriteTo(io.Discard); n != 0 || err != nil {
		t.Errorf("WriteTo: %d, %v", n, err)
	}
}

// A deadline of this very instant has passed, also for what could be done at
// once.
func TestDeadlineOfNow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, a, b := conns(t, handle.Manual, mxsocket.Stream)
		b.Write([]byte("abc"))
		a.SetDeadline(time.Now())
		n, err := a.Read(make([]byte, 3))
		wantIs(t, "Read", err, os.ErrDeadlineExceeded)
		if n != 0 {
			t.Errorf("Read: %d bytes", n)
		}
		_, err = a.Write([]byte("x"))
		wantIs(t, "Write", err, os.ErrDeadlineExceeded)
	})
}

// What is wrong with the handle is told before a deadline, and a Conn without a
// handle has no deadline to tell of.
func TestDeadlineOfNoHandle(t *testing.T) {
	tb, a, _ := conns(t, handle.Manual, mxsocket.Stream)
	h, _ := create(t, tb, mxsocket.Stream)
	h, err := tb.Replace(h, 0)
	if err != nil {
		t.Fatal(err)
	}
	a.Close()
	for _, tt := range []struct {
		what string
		c    *mxsocket.Conn
		want error
	}{
		{"no handle", mxsocket.NewConn(tb, handle.Invalid), net.ErrClosed},
		{"a handle without rights", mxsocket.NewConn(tb, h), status.ErrAccessDenied},
		{"a closed one", a, net.ErrClosed},
	} {
		tt.c.SetDeadline(time.Unix(1, 0))
		_, err := tt.c.Read(make([]byte, 1))
		wantIs(t, "Read, "+tt.what, err, tt.want)
		_, err = tt.c.Write([]byte("x"))
		wantIs(t, "Write, "+tt.what, err, tt.want)
	}
}
