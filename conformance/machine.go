package conformance

import (
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"mx.example/conformance/internal/patience"
	"mx.example/conformance/oracle"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// The graces are for a machine that does nothing else: each lasts longer where
// this program gets its turns late.

// ReturnGrace is how long a call may take beyond its own deadline before it
// is given up as one that will never return. Time in which this program does
// not get to run does not count. See [Slow] for kernels that are far away.
const ReturnGrace = time.Second

// CloseGrace is how long the kernel may take to close, and after that the calls
// still under way to return.
const CloseGrace = 2 * time.Second

// parkPatience is how long a [BlockingAwareProcess] may take to say that a wait
// has blocked.
const parkPatience = 10 * time.Second

// errCloseHangs is the error of a Close that does not return.
var errCloseHangs = errors.New("the Close of the kernel did not return")

// A Machine carries out calls on a [Kernel]. It keeps what the symbolic names
// of the calls mean: which process a table is, which value a handle has, which
// koid an object.
//
// A Machine belongs to one goroutine. Calls of other actors are made with
// [Machine.Start] and [Machine.Finish] from that goroutine too.
type Machine struct {
	kernel Kernel
	first  *process
	tables map[string]*process
	names  map[string]binding
	koids  trace.Koids
	stamp  int64 // the time in the packet that was stamped and taken last
	actors map[string]*actor
	late   []*actor // whose calls have not returned in time
	own    plan     // of the calls that Do makes itself

	edition handle.Edition // of the kernel
	grace   time.Duration  // ReturnGrace, or that of a Slow backend
	closing time.Duration  // CloseGrace, or that of a Slow backend
	missing missingParts   // what the kernel is said to lack
}

// A process is one table of a case.
type process struct {
	Process
	raw    RawProcess    // nil if the Process is none
	memory MemoryProcess // nil if the Process is none
	ports  PortProcess   // nil if the Process is none
	// query: a read with a null buffer and size 0 asks how many bytes there
	// are; otherwise it is a read like any other (R-QUERY).
	query   bool
	edition handle.Edition
	// given are the values that it has given, the earliest first: those of
	// handles that are gone must not come back (X-STALE).
	given []handle.Handle
}

// A binding is what the name of a handle means.
type binding struct {
	p        *process
	h        handle.Handle
	datagram bool // it is known to be an end of a datagram socket
}

// An actor makes one call at a time on a goroutine of its own.
type actor struct {
	plan   plan
	parked chan struct{} // closed when the call has blocked
	// awaited is closed when the case waits for this call: see
	// [BlockingAwareProcess].
	awaited chan struct{}
	done    chan trace.Result // holds the result when the call has returned
}

// NewMachine makes a machine on a fresh kernel that follows the rules of e, with
// the table that every case starts with. It takes the kernel over:
// [Machine.Close] closes it. Calls that need a part which is missing are not
// made and are unsupported.
//
// The edition matters to a Process that takes slices only: it has two calls for
// a read with a null buffer and size 0, and which of them it is differs
// (R-QUERY).
func NewMachine(k Kernel, e handle.Edition, missing ...Part) (*Machine, error) {
	m := &Machine{
		kernel:  k,
		edition: e,
		grace:   ReturnGrace,
		closing: CloseGrace,
		missing: missing,
		tables:  make(map[string]*process),
		names:   make(map[string]binding),
		actors:  make(map[string]*actor),
	}
	p, err := k.NewProcess(Limits{})
	if err != nil {
		return nil, fmt.Errorf("the kernel makes no first process: %w", err)
	}
	m.first = m.newProcess(p, e)
	m.tables[trace.FirstTable] = m.first
	return m, nil
}

// newProcess is a process whose table has the edition e.
func (m *Machine) newProcess(p Process, e handle.Edition) *process {
	raw, _ := p.(RawProcess)
	memory, _ := p.(MemoryProcess)
	if m.missing.has(PartRaw) {
		raw, memory = nil, nil
	}
	ports, _ := p.(PortProcess)
	return &process{Process: p, raw: raw, memory: memory, ports: ports, query: oracle.RulesOf(e).Query, edition: e}
}

// Do makes one call and returns its result. A wait that may block is given
// [ReturnGrace] beyond its deadline; if it has not returned then, that is the
// result. Data and Pending of the result are valid until the next call.
func (m *Machine) Do(c *trace.Call) trace.Result {
	if blocks(c) && m.missing.of(c) == "" {
		a := m.begin(c)
		return m.end(a)
	}
	if p := m.missing.of(c); p != "" {
		return missingResult(p)
	}
	pl := &m.own
	if problem := m.resolve(pl, c); problem != "" {
		return broken(problem)
	}
	r := pl.carryOut(m.kernel, nil)
	m.bind(pl, &r)
	return r
}

// blocks reports whether the call may have to wait.
func blocks(c *trace.Call) bool {
	switch c.Op {
	case trace.OpWait, trace.OpWaitMany, trace.OpPortWait, trace.OpWriteAll, trace.OpReadFull:
		return c.Until.Kind != trace.Past
	}
	return false
}

// Start makes the call on an actor and returns when it has blocked or
// returned, or after [ParkGrace]. It fails if the actor has a call under way.
func (m *Machine) Start(name string, c *trace.Call) error {
	if m.actors[name] != nil {
		return fmt.Errorf("actor %q has a call under way: let it finish first", name)
	}
	m.actors[name] = m.begin(c)
	return nil
}

// refused returns the result of the call that the actor has under way, if that is
// that there is no such call. The actor is then free.
func (m *Machine) refused(name string) (r trace.Result, ok bool) {
	a := m.actors[name]
	select {
	case r = <-a.done:
	default:
		return r, false
	}
	if r.Unsupported == "" {
		a.done <- r // for Finish
		return r, false
	}
	delete(m.actors, name)
	return r, true
}

// Finish waits for the call that the actor has under way and returns its
// result. If it does not come within [ReturnGrace] after its deadline, the
// result is INTERNAL with a note that says so.
func (m *Machine) Finish(name string) trace.Result {
	a := m.actors[name]
	if a == nil {
		return broken(fmt.Sprintf("actor %q has no call under way", name))
	}
	delete(m.actors, name)
	return m.end(a)
}

func (m *Machine) begin(c *trace.Call) *actor {
	a := &actor{parked: make(chan struct{}), awaited: make(chan struct{}), done: make(chan trace.Result, 1)}
	if p := m.missing.of(c); p != "" {
		a.plan.call = c
		a.done <- missingResult(p)
		return a
	}
	if problem := m.resolve(&a.plan, c); problem != "" {
		a.done <- broken(problem)
		return a
	}
	wait := ParkGrace
	if p, ok := a.plan.p.Process.(BlockingAwareProcess); ok && !loops(c) {
		wait = parkPatience
		if c.Until.Kind == trace.Never && blocks(c) {
			attended := m.newProcess(p.Attended(a.awaited), m.edition)
			if c.Op != trace.OpPortWait || attended.ports != nil {
				a.plan.p = attended
			}
		}
	}
	returned := make(chan struct{})
	go func() {
		defer close(returned)
		defer func() {
			if e := recover(); e != nil {
				a.done <- broken(fmt.Sprintf("panic: %v\n%s", e, debug.Stack()))
			}
		}()
		var once sync.Once
		a.done <- a.plan.carryOut(m.kernel, func() { once.Do(func() { close(a.parked) }) })
	}()
	grace := patience.After(wait)
	defer grace.Stop()
	select {
	case <-a.parked:
	case <-returned:
	case <-grace.C:
	}
	return a
}

func (m *Machine) end(a *actor) trace.Result {
	close(a.awaited)
	select {
	case r := <-a.done:
		m.bind(&a.plan, &r)
		return r
	default:
	}
	grace := m.grace
	if c := a.plan.call; c.Until.Kind == trace.In {
		grace += c.Until.After
	}
	late := patience.After(grace)
	defer late.Stop()
	select {
	case r := <-a.done:
		m.bind(&a.plan, &r)
		return r
	case <-late.C:
		m.late = append(m.late, a)
		return broken(fmt.Sprintf("the call did not return within %v", late.Took()))
	}
}

// Close closes the kernel. It fails if the kernel does, or if a call that is
// still under way does not return then, within [CloseGrace].
func (m *Machine) Close() error {
	closed := make(chan error, 1)
	go func() {
		defer func() {
			if e := recover(); e != nil {
				closed <- fmt.Errorf("panic: %v\n%s", e, debug.Stack())
			}
		}()
		closed <- m.kernel.Close()
	}()
	hangs := patience.After(m.closing)
	defer hangs.Stop()
	select {
	case err := <-closed:
		if err != nil {
			return fmt.Errorf("the kernel does not close: %w", err)
		}
	case <-hangs.C:
		return fmt.Errorf("%w within %v", errCloseHangs, hangs.Took())
	}
	for _, a := range m.actors {
		m.late = append(m.late, a)
	}
	if len(m.late) == 0 {
		return nil
	}
	grace := patience.After(CloseGrace)
	defer grace.Stop()
	for _, a := range m.late {
		select {
		case <-a.done:
		case <-grace.C:
			return fmt.Errorf("%s did not return within %v of the kernel being closed", a.plan.call, grace.Took())
		}
	}
	return nil
}

// broken is the result of a call that could not be made, or that answered
// what no kernel may.
func broken(note string) trace.Result {
	return trace.Result{Status: status.ErrInternal, Note: note}
}
