package main

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"mx.example/handle"
)

// sanitizers are what the compiler is told, and every report ends the program.
var sanitizers = []string{"-g", "-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-fno-omit-frame-pointer"}

// noSanitizers says why there are no sanitizers, or returns "".
func noSanitizers(t *testing.T, tc toolchain) string {
	cmd := exec.Command(tc.cc, append(sanitizers, "-x", "c", "-", "-o", filepath.Join(t.TempDir(), "empty"))...)
	cmd.Stdin = strings.NewReader("int main(void) { return 0; }\n")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Sprintf("%s has no sanitizers here; for gcc install libasan and libubsan:\n%s", tc.cc, out)
	}
	return ""
}

// The test programs run under the sanitizers for addresses and for undefined
// behavior, bad pointers and all: these are handled before a sanitizer sees
// them.
func TestSanitizers(t *testing.T) {
	tc := tools(t)
	if why := noSanitizers(t, tc); why != "" {
		t.Skip(why)
	}
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
