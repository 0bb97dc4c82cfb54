package text

import (
	"strings"
	"testing"
)

func TestWrap(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"", ""},
		{"one", "one"},
		{"one two", "one two"},
		{"one  two three", "one two|three"},
		{"aVeryLongWord b", "aVeryLongWord|b"},
		{"äöü äöü ä", "äöü äöü|ä"},
	} {
		if got := strings.Join(Wrap(test.text, 7), "|"); got != test.want {
			t.Errorf("wrap %q: %q, want %q", test.text, got, test.want)
		}
	}
	if got := Cut("äöüß", 3); got != "äö…" {
		t.Errorf("cut: %q", got)
	}
	if got := Cut("äöü", 3); got != "äöü" {
		t.Errorf("cut: %q", got)
	}
}

// TestHanging breaks a paragraph after what its first line begins with, and does
// not count the color of that.
func TestHanging(t *testing.T) {
	p := &Page{Color: true, Columns: MinWidth}
	text := strings.Repeat("word ", 20)
	p.Hanging(p.In(Yellow, strings.Repeat("x", 40))+" ", "  ", text)
	lines := strings.Split(strings.TrimSuffix(p.String(), "\n"), "\n")
	if want := []string{"word word word", "  " + strings.TrimSpace(strings.Repeat("word ", 11)), "  word word word word word word"}; len(lines) != 3 ||
		!strings.HasSuffix(lines[0], "x\x1b[0m "+want[0]+" word") && !strings.HasSuffix(lines[0], "x\x1b[0m "+want[0]) || lines[1] != want[1] {
		t.Errorf("got\n%s", strings.Join(lines, "\n"))
	}
	for _, l := range lines {
		if n := visible(l); n > MinWidth {
			t.Errorf("%d columns: %s", n, l)
		}
	}
}

// TestText keeps lines that fit as they are, and breaks the others.
func TestText(t *testing.T) {
	p := &Page{Columns: MinWidth}
	p.Text("head\n\n  " + strings.Repeat("word ", 14) + "\n    a  b\n")
	want := "head\n\n  " + strings.TrimSpace(strings.Repeat("word ", 11)) + "\n    word word word\n    a  b\n"
	if got := p.String(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}
