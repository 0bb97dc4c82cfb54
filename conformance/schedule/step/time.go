package step

import "time"

// epoch is when a run begins.
var epoch = time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC)

// Now is time.Now. In a run time stands still, but for the steps in which it
// goes on to the next timer.
func Now() time.Time {
	if running == nil {
		return time.Now()
	}
	if self != nil {
		take(on("now", &running.hands, false))
	}
	return epoch.Add(running.elapsed)
}

// Until is time.Until.
func Until(t time.Time) time.Duration { return t.Sub(Now()) }

// Since is time.Since.
func Since(t time.Time) time.Duration { return Now().Sub(t) }

// A Timer is a time.Timer.
type Timer struct {
	C    <-chan time.Time
	c    chan time.Time
	f    func()
	when time.Duration
	on   bool
	past clock // of whoever set it
}

// NewTimer is time.NewTimer.
func NewTimer(d time.Duration) *Timer {
	c := make(chan time.Time, 1)
	t := &Timer{C: c, c: c}
	t.set("new timer", d)
	return t
}

// AfterFunc is time.AfterFunc.
func AfterFunc(d time.Duration, f func()) *Timer {
	t := &Timer{f: f}
	t.set("new timer", d)
	return t
}

// step is one on the timer: on the clock, and on the channel if it has one.
func (t *Timer) step(what string) step {
	s := on(what, &running.hands, true)
	if t.c != nil {
		s = s.with(&channelOf(t.c).object, true)
	}
	return s
}

// set has the timer go off after d. A value of an earlier time is dropped, as it
// is since Go 1.23.
func (t *Timer) set(what string, d time.Duration) {
	if running == nil {
		panic("step: a timer outside of any run")
	}
	if self != nil {
		take(t.step(what))
		t.past = self.now.copy()
	}
	t.drop()
	if !t.on {
		running.timers = append(running.timers, t)
	}
	t.on, t.when = true, running.elapsed+max(d, 0)
}

// drop empties the channel, and reports whether there was something in it.
func (t *Timer) drop() bool {
	if len(t.C) == 0 {
		return false
	}
	<-t.C
	return true
}

// Reset is that of a time.Timer.
func (t *Timer) Reset(d time.Duration) bool {
	was := t.on
	t.set("reset timer", d)
	return was
}

// Stop is that of a time.Timer.
func (t *Timer) Stop() bool {
	if self != nil {
		take(t.step("stop timer"))
	}
	was := t.on
	running.remove(t)
	return t.drop() || was
}

func (r *Run) remove(t *Timer) {
	t.on = false
	for i := range r.timers {
		if r.timers[i] == t {
			r.timers = append(r.timers[:i], r.timers[i+1:]...)
			return
		}
	}
}

// due is the timer that goes off next, or nil.
func (r *Run) due() (next *Timer) {
	for _, t := range r.timers {
		if next == nil || t.when < next.when {
			next = t
		}
	}
	return next
}

// pass lets time go on to the next timer, which goes off.
func (r *Run) pass() {
	t := r.due()
	r.elapsed = max(r.elapsed, t.when)
	r.remove(t)
	if t.f != nil {
		r.start(t.f).now = self.now.copy()
		return
	}
	Sending(t.c, epoch.Add(r.elapsed)).proceed()
}
