package chaos_test

import (
	"bytes"
	"encoding/binary"
	"os"
	"testing"
	"testing/synctest"
	"time"

	"mx.example/handle"
	"mx.example/mxsocket"
	"mx.example/mxsocket/chaos"
	"mx.example/status"
)

// enough is how many calls a program that is right has to go through.
func enough() int {
	if os.Getenv("MXCONFORM_LONG") != "" {
		return 1_000_000
	}
	return 20_000
}

// A fixture is a table with faults, and a pair in it.
type fixture struct {
	testing.TB
	plan  *chaos.Plan
	t     *handle.Table
	a, b  handle.Handle
	calls int
}

func newFixture(t testing.TB, seed uint64, rates chaos.Rates, e handle.Edition, mode uint32, opts ...any) *fixture {
	f := &fixture{TB: t, plan: chaos.New(seed, rates)}
	table, pair := []handle.Option{handle.WithEdition(e), f.plan.Option()}, []mxsocket.Option(nil)
	for _, o := range opts {
		switch o := o.(type) {
		case handle.Option:
			table = append(table, o)
		case mxsocket.Option:
			pair = append(pair, o)
		}
	}
	f.t = handle.NewTable(table...)
	for {
		var err error
		if f.a, f.b, err = mxsocket.Create(f.t, mode, pair...); err == nil {
			return f
		} else if err != status.ErrNoMemory {
			t.Fatal(err)
		}
	}
}

// drain reads what there is, as a reader does that is right.
func (f *fixture) drain() (got []byte) {
	for buf := make([]byte, 4096); ; {
		n, err := mxsocket.Read(f.t, f.b, 0, buf)
		if err != nil {
			return got
		}
		got = append(got, buf[:n]...)
	}
}

var message = []byte("HELLO-WORLD-AND-SO-ON")

// Each pitfall shows within a number of calls, whatever the seed.
func TestPitfalls(t *testing.T) {
	for _, p := range []struct {
		name   string
		within int
		// round makes some calls, and reports whether it went wrong.
		round func(f *fixture) (wrong bool)
	}{
		{"the count is ignored", 20, func(f *fixture) bool {
			f.calls++
			mxsocket.Write(f.t, f.a, 0, message)
			return !bytes.Equal(f.drain(), message)
		}},
		{"SHOULD_WAIT is an error", 120, func(f *fixture) bool {
			for p := message; len(p) > 0; {
				f.calls++
				n, err := mxsocket.Write(f.t, f.a, 0, p)
				if err != nil {
					return true // a healthy connection is closed
				}
				p = p[n:]
			}
			f.drain()
			return false
		}},
		// The reader does not get to run until the writer sleeps, and no time
		// passes: who tries again and again does so for ever.
		{"spinning", 120 + 1000, func(f *fixture) bool {
			tries := 0
			for p := message; len(p) > 0; tries++ {
				f.calls++
				n, _ := mxsocket.Write(f.t, f.a, 0, p)
				if p = p[n:]; tries == 1000 {
					return true
				}
			}
			f.drain()
			return false
		}},
		{"frames without a loop", 20, func(f *fixture) bool {
			for range 2 {
				f.calls++
				mxsocket.Write(f.t, f.a, 0, append([]byte{byte(len(message))}, message...))
			}
			for got := f.drain(); len(got) > 0; {
				n := int(got[0])
				if got = got[1:]; n > len(got) || !bytes.Equal(got[:n], message) {
					return true
				}
				got = got[n:]
			}
			return false
		}},
		{"a short read is taken for all", 20, func(f *fixture) bool {
			mxsocket.WriteAll(f.t, f.a, message, time.Time{})
			f.calls++
			buf := make([]byte, len(message))
			n, _ := mxsocket.Read(f.t, f.b, 0, buf)
			return n < len(message)
		}},
	} {
		for _, e := range handle.Editions() {
			for seed := range uint64(50) {
				synctest.Test(t, func(t *testing.T) {
					f := newFixture(t, seed, chaos.Usual, e, mxsocket.Stream)
					for !p.round(f) {
						if f.calls > p.within {
							t.Fatalf("%s, %v, seed %d: nothing went wrong in %d calls", p.name, e, seed, f.calls)
						}
					}
					if f.calls > p.within {
						t.Errorf("%s, %v, seed %d: it took %d calls", p.name, e, seed, f.calls)
					}
				})
			}
		}
	}
}

