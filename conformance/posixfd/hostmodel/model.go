package hostmodel

import (
	"bytes"
	"slices"

	"mx.example/conformance"
	"mx.example/conformance/oracle"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// A kernelModel is what the kernel behind a kind of descriptor remembers of one
// case and the contract's state does not say: which messages it really holds,
// an error still to be reported, which directions are shut down. The
// predicates of the catalogue ask what the kernel would answer in that state,
// so that only its true differences are explained.
type kernelModel struct {
	kind    string
	edition handle.Edition
	ends    map[handle.Koid]*end
	died    map[string]uint64 // by name of a closed handle: the last serial then

	// What there was to see since the first wait under way began.
	pollHistory []moment
	began       map[string]begin       // by actor
	watched     *conformance.Situation // the last one of which there is a moment

	// The last question and its answer: each divergence asks it anew.
	asked  *conformance.Situation
	answer string
}

// An end is one endpoint as the kernel sees it.
type end struct {
	peer    *end
	queue   []packet     // what it has not read, the earliest first
	err     status.Errno // reported by the next call that looks for one
	unread  bool         // err is there because its peer went with bytes unread
	noRead  bool         // its receiving direction is shut down
	noWrite bool         // its sending direction is shut down
	gone    bool         // it has been closed
	chosen  bool         // its capacity was chosen, so that its buffer does not grow
	sndbuf  int          // what its unread messages at the peer may count for
	rcvbuf  int          // udp: what the messages that it has not read may
	// behind says why the contract's state of queue has fallen behind: a call
	// had the answer that the contract wants and an effect that it does not.
	behind string

	unlinked  bool // unix-dgram: it has learned that its peer is gone
	closed    bool // tcp: the connection is over in both directions, or reset
	shutWrite bool // tcp: it has shut down that direction itself
	unsure    bool // tcp: its peer went with bytes under way; how it hears of it depends on what comes first
	finished  bool // tcp: the peer's end of stream has arrived
	// drainsLeft counts, for tcp, how often the queue must still run empty before
	// nothing can be under way for want of room: more was than the receiver has
	// room for, and after it has read that the window may take one more turn to
	// open.
	drainsLeft int
	unacked    charge    // tcp: what it has sent and may still keep, to send it again
	noR, noW   bool      // pipe: that end has been closed
	pipe       pipeModel // the one it reads from
}

// newEnd is an end of the pair that the call has made.
func newEnd(c *trace.Call) *end {
	sys := readSysctls()
	e := &end{sndbuf: sys.wmemDefault, rcvbuf: sys.rmemDefault, pipe: pipeModel{most: pipePages}}
	if c.HasCapacity {
		e.chosen = true
		e.sndbuf = doubled(c.Capacity, sys.wmemMax, leastSndbuf)
		e.rcvbuf = doubled(c.Capacity, sys.rmemMax, leastRcvbuf)
		e.pipe.most = pipeSlots(c.Capacity)
	}
	return e
}

// A packet is a message, or a part of a stream that was sent in one call.
type packet struct {
	data     []byte // what is left of it
	size     int    // what it was sent with
	emptyMsg bool   // an empty message, of which the contract knows nothing
	maybe    bool   // udp: the receiver may have dropped it
}

// New returns what a kernel holds that has made no descriptor yet, for one case
// under the rules of e on a kind of descriptor.
func New(kind string, e handle.Edition) conformance.Shadow {
	return &kernelModel{kind: kind, edition: e, ends: map[handle.Koid]*end{}, died: map[string]uint64{}, began: map[string]begin{}}
}

// drainsWhenCrowded is what drainsLeft begins with.
const drainsWhenCrowded = 2

func (e *end) crowded() bool { return e.drainsLeft > 0 }

// bytes are those that an end has not read.
func (e *end) bytes() (n int) {
	for i := range e.queue {
		n += len(e.queue[i].data)
	}
	return n
}

// charged is what the unread messages count for.
func (e *end) charged() (c charge) {
	for i := range e.queue {
		p := &e.queue[i]
		d := chargeOf(p.size)
		d.least = chargeOf(len(p.data)).least
		c = c.plus(d)
	}
	return c
}

// inbound is the queue as the contract's state says it.
func (e *end) inbound(datagram bool) (inbound []byte, lengths []int) {
	for i := range e.queue {
		p := &e.queue[i]
		if p.emptyMsg {
			continue
		}
		inbound = append(inbound, p.data...)
		if datagram {
			lengths = append(lengths, len(p.data))
		}
	}
	return inbound, lengths
}

// isBehind reports whether the contract's state of the end's queue differs
// from what the kernel holds.
func (e *end) isBehind(o *oracle.Object) bool {
	inbound, lengths := e.inbound(o.Datagram)
	return !bytes.Equal(inbound, o.Inbound) || !slices.Equal(lengths, o.Lengths)
}

// A view is a situation with all that the predicates look at.
type view struct {
	*conformance.Situation
	model *kernelModel
	o     *oracle.Object // the endpoint that the call is made on, or nil
	e     *end           // it
	q     *end           // its peer
	want  *trace.Want    // the answer that the contract allows; nil if none
}

// viewOf makes the view of a situation.
func viewOf(s *conformance.Situation) *view {
	v := &view{Situation: s, model: s.Shadow.(*kernelModel)}
	if len(s.Allowed) > 0 {
		v.want = &s.Allowed[0].Want
	}
	switch s.Call.Op {
	case trace.OpTable, trace.OpCreate, trace.OpEvent, trace.OpWaitMany:
		return v
	}
	if o := s.State.Endpoint(s.Call.H); o != nil {
		if e := v.model.ends[o.Koid]; e != nil {
			v.o, v.e, v.q = o, e, e.peer
		}
	}
	return v
}

// wants reports whether the contract allows a result with that status.
func (v *view) wants(s status.Status) bool { return v.want != nil && v.want.Status == s }

func (v *view) got(s status.Status) bool { return v.Result.Status == s }

// stream reports whether the kind runs messages together.
func (v *view) stream() bool { return !KeepsBoundaries(v.Kind) }

// size is what a read or a write was asked to move, and good how much of it
// memory was there for.
func (v *view) size() (good, size uint64) {
	b := &v.Call.Buf
	switch {
	case b.Kind == trace.Null:
		return 0, b.Size
	case v.Call.Op == trace.OpRead:
		good = b.Size
	default:
		good = b.Data.Length()
	}
	if b.Kind == trace.Faulty {
		return good, good + b.Bad
	}
	return good, good
}

// accepted are the bytes that a write put into the kernel.
func (v *view) accepted() []byte {
	return v.Call.Buf.Data.Bytes()[:v.Result.N]
}

// Observe keeps up with the case.
func (m *kernelModel) Observe(s *conformance.Situation) {
	v := viewOf(s)
	m.watch(s)
	delete(m.began, slept(s))
	if v.o != nil {
		v.e.caughtUp(v.o)
		if p := s.State.Objects[v.o.Peer]; p != nil {
			v.q.caughtUp(p)
		}
	}
	if s.Call.Op == trace.OpCreate && s.Result.Status == status.OK {
		a, b := newEnd(s.Call), newEnd(s.Call)
		a.peer, b.peer = b, a
		m.ends[s.State.LastKoid+1], m.ends[s.State.LastKoid+2] = a, b
	}
	if s.Call.Op == trace.OpClose && s.Result.Status == status.OK && s.Call.H.Delta == 0 {
		m.died[s.Call.H.Name] = s.State.LastSerial
	}
	if v.o != nil {
		v.apply()
	}
}

// caughtUp forgets why the state lagged once it does not any more.
func (e *end) caughtUp(o *oracle.Object) {
	if e.behind != "" && !e.isBehind(o) {
		e.behind = ""
	}
}

// follow is the Next of every divergence: the contract's state with what the
// kernel now really holds in it.
func follow(s *conformance.Situation) *oracle.State {
	st := s.State
	switch {
	case s.Call.Op == trace.OpCreate:
		return followCreate(viewOf(s))
	case len(s.Allowed) > 0 && (!movesData(s.Call.Op) || isHalfClose(s.Call) && s.Allowed[0].Want.Status == status.OK):
		st = s.Allowed[0].Next.Clone()
	}
	v := viewOf(s)
	if v.o == nil {
		return st
	}
	e, q := v.e.clone(), v.q.clone()
	v.e, v.q = e, q
	v.apply()
	for koid, e := range map[handle.Koid]*end{v.o.Koid: e, v.o.Peer: q} {
		if o := st.Objects[koid]; o != nil && !o.Closed {
			o.Inbound, o.Lengths = e.inbound(o.Datagram)
		}
	}
	if isHalfClose(s.Call) && s.Result.Status == status.OK {
		if reader := v.endedBy(st); reader != nil {
			reader.Ended = true
		}
	}
	st.Do(&trace.Call{Op: trace.OpClose}) // of no handle: the waits look
	return st
}

func (e *end) clone() *end {
	c := *e
	c.queue = slices.Clone(e.queue)
	c.pipe.slots = slices.Clone(e.pipe.slots)
	return &c
}

func movesData(op trace.Op) bool {
	return op == trace.OpWrite || op == trace.OpRead || op == trace.OpOutstanding
}

// isHalfClose reports whether the call is one that shutdown was called for.
func isHalfClose(c *trace.Call) bool { return c.Op == trace.OpWrite && c.Options == oracle.HalfClose }

// endedBy is the endpoint whose inbound direction a half close at v.o ends
// (H-DIRECTION).
func (v *view) endedBy(st *oracle.State) *oracle.Object {
	if v.endsInbound() {
		return st.Objects[v.o.Koid]
	}
	return st.Objects[v.o.Peer]
}

// endsInbound says which direction the edition's half close ends.
func (v *view) endsInbound() bool { return oracle.RulesOf(v.Edition).HalfCloseEndsInbound }
