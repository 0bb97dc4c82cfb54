package mxsocket_test

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"mx.example/conformance/oracle"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/mxsocket"
	"mx.example/status"
)

// TestPrograms runs random programs of goroutines that block in WriteAll,
// ReadFull and the calls of a Conn, each inside a bubble, one action at a time:
// after each, when every goroutine is blocked or done, exactly those calls are
// over that [oracle.Blocking] says, each with its answer. A wake-up that is
// lost is a call that is not over; one that comes too early or twice is an
// answer of its own.
func TestPrograms(t *testing.T) {
	programs := 3000
	if testing.Short() {
		programs = 300
	}
	for seed := range uint64(programs) {
		failed := !t.Run(fmt.Sprint(seed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { newProgram(t, seed).run() })
		})
		if failed {
			return // the rest is likely to be the same
		}
	}
}

// memoryLimit is what the table of a program allows, where it has a limit: the
// pair, six handles and a few bytes.
const memoryLimit = mxsocket.PairCharge + 6*handle.HandleCharge + 9

// A program is one pair with handles to both ends, in t0 or t1, its goroutines,
// and the model of all that.
type program struct {
	t      *testing.T
	rnd    *rand.Rand
	model  oracle.Blocking
	tables map[string]*handle.Table
	start  time.Time

	datagram bool
	capacity int
	writes   int      // of 60 calls that may block; the others read
	names    []string // of the handles that were made, live or not
	values   map[string]handle.Handle
	conns    map[string]*conn // the handles that belong to a Conn
	loops    []*loop
	log      []string
	sent     byte // the next byte to write
}

// A loop is a call that may block, beside what the model says of it.
type loop struct {
	oracle.Loop
	what    string
	done    bool // seen here
	n       int
	err     error
	buf     []byte
	through *conn
}

func newProgram(t *testing.T, seed uint64) *program {
	p := &program{
		t:      t,
		rnd:    rand.New(rand.NewPCG(seed, 11)),
		start:  time.Now(),
		values: map[string]handle.Handle{},
		conns:  map[string]*conn{},
	}
	edition := []handle.Edition{handle.Manual, handle.Kernel2017, handle.Zircon}[p.rnd.IntN(3)]
	p.model.State = oracle.New(edition)
	opts := []handle.Option{handle.WithEdition(edition), handle.WithHandleLimit(64)}
	first := p.model.Tables[oracle.FirstTable]
	first.HandleLimit = 64
	if p.rnd.IntN(3) == 0 {
		opts = append(opts, handle.WithMemoryLimit(memoryLimit))
		first.MemoryLimit, first.HasMemory = memoryLimit, true
	}
	p.model.Tables["t1"] = &oracle.Table{Edition: edition, HandleLimit: 64}
	p.tables = map[string]*handle.Table{
		oracle.FirstTable: handle.NewTable(opts...),
		"t1":              handle.NewTable(handle.WithEdition(edition)),
	}

	p.datagram, p.capacity = p.rnd.IntN(2) == 0, 1+p.rnd.IntN(12)
	p.writes = []int{10, 30, 55}[p.rnd.IntN(3)] // so that both full and empty queues are common
	options := mxsocket.Stream
	if p.datagram {
		options = mxsocket.Datagram
	}
	a, b, err := mxsocket.Create(p.tables[oracle.FirstTable], options, mxsocket.WithCapacity(uint64(p.capacity)))
	p.check(&trace.Call{Op: trace.OpCreate, Options: options, Capacity: uint64(p.capacity), HasCapacity: true, Out: []string{"a", "b"}}, 0, nil, err)
	p.bind("a", a)
	p.bind("b", b)
	return p
}

func (p *program) bind(name string, h handle.Handle) {
	p.names = append(p.names, name)
	p.values[name] = h
}

// run makes some actions, and then ends everything.
func (p *program) run() {
	for range 4 + p.rnd.IntN(36) {
		p.act()
		p.compare()
	}
	for _, name := range p.live() {
		p.close(name)
		p.compare()
	}
	for _, l := range p.loops {
		if !l.done {
			p.fail("%s is not over, though nothing is left", l.what)
		}
	}
	p.empty()
}

// empty checks that the tables have all their room again.
func (p *program) empty() {
	t0 := p.tables[oracle.FirstTable]
	if n := handles(t0) + handles(p.tables["t1"]); n != 0 {
		p.fail("%d handles are left", n)
	}
	_, b, err := mxsocket.Create(t0, mxsocket.Stream)
	if err != nil {
		p.fail("no pair can be made in the end: %v", err)
	}
	for range 4 {
		if _, err := t0.Duplicate(b, handle.SameRights); err != nil {
			p.fail("six handles do not fit in the end: %v", err)
		}
	}
	want := 9
	if !p.model.Tables[oracle.FirstTable].HasMemory {
		want = 1000
	}
	if n, _ := mxsocket.Write(t0, b, 0, make([]byte, 1000)); n != want {
		p.fail("in the end there is memory for %d bytes, want %d", n, want)
	}
	t0.CloseAll()
}

