package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"mx.example/conformance"
	"mx.example/conformance/report/text"
)

// wantReport is the schema of a report, written down once more.
type wantReport struct {
	Schema      string `json:"schema"`
	Date        string `json:"date"`
	Command     string `json:"command"`
	Partial     bool   `json:"partial"`
	Environment struct {
		OS     string `json:"os"`
		Kernel string `json:"kernel"`
		Arch   string `json:"arch"`
		Go     string `json:"go"`
	} `json:"environment"`
	Backends []struct {
		Name      string `json:"name"`
		About     string `json:"about"`
		Diverges  bool   `json:"diverges"`
		Edition   string `json:"edition"`
		Available bool   `json:"available"`
		Why       string `json:"why"`
	} `json:"backends"`
	Divergences []struct {
		Name    string   `json:"name"`
		Kinds   []string `json:"kinds"`
		Clauses []string `json:"clauses"`
		Cause   string   `json:"cause"`
		Source  string   `json:"source"`
		Timing  string   `json:"timing"`
	} `json:"divergences"`
	Cases []struct {
		Name    string   `json:"name"`
		Clauses []string `json:"clauses"`
		File    string   `json:"file"`
		Line    int      `json:"line"`
		Text    string   `json:"text"`
		Lines   []int    `json:"lines"`
		Made    [][]any  `json:"made"`
		Results map[string]struct {
			Outcome     string   `json:"outcome"`
			Divergences []string `json:"divergences"`
			Detail      string   `json:"detail"`
			Made        int      `json:"made"`
		} `json:"results"`
	} `json:"cases"`
	Summary map[string]map[string]int `json:"summary"`
}

func decode(t *testing.T, text string) wantReport {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	var r wantReport
	if err := d.Decode(&r); err != nil {
		t.Fatalf("%v in:\n%s", err, text)
	}
	if _, err := d.Token(); err != io.EOF {
		t.Errorf("something follows the object: %v", err)
	}
	return r
}

// TestJSON holds compare and run to the schema, and the summary to the cases.
func TestJSON(t *testing.T) {
	for _, command := range []string{"compare", "run"} {
		r := decode(t, everyday(t).do(t, 0, command, "-format", "json"))
		if r.Schema != "mxconform/2" || r.Environment.OS == "" || r.Environment.Arch == "" || r.Environment.Go == "" {
			t.Errorf("%s: %q, %+v", command, r.Schema, r.Environment)
		}
		if len(r.Backends) != 6 || len(r.Summary) != 6 || len(r.Cases) != 4 {
			t.Fatalf("%s: %d backends, %d summaries, %d cases", command, len(r.Backends), len(r.Summary), len(r.Cases))
		}
		outcomes := []string{"pass", "fail", "differs", "unexplained", "unsupported", "not-applicable", "environment-fault"}
		for _, b := range r.Backends {
			if gone := strings.HasPrefix(b.Name, "gone:"); b.Available == gone || (b.Why == "") == gone {
				t.Errorf("%s: %+v", command, b)
			}
			if diverges := !strings.HasPrefix(b.Name, "mx:"); b.Diverges != diverges {
				t.Errorf("%s has names for its differences: %t", b.Name, b.Diverges)
			}
			sum := make(map[string]int)
			for _, o := range outcomes {
				sum[o] = 0
			}
			for _, c := range r.Cases {
				res, ran := c.Results[b.Name]
				if ran != b.Available {
					t.Errorf("%s on %s: ran is %v", c.Name, b.Name, ran)
				}
				if !ran {
					continue
				}
				if !slices.Contains(outcomes, res.Outcome) || res.Divergences == nil {
					t.Errorf("%s on %s: %+v", c.Name, b.Name, res)
				}
				sum[res.Outcome]++
			}
			if got := fmt.Sprint(r.Summary[b.Name]); got != fmt.Sprint(sum) {
				t.Errorf("summary of %s: %s, want %v", b.Name, got, sum)
			}
		}
		if s := r.Summary["bent:manual"]; s["differs"] != 1 || s["unsupported"] != 1 || s["pass"] != 2 {
			t.Errorf("bent:manual: %v", s)
		}
		if got := r.Cases[3].Results["bent:manual"]; !slices.Equal(got.Divergences, []string{"bent-mode"}) {
			t.Errorf("an unsupported result names %v", got.Divergences)
		}
		if s := r.Summary["mx:kernel2017"]; s["not-applicable"] != 1 {
			t.Errorf("mx:kernel2017: %v", s)
		}
	}
}

