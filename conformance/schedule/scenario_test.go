package schedule

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"mx.example/conformance/inproc"
	"mx.example/conformance/linear"
	"mx.example/conformance/oracle"
	"mx.example/conformance/schedule/step"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// A scenario is a few calls that are made at the same time, after some that set
// the scene.
type scenario struct {
	edition handle.Edition
	scene   []*linear.Op
	threads [][]*linear.Op
}

// parse reads calls as cases have them, separated by semicolons. An answer need
// not be given, unless it names handles.
// before are calls that name what these may.
func parse(before, calls string) ([]*linear.Op, error) {
	var ops []*linear.Op
	for call := range strings.SplitSeq(calls, "; ") {
		op := &linear.Op{}
		line := call
		if rest, ok := strings.CutPrefix(call, "write-all "); ok {
			line, op.Loop = "write "+rest, &oracle.Loop{Write: true, Never: true}
		}
		if rest, ok := strings.CutPrefix(call, "read-full "); ok {
			line, op.Loop = "read "+rest, &oracle.Loop{Never: true}
		}
		if op.Loop != nil {
			if at, ok := strings.CutSuffix(line, " until=1ms"); ok {
				line = at
				op.Call.Until = trace.Deadline{Kind: trace.In, After: time.Millisecond}
			}
		}
		line = answered(line)
		cases, err := trace.Parse("scenario", strings.NewReader(caseHead+before+line+"\n"))
		if err != nil {
			return nil, fmt.Errorf("%s: %w", call, err)
		}
		steps := cases[0].Steps
		until := op.Call.Until
		op.Call = steps[len(steps)-1].Call
		if l := op.Loop; l != nil {
			op.Call.Until = until
			l.H, l.Data, l.Size = op.Call.H, op.Call.Buf.Data.Text, int(op.Call.Buf.Size)
			l.Least = l.Size
			if until.Kind != trace.Never {
				l.Never, l.Deadline = false, until.After
			}
		}
		ops = append(ops, op)
	}
	return ops, nil
}

// answered is a call with some answer.
func answered(call string) string {
	if strings.Contains(call, "->") {
		return call
	}
	return call + " -> BAD_HANDLE"
}

const caseHead = "case x\ndoc x.\nclauses O-LINEAR\n"

// names are the tables and handles that calls may name: a case must not use any
// that it has not made.
const names = `table p -> OK
table q -> OK
create stream table=p -> OK a b
event table=p -> OK e
port table=p -> OK o
duplicate o SAME -> OK o2
duplicate b SAME -> OK b2
`

// newScenario reads a scenario: its scene, and the calls of each thread.
func newScenario(e handle.Edition, scene []string, threads []string) (*scenario, error) {
	s := &scenario{edition: e}
	var before string
	for _, line := range scene {
		ops, err := parse(before, line)
		if err != nil {
			return nil, err
		}
		before += answered(line) + "\n"
		s.scene = append(s.scene, ops...)
	}
	for i, calls := range threads {
		ops, err := parse(names, calls)
		if err != nil {
			return nil, err
		}
		for _, op := range ops {
			op.Client = i + 1
			for j := range op.Call.Out {
				op.Call.Out[j] += fmt.Sprint(i + 1)
			}
		}
		s.threads = append(s.threads, ops)
	}
	return s, nil
}

// program is the scenario for package step to run. memory keeps verdicts of
// histories that are alike.
func (s *scenario) program(memory map[string]error) step.Program {
	var x *execution
	return step.Program{
		Start: func() []func() { x = newExecution(s, memory); return x.threads() },
		Quiet: func() { x.quiet() },
		End:   func(r *step.Run) error { return x.judge(r) },
	}
}

// An execution is one run of a scenario.
type execution struct {
	*scenario
	caller *linear.Caller
	memory map[string]error
	calls  []*made
	main   []*made // calls of the driver, in order
	err    error
	asleep []*made // when no thread could go on
	still  int     // how many steps there were then
}

// A made call was made from one step to another: from is how many there were
// when it was called, to when it had returned, and parked when it blocked.
type made struct {
	op               linear.Op
	from, parked, to int // -1: not
}

func newExecution(s *scenario, memory map[string]error) *execution {
	x := &execution{scenario: s, memory: memory}
	k, err := inproc.Backend().Boot(s.edition)
	if err != nil {
		x.err = err
		return x
	}
	x.caller = linear.NewCaller(k)
	x.caller.Now = step.Epoch
	for _, op := range s.scene {
		if x.drive(*op); x.main[len(x.main)-1].op.Result.Status != status.OK && x.err == nil {
			x.err = fmt.Errorf("the scene: %v: %v", op.Call.String(), x.main[len(x.main)-1].op.Result.Status)
		}
	}
	return x
}

