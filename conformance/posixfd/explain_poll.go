package posixfd

import (
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
	r := v.Result
	many := v.Call.Op == trace.OpWaitMany
	if many && v.wants(status.ErrInvalidArgs) {
		if len(v.Call.Items) > oracle.RulesOf(v.Edition).WaitManyMax && (v.got(status.OK) || v.got(status.ErrTimedOut)) {
			return pollNoLimit
		}
		return ""
	}
	if v.got(status.ErrInterruptedRetry) {
		if v.allows(status.ErrCanceled) != nil {
			return closeNoWake
		}
		return ""
	}
	if r.Errno != 0 || !v.got(status.OK) && !v.got(status.ErrTimedOut) {
		return ""
	}
	items, finish := v.items()
	if items == nil {
		return ""
	}
	names := map[string]bool{}
	add := func(name string) bool { names[name] = true; return name != "" }
	woken := false // something asked for was seen
	for i := range items {
		it := &items[i]
		if !finish && !it.e.poll(v.Kind, it.q).agrees(it.seen) {
			return ""
		}
		woken = woken || it.seen&it.asked != 0
	}
	want := v.allows(r.Status)
	for i := range items {
		it := &items[i]
		if want == nil {
			// Another status altogether: the state that was to be seen is that
			// of the contract all the same.
			it.want = trace.SignalWant{Must: v.State.Signals(it.o)}
		} else {
			it.want = want.Signals
			if many {
				it.want = want.Pending[i]
			}
		}
		for bit := handle.Signals(1); bit != 0; bit <<= 1 {
			switch {
			case it.want.Must&bit != 0 && it.seen&bit == 0:
				if !add(v.missing(it, bit, finish)) {
					return ""
				}
			case it.seen&bit != 0 && (it.want.Open && it.want.MustNot&bit != 0 || !it.want.Open && it.want.Must&bit == 0):
				if !add(v.extra(it, bit)) {
					return ""
				}
			}
		}
	}
	if v.Call.Op != trace.OpSignals {
		asksNothing := !slices.ContainsFunc(items, func(it item) bool { return it.asked != 0 })
		hungUp := slices.ContainsFunc(items, func(it item) bool { return it.seen&handle.PeerClosed != 0 })
		switch {
		case v.got(status.OK) && !woken:
			// A hangup, or an error, ends a poll that did not ask for it.
			if !hungUp {
				return ""
			}
			add(hangupUnasked)
		case v.got(status.ErrTimedOut) && woken && !asksNothing:
			return ""
		}
	}
	for _, name := range pollNames {
		if names[name] {
			return name
		}
	}
	return ""
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

// items are those of the wait, and whether it has slept. They are nil if one
// of them is none that the kernel knows.
func (v *view) items() (items []item, finish bool) {
	c := v.Call
	refs, asked := []trace.Ref{c.H}, []handle.Signals{c.Signals}
	seen := []handle.Signals{v.Result.Observed}
	if c.Op == trace.OpWaitMany {
		refs, asked, seen = nil, nil, v.Result.Pending
		for i := range c.Items {
			refs = append(refs, c.Items[i].Ref)
			asked = append(asked, c.Items[i].WaitFor)
		}
		if len(seen) != len(refs) {
			return nil, false
		}
	}
	slept := v.slept()
	items = make([]item, 0, len(refs))
	for i := range refs {
		var o *oracle.Object
		if slept != nil && slept.Done == nil {
			o = v.State.Objects[slept.Items[i].Object]
		} else {
			o = v.State.Endpoint(refs[i])
		}
		if o == nil || v.shadow.ends[o.Koid] == nil {
			return nil, false
		}
		items = append(items, item{o: o, e: v.shadow.ends[o.Koid], q: v.shadow.ends[o.Peer], asked: asked[i], seen: seen[i]})
	}
	return items, slept != nil
}

// slept is the wait that ends here, if it was one that an actor had under way.
func (v *view) slept() *oracle.Wait {
	if len(v.Allowed) == 0 {
		return nil
	}
	for actor, w := range v.State.Waits {
		if v.Allowed[0].Next.Waits[actor] == nil {
			return w
		}
	}
	return nil
}

// missing names why a signal that the contract has is not seen.
func (v *view) missing(it *item, bit handle.Signals, finish bool) string {
	asserted := v.State.Signals(it.o)&bit != 0
	switch {
	case bit == handle.LastHandle:
		return noUserSignals
	case bit&pollable == 0:
		return ""
	case finish && !asserted:
		return pollIsLevel // it was there for a moment only
	case v.Kind == Pipe && (it.e.noR && bit != handle.Writable || it.e.noW && bit == handle.Writable):
		return pipeHalfClose
	case bit == handle.Readable:
		return v.whyLess(it.e)
	case bit == handle.PeerClosed:
		switch {
		case v.Kind == TCP && it.e.crowded:
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
func (v *view) whyLess(e *end) string {
	switch {
	case e.lags != "":
		return e.lags
	case v.Kind == TCP && e.crowded:
		return inFlight
	case len(e.queue) > 0 && e.queue[0].maybe:
		return dgramLossy
	}
	return ""
}

// extra names why a signal is seen that the contract does not have.
func (v *view) extra(it *item, bit handle.Signals) string {
	switch bit {
	case handle.Readable:
		switch {
		case it.e.hasGhost():
			return emptyDatagram
		case it.e.noRead:
			return eofIsReadable
		}
	case handle.Writable:
		switch {
		case !v.State.MayWrite(it.o):
			return goneIsWritable
		case it.o.Capacity != oracle.DefaultCapacity:
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
