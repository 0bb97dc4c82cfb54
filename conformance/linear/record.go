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
	"mx.example/conformance/internal/patience"
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

// Record makes a history on a fresh kernel of the backend. Unless the Config
// says Outside it is to be called inside a bubble of testing/synctest: that
// tells when every client has blocked, and lets time pass only then. Calls that
// the kernel does not have are left out.
func Record(b conformance.Backend, c Config) (*History, error) {
	k, err := b.Boot(c.Edition)
	if err != nil {
		return nil, err
	}
	defer k.Close()
	r := &recorder{history: History{Config: c}, Caller: NewCaller(k), lacks: map[trace.Op]bool{}}
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
	clock atomic.Int64
	bytes atomic.Uint32 // written so far: each is another letter
	ready atomic.Uint32 // calls that were about to be made

	mu sync.Mutex // guards what follows
	*Caller
	history History
	serial  int
	lacks   map[trace.Op]bool // calls that the kernel does not have
	broken  error             // the kernel answered what cannot be recorded
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
		op := r.call(0, call)
		if r.lacks[call.Op] && call.Op != trace.OpCreate {
			continue
		}
		if op.Result.Status != status.OK {
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
	r.settle()
}

// settle waits until every client has blocked or is done. Outside of a bubble
// that is only likely: nothing has changed for a while.
func (r *recorder) settle() {
	if !r.history.Config.Outside {
		synctest.Wait()
		return
	}
	for last := int64(-1); ; {
		still := patience.Of(conformance.ParkGrace)
		for r.clock.Load() == last {
			if !still.Pause(time.Millisecond / 2) {
				return
			}
		}
		last = r.clock.Load()
	}
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
		r.settle()
		if r.noteQuiet() == 0 {
			<-done
			return
		}
		<-time.After(pause)
		r.settle()
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
func (r *recorder) alive() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.Alive()
}

// call makes a call for a client and records it.
func (r *recorder) call(client int, c trace.Call) *Op {
	op := &Op{Client: client, Call: c}
	r.mu.Lock()
	t := r.resolve(op)
	r.history.Ops = append(r.history.Ops, op)
	r.mu.Unlock()

	r.meet()
	op.Called = r.clock.Add(1)
	res, made, err := r.carryOut(t, op, func() {
		parked := r.clock.Add(1)
		r.mu.Lock()
		op.Parked = parked
		r.mu.Unlock()
	})
	returned := r.clock.Add(1)

	r.mu.Lock()
	defer r.mu.Unlock()
	op.Returned, op.Result = returned, res
	if missing := (*conformance.Unsupported)(nil); errors.Is(err, errNone) || errors.As(err, &missing) {
		r.lacks[c.Op] = true
		r.history.Ops = slices.DeleteFunc(r.history.Ops, func(o *Op) bool { return o == op })
		return op
	}
	if err != nil {
		r.broken = errors.Join(r.broken, fmt.Errorf("%s: %w", op.Call.String(), err))
	}
	r.publish(op, made)
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
