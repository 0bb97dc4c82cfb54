package oracle_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"mx.example/conformance/oracle"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// in2017 are the editions that most rows of the tests are about; zircon has rows
// of its own.
var in2017 = []handle.Edition{handle.Manual, handle.Kernel2017}

// check reports the first line of c whose stated answers are not those of the
// oracle in e.
func check(t *testing.T, c *trace.Case, e handle.Edition) {
	t.Helper()
	if problem := judge(c, e); problem != "" {
		t.Error(problem)
	}
}

// judge runs the lines of c that count in e through the oracle. It gives what
// is wrong with the first whose stated answers are not those of the oracle.
func judge(c *trace.Case, e handle.Edition) (problem string) {
	if c.Editions != nil && !slices.Contains(c.Editions, e) {
		return ""
	}
	s := oracle.New(e)
	for i := range c.Steps {
		step := &c.Steps[i]
		if step.Editions != nil && !slices.Contains(step.Editions, e) {
			continue
		}
		var allowed []oracle.Outcome
		switch step.Kind {
		case trace.Start:
			s.Start(step.Actor, &step.Call)
			continue
		case trace.Finish:
			allowed = s.Finish(step.Actor)
		default:
			allowed = oracle.Step(s, &step.Call)
		}
		if len(allowed) == 0 {
			return fmt.Sprintf("%s:%d: %v: case %s: the contract has it never return", c.File, step.Line, e, c.Name)
		}
		if problem := compare(step, allowed); problem != "" {
			return fmt.Sprintf("%s:%d: %v: case %s: %s", c.File, step.Line, e, c.Name, problem)
		}
		s = allowed[0].Next
	}
	return ""
}

// compare holds the answers that a line states against those that are
// allowed. Each allowed one must be accepted by the line, and each stated one
// must be allowed; only sets of signals may be stated more loosely.
func compare(step *trace.Step, allowed []oracle.Outcome) string {
	if step.Want == nil {
		return "" // any answer will do
	}
	for _, o := range allowed {
		if !slices.ContainsFunc(step.Want, func(w trace.Want) bool { return accepts(&step.Call, w, o.Want) }) {
			return fmt.Sprintf("it refuses what the contract allows: %s", shown(o.Want))
		}
	}
	for _, w := range step.Want {
		if !slices.ContainsFunc(allowed, func(o oracle.Outcome) bool { return accepts(&step.Call, w, o.Want) }) {
			return fmt.Sprintf("it accepts what the contract does not allow: %s; allowed is %s", shown(w), shown(allowed[0].Want))
		}
	}
	return ""
}

// accepts reports whether every result that allowed stands for is one that
// stated stands for, and whether they say the same of everything but signals.
func accepts(c *trace.Call, stated, allowed trace.Want) bool {
	if stated.Status != allowed.Status {
		return false
	}
	observes := allowed.Status == status.OK || allowed.Status == status.ErrTimedOut || allowed.Status == status.ErrCanceled
	switch {
	case c.Op == trace.OpWait && observes:
		return within(allowed.Signals, stated.Signals)
	case c.Op == trace.OpWaitMany && observes:
		return slices.EqualFunc(allowed.Pending, stated.Pending, within)
	case c.Op == trace.OpWriteAll:
		return stated.N == allowed.N
	case c.Op == trace.OpReadFull:
		return bytesOf(stated.Data) == bytesOf(allowed.Data)
	case allowed.Status != status.OK:
		return true
	}
	switch c.Op {
	case trace.OpWrite, trace.OpOutstanding, trace.OpPump, trace.OpGetProperty, trace.OpKoids, trace.OpPortRace:
		return stated.N == allowed.N
	case trace.OpRead:
		// The count is that of a query, and 0 otherwise.
		return stated.N == allowed.N && bytesOf(stated.Data) == bytesOf(allowed.Data)
	case trace.OpInfo:
		return stated.Info == allowed.Info
	case trace.OpSocketInfo:
		return stated.Socket == allowed.Socket
	case trace.OpHolds:
		return stated.Holding == allowed.Holding
	case trace.OpSignals:
		return within(allowed.Signals, stated.Signals)
	case trace.OpPortWait:
		in, out := *allowed.Packet, *stated.Packet
		in.Observed = out.Observed // compared as a set
		in.Order = out.Order       // the oracle has no clock
		return in == out && within(allowed.Packet.Observed, out.Observed)
	}
	return true
}

// within reports whether every set that in stands for is one that out stands
// for.
func within(in, out trace.SignalWant) bool {
	most := in.Must
	if in.Open {
		most = ^in.MustNot
	}
	if !out.Open {
		return in.Must == out.Must && most == out.Must
	}
	return in.Must&out.Must == out.Must && most&out.MustNot == 0
}

func bytesOf(d trace.Data) string {
	if d.Kind == trace.Literal {
		return d.Text
	}
	p := make([]byte, d.Len)
	for i := range p {
		p[i] = byte((uint32(d.Offset) + uint32(i)) * 2654435761 >> 24)
	}
	return string(p)
}

func shown(w trace.Want) string {
	if len(w.Data.Text) > 40 {
		w.Data.Text = w.Data.Text[:40] + "..."
	}
	return fmt.Sprintf("status %v, count %d, data %q, signals %+x, pending %+x, info %+v, packet %+v",
		w.Status, w.N, w.Data.Text, w.Signals, w.Pending, w.Info, w.Packet)
}

// parse reads the lines of one case.
func parse(t *testing.T, name, lines string) *trace.Case {
	t.Helper()
	text := "case x\ndoc Lines of a test.\nclauses O-ORDER\n" + lines
	cases, err := trace.Parse(name, strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return &cases[0]
}
