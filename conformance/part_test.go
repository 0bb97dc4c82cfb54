package conformance_test

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"mx.example/conformance"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// An incomplete backend is a mutant that says which parts it lacks.
type incomplete struct {
	mutant
	lacks []conformance.Part
}

func (b *incomplete) Missing() []conformance.Part { return b.lacks }

// withoutLastHandle is the model without the signal LAST_HANDLE. It calls
// parked of every wait, and ends none itself.
var withoutLastHandle = mutant{
	waitOne: func(p *mutantProcess, h handle.Handle, s handle.Signals, until time.Time, parked func()) (handle.Signals, error) {
		if s&handle.LastHandle != 0 {
			panic("a wait for LAST_HANDLE")
		}
		seen, err := p.RawProcess.WaitOne(h, s, until, parked)
		return seen &^ handle.LastHandle, err
	},
	waitMany: func(p *mutantProcess, items []handle.WaitItem, until time.Time, parked func()) error {
		err := p.RawProcess.WaitMany(items, until, parked)
		for i := range items {
			items[i].Pending &^= handle.LastHandle
		}
		return err
	},
}

// levelOnly is the model with waits that tell the state at their end.
var levelOnly = mutant{
	waitOne: func(p *mutantProcess, h handle.Handle, s handle.Signals, until time.Time, parked func()) (handle.Signals, error) {
		seen, err := p.RawProcess.WaitOne(h, s, until, parked)
		if now, polled := p.RawProcess.WaitOne(h, 0, time.Unix(0, 1), nil); err == nil && polled == status.ErrTimedOut {
			seen &= now
		}
		return seen, err
	},
}

// bubble runs a test by a clock that makes nobody wait.
func bubble(test func(t *testing.T)) func(t *testing.T) {
	return func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			defer time.Sleep(24 * time.Hour) // what was given up has ended then
			test(t)
		})
	}
}

// A kernel without LAST_HANDLE fails hundreds of cases, and none once it says
// so. What those cases say about the rest is still judged.
func TestMissingParts(t *testing.T) {
	for _, test := range []struct {
		b    mutant
		part conformance.Part
		most int // cases that may be unsupported for it
	}{
		{withoutLastHandle, conformance.PartLastHandle, 400},
		{levelOnly, conformance.PartAccumulation, 40},
	} {
		t.Run(string(test.part), bubble(func(t *testing.T) {
			test.b.only = []handle.Edition{handle.Manual}
			said := &incomplete{test.b, []conformance.Part{test.part}}
			bad, excused := 0, 0
			cases := conformance.Cases()
			for i := range cases {
				if slices.ContainsFunc(cases[i].Steps, func(s trace.Step) bool { return s.Call.Op == trace.OpPump || s.Call.Op == trace.OpChurn }) {
					continue // they take long
				}
				if conformance.RunCase(t.Context(), &test.b, handle.Manual, &cases[i]).Outcome.Bad() {
					bad++
				}
				r := conformance.RunCase(t.Context(), said, handle.Manual, &cases[i])
				if r.Outcome.Bad() {
					t.Errorf("%s: %s: %s", r.Case, r.Outcome, r.Detail)
				}
				if r.Outcome == conformance.UnsupportedCase && slices.Contains(r.Divergences, string(test.part)) {
					excused++
				}
			}
			t.Logf("%d cases fail, %d are unsupported once the kernel says so", bad, excused)
			if bad == 0 || excused < bad || excused > test.most {
				t.Errorf("%d cases fail, and %d are unsupported", bad, excused)
			}
		}))
	}
}

// Whatever else is wrong with an answer is not excused.
func TestMissingPartExcusesNothingElse(t *testing.T) {
	b := &incomplete{withoutLastHandle, []conformance.Part{conformance.PartLastHandle}}
	b.write = func(p *mutantProcess, h handle.Handle, options uint32, buf []byte) (int, error) {
		return len(buf), nil // nothing is written
	}
	c := parse(t, "case c\ncreate stream -> OK a b\nwrite a \"x\" -> OK 1\nsignals b -> OK READABLE WRITABLE LAST_HANDLE\n")
	r := conformance.RunCase(t.Context(), b, handle.Manual, c)
	if r.Outcome != conformance.Fail || !strings.Contains(r.Detail, "line 4") {
		t.Errorf("got %s: %s", r.Outcome, r.Detail)
	}
}

// Calls that need a missing part are not made.
func TestMissingCalls(t *testing.T) {
	for _, test := range []struct {
		part conformance.Part
		call string
	}{
		{conformance.PartRaw, `write a bad:5`},
		{conformance.PartRaw, `read a 5 actual=bad`},
		{conformance.PartEvents, `event`},
		{conformance.PartPorts, `port`},
		{conformance.PartPorts, `wait-async a READABLE port=b key=1`},
		{conformance.PartZirconCalls, `socket-info a`},
		{conformance.PartTables, `table t1`},
		{conformance.PartTableEditions, `table t1 edition=zircon`},
		{conformance.PartHandleLimits, `table t1 handles=4`},
		{conformance.PartMemoryLimits, `table t1 memory=4`},
		{conformance.PartCapacities, `create stream capacity=5`},
		{conformance.PartUserSignals, `signal-peer a clear=none set=USER_0`},
		{conformance.PartLastHandle, `wait-many a:READABLE b:LAST_HANDLE until=past`},
		{"replace", `replace a SAME`},
	} {
		b := &incomplete{lacks: []conformance.Part{test.part}}
		c := parse(t, "case c\ncreate stream -> OK a b\n"+test.call+"\nclose a -> OK\n")
		r := conformance.RunCase(t.Context(), b, handle.Manual, c)
		if r.Outcome != conformance.UnsupportedCase || !slices.Equal(r.Divergences, []string{string(test.part)}) {
			t.Errorf("%s without %s: %s, %v: %s", test.call, test.part, r.Outcome, r.Divergences, r.Detail)
		}
		// Everything else is made.
		c = parse(t, "case c\ncreate stream -> OK a b\nwrite a \"x\" -> OK 1\nread b null:0 -> OK 1\nwait b READABLE until=past -> OK READABLE ...\n")
		expect(t, conformance.RunCase(t.Context(), b, handle.Manual, c), conformance.Pass, "")
	}
}

func TestUnknownPart(t *testing.T) {
	b := &incomplete{lacks: []conformance.Part{"last-handel"}}
	c := parse(t, "case c\ncreate stream -> OK a b\n")
	expect(t, conformance.RunCase(t.Context(), b, handle.Manual, c), conformance.Fail, `no part "last-handel"`)
	for _, p := range append(conformance.Parts(), "wait-many") {
		if got, err := conformance.ParsePart(string(p)); got != p || err != nil {
			t.Errorf("%s: %q, %v", p, got, err)
		}
	}
}

var _ conformance.Incomplete = (*incomplete)(nil)
