package conformance

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"time"

	"mx.example/conformance/internal/host"
	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

// A Report is what came of a [Run]. As JSON it is one object of the schema
// "mxconform/2"; see [Report.MarshalJSON].
type Report struct {
	// Date and Command say when and by what the report was made, if whoever
	// calls [Run] sets them.
	Date        time.Time
	Command     string
	Environment Environment
	Backends    []BackendInfo
	// Divergences are those that the backends know, each name once.
	Divergences []Divergence
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
	return Environment{OS: runtime.GOOS, Kernel: host.Release(), Arch: runtime.GOARCH, Go: runtime.Version()}
}

// BackendInfo is a backend in one of its editions.
type BackendInfo struct {
	Name string `json:"name"` // KIND:EDITION
	// About is what the backend says that it is ([Describer]), or empty.
	About string `json:"about"`
	// Diverges says that the backend is a [Diverger]: an answer that is not
	// the contract's has to have a name. The answers of other backends have to
	// be the contract's.
	Diverges  bool           `json:"diverges"`
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
	// EnvironmentFault counts the cases that the machine got in the way of.
	EnvironmentFault int `json:"environment-fault"`
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
		case EnvironmentFault:
			s.EnvironmentFault++
		}
	}
	return s
}

// OK reports whether nothing failed and nothing is unexplained, but for what is
// expected to, all of that did, and the machine let every case be run.
func (r *Report) OK() bool {
	for _, c := range r.Cases {
		for _, res := range c.Results {
			switch {
			case res == nil:
			case res.Outcome == EnvironmentFault, res.Outcome.Bad() != (res.Expected != ""):
				return false
			}
		}
	}
	return true
}

// News returns the results of cases that were expected to fail and did not.
func (r *Report) News() []*CaseResult {
	var list []*CaseResult
	for _, c := range r.Cases {
		for _, res := range c.Results {
			if res != nil && res.Expected != "" && !res.Outcome.Bad() {
				list = append(list, res)
			}
		}
	}
	return list
}

// A Reason is why cases are unsupported, and how many.
type Reason struct {
	Why   string
	Cases int
}

// Reasons returns why cases are unsupported on the backend number i of
// r.Backends, the most frequent reason first.
func (r *Report) Reasons(i int) []Reason {
	count := make(map[string]int)
	for _, c := range r.Cases {
		if res := c.Results[i]; res != nil && res.Outcome == UnsupportedCase {
			count[res.Reason]++
		}
	}
	return reasons(count)
}

func reasons(count map[string]int) []Reason {
	var list []Reason
	for why, n := range count {
		list = append(list, Reason{why, n})
	}
	slices.SortFunc(list, func(a, b Reason) int {
		return cmp.Or(cmp.Compare(b.Cases, a.Cases), cmp.Compare(a.Why, b.Why))
	})
	return list
}

// An Outcome is what came of a case on a backend. It is empty if the case was
// not run to its end because the context was canceled.
type Outcome string

const (
	// Pass: every call was answered as the contract says.
	Pass Outcome = "pass"
	// Fail: a call was not. It ended the case.
	Fail Outcome = "fail"
	// Differs: a [Diverger] answered otherwise, and each time in a way that
	// one of its divergences describes.
	Differs Outcome = "differs"
	// Unexplained: a [Diverger] answered in a way that none of them describes.
	// It ended the case.
	Unexplained Outcome = "unexplained"
	// UnsupportedCase: the backend has no counterpart for a call. It ended the
	// case.
	UnsupportedCase Outcome = "unsupported"
	// NotApplicable: the case does not speak for the edition.
	NotApplicable Outcome = "not-applicable"
	// EnvironmentFault: the machine refused something that the case needs, such
	// as one more descriptor. It ended the case, and says nothing about the
	// backend. The first line of the detail says what to do about it.
	EnvironmentFault Outcome = "environment-fault"
)

// Outcomes are all of them, in the order in which reports count them.
func Outcomes() []Outcome {
	return []Outcome{Pass, Fail, Differs, Unexplained, UnsupportedCase, NotApplicable, EnvironmentFault}
}

// Bad reports whether the outcome is one that must not be.
func (o Outcome) Bad() bool { return o == Fail || o == Unexplained || o == EnvironmentFault }

// A CaseResult is what came of one case on one backend in one edition. It
// survives being written as JSON and read back.
type CaseResult struct {
	Backend string // KIND:EDITION
	Case    string
	Outcome Outcome
	// Divergences are the names of those that were met, in that order, each
	// once; for an unsupported case the last one says why.
	Divergences []string
	// Detail says, unless the case passed, what happened, in a line or a few.
	Detail string
	// Reason says why the case is unsupported, in words that other cases with
	// the same reason share.
	Reason string
	// Expected is the reason why the case was expected to fail, if it was (see
	// [Expectations]).
	Expected string
	// Hung says that the kernel did not close when the case had ended.
	Hung bool
	// Steps are the calls made, up to the one that ended the judging.
	Steps []StepResult
	Took  time.Duration
}

// A StepResult is one call of a case and what came of it, as text. The call
// and the answers are written as in a case file.
type StepResult struct {
	Line   int            // in the case's file
	Kind   trace.StepKind //
	Actor  string         // who made the call, if it was not the case itself
	Call   string
	Wanted []string // the answers allowed; none if any would do
	Got    string   // empty for a call that was started
	Status status.Status
	Count  uint64 // the bytes that a write, a read or a pump moved
	Errno  status.Errno
	// Judged is Pass, or what the call made of the case.
	Judged Outcome
	// Divergence is the name of the difference, if there is one.
	Divergence string
	// Departs says that the difference left a state that the contract does not
	// lead to. The steps after it are judged from there.
	Departs bool
}

// BackendName is KIND:EDITION, the name that a backend has in reports.
func BackendName(kind string, e handle.Edition) string { return kind + ":" + e.String() }

// An Isolator is a Backend that must run some cases in a process of their own.
type Isolator interface {
	Backend
	// RunIsolated runs the case and returns true, or returns false if it is
	// one that can be run in this process.
	RunIsolated(ctx context.Context, c *trace.Case, e handle.Edition) (CaseResult, bool)
}
