package explore

import (
	"context"
	"slices"
	"time"

	"mx.example/conformance"
	"mx.example/conformance/trace"
	"mx.example/handle"
)

// shrinkFor is how long one difference is worth being made smaller, and
// trialPatience how long one attempt may take: a broken kernel may hang.
const (
	shrinkFor     = 20 * time.Second
	trialPatience = 15 * time.Second
)

// A shrinker makes a sequence smaller as long as it shows the same kind of
// difference.
type shrinker struct {
	b     conformance.Backend
	e     handle.Edition
	kind  string
	known []string // kinds of differences that are followed
	until time.Time
	ctx   context.Context

	steps []trace.Step // the smallest so far
	diff  *Difference  // what it shows
}

// shrink gives the smallest sequence found that shows the same kind of
// difference as steps, with that difference. If steps do not show it again,
// they are returned as they are, and ok is false.
func shrink(ctx context.Context, b conformance.Backend, e handle.Edition, known []string, d *Difference, steps []trace.Step) (_ []trace.Step, _ *Difference, ok bool) {
	s := &shrinker{b: b, e: e, known: known, kind: d.Kind, until: time.Now().Add(shrinkFor), ctx: ctx}
	if !s.try(steps) {
		return steps, d, false
	}
	for before := 0; before != weigh(s.steps); {
		before = weigh(s.steps)
		s.drop()
		s.simplify()
	}
	return s.steps, s.diff, true
}

// weigh is what shrinking makes less of.
func weigh(steps []trace.Step) int {
	n := 0
	for i := range steps {
		n += 1000 + len(steps[i].Call.String())
	}
	return n
}

// try runs a sequence and keeps what was run of it if it shows the difference.
func (s *shrinker) try(steps []trace.Step) bool {
	if s.ctx.Err() != nil || time.Now().After(s.until) {
		return false
	}
	type outcome struct {
		ran  []trace.Step
		diff *Difference
	}
	done := make(chan outcome, 1)
	go func() {
		ran, diff := rerun(s.b, s.e, s.known, steps)
		done <- outcome{ran, diff}
	}()
	late := time.NewTimer(trialPatience)
	defer late.Stop()
	select {
	case o := <-done:
		if o.diff == nil || o.diff.Kind != s.kind {
			return false
		}
		s.steps, s.diff = o.ran, o.diff
		return true
	case <-late.C:
		return false // the kernel is left to itself
	}
}

// drop leaves out steps: half of them, a quarter, and so on down to one.
func (s *shrinker) drop() {
	for size := max(1, len(s.steps)/2); ; size /= 2 {
		for at := len(s.steps) - size; at >= 0; {
			at = min(at, len(s.steps)-size)
			if at < 0 {
				break
			}
			if !s.try(slices.Delete(slices.Clone(s.steps), at, at+size)) && size == 1 {
				s.try(without(s.steps, at))
			}
			at -= size
		}
		if size <= 1 {
			return
		}
	}
}

// without leaves out a step that makes one handle of another: the later ones
// are made on that other.
func without(steps []trace.Step, at int) []trace.Step {
	rest := slices.Delete(slices.Clone(steps), at, at+1)
	gone := steps[at].Call
	if len(gone.Out) != 1 || gone.H.Name == "" {
		return rest
	}
	was, is := gone.Out[0], gone.H.Name
	for i := at; i < len(rest); i++ {
		c := &rest[i].Call
		if c.H.Name == was {
			c.H.Name = is
		}
		if c.To.Name == was {
			c.To.Name = is
		}
		c.Items = slices.Clone(c.Items)
		for j := range c.Items {
			if r := &c.Items[j].Ref; r.Name == was {
				r.Name = is
			}
		}
		if slices.Contains(c.Out, was) || slices.Contains(c.Out, is) {
			break // the name means something else from here on
		}
	}
	return rest
}

