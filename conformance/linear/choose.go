package linear

import (
	"fmt"
	"math/rand/v2"

	"mx.example/conformance/trace"
	"mx.example/handle"
)

// weights say how often each kind of call is chosen, in parts of their sum.
var weights = []struct {
	op   trace.Op
	part int
}{
	{trace.OpWrite, 24},
	{trace.OpRead, 22},
	{trace.OpOutstanding, 4},
	{trace.OpClose, 6},
	{trace.OpDuplicate, 9},
	{trace.OpReplace, 5},
	{trace.OpTransfer, 3},
	{trace.OpInfo, 2},
	{trace.OpSignal, 4},
	{trace.OpSignalPeer, 4},
	{trace.OpSignals, 5},
	{trace.OpWait, 9},
	{trace.OpWaitMany, 4},
}

// What calls ask for.
var (
	rights = []handle.Rights{
		handle.SameRights, handle.SameRights, handle.SameRights,
		handle.RightRead,
		handle.RightWrite | handle.RightDuplicate,
		handle.RightRead | handle.RightTransfer,
		handle.RightExecute, // which no handle here has
		0,
	}
	waited = []handle.Signals{
		handle.Readable,
		handle.Writable,
		handle.PeerClosed,
		handle.Readable | handle.PeerClosed,
		handle.UserSignal0,
		handle.UserSignal0 | handle.UserSignal1,
		handle.LastHandle,
		0,
	}
	set = []handle.Signals{0, handle.UserSignal0, handle.UserSignal1, handle.UserSignal0 | handle.UserSignal1}
)

func oneOf[T any](rnd *rand.Rand, from []T) T { return from[rnd.IntN(len(from))] }

// choose makes up a call on handles that have been published.
func (r *recorder) choose(rnd *rand.Rand) trace.Call {
	r.mu.Lock()
	defer r.mu.Unlock()
	cfg := &r.history.Config
	sum := 0
	for _, w := range weights {
		if !r.lacks[w.op] {
			sum += w.part
		}
	}
	c := trace.Call{}
	at := rnd.IntN(sum)
	for _, w := range weights {
		if r.lacks[w.op] {
			continue
		}
		if at -= w.part; at < 0 {
			c.Op = w.op
			break
		}
	}
	if limited := cfg.Handles > 0 || cfg.Memory > 0; limited && !r.lacks[trace.OpEvent] && rnd.IntN(8) == 0 {
		c.Op = trace.OpEvent
	}
	h := r.pick(rnd, c.Op)
	c.H = trace.Ref{Name: h.name}
	switch c.Op {
	case trace.OpWrite:
		if rnd.IntN(25) == 0 {
			c.Options = 1 // a half close
		} else {
			c.Buf.Data.Text = r.letters(rnd.IntN(int(cfg.Capacity) + 2))
		}
	case trace.OpRead:
		c.Buf.Size = rnd.Uint64N(cfg.Capacity + 2)
	case trace.OpEvent:
		c.H, c.Table = trace.Ref{}, first
		c.Out = []string{r.fresh("e")}
	case trace.OpDuplicate, trace.OpReplace:
		c.Rights = oneOf(rnd, rights)
		c.Out = []string{r.fresh("h")}
	case trace.OpTransfer:
		c.Table = oneOf(rnd, []string{first, second})
		c.Out = []string{r.fresh("h")}
	case trace.OpSignal, trace.OpSignalPeer:
		c.Clear, c.Set = oneOf(rnd, set), oneOf(rnd, set)
	case trace.OpWait:
		c.Signals, c.Until = oneOf(rnd, waited), until(rnd)
	case trace.OpWaitMany:
		c.H, c.Until = trace.Ref{}, until(rnd)
		c.Table = h.table
		c.Items = []trace.WaitItem{{Ref: trace.Ref{Name: h.name}, WaitFor: oneOf(rnd, waited)}}
		for range rnd.IntN(2) {
			if h := r.pick(rnd, c.Op); h.table == c.Table {
				c.Items = append(c.Items, trace.WaitItem{Ref: trace.Ref{Name: h.name}, WaitFor: oneOf(rnd, waited)})
			}
		}
	}
	return c
}

// pick chooses a handle: mostly one that is thought to be alive, and never an
// event for a call of sockets. What such a call answers is for one caller
// alone to find out, and so for the authored cases.
func (r *recorder) pick(rnd *rand.Rand, op trace.Op) *name {
	socket := op == trace.OpWrite || op == trace.OpRead || op == trace.OpOutstanding || op == trace.OpSignalPeer
	for tries := 0; ; tries++ {
		n := oneOf(rnd, r.names)
		if (!n.dead || tries > 3) && !(socket && n.event) {
			return n
		}
	}
}

func until(rnd *rand.Rand) trace.Deadline {
	switch rnd.IntN(4) {
	case 0:
		return trace.Deadline{Kind: trace.Past}
	case 1:
		return trace.Deadline{Kind: trace.In, After: timeout}
	}
	return trace.Deadline{}
}

// letters are the next n bytes to write: few enough are in flight for each to
// be told from the others.
func (r *recorder) letters(n int) string {
	const all = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	p := make([]byte, n)
	at := r.bytes.Add(uint32(n)) - uint32(n)
	for i := range p {
		p[i] = all[(at+uint32(i))%uint32(len(all))]
	}
	return string(p)
}

func (r *recorder) fresh(prefix string) string {
	r.serial++
	return fmt.Sprintf("%s%d", prefix, r.serial)
}
