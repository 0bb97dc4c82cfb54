//go:build unix

package remote_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"mx.example/conformance"
	"mx.example/conformance/inproc"
	"mx.example/conformance/posixfd"
	"mx.example/conformance/remote"
)

// built is where adapters are, each built once.
var built struct {
	sync.Mutex
	dir  string
	libs string // where libmx is installed, if it is
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
	if built.libs != "" {
		os.RemoveAll(built.libs)
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

// mxAdapter is the adapter to libmx, or skips the test where that is not built.
func mxAdapter(t testing.TB) string {
	t.Helper()
	cc := compiler(t)
	if out := command(t, "go", "env", "CGO_ENABLED"); strings.TrimSpace(out) != "1" {
		t.Skip("libmx takes cgo: set CGO_ENABLED=1")
	}
	for _, tool := range []string{cc, "objcopy", "ar"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("libmx takes a C compiler and binutils: %v", err)
		}
	}
	built.Lock()
	if built.libs == "" {
		dir, err := os.MkdirTemp("", "mxwire-libmx")
		if err != nil {
			t.Fatal(err)
		}
		built.libs = dir
		command(t, "go", "run", "mx.example/cmd/libmx/install", "-prefix", dir)
	}
	prefix := built.libs
	built.Unlock()
	lib := filepath.Join(prefix, "lib")
	return adapterFile(t, "adapter/mx.c", "-I", filepath.Join(prefix, "include"), "-L", lib, "-lmx", "-Wl,-rpath,"+lib)
}

// suite runs the whole suite on a backend.
func suite(t testing.TB, b conformance.Backend) *conformance.Report {
	t.Helper()
	if err := b.Available(); err != nil {
		t.Fatal(err)
	}
	return conformance.Run(context.Background(), []conformance.Backend{b}, conformance.Cases(), conformance.Options{})
}

// The face of the model in C, over a pipe, has the results that the model has.
func TestMx(t *testing.T) {
	b := open(t, mxAdapter(t), remote.Options{Name: inproc.Name})
	sameResults(t, suite(t, b), suite(t, inproc.Backend()))
}

// sameResults holds a report against that of the same kernel in this process:
// outcomes and divergences, case by case.
func sameResults(t *testing.T, got, want *conformance.Report) {
	t.Helper()
	counts := make(map[conformance.Outcome]int)
	for i := range want.Cases {
		for j, w := range want.Cases[i].Results {
			g := got.Cases[i].Results[j]
			counts[g.Outcome]++
			if g.Backend != w.Backend || g.Outcome != w.Outcome || strings.Join(g.Divergences, " ") != strings.Join(w.Divergences, " ") {
				t.Errorf("%s\nin this process: %s %v\n%s", conformance.Failure(got.Cases[i].Case, g, ""), w.Outcome, w.Divergences, w.Detail)
			}
		}
	}
	if len(counts) == 0 || counts[conformance.Pass] == 0 {
		t.Error("no case passed")
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
