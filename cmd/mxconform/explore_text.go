package main

import (
	"fmt"
	"strings"

	"mx.example/conformance/explore"
)

// exploredText writes the report of an exploration for people.
func exploredText(p *page, r *explore.Report) {
	for i := range r.Backends {
		b := &r.Backends[i]
		if i > 0 {
			p.line("")
		}
		exploredBackend(p, r, b)
	}
	p.line("")
	verdict := p.in(green, "Nothing failed and nothing is unexplained.")
	if !r.OK() {
		n := 0
		for i := range r.Backends {
			n += len(r.Backends[i].Failures)
		}
		verdict = p.in(red, plural(n, "kind")+" of differences that must not be.")
	}
	p.line("%s", verdict)
	if len(r.Done) < r.Shards {
		p.line("This is shard %s of %d.", numbers(r.Done), r.Shards)
	}
	if r.Canceled {
		p.line("Interrupted: this is what was done until then.")
	}
}

func numbers(list []int) string {
	var words []string
	for _, n := range list {
		words = append(words, fmt.Sprint(n))
	}
	return listOf(words, "and")
}

func exploredBackend(p *page, r *explore.Report, b *explore.BackendReport) {
	p.line("%s", p.bold(b.Name))
	if !b.Available {
		p.paragraph("  ", "not available: "+b.Why)
		return
	}
	if isExhaustive(r) {
		spacesText(p, r, b.Name)
	} else {
		p.line("  %s calls in %s sequences, seed %d: %s (%s a second, %s at a time)",
			thousands(b.Calls), thousands(b.Sequences), r.Seed, seconds(b.Seconds),
			thousands(uint64(float64(b.Calls)/max(b.Seconds, 1e-9))), plural(b.Workers, "sequence"))
		p.line("  %d of %d classes of states seen", b.States, explore.Classes)
	}
	countsText(p, "differs under a name", b.Differs)
	countsText(p, "no such call", b.Unsupported)
	for i := range b.Failures {
		failureText(p, b, &b.Failures[i])
	}
}

// spacesText writes the table of the configurations of one backend.
func spacesText(p *page, r *explore.Report, backend string) {
	p.line("  %-8s  %8s  %9s  %12s  %11s  %8s", "mode", "capacity", "states", "transitions", "differences", "time")
	var states, transitions, differences uint64
	for _, s := range r.Spaces {
		if s.Backend != backend {
			continue
		}
		mode := "stream"
		if s.Datagram {
			mode = "datagram"
		}
		p.line("  %-8s  %8d  %9s  %12s  %11s  %8s", mode, s.Capacity,
			thousands(s.States), thousands(s.Transitions), thousands(s.Differences), seconds(s.Seconds))
		states, transitions, differences = states+s.States, transitions+s.Transitions, differences+s.Differences
	}
	p.line("  %-8s  %8s  %9s  %12s  %11s", "all", "", thousands(states), thousands(transitions), thousands(differences))
}

func countsText(p *page, title string, counts map[string]uint64) {
	if len(counts) == 0 {
		return
	}
	var words []string
	for _, name := range sortedByCount(counts) {
		words = append(words, name+" "+thousands(counts[name]))
	}
	p.hanging("  "+title+": ", "    ", strings.Join(words, ", "))
}

func failureText(p *page, b *explore.BackendReport, f *explore.Failure) {
	word := "UNEXPLAINED"
	if inProcess(b) {
		word = "FAILED"
	}
	p.line("")
	p.line("  %s %s (met %s)", p.in(red, word), f.Kind, times(f.Count))
	p.paragraph("    ", cut(f.Call, 400)+": "+cut(f.Detail, 2000))
	how := fmt.Sprintf("%s, made smaller from %d", plural(f.Calls, "call"), f.Found)
	if f.Flaky {
		how = fmt.Sprintf("%s, as they were found: making them again did not show it again", plural(f.Calls, "call"))
	}
	p.line("    %s:", how)
	p.line("")
	for l := range strings.Lines(f.Text) {
		p.line("      %s", strings.TrimRight(l, "\n"))
	}
	p.line("")
	p.line("    %s", f.Replay)
}

func times(n uint64) string {
	if n == 1 {
		return "once"
	}
	return thousands(n) + " times"
}
