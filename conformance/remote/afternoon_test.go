//go:build unix

package remote_test

import (
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"mx.example/conformance"
	"mx.example/conformance/remote"
	"mx.example/handle"
)

// The programs of AFTERNOON.md do what the page shows.
func TestAfternoon(t *testing.T) {
	interpreter := python(t)
	page, err := os.ReadFile("AFTERNOON.md")
	if err != nil {
		t.Fatal(err)
	}
	programs := regexp.MustCompile("(?s)```python\n(.*?)```").FindAllSubmatch(page, -1)
	want := []map[string]conformance.Outcome{
		{"create-other-options": conformance.Pass, "create-stream-is-stream": conformance.UnsupportedCase},
		{"create-stream-is-stream": conformance.Pass, "create-datagram-is-datagram": conformance.Fail},
	}
	if len(programs) != len(want) {
		t.Fatalf("the page has %d programs", len(programs))
	}
	cases := conformance.Cases()
	for i, outcomes := range want {
		file := filepath.Join(t.TempDir(), "mine.py")
		if err := os.WriteFile(file, programs[i][1], 0o666); err != nil {
			t.Fatal(err)
		}
		b := open(t, interpreter+" '"+file+"'", remote.Options{})
		for name, outcome := range outcomes {
			for j := range cases {
				if cases[j].Name != name {
					continue
				}
				r := conformance.RunCase(t.Context(), b, handle.Manual, &cases[j])
				if r.Outcome != outcome {
					t.Errorf("program %d, %s: %s: %s", i+1, name, r.Outcome, r.Detail)
				}
				for _, s := range r.Steps {
					if name == "create-other-options" {
						break // its lines are not shown
					}
					if line := s.Call + " -> " + s.Got; !strings.Contains(string(page), line) {
						t.Errorf("program %d, %s: the page has no line %q", i+1, name, line)
					}
				}
			}
		}
	}
	for _, glob := range regexp.MustCompile("`([a-z]+-\\*)`").FindAllSubmatch(page, -1) {
		found := false
		for j := range cases {
			ok, _ := path.Match(string(glob[1]), cases[j].Name)
			found = found || ok
		}
		if !found {
			t.Errorf("no case is a %s", glob[1])
		}
	}
}

// Where there is no QEMU the script of the virtual machine says so.
func TestNoQEMU(t *testing.T) {
	cmd := exec.Command("/bin/sh", "adapter/qemu.sh", "pipe")
	cmd.Env = []string{"PATH=/nowhere"}
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState.ExitCode() != 77 || string(out) != "skipped: there is no qemu-system-x86_64 here\n" {
		t.Errorf("%v, %s", err, out)
	}
}
