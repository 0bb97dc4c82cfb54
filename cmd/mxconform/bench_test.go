package main

import (
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	speed "mx.example/conformance/bench"
	"mx.example/conformance/report/text"
	"mx.example/handle"
)

// aReport is one of a run that nobody made: rounds of whole numbers.
const oddName = `<b>&"odd`

func aReport() *speed.Report {
	r := &speed.Report{Workloads: speed.Workloads(), Rounds: 2, CellSeconds: 0.04, Seconds: 41}
	r.Environment.OS, r.Environment.Arch, r.Environment.Go = "os", "arch", "go1"
	r.Environment.CPU, r.Environment.CPUs, r.Environment.GOMAXPROCS = "cpu & co", 2, 2
	r.Contestants = []speed.Contestant{
		{Name: speed.StreamOf(handle.Manual), Kind: speed.InProcess, Available: true, About: "streams"},
		{Name: speed.StreamOf(handle.Zircon), Kind: speed.InProcess, Available: true},
		{Name: speed.DatagramOf(handle.Manual), Kind: speed.InProcess, Datagrams: true, Available: true},
		{Name: oddName, Kind: speed.Descriptors, Available: true},
		{Name: "gone", Kind: speed.Descriptors, Why: "this machine is too old"},
		{Name: speed.Ring, Kind: speed.Limit, Available: true},
	}
	add := func(workload, contestant string, param int, rounds ...float64) {
		r.Results = append(r.Results, &speed.Result{Workload: workload, Contestant: contestant, Param: param, Sample: rounds})
	}
	for i, name := range []string{speed.StreamOf(handle.Manual), speed.StreamOf(handle.Zircon), oddName, speed.Ring} {
		f := float64(i + 1)
		for _, size := range []int{1, 256, 1 << 10, 64 << 10} {
			add(speed.WriteRead, name, size, 20*f, 30*f)
		}
		add(speed.Stream, name, 64<<10, 1000*f, 2000*f)
		add(speed.StreamBlocking, name, 64<<10, 500*f, 500*f)
		add(speed.PingPong, name, 0, 300*f, 300*f)
		add(speed.CreateClose, name, 0, 123456*f, 123456*f)
		add(speed.Memory, name, 0, 400*f, 400*f)
		r.Results = append(r.Results, &speed.Result{Workload: speed.Latency, Contestant: name, Laps: 100,
			At: slices.Repeat([]speed.Sample{{700 * f, 900 * f}}, len(speed.Percentiles))})
	}
	add(speed.Tables, speed.OneTable, 0, 50, 50)
	add(speed.Tables, speed.TwoTables, 0, 100, 100)
	for _, n := range []int{2, 1_000_000} {
		add(speed.Handles, speed.StreamOf(handle.Manual), n, 10, 10)
		add(speed.HandlesAny, speed.StreamOf(handle.Manual), n, float64(n), float64(n))
	}
	r.Results[0].Allocs = 3
	return r
}

// rendered is a report in a form.
func rendered(t *testing.T, r *speed.Report, format string) string {
	t.Helper()
	b := newBench(t, model("mx"))
	rf := &reportFlags{format: choice{value: format}}
	if err := b.benchmarked(r, rf); err != nil {
		t.Fatal(err)
	}
	return b.out.String()
}

func TestBenchText(t *testing.T) {
	text := rendered(t, aReport(), formatText)
	wantAll(t, text,
		"cpu & co, 2 CPUs, GOMAXPROCS 2",
		"2 rounds, interleaved; 40ms for each cell of each; 41s in all",
		"Not here  gone: this machine is too old",
		"mx-stream:manual over",
		"0.33 ±0%",      // over the third, whatever the size
		"123,456 ±0%",   // create+close
		"25.0 ±10%",     // 20 and 30
		"49,152 ±17%",   // 64 KiB in 1,000 and in 2,000 ns: 65,536 and 32,768 MB/s
		"0.50 ±0%",      // one table over two
		"1,000,000 ±0%", // handles at random
	)
}

