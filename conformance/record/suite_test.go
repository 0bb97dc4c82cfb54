package record_test

import (
	"bytes"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"mx.example/conformance"
	"mx.example/conformance/inproc"
	"mx.example/conformance/record"
	"mx.example/conformance/trace"
	"mx.example/handle"
)

// written is the case that r writes, read back. It has to be in canonical form.
func written(t *testing.T, r *record.Recorder) (c *trace.Case, text string, err error) {
	t.Helper()
	var b bytes.Buffer
	err = r.Write(&b, "recorded")
	var unexplained *record.UnexplainedError
	if err != nil && !errors.As(err, &unexplained) {
		t.Fatalf("%v\n%s", err, b.String())
	}
	cases, perr := trace.Parse("recorded", bytes.NewReader(b.Bytes()))
	if perr != nil || len(cases) != 1 {
		t.Fatalf("what was written does not parse: %v\n%s", perr, b.String())
	}
	var again strings.Builder
	if trace.Format(&again, cases[0]); again.String() != b.String() {
		t.Fatalf("what was written is not canonical:\n%s\nbut\n%s", b.String(), again.String())
	}
	return &cases[0], b.String(), err
}

// Every authored case, recorded as the suite makes its calls, is explained, and
// what is written of it is judged right: here one in forty, in the long form one in
// five.
func TestSuiteIsRecorded(t *testing.T) {
	cases := conformance.Cases()
	long := os.Getenv("MXCONFORM_LONG") != ""
	judged := 0
	for _, e := range handle.Editions() {
		for i := range cases {
			c := &cases[i]
			if i%5 != int(e) || !long && i%40 != int(e) || !c.For(e) || slices.ContainsFunc(c.Steps, unfit) {
				continue
			}
			r := record.New(100_000)
			b := inproc.BackendWith(handle.WithHook(r))
			if out := conformance.RunCase(t.Context(), b, e, c); out.Outcome != conformance.Pass {
				continue // of a table that does not exist there, such as one with too many handles
			}
			got, text, err := written(t, r)
			judged++
			if err != nil {
				t.Errorf("%s in %v: %v\n%s", c.Name, e, err, text)
				continue
			}
			if out := conformance.RunCase(t.Context(), inproc.Backend(), e, got); out.Outcome != conformance.Pass {
				t.Errorf("%s in %v: what was recorded is judged %s: %s\n%s", c.Name, e, out.Outcome, out.Detail, text)
			}
		}
	}
	if judged < 50 || long && judged < 350 {
		t.Errorf("%d cases were judged", judged)
	}
}

// unfit reports whether a recorder has no line for what the step asks for: memory
// that faults, a size that nothing holds, a million of handles.
func unfit(s trace.Step) bool {
	b := s.Call.Buf
	return s.Call.Op == trace.OpChurn || s.Call.Op == trace.OpSocketInfo || b.Kind == trace.Faulty ||
		s.Call.Actual != trace.ActualGood || s.Call.H.Delta != 0 || s.Call.HasCapacity && s.Call.Capacity > 1<<24
}
