package step

import (
	"errors"
	"fmt"
	"math/bits"
	"runtime/debug"
	"slices"
)

// A Program is what is run in every order.
type Program struct {
	// Start sets the scene and returns the threads. What it does itself is done
	// at once.
	Start func() []func()
	// Quiet is called when no thread can go on, whether all are done or some
	// sleep. Those that it wakes go on, in one order; then all must be done.
	Quiet func()
	// End judges the run.
	End func(r *Run) error
	// Tokens says that what is left in a channel at the end is no mistake.
	Tokens bool
}

// Options say how far an exploration goes.
type Options struct {
	// Every tries every order of the steps. Otherwise those that differ only in
	// the order of neighbors that are independent are tried once.
	Every bool
	// Most is the number of schedules after which the exploration fails.
	Most int
}

// Counts are those of an exploration.
type Counts struct {
	Schedules int // that were run to their end
	Cut       int // that were given up, since they would only repeat another
	Steps     int // of those run to their end
}

// A Failure is a run that is wrong.
type Failure struct {
	Schedule string // for Replay
	Trace    string // its steps
	Err      error
}

func (f *Failure) Error() string {
	return fmt.Sprintf("%v\nschedule %s\n%s", f.Err, f.Schedule, f.Trace)
}

// A node is the state before a step of a run.
//
// The exploration is a dynamic partial-order reduction by source sets and sleep
// sets (Abdulla, Aronis, Jonsson and Sagonas, 2014). Two steps depend on each
// other if they use the same object and do not both only read it; the order of
// two neighbors that do not is of no consequence. Two steps race if they depend
// on each other and nothing orders them: then the second one is to be tried
// before the first, by way of a thread with which that can begin.
type node struct {
	steps     []step
	enabled   set
	backtrack set // the threads to be tried here
	done      set // those that were
	sleep     set // those that need not be: what they lead to was seen elsewhere

	// What is tried now. choices is -1 until a run has counted them.
	thread, choice, choices int
}

// A set of threads.
type set uint32

func (s set) has(thread int) bool { return s>>thread&1 != 0 }
func (s *set) add(thread int)     { *s |= 1 << thread }
func (s set) first() int          { return bits.TrailingZeros32(uint32(s)) }

type explorer struct {
	Options
	Program
	nodes  []*node
	counts Counts
}

// Explore runs the program in every order that can make a difference. It ends
// with the first run that is wrong.
func Explore(p Program, o Options) (Counts, *Failure) {
	x := &explorer{Options: o, Program: p}
	for {
		if f := x.run(); f != nil {
			return x.counts, f
		}
		if x.Most > 0 && x.counts.Schedules > x.Most {
			return x.counts, &Failure{Err: fmt.Errorf("there are more than %d schedules", x.Most)}
		}
		if !x.advance() {
			return x.counts, nil
		}
	}
}

// Replay runs the program by a schedule, and then to its end. It returns the
// steps, and what was wrong if anything was.
func Replay(p Program, schedule string) (trace string, err error) {
	r := newRun()
	defer r.close()
	r.traced = true
	for _, f := range p.Start() {
		r.start(f)
	}
	for rest := schedule; rest != ""; {
		thread, choice := 0, 0
		if rest[0] != 't' {
			thread = int(rest[0]-'a') + 1
		}
		if rest = rest[1:]; rest != "" && rest[0] >= '0' && rest[0] <= '9' {
			choice, rest = int(rest[0]-'0'), rest[1:]
		}
		if thread < 0 || thread >= len(r.threads) || !r.enabled(r.threads[thread]) || choice >= r.choices(r.threads[thread]) {
			return r.trace(), fmt.Errorf("after %d steps the schedule cannot go on with %q", len(r.events), schedule[len(schedule)-len(rest)-1:])
		}
		r.perform(r.threads[thread], choice)
	}
	r.finish()
	err = conclude(r, p)
	return r.trace(), err
}

// mostSteps is the number of steps after which a run is taken to go on for ever.
const mostSteps = 10_000

// conclude ends a run in which no thread can go on.
func conclude(r *Run, p Program) (err error) {
	defer func() {
		if x := recover(); x != nil {
			err = fmt.Errorf("panic: %v\n%s", x, debug.Stack())
		}
	}()
	if err := r.stuck(); err != nil {
		return err
	}
	p.Quiet()
	r.finish()
	if err := r.leftovers(p.Tokens); err != nil {
		return err
	}
	return p.End(r)
}