// A column of numbers ends at the same place in every row, and a table that
// has minor columns leaves them out.
func TestBenchTableText(t *testing.T) {
	p := &text.Page{}
	table := benchTable{"Title", "About.", []benchHead{{"one", false}, {"between", true}, {"largest", false}},
		[]benchRow{{"group", nil}, {"a", []string{"1", "2", "3"}}, {"longer", []string{"10,000 ±5%", "–", "–"}}}}
	table.text(p)
	want := `
  Title
  About.
                   one  largest
  group
    a                1        3
    longer  10,000 ±5%        –
`
	if got := p.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestBenchJSON(t *testing.T) {
	var got struct {
		Schema  string `json:"schema"`
		Results []any  `json:"results"`
	}
	if err := json.Unmarshal([]byte(rendered(t, aReport(), formatJSON)), &got); err != nil {
		t.Fatal(err)
	}
	if got.Schema != speed.Schema || len(got.Results) != len(aReport().Results) {
		t.Errorf("schema %q, %d results", got.Schema, len(got.Results))
	}
}

// A report of nothing is one that says so, in either form.
func TestBenchOfNothing(t *testing.T) {
	for _, format := range []string{formatText, formatJSON} {
		r := &speed.Report{Partial: true}
		b := newBench(t, model("mx"))
		if err := b.benchmarked(r, &reportFlags{format: choice{value: format}}); err != errInterrupted {
			t.Errorf("%s: %v", format, err)
		}
		wantAll(t, strings.ToLower(b.out.String()), "partial")
	}
}

// A ratio that moves too much is no fact, and the report says why.
func TestBenchNoisy(t *testing.T) {
	r := aReport()
	wantNone(t, rendered(t, r, formatText), "oisy")
	for _, x := range r.Results {
		if x.Workload == speed.PingPong && x.Contestant == speed.Ring {
			x.Sample = speed.Sample{100, 1000}
		}
	}
	out := rendered(t, r, formatText)
	wantAll(t, out, "too noisy", "Noisy     1 of ", "-for")
	if n := strings.Count(out, "too noisy"); n != 1 {
		t.Errorf("%d ratios are too noisy, want 1", n)
	}
}

// A run that was broken off, or lost a cell, has gaps: in any row, the first
// one too.
func TestBenchGaps(t *testing.T) {
	whole := aReport()
	for i := range whole.Results {
		r := aReport()
		r.Results = slices.Delete(r.Results, i, i+1)
		for _, format := range []string{formatText, formatJSON} {
			wantAll(t, rendered(t, r, format), "go1")
		}
	}
	r := aReport()
	r.Results = slices.DeleteFunc(r.Results, func(x *speed.Result) bool {
		return x.Workload == speed.Handles && x.Param == 1_000_000
	})
	wantAll(t, rendered(t, r, formatText), "write+read, one pair      10.0 ±0%              –\n")
}

// What fails in this process is a fault; a descriptor may be one too many.
func TestBenchFailing(t *testing.T) {
	for name, want := range map[string]error{oddName: nil, speed.Ring: errBad, speed.OneTable: errBad} {
		r := aReport()
		r.Results = append(r.Results, &speed.Result{Workload: speed.PingPong, Contestant: name, Err: "too many open files"})
		b := newBench(t, model("mx"))
		if err := b.benchmarked(r, &reportFlags{format: choice{value: formatText}}); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", name, err, want)
		}
		wantAll(t, b.out.String(), "Failed", name+": too many open files")
	}
}

func TestBenchUsage(t *testing.T) {
	b := newBench(t, model("mx"))
	for args, want := range map[string]string{
		"bench mx":               "no arguments",
		"bench -rounds 0":        "at least 1",
		"bench -rounds -3":       "at least 1",
		"bench -rounds many":     "-rounds",
		"bench -for 0s":          "-for 0s",
		"bench -for -1s":         "-for -1s",
		"bench -for 10":          "-for",
		"bench -only write":      "write+read",
		"bench -only ping-pong,": `""`,
		"bench -format junit":    "text or json",
		"bench -o no/such/dir/x": "no/such/dir",
		"bench -round 5":         "-rounds",
	} {
		if out := b.do(t, 2, strings.Fields(args)...); out != "" {
			t.Errorf("%s: output with a usage error: %s", args, out)
		}
		wantAll(t, b.err.String(), want)
	}
}

// The command measures, if only for a moment, and says what was measured.
func TestBenchCommand(t *testing.T) {
	b := newBench(t, model("mx"))
	name := filepath.Join(t.TempDir(), "bench.json")
	b.do(t, 0, "bench", "-rounds", "1", "-for", "1ms", "-only", "write+read,ping-pong", "-format", "json", "-o", name)
	wantAll(t, content(t, name), speed.Schema, "two-channels", "65536")
	wantNone(t, content(t, name), speed.Tables)
	out := b.do(t, 0, "bench", "-rounds", "1", "-for", "1ms", "-only", "tables")
	wantAll(t, out, "one-table over", "1 round, interleaved;")
	wantNone(t, out, "write+read", "±1") // of one round there is no spread
}

func TestBenchInterrupted(t *testing.T) {
	b := newBench(t, model("mx"))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	wantAll(t, b.doUnder(ctx, t, 1, "bench"), "interrupted")
	wantAll(t, b.err.String(), "partial")
}

func TestNumber(t *testing.T) {
	for v, want := range map[float64]string{0: "0.000", 0.0123: "0.012", 0.0999: "0.10", 0.5: "0.50", 9.999: "10.0", 37.06: "37.1", 99.99: "100", 999.6: "1,000", 1234567: "1,234,567"} {
		if got := number(v); got != want {
			t.Errorf("number(%v) = %q, want %q", v, got, want)
		}
	}
	for n, want := range map[float64]string{-1: "–", 0.004: "0", 0.5: "0.5", 2.99: "3", 3: "3", 3.25: "3.2"} {
		if got := allocations(n); got != want {
			t.Errorf("allocations(%v) = %q, want %q", n, got, want)
		}
	}
}
