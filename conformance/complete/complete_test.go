package complete

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"mx.example/conformance"
	"mx.example/conformance/inproc"
	"mx.example/handle"
)

// inChild makes the tests below run that are run by TestShort.
const inChild = "COMPLETE_IN_CHILD"

// TestModel is what a kernel author writes. It is run by TestWhole, and shortened
// by TestShort.
func TestModel(t *testing.T) {
	if os.Getenv(inChild) == "" {
		t.Skip("TestShort and TestWhole run it")
	}
	Test(t, inproc.Backend())
}

// A few calls are enough to begin with: what needs others is skipped.
func TestFewCalls(t *testing.T) {
	if os.Getenv(inChild) == "" {
		t.Skip("TestShort and TestWhole run it")
	}
	Test(t, few{inproc.Backend()})
}

// Outside of a bubble the same things are found right.
func TestOutside(t *testing.T) {
	if os.Getenv(inChild) == "" {
		t.Skip("TestShort and TestWhole run it")
	}
	Test(t, few{inproc.Backend()}, Options{Outside: true})
}

// TestWhole runs TestModel as a kernel author does, in a process of its own.
func TestWhole(t *testing.T) {
	if !long() || os.Getenv(inChild) != "" {
		t.Skip("MXCONFORM_LONG=1 runs it")
	}
	c := exec.Command(os.Args[0], "-test.run", "^TestModel$")
	c.Env = append(os.Environ(), inChild+"=1", "MXCONFORM_LONG=")
	if out, err := c.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// TestShort runs the tests above as with -short, in a process of its own.
func TestShort(t *testing.T) {
	if os.Getenv(inChild) != "" {
		t.Skip("this is the child")
	}
	c := exec.Command(os.Args[0], "-test.short", "-test.v", "-test.run", "^(TestModel|TestFewCalls|TestOutside)$/^(suite|explore|histories|wake-ups)$/^manual$")
	c.Env = append(os.Environ(), inChild+"=1", "MXCONFORM_LONG=")
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, want := range []string{
		"--- PASS: TestModel/suite", "--- PASS: TestModel/explore", "--- PASS: TestModel/histories/manual",
		"--- PASS: TestModel/wake-ups/manual/hand-over", "--- PASS: TestFewCalls/histories/manual", "--- PASS: TestOutside/histories/manual",
	} {
		if !strings.Contains(string(out), want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
}

// few is a backend whose kernels have few calls.
type few struct{ conformance.Backend }

func (few) Editions() []handle.Edition { return []handle.Edition{handle.Manual} }

func (b few) Boot(e handle.Edition) (conformance.Kernel, error) {
	k, err := b.Backend.Boot(e)
	return fewKernel{k}, err
}

type fewKernel struct{ conformance.Kernel }

func (k fewKernel) NewProcess(l conformance.Limits) (conformance.Process, error) {
	if l != (conformance.Limits{}) {
		return nil, &conformance.Unsupported{Why: "there are no limits"}
	}
	p, err := k.Kernel.NewProcess(l)
	return fewProcess{p: p}, err
}

type fewProcess struct {
	conformance.Unimplemented
	p conformance.Process
}

func (f fewProcess) Create(options uint32, capacity *uint64) (a, b handle.Handle, err error) {
	return f.p.Create(options, capacity)
}

func (f fewProcess) Write(h handle.Handle, options uint32, p []byte) (int, error) {
	return f.p.Write(h, options, p)
}

func (f fewProcess) Read(h handle.Handle, options uint32, p []byte) (int, error) {
	return f.p.Read(h, options, p)
}

func (f fewProcess) Outstanding(h handle.Handle) (int, error) { return f.p.Outstanding(h) }

func (f fewProcess) Close(h handle.Handle) error { return f.p.Close(h) }
