package step

import (
	"errors"
	"fmt"
	"iter"
	"runtime/debug"
	"strings"
	"time"
	"unsafe"
)

// A Run is one execution of a program, in one order of its steps.
type Run struct {
	threads []*thread // the first is time
	objects int
	locks   []*Mutex // that were locked
	timers  []*Timer
	hands   object // of the clock
	elapsed time.Duration

	channels map[unsafe.Pointer]*channel
	inOrder  []*channel

	events []event
	traced bool
	over   bool // what is left of the threads is thrown away
}

// A thread is a goroutine of a run. It stops before each of its steps.
type thread struct {
	id      int
	next    step
	choice  int
	done    bool
	failure error // a panic
	now     clock // its past

	resume func() (struct{}, bool)
	end    func()
	yield  func(struct{}) bool

	parking *parking
	inbox   []delivery
}

// An event is a step that was made.
type event struct {
	thread, choice int
	step           step
	past           clock
}

// A clock says of each thread how many events there were when the last of its
// events happened that must have come before: a vector clock.
type clock []int

func (c *clock) join(d clock) {
	for len(*c) < len(d) {
		*c = append(*c, 0)
	}
	for i, n := range d {
		(*c)[i] = max((*c)[i], n)
	}
}

func (c clock) copy() clock { return append(clock(nil), c...) }

// has reports whether the event i, of a thread, has come before.
func (c clock) has(thread, i int) bool { return thread < len(c) && c[thread] > i }

func (c *clock) set(thread, n int) {
	for len(*c) <= thread {
		*c = append(*c, 0)
	}
	(*c)[thread] = n
}

// abandoned is the panic that ends a thread which is thrown away.
type abandoned struct{}

// newRun makes the run that is under way from now on.
func newRun() *Run {
	r := &Run{channels: map[unsafe.Pointer]*channel{}}
	r.threads = []*thread{{}}
	running, self = r, nil
	return r
}

// start begins a thread, up to its first step.
func (r *Run) start(f func()) *thread {
	t := &thread{id: len(r.threads)}
	r.threads = append(r.threads, t)
	t.resume, t.end = iter.Pull(func(yield func(struct{}) bool) {
		t.yield = yield
		defer func() {
			if x := recover(); x != nil && x != any(abandoned{}) {
				t.failure = fmt.Errorf("panic: %v\n%s", x, debug.Stack())
			}
			t.done = true
		}()
		f()
	})
	r.give(t)
	return t
}

// give lets t run up to its next step.
func (r *Run) give(t *thread) {
	before := self
	self = t
	t.resume()
	self = before
}

// stop gives the floor back.
func (t *thread) stop() {
	if !t.yield(struct{}{}) {
		panic(abandoned{})
	}
}

// step is what the thread does next.
func (r *Run) step(t *thread) step {
	if t.id > 0 {
		return t.next
	}
	s := step{what: "time passes", enabled: func() bool { return len(r.timers) > 0 }}
	if due := r.due(); due != nil {
		u := due.step(s.what)
		s.uses = u.uses
	}
	return s
}

// past is what must come before the next step of the thread.
func (r *Run) past(t *thread) clock {
	if t.id > 0 {
		return t.now
	}
	c := t.now.copy()
	if due := r.due(); due != nil {
		c.join(due.past)
	}
	return c
}

// enabled reports whether the thread can make its next step.
func (r *Run) enabled(t *thread) bool {
	if t.done {
		return false
	}
	s := r.step(t)
	return s.enabled == nil || s.enabled()
}

// choices is how many ways the next step of t can go.
func (r *Run) choices(t *thread) int {
	if s := r.step(t); s.choices != nil {
		return max(1, s.choices())
	}
	return 1
}

// perform makes the next step of t, and what it does up to the one after.
func (r *Run) perform(t *thread, choice int) {
	s := r.step(t)
	t.now = r.past(t)
	for i := range r.events {
		if e := &r.events[i]; e.step.depends(&s) {
			t.now.join(e.past)
		}
	}
	at := len(r.events)
	t.now.set(t.id, at+1)
	r.events = append(r.events, event{thread: t.id, choice: choice, step: s})
	if t.id == 0 {
		self = t
		r.pass()
		self = nil
	} else {
		t.choice = choice
		r.give(t)
	}
	r.events[at].past = t.now.copy()
}

// finish lets the threads go on, one after the other, until none can.
func (r *Run) finish() {
	for moved := true; moved; {
		moved = false
		for i := 0; i < len(r.threads); i++ {
			for t := r.threads[i]; r.enabled(t); moved = true {
				r.perform(t, 0)
				if len(r.events) > mostSteps {
					t.failure = fmt.Errorf("it goes on for ever")
					return
				}
			}
		}
	}
}

// stuck says what keeps the threads from going on that should not: a panic, or
// a lock.
func (r *Run) stuck() error {
	for _, t := range r.threads[1:] {
		if t.failure != nil {
			return fmt.Errorf("%s: %w", letter(t.id), t.failure)
		}
	}
	for _, m := range r.locks {
		if m.held {
			return errors.New("a lock is held that nobody will unlock")
		}
	}
	return nil
}

// leftovers says what a run has left behind that it must not.
func (r *Run) leftovers(tokens bool) error {
	if err := r.stuck(); err != nil {
		return err
	}
	for _, t := range r.threads[1:] {
		if !t.done {
			return fmt.Errorf("%s sleeps for ever, before: %s %s", letter(t.id), t.next.what, t.next.where)
		}
	}
	for _, c := range r.inOrder {
		if c.len() > 0 && !tokens {
			return errors.New("a token is left behind")
		}
	}
	return nil
}

// close throws away what is left of the threads.
func (r *Run) close() {
	r.over = true
	for _, t := range r.threads[1:] {
		if !t.done {
			self = t
			t.end()
		}
	}
	running, self = nil, nil
}

// letter is how a schedule names a thread: t is time.
func letter(thread int) string {
	if thread == 0 {
		return "t"
	}
	return string(rune('a' + thread - 1))
}

// schedule is the order of the events so far: a letter each, with a digit where
// the step could have gone another way.
func (r *Run) schedule() string {
	var b strings.Builder
	for _, e := range r.events {
		b.WriteString(letter(e.thread))
		if e.choice > 0 {
			fmt.Fprint(&b, e.choice)
		}
	}
	return b.String()
}

// trace is the schedule for a reader, a step a line.
func (r *Run) trace() string {
	var b strings.Builder
	for i, e := range r.events {
		fmt.Fprintf(&b, "%4d  %s  %-16s %s\n", i+1, letter(e.thread), e.step.what, e.step.where)
	}
	return b.String()
}

// Made is how many steps the run has made so far.
func Made() int { return len(running.events) }

// Epoch is the time at which every run begins.
func Epoch() time.Time { return epoch }

// Before returns the places of the first steps of the run, until of them, in an
// order that is as good as theirs: first come those that must come before the
// step last, and last itself.
func (r *Run) Before(last, until int) []int {
	place := make([]int, until)
	e := &r.events[last]
	next := 0
	for _, early := range []bool{true, false} {
		for i := range place {
			if f := &r.events[i]; (i == last || e.past.has(f.thread, i)) == early {
				place[i] = next
				next++
			}
		}
	}
	return place
}

// First returns the first step of a thread from the step i on, or i if it has
// none. Threads count from 1, in the order in which they were started.
func (r *Run) First(thread, i int) int {
	for k := i; k < len(r.events); k++ {
		if r.events[k].thread == thread {
			return k
		}
	}
	return i
}
