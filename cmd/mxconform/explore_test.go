package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mx.example/conformance/explore"
	"mx.example/conformance/inproc"
)

// Two shards that are merged are the whole campaign.
func TestExploreShards(t *testing.T) {
	b := newBench(t, inproc.Backend())
	dir := t.TempDir()
	report := func(name string, args ...string) (r explore.Report) {
		t.Helper()
		file := filepath.Join(dir, name)
		b.do(t, 0, append(args, "-format", "json", "-o", file)...)
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(text, &r); err != nil {
			t.Fatal(err)
		}
		return r
	}
	whole := report("whole", "explore", "-seed", "9", "-n", "5000")
	report("part0", "explore", "-seed", "9", "-n", "5000", "-shard", "0/2")
	report("part1", "explore", "-seed", "9", "-n", "5000", "-shard", "1/2")
	merged := report("merged", "merge", filepath.Join(dir, "part1"), filepath.Join(dir, "part0"))
	if len(merged.Backends) != len(whole.Backends) || len(merged.Done) != 2 {
		t.Fatalf("merged: %d backends, shards %v", len(merged.Backends), merged.Done)
	}
	for i, w := range whole.Backends {
		m := merged.Backends[i]
		if w.Calls != 5000 || m.Calls != w.Calls || m.Sequences != w.Sequences || m.Seen != w.Seen {
			t.Errorf("%s: %d calls in %d sequences, merged %d in %d", w.Name, w.Calls, w.Sequences, m.Calls, m.Sequences)
		}
	}

	wantAll(t, b.do(t, 0, "merge", filepath.Join(dir, "part0")), "shard 0 of 2")
	report("other", "explore", "-seed", "10", "-n", "5000", "-shard", "1/2")
	for name, want := range map[string]string{
		"other": "seed", "part0": "twice", "none": "none",
	} {
		b.do(t, 2, "merge", filepath.Join(dir, "part0"), filepath.Join(dir, name))
		wantAll(t, b.err.String(), want)
	}
}

// What is found is written to a case file, and the command that is printed
// shows it again.
func TestExploreFindsAndReplays(t *testing.T) {
	b := newBench(t, liar())
	dir := t.TempDir()
	out := b.do(t, 1, "explore", "-backend", "liar:manual", "-n", "3000", "-cases", dir)
	wantAll(t, out, "FAILED", "write: other count with OK", "mxconform replay ", "editions manual")
	var command string
	for l := range strings.Lines(out[strings.Index(out, "other count"):]) {
		if l = strings.TrimSpace(l); strings.HasPrefix(l, "mxconform replay ") {
			command = l
			break
		}
	}
	words := strings.Fields(command)
	if len(words) != 5 {
		t.Fatalf("the command is %q", command)
	}
	b.do(t, 1, words[1:]...)
}

func TestExploreInterrupted(t *testing.T) {
	b := newBench(t, inproc.Backend())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, args := range []string{"explore -for 1h", "explore -exhaustive"} {
		out := b.doUnder(ctx, t, 1, strings.Fields(args)...)
		wantAll(t, out, "mx:manual", "Interrupted")
		wantAll(t, b.err.String(), "interrupted")
	}
}

// A kind whose buffers are the host's has no small world, and nothing to say
// against it.
func TestExhaustiveOfDescriptors(t *testing.T) {
	b := newBench(t, newBent(false))
	wantAll(t, b.do(t, 0, "explore", "-exhaustive", "-backend", "bent"), "not available")
}

func TestExploreUsage(t *testing.T) {
	b := newBench(t, inproc.Backend())
	for args, want := range map[string]string{
		"explore mx":                 "no arguments",
		"explore -backend mxx":       "mx",
		"explore -n 5 -for 1s":       "-for",
		"explore -exhaustive -n 5":   "-exhaustive",
		"explore -for -1s":           "-1s",
		"explore -shard 2/2":         "0/8 to 7/8",
		"explore -shard 1":           "0/8",
		"explore -cases no/such/dir": "no/such/dir",
		"merge":                      "-shard",
		"merge no-such-file":         "no-such-file",
		"merge explore_test.go":      "no report",
	} {
		if out := b.do(t, 2, strings.Fields(args)...); out != "" {
			t.Errorf("%s: output with a usage error: %s", args, out)
		}
		wantAll(t, b.err.String(), want)
	}
}
