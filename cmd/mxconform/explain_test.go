package main

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"mx.example/conformance/clause"
)

// TestList reads every listing as JSON, and sees the same names in the table.
func TestList(t *testing.T) {
	b := everyday(t)
	for what, key := range map[string]string{"cases": "name", "clauses": "id", "departures": "id", "backends": "name", "divergences": "name"} {
		var items []map[string]any
		if err := json.Unmarshal([]byte(b.do(t, 0, "list", what, "-format", "json")), &items); err != nil {
			t.Errorf("%s: %v", what, err)
		}
		if len(items) == 0 {
			t.Errorf("no %s", what)
		}
		text := b.do(t, 0, "list", what)
		if n := strings.Count(text, "\n"); n != len(items)+1 {
			t.Errorf("%s: %d lines for %d items and a heading", what, n, len(items))
		}
		for _, item := range items {
			name, _ := item[key].(string)
			if name == "" {
				t.Errorf("%s: no %s in %v", what, key, item)
			}
			wantAll(t, text, name)
		}
	}
}

// TestListClauses has every clause, with editions and cases.
func TestListClauses(t *testing.T) {
	b := everyday(t)
	var items []struct {
		ID       string
		Editions []string
		Cases    []string
	}
	if err := json.Unmarshal([]byte(b.do(t, 0, "list", "clauses", "-format", "json")), &items); err != nil {
		t.Fatal(err)
	}
	if len(items) != len(clause.All()) {
		t.Errorf("%d clauses of %d", len(items), len(clause.All()))
	}
	for _, c := range items {
		if c.Cases == nil || !slices.Contains(c.Editions, "manual") {
			t.Errorf("%+v", c)
		}
		if want := []string{"short-write"}; c.ID == "R-STREAM" && !slices.Equal(c.Cases, want) {
			t.Errorf("R-STREAM is covered by %v", c.Cases)
		}
	}
}

// TestExplainClause tells where the editions agree and where they do not.
func TestExplainClause(t *testing.T) {
	b := everyday(t)
	wantAll(t, b.do(t, 0, "explain", "W-FULL"),
		"Clause W-FULL", "all: SHOULD_WAIT", "Sources", "manual      docs/syscalls/socket_write.md, ERRORS, MX_ERR_SHOULD_WAIT, at 20fa265d99e9", "No case of the suite covers it", "bent-full (bent)")
	wantAll(t, b.do(t, 0, "explain", "H-DIRECTION"),
		"manual      inbound of h ends", "kernel2017  outbound of h ends", "Covered by 1 case", "half-close")
	wantAll(t, b.do(t, 0, "explain", "P-CREATE"), "ports", "D-INTERRUPTS (zircon)")
	if small := b.do(t, 0, "explain", "w-full"); small != b.do(t, 0, "explain", "W-FULL") {
		t.Errorf("w-full is not explained as W-FULL is: %s", small)
	}
	wantAll(t, b.do(t, 0, "explain", "L-ACCOUNT"), "this project decides: ")
}

// TestExplainDeparture tells what a kernel does, what is done here and why.
func TestExplainDeparture(t *testing.T) {
	b := everyday(t)
	wantAll(t, b.do(t, 0, "explain", "d-phantom"), "Departure D-PHANTOM", "The kernel: ", "Here: ", "Why: ",
		"FreeMBuf", "at 20fa265d99e9", "R-DGRAM", "No case of the suite covers it")
	wantAll(t, b.do(t, 0, "explain", "D-POINTERS"), "a test does: cmd/libmx")
}

// TestExplainCase shows the lines of a case and what came of it.
func TestExplainCase(t *testing.T) {
	text := everyday(t).do(t, 0, "explain", "short-write")
	wantAll(t, text, "suite.mx, line 2", "for manual and kernel2017", `write a "HELLO-WORLD" -> OK 5`,
		"W-STREAM-SHORT", "mx:manual        pass", "bent:manual      differs: bent-full",
		"gone:manual      not available: this machine is too old")
}

// TestExplainDivergence shows where a divergence shows, or that it does not.
func TestExplainDivergence(t *testing.T) {
	b := everyday(t)
	wantAll(t, b.do(t, 0, "explain", "bent-full"), "Divergence bent-full", "It mistakes", "this test", "W-FULL",
		"On this machine: 1 case on bent", "contract  SHOULD_WAIT", "short-write")
	wantAll(t, b.do(t, 0, "explain", "bent-mode"), "why calls are unsupported", "On this machine: 1 case on bent")
	b.suite = b.suite[1:3]
	wantAll(t, b.do(t, 0, "explain", "bent-full"), "On this machine: not seen")
}

// TestReplay shows every call, what differs, and why a line of the case does
// not hold any more.
func TestReplay(t *testing.T) {
	b := everyday(t)
	wantAll(t, b.do(t, 0, "replay", "short-write"),
		"short-write on mx:manual", "short-write on mx:kernel2017", `write a "-WORLD" -> SHOULD_WAIT`, "  pass\n")
	text := b.do(t, 0, "replay", "short-write", "-backend", "bent:manual")
	wantAll(t, text, `> write a "-WORLD" -> NO_MEMORY`, "wanted SHOULD_WAIT", "named  bent-full", "differs: bent-full")
	wantAll(t, b.do(t, 0, "replay", "fault", "-backend", "bent:manual"), "> create datagram -> unsupported: it has no datagrams", "1 more line not carried out")
	wantAll(t, b.do(t, 0, "replay", "fault", "-backend", "mx:kernel2017"), "not-applicable")
	wantAll(t, b.do(t, 0, "replay", "fault", "-backend", "gone"), "not available: this machine is too old")

	wrong := newBench(t, newBent(true), liar())
	wantAll(t, wrong.do(t, 1, "replay", "half-close", "-backend", "bent:manual"),
		"wanted BAD_STATE", "no divergence describes this", "unexplained")
	wantAll(t, wrong.do(t, 1, "replay", "short-write", "-backend", "liar:manual"),
		`write a "HELLO-WORLD" -> OK 11`, "wanted OK 5", "3 more lines not carried out", "fail")
}

// TestReplayAfterADifference shows the case's own line beside an answer that
// is right only in the state that a difference has led to.
func TestReplayAfterADifference(t *testing.T) {
	b := everyday(t)
	b.stdin = strings.NewReader(`case odd
create stream capacity=1 -> OK a b
write a "x" -> OK 1
write a "y" -> SHOULD_WAIT
read b 1 -> OK "z"
`)
	wantAll(t, b.do(t, 0, "replay", "-", "-backend", "bent:manual"), `read b 1 -> OK "x"`, `the case has OK "z"`)
}

// TestInterrupted breaks a run off in the middle: the report so far comes out
// and says that it is partial, and so does the exit status.
func TestInterrupted(t *testing.T) {
	for _, args := range [][]string{{"compare"}, {"run"}, {"run", "-format", "markdown"}} {
		ctx, cancel := context.WithCancel(t.Context())
		f := model("mx")
		f.booted = cancel
		b := newBench(t, f)
		for range 200 {
			b.suite = append(b.suite, b.suite[0])
		}
		wantAll(t, b.doUnder(ctx, t, 1, args...), "PARTIAL")
		wantAll(t, b.err.String(), "interrupted", "partial")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, args := range [][]string{{"replay", "short-write"}, {"explain", "bent-full"}, {"explain", "short-write"}} {
		b := newBench(t, model("mx"), newBent(false))
		b.doUnder(ctx, t, 1, args...)
		wantAll(t, b.err.String(), "interrupted")
	}
}
