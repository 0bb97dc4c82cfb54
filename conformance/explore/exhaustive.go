package explore

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"mx.example/conformance"
	"mx.example/conformance/trace"
)

// ExhaustiveOptions say how far an [Exhaustive] walk goes.
type ExhaustiveOptions struct {
	// Capacities are those of the sockets: some of 1, 2 and 3; nil means all.
	Capacities []uint64
	// Only, if it is not nil, picks the backends by their names KIND:EDITION.
	Only func(backend string) bool
	// Progress, if it is not nil, is called a few times a second.
	Progress func(Progress)
}

// maxCapacity is the most that a [Key] has room for.
const maxCapacity = 3

// Exhaustive makes every call in every reachable state of a small world: one
// pair of a few bytes, up to two handles an end with all rights, read, write
// or none, one user signal an end. After each call everything that can be seen
// of both ends is compared with the oracle. It ends when there are no more
// states, which for the model is after some hundred million calls. A backend
// that is a [conformance.Diverger] has no small world: the host says what its
// buffers hold. It is reported as not available.
//
// The configurations (edition, mode, capacity) are walked through side by
// side. If ctx is canceled, the report holds what was done until then.
func Exhaustive(ctx context.Context, backends []conformance.Backend, o ExhaustiveOptions) *Report {
	r := &Report{Schema: Schema, Shards: 1, Done: []int{0}}
	columns := r.columnsOf(backends, o.Only)
	capacities := o.Capacities
	if capacities == nil {
		capacities = []uint64{1, 2, 3}
	}
	var walks []*walk
	calls := new(atomic.Uint64)
	states := new(atomic.Uint64)
	var failed []*atomic.Uint64
	for i := range columns {
		c := &columns[i]
		if c.info.Diverges && c.info.Available {
			c.info.Available, c.info.Why = false, "what the buffers of a descriptor hold is the host's to say: there is no small world to walk through"
		}
		if !c.info.Available {
			continue
		}
		failures := new(atomic.Uint64)
		failed = append(failed, failures)
		for _, datagram := range []bool{false, true} {
			for _, n := range capacities {
				if n < 1 || n > maxCapacity {
					panic(fmt.Sprintf("explore: Exhaustive with a capacity of %d: want 1 to %d", n, maxCapacity))
				}
				w := newWalk(c, datagram, n)
				w.calls, w.states, w.failures = calls, states, failures
				walks = append(walks, w)
			}
		}
	}
	began := time.Now()
	// The big ones first, so that they are not what everybody waits for.
	jobs := make(chan *walk, len(walks))
	for _, w := range slices.SortedStableFunc(slices.Values(walks), func(a, b *walk) int { return b.size() - a.size() }) {
		jobs <- w
	}
	close(jobs)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for w := range jobs {
				w.run(ctx)
			}
		})
	}
	done := make(chan struct{})
	go func() {
		workers.Wait()
		close(done)
	}()
	tick := time.NewTicker(progressEvery)
	defer tick.Stop()
	for running := true; running; {
		select {
		case <-done:
			running = false
		case <-tick.C:
		}
		if o.Progress != nil {
			p := Progress{Calls: calls.Load(), States: states.Load(), Elapsed: time.Since(began)}
			for _, n := range failed {
				p.Failures += n.Load()
			}
			o.Progress(p)
		}
	}
	found := make(map[*BackendReport]findings)
	for _, w := range walks {
		r.Spaces = append(r.Spaces, w.space)
		info := w.column.info
		info.Calls += w.space.Transitions
		info.Seconds += w.space.Seconds
		info.Workers = 1
		if found[info] == nil {
			found[info] = make(findings)
		}
		for _, f := range w.found {
			found[info].add(f.diff, uint64(len(f.steps)), func() []trace.Step { return f.steps })
		}
	}
	for i := range columns {
		columns[i].info.Failures = found[columns[i].info].failures(ctx, &columns[i], func(*finding) string { return "state" })
	}
	r.Canceled = ctx.Err() != nil
	return r
}