func (p *program) fail(format string, args ...any) {
	p.t.Helper()
	p.t.Fatalf("%v, datagram %v, capacity %d\n\t%s\n%s", p.model.Edition, p.datagram, p.capacity,
		strings.Join(p.log, "\n\t"), fmt.Sprintf(format, args...))
}

func (p *program) say(format string, args ...any) {
	p.log = append(p.log, fmt.Sprintf(format, args...))
}

// compare waits until all goroutines are blocked, and holds what is over
// against the model.
func (p *program) compare() {
	synctest.Wait()
	for _, l := range p.loops {
		switch {
		case l.done != l.Over && l.done:
			p.fail("%s ended with %d, %v; it should still be blocked", l.what, l.n, l.err)
		case l.done != l.Over:
			p.fail("%s is still blocked; it should be over with %d, %v", l.what, l.N, l.Status)
		case l.done && (l.n != l.N || !l.like()):
			p.fail("%s ended with %d, %v; want %d, %v", l.what, l.n, l.err, l.N, l.Status)
		case l.done && !l.Write && string(l.buf[:l.n]) != string(l.Got):
			p.fail("%s read %q, want %q", l.what, l.buf[:l.n], l.Got)
		}
	}
	for _, name := range p.live() {
		call := &trace.Call{Op: trace.OpSignals, H: trace.Ref{Name: name}}
		want := p.model.State.Do(call)
		got, err := p.table(name).WaitOne(p.values[name], 0, time.Unix(1, 0))
		if err == status.ErrTimedOut {
			err = nil
		}
		if err != want.Status.Err() || !want.Signals.Matches(got) {
			p.fail("signals of %s are %v, %v; want %v, %v", name, got, err, want.Signals.Must, want.Status)
		}
	}
}

// like reports whether the error is what the status comes to.
func (l *loop) like() bool {
	if l.through == nil {
		return l.err == l.Status.Err()
	}
	switch {
	case l.Status == status.OK:
		return l.err == nil
	case !l.Write && (l.Status == status.ErrPeerClosed || l.Status == status.ErrBadState):
		return l.err == io.EOF
	case l.Status == status.ErrTimedOut:
		return errors.Is(l.err, os.ErrDeadlineExceeded)
	case l.Status == status.ErrCanceled || l.Status == status.ErrBadHandle:
		return errors.Is(l.err, net.ErrClosed)
	}
	return errors.Is(l.err, l.Status)
}

// live are the names of the handles that are, in order.
func (p *program) live() []string {
	return slices.DeleteFunc(slices.Clone(p.names), func(name string) bool { return !p.model.Handles[name].Live })
}

func (p *program) pick() string {
	if p.rnd.IntN(20) == 0 {
		return p.names[p.rnd.IntN(len(p.names))]
	}
	if live := p.live(); len(live) > 0 {
		return live[p.rnd.IntN(len(live))]
	}
	return p.names[0]
}

func (p *program) table(name string) *handle.Table { return p.tables[p.model.Handles[name].Table] }

func (p *program) bytes(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = p.sent
		p.sent++
	}
	return b
}

// check holds the answer of a call that does not block against the model's.
func (p *program) check(c *trace.Call, n int, data []byte, err error) {
	want := p.model.Call(c)
	if err != want.Status.Err() || err == nil && uint64(n) != want.N || err == nil && !want.Data.Equal(data) {
		p.fail("answered %d, %q, %v; want %d, %q, %v", n, data, err, want.N, want.Data.Text, want.Status)
	}
}

// act makes one action.
func (p *program) act() {
	name := p.pick()
	t, h, ref := p.table(name), p.values[name], trace.Ref{Name: name}
	size := p.rnd.IntN(p.capacity + 4)
	switch r := p.rnd.IntN(100); {
	case r < p.writes:
		p.loop(name, true, size)
	case r < 60:
		p.loop(name, false, size)
	case r < 67:
		data := p.bytes(size)
		p.say("write %s %d", name, size)
		n, err := mxsocket.Write(t, h, 0, data)
		p.check(&trace.Call{Op: trace.OpWrite, H: ref, Buf: trace.Buffer{Data: trace.Data{Text: string(data)}}}, n, nil, err)
	case r < 75:
		p.say("read %s %d", name, size)
		buf := make([]byte, size)
		n, err := mxsocket.Read(t, h, 0, buf)
		p.check(&trace.Call{Op: trace.OpRead, H: ref, Buf: trace.Buffer{Size: uint64(size)}}, 0, buf[:n], err)
	case r < 83:
		p.sleep()
	case r < 86:
		p.close(name)
	case r < 90:
		p.renew(name)
	case r < 93:
		p.half(name)
	default:
		p.connect(name)
	}
}

// until draws a deadline into l: none, past, or in a while, and never two at
// one time.
func (p *program) until(l *oracle.Loop) time.Time {
	switch p.rnd.IntN(5) {
	case 0:
		l.Deadline, l.Never = p.model.Time, false
		return p.start.Add(p.model.Time)
	case 1, 2:
		l.Deadline = p.model.Time + time.Duration(1+p.rnd.IntN(4))*time.Second + time.Duration(len(p.log))*time.Microsecond
		l.Never = false
		return p.start.Add(l.Deadline)
	}
	l.Deadline, l.Never = 0, true
	return time.Time{}
}

