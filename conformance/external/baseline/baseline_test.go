package baseline

import (
	"bytes"
	"testing"
)

// Every workload of every subject does its work and reports no error.
func TestWorkloadsRun(t *testing.T) {
	for _, s := range append(Peers(), Limits()...) {
		t.Run(s.Name, func(t *testing.T) {
			if s.Unavailable != nil {
				t.Skipf("%s is unavailable: %v", s.Name, s.Unavailable)
			}
			run := func(what string, make func() (Loop, error)) {
				t.Helper()
				l, err := make()
				if err != nil {
					t.Fatalf("%s: %v", what, err)
				}
				for range 2 { // a loop may be run again
					if err := l.Run(20); err != nil {
						t.Errorf("%s: %v", what, err)
					}
				}
				if l.Close != nil {
					l.Close()
				}
			}
			for _, size := range []int{1, 1024, 65536} {
				if s.WriteRead != nil {
					run("write+read", func() (Loop, error) { return s.WriteRead(size) })
				}
				if s.Stream != nil {
					run("stream", func() (Loop, error) { return s.Stream(size) })
				}
			}
			if s.PingPong != nil {
				run("ping-pong", s.PingPong)
			}
			if s.CreateClose != nil {
				run("create and close", s.CreateClose)
			}
			if s.Idle != nil {
				release, err := s.Idle(10)
				if err != nil {
					t.Fatalf("idle: %v", err)
				}
				release()
			}
		})
	}
}

// The rings are rings: what goes in comes out, around the end too.
func TestRing(t *testing.T) {
	q := newRing()
	src, dst := make([]byte, 100_000), make([]byte, 100_000)
	for round := range 20 {
		for i := range src {
			src[i] = byte(i*7 + round)
		}
		if n := q.write(src); n != len(src) {
			t.Fatalf("round %d: wrote %d of %d", round, n, len(src))
		}
		if n := q.read(dst); n != len(dst) || !bytes.Equal(src, dst) {
			t.Fatalf("round %d: read %d of %d, or the bytes differ", round, n, len(dst))
		}
	}
	for range 3 {
		q.write(src)
	}
	if q.n != Capacity || q.write(src) != 0 {
		t.Errorf("a full ring holds %d of %d bytes and takes more", q.n, Capacity)
	}
}
