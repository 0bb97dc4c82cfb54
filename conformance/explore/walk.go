package explore

import (
	"context"
	"sync/atomic"
	"time"

	"mx.example/conformance/trace"
)

// A walk goes through the small world of one configuration until every call
// has been made in every state.
//
// It does not start anew for each call. From a state it takes the first call
// not made there yet, and goes on from wherever that leads; when there is
// nothing left to do near by, it makes a fresh pair and goes to a state that
// has calls left: one of the highest rank, so that the way from there, down the
// calls that nothing undoes, is long.
type walk struct {
	*world
	column *column
	space  Space
	index  map[Key]int32 // of the states found
	nodes  []node
	todo   [ranks][]int32 // states that may have calls left, by rank
	found  []found

	calls, states *atomic.Uint64 // of all walks
	failures      *atomic.Uint64 // of those on the same backend in this edition
}

// A node is a state.
type node struct {
	key    Key
	parent int32  // a state from which a call leads here
	via    uint16 // that call, numbered as for cursor
	depth  uint16 // of the way here along the parents
	cursor uint16 // calls made here so far
	total  uint16 // calls there are
	door   uint16 // a call that led on from here,
	exit   int32  // to that state; 0 if there is none
}

// A found is a difference and the steps that led to it.
type found struct {
	diff  *Difference
	steps []trace.Step
}

// oneKernel is how many calls are made on a kernel at most before a fresh one
// is booted: a difference that comes of all of them should be found again in a
// moment.
const oneKernel = 2000

// nearBy is how many calls to a state where something is left to do are better
// than beginning anew.
const nearBy = 6

func newWalk(c *column, datagram bool, capacity uint64) *walk {
	return &walk{
		column: c,
		world:  newWorld(c.b, c.e, datagram, capacity),
		space:  Space{Backend: c.info.Name, Edition: c.e, Datagram: datagram, Capacity: capacity},
		index:  make(map[Key]int32),
	}
}

// size says which walks take longer than others.
func (w *walk) size() int {
	n := int(w.space.Capacity)
	if w.space.Datagram {
		n += maxCapacity
	}
	return n
}

// run reaches the fixed point, or returns early if ctx is canceled or there
// are more differences than anybody wants to see.
func (w *walk) run(ctx context.Context) {
	began := time.Now()
	if err := w.walk(ctx); err != nil {
		w.space.Differences++
		w.found = append(w.found, found{diff: &Difference{Kind: "boot", Detail: err.Error()}})
	}
	w.close()
	w.space.Unsupported = w.unsupported
	w.space.States = uint64(len(w.nodes))
	if w.space.Differences == 0 && w.space.Unsupported == 0 && ctx.Err() == nil && w.failures.Load() == 0 {
		if d := w.space.complete(); d != nil {
			w.space.Differences++
			w.found = append(w.found, found{diff: d})
		}
	}
	w.space.Seconds = time.Since(began).Seconds()
}

func (w *walk) walk(ctx context.Context) error {
	if ok, err := w.boot(); !ok {
		w.note()
		return err
	}
	w.node(w.key)
	for ctx.Err() == nil && w.failures.Load() < maxFound {
		next, ok := w.next()
		if !ok {
			break
		}
		calls := w.space.Transitions
		ok, err := w.reach(next)
		switch {
		case err != nil:
			return err
		case ok:
			w.wander(next)
		default:
			// The way here is barred by a difference.
			w.nodes[next].cursor = w.nodes[next].total
		}
		w.note()
		w.calls.Add(w.space.Transitions - calls)
	}
	return nil
}

// maxFound is how many differences the walks of one backend collect before they
// end.
const maxFound = 100

// note keeps a difference, if there is one, and the way to it.
func (w *walk) note() {
	if w.wrong == nil {
		return
	}
	w.space.Differences++
	w.failures.Add(1)
	w.found = append(w.found, found{w.wrong, w.way()})
}

// node is the number of a state, a new one if it has not been seen.
func (w *walk) node(k Key) int32 {
	if i, ok := w.index[k]; ok {
		return i
	}
	_, live, all := k.places()
	i := int32(len(w.nodes))
	w.index[k] = i
	w.states.Add(1)
	w.todo[k.rank()] = append(w.todo[k.rank()], i)
	w.nodes = append(w.nodes, node{key: k, total: uint16(live*len(w.live) + (all-live)*len(w.dead))})
	return i
}

// next is a state that has calls left, one of the highest rank, if there is
// any.
func (w *walk) next() (int32, bool) {
	for r := len(w.todo) - 1; r >= 0; r-- {
		for ; len(w.todo[r]) > 0; w.todo[r] = w.todo[r][1:] {
			i := w.todo[r][0]
			if n := &w.nodes[i]; n.cursor < n.total {
				return i, true
			}
		}
	}
	return 0, false
}

// reach goes to a state by the shortest way known from the first one. It
// reports false if it did not get there.
func (w *walk) reach(to int32) (bool, error) {
	if len(w.made) > oneKernel || w.wrong != nil || !w.begin() {
		if ok, err := w.boot(); !ok {
			return false, err
		}
	}
	var way []uint16
	for i := to; i != 0; i = w.nodes[i].parent {
		way = append(way, w.nodes[i].via)
	}
	for i := len(way) - 1; i >= 0; i-- {
		if m, ok := w.choose(way[i]); !ok || !w.do(m) {
			return false, nil
		}
	}
	return w.key == w.nodes[to].key, nil
}

// wander makes calls from a state on, until nothing new is near.
func (w *walk) wander(at int32) {
	for len(w.made) < 2*oneKernel {
		n := &w.nodes[at]
		if n.cursor == n.total {
			if at = w.leave(at); at < 0 {
				return
			}
			continue
		}
		via := n.cursor
		n.cursor++
		m, ok := w.choose(via)
		if !ok {
			continue
		}
		w.space.Transitions++
		before := w.key
		if !w.do(m) || !w.observe(w.key != before) {
			return
		}
		if w.key == before {
			continue
		}
		depth := w.nodes[at].depth + 1
		to := w.node(w.key)
		n = &w.nodes[to]
		if to != 0 && (n.depth == 0 || n.depth > depth) {
			n.parent, n.via, n.depth = at, via, depth
		}
		if n.cursor < n.total || n.exit != 0 {
			w.nodes[at].exit, w.nodes[at].door = to, via
		}
		at = to
	}
}

// leave goes from a state in which nothing is left to do to one near by where
// something is, the way that led on when it was last there. It returns where
// it has got, or -1 if there is no such way.
func (w *walk) leave(at int32) int32 {
	to := at
	for range nearBy {
		if n := &w.nodes[to]; n.cursor < n.total {
			break
		}
		if to = w.nodes[to].exit; to == 0 {
			return -1
		}
	}
	if n := &w.nodes[to]; n.cursor == n.total {
		return -1
	}
	for at != to {
		m, ok := w.choose(w.nodes[at].door)
		at = w.nodes[at].exit
		if !ok || !w.do(m) || w.key != w.nodes[at].key {
			return -1
		}
	}
	return at
}
