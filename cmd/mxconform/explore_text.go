package main

import (
	"fmt"
	"strings"

	"mx.example/conformance/explore"
	"mx.example/conformance/report/text"
)

// exploredText writes the report of an exploration for people.
func exploredText(p *text.Page, r *explore.Report) {
	for i := range r.Backends {
		b := &r.Backends[i]
		if i > 0 {
			p.Line("")
		}
		exploredBackend(p, r, b)
	}
	p.Line("")
	verdict := p.In(text.Green, "Nothing failed and nothing is unexplained.")
	if !r.OK() {
		n := 0
		for i := range r.Backends {
			n += len(r.Backends[i].Failures)
		}
		verdict = p.In(text.Red, text.Plural(n, "kind")+" of differences that must not be.")
	}
	p.Line("%s", verdict)
	if len(r.Done) < r.Shards {
		p.Line("This is shard %s of %d.", numbers(r.Done), r.Shards)
	}
	if r.Canceled {
		p.Line("Interrupted: this is what was done until then.")
	}
}

func numbers(list []int) string {
	var words []string
	for _, n := range list {
		words = append(words, fmt.Sprint(n))
	}
	return text.List(words, "and")
}

func exploredBackend(p *text.Page, r *explore.Report, b *explore.BackendReport) {
	p.Line("%s", p.Bold(b.Name))
	if !b.Available {
		p.Paragraph("  ", "not available: "+b.Why)
		return
	}
	if isExhaustive(r) {
		spacesText(p, r, b.Name)
	} else {
		p.Line("  %s calls in %s sequences, seed %d: %s (%s a second, %s at a time)",
			thousands(b.Calls), thousands(b.Sequences), r.Seed, seconds(b.Seconds),
			thousands(uint64(float64(b.Calls)/max(b.Seconds, 1e-9))), text.Plural(b.Workers, "sequence"))
		p.Line("  %d of %d classes of states seen", b.States, explore.Classes)
	}
	countsText(p, "differs under a name", b.Differs)
	countsText(p, "no such call", b.Unsupported)
	for i := range b.Failures {
		failureText(p, b, &b.Failures[i])
	}
}

// spacesText writes the table of the configurations of one backend.
func spacesText(p *text.Page, r *explore.Report, backend string) {
	p.Line("  %-8s  %8s  %9s  %12s  %11s  %8s", "mode", "capacity", "states", "transitions", "differences", "time")
	var states, transitions, differences uint64
	for _, s := range r.Spaces {
		if s.Backend != backend {
			continue
		}
		mode := "stream"
		if s.Datagram {
			mode = "datagram"
		}
		p.Line("  %-8s  %8d  %9s  %12s  %11s  %8s", mode, s.Capacity,
			thousands(s.States), thousands(s.Transitions), thousands(s.Differences), seconds(s.Seconds))
		states, transitions, differences = states+s.States, transitions+s.Transitions, differences+s.Differences
	}
	p.Line("  %-8s  %8s  %9s  %12s  %11s", "all", "", thousands(states), thousands(transitions), thousands(differences))
}

func countsText(p *text.Page, title string, counts map[string]uint64) {
	if len(counts) == 0 {
		return
	}
	var words []string
	for _, name := range sortedByCount(counts) {
		words = append(words, name+" "+thousands(counts[name]))
	}
	p.Hanging("  "+title+": ", "    ", strings.Join(words, ", "))
}

func failureText(p *text.Page, b *explore.BackendReport, f *explore.Failure) {
	word := "FAILED"
	if b.Diverges {
		word = "UNEXPLAINED"
	}
	p.Line("")
	p.Line("  %s %s (met %s)", p.In(text.Red, word), f.Kind, times(f.Count))
	p.Paragraph("    ", text.Cut(f.Call, 400)+": "+text.Cut(f.Detail, 2000))
	how := fmt.Sprintf("%s, made smaller from %d", text.Plural(f.Calls, "call"), f.Found)
	if f.Flaky {
		how = fmt.Sprintf("%s, as they were found: making them again did not show it again", text.Plural(f.Calls, "call"))
	}
	p.Line("    %s:", how)
	p.Line("")
	for l := range strings.Lines(f.Text) {
		p.Line("      %s", strings.TrimRight(l, "\n"))
	}
	p.Line("")
	p.Line("    %s", f.Replay)
}

func times(n uint64) string {
	if n == 1 {
		return "once"
	}
	return thousands(n) + " times"
}
