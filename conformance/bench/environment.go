package bench

import (
	"context"
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"

	"mx.example/conformance"
)

// An Environment is what a number was measured on.
type Environment struct {
	conformance.Environment
	CPU        string `json:"cpu"` // what it calls itself, empty where it does not
	CPUs       int    `json:"cpus"`
	GOMAXPROCS int    `json:"gomaxprocs"`
	// Load is the average number of threads that wanted to run in the minute
	// before, or nil where the system does not tell.
	Load *float64 `json:"load_1_minute"`
	// Clock is what reading the clock takes. Latencies include it once.
	Clock float64 `json:"clock_ns"`
}

func environment() Environment {
	return Environment{
		// A run of no cases says where it ran.
		Environment: conformance.Run(context.Background(), nil, nil, conformance.Options{}).Environment,
		CPU:         cpu(),
		CPUs:        runtime.NumCPU(),
		GOMAXPROCS:  runtime.GOMAXPROCS(0),
		Load:        load(),
		Clock:       clockCost(),
	}
}

// cpu is the name that Linux knows the processor by.
func cpu() string {
	text, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return ""
	}
	return field(string(text), "model name")
}

// field is what follows a name and a colon on a line of text.
func field(text, name string) string {
	for line := range strings.Lines(text) {
		if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

func load() *float64 {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return nil
	}
	first, _, _ := strings.Cut(string(text), " ")
	v, err := strconv.ParseFloat(first, 64)
	if err != nil {
		return nil
	}
	return &v
}

// epoch is what lap times are counted from.
var epoch = time.Now()

func now() int64 { return int64(time.Since(epoch)) }

// clockCost is the median of some readings of many.
func clockCost() float64 {
	const readings = 1000
	var s Sample
	for range 9 {
		start := now()
		for range readings {
			now()
		}
		s = append(s, float64(now()-start)/readings)
	}
	return s.Median()
}