// run makes one run: as far as there are nodes by them, and then on.
func (x *explorer) run() *Failure {
	r := newRun()
	defer r.close()
	for _, f := range x.Start() {
		r.start(f)
	}
	for at := 0; ; at++ {
		if at == len(x.nodes) {
			n := x.look(r)
			if n.enabled == 0 {
				break
			}
			free := n.enabled &^ n.sleep
			if free == 0 {
				x.counts.Cut++
				return nil
			}
			n.try(free.first())
			if n.backtrack.add(n.thread); x.Every {
				n.backtrack = n.enabled
			}
			x.nodes = append(x.nodes, n)
		}
		n := x.nodes[at]
		if at > mostSteps {
			return &Failure{Schedule: r.schedule()[:100] + "...", Err: errors.New("the calls go on for ever")}
		}
		if n.choices < 0 {
			n.choices = r.choices(r.threads[n.thread])
		}
		r.perform(r.threads[n.thread], n.choice)
	}
	schedule := r.schedule()
	x.counts.Schedules++
	x.counts.Steps += len(r.events)
	if err := conclude(r, x.Program); err != nil {
		r.close()
		trace, _ := Replay(x.Program, schedule)
		return &Failure{Schedule: schedule, Trace: trace, Err: err}
	}
	return nil
}

// try has a thread go on from here. How many ways it can go is counted when a
// run is there.
func (n *node) try(thread int) { n.thread, n.choice, n.choices = thread, 0, -1 }

// look makes a node of the state that the run is in, and finds the races that
// lead to it.
func (x *explorer) look(r *Run) *node {
	n := &node{steps: make([]step, len(r.threads))}
	for i, t := range r.threads {
		if t.done {
			continue
		}
		n.steps[i] = r.step(t)
		if r.enabled(t) {
			n.enabled.add(i)
		}
		if !x.Every {
			x.race(r, t, &n.steps[i])
		}
	}
	if len(x.nodes) > 0 && !x.Every {
		before := x.nodes[len(x.nodes)-1]
		made := &before.steps[before.thread]
		for i := range before.steps {
			if (before.sleep | before.done).has(i) && i != before.thread && !before.steps[i].depends(made) {
				n.sleep.add(i)
			}
		}
	}
	return n
}

// race finds the events that the step of t races with, and sees to it that they
// are tried in the other order.
func (x *explorer) race(r *Run, t *thread, s *step) {
	past := r.past(t)
next:
	for i := len(r.events) - 1; i >= 0; i-- {
		e := &r.events[i]
		if e.thread == t.id || !e.step.depends(s) || past.has(e.thread, i) {
			continue
		}
		for _, f := range r.events[i+1:] {
			if f.step.depends(s) && f.past.has(e.thread, i) {
				continue next // that one is the race
			}
		}
		n := x.nodes[i]
		switch first := r.initials(i, t.id, s, past); {
		case first&n.backtrack != 0:
		case first&n.enabled != 0:
			n.backtrack.add((first & n.enabled).first())
		default:
			n.backtrack |= n.enabled
		}
	}
}

// initials are the threads with which the run could go on in place of the event
// i, so as to come to the step s of a thread with this past: of all that has
// happened since and does not depend on the event, those with nothing before
// them.
func (r *Run) initials(i, thread int, s *step, past clock) (first set) {
	e := &r.events[i]
	var since []int
	var seen set
	after := func(c clock) bool {
		return slices.ContainsFunc(since, func(k int) bool { return c.has(r.events[k].thread, k) })
	}
	for k := i + 1; k < len(r.events); k++ {
		f := &r.events[k]
		if f.past.has(e.thread, i) {
			continue
		}
		if !seen.has(f.thread) {
			if seen.add(f.thread); !after(f.past) {
				first.add(f.thread)
			}
		}
		since = append(since, k)
	}
	if !seen.has(thread) && !after(past) &&
		!slices.ContainsFunc(since, func(k int) bool { return r.events[k].step.depends(s) }) {
		first.add(thread)
	}
	return first
}

// advance goes to the next order, and reports whether there is one.
func (x *explorer) advance() bool {
	for len(x.nodes) > 0 {
		n := x.nodes[len(x.nodes)-1]
		if n.choice+1 < n.choices {
			n.choice++
			return true
		}
		n.done.add(n.thread)
		if left := n.backtrack &^ n.done &^ n.sleep; left != 0 {
			n.try(left.first())
			return true
		}
		x.nodes = x.nodes[:len(x.nodes)-1]
	}
	return false
}