// simplify tries simpler arguments, call by call, the last one first.
func (s *shrinker) simplify() {
	for i := len(s.steps) - 1; i >= 0; i-- {
		for again := true; again && i < len(s.steps); {
			again = false
			if s.steps[i].Kind == trace.Finish {
				break // its call is that of the step that started it
			}
			was := s.steps[i].Call
			for _, c := range simpler(&was) {
				steps := slices.Clone(s.steps)
				steps[i].Call = c
				if s.try(steps) {
					again = true
					break
				}
			}
		}
	}
}

// simpler gives calls that are like c but for one simpler argument.
func simpler(c *trace.Call) []trace.Call {
	var list []trace.Call
	with := func(change func(*trace.Call)) {
		d := *c
		change(&d)
		if d.String() != c.String() {
			list = append(list, d)
		}
	}
	smaller := func(field func(*trace.Call) *uint64, least uint64) {
		n := *field(c)
		for _, m := range []uint64{least, least + 1, n / 2, n - 1} {
			if m < n && m >= least {
				with(func(d *trace.Call) { *field(d) = m })
			}
		}
	}
	smaller(func(d *trace.Call) *uint64 { return &d.Buf.Data.Len }, 0)
	smaller(func(d *trace.Call) *uint64 { return &d.Buf.Data.Offset }, 0)
	smaller(func(d *trace.Call) *uint64 { return &d.Buf.Size }, 0)
	smaller(func(d *trace.Call) *uint64 { return &d.Buf.Bad }, 1)
	smaller(func(d *trace.Call) *uint64 { return &d.Capacity }, 1)
	smaller(func(d *trace.Call) *uint64 { return &d.Handles }, 1)
	smaller(func(d *trace.Call) *uint64 { return &d.Memory }, 0)
	smaller(func(d *trace.Call) *uint64 { return &d.Value }, 0)
	with(func(d *trace.Call) { d.Mine = 0 })
	with(func(d *trace.Call) { d.Peers = 0 })
	smaller(func(d *trace.Call) *uint64 { return &d.Key }, 0)
	if c.Packet != nil {
		with(func(d *trace.Call) { d.Packet = &handle.Packet{} })
	}
	with(func(d *trace.Call) { d.HasOptions, d.Options = false, 0 })
	with(func(d *trace.Call) { d.To.Delta = 0 })
	with(func(d *trace.Call) { d.HasMemory, d.Memory = false, 0 })
	with(func(d *trace.Call) { d.Handles = 0 })
	with(func(d *trace.Call) { d.Edition = nil })
	with(func(d *trace.Call) { d.HasCapacity, d.Capacity = false, 0 })
	with(func(d *trace.Call) { d.Buf.Kind, d.Buf.Bad = trace.Good, 0 })
	with(func(d *trace.Call) { d.Actual = trace.ActualGood })
	with(func(d *trace.Call) { d.Options = 0 })
	with(func(d *trace.Call) { d.H.Table, d.H.Delta = "", 0 })
	if c.Op != trace.OpTable {
		with(func(d *trace.Call) { d.Table = "" })
	}
	if c.Op == trace.OpTransfer {
		list = slices.DeleteFunc(list, func(d trace.Call) bool { return d.Table == "" })
		with(func(d *trace.Call) { d.Table = trace.FirstTable })
	}
	with(func(d *trace.Call) { d.Rights = handle.SameRights })
	for bit := handle.Signals(1); bit != 0; bit <<= 1 {
		with(func(d *trace.Call) { d.Clear &^= bit })
		with(func(d *trace.Call) { d.Set &^= bit })
		with(func(d *trace.Call) { d.Signals &^= bit })
	}
	for i := range c.Items {
		with(func(d *trace.Call) { d.Items = slices.Delete(slices.Clone(c.Items), i, i+1) })
		with(func(d *trace.Call) {
			d.Items = slices.Clone(c.Items)
			d.Items[i].WaitFor = 0
		})
	}
	return list
}
