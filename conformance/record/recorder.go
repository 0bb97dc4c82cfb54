package record

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"mx.example/conformance/oracle"
	"mx.example/conformance/trace"
	"mx.example/handle"
)

// A Recorder is a [handle.Hook] that keeps calls. One Recorder may be the hook of
// any number of tables: handles that go from one to another stay known.
//
// When as many calls again have come as are kept, their order is looked for, and
// other calls wait meanwhile. With that, a byte written and read takes some 800
// times as long as in a table without a hook (BenchmarkRecorder).
type Recorder struct {
	limit int

	mu      sync.Mutex // guards the rest
	events  []*event   // kept, by the time of their beginning
	under   map[*handle.Call]*event
	tables  map[*handle.Table]*table
	order   []*table // by the time of their making
	handles map[value]*made
	koids   map[handle.Koid]string // the name of the first handle to the object
	labels  map[string]string      // what the program calls an object, by that name
	names   map[string]int         // those given, and the last number behind each
	actors  map[uint64]string      // by goroutine, of those that still matter
	missing map[handle.Op]int      // calls that no line can stand for

	goroutines int // that made calls

	base    *node        // what the calls that are not kept have led to; nil: nothing
	dropped int          // how many those are
	failed  *explanation // of calls that are not explained: nothing is kept after them
}

// New returns a Recorder that keeps the last limit calls, at least one.
func New(limit int) *Recorder {
	return &Recorder{
		limit:   max(1, limit),
		under:   make(map[*handle.Call]*event),
		tables:  make(map[*handle.Table]*table),
		handles: make(map[value]*made),
		koids:   make(map[handle.Koid]string),
		labels:  make(map[string]string),
		names:   make(map[string]int),
		actors:  make(map[uint64]string),
		missing: make(map[handle.Op]int),
	}
}

// A table is a handle table as the case has it.
type table struct {
	name string
	call trace.Call // that makes it
	e    handle.Edition
}

// A value is a handle in its table.
type value struct {
	t *table
	h handle.Handle
}

// nth stands in the name of a handle between that of the object and a number.
const nth = "_"

// A made handle has a name, and the name of the object that it is the n-th handle
// to.
type made struct{ name, object string }

// An event is a call that was told of.
type event struct {
	op           handle.Op
	actor        string // "" is the case itself
	began, ended uint64 // ended is 0 while it is under way
	call         trace.Call
	res          trace.Result
	koids        [2]string // of OpInfo: the names of the objects
	data         string    // of a WriteAll or ReadFull
	size, least  int       // of a ReadFull
	left         bool      // no line stands for it
}

// loops reports whether the call is one of many writes or reads.
func (ev *event) loops() bool { return ev.op == handle.OpWriteAll || ev.op == handle.OpReadFull }

// waits reports whether the call may have waited.
func (ev *event) waits() bool {
	switch ev.call.Op {
	case trace.OpWait, trace.OpWaitMany, trace.OpPortWait:
		return true
	}
	return false
}

// Before implements [handle.Hook].
func (r *Recorder) Before(c *handle.Call) {
	g := c.Goroutine()
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.failed != nil {
		return
	}
	if c.Op == handle.OpNewTable {
		r.addTable(c)
		return
	}
	ev := &event{op: c.Op, began: c.Began, actor: r.actor(g)}
	r.given(ev, c)
	if m := r.handles[value{r.tables[c.Table], c.Handle}]; m != nil {
		if name := c.HandleName(c.Handle); !strings.HasPrefix(name, "0x") {
			r.labels[m.object] = name
		}
	}
	r.under[c] = ev
	r.events = append(r.events, ev)
}

// After implements [handle.Hook].
func (r *Recorder) After(c *handle.Call) {
	r.mu.Lock()
	defer r.mu.Unlock()
	ev := r.under[c]
	if ev == nil {
		return
	}
	delete(r.under, c)
	ev.ended = c.Ended
	r.answered(ev, c)
	if ev.left {
		r.missing[ev.op]++
	}
	if len(r.events) >= 2*r.limit {
		r.compact()
	}
}

