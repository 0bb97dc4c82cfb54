package conformance_test

import (
	"context"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"mx.example/conformance"
	"mx.example/conformance/oracle"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// A divergent backend is a mutant that names its differences.
type divergent struct {
	mutant
	list []conformance.Divergence
}

func (d *divergent) Divergences() []conformance.Divergence { return d.list }

// parse reads one case.
func parse(t *testing.T, text string) *trace.Case {
	t.Helper()
	cases, err := trace.Parse("test.mx", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return &cases[0]
}

// roomy is a backend whose least capacity is 8 bytes, whatever is asked for.
func roomy() *divergent {
	d := &divergent{}
	d.name = "roomy"
	d.create = func(p *mutantProcess, options uint32, capacity *uint64) (handle.Handle, handle.Handle, error) {
		if capacity == nil {
			return p.RawProcess.Create(options, nil)
		}
		n := max(8, *capacity)
		return p.RawProcess.Create(options, &n)
	}
	d.list = []conformance.Divergence{{
		Name:  "least-capacity",
		Kinds: []string{"roomy"},
		Match: func(s *conformance.Situation) bool {
			e := s.State.Endpoint(s.Call.H)
			return s.Call.Op == trace.OpWrite && e != nil && e.Capacity < 8 &&
				s.Result.Status == status.OK && s.Result.N == min(8, s.Call.Buf.Data.Length())
		},
		Next: func(s *conformance.Situation) *oracle.State {
			e := s.State.Endpoint(s.Call.H)
			e.Capacity = 8
			s.State.Peer(e).Capacity = 8
			s.State.Do(s.Call)
			return s.State
		},
	}}
	return d
}

const tooSmall = `case too-small
create stream capacity=5 -> OK a b
write a "HELLO-WORLD" -> OK 5
write a "-WORLD" -> SHOULD_WAIT
read b 16 -> OK "HELLO"
signals a -> OK WRITABLE LAST_HANDLE
`

func run(t *testing.T, b conformance.Backend, c *trace.Case) conformance.CaseResult {
	t.Helper()
	return conformance.RunCase(t.Context(), b, handle.Manual, c)
}

func expect(t *testing.T, r conformance.CaseResult, o conformance.Outcome, detail string, divergences ...string) {
	t.Helper()
	if r.Outcome != o || !strings.Contains(r.Detail, detail) || !slices.Equal(r.Divergences, divergences) {
		t.Errorf("got %s %v: %s\nwanted %s %v: %s", r.Outcome, r.Divergences, r.Detail, o, divergences, detail)
	}
}

func TestJudgingGoesOnFromTheStateThatFollows(t *testing.T) {
	r := run(t, roomy(), parse(t, tooSmall))
	expect(t, r, conformance.Differs, `write a "HELLO-WORLD": wanted OK 5, got OK 8 [least-capacity]`, "least-capacity")
	if len(r.Steps) != 5 {
		t.Fatalf("%d steps were judged; the case has 5", len(r.Steps))
	}
	if r.Steps[0].Departs || !r.Steps[1].Departs || r.Steps[2].Departs {
		t.Errorf("the state departs from the contract's at another step than the second: %+v", r.Steps)
	}
	if s := r.Steps[1]; s.Judged != conformance.Differs || s.Divergence != "least-capacity" || s.Got != "OK 8" || s.Line != 3 {
		t.Errorf("the second step is %+v", s)
	}
	if s := r.Steps[3]; s.Judged != conformance.Pass || !slices.Equal(s.Wanted, []string{`OK "HELLO-WO"`}) {
		t.Errorf("the read is judged by something else than the state: %+v", s)
	}
}

func TestAWrongNextIsNoticed(t *testing.T) {
	b := roomy()
	next := b.list[0].Next
	b.list[0].Next = func(s *conformance.Situation) *oracle.State {
		after := next(s)
		p := after.Peer(after.Endpoint(s.Call.H))
		p.Inbound = p.Inbound[:5]
		return after
	}
	// Three bytes more of room are implied than there are.
	expect(t, run(t, b, parse(t, tooSmall)), conformance.Unexplained, `write a "-WORLD": wanted OK 3, got SHOULD_WAIT`, "least-capacity")
}

func TestNothingFollows(t *testing.T) {
	for _, next := range []func(*conformance.Situation) *oracle.State{
		nil,
		func(*conformance.Situation) *oracle.State { return nil },
	} {
		b := roomy()
		b.list[0].Next = next
		r := run(t, b, parse(t, tooSmall))
		expect(t, r, conformance.Differs, "got OK 8 [least-capacity]\nthe state that follows is not known", "least-capacity")
		if len(r.Steps) != 2 {
			t.Errorf("%d steps were judged; the second ended it", len(r.Steps))
		}
	}
}

func TestUnexplained(t *testing.T) {
	for what, change := range map[string]func(*conformance.Divergence){
		"of another kind": func(d *conformance.Divergence) { d.Kinds = []string{"other"} },
		"not matching":    func(d *conformance.Divergence) { d.Match = func(*conformance.Situation) bool { return false } },
		"no predicate":    func(d *conformance.Divergence) { d.Match = nil },
	} {
		t.Run(what, func(t *testing.T) {
			b := roomy()
			change(&b.list[0])
			expect(t, run(t, b, parse(t, tooSmall)), conformance.Unexplained, "line 3: write a \"HELLO-WORLD\": wanted OK 5, got OK 8")
		})
	}
}

func TestTheFirstDivergenceThatMatchesNamesIt(t *testing.T) {
	b := roomy()
	second := b.list[0]
	second.Name = "second"
	b.list = append(b.list, second)
	expect(t, run(t, b, parse(t, tooSmall)), conformance.Differs, "", "least-capacity")
}

func TestADivergerIsNotJudgedByTheLines(t *testing.T) {
	b := &divergent{} // answers as the contract says, and so not as this case
	c := parse(t, "case wrong\ncreate stream capacity=5 -> OK a b\nwrite a \"x\" -> BAD_STATE\n")
	expect(t, run(t, b, c), conformance.Pass, "")
	expect(t, run(t, &b.mutant, c), conformance.Fail, "line 3: write a \"x\": wanted BAD_STATE, got OK 1")
}

func TestUnsupportedCallsNeedANameInTheCatalogue(t *testing.T) {
	b := roomy()
	b.duplicate = func(*mutantProcess, handle.Handle, handle.Rights) (handle.Handle, error) {
		return 0, &conformance.Unsupported{Divergence: "no-duplicates", Why: "there is one of each"}
	}
	c := parse(t, tooSmall+"duplicate a SAME -> OK a2\nclose a2 -> OK\n")
	expect(t, run(t, b, c), conformance.Unexplained, `"no-duplicates", which is no divergence of roomy`, "least-capacity", "no-duplicates")
	b.list = append(b.list, conformance.Divergence{Name: "no-duplicates", Kinds: []string{"roomy"}})
	r := run(t, b, c)
	expect(t, r, conformance.UnsupportedCase, "line 7: duplicate a SAME: there is one of each", "least-capacity", "no-duplicates")
	if len(r.Steps) != 6 {
		t.Errorf("%d steps; the sixth is unsupported and ends the case", len(r.Steps))
	}
	// Who has no catalogue need not have a name in it.
	expect(t, run(t, &b.mutant, parse(t, "case c\ncreate stream capacity=8 -> OK a b\nduplicate a SAME -> OK a2\n")),
		conformance.UnsupportedCase, "there is one of each", "no-duplicates")
}

func TestAWaitThatNeverReturnsEndsTheJudging(t *testing.T) {
	const text = tooSmall + "write a \"12345678\" -> OK 5\n"
	for _, wait := range []string{
		"wait a PEER_CLOSED until=never -> OK PEER_CLOSED ...\n",
		"w: wait a PEER_CLOSED until=never\nw: -> OK PEER_CLOSED ...\n",
	} {
		r := run(t, roomy(), parse(t, text+wait))
		expect(t, r, conformance.Differs, "this never returns", "least-capacity")
		r = run(t, &divergent{}, parse(t, "case c\ncreate stream capacity=5 -> OK a b\n"+wait))
		expect(t, r, conformance.Unexplained, "the case is wrong")
	}
}

func TestWaitsAreJudgedByTheContract(t *testing.T) {
	c := parse(t, `case wait
create stream -> OK a b
w: wait b READABLE until=never
write a "x" -> OK 1
w: -> TIMED_OUT none
`)
	r := run(t, &divergent{}, c)
	expect(t, r, conformance.Pass, "")
	if got := r.Steps[3].Got; !strings.HasPrefix(got, "OK READABLE") {
		t.Errorf("the wait ended with %q", got)
	}
	// A wait that answers otherwise is over all the same in the state that
	// follows: starting another one on that actor is fine.
	d := &divergent{}
	d.name = "asleep"
	d.list = []conformance.Divergence{{
		Name: "sleepy", Kinds: []string{"asleep"},
		Match: func(s *conformance.Situation) bool { return s.Call.Op == trace.OpWait },
		Next:  func(s *conformance.Situation) *oracle.State { return s.State },
	}}
	d.waitOne = func(p *mutantProcess, h handle.Handle, s handle.Signals, until time.Time, parked func()) (handle.Signals, error) {
		seen, _ := p.RawProcess.WaitOne(h, s, until, parked)
		return seen, &conformance.KernelError{Status: status.ErrTimedOut, Errno: syscall.ETIMEDOUT}
	}
	r = run(t, d, c)
	expect(t, r, conformance.Differs, "w: wait b READABLE until=never", "sleepy")
	if r.Steps[3].Errno != syscall.ETIMEDOUT {
		t.Errorf("the error number is lost: %+v", r.Steps[3])
	}
}

// isolated answers for the cases with stale handles itself.
type isolated struct{ divergent }

func (i *isolated) RunIsolated(ctx context.Context, c *trace.Case, e handle.Edition) (conformance.CaseResult, bool) {
	if !c.UsesStale() {
		return conformance.CaseResult{}, false
	}
	return conformance.CaseResult{Backend: conformance.BackendName(i.Name(), e), Case: c.Name, Outcome: conformance.Pass, Detail: "elsewhere"}, true
}

func TestIsolatedCases(t *testing.T) {
	stale := parse(t, "case stale\ncreate stream -> OK a b\nclose a -> OK\nclose a -> BAD_HANDLE\n")
	expect(t, run(t, &isolated{}, stale), conformance.Pass, "elsewhere")
	fresh := parse(t, "case fresh\ncreate stream -> OK a b\n")
	if r := run(t, &isolated{}, fresh); r.Detail != "" || len(r.Steps) != 1 {
		t.Errorf("a case that need not be isolated did not run here: %+v", r)
	}
	stale.Editions = []handle.Edition{handle.Kernel2017}
	expect(t, run(t, &isolated{}, stale), conformance.NotApplicable, "does not speak for manual")
}