// drive makes a call at once.
func (x *execution) drive(op linear.Op) *trace.Result {
	m := &made{op: op, from: step.Made()}
	x.main = append(x.main, m)
	x.fail(x.caller.Make(&m.op, nil))
	return &m.op.Result
}

func (x *execution) fail(err error) {
	if x.err == nil {
		x.err = err
	}
}

func (x *execution) threads() (threads []func()) {
	for _, ops := range x.scenario.threads {
		threads = append(threads, func() {
			for _, op := range ops {
				m := &made{op: *op, from: step.Made(), parked: -1, to: -1}
				x.calls = append(x.calls, m)
				x.fail(x.caller.Make(&m.op, func() { m.parked = step.Made() }))
				m.to = step.Made()
			}
		})
	}
	return threads
}

// quiet looks at what the calls have left, and closes all handles, which ends
// those that still wait.
func (x *execution) quiet() {
	x.still = step.Made()
	for _, m := range x.calls {
		if m.to < 0 {
			x.asleep = append(x.asleep, m)
		}
	}
	call := func(op trace.Op, name string) *trace.Result {
		c := trace.Call{Op: op, H: trace.Ref{Name: name}}
		c.Buf.Size = 100
		c.Until.Kind = trace.Past
		return x.drive(linear.Op{Call: c})
	}
	alive := x.caller.Alive()
	isPort := func(name string) bool { return strings.HasPrefix(name, "o") }
	for _, name := range alive {
		if !isPort(name) {
			call(trace.OpSignals, name)
		}
	}
	for _, name := range alive {
		op := trace.OpRead
		if isPort(name) {
			op = trace.OpPortWait
		}
		for most := 10; most > 0 && !strings.HasPrefix(name, "e") && call(op, name).Status == status.OK; most-- {
		}
	}
	for _, name := range alive {
		call(trace.OpClose, name)
	}
}

// judge finds out whether some order of the calls explains their answers, and
// whether those that slept had reason to.
func (x *execution) judge(r *step.Run) error {
	if x.err != nil {
		return x.err
	}
	if err := x.judgeIn(r, nil); err != nil {
		return err
	}
	// Steps that are independent were made in one order of many. In another one
	// a call may have returned before a second began, where here they overlap:
	// for each call there is an order in which it returns as early as it can.
	for _, m := range x.calls {
		if m.to > x.still || m.to <= m.from {
			continue
		}
		if places := r.Before(m.to-1, x.still); !slices.IsSorted(places) {
			if err := x.judgeIn(r, places); err != nil {
				return err
			}
		}
	}
	return nil
}

// judgeIn judges the run with its steps in other places.
func (x *execution) judgeIn(r *step.Run, places []int) error {
	// Each step takes a tick, and there is room between them.
	const tick = 1000
	at := func(i int) int64 {
		if i < len(places) {
			i = places[i]
		}
		return int64(i+1) * tick
	}
	h := &linear.History{Config: linear.Config{Edition: x.edition}}
	for i, m := range x.main {
		op := m.op
		op.Called = int64(m.from)*tick + tick/2 + int64(2*i+2)
		op.Returned = op.Called + 1
		if m.from == 0 {
			op.Called, op.Returned = int64(2*i+1), int64(2*i+2)
		}
		h.Ops = append(h.Ops, &op)
	}
	quiet := linear.Quiet{At: int64(x.still)*tick + tick/2}
	for _, m := range x.calls {
		op := m.op
		op.Called = at(r.First(op.Client, m.from))
		op.Returned = at(max(m.to-1, m.from)) + 2
		if m.parked > 0 {
			op.Parked = at(m.parked-1) + 1
		}
		h.Ops = append(h.Ops, &op)
		if slices.Contains(x.asleep, m) {
			quiet.Waiting = append(quiet.Waiting, &op)
		}
	}
	h.Quiets = []linear.Quiet{quiet}
	slices.SortStableFunc(h.Ops, func(a, b *linear.Op) int { return int(a.Called - b.Called) })
	key := h.Shape()
	err, known := x.memory[key]
	if !known {
		v, failed := h.Check(time.Minute)
		if err = failed; v != nil {
			err = fmt.Errorf("%v", v)
		}
		x.memory[key] = err
	}
	return err
}
