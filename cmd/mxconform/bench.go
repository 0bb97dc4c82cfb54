package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	speed "mx.example/conformance/bench"
	"mx.example/conformance/report"
	"mx.example/conformance/report/text"
)

// How long a benchmark takes when the command line does not say, and in how
// many rounds.
const (
	defaultBenchTime   = 45 * time.Second
	defaultBenchRounds = 5
)

// benchmark measures what calls cost, in this process and by system calls.
func benchmark(ctx context.Context, t *tool, args []string) error {
	f := newFlags("bench")
	rounds := f.Int("rounds", defaultBenchRounds, "measure everything in so many `ROUNDS`, one after the other")
	lasting := f.Duration("for", defaultBenchTime, "`DURATION` of the whole, more or less")
	var only workloadsFlag
	f.Var(&only, "only", "`LIST` of the workloads to measure: "+strings.Join(workloadNames(), ", "))
	rf := addReportFlags(f, formatText, formatJSON)
	rest, err := parse(f, args)
	if err != nil {
		return err
	}
	if err := noArguments("bench", rest); err != nil {
		return err
	}
	switch {
	case *rounds < 1:
		return usagef("-rounds %d measures nothing: at least 1 is needed", *rounds)
	case *lasting <= 0:
		return usagef("-for %v leaves no time to measure anything", *lasting)
	}
	if err := t.openReport(rf); err != nil {
		return err
	}
	line := t.progressLine("what calls cost, for about " + lasting.String())
	r, err := speed.Run(ctx, speed.Options{
		Rounds: *rounds, For: *lasting, Workloads: only,
		Progress: func(p speed.Progress) {
			line.show("%d %%: %s, %s", 100*p.Done/p.Total, p.Workload, p.Contestant)
		},
	})
	line.clear()
	if err != nil {
		return err
	}
	return t.benchmarked(r, rf)
}

// benchmarked delivers the report and says how it ended.
func (t *tool) benchmarked(r *speed.Report, rf *reportFlags) error {
	err := t.deliver(rf, r.Partial, func(p *text.Page) error {
		if rf.format.value == formatJSON {
			return report.JSON(p, r)
		}
		benchText(p, r)
		return nil
	})
	switch {
	case err != nil:
		return err
	case len(failedInProcess(r)) > 0:
		return errBad
	case r.Partial:
		return errInterrupted
	}
	return nil
}

// failedInProcess are the results of what has to work everywhere and did not.
// A descriptor may be something that this machine has too few of.
func failedInProcess(r *speed.Report) []*speed.Result {
	var failed []*speed.Result
	for _, x := range r.Results {
		descriptor := slices.ContainsFunc(r.Contestants, func(c speed.Contestant) bool {
			return c.Name == x.Contestant && c.Kind == speed.Descriptors
		})
		if x.Err != "" && !descriptor {
			failed = append(failed, x)
		}
	}
	return failed
}

func workloadNames() []string {
	var names []string
	for _, w := range speed.Workloads() {
		names = append(names, w.Name)
	}
	return names
}

// A workloadsFlag is a list of workloads; an empty one stands for all.
type workloadsFlag []string

func (w *workloadsFlag) String() string { return strings.Join(*w, ",") }

func (w *workloadsFlag) Set(s string) error {
	*w = nil
	for name := range strings.SplitSeq(s, ",") {
		if !slices.Contains(workloadNames(), name) {
			return fmt.Errorf("%w", unknown("workload", name, workloadNames(), "they are "+text.List(workloadNames(), "and")))
		}
		*w = append(*w, name)
	}
	return nil
}

// benchFacts are what the numbers of a report were measured on, and how.
func benchFacts(r *speed.Report) [][2]string {
	e := r.Environment
	machine := report.EnvironmentText(e.Environment)
	if e.CPU != "" {
		machine += ", " + e.CPU
	}
	machine += fmt.Sprintf(", %s, GOMAXPROCS %d", text.Plural(e.CPUs, "CPU"), e.GOMAXPROCS)
	if e.Load != nil {
		machine += fmt.Sprintf(", load %.2f before", *e.Load)
	}
	facts := [][2]string{
		{"Machine", machine},
		{"Measured", fmt.Sprintf("%s, interleaved; %s for each cell of each; %s in all",
			text.Plural(r.Rounds, "round"), time.Duration(r.CellSeconds*float64(time.Second)).Round(100*time.Microsecond), seconds(r.Seconds))},
		{"Numbers", "the median of the rounds, ± half the distance of the quartiles"},
	}
	for _, c := range r.Contestants {
		if !c.Available {
			facts = append(facts, [2]string{"Not here", c.Name + ": " + c.Why})
		}
	}
	for _, x := range r.Results {
		if x.Err != "" {
			facts = append(facts, [2]string{"Failed", fmt.Sprintf("%s, %s: %s", x.Workload, x.Contestant, x.Err)})
		}
	}
	if noisy, of := noisyRatios(r); noisy > 0 {
		facts = append(facts, [2]string{"Noisy", fmt.Sprintf("%d of %s moved by more than %.0f %% between rounds, and are not shown: the machine is busy. Try again when it is quiet, or longer with -for",
			noisy, text.Plural(of, "ratio"), 100*tooNoisy)})
	}
	if r.Partial {
		facts = append(facts, [2]string{"Partial", "interrupted: this is what was measured until then"})
	}
	return facts
}

// noisyRatios counts the ratios that say nothing, and all of them.
func noisyRatios(r *speed.Report) (noisy, all int) {
	ratios := r.Ratios()
	for _, x := range ratios {
		if x.Sample.Spread() > tooNoisy {
			noisy++
		}
	}
	return noisy, len(ratios)
}
