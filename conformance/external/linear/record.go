package linear

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing/synctest"
	"time"

	"mx.example/conformance"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// Names of what every history begins with: two tables, a pair and an event,
// all in the first table.
const (
	first, second = "p", "q"
	endA, endB    = "a", "b"
	eventE        = "e"
)

// Timed waits take this long, and pause is longer. Both are of the fake clock
// of a bubble.
const (
	timeout = time.Millisecond
	pause   = 2 * timeout
)

// Record makes a history on a fresh kernel of the backend. It is to be called
// inside a bubble of testing/synctest: that tells when every client has
// blocked, and lets time pass only then.
func Record(b conformance.Backend, c Config) (*History, error) {
	k, err := b.Boot(c.Edition)
	if err != nil {
		return nil, err
	}
	defer k.Close()
	r := &recorder{
		history: History{Config: c},
		kernel:  k,
		tables:  map[string]conformance.Process{},
		koids:   map[handle.Koid]string{},
	}
	if _, err := k.NewProcess(conformance.Limits{}); err != nil { // the first has no limits
		return nil, err
	}
	if err := r.setScene(); err != nil {
		return nil, err
	}
	r.watch()
	done := make(chan struct{})
	go func() {
		defer close(done)
		r.clients()
	}()
	r.clearScene(done)
	if r.broken != nil {
		return nil, r.broken
	}
	slices.SortFunc(r.history.Ops, func(a, b *Op) int { return int(a.Called - b.Called) })
	return &r.history, nil
}

// A recorder makes the calls of one history.
type recorder struct {
	kernel conformance.Kernel
	clock  atomic.Int64
	bytes  atomic.Uint32 // written so far: each is another letter
	ready  atomic.Uint32 // calls that were about to be made

	mu      sync.Mutex // guards what follows
	history History
	tables  map[string]conformance.Process
	names   []*name
	koids   map[handle.Koid]string
	serial  int
	broken  error // the kernel answered what cannot be recorded
}

// A name is a handle that a call returned.
type name struct {
	name  string
	table string
	value handle.Handle
	event bool // it refers to an event, and not to a socket
	dead  bool // a call has closed, replaced or transferred it
}

func (r *recorder) setScene() error {
	c := &r.history.Config
	create := trace.Call{Op: trace.OpCreate, Table: first, Capacity: c.Capacity, HasCapacity: true, Out: []string{endA, endB}}
	if c.Datagram {
		create.Options = 1
	}
	for _, call := range []trace.Call{
		{Op: trace.OpTable, Table: first, Handles: c.Handles, Memory: c.Memory, HasMemory: c.Memory > 0},
		{Op: trace.OpTable, Table: second},
		create,
		{Op: trace.OpEvent, Table: first, Out: []string{eventE}},
	} {
		if op := r.call(0, call); op.Result.Status != status.OK {
			return fmt.Errorf("%s: %v: the limits are too low to begin with", call.String(), op.Result.Status)
		}
	}
	return r.broken
}

// watch waits for nothing, many times over, until the handles go.
func (r *recorder) watch() {
	var items []handle.WaitItem
	for range r.history.Config.Watchers {
		for _, n := range []string{endA, endB} {
			items = append(items, handle.WaitItem{Handle: r.find(n).value})
		}
	}
	const most = 64 // that one wait takes in every edition
	for some := range slices.Chunk(items, most) {
		// They end by cancellation, of which nothing follows.
		go r.tables[first].WaitMany(some, time.Time{}, nil)
	}
	synctest.Wait()
}

// clients lets all clients make their calls, and returns when they have.
func (r *recorder) clients() {
	c := &r.history.Config
	var all sync.WaitGroup
	var ready atomic.Int32
	for i := range c.Clients {
		all.Go(func() {
			rnd := rand.New(rand.NewPCG(c.Seed, uint64(i)))
			// Nobody begins before all are there and every processor is awake:
			// a history is over in less time than one takes to wake up.
			for ready.Add(1); int(ready.Load()) < c.Clients; {
				runtime.Gosched()
			}
			for range c.Calls {
				r.call(i+1, r.choose(rnd))
			}
		})
	}
	all.Wait()
}

