package chaos

import (
	"math/rand/v2"
	"sync"
	"time"

	"mx.example/handle"
	"mx.example/mxsocket"
)

// A Kind is a kind of fault. The package comment says what each is.
type Kind int

// The kinds.
const (
	ShortWrite Kind = iota
	ShortRead
	Full
	NoMemory
	Wake
	NoHandle
	Delay

	Kinds = iota // how many there are
)

// Rates say how often each kind comes: once in so many chances, and never if that
// is 0 or less.
type Rates [Kinds]int

// Usual are the rates of [With]. No call is delayed by them: time passes meanwhile,
// in a bubble too, and so whoever tries again and again until there is room, and
// never sleeps, gets through.
var Usual = Rates{ShortWrite: 2, ShortRead: 2, Full: 8, NoMemory: 16, Wake: 4, NoHandle: 16}

// Longest is how long at most a call is delayed, a buffer seems full, and until a
// wake-up for nothing comes.
const Longest = time.Millisecond

// A Plan decides which calls on a table go wrong. It is for one table: two that
// share one take from the same draws.
//
// Its methods may be called by any number of goroutines at once.
type Plan struct {
	rates Rates // immutable

	mu    sync.Mutex // guards what follows
	draws [Kinds]*rand.Rand
	count [Kinds]int
}

// With is an option for [handle.NewTable]: each table that is made with it has a
// [Plan] of its own, with this seed and the [Usual] rates.
func With(seed uint64) handle.Option {
	return func(t *handle.Table) { New(seed, Usual).Option()(t) }
}

// New makes a Plan.
func New(seed uint64, rates Rates) *Plan {
	p := &Plan{rates: rates}
	for k := range p.draws {
		p.draws[k] = rand.New(rand.NewPCG(seed, uint64(k)))
	}
	return p
}

// Option makes a table go by the plan. Where calls are delayed, that is the work
// of a hook, which is told of them in its turn ([handle.WithHook]).
func (p *Plan) Option() handle.Option {
	return func(t *handle.Table) {
		handle.WithFaults(p)(t)
		if p.rates[Delay] > 0 {
			handle.WithHook(delayer{p})(t)
		}
	}
}

// A delayer is a hook that delays calls.
type delayer struct{ plan *Plan }

func (d delayer) Before(*handle.Call) {
	if t, ok := d.plan.lasts(Delay); ok {
		time.Sleep(t)
	}
}

func (delayer) After(*handle.Call) {}

// Count returns how many faults of the kind k there have been.
func (p *Plan) Count(k Kind) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.count[k]
}

// comesLocked draws whether a fault comes. p.mu is held.
func (p *Plan) comesLocked(k Kind) bool {
	if p.rates[k] <= 0 || p.draws[k].IntN(p.rates[k]) > 0 {
		return false
	}
	p.count[k]++
	return true
}

func (p *Plan) comes(k Kind) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.comesLocked(k)
}

// lasts draws whether a fault comes, and how long it takes.
func (p *Plan) lasts(k Kind) (time.Duration, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.comesLocked(k) {
		return 0, false
	}
	return 1 + time.Duration(p.draws[k].Int64N(int64(Longest))), true
}

// cut draws how many of n bytes a call moves. Often it is one: the least that a
// loop has to go on with.
func (p *Plan) cut(k Kind, n int) int {
	if n <= 1 {
		return n
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.comesLocked(k) {
		return n
	}
	if r := p.draws[k]; r.IntN(4) > 0 {
		return 1 + r.IntN(n-1)
	}
	return 1
}

// NoHandle implements [handle.Faults].
func (p *Plan) NoHandle() bool { return p.comes(NoHandle) }

// ShortWrite implements [mxsocket.Faults], as the methods that follow do.
func (p *Plan) ShortWrite(n int) int { return p.cut(ShortWrite, n) }

func (p *Plan) ShortRead(n int) int { return p.cut(ShortRead, n) }

func (p *Plan) Full() (time.Duration, bool) { return p.lasts(Full) }

func (p *Plan) NoMemory() bool { return p.comes(NoMemory) }

func (p *Plan) Wake() (time.Duration, bool) { return p.lasts(Wake) }

var _ mxsocket.Faults = (*Plan)(nil)
