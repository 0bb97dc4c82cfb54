package remote

import (
	"fmt"
	"time"

	"mx.example/conformance"
	"mx.example/handle"
	"mx.example/status"
)

// Attended gives the process for one wait. A kernel that says when a wait has
// blocked is all that it takes; one whose waits may sleep on is told when the
// case has come to wait for it.
func (p *process) Attended(awaited <-chan struct{}) conformance.Process {
	of := *p
	of.awaited = awaited
	return &of
}

var _ conformance.BlockingAwareProcess = (*process)(nil)

// wait makes a call that may block. make gives the request for a deadline.
func (p *process) wait(make func(past bool) *query, deadline time.Time, parked func()) (answer, error) {
	k := p.k
	if k.ended() {
		return answer{}, errEnded
	}
	polls := !deadline.IsZero() && time.Until(deadline) < -time.Minute
	room := !polls && k.park()
	if room {
		defer k.unpark()
	}
	q := make(!room)
	r, a, err := k.c.send(q)
	switch {
	case err != nil:
		return a, err
	case !a.parked:
		if !room && !polls && a.no == "" && a.status == status.ErrTimedOut {
			return a, &conformance.Unsupported{Why: fmt.Sprintf("the adapter has room for %d blocked waits at once", k.c.hello.waits)}
		}
		return a, nil
	case !room:
		k.c.fail(fmt.Sprintf("the kernel parked a %s with a deadline that has passed", q.verb), false)
		return a, k.c.dead()
	}
	if parked != nil {
		parked()
	}
	var awaited <-chan struct{}
	if k.c.hello.interrupt {
		awaited = p.awaited
	}
	select {
	case a := <-r.answers:
		return a, nil
	case <-k.c.gone:
		return k.c.await(r)
	case <-awaited:
	}
	ask := newQuery("interrupt").number(r.number)
	said, err := k.c.call(ask)
	if err == nil {
		err = said.err()
	}
	if err != nil {
		return a, err
	}
	return k.c.await(r)
}

func (p *process) WaitOne(h handle.Handle, s handle.Signals, deadline time.Time, parked func()) (handle.Signals, error) {
	a, err := p.wait(func(past bool) *query {
		return p.on("wait", h).bits(uint32(s)).deadline(deadline, past)
	}, deadline, parked)
	if err != nil {
		return 0, err
	}
	var seen handle.Signals
	if a.no == "" && observes(a.status) {
		r := &results{words: a.results}
		seen = handle.Signals(r.word32("the signals observed"))
		if err := p.k.done(newQuery("wait"), r); err != nil {
			return 0, err
		}
	}
	return seen, a.err()
}

func (p *process) WaitMany(items []handle.WaitItem, deadline time.Time, parked func()) error {
	if most := p.k.c.hello.items; len(items) > most {
		return &conformance.Unsupported{Why: fmt.Sprintf("the adapter waits for %d handles at most", most)}
	}
	a, err := p.wait(func(past bool) *query {
		q := p.query("wait-many").deadline(deadline, past)
		for i := range items {
			q.number(uint64(items[i].Handle)).bits(uint32(items[i].WaitFor))
		}
		return q
	}, deadline, parked)
	if err != nil {
		return err
	}
	if a.no == "" && observes(a.status) {
		r := &results{words: a.results}
		for i := range items {
			items[i].Pending = handle.Signals(r.word32("the signals of an item"))
		}
		if err := p.k.done(newQuery("wait-many"), r); err != nil {
			return err
		}
	}
	return a.err()
}
