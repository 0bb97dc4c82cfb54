package record

import (
	"cmp"
	"maps"
	"slices"

	"mx.example/conformance/oracle"
	"mx.example/conformance/trace"
	"mx.example/status"
)

// mostTries is how many calls are tried in vain before a search gives up, fewTries
// how many before it remembers where it was, and mostBack how many calls back it
// goes at most.
const (
	mostTries = 10_000
	fewTries  = 100
	mostBack  = 500
)

// A node is a state in a search: what some of the calls have led to.
type node struct {
	s      *oracle.State
	next   int             // the events before this one are over
	over   map[*event]bool // those that are, of the others
	passed map[*event]bool // over, and before next
	begun  map[*event]bool // blocked, each as a wait of s or as a loop
	loops  []loop          // in the order in which they blocked
}

func newNode(s *oracle.State) *node {
	return &node{s: s, over: map[*event]bool{}, passed: map[*event]bool{}, begun: map[*event]bool{}}
}

// clone returns a node that shares nothing with n that changes.
func (n *node) clone() *node {
	return &node{n.s.Clone(), n.next, maps.Clone(n.over), n.passed, maps.Clone(n.begun), slices.Clone(n.loops)}
}

// settleDown makes n the beginning of another search, whose events are those
// that are not over. Waits that only look are left out of it: what they saw
// before is not known any more.
func (n *node) settleDown() {
	for ev := range n.begun {
		if !ev.loops() {
			if w := n.s.Waits[actor(ev)]; w.Port != 0 && w.Fired {
				p := n.s.Objects[w.Port] // it is there for the wait when that begins again
				p.Packets = slices.Insert(p.Packets, 0, w.Packet)
			}
			delete(n.begun, ev)
			delete(n.s.Waits, actor(ev))
			ev.left = ev.left || ev.call.Op != trace.OpPortWait
		}
	}
	n.next, n.over, n.passed = 0, map[*event]bool{}, map[*event]bool{}
}

// actor names a wait in progress.
func actor(ev *event) string { return cmp.Or(ev.actor, actorOfTheCase) }

// actorOfTheCase makes the calls of the case itself that block.
const actorOfTheCase = "main"

// An explanation is an order of calls, as the lines of a case.
type explanation struct {
	prologue []trace.Step // that make what was there before
	begin    *node
	steps    []line
	end      *node // after the steps
	// If they do not explain all: the call that does not fit there, as it was
	// answered, and how many calls there are after it.
	stuck *trace.Step
	left  int
}

// A line is a step of the case. The end of a wait that timed out says if one that
// polls at that place would have had the same answer.
type line struct {
	trace.Step
	polls bool
}

// A search looks for an order of events that explains their results.
type search struct {
	events []*event
	steps  []line
	bad    *trace.Step // the line that was tried last, if it does not fit
}

// A frame is a node with what may come next.
type frame struct {
	n     *node
	next  []*event
	steps int
}

// search explains the events that had returned before cut.
func (r *Recorder) search(begin *node, cut uint64) *explanation {
	x := &search{events: r.events}
	best := &explanation{end: begin}
	deepest, tries, tried := -1, 0, make(map[string]bool)
	depth := 0
	stack := []frame{{begin, x.candidates(begin, cut), 0}}
	for len(stack) > 0 {
		f := &stack[len(stack)-1]
		if len(f.next) == 0 || tries > mostTries {
			if len(f.next) == 0 && x.done(f.n, cut) {
				return &explanation{steps: x.steps, end: f.n}
			}
			if tries > mostTries {
				break
			}
			stack = stack[:len(stack)-1]
			depth--
			continue
		}
		ev := f.next[0]
		f.next = f.next[1:]
		x.steps, x.bad = x.steps[:f.steps], nil
		n := f.n.clone()
		if !x.apply(n, ev) {
			tries++
			if depth > deepest && x.bad != nil {
				deepest = depth
				best = &explanation{steps: slices.Clone(x.steps[:f.steps]), end: f.n, stuck: x.bad}
			}
			continue
		}
		n.forward(x.events)
		if tries > fewTries { // before that it is not worth its while
			k := n.key(x.events)
			if tried[k] {
				tries++
				continue
			}
			tried[k] = true
		}
		stack = append(stack, frame{n, x.candidates(n, cut), len(x.steps)})
		if depth++; len(stack) > mostBack {
			stack = slices.Delete(stack, 0, mostBack/2)
		}
	}
	if best.stuck == nil {
		best.stuck = x.bad
	}
	if best.stuck == nil { // nothing fits, and nothing was tried
		best.stuck = &trace.Step{}
	}
	for _, ev := range r.events {
		if !best.end.over[ev] && !best.end.passed[ev] && !ev.left {
			best.left++
		}
	}
	return best
}

// forward moves next over the events that are over.
func (n *node) forward(events []*event) {
	for n.next < len(events) && (n.over[events[n.next]] || events[n.next].skipped()) {
		ev := events[n.next]
		delete(n.over, ev)
		n.next++
		n.passed[ev] = true
	}
}

// skipped reports whether the search does without the event: a call that has no
// line, or one under way that has no effect before it returns.
func (ev *event) skipped() bool { return ev.left || ev.ended == 0 && !ev.loops() }

