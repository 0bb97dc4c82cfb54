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
