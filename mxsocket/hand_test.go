package mxsocket

import (
	"testing"
	"testing/synctest"
	"time"

	"mx.example/handle"
)

// What a blocked reader waits for goes straight to its buffer: the queue does
// not even get memory. If somebody watches, it goes by the queue.
func TestHandOverIsDirect(t *testing.T) {
	for _, mode := range []uint32{Stream, Datagram} {
		for _, watched := range []bool{false, true} {
			synctest.Test(t, func(t *testing.T) {
				tb := handle.NewTable()
				a, b, err := Create(tb, mode)
				if err != nil {
					t.Fatal(err)
				}
				got := make(chan string)
				go func() {
					p := make([]byte, 3)
					n, err := ReadFull(tb, b, p, time.Time{})
					got <- string(p[:n])
					if err != nil {
						t.Error(err)
					}
				}()
				synctest.Wait()
				if watched {
					go tb.WaitOne(b, handle.PeerClosed, time.Time{})
					synctest.Wait()
				}
				if n, err := Write(tb, a, 0, []byte("abc")); n != 3 || err != nil {
					t.Errorf("Write: %d, %v", n, err)
				}
				if s := <-got; s != "abc" {
					t.Errorf("ReadFull: %q", s)
				}
				in := &tb.Lookup(b).Object().(*endpoint).in
				if (in.head != nil) != watched || in.size != 0 {
					t.Errorf("mode %d, watched %v: the queue has memory: %v, and %d bytes", mode, watched, in.head != nil, in.size)
				}
				tb.CloseAll()
			})
		}
	}
}
