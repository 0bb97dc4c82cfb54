package explore

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"mx.example/conformance"
	"mx.example/conformance/trace"
)

// RandomOptions say what a [Random] campaign does.
type RandomOptions struct {
	Seed uint64
	// Calls is how many calls are made on each backend in each edition, by all
	// shards together. With 0 the campaign lasts for For.
	Calls uint64
	For   time.Duration
	// Shard is the number of this part of the campaign, from 0 to Shards-1.
	// Shards 0 means 1.
	Shard, Shards int
	// Known are kinds of differences ([Failure.Kind]) that are followed instead
	// of reported: they count as differences with a name.
	Known []string
	// Only, if it is not nil, picks the backends by their names KIND:EDITION.
	Only func(backend string) bool
	// Progress, if it is not nil, is called a few times a second.
	Progress func(Progress)
}

// Progress tells how far a campaign or a walk has come.
type Progress struct {
	Backend string
	// Column is the number of the backend, of Columns.
	Column, Columns int
	Calls, Total    uint64 // on this backend; Total is 0 where it is not known
	Elapsed         time.Duration
	States          uint64
	Differs         map[string]uint64 // a copy
	Failures        uint64
}

const (
	progressEvery = 200 * time.Millisecond
	// hangAfter is how long a call may take that should not block. A wait that
	// misses its wake-up is noticed before ([conformance.ReturnGrace]).
	hangAfter = 30 * time.Second
)

// Random runs sequences of random calls on the backends and the oracle, on as
// many at a time as there are processors. If ctx is canceled, the report holds
// what was done until then.
func Random(ctx context.Context, backends []conformance.Backend, o RandomOptions) *Report {
	o.Shards = max(o.Shards, 1)
	r := &Report{Schema: Schema, Seed: o.Seed, Calls: o.Calls, Shards: o.Shards, Done: []int{o.Shard}}
	columns := r.columnsOf(backends, o.Only)
	for i := range columns {
		columns[i].known = o.Known
		c := &campaign{RandomOptions: o, column: columns[i], found: make(findings), all: newTally()}
		c.at, c.of = i, len(columns)
		if o.Calls == 0 {
			c.For = o.For / time.Duration(len(columns))
		}
		if c.info.Available && ctx.Err() == nil {
			c.run(ctx)
		}
	}
	r.Canceled = ctx.Err() != nil
	return r
}

// A campaign is that of one backend.
type campaign struct {
	RandomOptions
	column
	at, of int

	next atomic.Uint64 // the number of sequences begun
	stop atomic.Bool

	mu    sync.Mutex
	all   *tally
	found findings
	fails uint64
}

// sequences is how many there are in all shards, or as many as anybody will
// ever run.
func (c *campaign) sequences() uint64 {
	if c.Calls == 0 {
		return 1 << 62
	}
	return (c.Calls + sequenceCalls - 1) / sequenceCalls
}

// calls is how many a sequence has.
func (c *campaign) calls(sequence uint64) int {
	if rest := c.Calls - sequence*sequenceCalls; c.Calls != 0 && rest < sequenceCalls {
		return int(rest)
	}
	return sequenceCalls
}

func (c *campaign) run(ctx context.Context) {
	began := time.Now()
	t, err := probe(c.b, c.e)
	if err != nil {
		c.found.add(&Difference{Kind: "boot", Detail: err.Error()}, 0, func() []trace.Step { return nil })
	} else {
		c.work(ctx, t, began)
	}
	c.mu.Lock() // a worker that hangs may return one day
	defer c.mu.Unlock()
	info := c.info
	info.Seconds = time.Since(began).Seconds()
	info.Workers = runtime.GOMAXPROCS(0)
	info.Sequences, info.Calls, info.Seen = c.all.sequences, c.all.calls, c.all.seen
	info.States = c.all.seen.Count()
	info.Differs, info.Unsupported = c.all.names, c.all.missing
	for _, op := range trace.Ops() {
		if n := c.all.byCall[op]; n > 0 {
			info.ByCall[op.String()] = n
		}
	}
	info.Failures = c.found.failures(ctx, &c.column, func(f *finding) string {
		return fmt.Sprintf("%d-%d", c.Seed, f.sequence)
	})
}

// work runs the sequences.
func (c *campaign) work(ctx context.Context, t traits, began time.Time) {
	if c.Calls == 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, c.For)
		defer cancel()
	}
	workers := make(map[*runner]uint64) // how many calls each had begun when last seen to begin one
	done := make(chan *runner)
	for range runtime.GOMAXPROCS(0) {
		r := newRunner(c.b, c.e, t)
		r.known = c.known
		workers[r] = 0
		go func() {
			c.worker(r)
			done <- r
		}()
	}
	tick := time.NewTicker(progressEvery)
	defer tick.Stop()
	moved := time.Now()
	for len(workers) > 0 {
		select {
		case r := <-done:
			delete(workers, r)
		case <-ctx.Done():
			c.stop.Store(true)
			ctx = context.WithoutCancel(ctx) // once is enough
		case <-tick.C:
			c.report(began)
			stuck := true
			for r, was := range workers {
				at := r.at.Load()
				workers[r] = at
				stuck = stuck && at == was
			}
			if !stuck {
				moved = time.Now()
			} else if time.Since(moved) > hangAfter {
				for r := range workers {
					c.hung(r)
				}
				go func(n int) {
					for range n {
						<-done
					}
				}(len(workers))
				return
			}
		}
	}
	c.report(began)
}

// worker runs one sequence after the other.
func (c *campaign) worker(r *runner) {
	defer c.flush(r)
	for i := 1; !c.stop.Load(); i++ {
		sequence := uint64(c.Shard) + uint64(c.Shards)*(c.next.Add(1)-1)
		if sequence >= c.sequences() {
			return
		}
		r.sequence.Store(sequence)
		d, steps := r.run(c.Seed, sequence, c.calls(sequence))
		if d != nil {
			c.fail(d, sequence, steps)
		}
		if i%32 == 0 {
			c.flush(r)
		}
	}
}

// flush adds what a worker has done to what all have.
func (c *campaign) flush(r *runner) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.all.join(r.tally)
	r.tally = newTally()
}

func (c *campaign) fail(d *Difference, sequence uint64, steps []element) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.found.add(d, sequence, func() []trace.Step { return stepsOf(steps) })
	if c.fails++; len(c.found) >= shown {
		c.stop.Store(true)
	}
}

// hung takes note of a call that does not return.
func (c *campaign) hung(r *runner) {
	c.stop.Store(true)
	n := r.len.Load()
	if n == 0 {
		return
	}
	st := &r.steps[n-1].Step
	c.fail(&Difference{
		Kind:   st.Call.Op.String() + ": never returns",
		Call:   stepText(st),
		Detail: fmt.Sprintf("the call did not return within %v", hangAfter),
	}, r.sequence.Load(), r.steps[:n])
}

// report tells how far the campaign has come.
func (c *campaign) report(began time.Time) {
	if c.Progress == nil {
		return
	}
	c.mu.Lock()
	p := Progress{
		Backend: c.info.Name, Column: c.at, Columns: c.of,
		Calls: c.all.calls, Total: c.Calls / uint64(c.Shards), Elapsed: time.Since(began),
		States: uint64(c.all.seen.Count()), Failures: c.fails, Differs: make(map[string]uint64),
	}
	for name, n := range c.all.names {
		p.Differs[name] = n
	}
	c.mu.Unlock()
	c.Progress(p)
}
