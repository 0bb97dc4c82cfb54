package compare

import (
	"syscall"
	"testing"

	"mx.example/conformance"
	"mx.example/conformance/trace"
)

// TestContrast finds the first call on which two backends differ.
func TestContrast(t *testing.T) {
	step := func(line int, call, got string) conformance.StepResult {
		return conformance.StepResult{Line: line, Call: call, Got: got}
	}
	type steps []conformance.StepResult
	open, wait := step(1, "create stream", "OK a b"), step(2, "write a", "SHOULD_WAIT")
	errno := step(2, "write a", "SHOULD_WAIT (EAGAIN)")
	errno.Errno = syscall.EAGAIN
	started := wait
	started.Kind, started.Got = trace.Start, ""
	for _, test := range []struct {
		name        string
		a, b        steps
		cutA, cutB  bool // ended before the last line
		left, right string
		own         bool
	}{
		{name: "the same", a: steps{open, wait}, b: steps{open, wait}},
		{name: "an errno is no difference", a: steps{open, wait}, b: steps{open, errno}},
		{name: "an answer", a: steps{open, wait}, b: steps{open, step(2, "write a", "OK 1")}, left: "SHOULD_WAIT", right: "OK 1"},
		{name: "one has ended", a: steps{open, wait}, b: steps{open}, cutB: true, left: "SHOULD_WAIT"},
		{name: "the other has ended", a: steps{open}, cutA: true, b: steps{open, wait}, right: "SHOULD_WAIT"},
		{name: "a line more", a: steps{open, wait}, b: steps{open}, left: "SHOULD_WAIT", own: true},
		{
			name: "lines of their own", own: true, left: "1", right: "2",
			a: steps{open, step(2, "write a", "1"), step(4, "close a", "OK")},
			b: steps{open, step(3, "write b", "2"), step(4, "close a", "OK")},
		},
		{
			name: "the same call on two lines", left: "OK 1", right: "BAD_STATE",
			a: steps{open, step(2, "write a", "OK 1")},
			b: steps{open, step(3, "write b", "OK 1"), step(4, "write a", "BAD_STATE")},
		},
		{
			name: "beyond lines of its own", left: "x", right: "y",
			a: steps{open, step(2, "write a", "OK 1"), step(4, "read b", "x")},
			b: steps{open, step(4, "read b", "y")},
		},
		{name: "started or made", own: true, a: steps{started}, b: steps{wait}, left: "", right: "SHOULD_WAIT"},
	} {
		x := contrastOf(side{test.a, !test.cutA}, side{test.b, !test.cutB})
		got := func(s *conformance.StepResult) string {
			if s == nil {
				return ""
			}
			return s.Got
		}
		differs := x.Left != nil || x.Right != nil
		if got(x.Left) != test.left || got(x.Right) != test.right || differs && x.Own != test.own {
			t.Errorf("%s: %+v and %+v, own lines %v", test.name, x.Left, x.Right, x.Own)
		}
	}
}