// clearScene sees the clients through to their end. Whenever all have blocked
// it notes so. Then it lets time pass, and if that is not enough closes
// handles, which ends the waits on them.
func (r *recorder) clearScene(done chan struct{}) {
	for {
		synctest.Wait()
		if r.noteQuiet() == 0 {
			<-done
			return
		}
		<-time.After(pause)
		synctest.Wait()
		if r.noteQuiet() == 0 {
			continue
		}
		for _, n := range r.alive() {
			r.call(0, trace.Call{Op: trace.OpClose, H: trace.Ref{Name: n}})
		}
	}
}

// noteQuiet notes that every client is blocked or done, and says how many are
// blocked.
func (r *recorder) noteQuiet() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	q := Quiet{At: r.clock.Add(1)}
	for _, o := range r.history.Ops {
		if o.Returned == 0 {
			q.Waiting = append(q.Waiting, o)
		}
	}
	r.history.Quiets = append(r.history.Quiets, q)
	return len(q.Waiting)
}

// alive are the handles that no call is known to have ended.
func (r *recorder) alive() (names []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, n := range r.names {
		if !n.dead {
			names = append(names, n.name)
		}
	}
	return names
}

// call makes a call for a client and records it.
func (r *recorder) call(client int, c trace.Call) *Op {
	op := &Op{Client: client, Call: c}
	r.mu.Lock()
	t := r.resolve(&op.Call)
	r.history.Ops = append(r.history.Ops, op)
	r.mu.Unlock()

	r.meet()
	op.Called = r.clock.Add(1)
	res, made, err := carryOut(r.kernel, t, &op.Call, func() { op.Parked = r.clock.Add(1) })
	returned := r.clock.Add(1)

	r.mu.Lock()
	defer r.mu.Unlock()
	op.Returned, op.Result = returned, res
	if err != nil {
		r.broken = errors.Join(r.broken, fmt.Errorf("%s: %w", op.Call.String(), err))
	}
	if res.Status != status.OK {
		return op
	}
	switch c.Op {
	case trace.OpTable:
		r.tables[c.Table] = made.table
	case trace.OpInfo:
		op.Koid = [2]string{r.koids[res.Info.Koid], r.koids[res.Info.RelatedKoid]}
	case trace.OpClose, trace.OpReplace, trace.OpTransfer:
		r.find(c.H.Name).dead = true
	}
	for i, out := range c.Out {
		r.bind(&c, out, made.handles[i])
	}
	return op
}

// meet holds a call back for some microseconds at most, until another is about
// to be made as well. What a recorder does between two calls takes longer than
// a call, so that few would overlap by chance.
func (r *recorder) meet() {
	mine := r.ready.Add(1)
	for range 5000 {
		if mine%2 == 0 || r.ready.Load() != mine {
			return
		}
	}
}

// bind publishes a handle that a call returned. r.mu is held.
func (r *recorder) bind(c *trace.Call, out string, v handle.Handle) {
	n := &name{name: out, table: c.Table, value: v}
	switch c.Op {
	case trace.OpDuplicate, trace.OpReplace:
		from := r.find(c.H.Name)
		n.table, n.event = from.table, from.event
	case trace.OpTransfer:
		n.event = r.find(c.H.Name).event
	case trace.OpCreate, trace.OpEvent:
		n.event = c.Op == trace.OpEvent
		if info, err := r.tables[n.table].Info(v); err == nil {
			r.koids[info.Koid] = out
		}
	}
	r.names = append(r.names, n)
}

// find is the handle of a name that has been published. r.mu is held.
func (r *recorder) find(s string) *name {
	for _, n := range r.names {
		if n.name == s {
			return n
		}
	}
	panic("linear: no handle is called " + s) // choose takes published ones only
}

// target is what the symbols of a call mean: the process that makes it, and
// the values of its handles.
type target struct {
	p, to   conformance.Process
	handles []handle.Handle
}

// resolve looks up what the call names. r.mu is held.
func (r *recorder) resolve(c *trace.Call) (t target) {
	switch c.Op {
	case trace.OpTable:
	case trace.OpCreate, trace.OpEvent:
		t.p = r.tables[c.Table]
	case trace.OpWaitMany:
		t.p = r.tables[c.Table]
		for _, item := range c.Items {
			t.handles = append(t.handles, r.find(item.Ref.Name).value)
		}
	default:
		n := r.find(c.H.Name)
		t.p = r.tables[n.table]
		t.handles = []handle.Handle{n.value}
		if c.Op == trace.OpTransfer {
			t.to = r.tables[c.Table]
		}
	}
	return t
}
