package linear

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"mx.example/conformance/trace"
	"mx.example/handle"
)

// A Violation is a history that no order of its calls explains.
type Violation struct {
	// History is the shortest beginning of what was recorded that cannot be
	// explained. Calls that had not returned by then are pending: each may
	// have taken effect, with whatever result, or not.
	History *History

	explained []*part // the longest order that there is
	left      []*part // what it has no place for, but for pending calls
}

// Check judges the history: nil if some order of its calls is one that the
// oracle allows. It fails if the search for one takes longer than limit.
func (h *History) Check(limit time.Duration) (*Violation, error) {
	switch result, _ := h.judge(h.parts(), limit); result {
	case explained:
		return nil, nil
	case undecided:
		return nil, fmt.Errorf("no answer within %v for a history of %v", limit, h.Config)
	}
	// Look for the instant at which it became impossible.
	var instants []int64
	for _, o := range h.Ops {
		instants = append(instants, o.Returned)
	}
	for _, q := range h.Quiets {
		instants = append(instants, q.At)
	}
	slices.Sort(instants)
	for _, t := range instants {
		short := h.until(t)
		parts := short.parts()
		if result, best := short.judge(parts, limit); result == impossible {
			return newViolation(short, parts, best), nil
		}
	}
	return nil, fmt.Errorf("no beginning of the history is found wrong within %v, though all of it is:\n%s", limit, h)
}

func newViolation(h *History, parts, best []*part) *Violation {
	v := &Violation{History: h, explained: best}
	for _, p := range parts {
		if !slices.Contains(best, p) && !p.optional() {
			v.left = append(v.left, p)
		}
	}
	return v
}

func (h *History) judge(parts []*part, limit time.Duration) (verdict, []*part) {
	return judge(newState(h.Config.Edition), parts, limit)
}

// until is the history up to and with the instant t.
func (h *History) until(t int64) *History {
	cut := &History{Config: h.Config}
	ops := map[*Op]*Op{}
	for _, o := range h.Ops {
		if o.Called > t {
			continue
		}
		c := *o
		if c.Parked > t {
			c.Parked = 0
		}
		if c.Returned > t {
			c.Returned, c.Pending = 0, true
		}
		ops[o] = &c
		cut.Ops = append(cut.Ops, &c)
	}
	for _, q := range h.Quiets {
		if q.At > t {
			break
		}
		c := Quiet{At: q.At}
		for _, o := range q.Waiting {
			c.Waiting = append(c.Waiting, ops[o])
		}
		cut.Quiets = append(cut.Quiets, c)
	}
	return cut
}

// parts takes the history apart into what is put in order.
func (h *History) parts() (parts []*part) {
	add := func(p part, from, to int64) {
		p.from, p.to = from, to
		parts = append(parts, &p)
	}
	for _, o := range h.Ops {
		returned := o.Returned
		if o.Pending {
			returned = math.MaxInt64
		}
		n := o.spans()
		if n == 0 {
			add(part{op: o}, o.Called, returned)
			continue
		}
		// One that has blocked had registered by then, and has ended later.
		registered, ending := returned, o.Called
		if o.Parked > 0 {
			registered, ending = o.Parked, o.Parked
		}
		for i := range n {
			add(part{kind: begin, op: o, item: i}, o.Called, registered)
			if !o.Pending || o.Call.Op == trace.OpPortWait {
				from := ending
				if o.waits() && o.observed(i)&handle.HandleClosed != 0 {
					from = o.Called // one that was canceled may have seen all before the others began
				}
				add(part{kind: end, op: o, item: i}, from, returned)
			}
		}
	}
	for i := range h.Quiets {
		q := &h.Quiets[i]
		add(part{kind: quiet, waiting: q.Waiting}, q.At, q.At)
	}
	return parts
}

// String tells the history and how far an order of it goes.
func (v *Violation) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "no order of these calls explains their answers (%v)\n\n", v.History.Config)
	b.WriteString("called–returned ~blocked, call and answer:\n")
	b.WriteString(v.History.String())
	b.WriteString("\nthe longest order that was found:\n")
	koids := v.History.koids()
	for _, p := range v.explained {
		b.WriteString("  " + p.text(koids) + "\n")
	}
	b.WriteString("it has no place for:\n")
	for _, p := range v.left {
		b.WriteString("  " + p.text(koids) + "\n")
	}
	return b.String()
}

// text is the part on a line.
func (p *part) text(koids *trace.Koids) string {
	if p.kind == quiet {
		return "# every client has blocked or is done"
	}
	o := p.op
	switch name := clientName(o.Client); {
	case p.kind == whole:
		return o.text(koids)
	case !o.waits() && p.kind == begin:
		return fmt.Sprintf("# %s begins what is to be: %s", name, o.text(koids))
	case !o.waits():
		return fmt.Sprintf("# %s ends: %s", name, o.text(koids))
	case p.kind == begin:
		return fmt.Sprintf("# %s begins to wait for %s", name, o.items()[p.item].Ref.Name)
	default:
		return fmt.Sprintf("# %s has seen %v of %s: %s", name, o.observed(p.item), o.items()[p.item].Ref.Name, o.text(koids))
	}
}
