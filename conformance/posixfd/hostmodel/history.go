package hostmodel

import (
	"iter"
	"math/bits"
	"slices"

	"mx.example/conformance"
	"mx.example/conformance/oracle"
	"mx.example/conformance/trace"
	"mx.example/handle"
)

// pollable are the signals that poll can tell of.
const pollable = handle.Readable | handle.Writable | handle.PeerClosed

// A moment is how things stand between two calls. A poll that sleeps looks at
// them in some moment after its begin, or while one call turns one moment into
// the next, and returns at the first look that gives it a reason to.
type moment struct {
	state *oracle.State
	looks map[handle.Koid]look
}

// A look is what there is to see of an end in a moment.
type look struct {
	pollMask pollMask       // what the kernel shows
	has      handle.Signals // what the contract says
	// more and less name why poll may show a signal that the contract does not
	// have, and why it may fail to show one that the contract has.
	more, less reasons
	cut        bool // one of the two descriptors of a pipe's end is closed
}

// reasons has a name for each signal that poll can tell of.
type reasons [3]string

func (r *reasons) of(bit handle.Signals) *string { return &r[bits.TrailingZeros32(uint32(bit))] }

// each are the signals in a set, one by one.
func each(s handle.Signals) iter.Seq[handle.Signals] {
	return func(yield func(handle.Signals) bool) {
		for ; s != 0; s &= s - 1 {
			if !yield(s & -s) {
				return
			}
		}
	}
}

// now is the moment before the call of a situation.
func (m *kernelModel) now(st *oracle.State) moment {
	now := moment{st, make(map[handle.Koid]look, len(m.ends))}
	for koid, e := range m.ends {
		o := st.Objects[koid]
		if o == nil || o.Closed {
			continue
		}
		l := look{pollMask: e.poll(m.kind, e.peer), has: st.Signals(o) & pollable, cut: e.noR || e.noW}
		for bit := range each(l.pollMask.may &^ l.has) {
			*l.more.of(bit) = e.more(m.kind, st, o, bit)
		}
		for bit := range each(l.has &^ l.pollMask.must) {
			*l.less.of(bit) = e.less(m.kind, o, bit)
		}
		now.looks[koid] = l
	}
	return now
}

// more names why poll may show a signal that the contract does not have.
func (e *end) more(kind string, st *oracle.State, o *oracle.Object, bit handle.Signals) string {
	switch bit {
	case handle.Readable:
		switch {
		case slices.ContainsFunc(e.queue, func(p packet) bool { return p.emptyMsg }):
			return emptyDatagram
		case e.noRead:
			return eofIsReadable
		case e.behind != "" && e.isBehind(o):
			return e.behind
		}
	case handle.Writable:
		switch {
		case !st.MayWrite(o):
			return goneIsWritable
		case e.chosen:
			return capNotSettable
		}
		return capAccounting
	case handle.PeerClosed:
		if kind == Pipe && e.peer.noR {
			return pipeWriterHears
		}
	}
	return ""
}

// less names why poll may not show a signal that the contract has.
func (e *end) less(kind string, o *oracle.Object, bit handle.Signals) string {
	if kind == Pipe && (e.noR && bit != handle.Writable || e.noW && bit == handle.Writable) {
		return pipeHalfClose
	}
	switch bit {
	case handle.Readable:
		switch {
		case e.behind != "" && e.isBehind(o):
			return e.behind
		case e.crowded() || e.unsure:
			return inFlight
		case len(e.queue) > 0 && e.queue[0].maybe:
			return dgramLossy
		}
		return ""
	case handle.PeerClosed:
		switch {
		case e.crowded() || e.unsure:
			return inFlight
		case kind == UnixDgram || kind == UDP:
			return dgramNoEOF
		}
		return ""
	}
	if kind == Pipe {
		return capAccounting
	}
	return hysteresis
}

// watch keeps the moments as long as a wait is under way.
func (m *kernelModel) watch(s *conformance.Situation) {
	if m.watched == s {
		return
	}
	m.watched = s
	if len(s.State.Waits) == 0 {
		m.pollHistory = nil
		clear(m.began)
		return
	}
	m.pollHistory = append(m.pollHistory, m.now(s.State))
	for actor := range m.began {
		if s.State.Waits[actor] == nil {
			delete(m.began, actor)
		}
	}
	for actor, w := range s.State.Waits {
		if b, ok := m.began[actor]; !ok || !b.is(w) {
			m.began[actor] = begin{at: len(m.pollHistory) - 1, wait: w}
		}
	}
}

// A begin is when an actor began the wait that it has under way: nothing
// happened between its begin and the moment with that number.
type begin struct {
	at   int
	wait *oracle.Wait
}

// is reports whether w is the same wait as the contract has it later on.
func (b begin) is(w *oracle.Wait) bool {
	return b.wait.Done == w.Done && b.wait.Many == w.Many &&
		slices.EqualFunc(b.wait.Items, w.Items, func(x, y oracle.Item) bool {
			return x.Serial == y.Serial && x.WaitFor == y.WaitFor
		})
}

// slept is the actor whose wait ends in the situation, or "".
func slept(s *conformance.Situation) string {
	if len(s.Allowed) == 0 {
		return ""
	}
	for actor := range s.State.Waits {
		if s.Allowed[0].Next.Waits[actor] == nil {
			return actor
		}
	}
	return ""
}

// span are the moments in which the wait that ends here may have returned: only
// the present one if it has not slept.
func (v *view) span() []moment {
	v.model.watch(v.Situation)
	if actor := slept(v.Situation); actor != "" {
		return v.model.pollHistory[v.model.began[actor].at:]
	}
	return []moment{v.model.now(v.State)}
}

// resolve finds what the items of a wait stood for in a state.
func resolve(st *oracle.State, refs []trace.Ref) []oracle.Handle {
	handles := make([]oracle.Handle, len(refs))
	for i := range refs {
		handles[i] = st.Handles[refs[i].Name]
	}
	return handles
}
