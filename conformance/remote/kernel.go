package remote

import (
	"errors"
	"fmt"
	"sync"

	"mx.example/conformance"
	"mx.example/handle"
)

// A kernel is a connection for the time of one case.
type kernel struct {
	b       *backend
	c       *conn
	edition handle.Edition

	mu     sync.Mutex
	booted bool
	closed bool
	parked int // waits that are blocked now
}

// NewProcess gives the first process, or makes another one.
func (k *kernel) NewProcess(l conformance.Limits) (conformance.Process, error) {
	k.mu.Lock()
	first := !k.booted
	k.booted = true
	k.mu.Unlock()
	if first {
		return &process{k: k, edition: k.edition}, nil
	}
	p := &process{k: k, edition: k.edition}
	q := newQuery("table").numberIf(l.Handles != 0, l.Handles).numberIf(l.HasMemory, l.Memory)
	if l.Edition != nil {
		p.edition = *l.Edition
		q.word(p.edition.String())
	} else {
		q.word("-")
	}
	r, err := k.call(q)
	if err != nil {
		return nil, err
	}
	p.table = r.number("a process", 32)
	return p, k.done(q, r)
}

var _ conformance.CaseAwareKernel = (*kernel)(nil)

// BeginCase writes the name of the case into the record, and tells it to a
// kernel that answers from one.
func (k *kernel) BeginCase(name string) {
	k.c.wire.line('#', caseRemark+name)
	if p, ok := k.c.stream.(*player); ok {
		p.beginCase(name)
	}
}

// Close ends what is left of the case and gives the connection back.
func (k *kernel) Close() error {
	k.mu.Lock()
	if k.closed {
		k.mu.Unlock()
		return nil
	}
	k.closed = true
	k.mu.Unlock()
	if k.c.dead() != nil {
		k.leave(false)
		return nil // the call that it died of has told
	}
	a, err := k.c.call(newQuery("abandon"))
	if err == nil {
		err = a.err()
	}
	if err == nil {
		k.c.mu.Lock()
		left := len(k.c.pending)
		k.c.mu.Unlock()
		if left > 0 {
			k.c.fail(fmt.Sprintf("the kernel answered abandon and left %d waits unanswered", left), false)
			err = k.c.dead()
		}
	}
	k.leave(err == nil)
	return err
}

func (k *kernel) leave(clean bool) {
	k.b.release(k.c, clean)
	<-k.b.slots
}

var errEnded = errors.New("the case has ended")

// call makes a request that does not park, and gives the results of a success.
func (k *kernel) call(q *query) (*results, error) {
	a, err := k.ask(q)
	if err != nil {
		return nil, err
	}
	if err := a.err(); err != nil {
		return nil, err
	}
	return &results{words: a.results}, nil
}

// ask makes a request that does not park, and gives the answer.
func (k *kernel) ask(q *query) (answer, error) {
	if k.ended() {
		return answer{}, errEnded
	}
	return k.c.call(q)
}

func (k *kernel) ended() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.closed
}

// done ends the reading of results. What is wrong with them is nonsense, after
// which the kernel is given up.
func (k *kernel) done(q *query, r *results) error {
	err := r.end()
	if err != nil {
		k.c.fail(fmt.Sprintf("the kernel's answer to %s: %v", q.verb, err), false)
		return k.c.dead()
	}
	return nil
}

// park takes one of the waits that may be blocked at once, if one is left.
func (k *kernel) park() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.parked >= k.c.hello.waits {
		return false
	}
	k.parked++
	return true
}

func (k *kernel) unpark() {
	k.mu.Lock()
	k.parked--
	k.mu.Unlock()
}