// actor returns the name of a goroutine: that of the first one is empty.
func (r *Recorder) actor(g uint64) string {
	name, known := r.actors[g]
	if !known {
		if r.goroutines++; r.goroutines > 1 {
			name = "g" + strconv.Itoa(r.goroutines)
		}
		r.actors[g] = name
	}
	return name
}

// addTable takes note of a table. One with nothing special, made first, is the one
// that a case begins with.
func (r *Recorder) addTable(c *handle.Call) {
	t := &table{name: trace.FirstTable, e: c.Table.Edition(), call: trace.Call{Op: trace.OpTable}}
	if c.HandleLimit != handle.DefaultHandles {
		t.call.Handles = uint64(c.HandleLimit)
	}
	t.call.Memory, t.call.HasMemory = c.MemoryLimit, c.Limited
	first := len(r.order) == 0
	own := word(c.Table.Name())
	if !first || t.call.Handles != 0 || t.call.HasMemory {
		t.name = "t" + strconv.Itoa(len(r.order)+1)
		if own != "" && !slices.ContainsFunc(r.order, func(o *table) bool { return o.name == own }) && own != trace.FirstTable {
			t.name = own
		}
	}
	if !first && t.e != r.order[0].e {
		t.call.Edition = &t.e
	}
	t.call.Table = t.name
	r.tables[c.Table], r.order = t, append(r.order, t)
}

// name returns a name that no other handle has or had: the one that is wanted, or
// that with a number behind it.
func (r *Recorder) name(wanted, between string) string {
	name := wanted
	for between != "" || r.names[name] > 0 {
		r.names[wanted+between]++
		name = wanted + between + strconv.Itoa(r.names[wanted+between]+1)
		between = ""
	}
	r.names[name] = max(r.names[name], 1)
	return name
}

// compact lets the oldest calls go, so that limit are left, or more if some are
// still under way. What they did stays in base.
func (r *Recorder) compact() {
	slices.SortFunc(r.events, func(a, b *event) int { return cmp.Compare(a.began, b.began) })
	at := r.quiet(false)
	if at == 0 {
		at = r.quiet(true)
	}
	if at == 0 {
		return
	}
	cut := r.events[at].began
	x := r.search(r.start(), cut)
	if x.stuck != nil {
		x.prologue, x.begin = r.prologue()
		r.failed = x
		return
	}
	kept := r.events[:0]
	for _, ev := range r.events {
		if x.end.over[ev] || x.end.passed[ev] {
			r.dropped++
			continue
		}
		kept = append(kept, ev)
	}
	clear(r.events[len(kept):])
	r.events = kept
	x.end.settleDown()
	r.base = x.end
	r.forget()
}

// quiet returns the last event, of those before the ones that are kept, at whose
// beginning no call was under way but waits, or if loops is set a WriteAll or
// ReadFull: so no call before it can have come after one that is kept. It returns 0
// if there is none, but not when twice as many calls have come as should have.
func (r *Recorder) quiet(loops bool) (at int) {
	last := len(r.events) - r.limit
	running := uint64(0) // until then
	for i, ev := range r.events[:last+1] {
		if running < ev.began {
			at = i
		}
		if ev.waits() || ev.left || loops && ev.loops() {
			continue
		}
		if ev.ended == 0 {
			break
		}
		running = max(running, ev.ended)
	}
	if at == 0 && loops && len(r.events) > 4*r.limit {
		return last
	}
	return at
}

// start is the node before the events that are kept.
func (r *Recorder) start() *node {
	if r.base != nil {
		return r.base.clone()
	}
	return newNode(r.fresh())
}

// fresh is the state with the tables alone.
func (r *Recorder) fresh() *oracle.State {
	e := handle.Manual
	if len(r.order) > 0 {
		e = r.order[0].e
	}
	s := oracle.New(e)
	for _, t := range r.order {
		if t.name != trace.FirstTable {
			c := t.call
			s.Do(&c)
		}
	}
	return s
}
