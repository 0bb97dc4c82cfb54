package handle

import (
	"bytes"
	"errors"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// A Hook is told of every call on a table that was made with [WithHook], on the
// goroutine that makes the call: Before the call does anything, and After it has
// done all, just before it returns. No lock is held meanwhile. Several
// goroutines tell at the same time.
//
// The Call, and what its fields point to, is the hook's until its method
// returns; what it wants to keep it copies. It must not change anything. A hook
// may make calls on the tables, of which it is told again. If it panics, the
// panic is the caller's.
type Hook interface {
	Before(*Call)
	After(*Call)
}

// WithHook makes a table whose calls h is told of. Given several times, each
// hook is told, in the order of the options. Without a hook the calls of a table
// cost what they cost without this option; with one, what telling it costs.
//
// A table with a hook is a front for another one, which has the handles; what
// goes through this front is told. The authors of objects see the other one.
func WithHook(h Hook) Option {
	if h == nil {
		panic("handle: WithHook(nil): a hook to be told of calls is needed")
	}
	return func(t *Table) {
		if t.front == nil {
			t.front = new(front)
		}
		t.front.hooks = append(t.front.hooks, h)
	}
}

// A front is what a table with hooks has in the place of handles. Lookup finds
// nothing in such a table, so that a call without hooks comes past no question:
// a call that has found nothing asks [Table.Hooked].
type front struct {
	behind *Table // immutable
	hooks  []Hook // immutable once the table is made
}

// withFront returns the table that a program uses in the place of t, which is
// t itself if there are no hooks.
func (t *Table) withFront() *Table {
	if t.front == nil {
		return t
	}
	f := &Table{rules: t.rules, edition: t.edition, front: t.front, name: t.name, number: t.number, limit: t.limit}
	f.slots.init(t.rules.fixedBits)
	f.front.behind, t.front = t, nil
	c := f.NewCall(OpNewTable, Invalid)
	defer c.End()
	c.HandleLimit, c.MemoryLimit, c.Limited = t.limit, t.memory.limit, t.memory.limited
	c.Begin()
	c.Err = nil
	return f
}

// real returns the table that has the handles.
func (t *Table) real() *Table {
	if t.Hooked() {
		return t.front.behind
	}
	return t
}

// Hooked reports whether the table was made with a hook. A call that is made on
// such a table is made on the one that [Call.Begin] returns instead.
func (t *Table) Hooked() bool { return t != nil && t.front != nil }

// A Call is a call on a table as a [Hook] sees it. Which fields mean something
// depends on Op; the others are zero.
type Call struct {
	Op    Op
	Table *Table // that it was made on

	// Began and Ended number the beginnings and ends of all calls that hooks
	// are told of, from 1: a call whose Ended is less than the Began of another
	// had returned by then. BeganAt and EndedAt are the times.
	Began, Ended     uint64
	BeganAt, EndedAt time.Time

	// What the call was given.

	Handle   Handle     // what it is made on: all but those that make a table or an object
	Second   Handle     // OpWaitAsync: the port; OpCancelAsync: the source
	To       *Table     // OpTransfer
	Options  uint32     // where the call has them
	Capacity uint64     // OpCreate
	Rights   Rights     // OpDuplicate, OpReplace
	Clear    Signals    // OpSignal, OpSignalPeer
	Set      Signals    // the same
	WaitFor  Signals    // OpWaitOne, OpWaitAsync
	Items    []WaitItem // OpWaitMany; Pending counts in After
	Deadline time.Time  // of what blocks
	// Cancelable says that a context may end it, too. Its Err is then a
	// [*ContextError].
	Cancelable bool
	Size       uint64   // of the buffer, of what reads or writes
	Buf        []byte   // the bytes to write; of a read, those that came
	Least      int      // OpReadFull: how many bytes are enough
	Addr       uintptr  // OpWriteRaw, OpReadRaw, which have no Buf
	Key        uint64   // where the call has one
	Packet     Packet   // OpQueuePacket; of OpWaitPort what came
	Mine       uint32   // OpSetDisposition, as Peers
	Peers      uint32   //
	Property   Property // OpGetProperty, OpSetProperty
	Value      uint64   // the same; of OpGetProperty what was there
	Topic      Topic    // OpGetInfo
	// OpNewTable; MemoryLimit counts if Limited.
	HandleLimit int
	MemoryLimit uint64
	Limited     bool

	// What became of it: in After only.

	Err      error     // as the call returns it; [ErrPanicked] if it does not return
	N        int       // OpWrite, OpRead and those like them: how many bytes
	Counted  bool      // OpWriteRaw, OpReadRaw: N was asked for, and counts
	Out      [2]Handle // the handles that it made
	Observed Signals   // OpWaitOne
	Info     Info      // OpInfo
	Answer   any       // OpGetInfo

	entry     *Entry // of Handle, or nil
	goroutine uint64 // 0 until it is asked for
	copied    []byte // memory for Buf
}

// ErrPanicked is the Err of a [Call] that did not return.
var ErrPanicked = errors.New("the call panicked, or ended its goroutine")

// events counts what Began and Ended are.
var events atomic.Uint64

// calls are those that nobody is told of at the moment.
var calls = sync.Pool{New: func() any { return new(Call) }}

// Behind returns the table that has the handles of t, which is Hooked: calls on
// it are told to nobody.
func (t *Table) Behind() *Table { return t.front.behind }

// NewCall returns a call on t, which is Hooked, for the author of an object to
// fill in what it was given. [Call.Begin] and [Call.End] tell the hooks; the
// second is to be deferred before the first, and takes the Call back.
func (t *Table) NewCall(op Op, h Handle) *Call {
	c := calls.Get().(*Call)
	c.Op, c.Table, c.Handle = op, t, h
	return c
}

// Begin tells the hooks that the call begins, and returns the table to make it
// on. The caller stores what became of it in c.
func (c *Call) Begin() *Table {
	c.Err = ErrPanicked
	behind := c.Table.front.behind
	c.entry = behind.Lookup(c.Handle)
	c.BeganAt = time.Now()
	c.Began = events.Add(1)
	for _, h := range c.Table.front.hooks {
		h.Before(c)
	}
	return behind
}

// mostKeptBytes is how large a buffer is kept for the next Call.
const mostKeptBytes = 64 << 10

// End tells the hooks that the call is over.
func (c *Call) End() {
	c.Ended = events.Add(1)
	c.EndedAt = time.Now()
	for _, h := range c.Table.front.hooks {
		h.After(c)
	}
	copied := c.copied
	if cap(copied) > mostKeptBytes {
		copied = nil
	}
	*c = Call{copied: copied}
	calls.Put(c)
}

// SetBuf makes a copy of p the Buf. A Call must not refer to memory of its caller
// that might be on the stack.
func (c *Call) SetBuf(p []byte) {
	c.copied = append(c.copied[:0], p...)
	c.Buf = c.copied
}

// HandleName returns what people call h, a handle of Table that the call was given
// or has made: the name that [SetName] gave its object, or else the value, such as
// 0x2f41c0. It is the name as of now, also of a handle that the call has closed.
func (c *Call) HandleName(h Handle) string {
	e := c.entry
	if h != c.Handle || e == nil {
		e = c.Table.front.behind.Lookup(h)
	}
	if e != nil {
		if name := e.object.header().label(); name != "" {
			return name
		}
	}
	return "0x" + strconv.FormatUint(uint64(h), 16)
}

// Goroutine returns the number of the goroutine that makes the call, which is
// the one that tells the hook: one that stack traces show, and that is not used
// again. It costs about as much as a thousand instructions, once a call.
func (c *Call) Goroutine() uint64 {
	if c.goroutine == 0 {
		var buf [64]byte
		text := buf[:runtime.Stack(buf[:], false)] // "goroutine 18 [running]:..."
		text = bytes.TrimPrefix(text, []byte("goroutine "))
		digits, _, _ := bytes.Cut(text, []byte(" "))
		c.goroutine, _ = strconv.ParseUint(string(digits), 10, 64)
	}
	return c.goroutine
}
