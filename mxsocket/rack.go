package mxsocket

import "sync"

// A rack hands out the largest chunks in turn: the one that has rested longest
// comes first, and only while others stay behind. A sync.Pool gives back what
// it was given last, and going through one and the same 64 KiB again and again
// is a sixth slower, on the processors where this was measured, than through
// four of them; for smaller chunks, which stay in a cache nearer by, it is the
// other way around. Like the pools, racks belong to a processor and are
// emptied by the garbage collector.
type rack struct {
	ring    [8]*chunk
	head, n int
}

// resting is how many chunks a rack keeps behind.
const resting = 3

var racks = sync.Pool{New: func() any { return new(rack) }}

// racked returns a chunk of the largest size, or nil if none has rested enough.
func racked() (c *chunk) {
	r := racks.Get().(*rack)
	if r.n > resting {
		c, r.ring[r.head] = r.ring[r.head], nil
		r.head = (r.head + 1) % len(r.ring)
		r.n--
	}
	racks.Put(r)
	return c
}

// rackUp puts c on the rack, unless that is full.
func rackUp(c *chunk) bool {
	r := racks.Get().(*rack)
	room := r.n < len(r.ring)
	if room {
		r.ring[(r.head+r.n)%len(r.ring)] = c
		r.n++
	}
	racks.Put(r)
	return room
}
