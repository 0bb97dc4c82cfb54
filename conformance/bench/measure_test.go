package bench

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// A fakeClock goes on only when somebody works.
type fakeClock int64

func (c *fakeClock) now() int64 { return int64(*c) }

// worker is a loop whose turns take a time, and which notes who ran.
func (c *fakeClock) worker(turn time.Duration, note func()) func() (loop, error) {
	return func() (loop, error) {
		return loop{
			run: func(n int) error {
				note()
				*c += fakeClock(n) * fakeClock(turn)
				return nil
			},
			laps: func(at []int64) error {
				for i := range at {
					*c += fakeClock(turn) * fakeClock(i%100+1)
					at[i] = c.now()
				}
				return nil
			},
		}, nil
	}
}

func fakeMeasurer(c *fakeClock) *measurer {
	return &measurer{clock: c.now, time: time.Millisecond, quiet: func() {}}
}

func TestCalibrate(t *testing.T) {
	for _, turn := range []time.Duration{1, 30 * time.Nanosecond, 5 * time.Microsecond, time.Second} {
		var c fakeClock
		l, _ := c.worker(turn, func() {})()
		n, err := calibrate(l, time.Millisecond, c.now)
		if want := max(1, int(time.Millisecond/turn)); err != nil || n < want*9/10 || n > want*11/10+1 {
			t.Errorf("turns of %v: %d, %v; want about %d", turn, n, err, want)
		}
		if spent := time.Duration(c.now()); spent > 2*time.Millisecond+2*turn {
			t.Errorf("turns of %v: it took %v to find out", turn, spent)
		}
	}
	broken := errors.New("broken")
	if _, err := calibrate(loop{run: func(int) error { return broken }}, 1, new(fakeClock).now); err != broken {
		t.Errorf("a loop that fails: %v", err)
	}
}

// Each round runs the contestants of a workload one right after the other, and
// begins with another one each time.
func TestRounds(t *testing.T) {
	var c fakeClock
	var order []string
	cellOf := func(workload, name string, turn time.Duration) *cell {
		return &cell{workload: workload, contestant: name, make: c.worker(turn, func() {
			if len(order) == 0 || order[len(order)-1] != name {
				order = append(order, name)
			}
		})}
	}
	cells := []*cell{
		cellOf(PingPong, "a", 100), cellOf(PingPong, "b", 200), cellOf(PingPong, "c", 400), cellOf(CreateClose, "x", 50),
	}
	m := fakeMeasurer(&c)
	var progress []string
	m.total = 12
	m.progress = func(p Progress) {
		progress = append(progress, fmt.Sprintf("%d/%d %s", p.Done, p.Total, p.Contestant))
	}
	results := m.rounds(t.Context(), cells, 3, time.Hour)
	if got, want := strings.Join(order, ""), "abcxbcaxcabx"; got != want {
		t.Errorf("order %q, want %q", got, want)
	}
	for i, want := range []float64{100, 200, 400, 50} {
		if got := results[i].Sample; !slices.Equal(got, Sample{want, want, want}) {
			t.Errorf("%s: %v, want %v each time", results[i].Contestant, got, want)
		}
	}
	if len(progress) != 12 || progress[0] != "0/12 a" || progress[11] != "11/12 x" {
		t.Errorf("progress: %v", progress)
	}
}

func TestRoundsOfLatency(t *testing.T) {
	var c fakeClock
	cells := []*cell{{workload: Latency, contestant: "a", make: c.worker(10, func() {})}}
	m := fakeMeasurer(&c)
	x := m.rounds(t.Context(), cells, 2, time.Hour)[0]
	if len(x.At) != len(Percentiles) || x.Laps < 100 || x.Sample != nil {
		t.Fatalf("%+v", x)
	}
	// The laps of worker take 10, 20, … 1,000 and begin anew.
	for i, p := range Percentiles {
		if got := x.At[i]; len(got) != 2 || got.Median() < 10*p-20 || got.Median() > 10*p+20 {
			t.Errorf("p%v: %v", p, got)
		}
	}
}