func (p *program) sleep() {
	d := time.Duration(1+p.rnd.IntN(3)) * time.Second
	p.say("sleep %v", d)
	time.Sleep(d)
	p.model.Pass(p.model.Time + d)
}

// loop starts a call that may block, through a Conn if the handle is one's.
func (p *program) loop(name string, write bool, size int) {
	l := &loop{what: fmt.Sprint("call ", len(p.loops)), through: p.conns[name]}
	l.H, l.Write, l.Size, l.Least = trace.Ref{Name: name}, write, size, size
	t, h := p.table(name), p.values[name]
	if write {
		l.buf = p.bytes(size)
		l.Data = string(l.buf)
	} else {
		l.buf = make([]byte, size)
	}
	if l.through == nil {
		at := p.until(&l.Loop)
		p.say("%s: write %v on %s of %d bytes, until %v (never %v)", l.what, write, name, size, l.Deadline, l.Never)
		p.start1(l, func() (int, error) {
			if write {
				return mxsocket.WriteAll(t, h, l.buf, at)
			}
			return mxsocket.ReadFull(t, h, l.buf, at)
		})
		return
	}
	c := l.through
	if !write && c.reading != nil && !c.reading.done {
		return // whose turn it is when two read is not promised
	}
	p.say("%s: Conn write %v on %s of %d bytes", l.what, write, name, size)
	l.Least = min(1, size)
	from := &c.read
	if write {
		from = &c.write
	} else {
		c.reading = l
	}
	l.Deadline, l.Never = from.Deadline, from.Never
	if _, live := p.model.Lookup(l.H); !live {
		l.Over, l.Status = true, status.ErrBadHandle
	} else if !write && size == 0 {
		l.Over = true // takes nothing, and does not wait
	} else if !l.Never && l.Deadline <= p.model.Time {
		l.Over, l.Status = true, status.ErrTimedOut // a Conn does not poll
	}
	p.start1(l, p.through(c, l))
}

// start1 makes the call on a goroutine of its own, and tells the model.
func (p *program) start1(l *loop, call func() (int, error)) {
	p.loops = append(p.loops, l)
	go func() {
		l.n, l.err = call()
		l.done = true
	}()
	if !l.Over {
		p.model.Start(&l.Loop)
	}
}

func (p *program) close(name string) {
	p.say("close %s", name)
	var err error
	if c := p.conns[name]; c != nil {
		if err = c.Close(); errors.Is(err, net.ErrClosed) {
			err = status.ErrBadHandle
		}
	} else {
		err = p.table(name).Close(p.values[name])
	}
	p.check(&trace.Call{Op: trace.OpClose, H: trace.Ref{Name: name}}, 0, nil, err)
}

// renew duplicates, replaces or transfers a handle.
func (p *program) renew(name string) {
	t, h, out := p.table(name), p.values[name], fmt.Sprint("h", len(p.log))
	c := &trace.Call{H: trace.Ref{Name: name}, Rights: handle.SameRights, Out: []string{out}}
	var fresh handle.Handle
	var err error
	switch r := p.rnd.IntN(4); {
	case r < 2 && len(p.live()) < 5:
		c.Op = trace.OpDuplicate
		fresh, err = t.Duplicate(h, handle.SameRights)
	case r < 3:
		c.Op = trace.OpReplace
		fresh, err = t.Replace(h, handle.SameRights)
	default:
		c.Op, c.Table = trace.OpTransfer, []string{oracle.FirstTable, "t1"}[p.rnd.IntN(2)]
		fresh, err = t.Transfer(h, p.tables[c.Table])
	}
	p.say("op %d %s -> %s: %v", c.Op, name, out, err)
	p.check(c, 0, nil, err)
	if err == nil {
		p.bind(out, fresh)
	}
}

// half ends a direction, or opens it again where there is a way.
func (p *program) half(name string) {
	if c := p.conns[name]; c != nil {
		p.halfConn(name, c)
		return
	}
	t, h := p.table(name), p.values[name]
	if p.model.Edition != handle.Zircon {
		p.say("half close %s", name)
		_, err := mxsocket.Write(t, h, mxsocket.HalfClose, nil)
		p.check(&trace.Call{Op: trace.OpWrite, H: trace.Ref{Name: name}, Options: mxsocket.HalfClose}, 0, nil, err)
		return
	}
	mine, peers := uint32(p.rnd.IntN(3)), uint32(p.rnd.IntN(3))
	p.say("dispositions %s %d %d", name, mine, peers)
	err := mxsocket.SetDisposition(t, h, mxsocket.Disposition(mine), mxsocket.Disposition(peers))
	p.check(&trace.Call{Op: trace.OpSetDisposition, H: trace.Ref{Name: name}, Mine: mine, Peers: peers}, 0, nil, err)
}
