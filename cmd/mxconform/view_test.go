package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"mx.example/conformance"
	"mx.example/conformance/view"
)

// runsOf are the runs in a page.
func runsOf(t *testing.T, text string) []view.Run {
	t.Helper()
	_, data, ok := strings.Cut(text, `id="mx-runs">`)
	if !ok {
		t.Fatalf("no runs in %.300s", text)
	}
	data, _, _ = strings.Cut(data, "</script>")
	var runs []view.Run
	if err := json.Unmarshal([]byte(data), &runs); err != nil {
		t.Fatal(err)
	}
	return runs
}

func TestView(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "cases.mx")
	if err := os.WriteFile(file, []byte(aSuite), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		args string
		want string // CASE on BACKEND
	}{
		{"short-write", "short-write on mx:manual"},
		{"short-write -backend mx:kernel2017", "short-write on mx:kernel2017"},
		{"short-write -backend mx,bent", "short-write on mx:manual, short-write on bent:manual"},
		{"short-write -backend bent,mx:kernel2017", "short-write on bent:kernel2017, short-write on mx:kernel2017"},
		{"short-write -backend mx:manual,mx:kernel2017", "short-write on mx:manual, short-write on mx:kernel2017"},
		{file + " -case half-close", "half-close on mx:manual"},
	} {
		b := newBench(t, model("mx"), newBent(false))
		text := b.do(t, 0, append([]string{"view"}, strings.Fields(test.args)...)...)
		wantAll(t, text, "<!DOCTYPE html>", "mxView(")
		var got []string
		for _, r := range runsOf(t, text) {
			got = append(got, r.Case+" on "+r.Backend)
		}
		if got := strings.Join(got, ", "); got != test.want {
			t.Errorf("%s: got %s, want %s", test.args, got, test.want)
		}
	}
}

// TestViewNames shows the divergence of a step with its cause.
func TestViewNames(t *testing.T) {
	b := newBench(t, model("mx"), newBent(false))
	r := runsOf(t, b.do(t, 0, "view", "short-write", "-backend", "bent"))[0]
	if s := r.Steps[2]; s.Divergence != "bent-full" || len(r.Named) != 1 || !strings.Contains(r.Named[0].Cause, "lack of memory") {
		t.Errorf("%+v, %+v", s, r.Named)
	}
}

// TestViewFile writes the page whole or not at all.
func TestViewFile(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "page.html")
	b := newBench(t, model("mx"))
	if out := b.do(t, 0, "view", "short-write", "-o", name); out != "" {
		t.Errorf("output beside the file: %s", out)
	}
	wantAll(t, content(t, name), "</html>")
	holdsOnly(t, dir, "page.html")

	if err := os.WriteFile(name, []byte("old"), 0o666); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	b.doUnder(ctx, t, 1, "view", "short-write", "-o", name)
	wantAll(t, b.err.String(), "interrupted")
	if got := content(t, name); got != "old" {
		t.Errorf("the old page is %q now", got)
	}
	holdsOnly(t, dir, "page.html")
}

// TestViewOfFailure writes the page of a run that failed, and says so.
func TestViewOfFailure(t *testing.T) {
	b := newBench(t, liar())
	r := runsOf(t, b.do(t, 1, "view", "short-write"))[0]
	if r.Outcome != string(conformance.Fail) {
		t.Errorf("outcome %s", r.Outcome)
	}
	wantAll(t, b.err.String(), "short-write on liar:manual: fail")
}

// TestViewLarge warns of a page that takes long to open, and writes it.
func TestViewLarge(t *testing.T) {
	name := filepath.Join(t.TempDir(), "large.mx")
	if err := os.WriteFile(name, []byte("case large\n\nevent -> OK e\n"+strings.Repeat("signal e\n", manySteps-1)), 0o666); err != nil {
		t.Fatal(err)
	}
	b := newBench(t, model("mx"))
	if r := runsOf(t, b.do(t, 0, "view", name))[0]; len(r.Steps) != manySteps {
		t.Errorf("%d steps", len(r.Steps))
	}
	wantAll(t, b.err.String(), "the page has 20000 steps")
}

func TestViewUsage(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		t.Helper()
		name = filepath.Join(dir, name)
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		return name
	}
	several := write("several.mx", aSuite)
	malformed := write("malformed.mx", "case a\n\ncreate stream -> OK a b\nrite a \"x\" -> OK 1\n")
	later := write("later.mx", "case later\neditions zircon\n\ncreate stream -> OK a b\n")
	for _, test := range []struct {
		args string
		want []string
	}{
		{"view", []string{"case file"}},
		{"view short-write half-close", []string{`"half-close"`}},
		{"view short-writ", []string{`"short-writ"`, "short-write"}},
		{"view short-write -backend nt", []string{`"nt"`}},
		{"view short-write -backend mx,mx", []string{"mx:manual", "twice"}},
		{"view fault -backend mx:kernel2017", []string{"fault", "manual", "kernel2017"}},
		{"view " + later, []string{"later speaks for zircon", "mx follows no such edition"}},
		{"view " + several, []string{"4 cases", "-case short-write"}},
		{"view " + several + " -case half-clos", []string{`"half-clos"`, "half-close"}},
		{"view " + malformed, []string{"malformed.mx:4:1"}},
		{"view short-write -o " + filepath.Join(dir, "none", "page.html"), []string{filepath.Join("none", "page.html")}},
		{"view short-write -o " + dir, []string{"directory"}},
		{"view short-write -format html", []string{"-format", "-o"}},
	} {
		b := newBench(t, model("mx"), newBent(false))
		if out := b.do(t, 2, strings.Fields(test.args)...); out != "" {
			t.Errorf("%s: output with a usage error: %s", test.args, out)
		}
		wantAll(t, b.err.String(), append(test.want, "mxconform: ")...)
	}
}
