package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"mx.example/conformance/compare"
	"mx.example/handle"
)

// TestUsage holds every sort of wrong command line to exit status 2, a message
// that names what is wrong and what was meant, and no output.
func TestUsage(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		t.Helper()
		name = filepath.Join(dir, name)
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		return name
	}
	malformed := write("malformed.mx", "case a\n\ncreate stream -> OK a b\nrite a \"x\" -> OK 1\n")
	empty := write("empty.mx", "# nothing\n")
	nothing, foreign := write("nothing.json", ""), write("foreign.json", `{"schema":"mxconform/2"}`)
	for _, test := range []struct {
		args string
		want []string
	}{
		{"compar", []string{`"compar"`, "compare"}},
		{"help compar", []string{`"compar"`, "compare"}},
		{"help run compare", []string{`"compare"`, "one command"}},
		{"-format json -frmt run", []string{"-frmt", "-format"}},
		{"explore -n -5", []string{"-n", `"-5"`, "whole number, 0 or more"}},
		{"explore -n 0", []string{"-n 0"}},
		{"bench -for 20", []string{"-for", "with its unit, such as 30s"}},
		{"merge " + nothing, []string{"nothing.json is empty"}},
		{"merge " + malformed, []string{"malformed.mx is no report of mxconform explore"}},
		{"merge " + foreign, []string{"foreign.json", `"mxconform/2"`}},
		{"render", []string{"takes one report"}},
		{"-lef mx", []string{"-lef", "-left"}},
		{"run -frmat json", []string{"-frmat", "-format"}},
		{"explain -x W-FULL", []string{"-x", "no flags"}},
		{"list -x", []string{"-x", "-format", "-o"}},
		{"compare mx", []string{`"mx"`, "no arguments"}},
		{"compare -left bent", []string{"-right"}},
		{"compare -left mx -right mx", []string{"mx:manual"}},
		{"compare -left mx -right bentt", []string{`"bentt"`, "bent"}},
		{"compare -right bent:manul", []string{`"bent:manul"`, "bent:manual"}},
		{"compare -left= -right bent", []string{"-left", "empty"}},
		{"compare -format jsn", []string{"-format", `"jsn"`, "text, json, junit, markdown or html", "json?"}},
		{"run -backend mx,", []string{"without a name"}},
		{"run -backend mx:kernel2018", []string{`"mx:kernel2018"`, "mx:kernel2017"}},
		{"run -backend", []string{"-backend", "LIST"}},
		{"run -case [", []string{`"["`, "pattern"}},
		{"run -case short-wrte", []string{`"short-wrte"`, "short-write"}},
		{"run -case nothing-*", []string{`"nothing-*"`, "list cases"}},
		{"run " + filepath.Join(dir, "none.mx"), []string{"none.mx", "no such file"}},
		{"run " + dir, []string{dir}},
		{"run " + empty, []string{"empty.mx", "no case"}},
		{"run " + malformed, []string{"malformed.mx:4:1", "rite", "write"}},
		{"run -o " + filepath.Join(dir, "none", "out"), []string{filepath.Join("none", "out")}},
		{"run -o " + filepath.Join(empty, "out"), []string{"out"}},
		{"run -o " + dir, []string{"directory"}},
		{"list", []string{"cases, clauses, departures, backends or divergences"}},
		{"list clause", []string{`"clause"`, "clauses"}},
		{"list cases clauses", []string{`"clauses"`}},
		{"list cases -format junit", []string{"junit", "text or json"}},
		{"explain", []string{"needs the name"}},
		{"explain a b", []string{`"b"`}},
		{"explain W-FUL", []string{`"W-FUL"`, "W-FULL"}},
		{"explain bent-ful", []string{"bent-full"}},
		{"replay", []string{"case file"}},
		{"replay short-write half-close", []string{`"half-close"`}},
		{"replay short-writ", []string{`"short-writ"`, "short-write"}},
		{"replay short-write -backend nt", []string{`"nt"`}},
		{"replay " + malformed, []string{"malformed.mx:4:1"}},
	} {
		b := newBench(t, model("mx"), newBent(false))
		if out := b.do(t, 2, strings.Fields(test.args)...); out != "" {
			t.Errorf("%s: output with a usage error: %s", test.args, out)
		}
		wantAll(t, b.err.String(), append(test.want, "mxconform: ")...)
	}
}

// An only is a backend in one edition.
type only struct {
	*fake
	edition handle.Edition
}

func (o only) Editions() []handle.Edition { return []handle.Edition{o.edition} }

