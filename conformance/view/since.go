package view

import (
	"mx.example/conformance"
	"mx.example/conformance/trace"
)

// anySocket stands for a call on no socket that is there.
const anySocket = -1

// sockets returns which sockets a call is about: of each the number of its
// first endpoint, and of an event its own.
func (w *world) sockets(c *trace.Call) []int {
	var list []int
	for _, r := range c.Refs() {
		g := w.grip(r)
		if g == nil {
			continue
		}
		n := g.o.number
		if g.o.peer != nil {
			n = min(n, g.o.peer.number)
		}
		list = append(list, n)
	}
	if list == nil {
		return []int{anySocket}
	}
	return list
}

// since finds for each step the one that left the state it was judged from;
// see [Step.Since]. sockets has which each of them is about. A difference on a
// handle that is not there may concern any of them.
func since(steps []Step, results []conformance.StepResult, sockets [][]int) {
	left := make(map[int]int) // the last step that did so on a socket, from 1
	last := 0                 // on any of them
	for i := range steps {
		s := &steps[i]
		if s.Kind == kinds[trace.Start] {
			continue
		}
		for _, n := range sockets[i] {
			s.Since = max(s.Since, left[n], left[anySocket])
			if n == anySocket {
				s.Since = last
			}
		}
		if results[i].Departs {
			last = i + 1
			for _, n := range sockets[i] {
				left[n] = i + 1
			}
		}
	}
}
