//go:build unix

package remote_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"mx.example/conformance"
	"mx.example/conformance/posixfd"
	"mx.example/conformance/trace"
)

// built is where adapters are, each built once.
var built struct {
	sync.Mutex
	dir string
}

func TestMain(m *testing.M) {
	if fault := os.Getenv(faultVariable); fault != "" {
		faulty(fault)
		return
	}
	posixfd.ServeChild()
	code := m.Run()
	if built.dir != "" {
		os.RemoveAll(built.dir)
	}
	os.Exit(code)
}

// compiler returns a C compiler, or skips the test.
func compiler(t testing.TB) string {
	for _, cc := range []string{"cc", "gcc", "clang"} {
		if path, err := exec.LookPath(cc); err == nil {
			return path
		}
	}
	t.Skip("no C compiler: install one such as gcc to build the adapters")
	return ""
}

// command runs a command of a build, and fails the test if it fails.
func command(t testing.TB, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return string(out)
}

// adapterFile is a C file beside the core, built into a program once.
func adapterFile(t testing.TB, name string, flags ...string) string {
	t.Helper()
	cc := compiler(t)
	built.Lock()
	defer built.Unlock()
	if built.dir == "" {
		dir, err := os.MkdirTemp("", "mxwire")
		if err != nil {
			t.Fatal(err)
		}
		built.dir = dir
	}
	program := filepath.Join(built.dir, strings.TrimSuffix(filepath.Base(name), ".c"))
	if _, err := os.Stat(program); err == nil {
		return program
	}
	args := append([]string{"-std=gnu11", "-Wall", "-Wextra", "-Werror", "-O2", "-I", "adapter",
		"-o", program, name, "adapter/mxwire.c", "-lpthread"}, flags...)
	command(t, cc, args...)
	return program
}

// some returns every eighth case of the suite, or all if MXCONFORM_LONG is set.
func some() (cases []trace.Case) {
	for i, c := range conformance.Cases() {
		if i%8 == 0 || os.Getenv("MXCONFORM_LONG") != "" {
			cases = append(cases, c)
		}
	}
	return cases
}

// suite runs cases of the suite on a backend.
func suite(t testing.TB, b conformance.Backend) *conformance.Report {
	t.Helper()
	if err := b.Available(); err != nil {
		t.Fatal(err)
	}
	return conformance.Run(context.Background(), []conformance.Backend{b}, some(), conformance.Options{})
}

// sameResults holds the report of a backend against that of the same kernel in
// this process: outcomes and divergences, case by case, but for calls that the
// backend says it lacks.
func sameResults(t *testing.T, b conformance.Incomplete, got, want *conformance.Report) {
	t.Helper()
	lacks := func(names []string) bool {
		return slices.ContainsFunc(names, func(name string) bool { return slices.Contains(b.Missing(), conformance.Part(name)) })
	}
	counts := make(map[conformance.Outcome]int)
	for i := range want.Cases {
		for j, w := range want.Cases[i].Results {
			g := got.Cases[i].Results[j]
			counts[g.Outcome]++
			if g.Outcome == conformance.UnsupportedCase && lacks(g.Divergences) {
				continue
			}
			if g.Backend != w.Backend || g.Outcome != w.Outcome || strings.Join(g.Divergences, " ") != strings.Join(w.Divergences, " ") {
				t.Errorf("%s\nin this process: %s %v\n%s", conformance.Failure(got.Cases[i].Case, g, ""), w.Outcome, w.Divergences, w.Detail)
			}
		}
	}
	if counts[conformance.Pass]+counts[conformance.Differs] == 0 {
		t.Error("no case came to its end")
	}
	t.Log(counts)
}

// The core needs no library.
func TestFreestanding(t *testing.T) {
	object := filepath.Join(t.TempDir(), "mxwire.o")
	command(t, compiler(t), "-std=c99", "-Wall", "-Wextra", "-pedantic", "-Werror", "-O2",
		"-ffreestanding", "-nostdlib", "-r", "-o", object, "adapter/mxwire.c")
	if _, err := exec.LookPath("nm"); err != nil {
		t.Skipf("no nm (binutils) to look at what the core needs: %v", err)
	}
	if out := command(t, "nm", "-u", object); strings.TrimSpace(out) != "" {
		t.Errorf("the core needs %s", out)
	}
}
