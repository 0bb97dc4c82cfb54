package conformance

import (
	"context"
	"syscall"
	"time"

	"mx.example/conformance/trace"
	"mx.example/handle"
	"mx.example/status"
)

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
)

// Outcomes are all of them, in the order in which reports count them.
func Outcomes() []Outcome {
	return []Outcome{Pass, Fail, Differs, Unexplained, UnsupportedCase, NotApplicable}
}

// Bad reports whether the outcome is one that must not be.
func (o Outcome) Bad() bool { return o == Fail || o == Unexplained }

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
	Errno  syscall.Errno
	// Judged is Pass, or what the call made of the case.
	Judged Outcome
	// Divergence is the name of the difference, if there is one.
	Divergence string
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
