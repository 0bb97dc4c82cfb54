package conformance

import (
	"runtime"

	"mx.example/conformance/trace"
	"mx.example/handle"
)

// A Report is what came of a [Run]. As JSON it is one object of the schema
// "mxconform/1"; see [Report.MarshalJSON].
type Report struct {
	Environment Environment
	Backends    []BackendInfo
	Cases       []CaseReport
	// Canceled says that not every case was run.
	Canceled bool
}

// Environment is the machine that the cases were run on.
type Environment struct {
	OS     string `json:"os"`
	Kernel string `json:"kernel"` // its release, empty where it is not known
	Arch   string `json:"arch"`
	Go     string `json:"go"`
}

func environment() Environment {
	return Environment{OS: runtime.GOOS, Kernel: kernelRelease(), Arch: runtime.GOARCH, Go: runtime.Version()}
}

// A BackendKind says how a backend is judged.
type BackendKind string

const (
	// InProcess is a backend that has to answer as the cases say.
	InProcess BackendKind = "in-process"
	// PosixFD is a [Diverger]: its differences have to have names.
	PosixFD BackendKind = "posix-fd"
)

// BackendInfo is a backend in one of its editions.
type BackendInfo struct {
	Name      string         `json:"name"` // KIND:EDITION
	Kind      BackendKind    `json:"kind"`
	Edition   handle.Edition `json:"edition"`
	Available bool           `json:"available"`
	Why       string         `json:"why"` // why it is not available, or empty
}

// A CaseReport is what came of one case.
type CaseReport struct {
	Case *trace.Case
	// Results are in the order of Report.Backends; nil where the case was not
	// run.
	Results []*CaseResult
}

// A Summary counts the outcomes of a backend.
type Summary struct {
	Pass          int `json:"pass"`
	Fail          int `json:"fail"`
	Differs       int `json:"differs"`
	Unexplained   int `json:"unexplained"`
	Unsupported   int `json:"unsupported"`
	NotApplicable int `json:"not-applicable"`
}

// Summary counts the outcomes of the backend number i of r.Backends.
func (r *Report) Summary(i int) Summary {
	var s Summary
	for _, c := range r.Cases {
		if c.Results[i] == nil {
			continue
		}
		switch c.Results[i].Outcome {
		case Pass:
			s.Pass++
		case Fail:
			s.Fail++
		case Differs:
			s.Differs++
		case Unexplained:
			s.Unexplained++
		case UnsupportedCase:
			s.Unsupported++
		case NotApplicable:
			s.NotApplicable++
		}
	}
	return s
}

// OK reports whether nothing failed and nothing is unexplained.
func (r *Report) OK() bool {
	for _, c := range r.Cases {
		for _, res := range c.Results {
			if res != nil && res.Outcome.Bad() {
				return false
			}
		}
	}
	return true
}
