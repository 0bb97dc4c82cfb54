package step

import (
	"reflect"
	"unsafe"
)

// A channel is what is known of a channel besides its buffer, which is that of
// the real one.
type channel struct {
	object
	len    func() int // of the buffer
	closed bool
	parked []*parking // that wait to receive, first come first served
}

// A parking is a thread that sleeps in a receive, or in a select of several.
type parking struct {
	thread *thread
	woken  int // the case that woke it, or -1
}

// channelOf finds what is known of a channel. A nil channel has nothing.
func channelOf[C any](c C) *channel {
	p := *(*unsafe.Pointer)(unsafe.Pointer(&c))
	if p == nil {
		return nil
	}
	at := running.channels[p]
	if at == nil {
		at = &channel{len: func() int { return reflect.ValueOf(c).Len() }}
		running.channels[p] = at
		running.inOrder = append(running.inOrder, at)
	}
	return at
}

// A Case is a case of a select.
type Case interface {
	known() *channel
	ready() bool
	proceed()
	// receives puts the case to sleep, or refuses.
	receives(p *parking, i int)
}

// A Receipt is a case that receives, and what it has received.
type Receipt[T any] struct {
	c     <-chan T
	at    *channel
	Value T
	OK    bool
}

// Receiving is a case that receives from c.
func Receiving[T any](c <-chan T) *Receipt[T] {
	r := &Receipt[T]{c: c}
	if running != nil {
		r.at = channelOf(c)
	}
	return r
}

func (r *Receipt[T]) known() *channel { return r.at }
func (r *Receipt[T]) ready() bool     { return r.at != nil && (len(r.c) > 0 || r.at.closed) }
func (r *Receipt[T]) proceed()        { r.Value, r.OK = <-r.c }

func (r *Receipt[T]) receives(p *parking, i int) {
	if r.at == nil {
		return
	}
	r.at.parked = append(r.at.parked, p)
	p.thread.inbox = append(p.thread.inbox, delivery{r.at, i, func(v any) {
		if r.OK = v != nil; r.OK {
			r.Value = v.(T)
		}
	}})
}

// A dispatch is a case that sends.
type dispatch[T any] struct {
	c  chan<- T
	at *channel
	v  T
}

// Sending is a case that sends v to c.
func Sending[T any](c chan<- T, v T) Case {
	d := &dispatch[T]{c: c, v: v}
	if running != nil {
		d.at = channelOf(c)
	}
	return d
}

func (d *dispatch[T]) known() *channel { return d.at }
func (d *dispatch[T]) ready() bool {
	return d.at != nil && (len(d.c) < cap(d.c) || len(d.at.parked) > 0)
}

// proceed hands the value to the first that sleeps, whose it is at once, or
// leaves it in the buffer.
func (d *dispatch[T]) proceed() {
	if d.at == nil || !d.at.wake(d.v) {
		d.c <- d.v
	}
}

func (d *dispatch[T]) receives(*parking, int) {
	panic("step: a send that has to wait is not modelled")
}

// wake ends the sleep of the first thread that waits to receive. v is nil when
// the channel is closed.
func (c *channel) wake(v any) bool {
	if len(c.parked) == 0 {
		return false
	}
	t := c.parked[0].thread
	for i := range t.inbox {
		d := &t.inbox[i]
		d.at.leave(t.parking)
		if d.at == c && t.parking.woken < 0 {
			d.give(v)
			t.parking.woken = d.i
		}
	}
	if self != nil {
		t.now.join(self.now)
	}
	return true
}

func (c *channel) leave(p *parking) {
	for i := range c.parked {
		if c.parked[i] == p {
			c.parked = append(c.parked[:i], c.parked[i+1:]...)
			return
		}
	}
}

// A delivery is how a sleeping thread gets what a case is to receive.
type delivery struct {
	at   *channel
	i    int
	give func(v any)
}

// Select is a select statement: it makes one of the cases, and returns which,
// or -1 if none is ready and there is a default. Where several are ready, each
// is a choice.
func Select(orElse bool, cases ...Case) int {
	if running == nil || self == nil {
		for i, c := range cases {
			if c.ready() || running == nil && !orElse {
				c.proceed()
				return i
			}
		}
		if !orElse {
			panic("step: the driver of a run would sleep")
		}
		return -1
	}
	s := step{what: "select"}
	for _, c := range cases {
		if at := c.known(); at != nil {
			if s.uses[0].object == 0 {
				s.uses[0] = use{at.number(), true}
			} else if s.uses[1].object == 0 {
				s.uses[1] = use{at.number(), true}
			} else {
				panic("step: a select of more than two channels is not modelled")
			}
		}
	}
	ready := func() (n []int) {
		for i, c := range cases {
			if c.ready() {
				n = append(n, i)
			}
		}
		return n
	}
	s.choices = func() int { return len(ready()) }
	choice := take(s)
	if n := ready(); len(n) > 0 {
		i := n[choice]
		cases[i].proceed()
		return i
	}
	if orElse {
		return -1
	}
	t := self
	p := &parking{t, -1}
	t.parking = p
	for i, c := range cases {
		c.receives(p, i)
	}
	take(step{what: "wake up", enabled: func() bool { return p.woken >= 0 }})
	t.parking, t.inbox = nil, nil
	return p.woken
}

// Receive is a receive from c.
func Receive[T any](c <-chan T) T {
	r := Receiving(c)
	Select(false, r)
	return r.Value
}

// Send is a send to c.
func Send[T any](c chan<- T, v T) { Select(false, Sending(c, v)) }

// Len is the number of values in the buffer of c.
func Len[T any](c <-chan T) int {
	if self != nil {
		if at := channelOf(c); at != nil {
			take(on("len", &at.object, false))
		}
	}
	return len(c)
}

// Close closes c.
func Close[T any](c chan T) {
	if running == nil {
		close(c)
		return
	}
	at := channelOf(c)
	if self != nil {
		take(on("close", &at.object, true))
	}
	at.closed = true
	close(c)
	for at.wake(nil) {
	}
}