// A writer and a reader that are right: an offset, and a wait on SHOULD_WAIT.
func TestRightLoops(t *testing.T) {
	for _, e := range handle.Editions() {
		synctest.Test(t, func(t *testing.T) {
			f := newFixture(t, uint64(e), chaos.Usual, e, mxsocket.Stream, mxsocket.WithCapacity(500))
			most := enough() / len(handle.Editions())
			done := make(chan int, 1)
			go func() {
				defer f.t.Close(f.a)
				calls, sent := 0, 0
				for calls < most {
					p := numbers(sent, 1+calls%200)
					for offset := 0; offset < len(p); calls++ {
						n, err := mxsocket.Write(f.t, f.a, 0, p[offset:])
						offset += n
						if err == status.ErrShouldWait {
							if _, err := f.t.WaitOne(f.a, handle.Writable, time.Time{}); err != nil {
								t.Error(err)
							}
						} else if err != nil {
							t.Error(err)
							return
						}
					}
					sent += len(p)
				}
				done <- sent
			}()
			port := f.port()
			got, buf := 0, make([]byte, 300)
			for {
				n, err := mxsocket.Read(f.t, f.b, 0, buf)
				if err == status.ErrShouldWait {
					if err := f.t.WaitAsync(f.b, port, 1, handle.Readable|handle.PeerClosed, handle.WaitAsyncOnce); err != nil {
						t.Fatal(err)
					}
					if _, err := f.t.WaitPort(port, time.Time{}); err != nil {
						t.Fatal(err)
					}
					continue
				}
				if err != nil {
					if err != status.ErrPeerClosed {
						t.Error(err)
					}
					break
				}
				if !bytes.Equal(buf[:n], numbers(got, n)) {
					t.Fatalf("after %d bytes came others than were sent", got)
				}
				got += n
			}
			if sent := <-done; sent != got {
				t.Errorf("%d bytes of %d arrived", got, sent)
			}
			for k, name := range []string{"ShortWrite", "ShortRead", "Full", "NoMemory", "Wake"} {
				if n := f.plan.Count(chaos.Kind(k)); (n > 0) != (chaos.Kind(k) != chaos.NoMemory) {
					t.Errorf("%v: %s came %d times", e, name, n)
				}
			}
		})
	}
}

// port makes a port.
func (f *fixture) port() handle.Handle {
	for {
		if h, err := handle.NewPort(f.t, portOptions(f.t.Edition())); err == nil {
			return h
		}
	}
}

func portOptions(e handle.Edition) uint32 {
	if e == handle.Zircon {
		return 0
	}
	return handle.PortVersion
}

// numbers are n bytes that follow after that many, in which a gap or a swap
// shows.
func numbers(after, n int) []byte {
	p := make([]byte, n)
	for i := range p {
		x := after + i
		p[i] = byte(x ^ x>>8*7 ^ x>>16*31)
	}
	return p
}

// Frames by WriteAll and ReadFull, which are the loops.
func TestRightFrames(t *testing.T) {
	for _, e := range handle.Editions() {
		synctest.Test(t, func(t *testing.T) {
			f := newFixture(t, uint64(e), chaos.Usual, e, mxsocket.Stream, mxsocket.WithCapacity(100))
			most := enough() / len(handle.Editions())
			go func() {
				defer f.t.Close(f.a)
				for i := range most {
					frame := binary.BigEndian.AppendUint16(nil, uint16(i%150))
					frame = append(frame, numbers(i, i%150)...)
					if n, err := mxsocket.WriteAll(f.t, f.a, frame, time.Time{}); n != len(frame) || err != nil {
						t.Errorf("WriteAll: %d, %v", n, err)
						return
					}
				}
			}()
			for i := 0; ; i++ {
				head := make([]byte, 2)
				if n, err := mxsocket.ReadFull(f.t, f.b, head, time.Time{}); err == status.ErrPeerClosed && n == 0 && i == most {
					break
				} else if n != 2 || err != nil {
					t.Fatalf("ReadFull: %d, %v after %d frames", n, err, i)
				}
				body := make([]byte, binary.BigEndian.Uint16(head))
				if n, err := mxsocket.ReadFull(f.t, f.b, body, time.Time{}); n != len(body) || err != nil || !bytes.Equal(body, numbers(i, i%150)) {
					t.Fatalf("frame %d: ReadFull: %d, %v", i, n, err)
				}
			}
		})
	}
}
