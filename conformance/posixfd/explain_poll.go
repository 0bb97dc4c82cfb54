package posixfd

import (
	"iter"
	"slices"

	"mx.example/conformance/oracle"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// An item is one endpoint of a wait, with what was asked and what was seen.
type item struct {
	o     *oracle.Object
	e, q  *end
	asked handle.Signals
	seen  handle.Signals
	want  trace.SignalWant // of the answer with the status that was got
	sight sight            // what the kernel may show
	// chance is what it may have shown before, of a poll that has slept.
	chance *chance
	late   bool // the poll may have returned some calls ago
}

// A wait differs by several signals at once as a rule: LAST_HANDLE is never
// there. The difference has the first name of this list that describes one of
// them; every one must have a name.
var pollNames = []string{
	closeNoWake, pollNoLimit, hangupUnasked, emptyDatagram, refusedPurges, zeroReadTakes, faultStatus,
	dgramLossy, inFlight, pipeHalfClose, pipeWriterHears, dgramNoEOF, eofIsReadable, goneIsWritable,
	capNotSettable, capAccounting, hysteresis, pollIsLevel, noUserSignals,
}

// explainPoll names the difference of a wait, or of a look at the signals. It
// returns "" if there is something about it that has no name.
func (v *view) explainPoll() string {
	if v.Call.Op == trace.OpWaitMany && v.wants(status.ErrInvalidArgs) {
		if len(v.Call.Items) > oracle.RulesOf(v.Edition).WaitManyMax && (v.got(status.OK) || v.got(status.ErrTimedOut)) {
			return pollNoLimit
		}
		return ""
	}
	if v.got(status.ErrInterruptedRetry) {
		if v.allows(status.ErrCanceled) != nil {
			return closeNoWake
		}
		return v.explainSleep()
	}
	if v.Result.Errno != 0 || !v.got(status.OK) && !v.got(status.ErrTimedOut) {
		return ""
	}
	items := v.items()
	if items == nil {
		return ""
	}
	names := map[string]bool{}
	// It returned for what the contract does not show, or does not return for:
	// then what came later is missing. A hangup that nobody asked for is such a
	// reason where nothing was seen that somebody asked for.
	early := !slices.ContainsFunc(items, func(it item) bool { return it.seen&it.asked != 0 }) &&
		slices.ContainsFunc(items, func(it item) bool { return it.late && it.seen&handle.PeerClosed != 0 })
	for i := range items {
		it := &items[i]
		if !it.sight.agrees(it.seen) {
			return ""
		}
		for bit := range bits(it.extra()) {
			name := v.extra(it, bit)
			if name == "" {
				return ""
			}
			names[name] = true
			early = early || it.late && it.asked&bit != 0
		}
		// What it asked for may have been there before the contract had it.
		for bit := range bits(it.seen & it.asked) {
			if it.chance != nil && it.chance.why[bit] != "" {
				names[it.chance.why[bit]] = true
				early = true
			}
		}
	}
	for i := range items {
		it := &items[i]
		for bit := range bits(it.want.Must &^ it.seen) {
			if early && bit != handle.LastHandle {
				continue // that came later
			}
			name := v.missing(it, bit)
			if name == "" {
				return ""
			}
			names[name] = true
		}
	}
	if !v.endsRightly(items, names) {
		return ""
	}
	for _, name := range pollNames {
		if names[name] {
			return name
		}
	}
	return ""
}

// endsRightly reports whether the poll had a reason to end as it did. A
// hangup, or an error, ends a poll that did not ask for it.
func (v *view) endsRightly(items []item, names map[string]bool) bool {
	if v.Call.Op == trace.OpSignals {
		return true
	}
	var asked, woke, hungUp bool
	for i := range items {
		it := &items[i]
		asked = asked || it.asked != 0
		woke = woke || it.seen&it.asked != 0
		hungUp = hungUp || it.seen&handle.PeerClosed != 0
	}
	switch {
	case v.got(status.ErrTimedOut):
		return !woke
	case woke:
		return true
	case hungUp:
		names[hangupUnasked] = true
		return true
	}
	return false
}

// explainSleep names why a poll slept on where a wait would have returned.
func (v *view) explainSleep() string {
	items := v.items()
	if items == nil {
		return ""
	}
	if slices.ContainsFunc(items, func(it item) bool { return it.e.noR || it.e.noW }) {
		return pipeHalfClose // one of the two descriptors that it polls was closed
	}
	want := v.allows(status.OK)
	if want == nil {
		return ""
	}
	names := map[string]bool{}
	for i := range items {
		it := &items[i]
		if (it.asked|handle.PeerClosed)&it.sight.must != 0 {
			return "" // it should have returned
		}
		must := want.Signals.Must
		if want.Pending != nil {
			must = want.Pending[i].Must
		}
		for bit := range bits(it.asked & must) {
			names[v.missing(it, bit)] = true
		}
	}
	for _, name := range pollNames {
		if names[name] {
			return name
		}
	}
	return ""
}

// bits are the signals in a set, one by one.
func bits(s handle.Signals) iter.Seq[handle.Signals] {
	return func(yield func(handle.Signals) bool) {
		for ; s != 0; s &= s - 1 {
			if !yield(s & -s) {
				return
			}
		}
	}
}

// extra are the signals seen that the contract does not allow.
func (it *item) extra() handle.Signals {
	if it.want.Open {
		return it.seen & it.want.MustNot
	}
	return it.seen &^ it.want.Must
}

// allows is the answer with that status that the contract allows, or nil.
func (v *view) allows(s status.Status) *trace.Want {
	for i := range v.Allowed {
		if v.Allowed[i].Want.Status == s {
			return &v.Allowed[i].Want
		}
	}
	return nil
}

// items are those of the wait. They are nil if one of them is none that the
// kernel knows.
func (v *view) items() []item {
	c := v.Call
	refs, asked := []trace.Ref{c.H}, []handle.Signals{c.Signals}
	seen := []handle.Signals{v.Result.Observed}
	many := c.Op == trace.OpWaitMany
	if many {
		refs, asked, seen = c.Refs(), nil, v.Result.Pending
		for i := range c.Items {
			asked = append(asked, c.Items[i].WaitFor)
		}
		if seen == nil {
			seen = make([]handle.Signals, len(refs))
		}
	}
	if len(seen) != len(refs) {
		return nil
	}
	actor, slept := v.slept()
	v.watch()
	want := v.allows(v.Result.Status)
	items := make([]item, len(refs))
	for i := range refs {
		h := v.State.Handles[refs[i].Name]
		if slept == nil && !h.Live {
			return nil
		}
		// The handle of a wait that has slept may have been closed meanwhile,
		// and its peer as well.
		o, e := v.State.Objects[h.Object], v.shadow.ends[h.Object]
		if e == nil {
			return nil
		}
		if o == nil {
			o = &oracle.Object{Type: handle.TypeSocket, Koid: h.Object, Closed: true}
		}
		it := item{o: o, e: e, q: e.peer, asked: asked[i], seen: seen[i]}
		it.sight = e.poll(v.Kind, it.q)
		switch {
		case slept == nil:
		case slept.Done != nil:
			it.sight, it.late = e.ever, true
		default:
			it.chance, it.late = &v.shadow.asleep[actor][i], true
			if !v.got(status.ErrInterruptedRetry) {
				it.sight = it.chance.sight
			}
		}
		switch {
		case want == nil:
			it.want = v.instead(i, o)
		case many:
			it.want = want.Pending[i]
		default:
			it.want = want.Signals
		}
		items[i] = it
	}
	return items
}

// instead is what was to be seen of an item where the contract has another
// status altogether: the state is the same.
func (v *view) instead(i int, o *oracle.Object) trace.SignalWant {
	if !v.wants(status.OK) && !v.wants(status.ErrTimedOut) && !v.wants(status.ErrCanceled) {
		return trace.SignalWant{Must: v.State.Signals(o)}
	}
	w := v.want.Signals
	if v.want.Pending != nil {
		w = v.want.Pending[i]
	}
	w.Must &^= handle.HandleClosed
	return w
}

// slept is the wait that ends here, if it was one that an actor had under way.
func (v *view) slept() (actor string, w *oracle.Wait) {
	if len(v.Allowed) == 0 {
		return "", nil
	}
	for actor, w := range v.State.Waits {
		if v.Allowed[0].Next.Waits[actor] == nil {
			return actor, w
		}
	}
	return "", nil
}

// A chance is what a poll that sleeps may have seen of an item since it began,
// and why, where the contract had another opinion at that moment.
type chance struct {
	sight sight
	why   map[handle.Signals]string
}

// watch looks on behalf of the waits in progress.
func (v *view) watch() {
	for actor, w := range v.State.Waits {
		if w.Done != nil {
			continue
		}
		chances := v.shadow.asleep[actor]
		if chances == nil {
			chances = make([]chance, len(w.Items))
			v.shadow.asleep[actor] = chances
		}
		for i := range w.Items {
			o := v.State.Objects[w.Items[i].Object]
			if o == nil || w.Items[i].Gone || v.shadow.ends[o.Koid] == nil {
				continue
			}
			c := &chances[i]
			it := item{o: o, e: v.shadow.ends[o.Koid], q: v.shadow.ends[o.Koid].peer}
			now := it.e.poll(v.Kind, it.q)
			c.sight.may |= now.may
			for bit := range bits(now.may &^ v.State.Signals(o)) {
				if name := v.extra(&it, bit); name != "" && c.why[bit] == "" {
					if c.why == nil {
						c.why = map[handle.Signals]string{}
					}
					c.why[bit] = name
				}
			}
		}
	}
}

// missing names why a signal that the contract has is not seen.
func (v *view) missing(it *item, bit handle.Signals) string {
	asserted := v.State.Signals(it.o)&bit != 0
	switch {
	case bit == handle.LastHandle:
		return noUserSignals
	case bit&pollable == 0:
		return ""
	case it.chance != nil && it.asked&bit == 0 && !asserted:
		return pollIsLevel // it was there for a moment only
	case v.Kind == Pipe && (it.e.noR && bit != handle.Writable || it.e.noW && bit == handle.Writable):
		return pipeHalfClose
	case bit == handle.Readable:
		return v.whyLess(it)
	case bit == handle.PeerClosed:
		switch {
		case it.e.crowded() || it.e.unsure:
			return inFlight
		case v.Kind == UnixDgram || v.Kind == UDP:
			return dgramNoEOF
		}
		return ""
	case v.Kind == Pipe:
		return capAccounting
	}
	return hysteresis
}

// whyLess names why the kernel holds less for an end than the contract says.
func (v *view) whyLess(it *item) string {
	e := it.e
	switch {
	case e.lags != "" && e.isBehind(it.o):
		return e.lags
	case e.crowded() || e.unsure:
		return inFlight
	case len(e.queue) > 0 && e.queue[0].maybe:
		return dgramLossy
	}
	return ""
}

// extra names why a signal is seen that the contract does not have.
func (v *view) extra(it *item, bit handle.Signals) string {
	if it.chance != nil {
		return it.chance.why[bit]
	}
	switch bit {
	case handle.Readable:
		switch {
		case it.e.hasGhost():
			return emptyDatagram
		case it.e.noRead:
			return eofIsReadable
		case it.e.lags != "" && it.e.isBehind(it.o):
			return it.e.lags
		}
	case handle.Writable:
		switch {
		case !v.State.MayWrite(it.o):
			return goneIsWritable
		case it.e.chosen:
			return capNotSettable
		}
		return capAccounting
	case handle.PeerClosed:
		if v.Kind == Pipe && it.q.noR {
			return pipeWriterHears
		}
	}
	return ""
}

func (e *end) hasGhost() bool {
	return slices.ContainsFunc(e.queue, func(p packet) bool { return p.ghost })
}

// pollable are the signals that poll can tell of.
const pollable = handle.Readable | handle.Writable | handle.PeerClosed
