package explore

import (
	"context"
	"sync/atomic"
	"time"

	"mx.example/conformance/oracle"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// A walk goes through the small world of one configuration until every call
// has been made in every state.
//
// It does not start anew for each call. From a state it takes the first call
// not made there yet, and goes on from wherever that leads; when there is
// nothing left to do, or the way from the first state is getting long, it
// boots a fresh kernel and goes to the next state that has calls left.
type walk struct {
	column *column
	space  Space
	rights *worldRights
	live   []dish
	dead   []dish
	looks  [4][2]trace.Call

	index map[Key]int32 // of the states found
	nodes []node

	f     *follower
	key   Key
	slots slotRights
	where []place // those of key, dead ones last
	alive int     // how many are not
	room  [6]place
	pos   uint64
	koids [2]handle.Koid // of the pair now
	made  []making       // since the kernel was booted
	step  trace.Step
	out   [1]string
	found []found
	// barred says that the kernel has gone wrong.
	barred bool

	calls, states *atomic.Uint64 // of all walks
	failures      *atomic.Uint64 // of those on the same backend in this edition
}

// A making is a call made: what w.step was.
type making struct {
	d    *dish // nil: the first call
	slot int8
	dead bool // the slot never had a handle
	pos  uint64
}

// A node is a state.
type node struct {
	key    Key
	parent int32  // a state from which a call leads here
	via    uint16 // that call, numbered as for cursor
	depth  uint16 // of the way here along the parents
	cursor uint16 // calls made here so far
	total  uint16 // calls there are
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

// stray is how much farther from the first state a walk may go than where it
// began: what it finds there should be reached again in few calls.
const stray = 4

func newWalk(c *column, datagram bool, capacity uint64) *walk {
	rights := worldRightsOf(c.e)
	return &walk{
		rights: rights,
		column: c,
		space:  Space{Backend: c.info.Name, Edition: c.e, Datagram: datagram, Capacity: capacity},
		live:   menu(c.e, capacity),
		dead:   deadMenu(),
		looks:  looksOf(c.e),
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
	if w.f != nil {
		w.f.close()
	}
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
	if err := w.boot(); err != nil {
		return err
	}
	w.node(w.key)
	for next := 0; next < len(w.nodes) && ctx.Err() == nil && w.failures.Load() < maxFound; {
		if n := &w.nodes[next]; n.cursor == n.total {
			next++
			continue
		}
		ok, err := w.reach(int32(next))
		if err != nil {
			return err
		}
		if !ok {
			// The way here is barred by a difference, which is noted.
			w.nodes[next].cursor = w.nodes[next].total
			continue
		}
		calls := w.space.Transitions
		w.wander(int32(next))
		w.calls.Add(w.space.Transitions - calls)
	}
	return nil
}

// maxFound is how many differences the walks of one backend collect before they
// end.
const maxFound = 100

// boot begins on a fresh kernel in the first state.
func (w *walk) boot() error {
	if w.f != nil {
		w.f.close() // what a kernel says at its end is the random campaign's to look at
	}
	f, err := follow(w.column.b, w.column.e)
	if err != nil {
		return err
	}
	w.f, w.made = f, w.made[:0]
	w.slots = slotRights{}
	w.begin()
	return nil
}

// begin makes a fresh pair, and closes what is left of the one before.
func (w *walk) begin() bool {
	for i, rights := range w.slots {
		if rights != 0 && !w.do(making{d: &closing, slot: int8(i)}) {
			return false
		}
	}
	w.koids = [2]handle.Koid{w.f.s.LastKoid + 1, w.f.s.LastKoid + 2}
	return w.do(making{})
}

// closing is how a pair is left.
var closing = dish{Call: trace.Call{Op: trace.OpClose}}

// node is the number of a state, a new one if it has not been seen.
func (w *walk) node(k Key) int32 {
	if i, ok := w.index[k]; ok {
		return i
	}
	_, live, all := k.places()
	i := int32(len(w.nodes))
	w.index[k] = i
	w.states.Add(1)
	w.nodes = append(w.nodes, node{key: k, total: uint16(live*len(w.live) + (all-live)*len(w.dead))})
	return i
}

// reach boots a kernel and goes to a state. It reports false if it did not
// get there.
func (w *walk) reach(to int32) (bool, error) {
	if len(w.made) > oneKernel || w.barred || !w.begin() {
		if err := w.boot(); err != nil {
			return false, err
		}
	}
	w.barred = false
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
func (w *walk) wander(from int32) {
	limit := w.nodes[from].depth + stray
	for at := from; ; {
		n := &w.nodes[at]
		if n.cursor == n.total || n.depth > limit {
			return
		}
		via := n.cursor
		n.cursor++
		m, ok := w.choose(via)
		if !ok {
			continue
		}
		w.space.Transitions++
		before := w.key
		if !w.do(m) || !w.observe() {
			return
		}
		if w.key == before {
			continue
		}
		depth := w.nodes[at].depth + 1
		to := w.node(w.key)
		if n := &w.nodes[to]; to != 0 && (n.depth == 0 || n.depth > depth) {
			n.parent, n.via, n.depth = at, via, depth
		}
		at = to
	}
}

// look takes note of the state that the oracle is in.
func (w *walk) look() {
	key, slots := w.rights.keyOf(w.f.s, w.koids)
	if w.slots = slots; key == w.key && w.where != nil {
		return
	}
	w.key = key
	list, live, all := key.places()
	w.room, w.alive = list, live
	w.where = w.room[:all]
}

// choose finds the call number via of the state, or reports false if there is
// no such call.
func (w *walk) choose(via uint16) (making, bool) {
	var p place
	var d *dish
	if n := int(via); n < w.alive*len(w.live) {
		p, d = w.where[n%w.alive], &w.live[n/w.alive]
	} else {
		n -= w.alive * len(w.live)
		dead := w.where[w.alive:]
		p, d = dead[n%len(dead)], &w.dead[n/len(dead)]
	}
	slot := p.slot(&w.slots)
	if d.crowds(w.rights[p.rights], w.slots[slot^1] != 0) {
		return making{}, false
	}
	_, named := w.f.s.Handles[slotNames[slot]]
	return making{d, int8(slot), !named, w.pos}, true
}

// write makes step the call that m says.
func (w *walk) write(m making, step *trace.Step, out []string) {
	c := &step.Call
	if m.d == nil {
		*c = firstCall(w.space.Datagram, w.space.Capacity)
		return
	}
	*c = m.d.Call
	if !m.dead {
		c.H.Name = slotNames[m.slot]
	}
	switch m.d.gives {
	case another:
		out[0] = slotNames[m.slot^1]
		c.Out = out
	case instead:
		out[0] = slotNames[m.slot]
		c.Out = out
	}
	if c.Buf.Data.Len > 0 {
		c.Buf.Data.Offset = m.pos
	}
}

// do makes a call, and notes a difference.
func (w *walk) do(m making) bool {
	w.write(m, &w.step, w.out[:])
	w.pos += w.step.Call.Buf.Data.Len
	w.made = append(w.made, m)
	switch w.f.step(&w.step) {
	case same:
		// Handle and rights come before any effect (O-ORDER).
		if st := w.f.want.Status; st != status.ErrBadHandle && st != status.ErrAccessDenied {
			w.look()
		}
		return true
	case unsupported:
		w.space.Unsupported++
		return true
	}
	w.look()
	w.note()
	return false
}

// note keeps a difference and the way to it. The kernel is not fit for use any
// more.
func (w *walk) note() {
	w.barred = true
	w.space.Differences++
	w.failures.Add(1)
	steps := make([]trace.Step, len(w.made))
	for i, m := range w.made {
		w.write(m, &steps[i], make([]string, 1))
	}
	w.found = append(w.found, found{w.f.diff, steps})
}

// observe compares what can be seen of both endpoints: all signals, and the
// bytes inbound by the query or, where there is none, by the info of a socket,
// through the first handle that may look. Of an endpoint without one nothing
// can be seen but what comes of calls.
func (w *walk) observe() bool {
	for end := range 2 {
		i := 2 * end
		switch {
		case readers[w.slots[i]]:
		case readers[w.slots[i+1]]:
			i++
		default:
			continue
		}
		o := w.f.s.Objects[w.koids[end]]
		now := w.f.s.Signals(o)
		st := status.OK
		if now == 0 {
			st = status.ErrTimedOut
		}
		r := w.f.m.Do(&w.looks[i][0])
		if r.Status != st || r.Observed != now {
			return w.again(i, 0)
		}
		r = w.f.m.Do(&w.looks[i][1])
		if r.Status != status.OK || r.N+r.Socket.RxBufSize != uint64(len(o.Inbound)) {
			return w.again(i, 1)
		}
	}
	return true
}

// again makes a look that showed a difference as a step.
func (w *walk) again(slot, look int) bool {
	return w.do(making{d: &dish{Call: w.looks[slot][look]}, slot: int8(slot)})
}

// looksOf are the calls that observe makes on each slot. A wait that polls for
// any signal at all tells the whole state.
func looksOf(e handle.Edition) (l [4][2]trace.Call) {
	bytes := trace.Call{Op: trace.OpOutstanding}
	if !oracle.RulesOf(e).Query {
		bytes.Op = trace.OpSocketInfo
	}
	all := trace.Call{Op: trace.OpWait, Signals: ^handle.Signals(0), Until: trace.Deadline{Kind: trace.Past}}
	for i, name := range slotNames {
		l[i] = [2]trace.Call{all, bytes}
		l[i][0].H.Name, l[i][1].H.Name = name, name
	}
	return l
}
