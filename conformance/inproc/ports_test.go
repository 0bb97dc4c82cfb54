package inproc_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"mx.example/conformance"
	"mx.example/conformance/inproc"
	"mx.example/conformance/oracle"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// What the oracle states of ports is what the library has.
func TestPortNumbers(t *testing.T) {
	if oracle.PortCharge != handle.PortCharge || oracle.PacketCharge != handle.PacketCharge {
		t.Errorf("the oracle charges %d and %d, the library %d and %d",
			oracle.PortCharge, oracle.PacketCharge, handle.PortCharge, handle.PacketCharge)
	}
	if oracle.Repeating != handle.WaitAsyncRepeating || oracle.Timestamp != handle.WaitAsyncTimestamp || oracle.Edge != handle.WaitAsyncEdge {
		t.Error("the options of wait_async differ")
	}
}

// Random calls around ports on the model and the oracle, side by side: every
// answer is the one that the oracle gives. Waits are begun on actors, and
// finished once the oracle has them return.
func TestPortsAgainstTheOracle(t *testing.T) {
	for _, e := range handle.Editions() {
		t.Run(e.String(), func(t *testing.T) {
			t.Parallel()
			for seed := range uint64(300) {
				if wrong := follow(t, e, seed); wrong != "" {
					t.Fatalf("seed %d: %s", seed, wrong)
				}
			}
		})
	}
}

// A duel makes the same calls on the model and on the oracle.
type duel struct {
	*rand.Rand
	named int      // names made up
	names []string // those that name something
	m     *conformance.Machine
	s     *oracle.State
	busy  []trace.Step // started and not finished
	lines []string     // all steps so far
}

func follow(t *testing.T, e handle.Edition, seed uint64) (wrong string) {
	k, err := inproc.Backend().Boot(e)
	if err != nil {
		t.Fatal(err)
	}
	m, err := conformance.NewMachine(k)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := m.Close(); err != nil {
			t.Error(err)
		}
	}()
	d := &duel{Rand: rand.New(rand.NewPCG(seed, 0)), m: m, s: oracle.New(e)}
	first := []trace.Call{
		{Op: trace.OpTable, Table: "m", Memory: 1100 + d.Uint64N(500), HasMemory: true},
		{Op: trace.OpCreate, Table: "m", Capacity: 2, HasCapacity: true, Out: []string{d.name(), d.name()}},
		{Op: trace.OpPort, Table: "m", Out: []string{d.name()}},
		{Op: trace.OpEvent, Table: "m", Out: []string{d.name()}},
		{Op: trace.OpDuplicate, H: trace.Ref{Name: "h2"}, Rights: handle.SameRights, Out: []string{d.name()}},
	}
	for i := range 120 {
		var c trace.Call
		if i < len(first) {
			c = first[i]
		} else {
			c = d.call()
		}
		if wrong = d.make(c); wrong == "" {
			wrong = d.finish()
		}
		if wrong != "" {
			return strings.Join(d.lines, "\n") + "\n" + wrong
		}
	}
	return ""
}

// make makes a call, on an actor if it would block.
func (d *duel) make(c trace.Call) string {
	if !d.s.Blocks(&c) {
		step := trace.Step{Call: c}
		d.lines = append(d.lines, step.String())
		r := d.m.Do(&c)
		w := d.s.Do(&c)
		if w.Status == status.OK {
			d.names = append(d.names, c.Out...)
		}
		return d.m.Match(&c, &w, &r)
	}
	if len(d.busy) == 4 {
		return ""
	}
	actor := "w0"
	for i := 0; slices.ContainsFunc(d.busy, func(s trace.Step) bool { return s.Actor == actor }); i++ {
		actor = fmt.Sprintf("w%d", i+1)
	}
	step := trace.Step{Kind: trace.Start, Actor: actor, Call: c}
	d.busy = append(d.busy, step)
	d.lines = append(d.lines, step.String())
	d.s.Start(actor, &c)
	if err := d.m.Start(actor, &c); err != nil {
		return err.Error()
	}
	return ""
}

// finish ends calls that can return, not always at once.
func (d *duel) finish() string {
	for i := 0; i < len(d.busy); {
		step := d.busy[i]
		allowed := d.s.Finish(step.Actor)
		if allowed == nil || d.IntN(3) == 0 {
			i++
			continue
		}
		d.busy = slices.Delete(d.busy, i, i+1)
		step.Kind = trace.Finish
		d.lines = append(d.lines, step.String()+"->")
		r := d.m.Finish(step.Actor)
		why := ""
		if !slices.ContainsFunc(allowed, func(o oracle.Outcome) bool {
			d.s = o.Next
			why = d.m.Match(&step.Call, &o.Want, &r)
			return why == ""
		}) {
			return why
		}
	}
	return ""
}

