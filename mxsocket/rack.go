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

// take returns the chunk that has rested longest, or nil if too few rest.
func (r *rack) take() (c *chunk) {
	if r.n > resting {
		c, r.ring[r.head] = r.ring[r.head], nil
		r.head = (r.head + 1) % len(r.ring)
		r.n--
	}
	return c
}

// put puts c behind the others, unless there is no place.
func (r *rack) put(c *chunk) bool {
	if r.n == len(r.ring) {
		return false
	}
	r.ring[(r.head+r.n)%len(r.ring)] = c
	r.n++
	return true
}

// rested returns a chunk of the largest size from a rack, or nil.
func rested() *chunk {
	r := racks.Get().(*rack)
	c := r.take()
	racks.Put(r)
	return c
}

// rest puts c, which is of the largest size, on a rack, if there is a place.
func rest(c *chunk) bool {
	r := racks.Get().(*rack)
	ok := r.put(c)
	racks.Put(r)
	return ok
}