// TestJSONIsStable holds two runs to the same bytes.
func TestJSONIsStable(t *testing.T) {
	if one, two := everyday(t).do(t, 0, "-format=json"), everyday(t).do(t, 0, "-format=json"); one != two {
		t.Errorf("two runs differ:\n%s\n%s", one, two)
	}
}

// TestWrongKernel makes a wrong kernel, and an answer without a name, fail in
// every form of the report.
func TestWrongKernel(t *testing.T) {
	for _, test := range []struct {
		b                       *bench
		outcome, casename, what string
	}{
		{newBench(t, model("mx"), liar()), "fail", "short-write on liar:manual", "wanted OK 5, got OK 11"},
		{newBench(t, model("mx"), newBent(true)), "unexplained", "half-close on bent:manual", "wanted BAD_STATE, got IO"},
	} {
		for _, command := range []string{"compare", "run"} {
			text := test.b.do(t, 1, command)
			wantAll(t, text, test.casename+": "+test.outcome, test.what, "FAIL", "To run it again: mxconform replay")
			if test.b.err.Len() > 0 {
				t.Errorf("what the report says is said again: %s", test.b.err.String())
			}
			for _, format := range []string{"json", "markdown", "junit"} {
				out := test.b.do(t, 1, command, "-format", format)
				wantAll(t, out, test.outcome)
				wantAll(t, test.b.err.String(), "FAIL")
				if format == "json" {
					decode(t, out)
				}
			}
		}
	}
}