// A contestant that fails is left out from then on, with the reason.
func TestRoundsOfFailing(t *testing.T) {
	var c fakeClock
	tries := 0
	broken := errors.New("broken")
	cells := []*cell{
		{workload: PingPong, contestant: "a", make: func() (loop, error) { tries++; return loop{}, broken }},
		{workload: PingPong, contestant: "b", make: c.worker(7, func() {})},
		{workload: Memory, contestant: "c", sample: func() (float64, error) { return 0, broken }},
	}
	results := fakeMeasurer(&c).rounds(t.Context(), cells, 3, time.Hour)
	if tries != 1 || results[0].Err != "broken" || results[0].Sample != nil {
		t.Errorf("after %d tries: %+v", tries, results[0])
	}
	if len(results[1].Sample) != 3 {
		t.Errorf("the other one: %+v", results[1])
	}
	if results[2].Err != "broken" || results[2].Sample != nil {
		t.Errorf("a sample that fails: %+v", results[2])
	}
}

func TestRoundsStop(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	var c fakeClock
	cells := []*cell{
		{workload: PingPong, contestant: "a", make: c.worker(7, func() {})},
		{workload: PingPong, contestant: "b", make: c.worker(7, func() {})},
	}
	m := fakeMeasurer(&c)
	m.progress = func(p Progress) {
		if p.Done == 4 { // the first of the third round
			cancel()
		}
	}
	results := m.rounds(ctx, cells, 1000, time.Hour)
	if a, b := len(results[0].Sample), len(results[1].Sample); a != 3 || b != 2 {
		t.Errorf("%d and %d rounds, want 3 and 2", a, b)
	}
}

// A machine that becomes slower makes for shorter rounds, not for more time.
func TestRoundsHurry(t *testing.T) {
	var c fakeClock
	turn := fakeClock(100)
	cells := []*cell{{workload: PingPong, contestant: "a", make: func() (loop, error) {
		return loop{run: func(n int) error {
			c += fakeClock(n) * turn
			return nil
		}, close: func() { turn = 1000 }}, nil // ten times as slow after the first round
	}}}
	const rounds, each = 20, time.Millisecond
	within := takes(cells, rounds, each)
	x := fakeMeasurer(&c).rounds(t.Context(), cells, rounds, within)[0]
	if len(x.Sample) != rounds {
		t.Errorf("%d rounds", len(x.Sample))
	}
	if spent := time.Duration(c.now()); spent > within*3/2 {
		t.Errorf("it took %v, and there were %v", spent, within)
	}
}

func TestShares(t *testing.T) {
	cells := []*cell{{workload: WriteRead}, {workload: Latency}, {workload: Memory, sample: func() (float64, error) { return 0, nil }}}
	each := shares(cells, 5, 10*time.Second)
	if all := takes(cells, 5, each); all < 9900*time.Millisecond || all > 10100*time.Millisecond {
		t.Errorf("%v a cell makes %v of 10s", each, all)
	}
	if each := shares(cells, 5, time.Millisecond); each != leastTime {
		t.Errorf("without time: %v", each)
	}
	if each := shares(cells[2:], 5, time.Minute); each != leastTime {
		t.Errorf("with nothing to time: %v", each)
	}
}

func TestSample(t *testing.T) {
	s := Sample{40, 10, 20, 30}
	for q, want := range map[float64]float64{0: 10, 0.25: 17.5, 0.5: 25, 0.75: 32.5, 1: 40} {
		if got := s.Quantile(q); got != want {
			t.Errorf("quantile %v of %v: %v, want %v", q, s, got, want)
		}
	}
	if got := s.Spread(); got != 0.3 {
		t.Errorf("spread of %v: %v, want 0.3", s, got)
	}
	if got := s.Over(Sample{20, 20, 20}); !slices.Equal(got, Sample{2, 0.5, 1}) {
		t.Errorf("%v over 20: %v", s, got)
	}
	if got := (Sample)(nil); got.Median() != 0 || got.Spread() != 0 || len(got.Over(s)) != 0 {
		t.Error("nothing is something")
	}
}

func TestRank(t *testing.T) {
	var sorted []int64
	for i := range 1000 {
		sorted = append(sorted, int64(i+1))
	}
	for q, want := range map[float64]int64{0: 1, 0.5: 500, 0.99: 990, 0.999: 999, 1: 1000} {
		if got := rank(sorted, q); got != want {
			t.Errorf("rank %v: %d, want %d", q, got, want)
		}
	}
}
