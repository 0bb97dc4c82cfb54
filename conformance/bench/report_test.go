package bench

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"mx.example/conformance"
)

// small is a report that has one of everything.
func small() *Report {
	load := 0.5
	return &Report{
		Environment: Environment{
			Environment: conformance.Environment{OS: "os", Kernel: "1", Arch: "arch", Go: "go"},
			CPU:         "cpu", CPUs: 2, GOMAXPROCS: 2, Load: &load, Clock: 20,
		},
		Contestants: []Contestant{
			{Name: "mx-stream:manual", Kind: InProcess, Available: true},
			{Name: "mx-stream:zircon", Kind: InProcess, Available: true},
			{Name: "mx-dgram:manual", Kind: InProcess, Datagrams: true, Available: true},
			{Name: "mx-dgram:zircon", Kind: InProcess, Datagrams: true, Available: true},
			{Name: "pipe", Kind: Descriptors, Available: true},
			{Name: "unix-dgram", Kind: Descriptors, Datagrams: true, Why: "not today"},
			{Name: "limit-ring", Kind: Limit, Available: true},
		},
		Workloads: []Workload{{WriteRead, "w", MessageBytes}, {Latency, "l", ""}, {Memory, "m", ""}, {Tables, "t", ""}, {Handles, "h", LiveHandles}},
		Results: []*Result{
			{Workload: WriteRead, Contestant: "mx-stream:manual", Param: 1, Sample: Sample{20, 10}, Allocs: 0.5},
			{Workload: WriteRead, Contestant: "mx-stream:zircon", Param: 1, Sample: Sample{20, 10}},
			{Workload: WriteRead, Contestant: "mx-dgram:manual", Param: 1, Sample: Sample{30, 30}},
			{Workload: WriteRead, Contestant: "mx-dgram:zircon", Param: 1, Sample: Sample{30, 30}},
			{Workload: WriteRead, Contestant: "pipe", Param: 1, Sample: Sample{200, 200}},
			{Workload: WriteRead, Contestant: "limit-ring", Param: 1, Err: "broken"},
			{Workload: Latency, Contestant: "pipe", At: slices.Repeat([]Sample{{5}}, len(Percentiles)), Laps: 7},
			{Workload: Memory, Contestant: "mx-stream:manual", Sample: Sample{400, 400}},
			{Workload: Tables, Contestant: OneTable, Sample: Sample{50}},
			{Workload: Tables, Contestant: TwoTables, Sample: Sample{25}},
			{Workload: Handles, Contestant: "mx-stream:manual", Param: 2, Sample: Sample{10}},
			{Workload: Handles, Contestant: "mx-stream:manual", Param: 100, Sample: Sample{15}},
		},
		Rounds: 2, CellSeconds: 0.25, Seconds: 9,
	}
}

func TestRatios(t *testing.T) {
	var got []string
	for _, x := range small().Ratios() {
		got = append(got, fmt.Sprintf("%s %d %s/%s %d %v", x.Workload, x.Param, x.Of, x.Over, x.OverParam, x.Sample))
	}
	want := []string{
		"write+read 1 mx-stream:manual/pipe 1 [0.1 0.05]",
		"write+read 1 mx-dgram:manual/mx-stream:manual 1 [1.5 3]",
		"write+read 1 mx-stream:zircon/mx-stream:manual 1 [1 1]",
		"write+read 1 mx-dgram:zircon/mx-dgram:manual 1 [1 1]",
		"tables 0 one-table/two-tables 0 [2]",
		"handles 100 mx-stream:manual/mx-stream:manual 2 [1.5]",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// The schema is as it is documented: any change of a name is a new one.
func TestJSON(t *testing.T) {
	text, err := json.Marshal(small())
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{
		`{"schema":"mxconform-bench/1","environment":{"os":"os","kernel":"1","arch":"arch","go":"go","cpu":"cpu","cpus":2,"gomaxprocs":2,"load_1_minute":0.5,"clock_ns":20},"partial":false,"rounds":2,"cell_seconds":0.25,"seconds":9,"contestants":[`,
		`{"name":"unix-dgram","kind":"descriptors","datagrams":true,"about":"","available":false,"why":"not today"}`,
		`"workloads":[{"name":"write+read","about":"w","parameter":"message_bytes"},`,
		`"ratios":[{"workload":"write+read","of":{"contestant":"mx-stream:manual","message_bytes":1,"live_handles":null},"over":{"contestant":"pipe","message_bytes":1,"live_handles":null},"times":{"median":0.07500000000000001,"lower_quartile":0.0625,"upper_quartile":0.08750000000000001,"rounds":[0.1,0.05]}}`,
		`{"workload":"handles","of":{"contestant":"mx-stream:manual","message_bytes":null,"live_handles":100},"over":{"contestant":"mx-stream:manual","message_bytes":null,"live_handles":2},`,
		`"results":[{"workload":"write+read","contestant":"mx-stream:manual","message_bytes":1,"live_handles":null,"ns_per_op":{"median":15,"lower_quartile":12.5,"upper_quartile":17.5,"rounds":[20,10]},"bytes_per_second":66666666.666666664,"allocs_per_op":0.5,"bytes_per_pair":null,"round_trips_per_round":null,"round_trip_ns":[],"error":""}`,
		`{"workload":"write+read","contestant":"limit-ring","message_bytes":1,"live_handles":null,"ns_per_op":null,"bytes_per_second":null,"allocs_per_op":null,"bytes_per_pair":null,"round_trips_per_round":null,"round_trip_ns":[],"error":"broken"}`,
		`"round_trips_per_round":7,"round_trip_ns":[{"percentile":50,"median":5,"lower_quartile":5,"upper_quartile":5,"rounds":[5]},`,
		`{"workload":"memory","contestant":"mx-stream:manual","message_bytes":null,"live_handles":null,"ns_per_op":null,"bytes_per_second":null,"allocs_per_op":null,"bytes_per_pair":{"median":400,`,
	} {
		if !strings.Contains(string(text), part) {
			t.Errorf("no %s in\n%s", part, text)
		}
	}
	empty, err := json.Marshal(&Report{})
	if err != nil || strings.Contains(string(empty), `:null,"rounds"`) {
		t.Errorf("an empty report: %s, %v", empty, err)
	}
	for _, list := range []string{"contestants", "workloads", "ratios", "results"} {
		if !strings.Contains(string(empty), `"`+list+`":[]`) {
			t.Errorf("an empty report has no empty list of %s: %s", list, empty)
		}
	}
}
