package main

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"mx.example/conformance"
	"mx.example/conformance/compare"
	"mx.example/conformance/report"
	"mx.example/conformance/report/text"
	"mx.example/conformance/trace"
	"mx.example/conformance/view"
)

// htmlData and the types below are what a page draws, as far as the tests look
// at it, written down once more.
type htmlData struct {
	Backends []struct {
		Name, Why string
		Reference int
		Available bool
	}
	Groups      []struct{ Letter string }
	Clauses     map[string]struct{ Says map[string]string }
	Divergences map[string]struct{ Cause, Source string }
	Cases       []struct {
		Name, Doc, Text string
		Results         []struct {
			Outcome conformance.Outcome
			Steps   []htmlStep
		}
		Of []int
	}
	Pairs []struct {
		Answers []struct{ Case, Left, Right string }
		Missing []struct{ Why string }
	}
}

type htmlStep struct {
	Line       int
	Call, Got  string
	Wanted     []string
	Judged     conformance.Outcome
	Divergence string
}

type htmlRuns struct {
	Runs []*view.Run
	Of   []int
}

// unpackHTML reads back what a page holds under an id.
func unpackHTML(t *testing.T, page, id string, into any) {
	t.Helper()
	found := regexp.MustCompile(`<script type="application/octet-stream" id="` + id + `">([A-Za-z0-9+/=]+)</script>`).FindStringSubmatch(page)
	if found == nil {
		t.Fatalf("the page has no data %q", id)
	}
	packed, err := base64.StdEncoding.DecodeString(found[1])
	if err != nil {
		t.Fatal(err)
	}
	d := json.NewDecoder(flate.NewReader(bytes.NewReader(packed)))
	if err := d.Decode(into); err != nil {
		t.Fatal(err)
	}
}

// TestHTMLData reads the data of the page back: every result with its steps,
// what it is shown beside, and the causes.
func TestHTMLData(t *testing.T) {
	page := everyday(t).do(t, 0, "compare", "-format", "html")
	wantAll(t, page, "<!doctype html>", "PASS: nothing failed", "4 cases on 6 backends", "mxView", "</html>")
	var d htmlData
	unpackHTML(t, page, "data", &d)
	number := make(map[string]int)
	for i, b := range d.Backends {
		number[b.Name] = i
	}
	for name, beside := range map[string]string{"bent:kernel2017": "mx:kernel2017", "bent:manual": "mx:manual", "mx:manual": "mx:manual"} {
		if got := d.Backends[d.Backends[number[name]].Reference].Name; got != beside {
			t.Errorf("%s is shown beside %s, want %s", name, got, beside)
		}
	}
	if b := d.Backends[number["gone:manual"]]; b.Available || b.Why != "this machine is too old" {
		t.Errorf("%+v", b)
	}
	c := d.Cases[0]
	if c.Name != "short-write" || !strings.Contains(c.Text, `write a "HELLO-WORLD" -> OK 5`) || len(c.Of) != 6 {
		t.Fatalf("%+v", c)
	}
	if n := number["gone:manual"]; c.Of[n] != -1 {
		t.Errorf("a backend that is not there has result %d", c.Of[n])
	}
	if c.Of[number["mx:manual"]] != c.Of[number["mx:kernel2017"]] || len(c.Results) != 2 {
		t.Errorf("what is the same is there twice: %v of %d", c.Of, len(c.Results))
	}
	bent := c.Results[c.Of[number["bent:manual"]]]
	want := htmlStep{Line: 9, Call: `write a "-WORLD"`, Wanted: []string{"SHOULD_WAIT"}, Got: "NO_MEMORY", Judged: "differs", Divergence: "bent-full"}
	if bent.Outcome != "differs" || !reflect.DeepEqual(bent.Steps[2], want) {
		t.Errorf("%+v", bent)
	}
	if cause := d.Divergences["bent-full"]; !strings.HasPrefix(cause.Cause, "It mistakes") || cause.Source != "this test" {
		t.Errorf("%+v", cause)
	}
	if says := d.Clauses["W-STREAM-SHORT"].Says["manual"]; says == "" {
		t.Error("the page does not say what the clause W-STREAM-SHORT is")
	}
	var letters []string
	for _, g := range d.Groups {
		letters = append(letters, g.Letter)
	}
	if got := strings.Join(letters, ""); got != "WHRS" {
		t.Errorf("the groups are %s", got)
	}
	var runs []htmlRuns
	unpackHTML(t, page, "runs", &runs)
	if len(runs) != 4 || len(runs[0].Of) != 6 || runs[0].Of[number["gone:manual"]] != -1 {
		t.Fatalf("%+v", runs)
	}
	run := runs[0].Runs[runs[0].Of[number["mx:manual"]]]
	if len(run.Steps) != 5 || run.Steps[1].Write == nil || run.Steps[1].Write.Range != [2]uint64{0, 11} || run.Case != "" {
		t.Errorf("%+v", run)
	}
	if runs[0].Of[number["mx:manual"]] != runs[0].Of[number["mx:kernel2017"]] {
		t.Errorf("a run that is the same is there twice: %v", runs[0].Of)
	}
}

