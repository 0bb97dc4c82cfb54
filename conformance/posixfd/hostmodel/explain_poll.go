package hostmodel

import (
	"slices"

	"mx.example/conformance/oracle"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// A wait differs by several signals at once as a rule: LAST_HANDLE is never
// there. The difference has the first name of this list that describes one of
// them; every one must have a name.
var pollNames = []string{
	closeNoWake, hangupUnasked, emptyDatagram, refusedPurges, zeroReadTakes, faultStatus,
	dgramLossy, inFlight, unreadDataReset, pipeHalfClose, pipeWriterHears, dgramNoEOF, eofIsReadable, goneIsWritable,
	capNotSettable, capAccounting, hysteresis, pollIsLevel, NoUserSignals,
}

// A polled is a wait that has returned, or a look at the signals.
type polled struct {
	*view
	items []item
	span  []moment // from when it began
	// open is how many of those passed before the wait lost one of its
	// descriptors: it cannot have returned later by itself. canceled says that
	// a handle was closed; else it was an end of a pipe, by a half close.
	open     int
	canceled bool
}

// An item is one endpoint of a wait, with what was asked and what was seen.
type item struct {
	oracle.Handle
	asked handle.Signals
	seen  handle.Signals
	want  trace.SignalWant // of the answer with the status that was got
}

// explainPoll names the difference of a wait, or of a look at the signals. It
// returns "" if there is something about it that has no name.
func (v *view) explainPoll() string {
	p := v.polled()
	switch {
	case p == nil:
		return ""
	case !v.wants(status.OK) && !v.wants(status.ErrTimedOut) && !v.wants(status.ErrCanceled) && !p.tooMany():
		return "" // the contract does not wait at all
	case v.got(status.ErrInterruptedRetry):
		return first(p.brokenOff())
	case v.Result.Errno != 0 || !v.got(status.OK) && !v.got(status.ErrTimedOut):
		return ""
	}
	for at := range p.open {
		if name := first(p.returned(at)); name != "" {
			if p.tooMany() {
				return pollNoLimit
			}
			return name
		}
		if p.wakes(at) {
			break // it has returned by now
		}
	}
	return ""
}

// tooMany reports whether the contract does not wait for that many items.
func (p *polled) tooMany() bool {
	return p.wants(status.ErrInvalidArgs) && len(p.items) > oracle.RulesOf(p.Edition).WaitManyMax
}

// first is the name that a set of names goes by, or "".
func first(names map[string]bool) string {
	for _, name := range pollNames {
		if names[name] {
			return name
		}
	}
	return ""
}

// polled is the wait that ends in the situation. It is nil if one of its items
// is none that the kernel knows.
func (v *view) polled() *polled {
	c := v.Call
	refs, asked := []trace.Ref{c.H}, []handle.Signals{c.Signals}
	seen := []handle.Signals{v.Result.Observed}
	many := c.Op == trace.OpWaitMany
	if many {
		refs, asked, seen = c.Refs(), nil, v.Result.Pending
		for i := range c.Items {
			asked = append(asked, c.Items[i].WaitFor)
		}
		if v.got(status.ErrInterruptedRetry) {
			seen = make([]handle.Signals, len(refs))
		}
	}
	if len(seen) != len(refs) {
		return nil
	}
	p := &polled{view: v, span: v.span()}
	want := v.allows(v.Result.Status)
	for i, h := range resolve(p.span[0].state, refs) {
		if _, known := p.span[0].looks[h.Object]; !h.Live || !known {
			return nil
		}
		it := item{Handle: h, asked: asked[i], seen: seen[i]}
		switch {
		case want == nil:
			it.want = v.instead(i, h.Object)
		case many:
			it.want = want.Pending[i]
		default:
			it.want = want.Signals
		}
		p.items = append(p.items, it)
	}
	p.open, p.canceled = len(p.span), false
	for at := 1; at < p.open; at++ {
		for i, h := range resolve(p.span[at].state, refs) {
			it := &p.items[i]
			switch {
			case !h.Live || h.Serial != it.Serial:
				p.open, p.canceled = at, true
			case p.look(at, it).cut && !p.look(at-1, it).cut:
				p.open = at
			}
		}
	}
	return p
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

// instead is what was to be seen of an item where the contract has another
// status altogether.
func (v *view) instead(i int, object handle.Koid) trace.SignalWant {
	if !v.wants(status.OK) && !v.wants(status.ErrTimedOut) && !v.wants(status.ErrCanceled) {
		return trace.SignalWant{Must: v.State.Signals(v.State.Objects[object])}
	}
	w := v.want.Signals
	if v.want.Pending != nil {
		w = v.want.Pending[i]
	}
	w.Must &^= handle.HandleClosed
	return w
}

// extra are the signals seen that the contract does not allow.
func (it *item) extra() handle.Signals {
	if it.want.Open {
		return it.seen & it.want.MustNot
	}
	return it.seen &^ it.want.Must
}

func (p *polled) look(at int, it *item) look { return p.span[at].looks[it.Object] }

// pollMask is what a poll may see of an item that looks at a moment, or while the
// call before it is being carried out.
func (p *polled) pollMask(at int, it *item) pollMask {
	s := p.look(at, it).pollMask
	if at > 0 {
		s = s.or(p.look(at-1, it).pollMask)
	}
	return s
}

// wakes reports whether a poll that sleeps has surely returned by a moment.
func (p *polled) wakes(at int) bool {
	return slices.ContainsFunc(p.items, func(it item) bool { return p.look(at, &it).pollMask.wakes(it.asked) })
}

// onlyLooks reports whether the call does not wait for anything: then a hangup
// is no reason for it to return.
func (p *polled) onlyLooks() bool {
	return p.Call.Op == trace.OpSignals || p.Call.Until.Kind == trace.Past &&
		!slices.ContainsFunc(p.items, func(it item) bool { return it.asked != 0 })
}

// returned names the differences if the poll has returned at a moment. It is
// nil if it cannot have returned so.
func (p *polled) returned(at int) map[string]bool {
	names := map[string]bool{}
	if !p.endsRightly(at, names) {
		return nil
	}
	late := p.sleptOn(at)
	if late == nil {
		return nil
	}
	for name := range late {
		names[name] = true
	}
	early := !p.fired(at)
	for i := range p.items {
		it := &p.items[i]
		if !p.pollMask(at, it).agrees(it.seen) {
			return nil
		}
		has := p.look(at, it).has
		for bit := range each(it.seen) {
			switch {
			case it.extra()&bit == 0 && (has&bit != 0 || it.asked&bit == 0):
			case p.more(at, it, bit) != "":
				names[p.more(at, it, bit)] = true
			case has&bit == 0 || len(late) == 0:
				return nil
			}
		}
		for bit := range each(it.want.Must &^ it.seen) {
			switch {
			case bit == handle.LastHandle:
				names[NoUserSignals] = true
			case bit&pollable == 0:
				return nil
			case has&bit != 0 && p.less(at, it, bit) != "":
				names[p.less(at, it, bit)] = true
			case has&bit != 0:
				return nil
			case p.had(it, bit, 0, at):
				names[pollIsLevel] = true
			case !early || !p.had(it, bit, at+1, len(p.span)):
				return nil // else it came later
			}
		}
	}
	return names
}

// endsRightly reports whether the poll had a reason to end as it did.
func (p *polled) endsRightly(at int, names map[string]bool) bool {
	var woke, hangs, hungUp bool
	for i := range p.items {
		it := &p.items[i]
		s := p.pollMask(at, it)
		woke = woke || it.seen&it.asked != 0
		hangs = hangs || s.hangs
		hungUp = hungUp || s.mayHang && it.seen&handle.PeerClosed != 0
	}
	switch {
	case p.onlyLooks():
		return true
	case p.got(status.ErrTimedOut):
		return !woke && !hangs
	case woke:
		return true
	case hungUp:
		names[hangupUnasked] = true
		return true
	}
	return false
}

// sleptOn names why the poll slept on in the moments before one of them though
// there was what it had asked for. It is nil if one of the reasons has no name.
func (p *polled) sleptOn(before int) map[string]bool {
	names := map[string]bool{}
	for at := range before {
		for i := range p.items {
			it := &p.items[i]
			l := p.look(at, it)
			for bit := range each(it.asked & l.has) {
				name := *l.less.of(bit)
				if name == "" {
					return nil
				}
				names[name] = true
			}
		}
	}
	return names
}

// fired reports whether the contract's wait has completed by a moment.
func (p *polled) fired(by int) bool {
	for i := range p.items {
		if it := &p.items[i]; it.asked != 0 {
			for at := range by + 1 {
				if p.look(at, it).has&it.asked != 0 {
					return true
				}
			}
		}
	}
	return false
}

// had reports whether the contract had a signal in one of the moments from one
// to another.
func (p *polled) had(it *item, bit handle.Signals, from, to int) bool {
	for at := from; at < to; at++ {
		if p.look(at, it).has&bit != 0 {
			return true
		}
	}
	return false
}

// more and less are the reasons at a moment, or just before it.
func (p *polled) more(at int, it *item, bit handle.Signals) string {
	l := p.look(at, it)
	if name := *l.more.of(bit); name != "" || at == 0 {
		return name
	}
	l = p.look(at-1, it)
	return *l.more.of(bit)
}

func (p *polled) less(at int, it *item, bit handle.Signals) string {
	l := p.look(at, it)
	if name := *l.less.of(bit); name != "" || at == 0 {
		return name
	}
	l = p.look(at-1, it)
	return *l.less.of(bit)
}

// brokenOff names why the poll slept until somebody ended it. It is nil if it
// should have returned.
func (p *polled) brokenOff() map[string]bool {
	for at := range p.open {
		if p.wakes(at) {
			return nil
		}
	}
	names := p.sleptOn(p.open)
	switch {
	case names == nil || p.open == len(p.span):
	case !p.canceled:
		names[pipeHalfClose] = true // a descriptor that it polls was closed
	case p.allows(status.ErrCanceled) != nil:
		names[closeNoWake] = true
	}
	return names
}
