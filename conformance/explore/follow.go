package explore

import (
	"fmt"
	"runtime/debug"
	"slices"
	"strings"

	"mx.example/conformance"
	"mx.example/conformance/oracle"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// A Difference is one answer of a backend that must not be.
type Difference struct {
	// Kind says which call and what sort of difference, such as "write: OK
	// instead of SHOULD_WAIT": a shrunken sequence must still show the same.
	Kind   string
	Call   string
	Detail string // what was wanted, and what came
}

// verdict is what came of one step.
type verdict uint8

const (
	same        verdict = iota // as the contract says
	differs                    // in a way that has a name
	unsupported                // there is no such call; nothing has happened
	ended                      // differs, and what follows is not known
	wrong                      // there is no excuse
)

// A follower makes the steps of a sequence on a fresh kernel and on the
// oracle, side by side.
type follower struct {
	m    *conformance.Machine
	s    *oracle.State
	kind string
	e    handle.Edition

	// For a Diverger only.
	diverger    conformance.Diverger
	divergences []conformance.Divergence
	shadow      conformance.Shadow

	name string      // of the last difference that has one
	diff *Difference // the one that has none
	want trace.Want  // scratch: what escapes once need not escape at each call
	got  trace.Result
}

// follow boots a kernel of b.
func follow(b conformance.Backend, e handle.Edition) (*follower, error) {
	k, err := b.Boot(e)
	if err != nil {
		return nil, fmt.Errorf("%s does not boot: %w", conformance.BackendName(b.Name(), e), err)
	}
	m, err := conformance.NewMachine(k)
	if err != nil {
		k.Close() // that it has no first process says enough
		return nil, fmt.Errorf("%s: %w", conformance.BackendName(b.Name(), e), err)
	}
	f := &follower{m: m, s: oracle.New(e), kind: b.Name(), e: e}
	if d, ok := b.(conformance.Diverger); ok {
		f.diverger = d
		f.divergences = d.Divergences()
	}
	if s, ok := b.(conformance.Shadower); ok {
		f.shadow = s.NewShadow(e)
	}
	return f, nil
}

func (f *follower) close() error { return f.m.Close() }

// step makes one step. The state afterwards is f.s. A call that would never
// return must not be made as a plain step: see [oracle.State.Blocks].
func (f *follower) step(st *trace.Step) (v verdict) {
	defer func() {
		if e := recover(); e != nil {
			f.diff = &Difference{
				Kind:   st.Call.Op.String() + ": panic",
				Call:   stepText(st),
				Detail: fmt.Sprintf("panic: %v\n%s", e, debug.Stack()),
			}
			v = wrong
		}
	}()
	switch {
	case st.Kind == trace.Start:
		return f.start(st)
	case st.Kind == trace.Finish:
		return f.judge(st, f.s.Finish(st.Actor))
	case f.diverger != nil:
		return f.judge(st, oracle.Step(f.s, &st.Call))
	}
	c := &st.Call
	f.got = f.m.Do(c)
	if f.got.Unsupported != "" {
		return f.unsupported()
	}
	f.want = f.s.Do(c)
	if why := f.m.Match(c, &f.want, &f.got); why != "" {
		return f.wrong(st, &f.want, why)
	}
	return same
}

func (f *follower) start(st *trace.Step) verdict {
	if err := f.m.Start(st.Actor, &st.Call); err != nil {
		panic(err) // the actor is idle: whoever makes up sequences sees to it
	}
	if f.diverger != nil {
		f.s = f.s.Clone() // a shadow may have kept it
	}
	f.s.Start(st.Actor, &st.Call)
	return same
}

// judge makes a step for which several answers may be allowed, or one that
// may differ under a name.
func (f *follower) judge(st *trace.Step, allowed []oracle.Outcome) verdict {
	c := &st.Call
	if st.Kind == trace.Finish {
		f.got = f.m.Finish(st.Actor)
	} else {
		f.got = f.m.Do(c)
	}
	if f.got.Unsupported != "" {
		if st.Kind == trace.Finish {
			f.s = f.s.Clone() // a shadow may have kept it
			delete(f.s.Waits, st.Actor)
		}
		return f.unsupported()
	}
	sit := &conformance.Situation{
		Kind: f.kind, Edition: f.e, State: f.s, Call: c, Allowed: allowed, Result: &f.got, Shadow: f.shadow,
	}
	if f.shadow != nil {
		defer f.shadow.Observe(sit)
	}
	why := ""
	for i := range allowed {
		if why = f.m.Match(c, &allowed[i].Want, &f.got); why == "" {
			f.s = allowed[i].Next
			return same
		}
	}
	d := conformance.Explain(f.divergences, sit)
	if d == nil {
		// Against the answer that it comes nearest to: which of several a call
		// gives may be chance, and what is wrong with one must not have another
		// name when the same calls are made again.
		want := &allowed[0].Want
		for i := range allowed {
			if allowed[i].Want.Status == f.got.Status {
				want = &allowed[i].Want
				break
			}
		}
		return f.wrong(st, want, f.m.Match(c, want, &f.got))
	}
	f.name = d.Name
	next := d.After(sit)
	if next == nil {
		return ended
	}
	delete(next.Waits, st.Actor) // the call has returned, whatever it said
	f.s = next
	return differs
}

// unsupported takes note of why there is no such call. A Diverger has to know
// the reason by name.
func (f *follower) unsupported() verdict {
	f.name = f.got.Unsupported
	if f.diverger == nil || f.name == noCounterpart || f.named(f.name) {
		return unsupported
	}
	f.diff = &Difference{
		Kind:   "unsupported because of " + f.name,
		Detail: fmt.Sprintf("unsupported because of %q, which is no divergence of %s: %s", f.name, f.kind, f.got.Note),
	}
	return wrong
}

// noCounterpart is what a [conformance.Machine] says for a call that is
// unsupported without a divergence that says why.
const noCounterpart = "unsupported"

func (f *follower) named(name string) bool {
	return slices.ContainsFunc(f.divergences, func(d conformance.Divergence) bool {
		return d.Name == name && slices.Contains(d.Kinds, f.kind)
	})
}

func (f *follower) wrong(st *trace.Step, want *trace.Want, why string) verdict {
	f.diff = &Difference{Kind: kindOf(&st.Call, want, &f.got), Call: stepText(st), Detail: why}
	return wrong
}

// kindOf says which sort of difference there is between what was wanted of a
// call and what came.
func kindOf(c *trace.Call, want *trace.Want, got *trace.Result) string {
	op := c.Op.String()
	if c.Op == trace.OpWrite && c.Options == oracle.HalfClose {
		op = "half close"
	}
	name := func(s status.Status) string { return strings.TrimPrefix(strings.TrimPrefix(s.String(), "MX_"), "ERR_") }
	switch {
	case got.Status != want.Status:
		return fmt.Sprintf("%s: %s instead of %s", op, name(got.Status), name(want.Status))
	case got.Status != status.OK && (got.N != 0 || len(got.Data) != 0 || got.Touched):
		return op + ": a failure that is not empty"
	}
	what := map[trace.Op]string{
		trace.OpWrite: "count", trace.OpOutstanding: "count", trace.OpRead: "data",
		trace.OpWait: "signals", trace.OpWaitMany: "signals", trace.OpSignals: "signals",
		trace.OpPortWait: "packet",
		trace.OpInfo:     "info", trace.OpSocketInfo: "info", trace.OpGetProperty: "value",
	}[c.Op]
	return fmt.Sprintf("%s: other %s with %s", op, what, name(got.Status))
}

// stepText is the call with its actor, as a case has it.
func stepText(st *trace.Step) string {
	if st.Actor == "" {
		return st.Call.String()
	}
	return st.Actor + ": " + st.Call.String()
}
