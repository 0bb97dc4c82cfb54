package view_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"mx.example/conformance/inproc"
	"mx.example/conformance/view"
	"mx.example/handle"
)

// TestScriptIsEmbeddable: nothing in them ends the element that holds them.
func TestScriptIsEmbeddable(t *testing.T) {
	for name, text := range map[string]string{"script": view.Script, "style": view.Style} {
		if i := strings.Index(strings.ToLower(text), "</"); i >= 0 {
			t.Errorf("the %s has %q", name, text[i:min(len(text), i+20)])
		}
		if strings.Contains(text, "<!--") {
			t.Errorf("the %s has the beginning of a comment of HTML", name)
		}
	}
}

// TestStyleStaysInside holds the promise that every rule is for elements of
// the player's own.
func TestStyleStaysInside(t *testing.T) {
	text := regexp.MustCompile(`(?s)/\*.*?\*/`).ReplaceAllString(view.Style, "")
	for _, m := range regexp.MustCompile(`([^{};]+)\{`).FindAllStringSubmatch(text, -1) {
		for _, selector := range strings.Split(m[1], ",") {
			selector = strings.TrimSpace(selector)
			switch {
			case strings.HasPrefix(selector, "@"), selector == "from":
			case !strings.Contains(selector, ".mx-"):
				t.Errorf("%q is a rule for anybody's elements", selector)
			}
		}
	}
}

func writePage(t *testing.T, title string, runs ...*view.Run) string {
	t.Helper()
	var b strings.Builder
	if err := view.Page(&b, title, runs...); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestPageIsHeldTogether puts a hostile case into a page: it stays text, and
// comes out as it went in.
func TestPageIsHeldTogether(t *testing.T) {
	c := parse(t, "create stream -> OK a b\nwrite a \"</script><img src=x onerror=alert(1)>\\u2028\\xff\" -> OK 41")
	c.Doc = "</script><script>alert(1)</script><!-- & \u2028\u2029"
	r := record(t, c, inproc.Backend(), handle.Manual)
	text := writePage(t, "</title><script>alert(2)</script>", r)
	if n := strings.Count(text, "<script"); n != 2 {
		t.Errorf("%d script elements, want the data and the program", n)
	}
	for _, never := range []string{"<img", "<!--", "alert(2)</script>", "\u2028", "\u2029"} {
		if strings.Contains(text, never) {
			t.Errorf("the page has %q", never)
		}
	}
	_, data, _ := strings.Cut(text, `id="mx-runs">`)
	data, _, _ = strings.Cut(data, "</script>")
	var back []*view.Run
	if err := json.Unmarshal([]byte(data), &back); err != nil {
		t.Fatal(err)
	}
	if len(back) != 1 || !reflect.DeepEqual(back[0], r) {
		t.Errorf("the data of the page is %+v, want %+v", back[0], r)
	}
}

// TestPageIsSelfContained: it loads nothing, and its policy lets it run what
// it brings and nothing else.
func TestPageIsSelfContained(t *testing.T) {
	c := suiteCase(t, "walkthrough-short-write")
	text := writePage(t, c.Name, record(t, c, inproc.Backend(), handle.Manual), record(t, c, inproc.Backend(), handle.Kernel2017))
	// The one address is the name of a namespace, which nobody loads.
	bare := strings.ReplaceAll(text, `"http://www.w3.org/2000/svg"`, "")
	for _, never := range []string{"http:", "https:", "//cdn", "src=", "@import", "url(", "fetch(", "XMLHttpRequest", "import("} {
		if strings.Contains(bare, never) {
			t.Errorf("the page has %q", never)
		}
	}
	m := regexp.MustCompile(`content="default-src 'none'; img-src data:; style-src '(sha256-[^']+)'; script-src '(sha256-[^']+)'"`).FindStringSubmatch(text)
	if m == nil {
		t.Fatal("the page has no policy")
	}
	for i, element := range []string{"style", "script"} {
		_, inside, _ := strings.Cut(text, "<"+element+">")
		inside, _, _ = strings.Cut(inside, "</"+element+">")
		sum := sha256.Sum256([]byte(inside))
		if want := "sha256-" + base64.StdEncoding.EncodeToString(sum[:]); m[i+1] != want {
			t.Errorf("the policy has %s for the %s, which is %s", m[i+1], element, want)
		}
	}
	if regexp.MustCompile(`<[a-z][^>]* (style|on[a-z]+)=`).MatchString(text) {
		t.Error("an element has a style or a handler of its own, which the policy forbids")
	}
}

// TestPageOfNobody shows that the writer's error is told.
func TestPageOfNobody(t *testing.T) {
	broken := errors.New("broken")
	if err := view.Page(failing{broken}, "x"); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }
