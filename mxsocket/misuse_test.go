package mxsocket_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"syscall"
	"testing"
	"time"

	"mx.example/handle"
	"mx.example/mxsocket"
)

// panicOf returns what f panics with, as text.
func panicOf(f func()) (text string) {
	defer func() {
		switch r := recover().(type) {
		case string:
			text = r
		case error:
			text = r.Error()
		}
	}()
	f()
	return ""
}

// What was made by nobody fails as in package net, or panics with the call's
// name; and leaves nothing behind.
func TestMisuse(t *testing.T) {
	var c mxsocket.Conn
	var pc mxsocket.PacketConn
	var l mxsocket.Listener
	p := make([]byte, 1)
	for what, f := range map[string]func() error{
		"Conn.Read":              func() error { _, err := c.Read(p); return err },
		"Conn.Write":             func() error { _, err := c.Write(p); return err },
		"Conn.ReadFrom":          func() error { _, err := c.ReadFrom(bytes.NewReader(p)); return err },
		"Conn.WriteTo":           func() error { _, err := c.WriteTo(io.Discard); return err },
		"Conn.Close":             c.Close,
		"Conn.CloseRead":         c.CloseRead,
		"Conn.CloseWrite":        c.CloseWrite,
		"Conn.SetDeadline":       func() error { return c.SetDeadline(time.Now()) },
		"Conn.SetReadDeadline":   func() error { return c.SetReadDeadline(time.Now()) },
		"Conn.SetWriteDeadline":  func() error { return c.SetWriteDeadline(time.Now()) },
		"PacketConn.ReadFrom":    func() error { _, _, err := pc.ReadFrom(p); return err },
		"PacketConn.WriteTo":     func() error { _, err := pc.WriteTo(p, pc.RemoteAddr()); return err },
		"Listener.Accept":        func() error { _, err := l.Accept(); return err },
		"Listener.AcceptContext": func() error { _, err := l.AcceptContext(context.Background()); return err },
		"Listener.Dial":          func() error { _, err := l.Dial(context.Background()); return err },
		"Listener.DialContext":   func() error { _, err := l.DialContext(context.Background(), "", ""); return err },
		"Listener.Close":         l.Close,
	} {
		if err := f(); !errors.Is(err, syscall.EINVAL) {
			t.Errorf("zero %s: %v", what, err)
		}
	}

	var none context.Context
	tb := handle.NewTable(handle.WithHandleLimit(2))
	ln := mxsocket.Listen(tb, "x")
	for what, f := range map[string]func(){
		"Listener.Dial":   func() { ln.Dial(none) },
		"mxsocket.Create": func() { mxsocket.Create(tb, mxsocket.Stream, nil) },
	} {
		if text := panicOf(f); !strings.Contains(text, what) {
			t.Errorf("%s: panics with %q", what, text)
		}
	}
	if text := panicOf(func() { ln.Dial(badContext{context.Background()}) }); text != "Done" {
		t.Errorf("a context that panics: %q", text)
	}
	if _, _, err := mxsocket.Create(tb, mxsocket.Stream); err != nil {
		t.Errorf("misuse has left handles behind: %v", err)
	}
}

type badContext struct{ context.Context }

func (badContext) Done() <-chan struct{} { panic("Done") }

// A count is a Reader that says what cannot be.
type count int

func (n count) Read([]byte) (int, error) { return int(n), nil }

func TestReaderThatLies(t *testing.T) {
	for _, n := range []count{-1, 64<<10 + 1, 1 << 30} {
		tb, a, b := conns(t, handle.Manual, mxsocket.Stream)
		if k, err := a.ReadFrom(n); k != 0 || err == nil || !strings.Contains(err.Error(), "ReadFrom") {
			t.Errorf("a Reader that gave %d: %d, %v", n, k, err)
		}
		if k, err := mxsocket.Outstanding(tb, b.Handle()); k != 0 || err != nil {
			t.Errorf("a Reader that gave %d: %d bytes were sent, %v", n, k, err)
		}
	}
}
