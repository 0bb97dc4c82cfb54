package main

import (
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"mx.example/conformance"
	"mx.example/conformance/remote"
)

// The whole suite through the C face, in every edition, over a pipe, under the
// sanitizers where there are any: every answer is the contract's, and nothing is
// left out but the calls that the adapter says it lacks.
func TestConformance(t *testing.T) {
	tc := tools(t)
	adapter := filepath.Join("..", "..", "conformance", "remote", "adapter")
	program := filepath.Join(t.TempDir(), "mx-adapter")
	args := []string{"-std=gnu11", "-O1", "-I", filepath.Join(tc.prefix, "include"), "-o", program,
		filepath.Join(adapter, "mx.c"), filepath.Join(adapter, "mxwire.c"),
		"-L" + tc.lib(""), "-lmx", "-Wl,-rpath," + tc.lib(""), "-lpthread"}
	if why := noSanitizers(t, tc); why != "" {
		t.Log(why)
	} else {
		args = append(args, sanitizers...)
	}
	if out, err := exec.Command(tc.cc, args...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	b, err := remote.Exec(program, remote.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	r := conformance.Run(t.Context(), []conformance.Backend{b}, conformance.Cases(), conformance.Options{})
	if len(r.Backends) != 3 {
		t.Fatalf("it follows %d editions", len(r.Backends))
	}
	for i, info := range r.Backends {
		s := r.Summary(i)
		t.Logf("%s: %+v", info.Name, s)
		if !info.Available {
			t.Errorf("%s: %s", info.Name, info.Why)
		}
	}
	lacked := func(name string) bool { return slices.Contains(b.Missing(), conformance.Part(name)) }
	for _, c := range r.Cases {
		for i, result := range c.Results {
			if result == nil || result.Outcome == conformance.UnsupportedCase && slices.ContainsFunc(result.Divergences, lacked) {
				continue
			}
			if result.Outcome.Bad() || result.Outcome == conformance.UnsupportedCase {
				t.Errorf("%s on %s: %s\n%v", c.Case.Name, r.Backends[i].Name, result.Outcome, result)
			}
		}
	}
}
