//go:build linux || darwin || freebsd

package posixfd

import (
	"bytes"
	"testing"

	"mx.example/status"
)

// What one end of a bare pair writes the other reads, both ways, and a call
// that can do nothing says so, or waits if it is to.
func TestBare(t *testing.T) {
	for _, kind := range []string{UnixStream, UnixDgram, UnixSeqpacket, Pipe} {
		t.Run(kind, func(t *testing.T) {
			a, b, err := OpenBare(kind, 64<<10, false)
			if err != nil {
				t.Skipf("not here: %v", err)
			}
			defer a.Close()
			defer b.Close()
			buf := make([]byte, 8)
			for _, way := range []struct{ from, to *Bare }{{a, b}, {b, a}} {
				if n, err := way.to.Read(buf); n != 0 || err != status.ErrShouldWait {
					t.Errorf("read from nothing: %d, %v", n, err)
				}
				if err := way.from.AwaitWritable(); err != nil {
					t.Errorf("await room: %v", err)
				}
				if n, err := way.from.Write([]byte("hello")); n != 5 || err != nil {
					t.Errorf("write: %d, %v", n, err)
				}
				if err := way.to.AwaitReadable(); err != nil {
					t.Errorf("await bytes: %v", err)
				}
				if n, err := way.to.Read(buf); err != nil || string(buf[:n]) != "hello" {
					t.Errorf("read: %q, %v", buf[:n], err)
				}
			}
			full, big := false, bytes.Repeat([]byte("x"), 1000)
			for range 100_000 {
				if _, err := a.Write(big); err == status.ErrShouldWait {
					full = true
					break
				} else if err != nil {
					t.Fatal(err)
				}
			}
			if !full {
				t.Error("it is never full")
			}
		})
		t.Run(kind+" blocking", func(t *testing.T) {
			a, b, err := OpenBare(kind, 64<<10, true)
			if err != nil {
				t.Skipf("not here: %v", err)
			}
			defer a.Close()
			defer b.Close()
			wrote := make(chan error, 1)
			go func() {
				_, err := a.Write([]byte("hello"))
				wrote <- err
			}()
			buf := make([]byte, 8)
			if n, err := b.Read(buf); err != nil || string(buf[:n]) != "hello" {
				t.Errorf("read: %q, %v", buf[:n], err)
			}
			if err := <-wrote; err != nil {
				t.Error(err)
			}
		})
	}
	if _, _, err := OpenBare(TCP, 1, false); err == nil {
		t.Error("there is a bare tcp pair")
	}
}

// An end that is closed twice closes nobody else's descriptor.
func TestBareCloseTwice(t *testing.T) {
	a, b, err := OpenBare(Pipe, 4096, false)
	if err != nil {
		t.Fatal(err)
	}
	a.Close()
	c, d, err := OpenBare(Pipe, 4096, false) // gets the numbers that a had
	if err != nil {
		t.Fatal(err)
	}
	a.Close()
	buf := make([]byte, 8)
	if _, err := c.Write([]byte("x")); err != nil {
		t.Errorf("write: %v", err)
	}
	if n, err := d.Read(buf); n != 1 || err != nil {
		t.Errorf("read: %d, %v", n, err)
	}
	b.Close()
	c.Close()
	d.Close()
}
