package remote

import (
	"fmt"

	"mx.example/conformance"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// A process makes the calls by requests.
type process struct {
	k       *kernel
	table   uint64
	edition handle.Edition
	// awaited is closed when the case waits for the wait that this process is
	// for: see Attended.
	awaited <-chan struct{}
}

var (
	_ conformance.MemoryProcess = (*process)(nil)
	_ conformance.PortProcess   = (*process)(nil)
	_ conformance.ZirconProcess = (*process)(nil)
	_ conformance.Churner       = (*process)(nil)

	_ conformance.ObjectChurner   = (*process)(nil)
	_ conformance.CloseAllProcess = (*process)(nil)
	_ conformance.HoldingProcess  = (*process)(nil)
)

// query begins the request of a call.
func (p *process) query(verb string) *query { return newQuery(verb).number(p.table) }

// on begins the request of a call on a handle.
func (p *process) on(verb string, h handle.Handle) *query {
	return p.query(verb).number(uint64(h))
}

// do makes a call without results.
func (p *process) do(q *query) error {
	r, err := p.k.call(q)
	if err != nil {
		return err
	}
	return p.k.done(q, r)
}

// number makes a call with one result.
func (p *process) number(q *query, what string, bits int) (uint64, error) {
	r, err := p.k.call(q)
	if err != nil {
		return 0, err
	}
	n := r.number(what, bits)
	return n, p.k.done(q, r)
}

// made makes a call that gives a handle.
func (p *process) made(q *query) (handle.Handle, error) {
	h, err := p.number(q, "a handle", 32)
	return handle.Handle(h), err
}

func (p *process) Create(options uint32, capacity *uint64) (a, b handle.Handle, err error) {
	q := p.query("create").number(uint64(options))
	if capacity != nil {
		q.number(*capacity)
	} else {
		q.word("-")
	}
	r, err := p.k.call(q)
	if err != nil {
		return 0, 0, err
	}
	a, b = handle.Handle(r.word32("a handle")), handle.Handle(r.word32("a handle"))
	return a, b, p.k.done(q, r)
}

func (p *process) NewEvent() (handle.Handle, error) { return p.made(p.query("event")) }

// tooMuch says that a call moves more than the adapter has memory for.
func (p *process) tooMuch(n uint64) error {
	if n <= p.k.c.hello.data {
		return nil
	}
	return &conformance.Unsupported{Why: fmt.Sprintf("the adapter moves %d bytes at most in one call", p.k.c.hello.data)}
}

func (p *process) Write(h handle.Handle, options uint32, b []byte) (int, error) {
	if err := p.tooMuch(uint64(len(b))); err != nil {
		return 0, err
	}
	q := p.on("write", h).number(uint64(options)).data(b)
	a, err := p.k.ask(q)
	if err != nil {
		return 0, err
	}
	return p.count(q, &a)
}

func (p *process) Outstanding(h handle.Handle) (int, error) {
	q := p.on("outstanding", h)
	a, err := p.k.ask(q)
	if err != nil {
		return 0, err
	}
	return p.count(q, &a)
}

// count is the result of a call that gives one.
func (p *process) count(q *query, a *answer) (int, error) {
	if err := a.err(); err != nil {
		return touched(a), err
	}
	r := &results{words: a.results}
	n := r.number("a count", 63)
	return int(n), p.k.done(q, r)
}

// touched is the count of a failed call.
func touched(a *answer) int {
	if a.touched {
		return 1
	}
	return 0
}

func (p *process) Read(h handle.Handle, options uint32, b []byte) (int, error) {
	if err := p.tooMuch(uint64(len(b))); err != nil {
		return 0, err
	}
	q := p.on("read", h).number(uint64(options)).number(uint64(len(b)))
	a, err := p.k.ask(q)
	if err != nil {
		return 0, err
	}
	if err := a.err(); err != nil {
		return touched(&a), err
	}
	r := &results{words: a.results}
	n := r.data("the data", b)
	return n, p.k.done(q, r)
}

func (p *process) Close(h handle.Handle) error { return p.do(p.on("close", h)) }

func (p *process) Duplicate(h handle.Handle, r handle.Rights) (handle.Handle, error) {
	return p.made(p.on("duplicate", h).bits(uint32(r)))
}

func (p *process) Replace(h handle.Handle, r handle.Rights) (handle.Handle, error) {
	return p.made(p.on("replace", h).bits(uint32(r)))
}

func (p *process) Transfer(h handle.Handle, to conformance.Process) (handle.Handle, error) {
	dst, ok := to.(*process)
	if !ok || dst.k != p.k {
		return 0, fmt.Errorf("transfer to a %T, which is no process of this kernel", to)
	}
	return p.made(p.on("transfer", h).number(dst.table))
}

func (p *process) Info(h handle.Handle) (i handle.Info, err error) {
	q := p.on("info", h)
	r, err := p.k.call(q)
	if err != nil {
		return i, err
	}
	i.Type = handle.Type(r.word32("a type"))
	i.Rights = handle.Rights(r.word32("rights"))
	i.Koid = handle.Koid(r.number("a koid", 64))
	i.RelatedKoid = handle.Koid(r.number("a koid", 64))
	i.Waitable = r.number("waitable", 1) == 1
	return i, p.k.done(q, r)
}

func (p *process) Signal(h handle.Handle, clear, set handle.Signals) error {
	return p.do(p.on("signal", h).bits(uint32(clear)).bits(uint32(set)))
}

func (p *process) SignalPeer(h handle.Handle, clear, set handle.Signals) error {
	return p.do(p.on("signal-peer", h).bits(uint32(clear)).bits(uint32(set)))
}

// churnMost is how many handles one request churn makes.
const churnMost = 4096

// Churn makes duplicates in few requests, where the adapter can.
func (p *process) Churn(h handle.Handle, n uint64) ([]handle.Handle, error) {
	if !p.k.c.hello.churn {
		return nil, conformance.ErrNoChurn
	}
	values := make([]handle.Handle, 0, n)
	for uint64(len(values)) < n {
		some := min(n-uint64(len(values)), churnMost)
		q := p.on("churn", h).number(some)
		r, err := p.k.call(q)
		if err != nil {
			return nil, err
		}
		for range some {
			values = append(values, handle.Handle(r.word32("a handle")))
		}
		if err := p.k.done(q, r); err != nil {
			return nil, err
		}
	}
	return values, nil
}

// ChurnObjects makes events in few requests. One by one they would take too long.
func (p *process) ChurnObjects(n uint64) ([]handle.Koid, error) {
	koids := make([]handle.Koid, 0, n)
	for uint64(len(koids)) < n {
		some := min(n-uint64(len(koids)), churnMost)
		q := p.query("koids").number(some)
		r, err := p.k.call(q)
		if err != nil {
			return nil, err
		}
		for range some {
			koids = append(koids, handle.Koid(r.number("a koid", 64)))
		}
		if err := p.k.done(q, r); err != nil {
			return nil, err
		}
	}
	return koids, nil
}

func (p *process) CloseAll() error { return p.do(p.query("close-all")) }

func (p *process) Holds(h handle.Handle) (n handle.Holding, err error) {
	q := p.on("holds", h)
	r, err := p.k.call(q)
	if err != nil {
		return n, err
	}
	n.Handles = r.number("a count", 64)
	n.Observers = r.number("a count", 64)
	n.Packets = r.number("a count", 64)
	return n, p.k.done(q, r)
}

// WriteMemory has the adapter make the memory.
func (p *process) WriteMemory(h handle.Handle, options uint32, b *trace.Buffer, actual trace.ActualKind) (r conformance.MemoryResult, err error) {
	q := p.on("write-raw", h).number(uint64(options))
	bad := b.Bad
	if b.Kind == trace.Null {
		q.word("null")
		bad = b.Size
	} else {
		if err := p.tooMuch(b.Data.Length()); err != nil {
			return r, err
		}
		q.data(b.Data.Bytes())
	}
	q.number(bad).word(actualWords[actual])
	return p.memory(q, actual, 0, false)
}

// ReadMemory has the adapter make the memory.
func (p *process) ReadMemory(h handle.Handle, options uint32, b *trace.Buffer, actual trace.ActualKind) (r conformance.MemoryResult, err error) {
	q := p.on("read-raw", h).number(uint64(options))
	good, bad := b.Size, b.Bad
	if b.Kind == trace.Null {
		q.word("null")
		good, bad = 0, b.Size
	} else {
		if err := p.tooMuch(good); err != nil {
			return r, err
		}
		q.number(good)
	}
	q.number(bad).word(actualWords[actual])
	return p.memory(q, actual, good, true)
}

var actualWords = [...]string{trace.ActualGood: "good", trace.ActualNull: "null", trace.ActualBad: "bad"}

// memory makes a call on memory that the adapter makes.
func (p *process) memory(q *query, actual trace.ActualKind, good uint64, read bool) (m conformance.MemoryResult, err error) {
	a, err := p.k.ask(q)
	if err != nil {
		return m, err
	}
	if err := a.err(); err != nil {
		m.Touched = a.touched
		return m, err
	}
	r := &results{words: a.results}
	if actual == trace.ActualGood {
		m.N = r.number("the actual count", 64)
	} else if w := r.next("the actual count"); w != "-" {
		r.fail("%q in the place of a count that nobody was told: -", w)
	}
	if read {
		m.Data = make([]byte, good)
		n := r.data("the data", m.Data)
		if n > len(m.Data) {
			r.fail("%d bytes of data from %d good ones", n, good)
		} else {
			m.Data = m.Data[:n]
		}
	}
	return m, p.k.done(q, r)
}

// observes reports whether a wait that ended so has something to report.
func observes(s status.Status) bool {
	return s == status.OK || s == status.ErrTimedOut || s == status.ErrCanceled
}
