package main

import (
	"errors"
	"math"
	"os"
	"os/exec"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
)

const nothing = "nothing"

// The tests trace their own executable.
func TestMain(m *testing.M) {
	programs = append(programs, program{nothing, nothing, func() (func(int) error, error) {
		return func(int) error { return nil }, nil
	}})
	serveTracee()
	os.Exit(m.Run())
}

func counted(t *testing.T, name string) count {
	t.Helper()
	if info, ok := debug.ReadBuildInfo(); ok && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"}) {
		t.Skip("what the race detector does would be counted too")
	}
	selected, err := selectPrograms("^" + name + "$")
	if err != nil {
		t.Fatal(err)
	}
	counts, err := countAll(selected)
	var no *forbidden
	if errors.Is(err, errUnsupported) || errors.As(err, &no) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return counts[0]
}

// What is counted is there, and is the same the next time.
func TestCountsAreStable(t *testing.T) {
	name := "mxsocket 1 B"
	first, second := counted(t, name), counted(t, name)
	if first.instructions < 10 {
		t.Errorf("a turn took %.1f instructions", first.instructions)
	}
	if first.parts[inMXSocket] <= 0 || first.atomics <= 0 || len(first.functions) == 0 {
		t.Errorf("of %.1f instructions %.1f were in mxsocket and %.1f atomic, and there were %d functions",
			first.instructions, first.parts[inMXSocket], first.atomics, len(first.functions))
	}
	var sum float64
	for _, n := range first.parts {
		sum += n
	}
	if math.Abs(sum-first.instructions) > 0.1 {
		t.Errorf("the parts are %.1f of %.1f instructions", sum, first.instructions)
	}
	if d := math.Abs(second.instructions-first.instructions) / first.instructions; d > 0.02 {
		t.Errorf("a turn took %.1f instructions, and then %.1f", first.instructions, second.instructions)
	}
}

// BenchmarkTurn is what the programs take in time, one after another: run it
// several times, since others use the machine too.
func BenchmarkTurn(b *testing.B) {
	for _, p := range programs {
		b.Run(p.name, func(b *testing.B) {
			turns, err := p.start()
			if err != nil {
				b.Fatal(err)
			}
			b.ResetTimer()
			if err := turns(b.N); err != nil {
				b.Fatal(err)
			}
		})
	}
}

// A mark is not counted: a program that does nothing takes the few calls that
// lead to nothing, all turns together.
func TestMarksAreNotCounted(t *testing.T) {
	c := counted(t, nothing)
	if c.instructions < 0 || c.instructions >= 1 {
		t.Errorf("nothing took %.0f instructions", c.instructions*countedTurns)
	}
	for _, f := range c.functions {
		if !strings.Contains(f.name, "cmd/steps.") {
			t.Errorf("nothing took %.0f instructions in %s", f.instructions*countedTurns, f.name)
		}
	}
}

// An argument that makes no sense is named, and the status is 2.
func TestUsage(t *testing.T) {
	if os.Getenv("MXSTEPS_MAIN") != "" {
		os.Args = append(os.Args[:1], strings.Fields(os.Getenv("MXSTEPS_MAIN"))...)
		main()
		return
	}
	for _, c := range []struct{ args, want string }{
		{"-run=(", "-run: "},
		{"-run=nosuchthing", "-run: no program matches"},
		{"-speed", "-speed"},
		{"-functions=perhaps", "-functions"},
		{"more", `"more"`},
	} {
		cmd := exec.Command(os.Args[0], "-test.run=^TestUsage$")
		cmd.Env = append(os.Environ(), "MXSTEPS_MAIN="+c.args)
		out, err := cmd.CombinedOutput()
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.ExitCode() != 2 || !strings.Contains(string(out), c.want) {
			t.Errorf("%s: %v, and said %q: want status 2 and %q", c.args, err, out, c.want)
		}
	}
}

func TestAtomic(t *testing.T) {
	for _, c := range []struct {
		code   []byte
		atomic bool
		what   string
	}{
		{[]byte{0xf0, 0x0f, 0xb1, 0x0a}, true, "LOCK CMPXCHG"},
		{[]byte{0x66, 0xf0, 0x0f, 0xc1, 0x08}, true, "LOCK XADD of 16 bits"},
		{[]byte{0x87, 0x08}, true, "XCHG with memory"},
		{[]byte{0x48, 0x87, 0x08}, true, "XCHG with memory, of 64 bits"},
		{[]byte{0x86, 0x08}, true, "XCHG with memory, of 8 bits"},
		{[]byte{0x48, 0x87, 0xc8}, false, "XCHG of two registers"},
		{[]byte{0x48, 0x89, 0x08}, false, "MOV"},
		{[]byte{0x90}, false, "NOP"},
		{nil, false, "nothing"},
	} {
		if isAtomic(c.code) != c.atomic {
			t.Errorf("%s: atomic is %v", c.what, !c.atomic)
		}
	}
}