// candidates are the events that may come next, in the order in which they are
// tried: none that began after another that is not over had returned.
func (x *search) candidates(n *node, cut uint64) (list []*event) {
	first := ^uint64(0) // the earliest return
	for _, ev := range x.events[n.next:] {
		if ev.began > first || ev.began > cut {
			break
		}
		if n.over[ev] || ev.skipped() {
			continue
		}
		if ev.ended != 0 {
			first = min(first, ev.ended)
		}
		if !n.begun[ev] || !ev.loops() || ev.res.Status == status.ErrTimedOut {
			list = append(list, ev)
		}
	}
	list = slices.DeleteFunc(list, func(ev *event) bool { return ev.began > first })
	if first > cut {
		return nil
	}
	// What may block begins as early as it can, so that it is seen to block; all
	// else happens when it returns.
	when := func(ev *event) uint64 {
		if ev.ended == 0 || !n.begun[ev] && (ev.waits() || ev.loops()) {
			return ev.began
		}
		return ev.ended
	}
	slices.SortStableFunc(list, func(a, b *event) int { return cmp.Compare(when(a), when(b)) })
	return list
}

// done reports whether all that had returned before cut is over.
func (x *search) done(n *node, cut uint64) bool {
	for _, ev := range x.events[n.next:] {
		if ev.began > cut {
			break
		}
		if !n.over[ev] && !ev.skipped() && ev.ended != 0 && ev.ended < cut {
			return false
		}
	}
	return true
}

// apply lets ev come next, or go on, and adds the lines for it. It reports whether
// it may; if not, n is of no use any more.
func (x *search) apply(n *node, ev *event) bool {
	switch {
	case ev.loops() && !n.begun[ev]:
		return x.beginLoop(n, ev)
	case ev.loops():
		return x.giveUp(n, ev)
	case n.begun[ev]:
		return x.finish(n, ev)
	case ev.waits() && x.begin(n, ev):
		return true
	}
	return x.whole(n, ev)
}

// whole makes a call at one instant.
func (x *search) whole(n *node, ev *event) bool {
	call := ev.call
	if ev.waits() && ev.res.Status == status.ErrTimedOut {
		call.Until.Kind = trace.Past
	}
	x.bad = recorded(ev, &call)
	if n.s.Blocks(&call) {
		return false
	}
	want := n.s.Do(&call)
	if !ev.answers(&call, &want) {
		return false
	}
	x.add(ev, call, want)
	n.over[ev] = true
	return x.after(n)
}

// answers reports whether the result is the one wanted.
func (ev *event) answers(call *trace.Call, want *trace.Want) bool {
	if want.Match(call, &ev.res) != "" {
		return false
	}
	return call.Op != trace.OpInfo || want.Status != status.OK || ev.koids == [2]string{want.Info.Koid, want.Info.Related}
}

// begin begins a wait that blocks there, and only such a one.
func (x *search) begin(n *node, ev *event) bool {
	if ev.call.Op == trace.OpPortWait && ev.res.Status == status.ErrTimedOut {
		return false // it has taken nothing, and is as good as one that polled
	}
	call := ev.call
	call.Until = trace.Deadline{Kind: trace.Never} // when it times out is for finish to say
	if at := n.s.Clone(); !at.Start(actor(ev), &call) {
		return false
	}
	n.s.Start(actor(ev), &call)
	n.begun[ev] = true
	x.steps = append(x.steps, line{Step: trace.Step{Kind: trace.Start, Actor: actor(ev), Call: call}})
	return true
}

// finish lets a wait that has blocked return.
func (x *search) finish(n *node, ev *event) bool {
	call := ev.call
	x.bad = recorded(ev, &call)
	x.bad.Kind, x.bad.Actor = trace.Finish, actor(ev)
	step := line{Step: trace.Step{Kind: trace.Finish, Actor: actor(ev), Call: call}}
	if ev.res.Status == status.ErrTimedOut {
		w := n.s.Waits[actor(ev)]
		w.Never, w.Ends = false, n.s.Now
		poll := n.s.Clone()
		delete(poll.Waits, actor(ev))
		call.Until.Kind = trace.Past
		if !poll.Blocks(&call) {
			want := poll.Do(&call)
			step.polls = ev.answers(&call, &want)
		}
	}
	outcomes := n.s.Finish(actor(ev))
	var next *oracle.State
	for i := range outcomes {
		step.Want = append(step.Want, outcomes[i].Want)
		if next == nil && ev.answers(&call, &outcomes[i].Want) {
			next = outcomes[i].Next
		}
	}
	if next == nil {
		return false
	}
	n.s = next
	delete(n.begun, ev)
	n.over[ev] = true
	x.steps = append(x.steps, step)
	return x.after(n)
}

// recorded is the line with the result as it was.
func recorded(ev *event, call *trace.Call) *trace.Step {
	want := ev.res.Want(call, nil)
	if call.Op == trace.OpInfo {
		want.Info.Koid, want.Info.Related = ev.koids[0], ev.koids[1]
	}
	return &trace.Step{Actor: ev.actor, Call: *call, Want: []trace.Want{want}}
}

// add adds a call with its answer.
func (x *search) add(ev *event, call trace.Call, want trace.Want) {
	x.steps = append(x.steps, line{Step: trace.Step{Actor: ev.actor, Call: call, Want: []trace.Want{want}}})
}
