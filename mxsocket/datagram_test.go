package mxsocket

import (
	"bytes"
	"slices"
	"testing"

	"mx.example/handle"
	"mx.example/status"
)

// The options of a read, and reads and writes of nothing, where a quick call
// comes before and after.
func TestFastNothingAndPeek(t *testing.T) {
	for _, e := range []handle.Edition{handle.Manual, handle.Zircon} {
		for _, mode := range []uint32{Stream, Datagram} {
			tb, a, b, _, to := newPair(t, mode, 1, []handle.Option{handle.WithEdition(e)})
			p := make([]byte, 10)
			read := func(what string, options uint32, p []byte, want string, wantErr error) {
				t.Helper()
				n, err := Read(tb, b, options, p)
				if string(p[:n]) != want || err != wantErr {
					t.Errorf("%v, mode %d, %s: %q, %v; want %q, %v", e, mode, what, p[:n], err, want, wantErr)
				}
				wantShape(t, to)
			}
			read("the first byte", 0, p, "\x00", nil)
			read("nothing there", 0, p, "", status.ErrShouldWait)
			read("nothing wanted of nothing", 0, nil, "", status.ErrShouldWait)
			if n, err := ReadFull(tb, b, nil, past1970); n != 0 || err != nil {
				t.Errorf("%v, mode %d: ReadFull of nothing: %d, %v", e, mode, n, err)
			}
			if n, err := Write(tb, a, 0, nil); n != 0 || err != nil {
				t.Errorf("%v, mode %d: an empty write: %d, %v", e, mode, n, err)
			}
			read("after a write of nothing", 0, p, "", status.ErrShouldWait)
			Write(tb, a, 0, []byte("abc"))
			Write(tb, a, 0, nil)
			Write(tb, a, 0, []byte("def"))
			read("nothing", 0, p[:0], "", nil)
			if e == handle.Zircon {
				read("a peek", Peek, p[:2], "ab", nil)
			} else {
				read("no peek", Peek, p[:2], "", status.ErrInvalidArgs)
			}
			read("two bytes", 0, p[:2], "ab", nil)
			if mode == Datagram {
				read("the second datagram", 0, p, "def", nil)
			} else {
				read("the rest", 0, p, "cdef", nil)
			}
			read("no more", 0, p, "", status.ErrShouldWait)
		}
	}
}

// Datagrams keep their bounds, whichever way they come and go, and however the
// buffers of their readers are.
func TestFastDatagrams(t *testing.T) {
	tb, a, b, _, to := newPair(t, Datagram, 1, nil, WithCapacity(3000))
	Read(tb, b, 0, make([]byte, 1))
	var sent [][]byte
	next := byte(1)
	p := make([]byte, 3000)
	for i := range 20000 {
		if i/30%3 < 2 && i%2 == 0 || len(sent) == 0 {
			d := bytes.Repeat([]byte{next}, 1+i*7%(100+i%900))
			next++
			put := Write
			if i%3 == 0 {
				put = func(tb *handle.Table, h handle.Handle, _ uint32, p []byte) (int, error) {
					return WriteAll(tb, h, p, past1970)
				}
			}
			n, err := put(tb, a, 0, d)
			if n == len(d) && err == nil {
				sent = append(sent, d)
			} else if fits := to.in.size+len(d) <= 3000; fits || n != 0 {
				t.Fatalf("datagram %d of %d bytes: %d, %v", i, len(d), n, err)
			}
		} else {
			d := sent[0]
			sent = sent[1:]
			room := len(p)
			if i%5 == 0 {
				room = 1 + len(d)/2
			}
			n, err := 0, error(nil)
			if i%7 == 0 {
				n, err = ReadFull(tb, b, p[:room], past1970)
			} else {
				n, err = Read(tb, b, 0, p[:room])
			}
			if err != nil || !slices.Equal(p[:n], d[:min(room, len(d))]) {
				t.Fatalf("call %d: %d bytes, %v; want %d of %d", i, n, err, min(room, len(d)), d[0])
			}
		}
		wantShape(t, to)
		if front := int(to.in.front); len(sent) > 0 && front != len(sent[0]) {
			t.Fatalf("call %d: the first datagram has %d bytes, want %d", i, front, len(sent[0]))
		}
	}
}