func TestPairsOfEditions(t *testing.T) {
	b := newBench(t, model("mx"), only{model("old"), handle.Manual}, only{model("new"), handle.Kernel2017})
	for _, test := range []struct {
		left, right string
		want        []compare.Pair
	}{
		{"", "", nil},
		{"", "old", []compare.Pair{{Left: "mx:manual", Right: "old:manual"}}},
		{"mx", "new", []compare.Pair{{Left: "mx:kernel2017", Right: "new:kernel2017"}}},
		{"mx:manual", "mx:kernel2017", []compare.Pair{{Left: "mx:manual", Right: "mx:kernel2017"}}},
		{"mx:manual", "new", []compare.Pair{{Left: "mx:manual", Right: "new:kernel2017"}}},
		{"old", "new", []compare.Pair{{Left: "old:manual", Right: "new:kernel2017"}}},
	} {
		got, err := b.pairs(test.left, test.right)
		if err != nil || !slices.Equal(got, test.want) {
			t.Errorf("-left %q -right %q: %v, %v; want %v", test.left, test.right, got, err, test.want)
		}
	}
	two := newBench(t, model("a"), model("b"))
	got, err := two.pairs("a", "b")
	if want := []compare.Pair{{Left: "a:manual", Right: "b:manual"}, {Left: "a:kernel2017", Right: "b:kernel2017"}}; err != nil || !slices.Equal(got, want) {
		t.Errorf("bare kinds: %v, %v; want %v", got, err, want)
	}
	three := newBench(t, model("a"), none{model("b")})
	if _, err := three.pairs("a", "b"); err == nil || !strings.Contains(err.Error(), "no edition in common") {
		t.Errorf("editions that never meet: %v", err)
	}
}

// A none is a backend in two editions that nothing else has.
type none struct{ *fake }

func (none) Editions() []handle.Edition { return []handle.Edition{98, 99} }

func TestHelp(t *testing.T) {
	b := newBench(t, model("mx"))
	b.columns = 200
	for _, args := range [][]string{{"help"}, {"-h"}, {"--help"}, {"help", "help"}, {"help", "-h"}} {
		out := b.do(t, 0, args...)
		for _, c := range commands() {
			wantAll(t, out, c.name, c.summary)
		}
	}
	for _, c := range commands() {
		one, other := b.do(t, 0, "help", c.name), b.do(t, 0, c.name, "--help")
		if one != other {
			t.Errorf("help %s and %s --help differ:\n%s\n%s", c.name, c.name, one, other)
		}
		wantAll(t, one, "Usage: mxconform "+c.name+" "+c.args)
	}
	wantAll(t, b.do(t, 0, "help", "run"), "-backend LIST", "-case GLOB", "-format FORM", "-o FILE", "(default text)")
}

// TestFlagsAnywhere shows that flags may come after arguments, and that "--"
// ends them.
func TestFlagsAnywhere(t *testing.T) {
	b := newBench(t, model("mx"))
	wantAll(t, b.do(t, 0, "replay", "half-close", "-backend=mx:manual"), "half-close on mx:manual")
	wantAll(t, b.do(t, 0, "replay", "--backend", "mx:kernel2017", "--", "half-close"), "half-close on mx:kernel2017")
	wantAll(t, b.do(t, 0, "-backend", "mx:manual", "replay", "half-close"), "half-close on mx:manual")
	// A byte order mark is no letter of a case file, and ids are in any case.
	b.stdin = strings.NewReader("\ufeffcase mine\n\ncreate stream -> OK a b\n")
	wantAll(t, b.do(t, 0, "replay", "-"), "mine on mx:manual")
	wantAll(t, b.do(t, 0, "explain", "w-full"), "Clause W-FULL")
	wantAll(t, b.do(t, 0, "replay", "Half-Close"), "half-close on mx:manual")
	b.do(t, 2, "replay", "--", "-backend")
	wantAll(t, b.err.String(), `"-backend"`)
}

// TestRealCommand runs the program as it is on a few cases, so that the real
// backends are wired up.
func TestRealCommand(t *testing.T) {
	var out, errs bytes.Buffer
	args := []string{"run", "-backend", "mx,unix-stream:manual", "-case", "walkthrough-*"}
	if code := run(t.Context(), args, strings.NewReader(""), &out, &errs); code != 0 {
		t.Errorf("exit status %d", code)
	}
	wantAll(t, out.String(), "walkthrough-short-write", "mx:manual", "mx:kernel2017", "unix-stream:manual", "PASS")
	if errs.Len() > 0 {
		t.Errorf("on stderr, which is no terminal: %s", errs.String())
	}
}

// The checks of the suite notice faults that are made on purpose.
func TestRunChaos(t *testing.T) {
	for _, test := range []struct {
		code int
		args []string
		want string
	}{
		{1, []string{"-chaos", "1", "-case", "half-close-drain*"}, "wanted OK"},
		{1, []string{"-chaos", "1", "-case", "capacity-*"}, "SHOULD_WAIT"},
		{1, []string{"-chaos", "0x2", "-case", "handle-duplicate-*"}, "NO_MEMORY"},
		{2, []string{"-chaos", "often"}, "-chaos often"},
		{2, []string{"-chaos", "1", "-backend", "pipe"}, "leaves out"},
	} {
		var out, errs bytes.Buffer
		args := append([]string{"run", "-backend", "mx"}, test.args...)
		if code := run(t.Context(), args, strings.NewReader(""), &out, &errs); code != test.code {
			t.Errorf("%v: exit status %d, want %d", args, code, test.code)
		}
		wantAll(t, out.String()+errs.String(), test.want)
	}
}
