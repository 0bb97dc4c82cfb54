package mxsocket_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"

	"mx.example/handle"
	"mx.example/mxsocket"
	"mx.example/status"
)

// TestListenerPrograms runs random programs of goroutines that dial and accept,
// each inside a bubble, one action at a time. After each, as many calls are over,
// and with such answers, as the model says; every connection has been accepted
// once; and the table has the handles of what is open, queued or on its way, and no
// other.
func TestListenerPrograms(t *testing.T) {
	programs := 300
	if testing.Short() {
		programs = 30
	}
	for seed := range uint64(programs) {
		failed := !t.Run(fmt.Sprint(seed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { newListening(t, seed).run() })
		})
		if failed {
			return
		}
	}
}

// backlog is how many dialed connections a Listener keeps.
const backlog = 128

// A listening is a Listener with those who dial and accept, and its model.
type listening struct {
	t     *testing.T
	rnd   *rand.Rand
	tb    *handle.Table
	limit int
	l     *mxsocket.Listener
	log   []string

	calls  []*meeting
	open   []net.Conn        // ends that the program has
	dialed map[net.Addr]bool // local addresses of those that may be accepted yet

	// The model.
	queued   int
	waiting  [2]int // how many dials and accepts are blocked
	finished int    // how many of all calls have succeeded
	closed   bool
}

// A meeting is a Dial or an Accept.
type meeting struct {
	accept bool
	cancel context.CancelCauseFunc
	cause  error // by which it was called off, if it was
	done   bool
	seen   bool
	conn   net.Conn
	err    error
}

var errOff = errors.New("called off")

func newListening(t *testing.T, seed uint64) *listening {
	p := &listening{t: t, rnd: rand.New(rand.NewPCG(seed, 12)), dialed: map[net.Addr]bool{}}
	e := handle.Editions()[p.rnd.IntN(len(handle.Editions()))]
	p.limit = 2*backlog + 3 + p.rnd.IntN(8)
	p.tb = handle.NewTable(handle.WithEdition(e), handle.WithHandleLimit(p.limit))
	p.l = mxsocket.Listen(p.tb, "program")
	for range backlog - 1 - p.rnd.IntN(2) {
		p.meet(false)
	}
	p.compare()
	for _, c := range p.open {
		c.Close() // there is room for handles again; the other ends stay queued
	}
	p.open = nil
	if p.rnd.IntN(2) == 0 {
		for range backlog {
			p.meet(true) // from the other side: nothing is queued
			p.compare()
		}
	}
	return p
}

func (p *listening) run() {
	for range 60 {
		switch r := p.rnd.IntN(100); {
		case r < 40:
			p.meet(false)
		case r < 70:
			p.meet(true)
		case r < 85:
			p.callOff()
		case r < 98 && len(p.open) > 0:
			i := p.rnd.IntN(len(p.open))
			p.open[i].Close()
			p.open = slices.Delete(p.open, i, i+1)
		case r == 98:
			p.close()
		}
		p.compare()
	}
	p.close()
	p.compare()
	for _, c := range p.open {
		c.Close()
	}
	p.open = nil
	p.compare()
}

// meet dials or accepts.
func (p *listening) meet(accept bool) {
	ctx, cancel := context.WithCancelCause(p.t.Context())
	m := &meeting{accept: accept, cancel: cancel}
	p.calls = append(p.calls, m)
	p.log = append(p.log, fmt.Sprint("meet, accept ", accept))
	switch {
	case p.closed:
	case !accept && handles(p.tb)+2 > p.limit:
	case accept && p.queued > 0:
		p.queued--
		p.finished++
		if p.waiting[0] > 0 { // whoever dials goes on
			p.waiting[0]--
			p.queued++
			p.finished++
		}
	case accept:
		p.waiting[1]++
	case p.waiting[1] > 0:
		p.waiting[1]--
		p.finished += 2
	case p.queued < backlog:
		p.queued++
		p.finished++
	default:
		p.waiting[0]++
	}
	go func() {
		if accept {
			m.conn, m.err = p.l.AcceptContext(ctx)
		} else if c, err := p.l.Dial(ctx); err == nil {
			m.conn = c
		} else {
			m.err = err
		}
		m.done = true
	}()
}

// callOff ends a call that is blocked.
func (p *listening) callOff() {
	for _, m := range p.calls {
		if !m.done {
			p.log = append(p.log, fmt.Sprint("call off, accept ", m.accept))
			m.cause = errOff
			m.cancel(errOff)
			p.waiting[index(m.accept)]--
			return
		}
	}
}

func index(accept bool) int {
	if accept {
		return 1
	}
	return 0
}

func (p *listening) close() {
	p.log = append(p.log, "close")
	p.l.Close()
	p.closed, p.queued, p.waiting = true, 0, [2]int{}
}

// compare holds what is over against the model.
func (p *listening) compare() {
	p.t.Helper()
	synctest.Wait()
	var waiting [2]int
	for _, m := range p.calls {
		switch {
		case !m.done:
			waiting[index(m.accept)]++
		case m.seen:
		default:
			m.seen = true
			p.over(m)
		}
	}
	for _, m := range p.calls {
		if m.accept && m.done && m.conn != nil {
			if !p.dialed[m.conn.RemoteAddr()] {
				p.fail("%v was accepted twice, or never dialed", m.conn.RemoteAddr())
			}
			delete(p.dialed, m.conn.RemoteAddr())
			m.conn = nil
		}
	}
	if waiting != p.waiting || p.finished != 0 {
		p.fail("%d dials and %d accepts wait, %d more have succeeded than should; want %v", waiting[0], waiting[1], -p.finished, p.waiting)
	}
	if n, want := handles(p.tb), len(p.open)+p.queued+2*waiting[0]; n != want {
		p.fail("%d handles are there, want %d", n, want)
	}
	p.calls = slices.DeleteFunc(p.calls, func(m *meeting) bool { return m.seen })
}

// over looks at the answer of a call.
func (p *listening) over(m *meeting) {
	defer m.cancel(nil)
	if m.err == nil {
		p.finished--
		p.open = append(p.open, m.conn)
		if !m.accept {
			p.dialed[m.conn.LocalAddr()] = true
			m.conn = nil
		}
		return
	}
	switch {
	case m.cause != nil && errors.Is(m.err, m.cause):
	case m.accept && p.closed && errors.Is(m.err, net.ErrClosed):
	case !m.accept && p.closed && errors.Is(m.err, syscall.ECONNREFUSED):
	case !m.accept && errors.Is(m.err, status.ErrNoMemory):
	default:
		p.fail("a call, accept %v, failed with %v", m.accept, m.err)
	}
}

func (p *listening) fail(format string, args ...any) {
	p.t.Helper()
	p.t.Fatalf("%s\n%s", strings.Join(p.log, "\n"), fmt.Sprintf(format, args...))
}
