package conformance_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"mx.example/conformance"
	"mx.example/handle"
	"mx.example/status"
)

// TestKernel is what a kernel author writes.
func TestKernel(t *testing.T) { conformance.Test(t, toy{}) }

// underTest makes TestUnderTest run, in a process of its own.
const underTest = "CONFORMANCE_UNDER_TEST"

func TestUnderTest(t *testing.T) {
	b := &mutant{name: "subject", only: []handle.Edition{handle.Manual}}
	b.signal = func(*mutantProcess, handle.Handle, handle.Signals, handle.Signals) error {
		return &conformance.Unsupported{Why: "it has no signals of its own"}
	}
	b.write = func(p *mutantProcess, h handle.Handle, options uint32, buf []byte) (int, error) {
		n, err := p.RawProcess.Write(h, options, buf)
		return n, unless(err, status.ErrShouldWait, status.ErrNoMemory)
	}
	switch os.Getenv(underTest) {
	case "fails":
		conformance.Test(t, b)
	case "differs":
		conformance.Test(t, &divergent{mutant: *b, list: []conformance.Divergence{{
			Name: "no-should-wait", Kinds: []string{"subject"},
			Match: func(s *conformance.Situation) bool { return s.Result.Status == status.ErrNoMemory },
		}}})
	default:
		t.Skip("run by TestWhatTestSays")
	}
}

// say runs TestUnderTest and returns what it prints.
func say(t *testing.T, how string) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, "-test.v", "-test.run=^TestUnderTest$/^manual$/^(write-full-stream|walkthrough-short-write|capacity-default-exactly|signal-user-clear-before-set)$")
	cmd.Env = append(os.Environ(), underTest+"="+how)
	out, err := cmd.CombinedOutput()
	if (err != nil) != (how == "fails") {
		t.Errorf("%s: the test ended with %v", how, err)
	}
	return string(out)
}

func wantIn(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("this is missing: %s", part)
		}
	}
	if t.Failed() {
		t.Log(text)
	}
}

func TestWhatTestSays(t *testing.T) {
	wantIn(t, say(t, "fails"),
		"--- FAIL: TestUnderTest/manual/walkthrough-short-write",
		"walkthrough-short-write on subject:manual: fail",
		"written in conformance/cases/walkthrough.mx:",
		"W-FULL, ", "In manual: SHOULD_WAIT",
		"create stream capacity=5 -> OK a b",
		"> write a ",
		"wanted  SHOULD_WAIT",
		"got     NO_MEMORY",
		"To run it again: go test -run '^TestUnderTest$/^manual$/^walkthrough-short-write$'",
		"--- SKIP: TestUnderTest/manual/signal-user-clear-before-set",
		"it has no signals of its own",
	)
}

func TestWhatTestSaysOfDifferences(t *testing.T) {
	wantIn(t, say(t, "differs"),
		"--- PASS: TestUnderTest/manual/walkthrough-short-write",
		"differs: no-should-wait",
		"wanted SHOULD_WAIT, got NO_MEMORY [no-should-wait]",
	)
}