// TestHTMLPair: with two backends the left one is what the other is shown
// beside, and the page has what they answer differently.
func TestHTMLPair(t *testing.T) {
	var d htmlData
	unpackHTML(t, everyday(t).do(t, 0, "compare", "-left", "bent:manual", "-right", "mx:manual", "-format", "html"), "data", &d)
	if len(d.Backends) != 2 || len(d.Pairs) != 1 {
		t.Fatalf("%+v", d)
	}
	for _, b := range d.Backends {
		if got := d.Backends[b.Reference].Name; b.Name == "mx:manual" && got != "bent:manual" {
			t.Errorf("%s is shown beside %s", b.Name, got)
		}
	}
	if p := d.Pairs[0]; len(p.Answers) != 1 || p.Answers[0].Case != "short-write" || p.Answers[0].Right != "SHOULD_WAIT" || len(p.Missing) != 1 {
		t.Errorf("%+v", p)
	}
}

// TestHTMLIsStable holds two runs to the same bytes.
func TestHTMLIsStable(t *testing.T) {
	if one, two := everyday(t).do(t, 0, "-format=html"), everyday(t).do(t, 0, "-format=html"); one != two {
		t.Error("two runs differ")
	}
}

// TestHTMLEscapes: whatever a case, a cause or a machine says stays text.
func TestHTMLEscapes(t *testing.T) {
	const evil = `</script><script>alert(1)</script><!--`
	gone := model("gone")
	gone.away = errors.New(evil)
	b := newBench(t, model("mx"), gone)
	cases, err := trace.Parse("suite.mx", strings.NewReader("case evil\ndoc "+evil+"\nclauses W-NULL\n\ncreate stream -> OK a b\nwrite a "+`"</script><b>"`+" -> OK 12\n"))
	if err != nil {
		t.Fatal(err)
	}
	b.suite = cases
	out := b.do(t, 0, "compare", "-format", "html")
	wantNone(t, out, "alert(1)", "</script><b>")
	if n := strings.Count(out, "<script"); n != 4 || strings.Count(out, "</script>") != n {
		t.Errorf("%d scripts begin, %d end; want 4", n, strings.Count(out, "</script>"))
	}
	var d htmlData
	unpackHTML(t, out, "data", &d)
	if d.Cases[0].Doc != evil || d.Backends[len(d.Backends)-1].Why != evil {
		t.Errorf("%q, %q", d.Cases[0].Doc, d.Backends[len(d.Backends)-1].Why)
	}
	r := &conformance.Report{Environment: conformance.Environment{OS: evil}}
	p := &text.Page{}
	if err := report.HTML(p, compare.Of(r), nil); err != nil {
		t.Fatal(err)
	}
	wantNone(t, p.String(), "alert(1)</script>")
}

// TestHTMLFile: the file is the page, and nothing else is left beside it.
func TestHTMLFile(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "report.html")
	b := everyday(t)
	if out := b.do(t, 0, "compare", "-format", "html", "-o", name); out != "" {
		t.Errorf("the standard output has %q", out)
	}
	got, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	// The page tells the command that made it.
	page := strings.Replace(string(got), " -o "+name, "", 1)
	if want := b.do(t, 0, "compare", "-format", "html"); page != want {
		t.Error("the file and the standard output differ")
	}
	if files, _ := os.ReadDir(dir); len(files) != 1 {
		t.Errorf("%v", files)
	}
}

// TestHTMLOfFailures: a wrong kernel makes a page too, and the exit status 1.
func TestHTMLOfFailures(t *testing.T) {
	b := newBench(t, model("mx"), liar())
	page := b.do(t, 1, "compare", "-format", "html")
	wantAll(t, page, "FAIL: ")
	wantAll(t, b.err.String(), "FAIL")
	var d htmlData
	unpackHTML(t, page, "data", &d)
	for i, backend := range d.Backends {
		if backend.Name == "liar:manual" && d.Cases[0].Results[d.Cases[0].Of[i]].Outcome != conformance.Fail {
			t.Errorf("%+v", d.Cases[0])
		}
	}
}
