package explore

import (
	"mx.example/conformance/oracle"
	"mx.example/handle"
)

// A Key is all of a state of one small pair that decides how calls on it are
// answered, but for the bytes themselves. Of each endpoint, b in the low half:
//
//	bits 0-5   the lengths of what is inbound, two bits each: of a stream one
//	           length, of a datagram socket one a datagram, the earliest lowest
//	bit 6      inbound has ended
//	bit 7      user signal 0 is set
//	bits 8-10  the rights of its handles, as numbers of worldRights, or 0 where
//	bits 11-13 there is none: the greater number, then the other
//	bit 14     the endpoint asserts WRITABLE, where that is a bit (S-WRITABLE)
//
// Which handle has which rights makes no difference, so two are in order. Of
// an endpoint without handles only bit 6 is left, and nothing once both are
// gone. Which bytes are inbound is not in the key: that they are the right
// ones is compared at each read.
type Key uint32

const endBits = 15

// worldRights are the rights that handles have in the small world, from 1 on:
// none, those to read and to look, those to write and to signal, and all that
// create gives.
type worldRights [5]handle.Rights

func worldRightsOf(e handle.Edition) *worldRights {
	r := oracle.RulesOf(e)
	look := r.WaitRight
	if r.Zircon {
		look |= handle.RightInspect
	}
	return &worldRights{
		1: 0,
		2: handle.RightRead | look,
		3: handle.RightWrite | r.SignalRight | r.SignalPeerRight,
		4: r.SocketRights,
	}
}

// readers says which of them allow to look at the state.
var readers = [len(worldRights{})]bool{2: true, 4: true}

// The four handles of the small world, two an end; the first of each comes
// from create.
var slotNames = [4]string{"a", "a2", "b", "b2"}

// slotRights is what each slot holds: a number of worldRights, or 0.
type slotRights [4]uint8

// keyOf reduces a state to its key. koids are those of the endpoints a and b,
// and slots what the slots hold.
func keyOf(s *oracle.State, koids [2]handle.Koid, slots *slotRights) (k Key) {
	for end := range 2 {
		k <<= endBits
		o := s.Objects[koids[end]]
		if o == nil {
			continue
		}
		if o.Ended {
			k |= 1 << 6
		}
		if o.Closed {
			continue
		}
		if o.User != 0 {
			k |= 1 << 7
		}
		if o.Writable && oracle.RulesOf(o.Edition).StoredWritable {
			k |= 1 << 14
		}
		x, y := slots[2*end], slots[2*end+1]
		k |= Key(max(x, y))<<8 | Key(min(x, y))<<11
		if !o.Datagram {
			k |= Key(len(o.Inbound))
		}
		for i, n := range o.Lengths {
			k |= Key(n) << (2 * i)
		}
	}
	return k
}

// of is what a slot holds: a number of w, or 0 for no handle.
func (w *worldRights) of(s *oracle.State, slot string) uint8 {
	h := s.Handles[slot]
	if !h.Live {
		return 0
	}
	for n := 1; n < len(w); n++ {
		if w[n] == h.Rights {
			return uint8(n)
		}
	}
	panic("explore: a handle of the small world with the rights " + h.Rights.String())
}

// rank is how much of the world is still there: the calls that nothing undoes
// lead to a state of a lower one. An end with a handle that has all rights can
// have any others again; what is less is so for good.
func (k Key) rank() int {
	weights := [len(worldRights{})]int{1: 1, 2: 2, 3: 2, 4: fullEnd}
	rank := 0
	for end := range 2 {
		half := k >> (endBits * end)
		rank += min(fullEnd, weights[half>>8&7]+weights[half>>11&7])
		if half&(1<<6) == 0 {
			rank++ // inbound has not ended
		}
	}
	return rank
}

const (
	fullEnd = 5
	ranks   = 2*(fullEnd+1) + 1
)

// A place is a handle that calls are made on: one of an end with certain
// rights, of which it does not matter which, or with rights 0 a dead one.
type place struct{ end, rights uint8 }

// places are those of a state, dead ones last.
func (k Key) places() (list [6]place, live, all int) {
	var dead [2]place
	n := 0
	for end := range uint8(2) {
		half := k >> (endBits * (1 - end))
		upper, lower := uint8(half>>8&7), uint8(half>>11&7)
		if upper != 0 {
			list[live] = place{end, upper}
			live++
		}
		if lower != 0 && lower != upper {
			list[live] = place{end, lower}
			live++
		}
		if lower == 0 {
			dead[n] = place{end, 0}
			n++
		}
	}
	return list, live, live + copy(list[live:], dead[:n])
}

// slot finds a slot of a place.
func (p place) slot(slots *slotRights) int {
	i := 2 * int(p.end)
	if slots[i] != p.rights {
		i++
	}
	return i
}
