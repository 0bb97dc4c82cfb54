package view_test

import (
	"strings"
	"testing"

	"mx.example/conformance/view"
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
