package explore

import (
	"slices"
	"time"

	"mx.example/conformance"
	"mx.example/conformance/oracle"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// A world is the small world of one configuration on a live kernel: one pair,
// with calls made on it and compared with the oracle, and the state that it is
// in.
type world struct {
	b      conformance.Backend
	e      handle.Edition
	rights *worldRights
	live   []callTemplate // calls on live handles,
	dead   []callTemplate // and on dead ones
	// steps are the calls of live, of dead, and the extras, by their
	// numbers, on each slot; never are the same on the value 0, for slots that
	// nothing has been in.
	steps [4][]trace.Step
	never []trace.Step
	first trace.Step // makes a pair

	f     *conformance.Follower
	koids [2]handle.Koid // of the pair now
	key   Key            // the state
	slots slotRights
	hands [4]hand  // of the slots that hold a handle
	where []place  // of key, dead ones last
	alive int      // how many are not
	room  [6]place // memory of where
	pos   uint64   // in the pattern: what is written next
	made  []making // since the kernel was booted
	// wrong is the difference that was met; the kernel is not fit for use any
	// more then.
	wrong *Difference

	unsupported uint64
}

// A making is a call made: the number of a step, on which slot, and from where
// in the pattern.
type making struct {
	call  int16 // -1: that which makes a pair
	slot  int8
	never bool
	pos   uint64
}

// A hand is a handle as its kernel knows it.
type hand struct {
	p conformance.Process
	z conformance.ZirconProcess // p, in the edition that has its calls; else nil
	h handle.Handle
}

// The extras come after live and dead.
const (
	extraClose = iota // how a pair is left
	extraState        // a wait that polls for any signal at all tells the state
	extraBytes        // how many bytes are inbound
	extraInfo         // all that the info of a socket tells
)

var extras = []callTemplate{
	extraClose: {Call: trace.Call{Op: trace.OpClose}},
	extraState: {Call: trace.Call{Op: trace.OpWait, Signals: ^handle.Signals(0), Until: trace.Deadline{Kind: trace.Past}}},
	extraBytes: {Call: trace.Call{Op: trace.OpOutstanding}},
	extraInfo:  {Call: trace.Call{Op: trace.OpSocketInfo}},
}

func newWorld(b conformance.Backend, e handle.Edition, datagram bool, capacity uint64) *world {
	w := &world{b: b, e: e, rights: worldRightsOf(e), live: liveCalls(e, capacity), dead: deadCalls()}
	w.first = trace.Step{Call: trace.Call{
		Op: trace.OpCreate, HasCapacity: true, Capacity: capacity, Out: []string{slotNames[0], slotNames[2]},
	}}
	if datagram {
		w.first.Call.Options = oracle.Datagram
	}
	for _, list := range [][]callTemplate{w.live, w.dead, extras} {
		for i := range list {
			w.never = append(w.never, trace.Step{Call: list[i].Call})
			for slot, name := range slotNames {
				st := trace.Step{Call: list[i].Call}
				st.Call.H.Name = name
				switch list[i].gives {
				case another:
					st.Call.Out = []string{slotNames[slot^1]}
				case instead:
					st.Call.Out = []string{name}
				}
				w.steps[slot] = append(w.steps[slot], st)
			}
		}
	}
	return w
}

// extra is the making of an extra call.
func (w *world) extra(which, slot int) making {
	return making{call: int16(len(w.live) + len(w.dead) + which), slot: int8(slot)}
}

// boot begins on a fresh kernel in the first state. It reports whether it got
// there.
func (w *world) boot() (bool, error) {
	w.close()
	f, err := conformance.Follow(w.b, w.e)
	if err != nil {
		return false, err
	}
	w.f, w.made, w.wrong = f, w.made[:0], nil
	w.slots = slotRights{}
	return w.begin(), nil
}

// close ends the kernel. What it says at its end is the random campaign's to
// look at.
func (w *world) close() {
	if w.f != nil {
		w.f.Close()
	}
}

// begin makes a fresh pair, and closes what is left of the one before.
func (w *world) begin() bool {
	for i, rights := range w.slots {
		if rights != 0 && !w.do(w.extra(extraClose, i)) {
			return false
		}
	}
	w.koids = [2]handle.Koid{w.f.State.LastKoid + 1, w.f.State.LastKoid + 2}
	return w.do(making{call: -1})
}

// choose finds the call number via of the state, or reports false if there is
// no such call.
func (w *world) choose(via uint16) (making, bool) {
	n := int(via)
	if n < w.alive*len(w.live) {
		p, i := w.where[n%w.alive], n/w.alive
		slot := p.slot(&w.slots)
		if w.live[i].crowds(w.rights[p.rights], w.slots[slot^1] != 0) {
			return making{}, false
		}
		return making{call: int16(i), slot: int8(slot), pos: w.pos}, true
	}
	n -= w.alive * len(w.live)
	dead := w.where[w.alive:]
	slot := dead[n%len(dead)].slot(&w.slots)
	_, named := w.f.State.Handles[slotNames[slot]]
	return making{call: int16(len(w.live) + n/len(dead)), slot: int8(slot), never: !named, pos: w.pos}, true
}

// step is the step that m says. It is valid until the next one.
func (w *world) step(m making) *trace.Step {
	var st *trace.Step
	switch {
	case m.call < 0:
		return &w.first
	case m.never:
		st = &w.never[m.call]
	default:
		st = &w.steps[m.slot][m.call]
	}
	st.Call.Buf.Data.Offset = m.pos
	return st
}

// do makes a call, and reports whether it was answered as it has to be.
func (w *world) do(m making) bool {
	st := w.step(m)
	w.pos += st.Call.Buf.Data.Len
	w.made = append(w.made, m)
	switch w.f.Step(st) {
	case conformance.Pass:
		// Handle and rights come before any effect (O-ORDER).
		if s := w.f.Got.Status; s != status.ErrBadHandle && s != status.ErrAccessDenied {
			w.look(st)
		}
		return true
	case conformance.UnsupportedCase:
		w.unsupported++
		return true
	}
	w.wrong = differenceOf(w.f, st)
	return false
}

// look takes note of the state that the oracle is in after a call.
func (w *world) look(after *trace.Step) {
	switch c := &after.Call; c.Op {
	case trace.OpCreate, trace.OpClose, trace.OpDuplicate, trace.OpReplace, trace.OpTransfer:
		for i, name := range slotNames {
			if name == c.H.Name || slices.Contains(c.Out, name) {
				w.lookIn(i)
			}
		}
	}
	key := keyOf(w.f.State, w.koids, &w.slots)
	if key == w.key && w.where != nil {
		return
	}
	w.key = key
	list, live, all := key.places()
	w.room, w.alive = list, live
	w.where = w.room[:all]
}

// lookIn takes note of what a slot holds.
func (w *world) lookIn(i int) {
	w.slots[i] = w.rights.of(w.f.State, slotNames[i])
	if w.slots[i] == 0 {
		return
	}
	at := &w.hands[i]
	at.p, at.h = w.f.Machine.Handle(slotNames[i])
	if oracle.RulesOf(w.e).Zircon {
		at.z, _ = at.p.(conformance.ZirconProcess)
	}
}

// way is what has been done since the kernel was booted.
func (w *world) way() []trace.Step {
	steps := make([]trace.Step, len(w.made))
	for i, m := range w.made {
		steps[i] = *w.step(m)
	}
	return steps
}

// observe compares what can be seen of both endpoints through the first handle
// that may look: all signals, the bytes inbound, and if the state has changed,
// where there is such a thing, the info of a socket. Of an endpoint without such
// a handle nothing can be seen but what comes of calls. It asks the kernel
// itself, which is quicker; a look that went wrong is made again as a step of
// the sequence.
func (w *world) observe(changed bool) bool {
	for end := range 2 {
		i := 2 * end
		switch {
		case readers[w.slots[i]]:
		case readers[w.slots[i+1]]:
			i++
		default:
			continue
		}
		o := w.f.State.Objects[w.koids[end]]
		switch {
		case !w.sees(i, w.f.State.Signals(o)) && !w.do(w.extra(extraState, i)),
			!w.counts(i, len(o.Inbound)) && !w.do(w.extra(extraBytes, i)),
			changed && !w.describes(i, o) && !w.do(w.extra(extraInfo, i)):
			return false
		}
	}
	return true
}

// past is a deadline that has passed, whatever the clock says.
var past = time.Unix(0, 1)

// sees reports whether a wait for anything tells those signals.
func (w *world) sees(slot int, now handle.Signals) (ok bool) {
	defer func() { ok = recover() == nil && ok }() // the step that follows tells
	at := &w.hands[slot]
	seen, err := at.p.WaitOne(at.h, ^handle.Signals(0), past, nil)
	want := error(nil)
	if now == 0 {
		want = status.ErrTimedOut
	}
	return err == want && seen == now
}

// counts reports whether the query tells that many bytes.
func (w *world) counts(slot, inbound int) (ok bool) {
	defer func() { ok = recover() == nil && ok }() // the step that follows tells
	at := &w.hands[slot]
	n, err := at.p.Outstanding(at.h)
	return err == nil && n == inbound
}

// describes reports whether the info of a socket, in an edition that has it,
// is what it should be.
func (w *world) describes(slot int, o *oracle.Object) (ok bool) {
	at := &w.hands[slot]
	if at.z == nil {
		return true
	}
	defer func() { ok = recover() == nil && ok }() // the step that follows tells
	info, err := at.z.SocketInfo(at.h)
	return err == nil && info == w.f.State.SocketInfo(o)
}