// name is a new one: an answer of info calls an object by its first.
func (d *duel) name() string {
	d.named++
	return fmt.Sprintf("h%d", d.named-1)
}

// ref is one of the last names that were given to something.
func (d *duel) ref() trace.Ref {
	n := len(d.names)
	return trace.Ref{Name: d.names[n-1-d.IntN(min(n, 15))]}
}

// live is a handle to an object that fits, if there is one.
func (d *duel) live(fits func(*oracle.Object) bool) trace.Ref {
	for range 20 {
		r := d.ref()
		if o := d.s.Object(r); o != nil && fits(o) {
			return r
		}
	}
	return d.ref()
}

func isPort(o *oracle.Object) bool {
	return o.Type == handle.TypePort || o.Type == handle.TypeZirconPort
}

func (d *duel) port() trace.Ref {
	if d.IntN(20) == 0 {
		return d.ref()
	}
	return d.live(isPort)
}

func (d *duel) source() trace.Ref {
	if d.IntN(20) == 0 {
		return d.ref()
	}
	return d.live(func(o *oracle.Object) bool { return !isPort(o) })
}

func (d *duel) signals() handle.Signals {
	all := []handle.Signals{
		handle.Readable, handle.Writable, handle.PeerClosed, handle.Signaled,
		handle.LastHandle, handle.UserSignal0, handle.UserSignal1,
	}
	s := all[d.IntN(len(all))]
	if d.IntN(2) == 0 {
		s |= all[d.IntN(len(all))]
	}
	return s
}

func (d *duel) rights() handle.Rights {
	if d.IntN(4) > 0 {
		return handle.SameRights
	}
	return []handle.Rights{
		handle.RightRead, handle.RightWrite, handle.RightWait | handle.RightTransfer, 0,
	}[d.IntN(4)]
}

func (d *duel) call() trace.Call {
	switch n := d.IntN(100); {
	case n < 16:
		return trace.Call{Op: trace.OpWaitAsync, H: d.source(), To: d.port(),
			Key: d.Uint64N(2), Signals: d.signals(), Options: uint32(d.IntN(4))}
	case n < 24:
		return trace.Call{Op: trace.OpPortQueue, H: d.port(), Packet: &handle.Packet{
			Key: d.Uint64N(2), Type: handle.PacketType(d.IntN(6) / 5), Status: -status.Status(d.IntN(3)), User: [32]byte{byte(n)}}}
	case n < 40:
		until := trace.Deadline{Kind: trace.Past}
		if d.IntN(3) == 0 {
			until.Kind = trace.Never
		}
		return trace.Call{Op: trace.OpPortWait, H: d.port(), Until: until}
	case n < 44:
		return trace.Call{Op: trace.OpPortCancel, H: d.port(), To: d.source(), Key: d.Uint64N(2)}
	case n < 58:
		op := trace.OpSignal
		if d.IntN(3) == 0 {
			op = trace.OpSignalPeer
		}
		c := trace.Call{Op: op, H: d.source()}
		c.Clear, c.Set = d.signals()&handle.UserSignals, d.signals()&handle.UserSignals
		return c
	case n < 68:
		return trace.Call{Op: trace.OpWrite, H: d.source(), Buf: trace.Buffer{Data: trace.Data{Text: "xyz"[:1+d.IntN(3)]}}}
	case n < 78:
		return trace.Call{Op: trace.OpRead, H: d.source(), Buf: trace.Buffer{Size: 1 + d.Uint64N(3)}}
	case n < 79:
		return trace.Call{Op: trace.OpWrite, H: d.source(), Options: oracle.HalfClose}
	case n < 82:
		return trace.Call{Op: trace.OpClose, H: d.ref()}
	case n < 87:
		return trace.Call{Op: trace.OpDuplicate, H: d.ref(), Rights: d.rights(), Out: []string{d.name()}}
	case n < 89:
		return trace.Call{Op: trace.OpReplace, H: d.ref(), Rights: d.rights(), Out: []string{d.name()}}
	case n < 91:
		return trace.Call{Op: trace.OpTransfer, H: d.ref(), Table: []string{"m", oracle.FirstTable}[d.IntN(2)], Out: []string{d.name()}}
	case n < 93:
		return trace.Call{Op: trace.OpPort, Table: "m", Options: uint32(d.IntN(3)), HasOptions: d.IntN(3) == 0, Out: []string{d.name()}}
	case n < 95:
		return trace.Call{Op: trace.OpCreate, Table: "m", Capacity: 2, HasCapacity: true, Options: uint32(d.IntN(2)), Out: []string{d.name(), d.name()}}
	case n < 96:
		return trace.Call{Op: trace.OpEvent, Table: "m", Out: []string{d.name()}}
	case n < 98:
		return trace.Call{Op: trace.OpInfo, H: d.ref()}
	}
	return trace.Call{Op: trace.OpSignals, H: d.ref()}
}
