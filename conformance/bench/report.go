package bench

import "slices"

// A Report is what came of a [Run]. As JSON it is one object of the schema
// "mxconform-bench/1"; see [Report.MarshalJSON].
type Report struct {
	Environment Environment
	Contestants []Contestant
	Workloads   []Workload // that were to be measured
	Results     []*Result
	Rounds      int
	// CellSeconds is how long a contestant was to be at a workload in a round,
	// and was unless the machine became slower. Seconds is how long all took.
	CellSeconds, Seconds float64
	// Partial says that not every cell was run in every round.
	Partial bool
}

// A Result is what was measured of a workload on a contestant.
type Result struct {
	Workload, Contestant string
	// Param is the value of the parameter of the workload; 0 if it has none.
	Param int
	// Sample has nanoseconds a turn; of [Memory], bytes a pair; of latencies
	// it is nil, and they are in At.
	Sample Sample
	// Allocs is the least number of allocations a turn of any round. The
	// runtime makes some of its own, so that what is below a hundredth says
	// nothing.
	Allocs float64
	// At has nanoseconds a round trip at each of the [Percentiles], of a
	// latency; Laps is how many round trips there were a round.
	At   []Sample
	Laps int
	// Err says why there is no more, if something failed.
	Err string
}

// Of is the result of a cell, or nil if there is none with a value.
func (r *Report) Of(workload, contestant string, param int) *Result {
	for _, x := range r.Results {
		if x.Workload == workload && x.Contestant == contestant && x.Param == param && x.measured() {
			return x
		}
	}
	return nil
}

func (x *Result) measured() bool { return x.Sample != nil || x.At != nil }

// Params are the values of the parameter that a workload was measured with, in
// ascending order; a single 0 if it has no parameter.
func (r *Report) Params(workload string) []int {
	var params []int
	for _, x := range r.Results {
		if x.Workload == workload && x.measured() && !slices.Contains(params, x.Param) {
			params = append(params, x.Param)
		}
	}
	slices.Sort(params)
	return params
}

// BytesPerSecond is what a time a turn comes to, or 0 where a turn carries
// nothing or nothing was measured.
func (x *Result) BytesPerSecond() float64 {
	m := x.Sample.Median()
	if m == 0 || x.Workload != WriteRead && x.Workload != Stream && x.Workload != StreamBlocking {
		return 0
	}
	return float64(x.Param) / m * 1e9
}
