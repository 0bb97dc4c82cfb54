package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"

	"mx.example/conformance/explore"
	"mx.example/conformance/report"
	"mx.example/conformance/report/text"
)

// defaultCalls is how many random calls are made on each backend when the
// command line does not say.
const defaultCalls = 1_000_000

// exploreBackends walks through every state, or makes random calls, on some
// backends and the contract side by side.
func exploreBackends(ctx context.Context, t *tool, args []string) (err error) {
	f := newFlags("explore")
	backends := word(t.backends[0].Name())
	var shard shardFlag
	exhaustive := f.Bool("exhaustive", false, "make every call in every state of a small socket, instead of random ones")
	f.Var(&backends, "backend", "`LIST` of the backends to explore")
	seed := f.Uint64("seed", 1, "`NUMBER` that the random calls follow from: the same calls on any machine")
	calls := f.Uint64("n", defaultCalls, "`CALLS` on each backend in each edition, all shards together")
	lasting := f.Duration("for", 0, "`DURATION` of the campaign, instead of a number of calls")
	f.Var(&shard, "shard", "`I/N`: do part I of N, from 0 to N-1; mxconform merge puts the reports together")
	cases := f.String("cases", ".", "`DIRECTORY` to write the cases to that show what was found")
	known := f.String("known", "", "`FILE` of kinds of differences, one a line as a report has them, to follow instead of report")
	rf := addReportFlags(f, formatText, formatJSON)
	kf := addKernelFlags(f)
	rest, err := parse(f, args)
	if err != nil {
		return err
	}
	end, err := kf.open(t, &backends, word(t.backends[0].Name()))
	if err != nil {
		return err
	}
	defer ended(end, &err)
	if err := noArguments("explore", rest); err != nil {
		return err
	}
	s, err := t.pick(string(backends))
	if err != nil {
		return err
	}
	switch {
	case *exhaustive && (given(f, "n") || *lasting != 0 || shard.of != 0):
		return usagef("-exhaustive makes every call there is: -n, -for and -shard have no meaning with it")
	case given(f, "n") && *lasting != 0:
		return usagef("-n and -for both say when to end: give one of them")
	case *lasting < 0:
		return usagef("-for %v has passed already", *lasting)
	case *calls == 0:
		return usagef("-n 0 makes no call: at least 1 is needed")
	case *lasting != 0:
		*calls = 0
	}
	if dir, err := os.Stat(*cases); err != nil {
		return cannot("write to", *cases, err)
	} else if !dir.IsDir() {
		return usagef("cannot write to %s: it is no directory", *cases)
	}
	var kinds []string
	if *known != "" {
		if *exhaustive {
			return usagef("-exhaustive stops at no difference: -known has no meaning with it")
		}
		if kinds, err = readKnown(*known); err != nil {
			return err
		}
	}
	if err := t.openReport(rf); err != nil {
		return err
	}
	// Exploration makes much garbage and holds little: collect it less often.
	defer debug.SetGCPercent(debug.SetGCPercent(400))
	line := t.progressLine("random or all calls on " + string(backends))
	tell := func(p explore.Progress) { line.show("%s", exploring(p)) }
	var r *explore.Report
	if *exhaustive {
		r = explore.Exhaustive(ctx, s.backends, explore.ExhaustiveOptions{Only: s.only, Progress: tell})
	} else {
		r = explore.Random(ctx, s.backends, explore.RandomOptions{
			Seed: *seed, Calls: *calls, For: *lasting, Shard: shard.i, Shards: shard.of, Known: kinds, Only: s.only, Progress: tell,
		})
	}
	line.clear()
	if err := saveCases(r, *cases); err != nil {
		return err
	}
	return t.explored(r, rf)
}

// explored delivers the report and says how it ended.
func (t *tool) explored(r *explore.Report, rf *reportFlags) error {
	err := t.deliver(rf, r.Canceled, func(p *text.Page) error {
		if rf.format.value == formatJSON {
			return report.JSON(p, r)
		}
		exploredText(p, r)
		return nil
	})
	switch {
	case err != nil:
		return err
	case !r.OK():
		return errBad
	case r.Canceled:
		return errInterrupted
	}
	return nil
}

// saveCases writes the case files that the replay commands of the report name.
func saveCases(r *explore.Report, dir string) error {
	for _, b := range r.Backends {
		for i := range b.Failures {
			f := &b.Failures[i]
			name := filepath.Join(dir, f.Case+".mx")
			if err := writeFile(name, f.Text); err != nil {
				return cannot("write", name, err)
			}
			f.Replay = strings.Replace(f.Replay, f.Case+".mx", name, 1)
		}
	}
	return nil
}

// exploring is a progress line.
func exploring(p explore.Progress) string {
	var b strings.Builder
	if p.Backend != "" {
		fmt.Fprintf(&b, "%s (%d/%d) ", p.Backend, p.Column+1, p.Columns)
	}
	fmt.Fprintf(&b, "%s calls", thousands(p.Calls))
	if p.Total > 0 {
		fmt.Fprintf(&b, " of %s", thousands(p.Total))
	}
	if s := p.Elapsed.Seconds(); s > 0 {
		fmt.Fprintf(&b, ", %s/s", thousands(uint64(float64(p.Calls)/s)))
	}
	fmt.Fprintf(&b, ", %s states", thousands(p.States))
	if p.Failures > 0 {
		fmt.Fprintf(&b, ", %s FAILED", thousands(p.Failures))
	}
	names := sortedByCount(p.Differs)
	const most = 3
	for i, name := range names {
		if i == most {
			fmt.Fprintf(&b, " and %d more", len(names)-most)
			break
		}
		fmt.Fprintf(&b, "; %s %s", name, thousands(p.Differs[name]))
	}
	return b.String()
}

// sortedByCount are the names, the most frequent first.
func sortedByCount(counts map[string]uint64) []string {
	names := make([]string, 0, len(counts))
	for name := range counts {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		if counts[a] != counts[b] {
			if counts[a] > counts[b] {
				return -1
			}
			return 1
		}
		return strings.Compare(a, b)
	})
	return names
}

// thousands writes a number with commas.
func thousands(n uint64) string {
	s := strconv.FormatUint(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// A shardFlag is I/N.
type shardFlag struct{ i, of int }

func (s *shardFlag) String() string {
	if s.of == 0 {
		return ""
	}
	return fmt.Sprintf("%d/%d", s.i, s.of)
}

func (s *shardFlag) Set(text string) error {
	left, right, ok := strings.Cut(text, "/")
	i, err := strconv.Atoi(left)
	n, err2 := strconv.Atoi(right)
	if !ok || err != nil || err2 != nil {
		return fmt.Errorf("expected I/N, such as 0/8")
	}
	if n < 1 || i < 0 || i >= n {
		return fmt.Errorf("expected a part from 0 to N-1: of 8 they are 0/8 to 7/8")
	}
	*s = shardFlag{i, n}
	return nil
}

// seconds is a duration as people read it.
func seconds(s float64) string {
	return time.Duration(s * float64(time.Second)).Round(10 * time.Millisecond).String()
}

// isExhaustive reports whether a report is of a walk through every state.
func isExhaustive(r *explore.Report) bool { return len(r.Spaces) > 0 }

// readKnown reads the kinds of differences that are known.
func readKnown(name string) ([]string, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, cannot("read", name, err)
	}
	defer f.Close()
	kinds, err := explore.ParseKnown(name, f)
	if err != nil {
		return nil, usagef("%v", err)
	}
	return kinds, nil
}
