package handle

import "math/rand/v2"

// An index finds the operations of a port by their source and key, so that a
// cancel costs what it cancels. It is a hash table with a chain for each place,
// and keeps between a quarter and all of its places used, but for the first
// few. It has no lock; the port's guards it.
type index struct {
	places []*operation // a power of two of them; nil before the first operation
	used   int
}

// indexed is what an operation knows of its place in an index.
type indexed struct {
	hash uint64
	next *operation
	prev **operation
}

const leastPlaces = 8

// hashSalt differs from run to run, so that nobody can rely on an order.
var hashSalt = rand.Uint64()

// hash mixes the value and the key; the table is left to the comparison. The
// multipliers are odd and have no pattern.
func hash(from source, key uint64) uint64 {
	x := (key^hashSalt)*0x9e3779b97f4a7c15 + uint64(from.value)
	x ^= x >> 32
	x *= 0xd6e8feb86659fd93
	return x ^ x>>32
}

// first returns the first operation of a chain that has all those with this
// source and key, and maybe others.
func (x *index) first(from source, key uint64) *operation {
	if len(x.places) == 0 {
		return nil
	}
	return x.places[x.place(hash(from, key))]
}

func (x *index) place(hash uint64) int { return int(hash & uint64(len(x.places)-1)) }

func (x *index) insert(op *operation) {
	if x.used++; x.used > len(x.places) {
		x.resize(max(leastPlaces, 2*len(x.places)))
	}
	op.indexed.hash = hash(op.source, op.key)
	x.push(op)
}

func (x *index) push(op *operation) {
	head := &x.places[x.place(op.indexed.hash)]
	op.indexed.next, op.indexed.prev = *head, head
	if *head != nil {
		(*head).indexed.prev = &op.indexed.next
	}
	*head = op
}

func (x *index) remove(op *operation) {
	if len(x.places) == 0 {
		return // of a port that was closed
	}
	at := &op.indexed
	*at.prev = at.next
	if at.next != nil {
		at.next.indexed.prev = at.prev
	}
	at.next, at.prev = nil, nil
	if x.used--; x.used < len(x.places)/4 && len(x.places) > leastPlaces {
		x.resize(len(x.places) / 2)
	}
}

func (x *index) resize(n int) {
	old := x.places
	x.places = make([]*operation, n)
	for _, op := range old {
		for op != nil {
			next := op.indexed.next
			x.push(op)
			op = next
		}
	}
}