// TestJUnit reads the XML back and counts.
func TestJUnit(t *testing.T) {
	b := newBench(t, model("mx"), newBent(true), liar())
	var got struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Skipped  int `xml:"skipped,attr"`
		Suites   []struct {
			Name  string `xml:"name,attr"`
			Tests int    `xml:"tests,attr"`
			Cases []struct {
				Name    string `xml:"name,attr"`
				Class   string `xml:"classname,attr"`
				Failure *struct {
					Text string `xml:",chardata"`
				} `xml:"failure"`
				Skipped *struct{} `xml:"skipped"`
				Out     string    `xml:"system-out"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	if err := xml.Unmarshal([]byte(b.do(t, 1, "run", "-format", "junit")), &got); err != nil {
		t.Fatal(err)
	}
	var tests, failures, skipped, differs int
	for _, s := range got.Suites {
		if s.Tests != len(s.Cases) {
			t.Errorf("%s: %d tests, %d cases", s.Name, s.Tests, len(s.Cases))
		}
		tests += s.Tests
		for _, c := range s.Cases {
			if c.Class != s.Name {
				t.Errorf("%s is of class %s", c.Name, c.Class)
			}
			if c.Failure != nil {
				failures++
				wantAll(t, c.Failure.Text, "wanted", "got")
			}
			if c.Skipped != nil {
				skipped++
			}
			if strings.HasPrefix(c.Out, "differs: bent-full") {
				differs++
			}
		}
	}
	if len(got.Suites) != 6 || tests != 24 || got.Tests != tests || got.Failures != failures || got.Skipped != skipped {
		t.Errorf("%d suites; tests %d of %d, failures %d of %d, skipped %d of %d",
			len(got.Suites), got.Tests, tests, got.Failures, failures, got.Skipped, skipped)
	}
	if failures != 4 || skipped != 4 || differs != 2 {
		t.Errorf("%d failures, %d skipped, %d differ; want 4, 4, 2", failures, skipped, differs)
	}
	wantAll(t, everyday(t).do(t, 0, "compare", "-format", "junit"), `name="unavailable" value="this machine is too old"`)
}

// TestMarkdown holds every table to one number of columns.
func TestMarkdown(t *testing.T) {
	for _, args := range [][]string{
		{"compare"}, {"compare", "-right", "bent"}, {"run"},
	} {
		text := everyday(t).do(t, 0, append(args, "-format", "markdown")...)
		columns, rows := 0, 0
		for line := range strings.Lines(text) {
			if !strings.HasPrefix(line, "|") {
				columns = 0
				continue
			}
			n := strings.Count(strings.ReplaceAll(line, `\|`, ""), "|")
			if columns == 0 {
				columns = n
			}
			rows++
			if n != columns {
				t.Errorf("%v: a row of %d bars in a table of %d: %s", args, n, columns, line)
			}
		}
		if rows < 3 {
			t.Errorf("%v: no table in:\n%s", args, text)
		}
	}
}

// TestCompareText looks for everything that a newcomer needs.
func TestCompareText(t *testing.T) {
	b := everyday(t)
	out := b.do(t, 0)
	wantAll(t, out,
		"4 cases", "gone (this machine is too old)",
		"Edition manual: the manual pages of mid-2017", "Edition kernel2017:",
		"W Write", "H Half close", "S Signals",
		"1 difference in answers", "bent-full      1      1  It mistakes a full buffer for a lack of memory.", "bent-mode 1.",
		"PASS: nothing failed, and nothing is unexplained\n  mxconform explain bent-full", "mxconform view short-write -backend mx,bent")
	wantNone(t, out, "for example")
	first, _, _ := strings.Cut(out, "Edition manual")
	wantAll(t, first, "PASS", "mx. Every answer must be", "bent. Answers may differ")
	wantAll(t, b.do(t, 0, "-v"),
		"bent-full", "It mistakes a full buffer", "1 case on bent", "short-write on bent:manual",
		"create stream capacity=5 -> OK a b", `> write a "-WORLD"`, "contract  SHOULD_WAIT", "bent      NO_MEMORY",
		"bent-mode", "it has no datagrams", "Summary, in cases")
}

// TestWidths makes no line wider than the terminal, from 60 columns on, and
// loses no column of the matrix.
func TestWidths(t *testing.T) {
	gone := newBent(false)
	gone.name, gone.away = "gone-long-ago", errors.New("this machine is too old")
	wide := []conformance.Backend{model("mx"), newBent(false), gone}
	for _, name := range []string{"one-of-many", "two-of-many", "three-of-many", "four-of-many", "five-of-many"} {
		wide = append(wide, model(name))
	}
	b := newBench(t, wide...)
	for _, columns := range []int{0, 60, 80, 200} {
		b.columns = columns
		for _, args := range [][]string{nil, {"-v"}, {"help"}, {"explain", "W-FULL"}} {
			for line := range strings.Lines(b.do(t, 0, args...)) {
				n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n"))
				if most := cmp.Or(columns, 100); n > most && !strings.HasPrefix(line, "  mxconform ") {
					t.Errorf("%v on %d columns: %d: %s", args, columns, n, line)
				}
			}
		}
		out := " " + b.do(t, 0)
		_, out, _ = strings.Cut(out, "Edition manual")
		for _, w := range wide[1:] {
			if n := strings.Count(out, "  "+w.Name()+"\n") + strings.Count(out, "  "+w.Name()+"  "); n != 2 {
				t.Errorf("on %d columns %s heads %d columns of the matrices", columns, w.Name(), n)
			}
		}
	}
}

// TestRender writes a report that was read from a file, or from the standard
// input, as it was written in the first place.
func TestRender(t *testing.T) {
	name := filepath.Join(t.TempDir(), "report.json")
	b := everyday(t)
	b.do(t, 0, "compare", "-format", "json", "-o", name)
	for _, args := range [][]string{{"-format", "json"}, {"-format", "markdown"}, {}, {"-v"}} {
		fresh, again := b.do(t, 0, append([]string{"compare"}, args...)...), b.do(t, 0, append([]string{"render", name}, args...)...)
		if len(args) > 1 && args[1] == "json" {
			// The command is that of the first report.
			fresh, again = commandField.ReplaceAllString(fresh, ""), commandField.ReplaceAllString(again, "")
		}
		if fresh != again {
			t.Errorf("%v: rendered\n%s\nwant\n%s", args, again, fresh)
		}
	}
	wantAll(t, b.do(t, 0, "render", name, "-format", "html"), "<!doctype html>", "</html>")
	wantAll(t, b.do(t, 0, "render", name, "-format", "junit"), "<testsuites")

	b.stdin = strings.NewReader(`{"schema":"mxconform/1","environment":{"os":"linux","kernel":"","arch":"amd64","go":"go1"},
		"backends":[{"name":"mx:manual","kind":"in-process","edition":"manual","available":true,"why":""}],
		"cases":[{"name":"old","clauses":["W-FULL"],"results":{"mx:manual":{"outcome":"fail","divergences":[],"detail":"wanted a, got b"}}}],
		"summary":{"mx:manual":{"pass":0,"fail":1,"differs":0,"unexplained":0,"unsupported":0,"not-applicable":0}}}`)
	wantAll(t, b.do(t, 1, "render", "-"), "mx: in-process", "old on mx:manual: fail", "wanted a, got b", "FAIL: 1 result failed")

	for text, want := range map[string]string{
		"":                        "is empty",
		"report":                  "no report",
		`{"schema":"other/1"}`:    `"other/1"`,
		"\ufeff" + `{"schema":0}`: "no report",
	} {
		b.stdin = strings.NewReader(text)
		b.do(t, 2, "render", "-")
		wantAll(t, b.err.String(), want)
	}
}

// commandField is the line of a report that says what made it.
var commandField = regexp.MustCompile(`(?m)^ "command": .*\n`)

// TestPairText shows two backends beside each other.
func TestPairText(t *testing.T) {
	b := everyday(t)
	text := b.do(t, 0, "compare", "-right", "bent:manual")
	wantAll(t, text, "bent:manual against mx:manual: 2 cases alike, 1 answered differently, 1 with a call that one has not",
		`> write a "-WORLD"  (line 9)`, "mx:manual    SHOULD_WAIT", "bent:manual  NO_MEMORY  [bent-full]",
		"1 case cannot be tried on both: bent-mode")
	wantNone(t, text, "kernel2017", "gone")
	text = b.do(t, 0, "compare", "-left", "mx:manual", "-right", "mx:kernel2017")
	wantAll(t, text, "2 cases alike, 1 answered differently",
		`write b "x" -> BAD_STATE  (line 19)`, `write a "x" -> BAD_STATE  (line 20)`)
	r := decode(t, b.do(t, 0, "compare", "-right", "bent", "-format", "json"))
	if len(r.Backends) != 4 {
		t.Errorf("a pair of kinds is %d backends, want both in both editions", len(r.Backends))
	}
}

// TestRunText lists results one by one, and counts them where they are many.
func TestRunText(t *testing.T) {
	b := everyday(t)
	text := b.do(t, 0, "run", "-backend", "bent:manual,mx:manual", "-case", "*a*")
	var lines []string
	for line := range strings.Lines(text) {
		if f := strings.Fields(line); len(f) > 2 && (f[1] == "mx:manual" || f[1] == "bent:manual") {
			lines = append(lines, strings.Join(f[:3], " "))
		}
	}
	want := []string{
		"pass mx:manual half-close", "pass mx:manual last-handle", "pass mx:manual fault",
		"pass bent:manual half-close", "pass bent:manual last-handle", "unsupported bent:manual fault",
	}
	if !slices.Equal(lines, want) {
		t.Errorf("got  %q\nwant %q", lines, want)
	}
	wantAll(t, text, "bent-mode: line 36: create datagram: it has no datagrams")

	many := everyday(t)
	for range 20 {
		many.suite = append(many.suite, b.suite[1])
	}
	text = many.do(t, 0, "run")
	wantNone(t, text, "pass            mx:manual")
	wantAll(t, text, "differs         bent:manual", "only counted")
}

// TestRunFile runs the cases of a file instead of the suite.
func TestRunFile(t *testing.T) {
	b := everyday(t)
	b.stdin = strings.NewReader("case mine\n\ncreate stream -> OK a b\nclose a -> OK\nread b 1 -> SHOULD_WAIT\n")
	r := decode(t, b.do(t, 1, "run", "-backend", "mx:manual", "-format", "json", "-"))
	if len(r.Cases) != 1 || r.Cases[0].Name != "mine" || r.Cases[0].Results["mx:manual"].Outcome != "fail" {
		t.Errorf("%+v", r.Cases)
	}
}

// TestColor shows that escapes come only with color, and change nothing else.
func TestColor(t *testing.T) {
	b := everyday(t)
	plain := b.do(t, 0)
	b.color = true
	colored := b.do(t, 0)
	wantNone(t, plain, "\x1b")
	wantAll(t, colored, "\x1b[32m")
	for _, s := range []text.Style{text.Bold, text.Dim, text.Red, text.Green, text.Yellow} {
		colored = strings.ReplaceAll(colored, "\x1b["+string(s)+"m", "")
	}
	if colored = strings.ReplaceAll(colored, "\x1b[0m", ""); colored != plain {
		t.Errorf("color changes the text:\n%s\n%s", plain, colored)
	}
	if b.do(t, 0, "-format", "markdown"); bytes.Contains(b.out.Bytes(), []byte("\x1b")) {
		t.Error("color in markdown")
	}
}
