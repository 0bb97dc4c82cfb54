package bench

import "encoding/json"

// Schema names the form of a report as JSON.
const Schema = "mxconform-bench/1"

type jsonReport struct {
	Schema      string       `json:"schema"`
	Environment Environment  `json:"environment"`
	Partial     bool         `json:"partial"`
	Rounds      int          `json:"rounds"`
	CellSeconds float64      `json:"cell_seconds"`
	Seconds     float64      `json:"seconds"`
	Contestants []Contestant `json:"contestants"`
	Workloads   []Workload   `json:"workloads"`
	Ratios      []jsonRatio  `json:"ratios"`
	Results     []jsonResult `json:"results"`
}

type jsonRatio struct {
	Workload string      `json:"workload"`
	Of       jsonKey     `json:"of"`
	Over     jsonKey     `json:"over"`
	Times    *jsonSample `json:"times"`
}

type jsonKey struct {
	Contestant   string `json:"contestant"`
	MessageBytes *int   `json:"message_bytes"`
	LiveHandles  *int   `json:"live_handles"`
}

type jsonResult struct {
	Workload string `json:"workload"`
	jsonKey
	NsPerOp        *jsonSample      `json:"ns_per_op"`
	BytesPerSecond *float64         `json:"bytes_per_second"`
	AllocsPerOp    *float64         `json:"allocs_per_op"`
	BytesPerPair   *jsonSample      `json:"bytes_per_pair"`
	RoundTrips     *int             `json:"round_trips_per_round"`
	RoundTripNs    []jsonPercentile `json:"round_trip_ns"`
	Err            string           `json:"error"`
}

type jsonSample struct {
	Median float64 `json:"median"`
	Lower  float64 `json:"lower_quartile"`
	Upper  float64 `json:"upper_quartile"`
	Rounds Sample  `json:"rounds"`
}

type jsonPercentile struct {
	Percentile float64 `json:"percentile"`
	jsonSample
}

// MarshalJSON writes the report as one object of the schema
// "mxconform-bench/1", where SAMPLE is
// {"median", "lower_quartile", "upper_quartile", "rounds": [number]}:
//
//	{"schema",
//	 "environment": {"os", "kernel", "arch", "go", "cpu", "cpus", "gomaxprocs",
//	   "load_1_minute", "clock_ns"},
//	 "partial", "rounds", "cell_seconds", "seconds",
//	 "contestants": [{"name", "kind", "datagrams", "about", "available", "why"}],
//	 "workloads": [{"name", "about", "parameter"}],
//	 "ratios": [{"workload",
//	   "of": {"contestant", "message_bytes", "live_handles"},
//	   "over": {"contestant", "message_bytes", "live_handles"},
//	   "times": SAMPLE}],
//	 "results": [{"workload", "contestant", "message_bytes", "live_handles",
//	   "ns_per_op": SAMPLE, "bytes_per_second", "allocs_per_op",
//	   "bytes_per_pair": SAMPLE, "round_trips_per_round",
//	   "round_trip_ns": [{"percentile", and what a SAMPLE has}],
//	   "error"}]}
//
// Every field is always there; what says nothing about a result is null, and
// of a list []. A contestant is at work for about cell_seconds in a round, and
// four times as long where its round trips are noted singly. The bytes_per_second
// follow from the median.
func (r *Report) MarshalJSON() ([]byte, error) {
	out := jsonReport{
		Schema: Schema, Environment: r.Environment, Partial: r.Partial, Rounds: r.Rounds,
		CellSeconds: r.CellSeconds, Seconds: r.Seconds,
		Contestants: append([]Contestant{}, r.Contestants...),
		Workloads:   append([]Workload{}, r.Workloads...),
		Ratios:      []jsonRatio{}, Results: []jsonResult{},
	}
	parameters := map[string]string{}
	for _, w := range r.Workloads {
		parameters[w.Name] = w.Parameter
	}
	key := func(workload, contestant string, param int) jsonKey {
		k := jsonKey{Contestant: contestant}
		switch parameters[workload] {
		case MessageBytes:
			k.MessageBytes = &param
		case LiveHandles:
			k.LiveHandles = &param
		}
		return k
	}
	for _, x := range r.Ratios() {
		out.Ratios = append(out.Ratios, jsonRatio{x.Workload, key(x.Workload, x.Of, x.Param),
			key(x.Workload, x.Over, x.OverParam), sampleJSON(x.Sample)})
	}
	for _, x := range r.Results {
		j := jsonResult{Workload: x.Workload, jsonKey: key(x.Workload, x.Contestant, x.Param), RoundTripNs: []jsonPercentile{}, Err: x.Err}
		switch {
		case x.At != nil:
			j.RoundTrips = &x.Laps
			for i, s := range x.At {
				j.RoundTripNs = append(j.RoundTripNs, jsonPercentile{Percentiles[i], *sampleJSON(s)})
			}
		case x.Sample != nil && x.Workload == Memory:
			j.BytesPerPair = sampleJSON(x.Sample)
		case x.Sample != nil:
			j.NsPerOp, j.AllocsPerOp = sampleJSON(x.Sample), &x.Allocs
			if v := x.BytesPerSecond(); v != 0 {
				j.BytesPerSecond = &v
			}
		}
		out.Results = append(out.Results, j)
	}
	return json.Marshal(out)
}

func sampleJSON(s Sample) *jsonSample {
	return &jsonSample{s.Median(), s.Quantile(0.25), s.Quantile(0.75), s}
}
