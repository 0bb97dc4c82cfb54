package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"mx.example/handle"
)

// long skips a test that takes long, unless MXCONFORM_LONG is set.
func long(t *testing.T) {
	t.Helper()
	if os.Getenv("MXCONFORM_LONG") == "" {
		t.Skip("it takes long: set MXCONFORM_LONG=1 to run it")
	}
}

// sanitizers are what the compiler is told, and every report ends the program.
var sanitizers = []string{"-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-fno-omit-frame-pointer"}

func needSanitizers(t *testing.T, tc toolchain) {
	t.Helper()
	cmd := exec.Command(tc.cc, append(sanitizers, "-x", "c", "-", "-o", filepath.Join(t.TempDir(), "empty"))...)
	cmd.Stdin = strings.NewReader("int main(void) { return 0; }\n")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Skipf("%s has no sanitizers here; for gcc install libasan and libubsan:\n%s", tc.cc, out)
	}
}

// The test programs run under the sanitizers for addresses and for undefined
// behavior, bad pointers and all: these are handled before a sanitizer sees
// them.
func TestSanitizers(t *testing.T) {
	long(t)
	tc := tools(t)
	needSanitizers(t, tc)
	link := []string{"-L" + tc.lib(""), "-lmx", "-Wl,-rpath," + tc.lib(""), "-lpthread"}
	for _, p := range []struct {
		name, source, standard string
		every                  bool // runs in every edition
	}{
		{"calls", "testdata/calls.c", "-std=gnu11", true},
		{"pointers", "testdata/pointers.c", "-std=gnu11", true},
		{"threads", "testdata/threads.c", "-std=gnu11", true},
		{"echo", "example/echo.c", "-std=gnu11", true},
		{"zircon", "testdata/zircon.c", "-std=gnu11", false},
		{"lab", "testdata/lab.c", "-std=gnu11", false},
		{"wrappers", "testdata/wrappers.cc", "-std=c++11", false},
		{"zx-wrappers", "testdata/zx_wrappers.cc", "-std=c++17", false},
	} {
		t.Run(p.name, func(t *testing.T) {
			program := tc.compile(t, p.name+"-sanitized", p.source, append(append([]string{p.standard}, sanitizers...), link...)...)
			if !p.every {
				run(t, "", program)
				return
			}
			for _, e := range handle.Editions() {
				run(t, e.String(), program)
			}
		})
	}
}
