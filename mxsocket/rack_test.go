package mxsocket

import "testing"

// A rack gives what it got first, and keeps some behind.
func TestRack(t *testing.T) {
	var r rack
	var in []*chunk
	for i := range len(r.ring) + 1 {
		c := new(chunk)
		in = append(in, c)
		if got, want := r.put(c), i < len(r.ring); got != want {
			t.Fatalf("put %d: %v, want %v", i, got, want)
		}
	}
	for round := range 3 { // past the end of the ring, too
		for i := range len(r.ring) - resting {
			c := r.take()
			if want := in[i]; c != want {
				t.Fatalf("round %d: take %d: not the chunk that was put first", round, i)
			}
		}
		if r.take() != nil {
			t.Fatalf("round %d: more than all but %d were taken", round, resting)
		}
		taken := len(r.ring) - resting
		in = append(in[taken:len(r.ring):len(r.ring)], in[:taken]...)
		for _, c := range in[resting:] {
			if !r.put(c) {
				t.Fatalf("round %d: no place", round)
			}
		}
	}
}

// What rests on a rack is for those who ask for the largest size.
func TestRackIsForTheLargest(t *testing.T) {
	var large []*chunk
	for range resting + 2 {
		large = append(large, newChunk(1<<largestShift))
	}
	for _, c := range large {
		if len(c.data) != 1<<largestShift {
			t.Fatalf("a chunk of %d bytes", len(c.data))
		}
		c.free()
	}
	for _, n := range []int{1, smallChunk, smallChunk + 1, 1 << (largestShift - 1)} {
		if c := newChunk(n); len(c.data) >= 1<<largestShift || (c.small != nil) != (n <= smallChunk) {
			t.Errorf("for %d bytes a chunk of %d", n, len(c.data))
		}
	}
}
